"""The extractors measured beside ours, each called as its documentation calls it; absent ones say so."""

from __future__ import annotations

import logging
import warnings
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    Predict = Callable[[str, str | None], dict[str, Any]]

__all__ = ["PEERS", "load_peers"]

ABSENT = {
    "rs-trafilatura": "not installed: the package index has its source only, which needs the crates of the Rust index",
    "resiliparse": "not installed: pip install -e '.[bench]'",
    "trafilatura": "not installed",
}


def load_peers(names: list[str]) -> tuple[dict[str, Predict], dict[str, str]]:
    """Return the peers that can run, and why others cannot."""
    warnings.filterwarnings("ignore")
    logging.disable(logging.CRITICAL)  # a peer's complaints about pages
    found, absent = {}, {}
    for name in names:
        try:
            found[name] = PEERS[name]()
        except ImportError:
            absent[name] = ABSENT[name]
    return found, absent


def _trafilatura() -> Predict:
    from trafilatura import bare_extraction  # noqa: PLC0415  # only where it is asked for

    def predict(html: str, url: str | None) -> dict[str, Any]:
        found = bare_extraction(html, url=url, with_metadata=True, include_comments=False)
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


PEERS: dict[str, Callable[[], Predict]] = {
    "trafilatura": _trafilatura,
    "resiliparse": _resiliparse,
    "rs-trafilatura": _rs_trafilatura,
}
