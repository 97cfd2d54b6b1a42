"""`scraper run`: a job again and again, from cron or a timer."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from scraper.cli.exit_codes import ExitCode, share_of
from scraper.cli.options import seconds_of
from scraper.cli.run_report import RunReport, log_told
from scraper.cli.running import execute
from scraper.cli.toml_file import read_toml
from scraper.errors import SettingsError
from scraper.export.formats import format_names
from scraper.export.output import open_output
from scraper.sites.registry import read_rules

if TYPE_CHECKING:
    from scraper.crawl.job import Job
    from scraper.crawl.summary import Summary

__all__ = ["LogFormat", "RunOptions", "read_job", "run"]


class LogFormat(StrEnum):
    """How messages are written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How one run is made."""

    check: Annotated[bool, Option("--check", help="Check the job file and say what it does; touch nothing.")] = False
    deadline: Annotated[
        str | None, Option("--deadline", help="Longest time for the run, such as 20m; what is left stays due.")
    ] = None
    recheck: Annotated[
        str | None, Option("--recheck", help="Ask again for articles this young, such as 48h; instead of the job's.")
    ] = None
    diff: Annotated[bool, Option("--diff", help="Say which paragraphs changed, whatever the job says.")] = False
    stats: Annotated[
        Path | None, Option("--stats", help="File for the figures: JSON, or Prometheus text if it ends in .prom.")
    ] = None
    fail_over: Annotated[
        str | None, Option("--fail-over", help="Code 1 only where more than this share failed, such as 20%.")
    ] = None
    adopt_outputs: Annotated[
        bool, Option("--adopt-outputs", help="Go on after what outputs hold, though it is not what runs left there.")
    ] = False
    quiet: Annotated[bool, Option("-q", "--quiet", help="Say nothing but what needs a person.")] = False
    verbose: Annotated[bool, Option("-v", "--verbose", help="Say more.")] = False
    log_format: Annotated[LogFormat, Option("--log-format", help="Messages as text or as JSON lines.")] = LogFormat.TEXT
    debug: Annotated[bool, Option("--debug", help="Show the traceback of an error.")] = False


def run(
    config: Annotated[Path, Argument(metavar="JOB", help="A job file: sources, filters, outputs (docs/runs.md).")],
    options: RunOptions,
) -> int:
    """Run a job: find what is new, fetch it, write it, remember it. For cron."""
    from scraper.crawl.lock import locked  # noqa: PLC0415  # SQLite and the network load only for those who run jobs
    from scraper.crawl.outputs import check_outputs  # noqa: PLC0415  # the same
    from scraper.crawl.stories import check_stories  # noqa: PLC0415  # the same

    job = _asked(read_job(config), options)
    check_outputs(job)
    check_stories(job)
    deadline_s, fail_over = seconds_of("--deadline", options.deadline), share_of("--fail-over", options.fail_over)
    if options.check:
        if job.rules is not None:
            read_rules(job.rules)
        _describe(job, config)
        _check_places(job)
        return ExitCode.OK
    if options.stats is not None and not options.stats.absolute().parent.is_dir():
        raise SettingsError(f"--stats: no folder {options.stats.parent}", advice="make it, or choose another place")
    report = RunReport(quiet=options.quiet, as_json=options.log_format is LogFormat.JSON)
    with log_told(report, verbose=options.verbose), locked(job.state.resolve()):
        ended = execute(job, report, deadline_s=deadline_s, adopt=options.adopt_outputs)
        report.summary(ended.summary)
        if options.stats is not None:
            _write_stats(options.stats, ended.summary, config)
    return ExitCode.CANNOT_WRITE if report.is_lost and ended.signalled is None else ended.code(fail_over)


def _asked(job: Job, options: RunOptions) -> Job:
    """Return the job as the options of this run have it."""
    recheck_s = seconds_of("--recheck", options.recheck)
    return replace(job, recheck_s=job.recheck_s if recheck_s is None else int(recheck_s), diff=job.diff or options.diff)


def read_job(path: Path) -> Job:
    """Return the job of a file.

    Raises:
        SettingsError: names file, line and key.

    """
    from scraper.crawl.job_check import JobFile, job_of  # noqa: PLC0415  # see `run`

    tables, lines = read_toml(path)
    return job_of(JobFile(path, tables, lines.get, tuple(format_names())))


def _describe(job: Job, config: Path) -> None:
    with open_output(None) as output:
        output.write(f"{config}: {len(job.sources)} sources, {len(job.outputs)} outputs, state {job.state}\n")
        for source in job.sources:
            places = source.places[0] if len(source.places) == 1 else f"{len(source.places)} URLs"
            output.write(f"  {source.kind:8} {source.name}" + (f"  {places}" if places != source.name else "") + "\n")
        for spec in job.outputs:
            output.write(f"  {spec.format:8} {spec.path}\n")


def _check_places(job: Job) -> None:
    """Raise for what a run would not find, or could not write to; nothing is made or asked."""
    from scraper.fetch.cookies import load_cookie_file  # noqa: PLC0415  # see `run`
    from scraper.fetch.transport import proxy_of  # noqa: PLC0415  # the same

    fetch = job.fetch
    folders = [spec.path for spec in job.outputs if spec.format == "parquet" or spec.options.get("name")]
    files = [job.state, *(spec.path for spec in job.outputs)]
    files += [Path(path) for path in (job.errors, fetch.warc) if path is not None]
    for path in files:
        if not path.absolute().parent.is_dir():
            raise SettingsError(f"{path}: there is no folder {path.parent}", advice="make it, or choose another place")
        if path.is_dir() and path not in folders:
            raise SettingsError(f"{path}: a folder, not a file", advice="name a file in it")
        if not os.access(path if path.exists() else path.absolute().parent, os.W_OK):
            raise SettingsError(f"{path}: cannot be written by this user", advice="change its owner or mode")
    if fetch.cookie_file is not None:
        load_cookie_file(fetch.cookie_file)
    if fetch.proxy is not None:
        proxy_of(fetch.proxy)


def _write_stats(path: Path, summary: Summary, config: Path) -> None:
    """Write the figures aside, then give them their name: whoever reads them finds whole ones."""
    from scraper.crawl.summary import as_prometheus  # noqa: PLC0415  # see `run`

    if path.suffix == ".prom":
        text = as_prometheus(summary, int(time.time()), {"job": config.stem})
    else:
        text = json.dumps({"job": str(config), **summary.as_dict()}, ensure_ascii=False) + "\n"
    with open_output(path) as output:
        output.write(text)
