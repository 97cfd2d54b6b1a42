"""Kills, faults and power cuts by the hundred, each in a forked child: `python -m tests.crawl.killing MODE NUMBER NUMBER SEED [nfs4]`.

A process of its own, so that nothing of a test runner's is forked; prints one JSON object. The name of a file system
lets the state believe that it is on one.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from scraper.crawl import state_file
from tests.crawl import rig

__all__: list[str] = []


def kills(number: int, count: int, seed: int) -> dict[str, object]:
    """Kill runs over `count` URLs, half of them by time and half at a call; each folder is finished and compared."""
    chance = random.Random(seed)  # noqa: S311  # a test's chance
    pages = rig.Pages(count)
    whole_s, calls = _measured(pages, count)
    wanted = rig.expected(count)
    done = {"time": 0, "call": 0, "not_killed": 0}
    wrong: list[str] = []
    while done["time"] + done["call"] < number:
        with _room() as name:
            job = rig.job_in(Path(name), count)
            for _ in range(chance.randint(2, 8)):
                if chance.random() < 0.5:
                    where = "time"
                    child = rig.fork(job, pages)
                    time.sleep(chance.uniform(0, whole_s))
                    os.kill(child, signal.SIGKILL)
                else:
                    where = "call"
                    child = rig.fork(job, pages, lambda: _kill_at(chance.randint(1, max(2, calls // 2))))
                    chance.random()
                code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                if code not in {0, -signal.SIGKILL}:
                    wrong.append(f"exit {code}: {_said(job.state.parent)}")
                done[where if code else "not_killed"] += 1
            wrong += _finished(job, pages, wanted)
    return {**done, "calls": calls, "whole_s": whole_s, "wrong": wrong[:5], "wrong_count": len(wrong)}


def faults(count: int, every_error: int, _seed: int) -> dict[str, object]:
    """Let each call of a run over `count` URLs fail once, with each error or, to be done sooner, with them in turn."""
    pages = rig.Pages(count)
    _, calls = _measured(pages, count)
    wanted = rig.expected(count)
    wrong: list[str] = []
    codes: dict[str, int] = {}
    errors = list(rig.CODES)
    for call in range(1, calls + 1):
        for error in errors if every_error else [errors[call % len(errors)]]:
            with _room() as name:
                job = rig.job_in(Path(name), count)
                child = rig.fork(job, pages, lambda call=call, error=error: _fail_at(call, error))
                code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
                codes[str(code)] = codes.get(str(code), 0) + 1
                if code not in {0, 5}:
                    wrong.append(f"{error} at call {call}: exit {code}: {_said(job.state.parent)}")
                if code == 0 and rig.found(job.state.parent) != wanted:
                    wrong.append(f"{error} at call {call}: exit 0, but something is missing")
                wrong += [f"{error} at call {call}: {what}" for what in _finished(job, pages, wanted)]
    return {"calls": calls, "codes": codes, "wrong": wrong[:5], "wrong_count": len(wrong)}


def power(number: int, count: int, seed: int) -> dict[str, object]:
    """Cut the power at `number` points: what was not synced is there, or not, or in part."""
    chance = random.Random(seed)  # noqa: S311  # a test's chance
    pages = rig.Pages(count)
    wanted = rig.expected(count)
    wrong: list[str] = []
    with _room() as name:
        folder = Path(name) / "live"
        folder.mkdir()
        job = rig.job_in(folder, count)
        log = Path(name) / "calls.jsonl"
        code = os.waitstatus_to_exitcode(os.waitpid(rig.fork(job, pages, lambda: _record(log, folder)), 0)[1])
        assert code == 0, _said(folder)
        calls = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
        for _ in range(number):
            image = Path(name) / "image"
            _crashed(calls[: chance.randint(0, len(calls))], image, chance)
            after = rig.job_in(image, count)
            wrong += _finished(after, pages, wanted)
            shutil.rmtree(image)
    return {"points": number, "calls": len(calls), "wrong": wrong[:5], "wrong_count": len(wrong)}


def stops(number: int, count: int, seed: int) -> dict[str, object]:
    """End runs with SIGTERM or SIGINT at random moments."""
    chance = random.Random(seed)  # noqa: S311  # a test's chance
    pages = rig.Pages(count)
    wanted = rig.expected(count)
    wrong: list[str] = []
    slowest = 0.0
    codes: dict[str, int] = {}
    for _ in range(number):
        with _room() as name:
            job = rig.job_in(Path(name), count)
            child = rig.fork(job, pages, pace_s=0.005)
            deadline = time.monotonic() + 5
            while not (Path(name) / "out.jsonl").exists() and time.monotonic() < deadline:
                time.sleep(0.001)
            time.sleep(chance.uniform(0.01, 0.3))
            which = chance.choice([signal.SIGTERM, signal.SIGINT])
            os.kill(child, which)
            began = time.monotonic()
            code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
            slowest = max(slowest, time.monotonic() - began)
            codes[str(code)] = codes.get(str(code), 0) + 1
            if code not in {0, 143 if which == signal.SIGTERM else 130}:
                wrong.append(f"exit {code}: {_said(job.state.parent)}")
            wrong += _finished(job, pages, wanted)
    return {"slowest_s": slowest, "codes": codes, "wrong": wrong[:5], "wrong_count": len(wrong)}


def together(rounds: int, count: int, _seed: int) -> dict[str, object]:
    """Start 2, 4 and 8 runs at once, so many rounds in turn; no URL is asked for or goes out twice."""
    wanted = rig.expected(count)
    wrong: list[str] = []
    codes: dict[str, int] = {}
    for turn in range(rounds):
        with _room() as name:
            job = rig.job_in(Path(name), count)
            pages = rig.Pages(count, Path(name) / "asked")
            children = [rig.fork(job, pages) for _ in range((2, 4, 8)[turn % 3])]
            ended = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
            for code in ended:
                codes[str(code)] = codes.get(str(code), 0) + 1
            if set(ended) - {0, 6} or 0 not in ended:
                wrong.append(f"exits {ended}: {_said(job.state.parent)}")
            if rig.found(job.state.parent) != wanted:
                wrong.append("not the result of a single run")
            if sorted((Path(name) / "asked").read_text("utf-8").splitlines()) != sorted(map(rig.url, range(count))):
                wrong.append("not every URL was asked for once")
    return {"codes": codes, "wrong": wrong[:5], "wrong_count": len(wrong)}


def _room() -> tempfile.TemporaryDirectory[str]:
    """Return a folder in memory where there is one: a kill spares what the system holds, so that no disk is needed."""
    memory = Path("/dev/shm")  # noqa: S108  # only for its speed
    return tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None)


def _measured(pages: rig.Pages, count: int) -> tuple[float, int]:
    """Return the seconds and the calls of an uninterrupted run."""
    with _room() as name:
        whole_s = min(
            rig.seconds_of(lambda n=n: rig.finish(rig.job_in(_made(Path(name) / str(n)), count), pages))
            for n in range(3)
        )
        counted = Path(name) / "counted"
        job = rig.job_in(_made(Path(name) / "c"), count)
        code = os.waitstatus_to_exitcode(os.waitpid(rig.fork(job, pages, lambda: _count(counted)), 0)[1])
        assert code == 0, _said(job.state.parent)
        assert rig.found(job.state.parent) == rig.expected(count)
        return whole_s, len(counted.read_bytes())


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def _finished(job: object, pages: rig.Pages, wanted: object) -> list[str]:
    """Finish what was interrupted; return what is wrong with the result."""
    folder = job.state.parent  # type: ignore[attr-defined]
    code = rig.finish(job, pages)  # type: ignore[arg-type]
    if code != 0:
        return [f"the next run: exit {code}: {_said(folder)}"]
    try:
        got = rig.found(folder)
    except (AssertionError, ValueError, OSError) as error:
        return [f"{type(error).__name__}: {error}"]
    if got == wanted:
        return []
    lost = {kind: len(set(wanted[kind]) - set(got[kind])) for kind in wanted}  # type: ignore[index, attr-defined]
    more = {kind: len(got[kind]) - len(set(got[kind])) for kind in got}
    return [f"lost {lost}, twice {more}"]


def _kill_at(number: int) -> None:
    left = number

    def step(*_call: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    rig.watch_everything(step)


def _fail_at(number: int, error: str) -> None:
    left = number

    def step(*_call: object) -> str | None:
        nonlocal left
        left -= 1
        return error if left == 0 else None

    rig.watch_everything(step)


def _count(counted: Path) -> None:
    handle = os.open(counted, os.O_WRONLY | os.O_CREAT)

    def step(*_call: object) -> None:
        os.write(handle, b".")

    rig.watch_everything(step)


def _record(log: Path, folder: Path) -> None:
    stream = log.open("w", encoding="utf-8")

    def step(call: str, path: str, offset: int, data: bytes) -> None:
        if Path(path) == folder or Path(path).parent == folder:
            stream.write(json.dumps([call, os.path.relpath(path, folder), offset, data.hex()]) + "\n")
            stream.flush()

    rig.watch_everything(step)


def _crashed(calls: list[list[object]], image: Path, chance: random.Random) -> None:
    """Build what a disk may hold when the power goes after these calls: synced bytes for sure, others by chance.

    A state is made aside and renamed when it is whole: a rename lasts for sure when the folder is synced after it.
    """
    image.mkdir()
    said = [call for call, *_rest in calls]
    renamed = said.index("rename") if "rename" in said else len(calls)
    lasts = any(call == "sync" and path == "." for call, path, *_rest in calls[renamed:])
    has_name = renamed < len(calls) and (lasts or chance.random() < 0.5)
    synced: dict[str, bytearray | None] = {}
    pending: dict[str, list[tuple[str, int, bytes]]] = {}
    for call, path, offset, data in calls:  # type: ignore[misc]
        if path == "state.db.new" and has_name:
            path = "state.db"  # noqa: PLW2901  # renamed since
        if call == "rename":
            continue
        if call == "delete":
            synced[path], pending[path] = None, []
        elif call == "sync":
            synced[path] = _applied(synced.get(path), pending.pop(path, []))
        else:
            pending.setdefault(path, []).append((call, offset, bytes.fromhex(data)))
    for path in {*synced, *pending} - {"."}:
        kept = [_perhaps_torn(one, chance) for one in pending.get(path, []) if chance.random() < 0.5]
        if kept or synced.get(path) is not None:
            (image / path).write_bytes(_applied(synced.get(path), kept))


def _perhaps_torn(one: tuple[str, int, bytes], chance: random.Random) -> tuple[str, int, bytes]:
    call, offset, data = one
    return (call, offset, data[: chance.randint(0, len(data))]) if chance.random() < 0.1 else one


def _applied(content: bytearray | None, calls: list[tuple[str, int, bytes]]) -> bytearray:
    content = bytearray(content or b"")
    for call, offset, data in calls:
        if call == "truncate":
            del content[offset:]
            content.extend(b"\0" * (offset - len(content)))
        else:
            content.extend(b"\0" * (offset - len(content)))
            content[offset : offset + len(data)] = data
    return content


def _said(folder: Path) -> str:
    try:
        return (folder / "stderr").read_text("utf-8", "replace")[-400:]
    except OSError:
        return "nothing"


if __name__ == "__main__":
    mode, first, second, seed = sys.argv[1], *map(int, sys.argv[2:5])
    if len(sys.argv) > 5:
        state_file.file_system_of = lambda *_any: sys.argv[5]  # type: ignore[assignment]
    sys.stdout.write(json.dumps(globals()[mode](first, second, seed)) + "\n")
