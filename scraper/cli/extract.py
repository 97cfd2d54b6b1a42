"""`scraper extract`: pages at hand, no network."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from typer import Argument, Option

from scraper.api import article_of, explain
from scraper.cli.exit_codes import code_for_batch, code_for_one
from scraper.cli.fetching import clean_url
from scraper.cli.options import OutputOptions, RecordOptions, ReportOptions
from scraper.cli.report import Reporter, open_reporter
from scraper.cli.site_options import Learning, SiteOptions, open_memories
from scraper.cli.sources import STANDARD_INPUT, Source, sources_of
from scraper.cli.writing import format_of, open_exporter, shares_terminal, spare_inputs
from scraper.errors import FetchError, ScraperError, SettingsError
from scraper.export.formats import names_with
from scraper.model.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scraper.export.exporter import Exporter
    from scraper.model.extraction import Extraction
    from scraper.model.response import Response
    from scraper.settings import ExtractSettings
    from scraper.sites.registry import SiteRules

__all__ = ["ReadOptions", "extract"]

_MANY = 2
"""Any number of pages but one."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How the pages are read."""

    url: Annotated[str | None, Option("--url", help="Where the page stands: base of links, identity.")] = None
    text: Annotated[bool, Option("--text", help="The page was saved as plain text (as every .txt file).")] = False
    explain: Annotated[bool, Option("--explain", help="Add blocksExplained and evidence to each JSON record.")] = False


@dataclass(frozen=True, slots=True)
class Known:
    """What all pages of a run are read with."""

    settings: ExtractSettings
    learning: Learning
    rules: SiteRules | None


def extract(
    paths: Annotated[list[str], Argument(metavar="PATH", help="HTML, MHTML or WARC files, folders of them, '-'.")],
    read: ReadOptions,
    record: RecordOptions,
    output: OutputOptions,
    sites: SiteOptions,
    report: ReportOptions,
) -> int:
    """Extract articles from pages at hand, without any network."""
    sources = sources_of(paths, as_text=read.text)
    single = len(sources) == 1 and not sources[0].is_archive
    if read.url is not None and not single:
        raise SettingsError("--url names one page, but there are more", advice="extract them one by one")
    read = replace(read, url=_checked(read.url))
    spare_inputs((source.path for source in sources if source.path is not None), output, report)
    form = format_of(output, 1 if single else _MANY)
    if read.explain and not form.takes_extra:
        raise SettingsError(f"--explain works with {names_with('takes_extra')}, not with -f {form.name}")
    settings = sites.settings(record.settings(form))
    rules = sites.read()
    with (
        open_memories(sites) as learning,
        open_reporter(report) as reporter,
        open_exporter(output, form, report) as exporter,
    ):
        if sites.site_memory is None:  # without a file to keep it in, each page speaks for itself
            settings = replace(settings, site_memory="off")
        total = None if any(source.is_archive for source in sources) else len(sources)
        reporter.begin(total, beside_data=shares_terminal(output))
        known = Known(settings, learning, rules)
        for page in _pages(sources, read, known):
            _one(page, known, exporter, reporter, debug=report.debug)
            reporter.progress()
    if reporter.last_failure is not None and single:
        return code_for_one(reporter.last_failure)
    return code_for_batch(reporter.records, reporter.failures)


def _checked(url: str | None) -> str | None:
    if url is None:
        return None
    url = clean_url(url)
    if not url.lower().startswith(("http://", "https://")):
        raise SettingsError(f"--url: not a web address: {url!r}", advice="write https://...")
    return url


@dataclass(frozen=True, slots=True)
class _Page:
    """One page to extract, and how."""

    name: str
    """What a record that names no URL, and every failure, says of where it comes from."""
    extraction: Callable[[], Extraction]
    explained: bool


def _pages(sources: list[Source], read: ReadOptions, known: Known) -> Iterator[_Page]:
    """Yield the pages of all sources, each read when its turn comes."""
    for source in sources:
        if source.is_archive and source.path is not None:
            yield from _archived(source.name, source.path, read, known)
        else:
            yield _Page(source.name, partial(_extraction, source, read, known), read.explain)


def _archived(name: str, path: Path, read: ReadOptions, known: Known) -> Iterator[_Page]:
    from scraper.extraction import extract_page  # noqa: PLC0415  # .15 s of CPU, for those who extract here
    from scraper.fetch.warc_pages import warc_responses  # noqa: PLC0415  # few inputs are archives
    from scraper.page.page import open_page  # noqa: PLC0415  # as above

    def page(found: Response | FetchError) -> Extraction:
        if isinstance(found, FetchError):
            raise found
        settings = replace(known.settings, explain=read.explain)
        memory = known.learning.memories
        return extract_page(open_page(found, whole=read.explain), settings, memory=memory, rules=known.rules)

    for found in warc_responses(path):
        url = found.url if isinstance(found, FetchError) else found.requested_url
        yield _Page(url or name, partial(page, found), read.explain)


def _one(page: _Page, known: Known, exporter: Exporter, reporter: Reporter, *, debug: bool) -> None:
    try:
        extraction = page.extraction()
        if known.settings.site_memory == "learn":
            known.learning.learn(extraction)
        article = article_of(extraction, known.settings)
    except Exception as error:  # noqa: BLE001  # one page must not end the run: whatever it is, it is reported
        if debug:
            traceback.print_exception(error)
        reporter.failure(_failure(page.name, error))
        return
    if article.requested_url is None and page.name != STANDARD_INPUT:
        article = msgspec.structs.replace(article, requested_url=page.name)
    exporter.write(article, _explained(extraction) if page.explained else None)
    reporter.record()


def _extraction(source: Source, read: ReadOptions, known: Known) -> Extraction:
    data = source.read()
    settings, memories, rules = known.settings, known.learning.memories, known.rules
    if source.is_text:
        from scraper.extract_text import extract_text  # noqa: PLC0415  # few pages are plain text

        return extract_text(data, url=read.url, settings=replace(settings, explain=read.explain))
    if read.explain:
        return explain(data, read.url, settings=settings, memory=memories, rules=rules)
    from scraper.extraction import extract_page  # noqa: PLC0415  # as above
    from scraper.page.page import page_of  # noqa: PLC0415  # as above

    return extract_page(page_of(data, read.url), settings, memory=memories, rules=rules)


def _explained(extraction: Extraction) -> dict[str, Any]:
    return {
        "blocksExplained": msgspec.to_builtins(extraction.blocks),
        "evidence": msgspec.to_builtins(extraction.evidence),
        "problems": list(extraction.problems),
    }


def _failure(name: str, error: Exception) -> Failure:
    url, retryable, status = None, False, None
    match error:
        case ScraperError():
            advice = f" ({error.advice})" if error.advice else ""
            stage, reason, what = error.stage, error.reason, error.what + advice
            url, retryable = error.url, error.retryable
            status = error.http_status if isinstance(error, FetchError) else None
        case OSError():
            stage, reason, what = "read", "unreadable", f"cannot be read: {error.strerror or error}"
        case _:
            stage, reason = "extract", "internal"
            what = f"a fault of this program: {type(error).__name__}: {error} (--debug shows more)"
    return Failure(
        requested_url=name,
        url=url,
        stage=stage,
        reason=reason,
        message=f"{name}: {what}",
        retryable=retryable,
        http_status=status,
    )
