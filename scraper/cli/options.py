"""The options that several commands share, in groups; each group knows the settings it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

import msgspec
from typer import Option

from scraper.errors import SettingsError
from scraper.export.exporter import ExportOptions, Target
from scraper.export.formats import Format, names_with
from scraper.model.article import Article
from scraper.settings import ExtractSettings, FetchSettings, HostSettings, Render

__all__ = ["FetchOptions", "FileName", "OutputOptions", "RecordOptions", "ReportOptions", "seconds_of", "size_of"]

_FETCH = FetchSettings()
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", re.IGNORECASE)
_SPAN = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd]?)")
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86_400}
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


class FileName(StrEnum):
    """What the files of `--out-dir` are named after."""

    URL = "url"
    ID = "id"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """Where records go, and in which form."""

    format: Annotated[
        str | None,
        Option(
            "-f",
            "--format",
            help="jsonl, json, csv, md, txt, html, jsonld, parquet, sqlite. Default: as FILE is named, else jsonl.",
        ),
    ] = None
    output: Annotated[
        Path | None,
        Option("-o", "--output", help="File to write, aside first, then renamed. Default, or '-': standard output."),
    ] = None
    append: Annotated[bool, Option("--append", help="Add to the file of -o (jsonl, csv).")] = False
    rotate: Annotated[
        str | None, Option("--rotate", help="With --append: a new file for each 'day' (UTC), or at a size like 100MB.")
    ] = None
    out_dir: Annotated[Path | None, Option("--out-dir", help="Folder for one file an article.")] = None
    name: Annotated[
        FileName | None, Option("--name", help="What the files of --out-dir are named after. Default: url.")
    ] = None
    fields: Annotated[
        str | None, Option("--fields", help="Only these fields of the record, such as headline,datePublished.")
    ] = None
    bom: Annotated[bool, Option("--bom", help="csv: a byte order mark first, for Excel.")] = False
    raw_cells: Annotated[bool, Option("--raw-cells", help="csv: keep cells that spreadsheets run as formulas.")] = False

    @property
    def is_standard_output(self) -> bool:
        """Whether records go to standard output."""
        return self.out_dir is None and (self.output is None or str(self.output) == "-")

    def target(self, form: Format) -> Target:
        """Return where the records go.

        Raises:
            SettingsError: options that contradict each other or the format.

        """
        if self.out_dir is not None and self.output is not None:
            raise SettingsError("-o names one file for all, --out-dir a folder of files", advice="give one of them")
        if self.append and self.is_standard_output:
            raise SettingsError("--append needs a file", advice="name it with -o")
        if self.rotate is not None and not self.append:
            raise SettingsError("--rotate works with --append")
        if self.name is not None and self.out_dir is None:
            raise SettingsError("--name works with --out-dir")
        if form.name != "csv" and (self.bom or self.raw_cells):
            raise SettingsError(f"{'--bom' if self.bom else '--raw-cells'} is for csv, not for {form.name}")
        target = Target(
            path=None if self.is_standard_output else self.out_dir or self.output,
            fields=self.chosen_fields(form),
            append=self.append,
            options=ExportOptions(
                name=None if self.out_dir is None else (self.name or FileName.URL).value,
                rotate_bytes=None if self.rotate in {None, "day"} else size_of("--rotate", self.rotate or ""),
                rotate_daily=self.rotate == "day",
                bom=self.bom,
                raw_cells=self.raw_cells,
            ),
        )
        form.check(target)
        return target

    def chosen_fields(self, form: Format) -> tuple[str, ...]:
        """Return the names that `--fields` lists; () for all.

        Raises:
            SettingsError: a name that the record does not have, or a format without fields.

        """
        names = tuple(filter(None, (name.strip() for name in (self.fields or "").split(","))))
        if names and not form.has_keys:
            raise SettingsError(f"--fields works with {names_with('has_keys')}, not with -f {form.name}")
        known = [field.encode_name for field in msgspec.structs.fields(Article)]
        for name in names:
            if name not in known:
                whole = name.partition(".")[0]
                near = [whole] if whole in known else get_close_matches(name, known, n=1, cutoff=0.5)
                advice = f"did you mean {near[0]}?" if near else "`scraper schema` lists the fields"
                advice = f"fields are written whole: {whole}" if whole in known else advice
                raise SettingsError(f"--fields: a record has no field {name!r}", advice=advice)
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """What a record holds."""

    keep_all: Annotated[bool, Option("--keep-all", help="A record even for a page that is no article.")] = False
    blocks: Annotated[bool, Option("--blocks", help="Fill blocks: the body as typed blocks.")] = False
    markdown: Annotated[bool, Option("--markdown", help="Fill articleBodyMarkdown.")] = False

    def settings(self, form: Format) -> ExtractSettings:
        """Return the settings of extraction; Markdown output asks for Markdown by itself."""
        return ExtractSettings(keep_all=self.keep_all, blocks=self.blocks, markdown=self.markdown or form.name == "md")


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """How URLs are fetched."""

    timeout: Annotated[float, Option("--timeout", envvar="SCRAPER_TIMEOUT", help="Seconds for one URL in all.")] = (
        _FETCH.timeout_s
    )
    delay: Annotated[float, Option("--delay", envvar="SCRAPER_DELAY", help="Seconds between requests to one host.")] = (
        _FETCH.delay_s
    )
    concurrency: Annotated[
        int, Option("--concurrency", envvar="SCRAPER_CONCURRENCY", help="Requests at once, over all hosts.")
    ] = _FETCH.concurrency
    per_host: Annotated[int, Option("--per-host", envvar="SCRAPER_PER_HOST", help="Requests at once to one host.")] = (
        _FETCH.per_host
    )
    retries: Annotated[
        int, Option("--retries", envvar="SCRAPER_RETRIES", help="Further attempts after a temporary failure.")
    ] = _FETCH.retries
    max_bytes: Annotated[
        str, Option("--max-bytes", envvar="SCRAPER_MAX_BYTES", help="Largest body, such as 500kB or 10MB.")
    ] = f"{_FETCH.max_body_bytes // _UNITS['m']}MB"
    max_pages: Annotated[
        int, Option("--max-pages", envvar="SCRAPER_MAX_PAGES", help="Pages of one article that are joined; 1: no more.")
    ] = _FETCH.max_pages
    user_agent: Annotated[
        str | None, Option("--user-agent", envvar="SCRAPER_USER_AGENT", help="Default: the program's own name.")
    ] = None
    header: Annotated[
        list[str] | None, Option("--header", help="'Name: value', sent to the URL's own host only; may be repeated.")
    ] = None
    cookie_file: Annotated[
        Path | None, Option("--cookie-file", envvar="SCRAPER_COOKIE_FILE", help="A cookies.txt, as browsers export it.")
    ] = None
    proxy: Annotated[str | None, Option("--proxy", envvar="SCRAPER_PROXY", help="URL of an HTTP proxy.")] = None
    warc: Annotated[Path | None, Option("--warc", help="A WARC file that every exchange is appended to.")] = None
    render: Annotated[
        str,
        Option(
            "--render", envvar="SCRAPER_RENDER", help="Let a browser build pages: always, never, auto (where needed)."
        ),
    ] = _FETCH.render
    chromium: Annotated[
        Path | None,
        Option("--chromium", envvar="SCRAPER_CHROMIUM", help="The browser's program, if not found by itself."),
    ] = None
    http2: Annotated[bool, Option("--http2", help="Speak HTTP/2 where a server offers it.")] = False
    insecure_host: Annotated[
        list[str] | None, Option("--insecure-host", help="Accept any TLS certificate of this host; may be repeated.")
    ] = None
    no_robots: Annotated[bool, Option("--no-robots", help="Do not ask robots.txt. Only with permission.")] = False
    allow_private: Annotated[bool, Option("--allow-private", help="Also dial loopback and private addresses.")] = False

    def settings(self) -> FetchSettings:
        """Return the settings of fetching.

        Raises:
            SettingsError: a value that cannot be.

        """
        return FetchSettings(
            timeout_s=self.timeout,
            delay_s=self.delay,
            concurrency=self.concurrency,
            per_host=self.per_host,
            retries=self.retries,
            max_body_bytes=size_of("--max-bytes", self.max_bytes),
            max_pages=self.max_pages,
            user_agent=self.user_agent,
            headers=tuple(map(_header, self.header or ())),
            cookie_file=None if self.cookie_file is None else str(self.cookie_file),
            proxy=self.proxy,
            warc=None if self.warc is None else str(self.warc),
            hosts={host.lower(): HostSettings(verify_tls=False) for host in self.insecure_host or ()},
            http2=self.http2,
            render=cast("Render", self.render),  # checked there
            chromium=None if self.chromium is None else str(self.chromium),
            robots=not self.no_robots,
            allow_private=self.allow_private,
        )


@dataclass(frozen=True, slots=True)
class ReportOptions:
    """What is said beside the records, on standard error."""

    errors: Annotated[
        Path | None, Option("--errors", help="File for failures as JSON Lines. Default: a line each on standard error.")
    ] = None
    quiet: Annotated[bool, Option("-q", "--quiet", help="Say nothing but failures.")] = False
    verbose: Annotated[bool, Option("-v", "--verbose", help="Say more.")] = False
    debug: Annotated[bool, Option("--debug", help="Show the traceback of an error.")] = False


def seconds_of(option: str, text: str | None) -> float | None:
    """Return the seconds of a span of time such as "20m"; a number alone counts seconds.

    Raises:
        SettingsError: it is none.

    """
    if text is None:
        return None
    match = _SPAN.fullmatch(text.strip())
    if match is None or not float(match[1]):
        raise SettingsError(f"{option}: not a span of time: {text!r}", advice="write 90s, 20m or 2h")
    return float(match[1]) * _SECONDS[match[2]]


def size_of(option: str, text: str) -> int:
    """Return the bytes that the value of an option stands for.

    Raises:
        SettingsError: it is no size.

    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise SettingsError(f"{option}: not a size: {text!r}", advice="write 500kB, 10MB or a number of bytes")
    return int(float(match[1]) * _UNITS[match[2].lower()])


def _header(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    if not colon:
        raise SettingsError("--header: no colon in the value given", advice="write 'Name: value'")
    return name.strip(), value.strip()
