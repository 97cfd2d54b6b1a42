"""`scraper batch`: URLs from a file, as many as there are."""

from __future__ import annotations

import sys
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

from typer import Argument, Option

from scraper.batching import AtOnce
from scraper.cli.exit_codes import code_for_batch, share_of
from scraper.cli.fetching import open_scraper, write_results
from scraper.cli.options import FetchOptions, OutputOptions, RecordOptions, ReportOptions, seconds_of, size_of
from scraper.cli.report import open_reporter
from scraper.cli.site_options import SiteOptions, open_memories
from scraper.cli.stateful_batch import Remembering, batch_with_state
from scraper.cli.url_list import count_urls, readable_list, urls_in
from scraper.cli.writing import format_of, open_exporter, shares_terminal, spare_inputs
from scraper.errors import SettingsError
from scraper.model.failure import Failure
from scraper.settings import WorkerSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scraper.model.article import Article

__all__ = ["BatchOptions", "batch"]

_WORKERS = WorkerSettings()
_MANY = 2
"""Any number of pages but one: a batch is never shown as a single page."""


@dataclass(frozen=True, slots=True)
class BatchOptions(SiteOptions):
    """How a list is worked through."""

    ordered: Annotated[bool, Option("--ordered", help="Records in the order of the URLs, not as they come.")] = False
    duplicates: Annotated[
        bool, Option("--duplicates", help="Fill metadata.duplicateOf: the same story under several URLs.")
    ] = False
    deadline: Annotated[
        str | None, Option("--deadline", help="Longest time for the run, such as 20m; URLs left over fail.")
    ] = None
    state: Annotated[
        Path | None,
        Option("--state", help="Remember URLs in this file: each gives its record once. With -o, --append."),
    ] = None
    recheck: Annotated[
        str | None, Option("--recheck", help="With --state: ask again for articles this young, such as 48h.")
    ] = None
    diff: Annotated[bool, Option("--diff", help="With --recheck: say which paragraphs of an article changed.")] = False
    fail_over: Annotated[
        str | None, Option("--fail-over", help="Code 1 only where more than this share failed, such as 20%.")
    ] = None
    workers: Annotated[
        int | None,
        Option(
            "--workers",
            envvar="SCRAPER_WORKERS",
            help="Processes that extract; 0: none. Default: a core each, <= 4.",
        ),
    ] = None
    page_timeout: Annotated[
        float, Option("--page-timeout", envvar="SCRAPER_PAGE_TIMEOUT", help="CPU seconds of a worker for a page.")
    ] = _WORKERS.page_timeout_s
    page_memory: Annotated[
        str, Option("--page-memory", envvar="SCRAPER_PAGE_MEMORY", help="Memory that one page may take in a worker.")
    ] = f"{_WORKERS.page_memory_bytes // 1_000_000}MB"

    def worker_settings(self) -> WorkerSettings | None:
        """Return the settings of the workers; None for extraction in this process.

        Raises:
            SettingsError: a value that cannot be.

        """
        if self.workers == 0:
            return None
        return WorkerSettings(
            count=self.workers,
            page_timeout_s=self.page_timeout,
            page_memory_bytes=size_of("--page-memory", self.page_memory),
        )

    def remembering(self) -> Remembering:
        """Return what a batch with a state needs of these options.

        Raises:
            SettingsError: options that a state does not go together with.

        """
        return Remembering(
            self.state,
            self.recheck,
            seconds_of("--deadline", self.deadline),
            self.ordered,
            self.rules,
            self.site_memory,
            self.worker_settings(),
            self.duplicates,
            self.diff,
            share_of("--fail-over", self.fail_over),
        )


def batch(
    file: Annotated[str, Argument(metavar="FILE", help="URLs, one a line, or JSON lines with 'url'; '-' for stdin.")],
    how: BatchOptions,
    record: RecordOptions,
    output: OutputOptions,
    fetch: FetchOptions,
    report: ReportOptions,
) -> int:
    """Fetch and extract a list of URLs: a record or a failure each."""
    spare_inputs([] if file == "-" else [Path(file)], output, report)
    form = format_of(output, _MANY)
    if how.state is not None or how.recheck is not None or how.diff:
        with _open_list(file) as lines:
            return batch_with_state(lines, how.remembering(), record, output, fetch, report)
    mark, fail_over = _marker() if how.duplicates else None, share_of("--fail-over", how.fail_over)
    workers = how.worker_settings()
    settings = replace(fetch.settings(), ordered=how.ordered, run_deadline_s=seconds_of("--deadline", how.deadline))
    asked, rules = how.settings(record.settings(form)), how.read()
    with (
        _open_list(file) as lines,
        open_memories(how) as learning,
        open_reporter(report) as reporter,
        open_exporter(output, form, report) as exporter,
        open_scraper(
            settings, asked, report, reporter, memories=learning.memories, rules=rules, workers=workers
        ) as scraper,
        learning.of(scraper),
    ):
        refused: list[Failure] = []
        beside = shares_terminal(output)
        reporter.begin(_length(lines), in_flight=lambda: scraper.in_flight, beside_data=beside)
        urls = urls_in(lines, refused)
        results = scraper.iter(AtOnce(urls) if lines.seekable() else urls)
        if mark is not None:
            results = _marked(results, mark)
        write_results(_with_refused(results, refused), exporter, reporter)
        reporter.sum_up()
    return code_for_batch(reporter.records, reporter.failures, fail_over)


def _marker() -> Callable[[Article], Article]:
    """Return what marks records; a missing library comes out here, before anything is fetched."""
    from scraper.duplicates import NearDuplicates, signature_of  # noqa: PLC0415  # for those who ask

    signature_of("")
    return NearDuplicates().marked


def _marked(results: Iterator[Article | Failure], mark: Callable[[Article], Article]) -> Iterator[Article | Failure]:
    """Yield all results, records of one story marked as such."""
    with closing(results):  # type: ignore[type-var]  # a generator in fact
        for result in results:
            yield result if isinstance(result, Failure) else mark(result)


def _with_refused(results: Iterator[Article | Failure], refused: list[Failure]) -> Iterator[Article | Failure]:
    """Yield all results, and the lines that were no URL as soon as they were read."""
    with closing(results):  # type: ignore[type-var]  # a generator in fact
        for result in results:
            while refused:
                yield refused.pop(0)
            yield result
    yield from refused


def _length(lines: BinaryIO) -> int | None:
    """Return how many URLs a file lists; None for a pipe, which can be read only once."""
    if not lines.seekable():
        return None
    start = lines.tell()  # a shell may have read from standard input before us
    number = count_urls(lines)
    lines.seek(start)
    return number


@contextmanager
def _open_list(name: str) -> Iterator[BinaryIO]:
    if name == "-":
        if sys.stdin is None:
            raise SettingsError("standard input is closed")
        yield readable_list(sys.stdin.buffer, "standard input")
        return
    try:
        stream = Path(name).open("rb")  # noqa: SIM115  # closed below; only opening it may fail as a wrong argument
    except OSError as error:
        raise SettingsError(
            f"{name}: cannot be read: {error.strerror}", advice="name a file of URLs, or '-'"
        ) from error
    with stream:
        yield readable_list(stream, name)
