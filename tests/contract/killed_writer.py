"""A program that is killed while it writes: commits some records, writes more, and is gone.

python -m tests.contract.killed_writer OUTPUT FOLDER COMMITTED MORE
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

from tests.contract.outputs import BY_NAME
from tests.contract.records import article

if __name__ == "__main__":
    name, folder, committed, more = sys.argv[1:]
    exporter = BY_NAME[name].open(Path(folder))
    for number in range(int(committed)):
        exporter.write(article(number))
    print(json.dumps(exporter.commit()), flush=True)  # noqa: T201  # the answer
    for number in range(int(committed), int(committed) + int(more)):
        exporter.write(article(number))
    os.kill(os.getpid(), signal.SIGKILL)
