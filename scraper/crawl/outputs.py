"""The outputs of a run: opened where the state says that they end, committed before the state says that they grew."""

from __future__ import annotations

import logging
import os
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from scraper.errors import ExportError, OutputChanged, SettingsError
from scraper.export.appended_file import AppendedFile
from scraper.export.exporter import ExportOptions, Target
from scraper.export.formats import format_named
from scraper.export.rotation import files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from scraper.crawl.job import Job, OutputSpec
    from scraper.crawl.state import State
    from scraper.export.exporter import Exporter, Mark
    from scraper.model.article import Article
    from scraper.model.failure import Failure

__all__ = ["Outputs", "check_outputs", "open_outputs"]

Opened = TypeVar("Opened")
_log = logging.getLogger("scraper")
_BEGUN = {"begun": True}
"""The mark of an output that is about to be opened for the first time: what stands in it then is of no run."""
_ADOPT = "put it back, or let --adopt-outputs go on after what is there"


class Outputs:
    """All outputs of a job as one."""

    def __init__(self, exporters: dict[str, Exporter], failures: tuple[str, AppendedFile] | None) -> None:
        self._exporters = exporters
        self._failures = failures

    def write(self, article: Article) -> None:
        """Write a record to every output.

        Raises:
            ExportError: an output cannot be written; nothing after the last commit counts then.

        """
        for exporter in self._exporters.values():
            exporter.write(article)

    def fail(self, failure: Failure) -> None:
        """Write a line of failure, if they are kept."""
        if self._failures is not None:
            self._failures[1].write(failure.to_json() + "\n")

    def commit(self) -> dict[str, Mark]:
        """Make everything durable; return the marks that are to be stored with what it meant."""
        marks = {name: exporter.commit() for name, exporter in self._exporters.items()}
        if self._failures is not None:
            marks[self._failures[0]] = self._failures[1].commit()
        return marks


def check_outputs(job: Job) -> None:
    """Raise for an output that cannot be what the job says; opens nothing.

    Raises:
        SettingsError: names the output and what its format cannot do.

    """
    for spec in job.outputs:
        try:
            format_named(spec.format).check(_target(spec, None))
        except SettingsError as error:
            where = f"{spec.where}: " if spec.where else ""
            raise SettingsError(f"{where}output {spec.path}: {error.what}", advice=error.advice) from error


@contextmanager
def open_outputs(job: Job, state: State, *, adopt: bool = False) -> Iterator[Outputs]:
    """Open the outputs of a job, each cut back to what the state says it holds, and store where they stand.

    Args:
        job: names the outputs.
        state: has their marks; no transaction may be open.
        adopt: go on after whatever an output holds, where it is not as it was left.

    Raises:
        OutputChanged: an output is not as it was left, or holds what the state knows nothing of.
        ExportError: an output cannot be written.

    """
    check_outputs(job)
    with ExitStack() as stack:
        exporters: dict[str, Exporter] = {}
        for spec in job.outputs:
            exporter = _opened(spec, state, adopt=adopt)
            stack.callback(exporter.close)
            exporters[_key(spec.format, spec.path, state)] = exporter
        failures = None
        if job.errors is not None:
            failures = _key("failures", job.errors, state), _failures(job.errors, state, adopt=adopt)
            stack.callback(failures[1].close)
        outputs = Outputs(exporters, failures)
        state.begin()
        store_marks(outputs.commit(), state)
        state.commit()
        yield outputs


def store_marks(marks: dict[str, Mark], state: State) -> None:
    """Put the marks of all outputs into the open transaction."""
    for name, mark in marks.items():
        state.put_mark(name, dict(mark))


def _opened(spec: OutputSpec, state: State, *, adopt: bool) -> Exporter:
    def opening(mark: Mark | None) -> Exporter:
        return format_named(spec.format).open(_target(spec, mark))

    files = files_of(spec.path, _target(spec, None).options)
    place = _Place(_key(spec.format, spec.path, state), spec.path, tuple(files), anew=spec.when_missing == "new")
    return _gone_on(place, state, opening, adopt=adopt)


def _failures(path: Path, state: State, *, adopt: bool) -> AppendedFile:
    def opening(mark: Mark | None) -> AppendedFile:
        return AppendedFile(path, mark)

    return _gone_on(_Place(_key("failures", path, state), path, (path,), anew=True), state, opening, adopt=adopt)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an output is."""

    key: str
    path: Path
    files: tuple[Path, ...]
    """What it consists of: several files where it is rotated."""
    anew: bool
    """Whether a new file is begun where it is gone."""


def _gone_on(place: _Place, state: State, opening: Callable[[Mark | None], Opened], *, adopt: bool) -> Opened:
    """Return an output, opened where the state says that it ends."""
    mark = state.mark(place.key)
    if mark is None:
        if not adopt:
            _check_blank(place, state)
        state.begin()
        state.put_mark(place.key, _BEGUN)
        state.commit()
    if mark is None or mark == _BEGUN:
        return opening(None)
    if place.anew and mark.get("kind") == "rotated":
        mark["taken"] = True
    elif place.anew and mark.get("length") and not (place.path.exists() and place.path.stat().st_size):
        _log.info("%s was taken away or emptied: a new one is begun", place.path)
        _cut_moved(place.path, mark)
        return opening(None)
    try:
        return opening(mark)
    except OutputChanged as error:
        if not adopt:
            raise OutputChanged(error.what, advice=_ADOPT, reason=error.reason) from error
        _log.warning("%s; going on after what is there", error.what)
        return opening(None)
    except (KeyError, TypeError, ValueError) as error:
        raise ExportError(f"the state's mark of {place.path} makes no sense: {error}", advice=_ADOPT) from error


def _check_blank(place: _Place, state: State) -> None:
    """Raise where an output that no run has begun holds something."""
    for file in place.files:
        if file.is_file() and file.stat().st_size:
            raise OutputChanged(
                f"{file} holds {file.stat().st_size:,} bytes that the state {state.path} knows nothing of",
                advice="move it away, or let --adopt-outputs go on after what is there",
            )


def _cut_moved(path: Path, mark: Mark) -> None:
    """Cut what a killed run has left uncommitted off a file that was moved within its folder: it will come again."""
    for moved in path.parent.iterdir():
        if moved.is_file() and not moved.is_symlink() and moved.stat().st_ino == mark.get("inode"):
            with suppress(ExportError):  # it has been edited since, or another file has its inode now
                AppendedFile(moved, mark).close()


def _target(spec: OutputSpec, mark: Mark | None) -> Target:
    try:
        options = ExportOptions(**spec.options)  # type: ignore[arg-type]  # its own check names what is wrong
    except TypeError as error:
        raise SettingsError(f"options: {str(error).partition(' ')[2] or error}") from error
    return Target(path=spec.path, fields=spec.fields, append=True, mark=mark, options=options)


def _key(form: str, path: Path, state: State) -> str:
    """Return what the state knows an output by: from the state's own folder, so that both can move together."""
    return f"{form}:{os.path.relpath(path.resolve(), state.path.parent)}"
