"""Exporter: what every output format can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scraper.model.article import Article

__all__ = ["Exporter"]


class Exporter(Protocol):
    """Writes records to one output; each is out (flushed) when `write` returns."""

    def write(self, article: Article, extra: Mapping[str, Any] | None = None) -> None:
        """Write one record; `extra` adds keys in formats that have keys.

        Raises:
            ExportError: the output cannot be written; the message names the path.

        """

    def close(self) -> None:
        """Write what the format needs at its end; the output stays open."""
