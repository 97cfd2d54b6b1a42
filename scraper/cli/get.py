"""`scraper get`: URLs given as arguments."""

from __future__ import annotations

import traceback
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument

from scraper.cli.exit_codes import code_for_batch, code_for_one
from scraper.cli.fetching import clean_url, open_scraper, write_results
from scraper.cli.options import FetchOptions, OutputOptions, RecordOptions, ReportOptions
from scraper.cli.report import open_reporter
from scraper.cli.site_options import RuleOptions
from scraper.cli.writing import format_of, open_exporter, shares_terminal
from scraper.errors import ScraperError, SettingsError
from scraper.fetch.target import shown_url
from scraper.model.failure import failure_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.model.article import Article
    from scraper.model.failure import Failure
    from scraper.scraping import Scraper

__all__ = ["get"]


def get(
    urls: Annotated[list[str], Argument(metavar="URL", help="Pages to fetch; http or https.")],
    record: RecordOptions,
    output: OutputOptions,
    fetch: FetchOptions,
    sites: RuleOptions,
    report: ReportOptions,
) -> int:
    """Fetch pages and extract their articles."""
    file = next((url for url in urls if "://" not in url and Path(url).exists()), None)
    if file is not None:
        raise SettingsError(f"{file}: a file, not a URL", advice="`scraper extract` reads files")
    urls = [clean_url(url) for url in urls]
    form = format_of(output, len(urls))
    settings = replace(record.settings(form), site_memory="off")  # a page asked for by name does not depend on others
    rules = sites.read()
    with (
        open_reporter(report) as reporter,
        open_exporter(output, form, report) as exporter,
        open_scraper(fetch.settings(), settings, report, reporter, rules=rules) as scraper,
    ):
        beside = shares_terminal(output)
        reporter.begin(len(urls), in_flight=lambda: scraper.in_flight, beside_data=beside)
        results = _single(scraper, urls[0]) if report.debug and len(urls) == 1 else scraper.iter(urls)
        write_results(results, exporter, reporter)
    if reporter.last_failure is not None and len(urls) == 1:
        return code_for_one(reporter.last_failure)
    return code_for_batch(reporter.records, reporter.failures)


def _single(scraper: Scraper, url: str) -> Iterator[Article | Failure]:
    """Yield what `Scraper.iter` would, and show where an error came from."""
    try:
        yield scraper.get(url)
    except ScraperError as error:
        traceback.print_exception(error)
        yield failure_of(error, shown_url(url))
