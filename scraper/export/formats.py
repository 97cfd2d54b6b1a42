"""The formats by their names: the package's own, and those of the entry point group `scraper.exporters`."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from scraper.errors import SettingsError
from scraper.export.compression import compression_of
from scraper.export.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from importlib.metadata import EntryPoint

    from scraper.export.exporter import Exporter, Target

__all__ = ["FORMATS", "GROUP", "Format", "format_named", "format_names", "format_of_file", "names_with"]

GROUP = "scraper.exporters"
"""Entry points: name of the format -> a `Format`, or a callable that takes a Target (of a one-off file) and returns an
Exporter; only a `Format` can say that it does more: append, choose fields, write to standard output."""

Kind = Literal["text", "binary", "database"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """What an output format is and can do.

    >>> form = format_named("jsonl")
    >>> form.appends, form.rotates, form.suffixes[0]
    (True, True, '.jsonl')

    """

    name: str
    """As `--format` takes it."""
    factory: str | Callable[[Target], Exporter]
    """Takes a Target, returns an Exporter; as "module:function" it is imported when it is used."""
    kind: Kind = "text"
    """text: a stream, standard output too; binary: a file; database: written in place, in transactions."""
    has_keys: bool = False
    """Whether single fields can be chosen."""
    takes_extra: bool = False
    """Whether a record can carry keys beside its own."""
    appends: bool = False
    """Whether records can be added to what is there, exactly from a mark on."""
    rotates: bool = False
    """Whether a new file can be begun by size or day."""
    document: str | Callable[..., str] = ""
    """For one file an article: takes the article, the fields and the extra keys, returns the text of the file."""
    suffixes: tuple[str, ...] = ()
    """Of its files; the first one is that of one file an article."""

    def open(self, target: Target) -> Exporter:
        """Open an exporter (see `open_export` for one that ends itself).

        Raises:
            SettingsError: what this format cannot do, or a program part that is not installed.
            ExportError: the output cannot be opened, or is not as its mark says.

        """
        self.check(target)
        if target.options.name is not None:
            return Folder(target, _function(self.document), self.suffixes[0])
        return cast("Exporter", _function(self.factory)(target))

    def is_written_aside(self, target: Target) -> bool:
        """Whether a one-off output is a single file, to be written aside and renamed."""
        return self.kind != "database" and target.options.name is None

    def check(self, target: Target) -> None:
        """Raise for what this format cannot do.

        Raises:
            SettingsError: says which formats can.

        """
        options = target.options
        if target.fields and not self.has_keys:
            raise SettingsError(f"fields cannot be chosen in {self.name}", advice=_those("has_keys"))
        if options.name is not None and not self.document:
            raise SettingsError(f"{self.name} is not written one file an article", advice=_those("document"))
        if target.append and options.name is None and not self.appends:
            raise SettingsError(f"{self.name} cannot be appended to", advice=_those("appends"))
        if (options.rotate_bytes or options.rotate_daily) and not (self.rotates and target.append):
            raise SettingsError(f"{self.name} is rotated only where it is appended to", advice=_those("rotates"))
        if target.path is None and (self.kind != "text" or target.append or options.name is not None):
            raise SettingsError(f"{self.name} cannot be written to standard output", advice="name a file")
        if target.mark and not target.append:
            raise SettingsError("a mark is for an output that is appended to")


def _those(trait: str) -> str:
    return f"this works with {names_with(trait)}"


def _function(place: str | Callable[..., Any]) -> Callable[..., Any]:
    if callable(place):
        return place
    module, _, name = place.partition(":")
    return cast("Callable[..., Any]", getattr(import_module(module), name))


_OTHER_NAMES = {
    **dict.fromkeys(("markdown", "mdown"), "md"),
    **dict.fromkeys(("text", "plain"), "txt"),
    **dict.fromkeys(("ndjson", "jsonlines", "json-lines", "ldjson"), "jsonl"),
    **dict.fromkeys(("db", "sqlite3"), "sqlite"),
    **dict.fromkeys(("excel", "xlsx", "tsv"), "csv"),
    "htm": "html",
    "json-ld": "jsonld",
}
"""What others call our formats, or what is nearest."""

FORMATS = (
    Format(
        name="jsonl",
        factory="scraper.export.json_lines:open_json_lines",
        has_keys=True,
        takes_extra=True,
        appends=True,
        rotates=True,
        suffixes=(".jsonl", ".ndjson"),
    ),
    Format(
        name="json",
        factory="scraper.export.json_array:open_json_array",
        has_keys=True,
        takes_extra=True,
        document="scraper.export.json_array:json_document",
        suffixes=(".json",),
    ),
    Format(
        name="csv",
        factory="scraper.export.csv_rows:open_csv",
        has_keys=True,
        appends=True,
        rotates=True,
        suffixes=(".csv",),
    ),
    Format(
        name="jsonld",
        factory="scraper.export.json_ld:open_json_ld",
        document="scraper.export.json_ld:json_ld_document",
        suffixes=(".jsonld",),
    ),
    Format(
        name="parquet",
        factory="scraper.export.parquet:open_parquet",
        kind="binary",
        has_keys=True,
        appends=True,
        suffixes=(".parquet",),
    ),
    Format(
        name="sqlite",
        factory="scraper.export.database:open_database",
        kind="database",
        appends=True,
        suffixes=(".sqlite", ".sqlite3", ".db"),
    ),
    Format(
        name="md",
        factory="scraper.export.markdown:open_markdown",
        document="scraper.export.markdown:markdown_document",
        suffixes=(".md", ".markdown"),
    ),
    Format(
        name="txt",
        factory="scraper.export.plain_text:open_plain_text",
        document="scraper.export.plain_text:text_document",
        suffixes=(".txt",),
    ),
    Format(
        name="html",
        factory="scraper.export.html:open_html",
        document="scraper.export.html:html_document",
        suffixes=(".html", ".htm"),
    ),
)
"""The package's own."""


def format_named(name: str) -> Format:
    """Return a format; the package's own win over third-party ones.

        >>> format_named("sqlite").kind
        'database'

    Raises:
        SettingsError: there is none of this name; names those that there are.

    """
    for form in FORMATS:
        if form.name == name:
            return form
    for entry in _entry_points():
        if entry.name == name:
            return _third_party(entry)
    known = format_names()
    near = [_OTHER_NAMES[name.lower()]] if name.lower() in _OTHER_NAMES else get_close_matches(name, known, n=1)
    advice = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}"
    raise SettingsError(f"no format {name!r}", advice=advice)


def format_of_file(path: Path) -> Format | None:
    """Return the package's format that files of this name have, compressed ones too; None for an unknown suffix."""
    name = path.with_suffix("").name if compression_of(path.name) else path.name
    suffix = Path(name).suffix.lower()
    return next((form for form in FORMATS if suffix in form.suffixes), None)


def _third_party(entry: EntryPoint) -> Format:
    try:
        found = entry.load()
    except Exception as error:
        raise SettingsError(f"format {entry.name!r}: {entry.value} cannot be imported: {error}") from error
    if isinstance(found, Format):
        return found
    return Format(name=entry.name, factory=found, kind="binary")  # of a callable nothing more is known


def names_with(trait: str) -> str:
    """Return the names of the package's formats that have a trait, as `--format` takes them."""
    return ", ".join(f"-f {form.name}" for form in FORMATS if getattr(form, trait))


def format_names() -> list[str]:
    """Return the names of all formats, third-party ones last.

    >>> {"jsonl", "csv", "sqlite", "parquet"} <= set(format_names())
    True

    """
    own = [form.name for form in FORMATS]
    return own + sorted({entry.name for entry in _entry_points()} - set(own))


def _entry_points() -> Iterable[EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415  # 10 ms that only unknown names are worth

    return entry_points(group=GROUP)
