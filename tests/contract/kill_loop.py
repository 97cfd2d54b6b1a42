"""Kill a program at random moments while it writes, go on from its last stored mark, and compare at the end.

python -m tests.contract.kill_loop OUTPUT FOLDER KILLS SEED

Each writer is a fork of this process, so that it writes within a millisecond of its start.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from importlib import import_module
from pathlib import Path

from scraper.export.formats import FORMATS
from tests.contract.outputs import BY_NAME
from tests.contract.records import article

RECORDS = 150


def records():
    return [article(number, article_body="The mill turns. " * 60) for number in range(RECORDS)]


def write_on(output, folder, dice):
    """Write from the last stored mark to the end, a few records a commit, as a run does."""
    state = folder / "state.json"
    mark, done = json.loads(state.read_text()) if state.exists() else (None, 0)
    exporter = output.open(folder / "out", mark)
    work = records()
    while True:
        (folder / "state.new").write_text(json.dumps([exporter.commit(), done]))
        (folder / "state.new").replace(state)
        if done == RECORDS:
            break
        until = min(RECORDS, done + dice.randint(1, 9))
        for one in work[done:until]:
            exporter.write(one)
        done = until
    exporter.close()


def forked(output, folder, dice, wait_s):
    """Return the status of a writer; killed after `wait_s`, or with None let to its end."""
    child = os.fork()
    if not child:
        code = 1
        try:
            write_on(output, folder, dice)
            code = 0
        finally:
            os._exit(code)  # at once: what the parent opened is not this process's to close
    if wait_s is not None:
        time.sleep(wait_s)
        os.kill(child, signal.SIGKILL)
    return os.waitpid(child, 0)[1]


if __name__ == "__main__":
    name, place, kills, seed = sys.argv[1:]
    for form in FORMATS:
        import_module(str(form.factory).partition(":")[0])
    made, dice = Path(place), random.Random(int(seed))  # noqa: S311  # moments, not secrets
    (made / "out").mkdir()
    (made / "timed" / "out").mkdir(parents=True)
    start = time.perf_counter()
    assert forked(BY_NAME[name], made / "timed", dice, None) == 0
    whole = (
        time.perf_counter() - start
    )  # undisturbed: on a fast disk, moments of a fixed length would all come too late
    killed = 0
    for _ in range(int(kills)):
        status = forked(BY_NAME[name], made, dice, dice.uniform(0, whole / 3))
        killed += os.WIFSIGNALED(status)
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    assert forked(BY_NAME[name], made, dice, None) == 0
    assert BY_NAME[name].read(made / "out" / BY_NAME[name].file) == BY_NAME[name].expected(records())
    print(killed)  # noqa: T201  # the answer
