"""Inputs of `scraper extract`: files, folders, WARC archives, standard input."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["STANDARD_INPUT", "Source", "sources_of"]

STANDARD_INPUT = "standard input"
"""What messages call it."""

_HTML = frozenset({".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht", ".webarchive"})
_TEXT = frozenset({".txt", ".text"})
_WARC = (".warc", ".warc.gz", ".warc.zst", ".warc.lz4")
_COMPANIONS = tuple(
    """.files _files -files _file -Dateien _fichiers _bestanden _archivos _arquivos _ficheiros -filer _tiedostot _pliki
    _soubory _elemei _dosyalar _datoteke _fitxers _failid _fails _bylos _fajlovi _fitxategiak""".split()
)
"""How browsers end the name of the folder beside a page (Windows' "connected files", in all languages)."""


@dataclass(frozen=True, slots=True)
class Source:
    """One page or archive to read; not opened yet."""

    path: Path | None
    """None: standard input."""
    is_text: bool
    """A page saved as plain text."""

    @property
    def is_archive(self) -> bool:
        """Whether it is a WARC: many pages, with their URLs."""
        return self.path is not None and self.path.name.lower().endswith(_WARC)

    @property
    def name(self) -> str:
        """The path as given, fit to be printed."""
        return STANDARD_INPUT if self.path is None else os.fsencode(self.path).decode("utf-8", "replace")

    def read(self) -> bytes:
        """Return the page's bytes.

        Raises:
            OSError: the file cannot be read.

        """
        return sys.stdin.buffer.read() if self.path is None else self.path.read_bytes()


def sources_of(paths: Sequence[str], *, as_text: bool) -> list[Source]:
    """Return the pages that the arguments name, folders walked in the order of their names.

    Args:
        paths: files, folders, patterns of them ("*.html"), or "-".
        as_text: read pages as plain text, and look for text files in folders.

    Raises:
        SettingsError: a path that does not exist, a folder without pages, "-" named twice.

    """
    if "-" in paths and sys.stdin is None:
        raise SettingsError("standard input is closed")
    if list(paths).count("-") > 1:
        raise SettingsError("standard input ('-') can be read only once")
    return [source for path in paths for source in _sources_at(path, as_text=as_text)]


def _sources_at(name: str, *, as_text: bool) -> Iterator[Source]:
    if name == "-":
        yield Source(None, as_text)
        return
    path = Path(name)
    wanted = _TEXT if as_text else _HTML
    if path.is_dir():
        found = [Source(file, as_text) for file in _files_below(path)]
        found = [each for each in found if each.path and (each.path.suffix.lower() in wanted or each.is_archive)]
        if not found:
            looked_for = ", ".join(sorted((*wanted, *_WARC)))
            raise SettingsError(f"{name}: no page in this folder", advice=f"looked for {looked_for}")
        yield from found
    elif not os.path.lexists(path):
        matching = [] if "://" in name else sorted(glob(name, recursive=True))  # noqa: PTH207  # absolute ones, too
        if not matching:
            advice = "`scraper get` fetches URLs" if "://" in name else "check the path"
            raise SettingsError(f"{name}: no such file", advice=advice)
        for match in matching:
            yield from _sources_at(match, as_text=as_text)
    else:
        yield Source(path, as_text or path.suffix.lower() in _TEXT)


def _files_below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):
        pages = {Path(file).stem for file in files if Path(file).suffix.lower() in _HTML}
        folders[:] = sorted(name for name in folders if not _belongs_to_a_page(name, pages))
        yield from (Path(place, file) for file in sorted(files))


def _belongs_to_a_page(folder: str, pages: set[str]) -> bool:
    """Whether a folder holds the pictures, scripts and frames of a page saved whole: "story_files" of "story.html"."""
    return any(folder[: -len(end)] in pages for end in _COMPANIONS if folder.endswith(end))
