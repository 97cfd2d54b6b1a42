"""`scraper batch --state`: a list worked through as a job is, so that each URL gives its record once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from scraper.cli.options import seconds_of
from scraper.cli.run_report import RunReport, log_told
from scraper.cli.running import execute
from scraper.cli.url_list import urls_in
from scraper.cli.writing import format_of
from scraper.errors import SettingsError
from scraper.export.exporter import ExportOptions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from scraper.cli.options import FetchOptions, OutputOptions, RecordOptions, ReportOptions
    from scraper.crawl.job import OutputSpec
    from scraper.export.formats import Format
    from scraper.model.failure import Failure
    from scraper.settings import WorkerSettings

__all__ = ["Remembering", "batch_with_state"]

_MANY = 2


@dataclass(frozen=True, slots=True)
class Remembering:
    """What a batch remembers, and for how long it goes on."""

    state: Path | None
    recheck: str | None
    deadline_s: float | None
    ordered: bool
    rules: Path | None
    site_memory: Path | None
    workers: WorkerSettings | None
    duplicates: bool = False
    diff: bool = False
    fail_over: float = 0.0


def batch_with_state(  # the groups of options of `batch`
    lines: Iterable[bytes],
    how: Remembering,
    record: RecordOptions,
    output: OutputOptions,
    fetch: FetchOptions,
    report: ReportOptions,
) -> int:
    """Run the URLs of a list against a state; return the exit code.

    Raises:
        SettingsError: options that do not go together.
        StateError, ExportError: what cannot be used.

    """
    from scraper.crawl.job import Job, Source  # noqa: PLC0415  # only for those who use a state
    from scraper.crawl.lock import locked  # noqa: PLC0415  # the same
    from scraper.crawl.stories import STORIES_KEPT_S, check_stories  # noqa: PLC0415  # the same

    if how.state is None:
        what = "--recheck" if how.recheck is not None else "--diff"
        raise SettingsError(f"{what} needs --state", advice="name a file to remember URLs in")
    if how.ordered:
        raise SettingsError("--ordered and --state do not go together", advice="records are written as they come")
    if how.site_memory is not None or how.workers is None:
        what = "--workers 0" if how.workers is None else "--site-memory"
        raise SettingsError(f"{what} and --state do not go together", advice="leave one of them out")
    form = format_of(output, _MANY)
    refused: list[Failure] = []
    job = Job(
        state=how.state,
        sources=(Source(name="batch", kind="urls", places=tuple(urls_in(lines, refused)), expect=False),),
        outputs=(_output(output, form),),
        errors=report.errors,
        fetch=fetch.settings(),
        extract=replace(record.settings(form), site_memory="off"),
        rules=how.rules,
        workers=how.workers,
        recheck_s=int(seconds_of("--recheck", how.recheck) or 0),
        duplicates_s=STORIES_KEPT_S if how.duplicates else None,
        diff=how.diff,
    )
    check_stories(job)
    said = RunReport(quiet=report.quiet, as_json=False)
    with log_told(said, verbose=report.verbose), locked(job.state.resolve()):
        ended = execute(job, said, deadline_s=how.deadline_s)
        for failure in refused:
            said.failure(failure)
            ended.summary.failed += 1
            ended.summary.fetched += 1
        said.summary(ended.summary)
    return ended.code(how.fail_over)


def _output(options: OutputOptions, form: Format) -> OutputSpec:
    from scraper.crawl.job import OutputSpec  # noqa: PLC0415  # see above

    target = options.target(form)
    if target.path is None or not (target.append or target.options.name is not None):
        raise SettingsError("--state needs an output that can be gone on with", advice="give -o FILE and --append")
    blank = ExportOptions()
    names = [field.name for field in fields(ExportOptions)]
    chosen = {name: getattr(target.options, name) for name in names}
    changed = {name: value for name, value in chosen.items() if value != getattr(blank, name)}
    return OutputSpec(path=target.path, format=form.name, fields=target.fields, options=changed)
