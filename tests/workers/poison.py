"""A task for workers in place of the extraction: does to its process what the page's body says."""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from pathlib import Path

from scraper.errors import TooComplex
from scraper.model.article import Article, Metadata
from scraper.model.extraction import Extraction
from scraper.model.response import Response
from scraper.settings import ExtractSettings

__all__ = ["answer"]

HELD: list[bytearray] = []


def answer(response: Response, settings: ExtractSettings, memory: object, rules: object) -> Extraction:  # noqa: ARG001  # a task's signature
    """Do what the body says, then answer with an article that names the process."""
    word, _, rest = response.body.decode().partition(" ")
    DEEDS[word](rest)
    body = f"process {os.getpid()}"
    return Extraction(article=Article(id="0" * 16, url=response.url, article_body=body, metadata=_METADATA))


_METADATA = Metadata(extractor_version="0")


def _wait(seconds: str) -> None:
    time.sleep(float(seconds))


def _spin(_: str) -> None:
    re.match(r"(a+)+$", "a" * 60 + "b")  # years in C, with the GIL held


def _deaf(_: str) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
    time.sleep(600)


def _segfault(_: str) -> None:
    ctypes.string_at(0)


def _eat(_: str) -> None:
    eaten = []
    while True:
        eaten.append(bytearray(10_000_000))


def _eat_in_c(_: str) -> None:
    bytearray(100_000_000_000)


def _hold(megabytes: str) -> None:
    HELD.append(bytearray(os.urandom(1)) * (int(megabytes) * 1_000_000))


def _chatter(_: str) -> None:
    print("a library that prints")  # noqa: T201  # what it is for
    os.write(1, b"and one that writes\n")
    sys.stdout.flush()


def _crash_once(mark: str) -> None:
    if not Path(mark).exists():
        Path(mark).touch()
        os.abort()


def _bug(_: str) -> None:
    raise ZeroDivisionError("a bug")


def _deep(_: str) -> None:
    _deep(_)


def _complex(_: str) -> None:
    raise TooComplex("too deep", url="https://news.example/deep", advice="none", reason="depth")


DEEDS = {
    "fine": lambda _: None,
    "wait": _wait,
    "spin": _spin,
    "deaf": _deaf,
    "abort": lambda _: os.abort(),
    "segfault": _segfault,
    "exit": lambda code: os._exit(int(code)),
    "raise-exit": lambda code: sys.exit(int(code)),
    "eat": _eat,
    "eat-at-once": _eat_in_c,
    "hold": _hold,
    "chatter": _chatter,
    "crash-once": _crash_once,
    "bug": _bug,
    "recurse": _deep,
    "complex": _complex,
}
