"""What is known of sites, on the command line: a file of memories, a folder of rules."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Option

from scraper.errors import ExportError, SettingsError
from scraper.sites.memories import SiteMemories
from scraper.sites.registry import SiteRules, read_rules

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.model.extraction import Extraction
    from scraper.scraping import Scraper
    from scraper.settings import ExtractSettings

__all__ = ["Learning", "RuleOptions", "SiteLearning", "SiteOptions", "known_memories", "open_memories"]

_LARGEST = 500_000_000
"""Bytes; a file of memories at all bounds stays below."""


class SiteLearning(StrEnum):
    """The values of `ExtractSettings.site_memory`."""

    LEARN = "learn"
    FIXED = "fixed"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class RuleOptions:
    """Where site rules are."""

    rules: Annotated[Path | None, Option("--rules", envvar="SCRAPER_RULES", help="Folder of site rules (*.toml).")] = (
        None
    )

    def read(self) -> SiteRules | None:
        """Return the rules of the folder, None without one.

        Raises:
            RuleError: a rule that cannot be; names file, line and key.

        """
        return None if self.rules is None else read_rules(self.rules)


@dataclass(frozen=True, slots=True)
class SiteOptions(RuleOptions):
    """What is known of sites."""

    site_memory: Annotated[
        Path | None, Option("--site-memory", help="File of what sites repeat: read if it exists, written at the end.")
    ] = None
    site_learning: Annotated[
        SiteLearning, Option("--site-learning", help="Learn what sites repeat, use what is known as it is, or neither.")
    ] = SiteLearning.LEARN

    def settings(self, settings: ExtractSettings) -> ExtractSettings:
        """Return the settings of extraction with what is asked for here."""
        return replace(settings, site_memory=self.site_learning.value)


class Learning:
    """The memories of a run, and what it learned."""

    def __init__(self, memories: SiteMemories) -> None:
        self.memories = memories

    def learn(self, extraction: Extraction) -> None:
        """Add a page."""
        self.memories = self.memories.learned(extraction)

    @contextmanager
    def of(self, scraper: Scraper) -> Iterator[None]:
        """Take over what a scraper has learned, however its run ends."""
        try:
            yield
        finally:
            self.memories = scraper.memories


@contextmanager
def open_memories(options: SiteOptions) -> Iterator[Learning]:
    """Read the file of memories; write what a run knows at its end, unless it learned nothing or was killed.

    What another run has stored meanwhile is merged.

    Raises:
        SettingsError: the file is none of memories, or cannot be read.
        ExportError: it cannot be written.

    """
    path = options.site_memory
    if path is None or options.site_learning is SiteLearning.OFF:
        yield Learning(SiteMemories())
        return
    before = _read(path)
    known = _memories(before, path)
    learning = Learning(known)
    writes = options.site_learning is SiteLearning.LEARN
    if writes and not os.access(path.parent, os.W_OK):
        raise ExportError(f"{path}: cannot be written: its folder is missing or read-only")
    try:
        yield learning
    finally:
        if writes and learning.memories is not known:
            now = _read(path)
            memories = learning.memories if now == before else _memories(now, path).merged(learning.memories)
            _write(path, memories.to_bytes())


def known_memories(path: Path) -> SiteMemories:
    """Return what a file of memories holds, to be looked at only.

    Raises:
        SettingsError: there is no such file, it is none of memories, or it cannot be read.

    """
    data = _read(path)
    if data is None:
        raise SettingsError(f"{path}: no such file of site memories", advice="`scraper batch --site-memory` makes one")
    return _memories(data, path)


def _memories(data: bytes | None, path: Path) -> SiteMemories:
    if data is None:
        return SiteMemories()
    try:
        return SiteMemories.from_bytes(data)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error.what}", advice=error.advice) from error


def _read(path: Path) -> bytes | None:
    try:
        if path.stat().st_size > _LARGEST:
            raise SettingsError(f"{path}: not a file of site memories: too large")
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error


def _write(path: Path, data: bytes) -> None:
    """Write aside, then rename: the file is whole at any time."""
    name = None
    try:
        handle, name = tempfile.mkstemp(prefix=".scraper-", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError as error:
        if name is not None:
            with suppress(OSError):
                Path(name).unlink()
        raise ExportError(f"{path}: cannot be written: {error.strerror}") from error
