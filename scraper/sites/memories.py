"""SiteMemories: the memories of many sites, in one value and one file."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

import msgspec

from scraper.errors import SettingsError
from scraper.sites.memory import MOST_TEXTS, SiteMemory, copy_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.model.extraction import Extraction

__all__ = ["SiteMemories"]

_MAGIC = b"scraper site memories 1\n"
_MOST_SITES = 2000
"""Sites remembered; the one not learned from for longest goes first."""
_MOST_BLOCKS = 1_000_000
"""Blocks remembered of all sites together, some 120 MB; beyond it the site not learned from for longest goes, too."""
_DECODER = msgspec.msgpack.Decoder(dict[str, bytes])
_EMPTY = SiteMemory()


@dataclass(frozen=True, slots=True)
class SiteMemories:
    """The memory of each site, by `site_key`; a value: learning gives a new one.

    >>> memories = SiteMemories()
    >>> memories = memories.learned(explain(html, "https://example.com/news/1", memory=memories))
    >>> len(memories), memories.of("example.com").learned_pages
    (1, 1)
    >>> SiteMemories.from_bytes(memories.to_bytes()) == memories
    True

    """

    by_site: Mapping[str, SiteMemory] = field(default_factory=dict)
    """The least recently learned first."""

    def __len__(self) -> int:
        return len(self.by_site)

    def __bool__(self) -> bool:
        return True

    def of(self, site: str) -> SiteMemory:
        """Return the memory of a site; an empty one of a site never seen."""
        return self.by_site.get(site, _EMPTY)

    def learned(self, extraction: Extraction) -> SiteMemories:
        """Return the memories with one more page in the one of its site; see `SiteMemory.learned`."""
        traces = extraction.traces
        if traces is None:
            return self
        before = self.of(traces.site)
        after = before.learned(extraction)
        return self if after is before else self.with_site(traces.site, after)

    def with_site(self, site: str, memory: SiteMemory) -> SiteMemories:
        """Return the memories with that of one site replaced."""
        by_site = copy_of(self.by_site)
        by_site.pop(site, None)
        by_site[site] = memory
        return SiteMemories(MappingProxyType(_bounded(by_site)))

    def merged(self, other: SiteMemories) -> SiteMemories:
        """Return what both know, site by site."""
        result = self
        for site, memory in other.by_site.items():
            result = result.with_site(site, result.of(site).merged(memory))
        return result

    def to_bytes(self) -> bytes:
        """Return the memories in the form of the file that `--site-memory` names."""
        return _MAGIC + msgspec.msgpack.encode({site: memory.to_bytes() for site, memory in self.by_site.items()})

    @staticmethod
    def from_bytes(data: bytes) -> SiteMemories:
        """Return the memories that `to_bytes` wrote.

        Raises:
            SettingsError: the bytes are no memories, are damaged, or come from a newer version.

        """
        if not data.startswith(_MAGIC):
            raise SettingsError("not a file of site memories", advice="name another file; a new one is made if missing")
        try:
            stored = _DECODER.decode(data[len(_MAGIC) :])
        except msgspec.DecodeError as error:
            raise SettingsError(
                f"damaged site memories: {error}", advice="delete the file; it is learned anew"
            ) from error
        if len(stored) > _MOST_SITES:
            raise SettingsError(f"site memories of {len(stored)} sites; at most {_MOST_SITES} are kept")
        return SiteMemories(MappingProxyType({site: SiteMemory.from_bytes(memory) for site, memory in stored.items()}))


def _bounded(by_site: dict[str, SiteMemory]) -> dict[str, SiteMemory]:
    """Return as many of the latest sites as are kept, the last one always."""
    excess = len(by_site) - _MOST_SITES
    if len(by_site) * MOST_TEXTS > _MOST_BLOCKS:  # else it cannot be
        blocks = 0
        for number, memory in enumerate(reversed(by_site.values())):
            blocks += len(memory.texts)
            if blocks > _MOST_BLOCKS and number > 0:
                excess = max(excess, len(by_site) - number)
                break
    return dict(list(by_site.items())[excess:]) if excess > 0 else by_site
