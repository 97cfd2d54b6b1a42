"""Page: decoded, parsed and walked; what metadata and body extraction read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003  # part of the public annotations

from scraper.model.response import Response  # noqa: TC001  # the same
from scraper.page.archived import capture_at, capture_in, capture_of, restored
from scraper.page.decode import decode
from scraper.page.hazard import check
from scraper.page.saved import Saved, note_of, unwrapped
from scraper.page.snapshot import Snapshot, snapshot_of

__all__ = ["Page", "open_page", "page_of"]


@dataclass(frozen=True, slots=True)
class Page:
    """One page, ready to be read; a value."""

    snapshot: Snapshot
    url: str | None = None
    requested_url: str | None = None
    status: int | None = None
    content_type: str | None = None
    encoding: str | None = None
    """WHATWG name of the encoding used; None where the input was text."""
    fetched_at: datetime | None = None
    """Aware, UTC: the only clock that extraction reads. Of a page out of an archive, when it was captured."""
    content_language: str | None = None
    """The HTTP header of that name."""
    problems: tuple[str, ...] = ()
    """What was odd about the transfer and the bytes, in words."""
    doubts: tuple[str, ...] = ()
    """Of these, what touches the text itself: bytes that were not read as they are labelled, or not wholly."""
    whole: Snapshot | None = None
    """The page with its <nav> and <footer>, to explain what was dropped; only where asked for. The article is always
    read from `snapshot`, so that explaining cannot change it."""
    archived: str | None = None
    """Out of which archive it comes, and of when it is, in words; None for a page of the live web."""
    source: bytes = field(default=b"", repr=False)
    """The page in UTF-8, for a second opinion."""


def open_page(response: Response, *, whole: bool = False) -> Page:
    """Return the page of a response; `whole` fills `Page.whole`.

    Raises:
        NotHtml: the body is binary.
        Undecodable: no text could be made of the body.
        TooComplex: the markup would wedge the parser.

    """
    content_type = response.header("content-type")
    saved = unwrapped(response.body)
    if saved:
        decoded = decode(saved.html, saved.content_type, url=response.url)
    else:
        decoded = decode(response.body, content_type, url=response.url)
    check(decoded.utf8, url=response.url)
    capture = capture_of(response)
    html = restored(decoded.utf8, capture) if capture else decoded.utf8
    return Page(
        snapshot=snapshot_of(html),
        url=(capture and capture.url) or response.url,
        requested_url=response.requested_url,
        status=response.status,
        content_type=content_type,
        encoding=decoded.encoding,
        fetched_at=(capture and capture.at) or response.fetched_at,
        content_language=response.header("content-language"),
        problems=response.problems + decoded.problems,
        doubts=decoded.problems,
        whole=snapshot_of(html, whole=True) if whole else None,
        archived=capture.note if capture else None,
        source=html,
    )


def page_of(html: str | bytes, url: str | None = None, *, now: datetime | None = None, whole: bool = False) -> Page:
    """Return the page of HTML at hand, without any network; of MHTML or a webarchive, the page that it holds.

    Args:
        html: text, or bytes whose encoding is found as browsers do.
        url: base for relative links; part of the article's identity. None: as noted when the page was saved, if it was.
        now: when the page was fetched; bounds dates. None: when it was saved, as noted; else dates are not bounded.
        whole: fill `Page.whole`.

    Raises:
        NotHtml: the bytes are binary.
        Undecodable: no text could be made of the bytes.
        TooComplex: the markup would wedge the parser.

    """
    saved = unwrapped(html) or note_of(html) or Saved(html)
    decoded = decode(saved.html, saved.content_type, url=url)
    check(decoded.utf8, url=url)
    address = url or saved.url
    capture = capture_at(address) or capture_in(decoded.utf8)
    page = restored(decoded.utf8, capture) if capture else decoded.utf8
    return Page(
        snapshot=snapshot_of(page),
        url=(capture and capture.url) or address,
        requested_url=url,
        encoding=decoded.encoding,
        fetched_at=now or (capture and capture.at) or saved.at,
        problems=decoded.problems,
        doubts=decoded.problems,
        whole=snapshot_of(page, whole=True) if whole else None,
        archived=capture.note if capture else None,
        source=page,
    )
