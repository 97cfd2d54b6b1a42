"""What the commands that fetch share."""

from __future__ import annotations

import logging
import os
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, TypedDict, Unpack

from scraper.cli.report import say
from scraper.errors import ExportError, SettingsError
from scraper.model.article import Article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.cli.options import ReportOptions
    from scraper.cli.report import Reporter
    from scraper.export.exporter import Exporter
    from scraper.model.failure import Failure
    from scraper.scraping import Scraper
    from scraper.settings import ExtractSettings, FetchSettings, WorkerSettings
    from scraper.sites.memories import SiteMemories
    from scraper.sites.registry import SiteRules

__all__ = ["clean_url", "open_scraper", "write_results"]


class _Known(TypedDict, total=False):
    """What pages are read with."""

    workers: WorkerSettings | None
    memories: SiteMemories
    rules: SiteRules | None


def clean_url(argument: str) -> str:
    """Return a URL argument as text that can be written: bytes that are no UTF-8 are replaced."""
    return os.fsencode(argument).decode("utf-8", "replace").strip()


@contextmanager
def open_scraper(
    fetch: FetchSettings,
    extract: ExtractSettings,
    report: ReportOptions,
    reporter: Reporter,
    **known: Unpack[_Known],
) -> Iterator[Scraper]:
    """Open a scraper; warn of what it was told not to respect; with `-v`, tell what it does."""
    from scraper.scraping import Scraper  # noqa: PLC0415  # the network code loads only for those who fetch

    if not fetch.robots:
        reporter.note("WARNING: --no-robots: robots.txt is NOT obeyed; have the permission of every site you fetch")
    for host, its in fetch.hosts.items():
        if not its.verify_tls:
            reporter.note(
                f"WARNING: TLS certificates of {host} are NOT verified: anyone on the way can change its pages"
            )
    with _log_told(verbose=report.verbose), Scraper(fetch, extract, **known) as scraper:
        yield scraper


def write_results(results: Iterator[Article | Failure], exporter: Exporter, reporter: Reporter) -> None:
    """Write each record and tell each failure as they come.

    Raises:
        SettingsError, ExportError: what no URL of the run can be fetched with, or written to.

    """
    with closing(results):  # type: ignore[type-var]  # a generator in fact: what still runs stops with it
        for result in results:
            if isinstance(result, Article):
                exporter.write(result)
                reporter.record()
            else:
                _stop_if_hopeless(result)
                reporter.failure(result)
            reporter.progress()


def _stop_if_hopeless(failure: Failure) -> None:
    """Raise for a failure that is none of its URL: it would come again for every other one."""
    if failure.stage == SettingsError.stage:
        raise SettingsError(failure.message)
    if failure.stage == ExportError.stage:
        raise ExportError(failure.message)


class _Told(logging.Handler):
    """Says each record of the log on standard error, as every message is said."""

    def emit(self, record: logging.LogRecord) -> None:
        say(record.getMessage())


@contextmanager
def _log_told(*, verbose: bool) -> Iterator[None]:
    """Let the package's log be heard for the time of a run."""
    log = logging.getLogger("scraper")
    handler, before = _Told(), log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO if verbose else logging.ERROR)
    try:
        yield
    finally:
        log.removeHandler(handler)
        log.setLevel(before)
