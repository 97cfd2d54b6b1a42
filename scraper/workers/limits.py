"""What bounds a worker from inside: its memory, its time, and the life of its parent.

The kernel enforces all three, so they hold while C code runs that no Python code can interrupt.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress
from pathlib import Path

__all__ = [
    "ALARMS",
    "WALL_FACTOR",
    "alarm_in",
    "cap_memory",
    "die_with",
    "holds_more_than",
    "no_alarm",
    "resident_bytes",
]

ALARMS = (signal.SIGPROF, signal.SIGALRM)
"""What the alarms of `alarm_in` end a process with."""
WALL_FACTOR = 4.0
_PAGE_BYTES = resource.getpagesize()
_PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""
_STATM = Path("/proc/self/statm")
_OOM = Path("/proc/self/oom_score_adj")
_FIRST_TO_GO = "500"
"""Of -1000 to 1000 (proc(5)): where the system runs out of memory, it should end a worker, not the run."""


def die_with(parent: int) -> None:
    """End this process when its parent ends, however that ends; elsewhere than on Linux, the closed pipe does it."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:  # it ended before the line above
        os._exit(0)


def alarm_in(cpu_s: float) -> None:
    """Let the kernel end this process after `cpu_s` of CPU time, or WALL_FACTOR times as long by the clock.

    CPU time, so that a busy machine does not make good pages look like bad ones; the clock for what sleeps.
    """
    signal.setitimer(signal.ITIMER_PROF, cpu_s)
    signal.setitimer(signal.ITIMER_REAL, cpu_s * WALL_FACTOR)


def no_alarm() -> None:
    """Take the alarms back."""
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.setitimer(signal.ITIMER_REAL, 0)


def cap_memory(more: int) -> None:
    """Allow this process `more` bytes of address space than it has now; no core files."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    with suppress(OSError):  # not Linux, or not allowed
        _OOM.write_text(_FIRST_TO_GO, "ascii")
    used = _statm(0)
    if not used:
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    cap = used + more if hard == resource.RLIM_INFINITY else min(used + more, hard)
    resource.setrlimit(resource.RLIMIT_AS, (cap, hard))


def resident_bytes() -> int:
    """Return the memory that this process holds, in bytes; 0 where the system does not say."""
    return _statm(1)


def holds_more_than(most: int) -> bool:
    """Return whether this process holds more than `most` bytes of memory.

    Where it never has, the system says so in a microsecond; what it holds now takes .1 ms to read.
    """
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024  # on Linux; elsewhere nobody tells the rest
    return peak > most and resident_bytes() > most


def _statm(column: int) -> int:
    try:
        return int(_STATM.read_bytes().split()[column]) * _PAGE_BYTES
    except OSError:
        return 0
