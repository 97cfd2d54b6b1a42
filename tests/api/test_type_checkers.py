"""What editors see: the file of uses passes the checkers that people have, and wrong uses do not."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]
USES = PROJECT / "tests" / "typing" / "api.py"
WRONG = """
from scraper import Article, Scraper, extract

def wrong(article: Article) -> int:
    extract(3)
    extract("x", no_such_option=True)
    Scraper(timeout=3)
    article.headline.upper()
    article.head_line
    return article.headline
"""
LINES = {5, 6, 7, 8, 9, 10}


def pyright(path):
    """Return the lines of a file that pyright (its build for PyPI, which brings its own Node) finds wrong."""
    pytest.importorskip("basedpyright", reason="basedpyright is not installed")
    config = path.parent / "pyrightconfig.json"
    config.write_text(json.dumps({"typeCheckingMode": "standard", "extraPaths": [str(PROJECT)]}), "utf-8")
    command = [sys.executable, "-m", "basedpyright", "--outputjson", "-p", config, "--pythonpath", sys.executable]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=path.parent)
    found = json.loads(run.stdout)["generalDiagnostics"]
    return {one["range"]["start"]["line"] + 1: one["message"] for one in found if one["severity"] == "error"}


def mypy(path):
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--no-error-summary",
        "--cache-dir",
        path.parent / "cache",
        path,
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT)
    return {
        int(line.split(":")[1]): line for line in run.stdout.splitlines() if ": error:" in line and path.name in line
    }


def test_right_uses_pass(tmp_path):
    """Mypy reads the same file with the rest of the project."""
    path = tmp_path / "uses.py"
    path.write_text(USES.read_text("utf-8"), "utf-8")
    assert pyright(path) == {}


@pytest.mark.parametrize("checker", [pyright, mypy], ids=lambda checker: checker.__name__)
def test_wrong_uses_are_told(checker, tmp_path):
    path = tmp_path / "wrong.py"
    path.write_text(WRONG, "utf-8")
    assert set(checker(path)) == LINES
