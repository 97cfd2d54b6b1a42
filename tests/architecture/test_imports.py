"""Imports go one way, and heavy libraries stand behind one file each."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

import scraper

PACKAGE = Path(scraper.__file__).parent
PROJECT = Path(__file__).parents[2]
HEAVY = ("httpx", "trafilatura", "typer", "py3langid")
IMPORT_CPU_S = 0.15
"""What `import scraper` may cost; measured: .02 to .03 s."""


@cache
def imports() -> dict[str, set[str]]:
    """Return what each file of the package imports, type checking left out."""
    return {
        path.relative_to(PACKAGE).as_posix(): imported(ast.parse(path.read_text(encoding="utf-8")))
        for path in PACKAGE.rglob("*.py")
    }


def importers_of(library: str) -> set[str]:
    """Return the files of the package that import a library or a part of it."""
    return {path for path, names in imports().items() if any(f"{name}.".startswith(f"{library}.") for name in names)}


def imported(node: ast.AST) -> set[str]:
    """Return the full names of the modules, and of what is taken from them, for that may be a module."""
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        return set()
    if isinstance(node, ast.Import):
        return {alias.name for alias in node.names}
    if isinstance(node, ast.ImportFrom):
        return {f"{node.module}.{alias.name}" for alias in node.names}
    return set().union(*map(imported, ast.iter_child_nodes(node)), set())


def test_imports_are_found_by_their_full_names():
    names = imported(ast.parse("import a.b, c\nfrom d.e import f\nif TYPE_CHECKING:\n    import g\n"))
    assert names == {"a.b", "c", "d.e.f"}


def python(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout


def test_the_contracts_of_pyproject_hold():
    """In a process of its own: libraries that other tests import (zope.interface) confuse the linter."""
    pytest.importorskip("importlinter")
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_httpx_is_imported_only_under_fetch():
    assert {path for path in importers_of("httpx") if not path.startswith("fetch/")} == set()


def test_sockets_are_opened_only_under_fetch():
    assert {path for path in importers_of("socket") if not path.startswith("fetch/")} == set()


def test_trafilatura_is_imported_only_as_second_opinion():
    assert importers_of("trafilatura") <= {"body/opinions/by_trafilatura.py"}


def test_htmldate_is_imported_only_for_dates():
    assert importers_of("htmldate") <= {"fields/dates/published.py"}


def test_typer_is_imported_only_by_the_command_line():
    assert {path for path in importers_of("typer") if not path.startswith(("cli/", "__main__"))} == set()


@pytest.mark.parametrize("module", ["pickle", "yaml"])
def test_nothing_that_runs_what_it_reads_is_imported(module):
    assert importers_of(module) == set()


def test_urllib_request_is_imported_only_for_the_value_that_a_cookie_jar_reads():
    assert importers_of("urllib.request") == {"fetch/cookies.py"}


def test_import_scraper_loads_nothing_heavy_and_costs_little():
    code = (
        "import json, sys, time; start = time.process_time(); import scraper; "
        "print(json.dumps([time.process_time() - start, sorted(sys.modules)]))"
    )
    costs = []
    for _ in range(3):  # the best of three: the machine is shared
        cost, modules = json.loads(python(code))
        costs.append(cost)
        assert not [name for name in HEAVY if name in modules]
    assert min(costs) < IMPORT_CPU_S
