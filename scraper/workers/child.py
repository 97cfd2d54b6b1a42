"""The worker's side: read a page, extract it, reply; until the pipe ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from scraper.errors import ExtractCrashed, ExtractOutOfMemory, ScraperError
from scraper.own_process import collect_rarely, load_late
from scraper.workers.limits import ALARMS, alarm_in, cap_memory, die_with, holds_more_than, no_alarm, resident_bytes
from scraper.workers.messages import (
    LENGTH_BYTES,
    Reply,
    decode_ask,
    decode_news,
    encode_reply,
    failed_of,
    found_of,
    length_of,
)
from scraper.workers.shelf import ShelfCopy

if TYPE_CHECKING:
    from collections.abc import Callable

    from scraper.model.extraction import Extraction
    from scraper.model.response import Response
    from scraper.settings import ExtractSettings
    from scraper.sites.memory import SiteMemory
    from scraper.sites.registry import SiteRules

    Task = Callable[[Response, ExtractSettings, SiteMemory | None, SiteRules | None], Extraction]

__all__ = ["READY", "main"]

READY = b"ready"
_STDIN, _STDOUT, _STDERR = range(3)


def main(parent: str, deadline_s: str, memory_bytes: str, retire_bytes: str, task: str) -> None:
    """Serve pages on standard input until it ends.

    Args:
        parent: the parent's process id.
        deadline_s: seconds of CPU time for a page; the process ends when they are over.
        memory_bytes: address space that pages may take on top of what the process starts with.
        retire_bytes: resident memory after a page, on top of the start's, above which the process asks for its end.
        task: "module:function" that makes an Extraction of a Response, ExtractSettings, a SiteMemory and SiteRules.

    """
    collect_rarely()
    load_late("py3langid")
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent's to handle
    for number in ALARMS:
        signal.signal(number, signal.SIG_DFL)
    die_with(int(parent))
    output = os.dup(_STDOUT)
    os.dup2(_STDERR, _STDOUT)  # what a library prints must not come between the frames
    module, _, name = task.partition(":")
    function: Task = getattr(import_module(module), name)
    _warm()
    cap_memory(int(memory_bytes))
    most = resident_bytes() + int(retire_bytes)
    _send(output, READY)
    shelf = ShelfCopy()
    while (messages := _receive(sys.stdin.buffer)) is not None:
        alarm_in(float(deadline_s))
        asked, body, told = messages
        memory = shelf.told(news) if (news := decode_news(told)) is not None else None
        reply, encoded = _reply(function, (asked, body), memory, most)
        no_alarm()
        _send(output, encoded)
        if reply.last:
            return


def _warm() -> None:
    """Load what the first page would load, before any deadline runs and any memory is counted, and set it apart."""
    from scraper.body.classifier.scores import load_scorer  # noqa: PLC0415  # a worker of tests may not need it

    load_scorer()
    gc.freeze()  # what is loaded now stays until the end


def _reply(function: Task, messages: tuple[bytes, bytes], memory: SiteMemory | None, most: int) -> tuple[Reply, bytes]:
    """Return the reply to a page, and its encoded form; raises nothing."""
    url: str | None = None
    try:
        ask = decode_ask(*messages)
        url = ask.response.url
        extraction = function(ask.response, ask.settings, memory, ask.rules)
        found = found_of(extraction, explain=ask.settings.explain, last=holds_more_than(most))
        return found, encode_reply(found)
    except ScraperError as error:
        failed = failed_of(error)
    except MemoryError:
        failed = failed_of(ExtractOutOfMemory("extraction ran out of memory", url=url))
    except Exception as error:  # noqa: BLE001  # whatever a page does, the worker answers
        what = f"extraction failed: {type(error).__name__}"
        failed = failed_of(ExtractCrashed(what, url=url, advice="please report this page"))
    # what a failed allocation has left half done is not worth another page
    failed = msgspec.structs.replace(failed, last=failed.reason == ExtractOutOfMemory.reason or holds_more_than(most))
    return failed, encode_reply(failed)


def _receive(stream: BinaryIO) -> tuple[bytes, bytes, bytes] | None:
    """Return the three messages of a page, None at the end of the pipe."""
    asked = _frame(stream)
    body = None if asked is None else _frame(stream)
    told = None if body is None else _frame(stream)
    return None if asked is None or body is None or told is None else (asked, body, told)


def _frame(stream: BinaryIO) -> bytes | None:
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    length = int.from_bytes(head, "big")
    message = stream.read(length)
    return message if len(message) == length else None


def _send(output: int, message: bytes) -> None:
    """Write a message; a parent that is gone ends the process."""
    rest = memoryview(length_of(message) + message)
    try:
        while rest:
            rest = rest[os.write(output, rest) :]
    except BrokenPipeError:
        os._exit(0)
