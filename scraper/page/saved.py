"""Pages that a browser saved: MHTML (RFC 2557), Safari's webarchive, and the note that other ways of saving leave.

What is saved holds more than markup: where the page stood, and when it was saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scraper.errors import NotHtml, TooComplex
from scraper.page.decode import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

__all__ = ["Saved", "mail_date", "note_of", "unwrapped"]

_WEBARCHIVE = (b"bplist00", b"WebMainResource")
_HEADERS = 16_384
"""Bytes that the headers of an archive, or of a part of it, may have; browsers write some 500."""
_MIME = re.compile(rb"[\s\xef\xbb\xbf]*[A-Za-z][A-Za-z-]{2,40}:[ \t]")
_MULTIPART = re.compile(rb"^content-type:\s*multipart/", re.IGNORECASE | re.MULTILINE)
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")
_LEVELS = 4
"""Multiparts inside of multiparts: mail has three at most (mixed, related, alternative)."""
_PARTS = 10_000
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_NOTE_HEAD = 4096
"""Bytes in which a note stands: browsers write it before <html>, SingleFile right after."""
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d{4,5}\)(https?://[^\s<>\"]{4,2000}) -->")
"""Internet Explorer's mark of the web, which Chromium and Edge write, too, for "Webpage, complete"."""
_SINGLE_FILE = re.compile(
    r"<!--\s*Page saved with SingleFile\s+url:\s*(https?://[^\s<>\"]{4,2000})\s([^<>]{0,400}?)-->"
)
_SAVED_DATE = re.compile(r"saved date:\s*\w{3} (\w{3} \d{1,2} \d{4} \d\d:\d\d:\d\d GMT[+-]\d{4})")
"""As JavaScript's Date.toString() writes it (ECMA-262, 21.4.4.41.4)."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A page as it was saved."""

    html: str | bytes
    content_type: str | None = None
    """With the charset that the archive names, where it names one."""
    url: str | None = None
    at: datetime | None = None
    """When it was saved; aware."""


def unwrapped(html: str | bytes) -> Saved | None:
    """Return the page that an archive of one page holds; None where the input is no archive.

    Args:
        html: MHTML, a webarchive or anything else, whole.

    Raises:
        NotHtml: an archive or an e-mail without any HTML.
        TooComplex: an archive of more than `MAX_BYTES`.

    """
    head = html[:_HEADERS]
    head = head.encode("utf-8", "replace") if isinstance(head, str) else head
    if head.startswith(_WEBARCHIVE[0]) and isinstance(html, bytes) and _WEBARCHIVE[1] in html:
        return _from_webarchive(_bounded(html))
    if _MIME.match(head) and _MULTIPART.search(head):
        return _from_mhtml(_bounded(html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html))
    return None


def note_of(html: str | bytes) -> Saved | None:
    """Return the page with the address (and time) that the program which saved it noted in its head; None without."""
    head = html[:_NOTE_HEAD]
    head = head.decode("utf-8", "replace") if isinstance(head, bytes) else head
    if "saved from url=" in head and (found := _SAVED_FROM.search(head)):
        return Saved(html, url=found[1])
    if "SingleFile" in head and (found := _SINGLE_FILE.search(head)):
        date = _SAVED_DATE.search(found[2])
        return Saved(html, url=found[1], at=_javascript_date(date[1]) if date else None)
    return None


def _bounded(archive: bytes) -> bytes:
    if len(archive) > MAX_BYTES:
        raise TooComplex(f"the saved page has {len(archive):,} bytes, more than {MAX_BYTES:,}")
    return archive


def _javascript_date(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, "%b %d %Y %H:%M:%S GMT%z")
    except ValueError:
        return None


def _from_webarchive(archive: bytes) -> Saved:
    import plistlib  # noqa: PLC0415  # few pages come so

    try:
        main = plistlib.loads(archive)["WebMainResource"]
        html, kind = bytes(main["WebResourceData"]), str(main.get("WebResourceMIMEType", "text/html"))
        url, charset = main.get("WebResourceURL"), main.get("WebResourceTextEncodingName")
    except Exception as error:  # plistlib raises nine kinds on a damaged file
        raise NotHtml("a webarchive that cannot be read", advice="save the page again") from error
    if kind not in _PAGES:
        raise NotHtml(f"a webarchive of {kind[:60]}, not of a page")
    return Saved(html, f"{kind}; charset={charset}" if charset else kind, _web_address(url))


def _from_mhtml(archive: bytes) -> Saved:
    head, parts = _opened(archive)
    html = next(_pages_in(head, parts, _LEVELS), None)
    if html is None:
        raise NotHtml("a MIME archive (MHTML, e-mail) without an HTML page", advice="save the page itself")
    part, body = html
    part.set_payload(body.decode("latin-1"))
    content = part.get_payload(decode=True)
    charset = part.get_content_charset()
    kind = part.get_content_type()
    address = _web_address(head.get("Snapshot-Content-Location")) or _web_address(part.get("Content-Location"))
    return Saved(
        content if isinstance(content, bytes) else body,
        f"{kind}; charset={charset}" if charset else kind,
        address,
        mail_date(head.get("Date")),
    )


def _opened(part: bytes) -> tuple[Message, bytes]:
    """Return (headers, body) of an archive or of a part of it."""
    from email.parser import BytesHeaderParser  # noqa: PLC0415  # as above

    part = part.lstrip(b"\r\n \xef\xbb\xbf")
    end = _BLANK_LINE.search(part, 0, _HEADERS)
    return BytesHeaderParser().parsebytes(part[: end.start() if end else 0]), part[end.end() :] if end else b""


def _pages_in(head: Message, body: bytes, levels: int) -> Iterator[tuple[Message, bytes]]:
    """Yield the HTML parts below a multipart, the first one first: in a page saved with its frames that is the page."""
    boundary = head.get_boundary()
    if not boundary or not levels:
        return
    mark = b"--" + boundary.encode("utf-8", "surrogateescape")
    for part in re.split(rb"(?:^|\r?\n)" + re.escape(mark) + rb"[ \t]*(?=\r?\n|--)", body, maxsplit=_PARTS)[1:]:
        inner, content = _opened(part)
        if inner.get_content_type() in _PAGES:
            yield inner, content
        elif inner.get_content_maintype() == "multipart":
            yield from _pages_in(inner, content, levels - 1)


def mail_date(text: str | None) -> datetime | None:
    """Return the time that a date of mail or HTTP (RFC 5322, RFC 9110) names; None for anything else."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415  # as above

    try:
        found = parsedate_to_datetime(str(text)) if text else None
    except (ValueError, OverflowError):
        return None
    return found.replace(tzinfo=UTC) if found and found.tzinfo is None else found


def _web_address(value: object) -> str | None:
    """Return an http(s) URL, None for anything else that an archive may name (cid:, file:, thismessage:)."""
    text = "".join(str(value).split()) if value else ""
    return text if text.lower().startswith(("http://", "https://")) and len(text) <= 2000 else None  # noqa: PLR2004  # bound of the notes
