"""`scraper inspect`: one page under the glass."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from scraper.cli.exit_codes import ExitCode
from scraper.cli.fetching import clean_url, open_scraper
from scraper.cli.options import FetchOptions, ReportOptions
from scraper.cli.report import open_reporter
from scraper.cli.site_options import RuleOptions, known_memories
from scraper.cli.sources import sources_of
from scraper.errors import ScraperError, SettingsError
from scraper.export.output import open_output
from scraper.settings import ExtractSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.cli.report import Reporter
    from scraper.cli.sources import Source
    from scraper.inspect.inspection import Inspection
    from scraper.inspect.look import Known

__all__ = ["Other", "inspect"]

_WIDTH = 100
"""Columns where the terminal does not say."""


class Other(StrEnum):
    """Whom to compare with."""

    TRAFILATURA = "trafilatura"


@dataclass(frozen=True, slots=True)
class LookOptions(RuleOptions):
    """What is shown, and where."""

    output: Annotated[
        Path | None, Option("-o", "--output", help="The report as one HTML file. Without it: a summary as text.")
    ] = None
    find: Annotated[str | None, Option("--find", metavar="TEXT", help="Why this text is missing, or is not.")] = None
    compare: Annotated[Other | None, Option("--compare", help="Show what another extractor keeps differently.")] = None
    url: Annotated[str | None, Option("--url", help="Where a saved page stands: base of links, identity.")] = None
    site_memory: Annotated[
        Path | None, Option("--site-memory", help="File of what sites repeat: the report says what was dropped for it.")
    ] = None
    text: Annotated[bool, Option("--text", help="The page was saved as plain text (as every .txt file).")] = False


def inspect(
    page: Annotated[str, Argument(metavar="URL|FILE", help="A page to fetch, an HTML or text file, or '-'.")],
    look: LookOptions,
    fetch: FetchOptions,
    report: ReportOptions,
) -> int:
    """Show on a page itself what was kept, what was dropped and why."""
    if look.output is not None and look.find is not None:
        raise SettingsError("--find answers as text, -o writes the report", advice="the report has a search box")
    if look.find is not None and not any(map(str.isalnum, look.find)):
        raise SettingsError("--find: there is no letter and no digit in it", advice="name a few words of the text")
    with open_reporter(report) as reporter:
        inspection = _inspection(page, look, fetch, report, reporter)
    if look.output is not None:
        from scraper.inspect.report import report as html  # noqa: PLC0415  # only for those who want the file

        with open_output(look.output) as output:
            output.write(html(inspection))
        return ExitCode.OK
    _print(inspection, look.find)
    return ExitCode.OK


def _inspection(
    page: str, look: LookOptions, fetch: FetchOptions, report: ReportOptions, reporter: Reporter
) -> Inspection:
    from scraper.inspect.look import Known, look_at_response  # noqa: PLC0415  # most of the package

    compare = None if look.compare is None else look.compare.value
    known = Known(None if look.site_memory is None else known_memories(look.site_memory), look.read())
    if page.lower().startswith(("http://", "https://")):
        if look.url is not None or look.text:
            raise SettingsError("--url and --text are for files", advice="leave them out, or save the page first")
        with open_scraper(fetch.settings(), ExtractSettings(), report, reporter) as scraper:
            began = perf_counter()
            response = scraper.fetch(clean_url(page))
            return look_at_response(response, seconds=perf_counter() - began, compare=compare, known=known)
    source, *more = sources_of([page], as_text=look.text)
    if more:
        raise SettingsError(f"{page}: a folder of {1 + len(more)} pages", advice="inspect looks at one page")
    if source.is_text and compare is not None:
        raise SettingsError(
            f"{source.name}: --compare works with HTML", advice="leave it out, or save the page as HTML"
        )
    for problem in _unused(source, look, known):
        reporter.note(problem)
    try:
        return _of_file(source, look, compare, known)
    except ScraperError as error:
        error.url = error.url or source.name
        raise


def _of_file(source: Source, look: LookOptions, compare: str | None, known: Known) -> Inspection:
    from scraper.inspect.look import look_at_html, look_at_text  # noqa: PLC0415  # see above

    try:
        data = source.read()
    except OSError as error:
        raise SettingsError(f"{source.name}: cannot be read: {error.strerror or error}") from error
    url = None if look.url is None else clean_url(look.url)
    if source.is_text:
        return look_at_text(data, name=source.name, url=url)
    return look_at_html(data, name=source.name, url=url, compare=compare, known=known)


def _unused(source: Source, look: LookOptions, known: Known) -> Iterator[str]:
    """Yield what is said of rules and memories that cannot count for a page."""
    if known.rules is None and known.memory is None:
        return
    if source.is_text:
        yield f"{source.name}: plain text: rules and memories of sites are for HTML, and were not used"
    elif look.url is None and known.rules is not None:
        yield f"{source.name}: site rules go by a page's URL: name it with --url"


def _print(inspection: Inspection, find: str | None) -> None:
    from scraper.inspect.terminal_view import answer_lines, piped_lines, terminal_lines  # noqa: PLC0415  # the same

    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    colour = on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    if find is not None:
        lines = answer_lines(find, inspection, colour=colour)
    elif on_terminal:
        width = shutil.get_terminal_size((_WIDTH, 24)).columns
        lines = terminal_lines(inspection, width=width, colour=colour)
    else:
        lines = piped_lines(inspection)
    with open_output(None) as output:
        output.write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))  # escaped already
