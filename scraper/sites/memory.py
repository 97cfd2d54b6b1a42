"""SiteMemory: what the pages of one site have in common is its template, not the story."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

import msgspec

from scraper.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from scraper.model.extraction import Extraction
    from scraper.model.traces import PageTraces

__all__ = ["MOST_TEXTS", "PathRecord", "SiteMemory", "Token", "copy_of"]

K = TypeVar("K")
V = TypeVar("V")

_MAGIC = b"scraper site memory "
_VERSION = 1
MOST_TEXTS = 4000
"""Blocks remembered of one site: some 60 pages' worth of text that never comes again, and all that does."""
_MOST_PATHS = 600
_MOST_PAGES = 1000
_MOST_SIGHTINGS = 8
"""Latest pages remembered of one block: what has been seen on eight is settled."""
_TWIN = 0.3
"""Share of a page's text that it has in common with one other page, from which both count as one article: a version of
it under another address, a live blog of the day before."""
_SAME = 0.5
"""The same for learning: such a page adds no sighting."""
_STANDING_PAGES = 4
_STANDING_SHARE = 0.5
"""A block that stands on at least four pages, and since then on half of them, is the site's, whatever it looks like."""
_STEPS = 6
"""Latest pages whose traces stay at hand: with four workers, rarely more were learned since a worker's last one."""
_LARGEST = 4_000_000
"""Bytes; a memory at all its bounds takes .2 MB."""


class PathRecord(msgspec.Struct, frozen=True, array_like=True):
    """What blocks of prose on one markup path came to."""

    pages: int
    kept: int
    dropped: int
    last: int
    """Number of the page it was last seen on."""


class _Stored(msgspec.Struct, frozen=True, array_like=True):
    """The stored form."""

    learned: int
    pages: dict[int, int]
    texts: dict[int, tuple[int, ...]]
    paths: dict[int, PathRecord]


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(_Stored)


class Token:
    """Names one value of a memory, in this process."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class SiteMemory:
    """What is known of one site; a value: learning gives a new one.

    Holds hashes and counts, no text. Bounded: at most 4,000 blocks, 600 markup paths and 1,000 pages, some 100 kB
    stored; what was not seen for longest goes first, what was seen on one page only before the rest.

        >>> memory = SiteMemory()
        >>> memory = memory.learned(explain(html, "https://example.com/news/1", memory=memory))
        >>> article = extract(html, "https://example.com/news/1", memory=memory)
        >>> memory.learned_pages
        1
    """

    learned_pages: int = 0
    """Articles learned from, each once."""
    pages: Mapping[int, int] = field(default_factory=dict)
    """Identity of a page -> its number, from 1."""
    texts: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    """Fingerprint of a block -> numbers of the latest pages it stood on, ascending; least recently seen first."""
    paths: Mapping[int, PathRecord] = field(default_factory=dict)
    """Fingerprint of a markup path -> what it held."""
    steps: tuple[tuple[Token, PageTraces], ...] = field(default=(), compare=False, repr=False)
    """The latest pages learned, each with the token of the memory before it."""
    token: Token = field(default_factory=Token, compare=False, repr=False)

    def __len__(self) -> int:
        return self.learned_pages

    def __bool__(self) -> bool:
        return True

    def learned(self, extraction: Extraction) -> SiteMemory:
        """Return the memory with one more page in it.

        The same page again, another version of it, and a page that is no article add no sighting. Nothing changes
        either for an extraction without traces: only one that was made with a memory, be it an empty one, has them.
        """
        traces = extraction.traces
        if traces is None or extraction.refusal is not None or not any(chars for _, chars in traces.texts):
            return self
        return self.with_page(traces)

    def with_page(self, traces: PageTraces) -> SiteMemory:
        """Return the memory with the traces of one article in it."""
        number = self._number_of(traces)
        known = number is not None
        if number is None:
            number = self.learned_pages + 1
        texts = copy_of(self.texts)
        once = (number,)
        for fingerprint, _ in traces.texts:
            seen = texts.pop(fingerprint, None)
            texts[fingerprint] = once if seen is None else _with(seen, number)
        paths = copy_of(self.paths)
        if not known:
            _count_paths(paths, traces, number)
        pages = copy_of(self.pages)
        pages[traces.page] = number
        return SiteMemory(
            max(self.learned_pages, number),
            MappingProxyType(_latest(pages, _MOST_PAGES)),
            MappingProxyType(_trimmed(texts)),
            MappingProxyType(_latest(paths, _MOST_PATHS)),
            (*self.steps, (self.token, traces))[-_STEPS:],
        )

    def learned_since(self, token: Token) -> tuple[PageTraces, ...] | None:
        """Return the pages that lead here from the memory with this token, by `with_page`; None where nobody knows."""
        if token is self.token:
            return ()
        at = next((i for i, (before, _) in enumerate(self.steps) if before is token), None)
        return None if at is None else tuple(traces for _, traces in self.steps[at:])

    def _number_of(self, traces: PageTraces) -> int | None:
        """Return the number of the page, or of the article that it is a version of; None for a new one."""
        own = self.pages.get(traces.page)
        return own if own is not None else max(self.versions(traces.page, traces.texts, _SAME), default=None)

    def versions(self, page: int, texts: Iterable[tuple[int, int]], share: float = _TWIN) -> frozenset[int]:
        """Return the numbers of the learned pages that are the same article as a page.

        Args:
            page: its identity.
            texts: (fingerprint, characters in the body) of its blocks.
            share: of the text that two versions have in common.

        """
        found = {self.pages[page]} if page in self.pages else set()
        shared: dict[int, int] = {}
        total = 0
        for fingerprint, chars in texts:
            total += chars
            seen = self.texts.get(fingerprint, ())
            if chars and not self.is_standing(seen):
                for number in seen:
                    shared[number] = shared.get(number, 0) + chars
        found |= {number for number, chars in shared.items() if chars > share * total}
        return frozenset(found)

    def addresses(self, versions: frozenset[int], apart_from: int) -> int:
        """Return the number of learned addresses that hold one of these versions, but for one page's own."""
        if not versions:
            return 0
        return sum(number in versions and page != apart_from for page, number in self.pages.items())

    def sightings(self, fingerprint: int, apart_from: frozenset[int] = frozenset()) -> tuple[int, ...]:
        """Return the numbers of the latest pages, at most eight, that a block stood on."""
        return tuple(number for number in self.texts.get(fingerprint, ()) if number not in apart_from)

    def of(self, _site: str) -> SiteMemory:
        """Return this memory, for whichever site: who gives the memory of one site knows whose page it is."""
        return self

    def held_body(self, path: int, pages: int, blocks: int, share: float) -> bool:
        """Return whether a markup path held prose on so many pages, so many blocks, and such a share of it body."""
        record = self.paths.get(path)
        if record is None:
            return False
        total = record.kept + record.dropped
        return record.pages >= pages and total >= blocks and record.kept >= share * total

    def is_standing(self, seen: tuple[int, ...]) -> bool:
        """Return whether a block with these sightings stands on every other page at least, and on four."""
        if len(seen) < _STANDING_PAGES:
            return False
        span = self.learned_pages - seen[0] + 1 if len(seen) == _MOST_SIGHTINGS else self.learned_pages
        return len(seen) >= _STANDING_SHARE * span

    def merged(self, other: SiteMemory) -> SiteMemory:
        """Return what both know; a page that both learned from counts once."""
        numbers = {}
        pages = copy_of(self.pages)
        last = self.learned_pages
        for page, number in sorted(other.pages.items(), key=lambda item: item[1]):
            if page not in pages:
                last += 1
                pages[page] = last
            numbers[number] = pages[page]
        last = max(last, self.learned_pages)
        texts = copy_of(self.texts)
        for fingerprint, seen in other.texts.items():
            here = texts.pop(fingerprint, ())
            for number in seen:
                here = _with(here, numbers[number]) if number in numbers else here
            if here:
                texts[fingerprint] = here
        same = len(other.pages) - (last - self.learned_pages)
        paths = copy_of(self.paths)
        if same < len(other.pages):  # else all its pages are known here
            for path, theirs in other.paths.items():
                ours = paths.pop(path, PathRecord(0, 0, 0, 0))
                paths[path] = _sum(ours, theirs, last)
        return SiteMemory(
            last,
            MappingProxyType(_latest(pages, _MOST_PAGES)),
            MappingProxyType(_trimmed(texts)),
            MappingProxyType(_latest(paths, _MOST_PATHS)),
        )

    def to_bytes(self) -> bytes:
        """Return the memory in a form that `from_bytes` of this and later versions reads."""
        stored = _Stored(self.learned_pages, copy_of(self.pages), copy_of(self.texts), copy_of(self.paths))
        return _MAGIC + b"%d\n" % _VERSION + _ENCODER.encode(stored)

    @staticmethod
    def from_bytes(data: bytes) -> SiteMemory:
        """Return the memory that `to_bytes` wrote.

        Raises:
            SettingsError: the bytes are no memory, are damaged, or come from a newer version.

        """
        stored = _stored(data)
        return SiteMemory(
            stored.learned,
            MappingProxyType(stored.pages),
            MappingProxyType(stored.texts),
            MappingProxyType(stored.paths),
        )


def copy_of(entries: Mapping[K, V]) -> dict[K, V]:
    """Return a dict of the entries; of a view of one by its own `copy`, which takes a tenth of the time of `dict`."""
    return entries.copy() if isinstance(entries, MappingProxyType) else dict(entries)


def _with(seen: tuple[int, ...], number: int) -> tuple[int, ...]:
    if number in seen:
        return seen
    later = not seen or number > seen[-1]
    return tuple((*seen, number) if later else sorted((*seen, number)))[-_MOST_SIGHTINGS:]


def _count_paths(paths: dict[int, PathRecord], traces: PageTraces, number: int) -> None:
    for path, kept in traces.paths:
        record = paths.pop(path, PathRecord(0, 0, 0, 0))
        paths[path] = PathRecord(
            record.pages + (record.last != number), record.kept + kept, record.dropped + (not kept), number
        )


def _sum(ours: PathRecord, theirs: PathRecord, last: int) -> PathRecord:
    return PathRecord(
        ours.pages + theirs.pages, ours.kept + theirs.kept, ours.dropped + theirs.dropped, max(ours.last, last)
    )


def _latest(entries: dict[int, V], most: int) -> dict[int, V]:
    excess = len(entries) - most
    return entries if excess <= 0 else dict(list(entries.items())[excess:])


def _trimmed(texts: dict[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    """Return at most as many texts as are remembered: what was seen once goes first, the oldest of it before others."""
    excess = len(texts) - MOST_TEXTS
    if excess <= 0:
        return texts
    once = [fingerprint for fingerprint, seen in texts.items() if len(seen) == 1][:excess]
    gone = set(once)
    if len(once) < excess:
        gone.update([f for f in texts if f not in gone][: excess - len(once)])
    return {fingerprint: seen for fingerprint, seen in texts.items() if fingerprint not in gone}


def _stored(data: bytes) -> _Stored:
    head, _, rest = data.partition(b"\n")
    version = head.removeprefix(_MAGIC)
    if len(data) > _LARGEST or not head.startswith(_MAGIC) or not version.isdigit():
        raise SettingsError("not a site memory", advice="delete it; it is learned anew")
    if int(version) != _VERSION:
        raise SettingsError(f"a site memory of version {int(version)}; this program reads {_VERSION}")
    try:
        stored = _DECODER.decode(rest)
    except msgspec.DecodeError as error:
        raise SettingsError(f"a damaged site memory: {error}", advice="delete it; it is learned anew") from error
    if any(len(seen) != 1 and (not seen or list(seen) != sorted(seen)) for seen in stored.texts.values()):
        raise SettingsError("a damaged site memory: sightings out of order", advice="delete it; it is learned anew")
    return stored
