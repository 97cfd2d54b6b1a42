"""What the distribution says of itself."""

from __future__ import annotations

import tomllib
from importlib import metadata
from pathlib import Path

import pytest

import scraper


@pytest.fixture(scope="module")
def distribution():
    """The installed distribution; a bare checkout has none."""
    # A build leaves its own description in the checkout, from where the tests may run.
    found = [d for d in metadata.distributions(name="article-scraper") if d.read_text("RECORD") is not None]
    if not found:
        pytest.skip("article-scraper is not installed here")
    return found[0]


def test_version_stands_in_one_place(distribution):
    assert distribution.version == scraper.__version__


def test_types_are_announced():
    assert (Path(scraper.__file__).parent / "py.typed").is_file()


def test_the_command_is_called_scraper(distribution):
    commands = {entry.name: entry.value for entry in distribution.entry_points if entry.group == "console_scripts"}
    assert commands == {"scraper": "scraper.__main__:main"}


def test_the_licence_is_stated(distribution):
    assert distribution.metadata["License-Expression"] == "Apache-2.0"


def test_python_versions_are_stated(distribution):
    assert distribution.metadata["Requires-Python"] == ">=3.11"


def test_only_the_package_is_installed(distribution):
    tops = {path.parts[0] for path in distribution.files or () if not path.parts[0].endswith(".dist-info")}
    assert tops <= {
        "scraper",
        "..",
        "__pycache__",
        f"__editable__.article_scraper-{scraper.__version__}.pth",
        f"__editable___article_scraper_{scraper.__version__.replace('.', '_')}_finder.py",
    }


def test_every_kind_of_file_of_the_package_is_installed_with_it():
    """Setuptools installs what pyproject.toml names; sources of extensions are for those who build them."""
    settings = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["*"]
    known = ("*.py", "*.pyc", "*.pyx", "*.pxi", "*.so", "*.pyd", *patterns)
    files = [path for path in Path(scraper.__file__).parent.rglob("*") if path.is_file()]
    assert [path.name for path in files if not any(path.match(pattern) for pattern in known)] == []
