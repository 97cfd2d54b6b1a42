"""`scraper` and `python -m scraper`: arguments in, exit code out; no error leaves as a traceback."""

from __future__ import annotations

import errno
import os
import re
import signal
import sys
import threading
import traceback
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, NoReturn, TextIO

from scraper.cli.exit_codes import ExitCode
from scraper.cli.report import json_line, say, written
from scraper.errors import ExportError, ScraperError, SettingsError, StateError, StateLocked
from scraper.own_process import collect_no_more, collect_rarely, load_late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from types import FrameType

__all__ = ["main"]


class _Terminated(KeyboardInterrupt):
    """SIGTERM: ends a run as Ctrl-C does."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return its exit code.

    Args:
        arguments: without the program's name; None: those of the process, which then is ours.

    """
    if arguments is None:
        collect_rarely()
        load_late("py3langid")
    code = _answered(list(sys.argv[1:] if arguments is None else arguments) or ["--help"])
    _settle(sys.stderr)
    if arguments is None:
        collect_no_more()
    return code


def _answered(arguments: list[str]) -> int:
    with _sigterm_ends_the_run():
        try:
            return _run(arguments)
        except Exception as error:  # noqa: BLE001  # the outermost edge: whatever it is, it becomes a line and a code
            if "--debug" in arguments and not isinstance(error, BrokenPipeError):
                traceback.print_exception(error)
            return _code_of(error, partial(_tell, as_json=_wants_json(arguments)))
        except _Terminated:
            return ExitCode.TERMINATED
        except KeyboardInterrupt:
            say("interrupted")
            return ExitCode.INTERRUPTED


def _run(arguments: list[str]) -> int:
    from typer.main import get_command  # noqa: PLC0415  # imported where Ctrl-C is already handled

    from scraper.cli.app import make_app  # noqa: PLC0415  # the same

    command = get_command(make_app()).main(arguments, prog_name="scraper", standalone_mode=False)
    return int(command()) if callable(command) else ExitCode.OK  # --help and --version leave nothing to run


_CODES: tuple[tuple[type[ScraperError], ExitCode], ...] = (
    (ExportError, ExitCode.CANNOT_WRITE),
    (StateLocked, ExitCode.LOCKED),
    (StateError, ExitCode.CANNOT_WRITE),
    (SettingsError, ExitCode.USAGE),
    (ScraperError, ExitCode.ALL_FAILED),
)
"""What an error ends the program with; the first that fits."""


def _wants_json(arguments: list[str]) -> bool:
    """Return whether messages are to be JSON lines; also where the arguments are not what they should be."""
    return "--log-format=json" in arguments or ("--log-format", "json") in pairwise(arguments)


def _tell(text: str, *, as_json: bool) -> None:
    if as_json:
        written(json_line("error", text))
    else:
        say(text)


def _code_of(error: Exception, tell: Callable[[str], object]) -> int:
    if isinstance(error, BrokenPipeError):
        _close_standard_output()
        return ExitCode.OK  # the reader has what it wanted, as after `| head`
    if isinstance(error, ScraperError):
        tell(str(error))
        if isinstance(error, ExportError):
            _close_standard_output()
        return next(code for kind, code in _CODES if isinstance(error, kind))
    if hasattr(error, "format_message"):  # typer's own errors of usage, whichever library they come from
        context = getattr(error, "ctx", None)
        command = context.command_path if context is not None else "scraper"
        told = _told(error.format_message().rstrip("."))
        tell(f"{told} ({_hint(told, command)}see `{command} --help`)")
        return ExitCode.USAGE
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:  # help and completions are not written by us
        tell(f"cannot write standard output: {error.strerror} (choose another place or make room)")
        _close_standard_output()
        return ExitCode.CANNOT_WRITE
    tell(f"a fault of this program: {type(error).__name__}: {error} (--debug shows more)")
    return ExitCode.SOME_FAILED


_HINTS = (
    ("Missing argument", ("scraper extract", "scraper batch"), "'-' reads standard input; "),
    ("Got unexpected extra argument", ("scraper rules check",), "--rules names the folder; "),
)
"""How a message begins, of which commands, what to add."""


def _hint(told: str, command: str) -> str:
    return next((hint for start, commands, hint in _HINTS if command in commands and told.startswith(start)), "")


_OTHER_WORDS = {
    "help": "`scraper --help`",
    "version": "`scraper --version`",
    **dict.fromkeys(("explain", "why", "debug", "show"), "`scraper inspect`, with --find for one paragraph"),
    **dict.fromkeys(
        ("fetch", "scrape", "download", "url"), "`scraper get` for URLs, `scraper batch` for a list of them"
    ),
    **dict.fromkeys(("parse", "read", "convert"), "`scraper extract`, for pages at hand"),
    **dict.fromkeys(("crawl", "cron", "job"), "`scraper run`, for job files, or `scraper discover`"),
    **dict.fromkeys(("links", "feed", "sitemap", "find"), "`scraper discover`"),
}
"""What others call our commands."""
_OTHER_OPTIONS = {
    **dict.fromkeys(("--explain", "--find", "--why"), "`scraper inspect`, with --find for one paragraph"),
    **dict.fromkeys(("--json", "--csv", "--markdown", "--md", "--html", "--text"), "-f with the name of a format"),
    **dict.fromkeys(("--out", "--outfile", "--file"), "-o"),
}
"""What others call our options."""
_NO_OPTION = re.compile(r"No such option: (--[\w-]+)")
_NOT_A_NUMBER = re.compile(r"Input should be a valid (?:number|integer), unable to parse string as an? \w+")
_NO_COMMAND = re.compile(r"No such command '([^']*)'")


def _told(message: str) -> str:
    """Return a message of the parser for people: without the names of its classes, with our word for a command."""
    message = _NOT_A_NUMBER.sub("not a number", message.replace("Value error, ", ""))
    match = _NO_COMMAND.match(message) or _NO_OPTION.match(message)
    ours = (_OTHER_WORDS | _OTHER_OPTIONS).get(match[1].lower()) if match else None
    return f"{match[0]}. Did you mean {ours}?" if match and ours else message


def _settle(stream: TextIO | None) -> None:
    """Write what is buffered; where that fails, let it go, or the interpreter ends with a code of its own (120)."""
    if stream is None:
        return
    try:
        stream.flush()
    except (OSError, ValueError):  # a full disk, a reader that is gone; closed
        _close(stream)


def _close_standard_output() -> None:
    """Let what is still buffered go nowhere, so that the interpreter does not complain about it when it ends."""
    _close(sys.stdout)


def _close(stream: TextIO) -> None:
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):  # not open, or not a file
        return


@contextmanager
def _sigterm_ends_the_run() -> Iterator[None]:
    """Let SIGTERM end a run as Ctrl-C does; only a main thread may set signal handlers."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _terminate(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise _Terminated


if __name__ == "__main__":
    sys.exit(main())
