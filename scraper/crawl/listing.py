"""What sources list: the seam between a run and the code that reads feeds, sitemaps and pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from scraper.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.crawl.job import Source
    from scraper.crawl.rows import DocumentRow
    from scraper.model.failure import Failure

__all__ = ["Listed", "Lister", "Ref", "given_urls"]


@dataclass(frozen=True, slots=True)
class Ref:
    """One URL of an article, as a source lists it."""

    url: str
    published: int | None = None
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """What a source said."""

    refs: tuple[Ref, ...] = ()
    documents: tuple[DocumentRow, ...] = ()
    """Those that were read, with what to ask them the next time."""
    whole: bool = True
    """Whether `refs` is all that the source lists: no document was unchanged, failed, or cut."""
    problems: tuple[str, ...] = ()
    failures: tuple[Failure, ...] = ()
    """Documents that could not be read."""
    answered: bool = True
    """Whether any document could be read, or was unchanged."""
    received: int = 0
    """Bytes."""


class Lister(Protocol):
    """Reads sources."""

    async def list(self, source: Source, known: Mapping[str, DocumentRow], oldest: int | None) -> Listed:
        """Return what a source lists now.

        Args:
            source: a feed, sitemap, section, home page or site.
            known: its documents as last read, by URL: what has not changed since lists nothing.
            oldest: links that are dated before this time (seconds since 1970) are left out; None: none are.

        Never raises for a source: what cannot be read is in `failures`.

        """


def given_urls(source: Source) -> Listed:
    """Return the URLs that a job file gives, or the lines of a file that it names.

    A line that is no URL is refused when it is asked for, as every other bad URL.

    Raises:
        SettingsError: the file cannot be read.

    """
    place = source.places[0] if source.places else ""
    if len(source.places) != 1 or place.lower().startswith(("http://", "https://")):
        return Listed(refs=tuple(map(Ref, source.places)))
    try:
        text = Path(place).read_bytes().decode("utf-8-sig", "replace")
    except OSError as error:
        raise SettingsError(
            f"source {source.name}: {place}: {error.strerror or error}", advice="name a file of URLs"
        ) from error
    lines = (line.strip() for line in text.splitlines())
    return Listed(refs=tuple(Ref(line) for line in lines if line and not line.startswith("#")))
