"""Exit codes: what a script may rely on."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import TYPE_CHECKING, get_args

from scraper.errors import SettingsError
from scraper.model.article import PageType

if TYPE_CHECKING:
    from scraper.model.failure import Failure

__all__ = ["ExitCode", "code_for_batch", "code_for_one", "share_of"]

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


def code_for_batch(records: int, failures: int, fail_over: float = 0.0) -> ExitCode:
    """Return the code of a run over any number of inputs; up to the share `fail_over` of them may fail."""
    if failures and not records:
        return ExitCode.ALL_FAILED
    return ExitCode.SOME_FAILED if failures > fail_over * (records + failures) else ExitCode.OK


def share_of(option: str, text: str | None) -> float:
    """Return a share such as "20%" as a number from 0 to 1; 0 without one.

    Raises:
        SettingsError: it is none.

    """
    found = re.fullmatch(r"(\d{1,3}(?:\.\d{1,3})?)\s*%", (text or "0%").strip())
    if found is None or float(found[1]) > 100:  # noqa: PLR2004  # percent
        raise SettingsError(f"{option}: not a share: {text!r}", advice="write 20%")
    return float(found[1]) / 100


def code_for_one(failure: Failure) -> ExitCode:
    """Return the code of a run over a single input that failed."""
    no_article = failure.stage == "extract" and failure.reason in _NO_ARTICLE
    return ExitCode.NO_ARTICLE if no_article else ExitCode.ALL_FAILED
