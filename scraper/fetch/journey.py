"""A journey: one URL and the redirects it leads through, with what may be said at each place."""

from __future__ import annotations

import logging

from scraper.errors import BadUrl, TooManyRedirects
from scraper.fetch.cookies import FetchCookies
from scraper.fetch.target import Target, join_target

__all__ = ["Journey"]

_log = logging.getLogger("scraper.fetch")
_SHOWN = 12
"""Places of a chain that a message names."""


class Journey:
    """Where one attempt stands.

    Args:
        start: the URL asked for.
        anonymous: send nothing of the user's, not even what a cookie file holds (robots.txt).

    """

    def __init__(self, start: Target, *, anonymous: bool = False) -> None:
        self.start = start
        self.here = start
        self.anonymous = anonymous
        self.secrets = not anonymous
        """Whether the user's own headers may be sent: until the first place of another origin, and never again."""
        self.cookies = FetchCookies()
        self.news = False
        """Whether a cookie has come since the last redirect: then the same URL may answer differently."""
        self.refreshed = False
        """Whether a meta refresh has been followed: one is enough."""
        self.problems: tuple[str, ...] = ()
        self._chain = [start.url]
        self._seen = {start.url}

    def follow(self, location: str, *, changed: int, limit: int) -> None:
        """Go where a redirect leads.

        Args:
            location: as the answer has it.
            changed: the status of the answer.
            limit: redirects allowed in all.

        Raises:
            TooManyRedirects: a loop, or more than `limit`; the message names the chain.
            BadUrl: a Location that leads nowhere, or to no http(s) URL; reason "redirect".

        """
        if not location.strip():
            raise BadUrl(f"HTTP {changed} without a Location", url=self.here.url, reason="redirect")
        there = join_target(self.here, location)
        self._chain.append(there.url)
        if there.url in self._seen and not self.news:
            raise TooManyRedirects(f"a redirect loop: {self._shown_chain()}", url=self.start.url)
        if len(self._chain) - 1 > limit:
            raise TooManyRedirects(f"more than {limit} redirects: {self._shown_chain()}", url=self.start.url)
        if self.here.scheme == "https" and there.scheme == "http":
            self.problems = (*self.problems, "redirected from https to http")
        if there.origin != self.start.origin:
            self.secrets = False
        _log.debug("HTTP %d: %s -> %s", changed, self.here.url, there.url)
        self._seen.add(there.url)
        self.news = False
        self.here = there

    def refresh(self, reference: str | None) -> str | None:
        """Return a meta refresh that is to be followed: one that leads to another page, and none after it."""
        if reference is None:
            return None
        try:
            there = join_target(self.here, reference)
        except BadUrl:
            return None
        if there.url in self._seen:
            return None
        self.refreshed = True
        return there.url

    def _shown_chain(self) -> str:
        return " -> ".join(url[:200] for url in self._chain[-_SHOWN:])
