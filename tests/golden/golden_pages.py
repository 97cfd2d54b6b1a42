"""The fixture pages: what each says, and what is expected of it."""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scraper.extract_text import extract_text
from scraper.extraction import extract_page
from scraper.model.response import Response
from scraper.page.page import open_page
from scraper.settings import ExtractSettings

if TYPE_CHECKING:
    from scraper.model.extraction import Extraction

PAGES = Path(__file__).parent.parent.parent / "fixtures" / "pages"
KNOWN_FAILURES: dict[str, str] = tomllib.loads(Path(__file__).with_name("known_failures.toml").read_text("utf-8"))
"""Test id, such as "faq-blocks" -> why it fails."""
_SETTINGS = ExtractSettings(keep_all=True, markdown=True, blocks=True)


@dataclass(frozen=True)
class GoldenPage:
    """One folder of fixtures/pages."""

    folder: Path

    @property
    def name(self) -> str:
        """Folder name: the first part of every test id."""
        return self.folder.name

    @property
    def fields(self) -> dict[str, Any]:
        """expected.json: only what the page really determines; empty where the file is missing."""
        path = self.folder / "expected.json"
        return json.loads(path.read_text("utf-8")) if path.exists() else {}

    @property
    def markdown(self) -> str | None:
        """expected.md: the body; None where the file is missing."""
        path = self.folder / "expected.md"
        return path.read_text("utf-8") if path.exists() else None

    def extraction(self) -> Extraction:
        """Return what the package says of the page, as of a response, or of a text at hand."""
        said = json.loads((self.folder / "response.json").read_text("utf-8"))
        now = datetime.fromisoformat(said["fetchedAt"]) if said["fetchedAt"] else None
        text = self.folder / "page.txt"
        if text.exists():
            return extract_text(text.read_bytes(), url=said["url"], now=now, settings=_SETTINGS)
        response = Response(
            requested_url=said["requestedUrl"],
            url=said["url"],
            status=said["status"],
            headers=tuple(said["headers"].items()),
            body=(self.folder / "page.html").read_bytes(),
            fetched_at=now,
        )
        return extract_page(open_page(response), _SETTINGS)


def all_pages() -> list[GoldenPage]:
    """Return every fixture page, by name."""
    return [GoldenPage(folder) for folder in sorted(PAGES.iterdir()) if folder.is_dir()]


@cache
def extraction_of(folder: Path) -> Extraction:
    """Return the extraction of a page; done once a session."""
    return GoldenPage(folder).extraction()
