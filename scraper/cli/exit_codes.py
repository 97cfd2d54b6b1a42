"""Exit codes: what a script may rely on."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, get_args

from scraper.model.article import PageType

if TYPE_CHECKING:
    from scraper.model.failure import Failure

__all__ = ["ExitCode", "code_for_batch", "code_for_one"]

_NO_ARTICLE = frozenset({*get_args(PageType), "not_article"})
"""Reasons of a NotAnArticle."""


class ExitCode(IntEnum):
    """Documented in docs/cli.md; renumbering is a breaking change."""

    OK = 0
    SOME_FAILED = 1
    """Some inputs gave no record; those of the rest were written. Also a fault of the program itself."""
    USAGE = 2
    ALL_FAILED = 3
    NO_ARTICLE = 4
    """The one page asked for was read, and is no article."""
    CANNOT_WRITE = 5
    LOCKED = 6
    """Another run is using the state."""
    INTERRUPTED = 130
    """Ctrl-C: 128 + SIGINT."""
    TERMINATED = 143
    """128 + SIGTERM."""


def code_for_batch(records: int, failures: int) -> ExitCode:
    """Return the code of a run over any number of inputs."""
    if not failures:
        return ExitCode.OK
    return ExitCode.SOME_FAILED if records else ExitCode.ALL_FAILED


def code_for_one(failure: Failure) -> ExitCode:
    """Return the code of a run over a single input that failed."""
    no_article = failure.stage == "extract" and failure.reason in _NO_ARTICLE
    return ExitCode.NO_ARTICLE if no_article else ExitCode.ALL_FAILED
