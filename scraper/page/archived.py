"""Pages out of a web archive: whose page it is, when it was captured, and its markup as the site had written it.

Archives of the Wayback family (OpenWayback, pywb) serve a capture at /<collection>/<timestamp><modifier>/<address>, and
write its links anew so that they stay in the archive. Others say the same in headers (RFC 7089, "Memento"). Whose page
it is decides the record's identity: only known archives are believed, and a page of any other host is that host's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.page.saved import mail_date

if TYPE_CHECKING:
    from scraper.model.response import Response

__all__ = ["Capture", "capture_at", "capture_in", "capture_of", "restored"]

_ADDRESS = re.compile(
    r"((?:https?:)?//[^/?#\s]+)(/(?:[^/?#\s]{1,40}/){0,3}?)(\d{4,14})(?:[a-z]{2}_)?/"
    r"(https?:/{1,2}[^/\s]\S*|[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?(?:[/?]\S*)?)",
    re.IGNORECASE,
)
"""Archive, collection, timestamp, address."""
_MODIFIER = rb"(?:[a-z]{2}_)?"
"""As in "id_" (as captured), "if_" (without the bar), "im_" (a picture)."""
_BAR = (b"<!-- BEGIN WAYBACK TOOLBAR INSERT -->", b"<!-- END WAYBACK TOOLBAR INSERT -->")
_WAYBACK = ("https://web.archive.org", "/web/")
"""Where timestamps may be cut and addresses may lack their scheme; elsewhere that could be anything."""
_KNOWN = (
    "archive.org", "archive-it.org", "arquivo.pt", "nationalarchives.gov.uk", "webarchive.org.uk", "webarchive.loc.gov",
    "perma.cc", "vefsafn.is", "webarchiv.cz", "web.archive.bibalex.org", "archive.today", "archive.ph", "archive.is",
    "archive.li", "archive.md", "archive.vn", "archive.fo", "localhost", "127.0.0.1",
)  # fmt: skip
"""Hosts, with those below them, of public web archives; the last two are archives of the user's own."""
_LINK = re.compile(r"<([^<>]*)>([^<]*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,]+))", re.IGNORECASE)
_LONGEST = 2000
_DIGITS = 14


@dataclass(frozen=True, slots=True)
class Capture:
    """Where a page out of an archive comes from."""

    url: str | None
    """The page's own address; None where the archive's is not known either."""
    at: datetime | None = None
    """When it was captured; aware, UTC."""
    archive: str = ""
    """Scheme and host of the archive: "https://web.archive.org"; "" for one whose links are not known."""
    path: str = ""
    """What stands before the timestamps in its addresses: "/web/"."""

    @property
    def note(self) -> str:
        """What a reader of the record should know."""
        when = f" of {self.at:%Y-%m-%d}" if self.at else ""
        host = self.archive.rpartition("/")[2]
        return f"an archived copy{when}" + (f", from {host}" if host else "")


def capture_of(response: Response) -> Capture | None:
    """Return the capture that a response is, by its headers and its address; None for a page of the live web."""
    known = capture_at(response.url)
    said = response.header("memento-datetime")
    if said is None or not _is_known(response.url):
        return known or capture_in(response.body)
    original = _original(", ".join([value for name, value in response.headers if name == "link"]))
    if known is None:
        parts = urlsplit(response.url)
        known = Capture(original, archive=f"{parts.scheme}://{parts.netloc}") if original else None
    return replace(known, at=mail_date(said) or known.at, url=original or known.url) if known else None


def capture_at(url: str | None) -> Capture | None:
    """Return the capture that stands at an archive's address; None for any other address."""
    found = _ADDRESS.fullmatch(url) if url and len(url) <= _LONGEST else None
    if found is None or not _is_known(found[1]):
        return None
    archive, path, digits, address = found.groups()
    scheme, mark, rest = address.partition(":/")
    whole = bool(mark) and scheme.lower() in {"http", "https"}
    if path != _WAYBACK[1] and not (whole and len(digits) == _DIGITS):
        return None
    original = f"{scheme.lower()}://{rest.lstrip('/')}" if whole else f"http://{address}"
    return Capture(original, _moment(digits), archive, path)


def _is_known(url: str) -> bool:
    """Whether an address is that of a known archive."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return any(host == known or host.endswith(f".{known}") for known in _KNOWN)


def capture_in(html: str | bytes) -> Capture | None:
    """Return the capture of a page at hand that has the Wayback Machine's bar; its address is not known."""
    begin = _BAR[0] if isinstance(html, bytes) else _BAR[0].decode()
    return Capture(None, None, *_WAYBACK) if begin in html else None  # type: ignore[operator]  # of one kind


def restored(html: bytes, capture: Capture) -> bytes:
    """Return the markup without the archive's bar, and with the links that it had on its site."""
    begin = html.find(_BAR[0])
    end = html.find(_BAR[1], begin)
    if 0 <= begin < end:
        html = html[:begin] + html[end + len(_BAR[1]) :]
    if not capture.path:
        return html
    host = re.escape(capture.archive.partition("//")[2].encode())
    links = re.compile(
        rb"(?<=[\"'=\s(,;])(?:(?:https?:)?//%s)?%s\d{4,14}%s/((?:https?:/|mailto:|tel:)/?[^/\"'\s<>]*)"
        % (host, re.escape(capture.path.encode()), _MODIFIER)
    )
    return links.sub(rb"\1", html)


def _original(links: str) -> str | None:
    """Return the target of rel="original" in a Link header (RFC 8288)."""
    for target, told in _LINK.findall(links):
        rel = _REL.search(told)
        if rel and "original" in (rel[1] or rel[2]).lower().split() and target.startswith(("http://", "https://")):
            return str(target)[:_LONGEST]
    return None


def _moment(digits: str) -> datetime | None:
    """Return the time that a timestamp of 4 to 14 digits means: 2020 is the beginning of that year."""
    whole = digits + "00000101000000"[len(digits) :]
    try:
        return datetime.strptime(whole[:_DIGITS], "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
