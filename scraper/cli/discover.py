"""`scraper discover`: the articles that a site, a section, a feed or a sitemap leads to."""

from __future__ import annotations

import datetime as dt
import logging
import re
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from scraper.cli.exit_codes import code_for_batch
from scraper.cli.fetching import clean_url, open_scraper
from scraper.cli.options import FetchOptions, ReportOptions
from scraper.cli.report import open_reporter
from scraper.errors import SettingsError
from scraper.export.output import open_output
from scraper.model.link import Link
from scraper.settings import DiscoverSettings, DiscoverWay, ExtractSettings

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DiscoverOptions", "discover", "read_since"]

_AGO = re.compile(r"(\d{1,6})\s*([mhdw])", re.IGNORECASE)
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DEFAULT = DiscoverSettings()


@dataclass(frozen=True, slots=True)
class DiscoverOptions:
    """Which links are looked for, and where."""

    feed: Annotated[bool, Option("--feed", help="The site's feeds, also at the usual places.")] = False
    sitemap: Annotated[bool, Option("--sitemap", help="All its sitemaps, by robots.txt or at the usual places.")] = (
        False
    )
    news: Annotated[bool, Option("--news", help="Its news sitemaps alone.")] = False
    home: Annotated[bool, Option("--home", help="The links of the page itself.")] = False
    since: Annotated[
        str | None, Option("--since", help="Leave out what is older: 90m, 36h, 2d, 1w, or a date such as 2026-11-20.")
    ] = None
    limit: Annotated[int | None, Option("--limit", help="Links in all.")] = None
    include: Annotated[
        list[str] | None, Option("--include", help="Regular expression that a URL must hold; may be repeated.")
    ] = None
    exclude: Annotated[
        list[str] | None, Option("--exclude", help="Regular expression that a URL must not hold; may be repeated.")
    ] = None
    pages: Annotated[int, Option("--pages", help="Pages of a listing, by its 'next' links.")] = _DEFAULT.max_pages
    json: Annotated[bool, Option("--json", help="JSON Lines: url, title, datePublished, source and more.")] = False
    output: Annotated[
        Path | None, Option("-o", "--output", help="File to write. Default, or '-': standard output.")
    ] = None

    def settings(self) -> DiscoverSettings:
        """Return the settings of discovery.

        Raises:
            SettingsError: a value that cannot be.

        """
        asked: dict[DiscoverWay, bool] = {
            "feed": self.feed,
            "sitemap": self.sitemap,
            "news": self.news,
            "home": self.home,
        }
        return DiscoverSettings(
            ways=tuple(way for way, wanted in asked.items() if wanted),
            since=None if self.since is None else read_since(self.since),
            limit=self.limit,
            include=tuple(self.include or ()),
            exclude=tuple(self.exclude or ()),
            max_pages=self.pages,
        )


def discover(
    url: Annotated[str, Argument(metavar="URL", help="A site, a section, a feed or a sitemap; http or https.")],
    what: DiscoverOptions,
    fetch: FetchOptions,
    report: ReportOptions,
) -> int:
    """Print the URLs of articles that a site, feed or sitemap has."""
    settings = what.settings()
    if "://" not in url and Path(url).exists():
        raise SettingsError(f"{url}: a file, not a URL", advice="give the site's address, or that of its feed")
    with (
        open_reporter(report) as reporter,
        open_output(what.output) as output,
        open_scraper(fetch.settings(), ExtractSettings(), report, reporter) as scraper,
        _problems_told(quiet=report.quiet),
        closing(scraper.discover(clean_url(url), settings)) as found,  # type: ignore[type-var]  # a generator in fact
    ):
        for one in found:
            if isinstance(one, Link):
                output.write((one.to_json() if what.json else one.url) + "\n")
                reporter.record()
            else:
                reporter.failure(one)
        reporter.clear()
    return code_for_batch(reporter.records, reporter.failures)


def read_since(text: str) -> dt.datetime | dt.timedelta:
    """Return what `--since` names: a time span that counts back from now, or a moment, in UTC where it says no zone.

    Raises:
        SettingsError: neither.

    """
    span = _AGO.fullmatch(text.strip())
    if span:
        return dt.timedelta(**{_UNITS[span[2].lower()]: int(span[1])})
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise SettingsError(
            f"--since: not a time: {text[:40]!r}", advice="write 90m, 36h, 2d, 1w, 2026-11-20 or 2026-11-20T08:00+01:00"
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


@contextmanager
def _problems_told(*, quiet: bool) -> Iterator[None]:
    """Let what is odd about documents be heard, unless nothing is to be said."""
    log = logging.getLogger("scraper.discover")
    before = log.level
    log.setLevel(logging.ERROR if quiet else logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)
