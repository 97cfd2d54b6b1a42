"""`scraper state`: what runs remember, and how to make them forget."""

from __future__ import annotations

import json
import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from typer import Argument, Option

from scraper.cli.exit_codes import ExitCode
from scraper.errors import SettingsError
from scraper.export.output import Output, open_output
from scraper.model.url import url_key

if TYPE_CHECKING:
    from scraper.crawl.rows import SourceRow, UrlRow
    from scraper.crawl.state import State

__all__ = ["Action", "StateOptions", "state", "state_path"]

_DAYS = re.compile(r"(\d{1,5})\s*d?")
_DAY_S = 86_400
_STATUSES = ("new", "done", "failed", "gone", "alias")


class Action(StrEnum):
    """What `scraper state` does."""

    LIST = "list"
    SHOW = "show"
    FORGET = "forget"
    PRUNE = "prune"
    STATS = "stats"


@dataclass(frozen=True, slots=True)
class StateOptions:
    """What single actions can be told."""

    status: Annotated[str | None, Option("--status", help="list: only new, done, failed, gone or alias.")] = None
    source: Annotated[str | None, Option("--source", help="list: only URLs of this source.")] = None
    older_than: Annotated[str | None, Option("--older-than", help="prune: not listed for so long, such as 90d.")] = None
    as_json: Annotated[bool, Option("--json", help="JSON, one object a line.")] = False
    debug: Annotated[bool, Option("--debug", help="Show the traceback of an error.")] = False


def state(
    action: Annotated[Action, Argument(metavar="ACTION", help="list, show, forget, prune or stats.")],
    file: Annotated[Path, Argument(metavar="FILE", help="A state file, or the job file that names it.")],
    options: StateOptions,
    urls: Annotated[list[str] | None, Argument(metavar="[URL]...", help="show, forget: of what.")] = None,
) -> int:
    """Look into the state of a job, or take something out of it."""
    urls = urls or []
    if (action in {Action.SHOW, Action.FORGET}) != bool(urls):
        which = "needs a URL" if not urls else "takes no URL"
        raise SettingsError(f"state {action} {which}", advice="scraper state show|forget FILE URL...")
    path = state_path(file)
    match action:
        case Action.LIST:
            return _list(path, options)
        case Action.SHOW:
            return _show(path, urls)
        case Action.STATS:
            return _stats(path, options)
        case Action.FORGET:
            return _forget(path, urls)
        case Action.PRUNE:
            return _prune(path, options)


def state_path(file: Path) -> Path:
    """Return the state file that a job file names; any other file is one.

    Raises:
        SettingsError: a job file with a mistake in it.

    """
    if file.suffix != ".toml":
        return file
    from scraper.cli.run import read_job  # noqa: PLC0415  # only for job files

    return read_job(file).state


def _opened(path: Path, *, read_only: bool) -> State:
    from scraper.crawl.state import State  # noqa: PLC0415  # SQLite loads only for those who use it

    return State.open(path, create=False, read_only=read_only)


def _list(path: Path, options: StateOptions) -> int:
    if options.status is not None and options.status not in _STATUSES:
        raise SettingsError(f"--status: not a status: {options.status!r}", advice=f"one of {', '.join(_STATUSES)}")
    with _opened(path, read_only=True) as known, open_output(None) as output:
        for row in known.urls(status=options.status, source=options.source):
            if options.as_json:
                output.write(json.dumps(_shown(row), ensure_ascii=False) + "\n")
            else:
                facts = (row.status, f"v{row.version}", row.reason or "-", f"next {_time(row.next_try) or '-'}")
                output.write("\t".join((*facts, row.url)) + "\n")
    return ExitCode.OK


def _show(path: Path, urls: list[str]) -> int:
    missing = 0
    with _opened(path, read_only=True) as known, open_output(None) as output:
        for url in urls:
            row = known.url(url_key(url))
            missing += row is None
            status = "forgotten" if row is None and known.is_forgotten(url_key(url)) else "unknown"
            facts = {"url": url, "status": status} if row is None else _shown(row)
            output.write(json.dumps(facts, ensure_ascii=False, indent=2) + "\n")
    return ExitCode.SOME_FAILED if missing else ExitCode.OK


def _forget(path: Path, urls: list[str]) -> int:
    from scraper.crawl.lock import locked  # noqa: PLC0415  # see `_opened`

    with locked(path.resolve()), _opened(path, read_only=False) as known, open_output(None) as output:
        known.begin()
        number = known.forget(url_key(url) for url in urls)
        for row in known.sources():
            known.forget_documents(row.name)  # else an unchanged feed would not list them again
        known.commit()
        output.write(f"{_urls(number)} forgotten: new when a source lists it again\n")
    return ExitCode.OK if number else ExitCode.SOME_FAILED


def _prune(path: Path, options: StateOptions) -> int:
    from scraper.crawl.lock import locked  # noqa: PLC0415  # see `_opened`

    match = _DAYS.fullmatch((options.older_than or "").strip())
    if match is None:
        given = f", and not {options.older_than!r}" if options.older_than else ""
        raise SettingsError(f"state prune needs --older-than in days{given}", advice="such as --older-than 90d")
    with locked(path.resolve()), _opened(path, read_only=False) as known, open_output(None) as output:
        known.begin()
        number = known.prune(int(time.time()) - int(match[1]) * _DAY_S)
        known.commit()
        output.write(
            f"{_urls(number)} dropped, but for the fact that they were there; what a source still lists stays\n"
        )
    return ExitCode.OK


def _urls(number: int) -> str:
    return f"{number} URL{'' if number == 1 else 's'}"


def _stats(path: Path, options: StateOptions) -> int:
    with _opened(path, read_only=True) as known, open_output(None) as output:
        figures = [_figures(known, row) for row in known.sources()]
        if options.as_json:
            for line in figures:
                output.write(json.dumps(line, ensure_ascii=False) + "\n")
        else:
            _write_table(figures, known.counts(), output)
    return ExitCode.OK


def _figures(known: State, row: SourceRow) -> dict[str, Any]:
    from scraper.crawl.health import HISTORY_S, shares, warnings_of  # noqa: PLC0415  # see `_opened`

    now = int(time.time())
    days = known.days(row.name, now - HISTORY_S)
    spanned = max(1, min(HISTORY_S // _DAY_S, now // _DAY_S - days[-1]["day"] + 1)) if days else 1
    return {
        "source": row.name,
        "lastSuccess": _time(row.last_success),
        "lastRecord": _time(row.last_record),
        "recordsADay": round(sum(day["records"] for day in days) / spanned, 1),
        "updatesADay": round(sum(day["updates"] for day in days) / spanned, 1),
        "failuresADay": round(sum(day["failures"] for day in days) / spanned, 1),
        "fields": {name: round(share, 2) for name, share in shares(days).items()},
        "failing": row.reason,
        "warnings": warnings_of(row, days, now),
    }


def _write_table(figures: list[dict[str, Any]], counts: dict[tuple[str, str], int], output: Output) -> None:
    titles = ("source", "last success", "last record", "new/day", "changed/day", "failed/day", "fields", "failing")
    rows = [
        (
            line["source"],
            line["lastSuccess"] or "never",
            line["lastRecord"] or "never",
            str(line["recordsADay"]),
            str(line["updatesADay"]),
            str(line["failuresADay"]),
            " ".join(f"{name} {share:.0%}" for name, share in line["fields"].items()) or "-",
            line["failing"] or "-",
        )
        for line in figures
    ]
    widths = [max(len(row[column]) for row in (titles, *rows)) for column in range(len(titles))]
    for row in (titles, *rows):
        output.write("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n")
    for line in figures:
        for warning in line["warnings"]:
            output.write(f"warning: {warning}\n")
    total: dict[str, int] = {}
    for (_source, status), number in counts.items():
        total[status] = total.get(status, 0) + number
    output.write(f"URLs: {', '.join(f'{number} {status}' for status, number in sorted(total.items())) or 'none'}\n")


def _shown(row: UrlRow) -> dict[str, Any]:
    times = {
        "firstSeen": row.first_seen,
        "lastSeen": row.last_seen,
        "published": row.published,
        "fetchedAt": row.fetched_at,
        "changedAt": row.changed_at,
        "nextTry": row.next_try,
    }
    return {
        "url": row.url,
        "key": row.key,
        "source": row.source,
        "status": row.status,
        "reason": row.reason,
        "version": row.version,
        "id": row.record_id,
        "aliasOf": row.alias_of,
        "attempts": row.attempts,
        **{name: _time(value) for name, value in times.items()},
        "etag": row.etag,
        "lastModified": row.last_modified,
    }


def _time(seconds: int | None) -> str | None:
    if seconds is None:
        return None
    try:
        return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
    except (OverflowError, ValueError, OSError):
        return str(seconds)
