"""robots.txt by RFC 9309, closed where it cannot be read: a server error or silence means no, not yes."""

from __future__ import annotations

import asyncio
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from protego import Protego

from scraper.errors import FetchError, RobotsDisallowed, ServerError

if TYPE_CHECKING:
    from scraper.fetch.clock import Clock
    from scraper.fetch.target import Target

__all__ = ["ROBOTS_BYTES", "ROBOTS_REDIRECTS", "Robots", "RobotsText", "Verdict", "product_token", "read_robots"]

ROBOTS_BYTES = 500 * 1024
"""What RFC 9309, section 2.5, asks crawlers to parse at least; the rest of a longer file is left out."""
ROBOTS_REDIRECTS = 5
"""RFC 9309, section 2.3.1.2."""
_GOOD_FOR_S = 86_400.0
"""RFC 9309, section 2.4: a copy is not used for longer than 24 hours."""
_BAD_FOR_S = 60.0
"""How long a host whose robots.txt failed is not asked again: one failure of a batch stands for its neighbours."""
_LONGEST_CRAWL_DELAY_S = 60.0
"""More would be a page an hour for some sites that forgot a unit; said aloud where it is cut."""
_INLINE_BYTES = 50_000
"""A larger file is parsed in a thread: 25,000 rules with wildcards take .7 s."""
_MOST_KNOWN = 1000
"""Origins whose rules are kept, the latest used: a large robots.txt takes megabytes once parsed."""
_log = logging.getLogger("scraper.fetch")


@dataclass(frozen=True, slots=True)
class RobotsText:
    """What asking for robots.txt gave."""

    status: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Verdict:
    """What robots.txt says of one origin."""

    rules: Protego | None
    """None: everything is allowed."""
    crawl_delay_s: float = 0.0
    refusal: FetchError | None = None
    """Why nothing may be fetched."""


Read = Callable[["Target"], Awaitable[RobotsText]]


class Robots:
    """Answers for every origin, asking each once.

    Args:
        agent: our product token.
        clock: for the age of copies.

    """

    def __init__(self, agent: str, clock: Clock) -> None:
        self._agent = agent
        self._clock = clock
        self._known: OrderedDict[tuple[str, str, int], tuple[float, Verdict]] = OrderedDict()
        self._asking: WeakValueDictionary[tuple[str, str, int], asyncio.Lock] = WeakValueDictionary()

    async def check(self, target: Target, read: Read) -> float:
        """Return the Crawl-delay in seconds (0 without one) if `target` may be fetched.

        Args:
            target: where the request is to go.
            read: asks for robots.txt, redirects followed; raises FetchError.

        Raises:
            RobotsDisallowed: robots.txt says no, or the server failed to give it.
            FetchError: the host could not be reached at all.

        """
        verdict = await self._verdict(target, read)
        if verdict.refusal is not None:
            raise _again(verdict.refusal, target)
        if verdict.rules is not None and not verdict.rules.can_fetch(target.url, self._agent):
            raise RobotsDisallowed("robots.txt disallows it", url=target.url, advice="--no-robots (robots) ignores it")
        return verdict.crawl_delay_s

    async def _verdict(self, target: Target, read: Read) -> Verdict:
        known = self._fresh(target)
        if known is not None:
            return known
        lock = self._asking.setdefault(target.origin, asyncio.Lock())
        async with lock:
            known = self._fresh(target)
            if known is not None:
                return known
            verdict = await self._ask(target, read)
            good_for = _GOOD_FOR_S if verdict.refusal is None else _BAD_FOR_S
            self._known[target.origin] = (self._clock.monotonic() + good_for, verdict)
            if len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
            return verdict

    def _fresh(self, target: Target) -> Verdict | None:
        until, verdict = self._known.get(target.origin, (0.0, None))
        if verdict is None or self._clock.monotonic() >= until:
            return None
        self._known.move_to_end(target.origin)
        return verdict

    async def _ask(self, target: Target, read: Read) -> Verdict:
        try:
            answer = await read(target.at("/robots.txt"))
        except FetchError as error:
            return Verdict(None, refusal=error)
        if len(answer.body) <= _INLINE_BYTES:
            return read_robots(answer, self._agent, target.url)
        return await asyncio.to_thread(read_robots, answer, self._agent, target.url)


def read_robots(answer: RobotsText, agent: str, url: str) -> Verdict:
    """Return what an answer to the request for robots.txt means (RFC 9309, section 2.3.1)."""
    if 400 <= answer.status < 500 or answer.status in {204, 205} or 300 <= answer.status < 400:  # noqa: PLR2004  # RFC
        return Verdict(None)
    if not 200 <= answer.status < 300:  # noqa: PLR2004  # RFC
        error = ServerError(f"HTTP {answer.status}", reason=f"http_{answer.status}")
        error.http_status = answer.status
        return Verdict(None, refusal=error)
    rules = Protego.parse(_text(answer.body))
    return Verdict(rules, crawl_delay_s=_crawl_delay(rules, agent, url))


def product_token(user_agent: str) -> str:
    """Return the name that robots.txt knows us by (RFC 9309, 2.2.1): of "compatible; X/1", or the first product."""
    found = re.search(r"compatible;\s*([A-Za-z_-]+)", user_agent) or re.match(r"\s*([A-Za-z_-]+)", user_agent)
    return found[1] if found else "article-scraper"


def _text(body: bytes) -> str:
    if body[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        text = body.decode("utf-16", "replace")
    else:
        text = body.decode("utf-8-sig", "replace")
    lines = re.split(r"\r\n|\r|\n", text.replace("\0", "").lstrip("\ufeff"))
    return "\n".join(lines)


def _crawl_delay(rules: Protego, agent: str, url: str) -> float:
    """Return Crawl-delay or Request-rate in seconds, cut at a minute; protego has refused nan, inf and less than 0."""
    asked = rules.crawl_delay(agent) or 0.0
    rate = rules.request_rate(agent)
    if rate is not None:
        asked = max(asked, rate.seconds / rate.requests)
    if asked > _LONGEST_CRAWL_DELAY_S:
        _log.warning("%s: robots.txt asks for %g s between requests; %g s are left", url, asked, _LONGEST_CRAWL_DELAY_S)
    return min(asked, _LONGEST_CRAWL_DELAY_S)


def _again(refusal: FetchError, target: Target) -> FetchError:
    """Return a refusal for one more URL: a new error each, for an exception remembers where it was raised."""
    if refusal.http_status is not None:
        what = f"robots.txt could not be read ({refusal.what})"
        error: FetchError = RobotsDisallowed(what, url=target.url, advice="RFC 9309: then nothing may be fetched")
    else:
        error = type(refusal)(refusal.what, url=target.url, advice=refusal.advice, reason=refusal.reason)
    error.retryable = refusal.retryable
    error.http_status = refusal.http_status
    error.attempts = refusal.attempts
    return error
