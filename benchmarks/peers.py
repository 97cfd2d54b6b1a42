"""The extractors measured beside ours, each called as its documentation calls it; absent ones say so."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Predict = Callable[[str, str | None], dict[str, Any]]

__all__ = ["PEERS", "QUALITY_PEERS", "load_peers"]

QUALITY_PEERS = [
    *("trafilatura", "trafilatura, precision", "resiliparse", "rs-trafilatura", "newspaper4k", "readability-lxml"),
]

ABSENT = {
    "rs-trafilatura": "not installed: the package index has its source only, which needs the crates of the Rust index",
    "resiliparse": "not installed: pip install -e '.[bench]'",
}
"""Why a peer that cannot be imported cannot."""


def load_peers(names: list[str]) -> tuple[dict[str, Predict], dict[str, str]]:
    """Return the peers that can run, and why others cannot."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)  # a peer's complaints about pages
    found, absent = {}, {}
    for name in names:
        try:
            found[name] = PEERS[name]()
        except ImportError:
            absent[name] = ABSENT.get(name, "not installed")
    return found, absent


def _trafilatura(*, precision: bool = False) -> Predict:
    from trafilatura import bare_extraction  # noqa: PLC0415  # only where it is asked for

    def predict(html: str, url: str | None) -> dict[str, Any]:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False, favor_precision=precision)
        if not found:
            return {"body": "", "title": None, "authors": [], "date": None}
        authors = found.author.split("; ") if found.author else []
        return {"body": found.text, "title": found.title, "authors": authors, "date": found.date}

    return predict


def _resiliparse() -> Predict:
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  # the same

    def predict(html: str, _: str | None) -> dict[str, Any]:
        return {"body": extract_plain_text(html, main_content=True, alt_texts=False, links=False, comments=False)}

    return predict


def _rs_trafilatura() -> Predict:
    import rs_trafilatura  # noqa: PLC0415  # the same

    def predict(html: str, url: str | None) -> dict[str, Any]:
        found = rs_trafilatura.extract(html, url=url) if url else rs_trafilatura.extract(html)
        authors = [found.author] if found.author else []
        return {"body": found.main_content or "", "title": found.title, "authors": authors, "date": found.date}

    return predict


def _newspaper4k() -> Predict:
    import newspaper  # noqa: PLC0415  # the same

    def predict(html: str, url: str | None) -> dict[str, Any]:
        article = newspaper.Article(url or "https://example.com/a", fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return {"body": article.text, "title": article.title, "authors": article.authors}

    return predict


def _readability_lxml() -> Predict:
    import lxml.html  # noqa: PLC0415  # the same
    from readability import Document  # noqa: PLC0415  # the same

    def predict(html: str, _: str | None) -> dict[str, Any]:
        document = Document(html)
        part = document.summary(html_partial=True)
        text = lxml.html.fromstring(part).itertext() if part.strip() else ()
        return {"body": "\n".join(s.strip() for s in text if s.strip()), "title": document.short_title()}

    return predict


PEERS: dict[str, Callable[[], Predict]] = {
    "trafilatura": _trafilatura,
    "trafilatura, precision": lambda: _trafilatura(precision=True),
    "newspaper4k": _newspaper4k,
    "readability-lxml": _readability_lxml,
    "resiliparse": _resiliparse,
    "rs-trafilatura": _rs_trafilatura,
}
