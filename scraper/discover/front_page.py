"""Front pages and sections: which of their links lead to articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.discover.listing import Listing, everything, link_url
from scraper.page.page import open_page

if TYPE_CHECKING:
    from scraper.discover.listing import Keep
    from scraper.model.response import Response

__all__ = ["read_page"]


def read_page(response: Response, keep: Keep = everything, limit: int = 50_000) -> Listing:
    page = open_page(response, whole=True)
    return Listing(url=response.url, kind="page")
