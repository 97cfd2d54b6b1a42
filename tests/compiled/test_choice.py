"""Which implementation runs: the compiled one where it was built, plain Python wherever it is wanted or needed."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from scraper import compiled

SOURCES = {stub.stem for stub in Path(compiled.__file__).parent.glob("*.pyi")}
"""Every twin has a stub, which is installed; its source is not."""


def accelerators_in_a_new_process(**environment):
    code = "from scraper.compiled import accelerators; print(*accelerators())"
    run = subprocess.run(
        [sys.executable, "-c", code], env=os.environ | environment, capture_output=True, text=True, check=True
    )
    return set(run.stdout.split())


def can_compile(folder: Path) -> bool:
    """Whether this machine has what building an extension takes: a compiler and the headers of this Python."""
    source = folder / "probe.c"
    source.write_text("#include <Python.h>\nint probe(void) { return 0; }\n", "utf-8")
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    command = [*compiler, f"-I{sysconfig.get_path('include')}", "-c", source, "-o", folder / "probe.o"]
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def plain_name():
    return "plain"


def test_where_a_compiler_is_everything_is_compiled(tmp_path):
    built = accelerators_in_a_new_process(SCRAPER_PLAIN_PYTHON="")
    if not built and not os.environ.get("CI"):
        pytest.skip("no extension was built here (python setup.py build_ext --inplace); in CI this would be a failure")
    if not built and not can_compile(tmp_path):
        pytest.skip("no C compiler, or no headers of Python: plain Python alone is tested")
    assert built == SOURCES


def test_plain_python_can_be_forced():
    assert accelerators_in_a_new_process(SCRAPER_PLAIN_PYTHON="1") == set()


def test_zero_forces_nothing():
    assert accelerators_in_a_new_process(SCRAPER_PLAIN_PYTHON="0") == accelerators_in_a_new_process(
        SCRAPER_PLAIN_PYTHON=""
    )


def test_without_a_twin_the_plain_function_is_taken():
    assert compiled.fastest(plain_name, "no_such_module") is plain_name


def test_an_extension_that_cannot_be_loaded_is_none(tmp_path, monkeypatch):
    (tmp_path / f"broken{sysconfig.get_config_var('EXT_SUFFIX')}").write_bytes(b"for another machine")
    monkeypatch.setattr(compiled, "__path__", [str(tmp_path)])
    assert (compiled.fastest(plain_name, "broken"), compiled.accelerators()) == (plain_name, ())


def test_a_twin_is_taken_by_the_name_of_the_plain_function(tmp_path, monkeypatch):
    (tmp_path / "twin_of_a_test.py").write_text("def plain_name():\n    return 'compiled'\n", "utf-8")
    monkeypatch.setattr(compiled, "__path__", [str(tmp_path)])
    monkeypatch.setattr(compiled, "_PLAIN", False)
    assert compiled.fastest(plain_name, "twin_of_a_test")() == "compiled"
