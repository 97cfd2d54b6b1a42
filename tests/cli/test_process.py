"""What only a real process shows: streams, signals, exit codes."""

from __future__ import annotations

import json
import os
import pty
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import scraper
from scraper.compiled import accelerators
from tests.cli.pages import PAGE

COMMAND = [sys.executable, "-m", "scraper"]
HOSTILE = PAGE.replace("Harbour bridge", "Harbour\x9b2J \u202ebridge")


def finished(*arguments, **options):
    return subprocess.run([*COMMAND, *map(str, arguments)], capture_output=True, text=True, check=False, **options)


def test_version():
    result = finished("--version")
    implementation = f"compiled: {', '.join(accelerators())}" if accelerators() else "plain Python"
    assert (result.returncode, result.stdout, result.stderr) == (
        0,
        f"scraper {scraper.__version__} ({implementation})\n",
        "",
    )


def test_version_tells_that_plain_python_is_forced():
    result = finished("--version", env={**os.environ, "SCRAPER_PLAIN_PYTHON": "1"})
    assert result.stdout == f"scraper {scraper.__version__} (plain Python)\n"


def test_a_reader_that_goes_away_ends_the_run_quietly(page):
    pages = " ".join([str(page)] * 200)
    script = f"{sys.executable} -m scraper extract {pages} | head -n 1; echo ${{PIPESTATUS[0]}}"
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    record, code = result.stdout.splitlines()
    assert (code, result.stderr, json.loads(record)["schemaVersion"]) == ("0", "", "1.0")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_standard_output_on_a_full_disk_is_code_5(page):
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(
            [*COMMAND, "extract", page], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (result.returncode, result.stderr.count("\n")) == (5, 1)
    assert "standard output" in result.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_help_on_a_full_disk_is_code_5():
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run([*COMMAND, "--help"], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert result.returncode == 5
    assert result.stderr.startswith("scraper: cannot write standard output: No space left on device")


def test_a_disk_that_fills_up_leaves_the_old_file(page, tmp_path):
    output = tmp_path / "out.jsonl"
    output.write_text("old\n")
    script = f"ulimit -f 8; exec {sys.executable} -m scraper extract {' '.join([str(page)] * 50)} -o {output}"
    result = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert (result.returncode, output.read_text(), result.stderr.count("\n")) == (5, "old\n", 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.jsonl", "page.html"]


@pytest.mark.parametrize(("stop", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_what_was_written_stays_when_a_signal_ends_the_run(page, tmp_path, stop, code):
    output = tmp_path / "out.json"
    with subprocess.Popen(
        [*COMMAND, "extract", page, "-", "-f", "json", "-o", output], stdin=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        wait_for_part(tmp_path)
        process.send_signal(stop)
        _, err = process.communicate(timeout=20)
    assert process.returncode == code
    assert b"Traceback" not in err
    assert len(json.loads(output.read_text())) == 1


def test_ctrl_c_ends_a_batch_that_waits_for_a_silent_host(site, tmp_path):
    output = tmp_path / "out.jsonl"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        urls = f"{site}/story\nhttp://127.0.0.1:{silent.getsockname()[1]}/\n".encode()
        options = ("--allow-private", "--no-robots", "-o", output)
        with subprocess.Popen([*COMMAND, "batch", "-", *options], stdin=subprocess.PIPE, stderr=subprocess.PIPE) as run:
            run.stdin.write(urls)
            run.stdin.close()
            wait_for_part(tmp_path)
            began = time.monotonic()
            run.send_signal(signal.SIGINT)
            err = run.stderr.read()
    assert (run.returncode, time.monotonic() - began < 5) == (130, True)
    assert b"Traceback" not in err
    assert [json.loads(line)["url"] for line in output.read_text().splitlines()] == [f"{site}/story"]


def wait_for_part(folder):
    """Wait until something was written aside."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and not any(part.stat().st_size for part in folder.glob("*.part")):
        time.sleep(0.05)


def test_a_hostile_title_cannot_move_the_cursor(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(HOSTILE, encoding="utf-8")
    shown = on_terminal("extract", page)
    assert b"Harbour" in shown
    assert "\x9b".encode() not in shown
    assert "\u202e".encode() not in shown


def test_one_page_on_a_terminal_is_readable_text(page):
    shown = on_terminal("extract", page).decode()
    assert shown.splitlines()[0] == "Harbour bridge reopens"


def on_terminal(*arguments):
    """Return what a run writes to a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*COMMAND, *map(str, arguments)], stdout=theirs, stderr=subprocess.DEVNULL) as process:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 65536):
                shown += part
        except OSError:  # Linux says EIO when the other end is closed
            pass
        process.wait(20)
    os.close(ours)
    return shown
