"""kill -9, faults, power cuts, signals and runs at once: the outputs are those of one uninterrupted run.

Each mode forks children by the dozen from a process of its own (`killing.py`); the numbers here are those of CI.
"""

from __future__ import annotations

import _sqlite3
import ctypes
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
_REACHABLE = hasattr(ctypes.CDLL(_sqlite3.__file__), "sqlite3_vfs_register")
needs_sqlite_calls = pytest.mark.skipif(
    not _REACHABLE, reason="this interpreter's SQLite is built in and hides its functions: its calls cannot be watched"
)


def done(mode: str, first: int, second: int, *file_system: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.crawl.killing", mode, str(first), str(second), "5", *file_system]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    result: dict[str, Any] = json.loads(ended.stdout)
    return result


@pytest.fixture(scope="module")
def killed() -> dict[str, Any]:
    return done("kills", 200, 200)


@needs_sqlite_calls
def test_kills_lose_repeat_and_tear_nothing(killed: dict[str, Any]) -> None:
    assert killed["wrong"] == []


@needs_sqlite_calls
def test_kills_hit_calls_as_well_as_moments(killed: dict[str, Any]) -> None:
    assert killed["time"] >= 50 and killed["call"] >= 50 and killed["time"] + killed["call"] >= 200


@needs_sqlite_calls
def test_every_failing_call_ends_in_code_5_and_is_made_up_for() -> None:
    result = done("faults", 12, 0)
    assert result["wrong"] == []
    assert result["codes"]["5"] >= 0.85 * result["calls"]


@needs_sqlite_calls
@pytest.mark.parametrize(("mode", "first", "second"), [("kills", 16, 40), ("power", 16, 40)])
def test_without_write_ahead_logging_nothing_is_lost_either(mode: str, first: int, second: int) -> None:
    assert done(mode, first, second, "nfs4")["wrong"] == []


@needs_sqlite_calls
def test_power_cuts_lose_and_repeat_nothing() -> None:
    assert done("power", 50, 40)["wrong"] == []


def test_signals_end_a_run_in_two_seconds_and_lose_nothing() -> None:
    result = done("stops", 12, 200)
    assert result["wrong"] == []
    assert result["slowest_s"] < 2
    assert {"143", "130"} & set(result["codes"])


def test_of_runs_at_once_one_works_and_the_others_say_so() -> None:
    result = done("together", 6, 60)
    assert result["wrong"] == []
    assert result["codes"]["0"] >= 6 and result["codes"]["6"] >= 1
