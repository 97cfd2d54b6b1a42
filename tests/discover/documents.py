"""Responses made of the fixtures."""

from __future__ import annotations

from pathlib import Path

from scraper.discover.listing import everything
from scraper.discover.reading import read_listing
from scraper.model.response import Response

FIXTURES = Path(__file__).parents[2] / "fixtures"


def response(body, url="https://news.example/listing", content_type=None):
    headers = (("content-type", content_type),) if content_type else ()
    return Response(requested_url=url, url=url, status=200, headers=headers, body=body)


def listed(name, keep=everything, limit=50_000, **options):
    """What a fixture lists, such as "feeds/atom.xml"."""
    path = FIXTURES / name
    return read_listing(response(path.read_bytes(), f"https://news.example/{path.name}"), keep, limit, **options)
