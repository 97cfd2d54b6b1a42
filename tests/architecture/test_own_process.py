"""What is set for a whole process happens in processes of our own, and nowhere else."""

from __future__ import annotations

import subprocess
import sys

import pytest

PAGE = "<title>A</title><h1>A title of a page</h1><p>" + "Some words of a text. " * 40


def said(code: str) -> str:
    """Return what a fresh interpreter prints."""
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_the_library_leaves_garbage_and_modules_to_the_program() -> None:
    code = f"""
import gc, sys
before = gc.get_threshold()
import scraper
from scraper.__main__ import main
scraper.extract({PAGE!r}, keep_all=True)
main(["schema", "-h"])
kept = type(sys.modules.get("py3langid")).__name__
print(gc.get_threshold() == before, gc.get_freeze_count(), kept in ("NoneType", "module"))
"""
    assert said(code).splitlines()[-1] == "True 0 True"


def test_the_program_looks_for_garbage_rarely() -> None:
    code = """
import gc, sys
from scraper.__main__ import main
sys.argv = ["scraper", "--version"]
main()
print(gc.get_threshold()[0])
"""
    assert int(said(code).splitlines()[-1]) >= 10_000


def test_trafilatura_loads_without_numpy_and_still_tells_languages() -> None:
    code = """
import sys
from scraper.own_process import load_late
load_late("py3langid")
import trafilatura.utils
before = "numpy" in sys.modules
print(before, trafilatura.utils.LANGID_FLAG, trafilatura.utils.py3langid.classify("Das ist ein deutscher Satz.")[0])
import py3langid.langid
import py3langid
print(type(py3langid).__name__, "numpy" in sys.modules)
"""
    assert said(code).split() == ["False", "True", "de", "module", "True"]


@pytest.mark.parametrize(
    ("code", "raised"),
    [
        ("import nosuch_module; nosuch_module.name", "ModuleNotFoundError"),
        ("import nosuch_module; nosuch_module.__wrapped__", "AttributeError"),
        ("import json; print(json.dumps(1))", ""),
    ],
    ids=["a module that is not there", "what every module may be asked for", "a module that is loaded"],
)
def test_a_late_module_fails_as_a_module_does(code: str, raised: str) -> None:
    run = (
        f"import json\nfrom scraper.own_process import load_late\nload_late('nosuch_module')\nload_late('json')\n{code}"
    )

    found = subprocess.run([sys.executable, "-c", run], capture_output=True, text=True, check=False)

    assert found.stderr.strip().splitlines()[-1:] == [] if not raised else raised in found.stderr.splitlines()[-1]


def test_threads_that_ask_at_once_all_get_the_module() -> None:
    code = """
import sys, threading
from scraper.own_process import load_late
sys.setswitchinterval(1e-6)
for name in ("colorsys", "wave", "mailbox", "plistlib", "xmlrpc.client"):
    load_late(name)
import colorsys, wave, mailbox, plistlib
found, gate = [], threading.Barrier(8)
def ask():
    gate.wait()
    try:
        found.append(mailbox.Mailbox.__name__ + plistlib.dumps.__name__ + wave.open.__name__ + colorsys.rgb_to_hsv.__name__)
    except BaseException as error:
        found.append(repr(error))
threads = [threading.Thread(target=ask) for _ in range(8)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
print(set(found))
"""
    assert said(code) == "{'Mailboxdumpsopenrgb_to_hsv'}"
