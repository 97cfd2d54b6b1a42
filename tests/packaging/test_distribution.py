"""What the distribution says of itself."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

import pytest

import scraper


@pytest.fixture(scope="module")
def distribution():
    """The installed distribution; a bare checkout has none."""
    try:
        return metadata.distribution("article-scraper")
    except metadata.PackageNotFoundError:
        pytest.skip("article-scraper is not installed here")


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
        "__editable___article_scraper",
        "_article_scraper.pth",
        "_editable_impl_article_scraper.pth",
    }
