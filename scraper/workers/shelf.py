"""What a worker knows of sites already, so that a page brings only what was learned since the worker's last one.

A memory of forty pages takes .2 ms to decode, and one page that was learned a tenth of it.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING

import msgspec

from scraper.model.traces import PageTraces
from scraper.sites.memory import SiteMemory

if TYPE_CHECKING:
    from scraper.sites.memory import Token

__all__ = ["News", "Shelf", "ShelfCopy"]

_MOST_TEXTS = 100_000
"""Blocks of all sites that a worker holds, some 15 MB; beyond it, the site not asked for longest goes first."""


class News(msgspec.Struct, frozen=True, array_like=True):
    """What a worker is told of a site."""

    site: str
    whole: bytes | None = None
    """As `SiteMemory.to_bytes` stores it; None: the worker has it."""
    pages: tuple[PageTraces, ...] = ()
    """Learned since."""
    forget: tuple[str, ...] = ()
    """Sites that the worker need not hold any longer."""


class Shelf:
    """The parent's list of what one worker holds."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, tuple[Token, int]] = OrderedDict()
        self._texts = 0

    def news(self, site: str, memory: SiteMemory) -> News:
        """Return what brings the worker to `memory`, and take down that it was told."""
        held = self._held.pop(site, None)
        pages = None
        if held is not None:
            self._texts -= held[1]
            pages = memory.learned_since(held[0])
        self._held[site] = (memory.token, len(memory.texts))
        self._texts += len(memory.texts)
        forget = []
        while self._texts > _MOST_TEXTS and len(self._held) > 1:
            name, (_, texts) = self._held.popitem(last=False)
            self._texts -= texts
            forget.append(name)
        return News(site, memory.to_bytes() if pages is None else None, pages or (), tuple(forget))


class ShelfCopy:
    """The worker's side: the memories themselves."""

    def __init__(self) -> None:
        self._held: dict[str, SiteMemory] = {}

    def told(self, news: News) -> SiteMemory:
        """Return the memory that the news lead to.

        Raises:
            KeyError: the parent took the site for known.

        """
        for site in news.forget:
            self._held.pop(site, None)
        memory = self._held[news.site] if news.whole is None else SiteMemory.from_bytes(news.whole)
        for page in news.pages:
            memory = memory.with_page(page)
        self._held[news.site] = memory
        return memory
