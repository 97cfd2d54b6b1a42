"""The options that several commands share, in groups; each group knows the settings it stands for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import msgspec
from typer import Option

from scraper.errors import SettingsError
from scraper.export.formats import Format
from scraper.model.article import Article
from scraper.settings import ExtractSettings, FetchSettings

__all__ = ["FetchOptions", "OutputOptions", "RecordOptions", "ReportOptions", "size_of"]

_FETCH = FetchSettings()
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)i?b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """Where records go, and in which form."""

    format: Annotated[
        Format | None,
        Option("-f", "--format", help="Form of the output. Default: jsonl; one page on a terminal: txt."),
    ] = None
    output: Annotated[
        Path | None,
        Option("-o", "--output", help="File to write, aside first, then renamed. Default, or '-': standard output."),
    ] = None
    fields: Annotated[
        str | None, Option("--fields", help="Only these fields of the record, such as headline,datePublished.")
    ] = None

    def chosen_fields(self, form: Format) -> tuple[str, ...]:
        """Return the names that `--fields` lists; () for all.

        Raises:
            SettingsError: a name that the record does not have, or a format without fields.

        """
        names = tuple(filter(None, (name.strip() for name in (self.fields or "").split(","))))
        if names and not form.has_keys:
            raise SettingsError(f"--fields works with -f jsonl and -f json, not with -f {form}")
        known = [field.encode_name for field in msgspec.structs.fields(Article)]
        for name in names:
            if name not in known:
                near = get_close_matches(name, known, n=1, cutoff=0.5)
                advice = f"did you mean {near[0]}?" if near else "`scraper schema` lists the fields"
                raise SettingsError(f"--fields: a record has no field {name!r}", advice=advice)
        return names


@dataclass(frozen=True, slots=True)
class RecordOptions:
    """What a record holds."""

    keep_all: Annotated[bool, Option("--keep-all", help="A record even for a page that is no article.")] = False
    blocks: Annotated[bool, Option("--blocks", help="Fill blocks: the body as typed blocks.")] = False
    markdown: Annotated[bool, Option("--markdown", help="Fill articleBodyMarkdown.")] = False

    def settings(self, form: Format) -> ExtractSettings:
        """Return the settings of extraction; Markdown output asks for Markdown by itself."""
        return ExtractSettings(keep_all=self.keep_all, blocks=self.blocks, markdown=self.markdown or form is Format.MD)


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
            user_agent=self.user_agent,
            headers=tuple(map(_header, self.header or ())),
            cookie_file=None if self.cookie_file is None else str(self.cookie_file),
            proxy=self.proxy,
            warc=None if self.warc is None else str(self.warc),
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
