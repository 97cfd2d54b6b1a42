"""Exporter: what every output format can do; Target: where it goes and from where it goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path  # noqa: TC003  # part of the public annotations
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeAlias

from scraper.errors import ExportError, SettingsError

if TYPE_CHECKING:
    from scraper.model.article import Article

__all__ = ["ExportOptions", "Exporter", "Mark", "Sink", "Target", "promised"]

Mark: TypeAlias = Mapping[str, Any]
"""How far an output is durable: plain JSON values, to be stored and given back as `Target.mark`. Each kind of output
puts in what it needs: a committed length in bytes and a hash of the bytes before it, a number of parts."""


class Exporter(Protocol):
    r"""Writes records to one output.

    A record is whole or absent, never torn, when `write` fails. After any ExportError the exporter is of no more use:
    close it and open it anew from the last mark.

        >>> exporter = format_named("jsonl").open(Target(path=path, append=True))
        >>> exporter.write(article)
        >>> mark = exporter.commit()
        >>> exporter.close()
        >>> mark["kind"], path.read_text("utf-8").count("\n")
        ('file', 1)
    """

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Write one record; `extra` adds keys in formats that have keys.

        Raises:
            ExportError: the output cannot be written; the message names the path.
            BrokenPipeError: standard output's reader went away.

        """

    def commit(self) -> Mark:
        """Make everything written so far durable (flushed and synced) and return from where to go on.

        Also right after opening, before any record: the mark of an output that holds nothing of this run yet. An
        output that cannot be gone on with (standard output, a file that is written aside) returns an empty mark.

        Raises:
            ExportError: it cannot be made durable; the last mark still holds.

        """

    def close(self) -> None:
        """End a one-off output (its last bracket); of an appended one, only let go: what is uncommitted may be gone.

        Raises:
            ExportError: the end cannot be written.

        """


class Sink(Protocol):
    """Where formats made of text or bytes write to: standard output, a file written aside, an appended file."""

    @property
    def name(self) -> str:
        """For messages."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the output yet."""

    def write(self, text: str) -> None:
        """Write a whole record as UTF-8; it is there or it is not."""

    def write_bytes(self, data: bytes) -> None:
        """Write a whole record that is bytes."""

    def commit(self) -> Mark:
        """As `Exporter.commit`."""

    def close(self) -> None:
        """As `Exporter.close`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOptions:
    r"""What single formats can be told.

        >>> target = Target(path=path, options=ExportOptions(bom=True))
        >>> with open_export("csv", target) as exporter:
        ...     exporter.write(article)
        >>> path.read_bytes()[:3]
        b'\xef\xbb\xbf'

    Raises:
        SettingsError: a value that cannot be.

    """

    name: Literal["url", "id", "date"] | None = None
    """One file an article in the folder `path`, named after this; None: one file for all."""
    rotate_bytes: int | None = None
    """JSON Lines and CSV: begin a new file when one has this size; it may be passed by one record."""
    rotate_daily: bool = False
    """JSON Lines and CSV: a file for each day (UTC) of writing."""
    bom: bool = False
    """CSV: begin with a byte order mark, by which Excel knows UTF-8."""
    raw_cells: bool = False
    """CSV: do not neutralise cells that a spreadsheet would take for formulas."""
    more: Mapping[str, Any] = field(default_factory=dict)
    """For third-party formats."""

    def __post_init__(self) -> None:
        if self.name not in {None, "url", "id", "date"}:
            raise SettingsError(f"name must be url, id or date, not {self.name!r}")
        if self.rotate_bytes is not None and self.rotate_bytes < 1:
            raise SettingsError(f"rotate_bytes must be at least 1, not {self.rotate_bytes}")
        if self.rotate_bytes is not None and self.rotate_daily:
            raise SettingsError("rotation is by size or by day, not both")


def promised(mark: Mark, kind: str) -> Mark:
    """Return a mark that was given back.

    Raises:
        ExportError: it is of another kind of output.

    """
    if mark.get("kind") != kind:
        raise ExportError(
            f"the mark is of another kind of output: {str(dict(mark))[:200]}",
            advice="go on with the format it was made by, or forget it",
        )
    return mark


_NO_OPTIONS = ExportOptions()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    r"""Where records go; a format opens an exporter from it.

    `append` off: a one-off output, which `scraper.export.opening.open_export` writes aside and renames when all is well
    (databases and folders are written to directly). `append` on: records are added to what is there; with a `mark`,
    exactly what stood there at that mark is kept, and what came after it is cut off.

        >>> with open_export("jsonl", Target(path=path, fields=("headline",))) as exporter:
        ...     exporter.write(article)
        >>> path.read_text("utf-8")
        '{"headline":"After sixty years, the tide mill at Lorne turns again"}\n'
    """

    path: Path | None = None
    """None: standard output."""
    fields: tuple[str, ...] = ()
    """In formats with keys: only these (camelCase), in this order; () for all."""
    append: bool = False
    mark: Mark | None = None
    """What the last `commit` returned; only with `append`."""
    options: ExportOptions = _NO_OPTIONS
    label: str | None = None
    """What messages call the output; None: its path."""

    @property
    def name(self) -> str:
        """What messages call the output; its suffix also decides on compression (`.gz`, `.zst`)."""
        return self.label or ("standard output" if self.path is None else str(self.path))
