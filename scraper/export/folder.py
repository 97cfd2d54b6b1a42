"""One file an article in a folder; each appears whole or not at all."""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scraper.errors import ExportError, SettingsError
from scraper.export import disk
from scraper.export.exporter import promised
from scraper.export.file_names import file_id, stem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scraper.export.exporter import Mark, Target
    from scraper.model.article import Article

__all__ = ["Folder"]

_ASIDE, _PART = ".scraper-file-", ".part"


class Folder:
    """Writes `render(article, fields, extra)` to a file of its own.

    An article keeps the file name of its first time, also when its headline or URL changes later; the latest version
    stands in it. So writing a record twice is writing it once: nothing needs to be cut back to a mark.
    """

    def __init__(self, target: Target, render: Callable[..., str], suffix: str) -> None:
        if target.path is None or target.options.name is None:
            raise SettingsError("one file an article needs a folder and what the files are named after")
        self._folder = target.path
        self._fields = target.fields
        self._naming = target.options.name
        self._render = render
        self._suffix = suffix
        if target.mark is not None:
            promised(target.mark, "folder")
        disk.make_folder(self._folder, str(self._folder))
        if not os.access(self._folder, os.W_OK | os.X_OK):
            raise ExportError(f"cannot write {self._folder}: Permission denied", advice="choose another folder")
        _sweep(self._folder)
        self._names = _names_in(self._folder, suffix)

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Write one file."""
        own = file_id(article)
        name = self._names.get(own) or stem_of(article, self._naming) + self._suffix
        self._replace(self._folder / name, self._render(article, self._fields, extra).encode("utf-8", "replace"))
        self._names[own] = name

    def commit(self) -> Mark:
        """Make the names of the files durable; their content is, one by one."""
        disk.sync_folder(self._folder, str(self._folder))
        return {"kind": "folder", "files": len(self._names)}

    def close(self) -> None:
        """Do nothing: no file is open between two records."""

    def _replace(self, path: Path, data: bytes) -> None:
        name = str(path)
        with disk.opened(name):
            handle, aside_name = tempfile.mkstemp(prefix=_ASIDE, suffix=_PART, dir=self._folder)
        aside = Path(aside_name)
        try:
            try:
                with suppress(OSError):  # a file system without locks
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                disk.write(handle, data, name)
                with disk.opened(name):
                    os.fchmod(handle, disk.new_mode(path))
                disk.sync(handle, name)
            finally:
                os.close(handle)
            disk.rename(aside, path, name)
        except BaseException:
            with suppress(OSError):
                aside.unlink(missing_ok=True)
            raise


def _sweep(folder: Path) -> None:
    """Remove the half-written files of programs that were killed: those that nobody holds a lock on."""
    for path in folder.glob(f"{_ASIDE}*{_PART}"):
        with suppress(OSError):
            handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.unlink()
            finally:
                os.close(handle)


def _names_in(folder: Path, suffix: str) -> dict[str, str]:
    """Return {id: name} of the article files that are there already."""
    ours = re.compile(rf"(?:[a-z0-9-]*-)?([0-9a-f]{{16}}){re.escape(suffix)}")
    with disk.opened(str(folder)), os.scandir(folder) as entries:
        names = sorted(entry.name for entry in entries)
    return {match[1]: name for name in names if (match := ours.fullmatch(name))}
