"""Bytes become text: BOM > HTTP header > meta > detection (HTML standard, 13.2.3); labels that the bytes belie lose.

Only the labels of the Encoding Standard are honoured, so no page can ask for a codec that is no charset (hex, zlib,
rot13, idna, utf-7). A label is a claim: bytes that are no UTF-8 are not read as such because a header says so, and
valid UTF-8 is not read as Latin-1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import webencodings

from scraper.compiled import fastest
from scraper.errors import NotHtml, TooComplex, Undecodable
from scraper.page.sniff import binary_kind, inflate, looks_like_markup, typed_otherwise
from scraper.page.utf8 import holds_c1, is_utf8, utf8_of

__all__ = ["MAX_BYTES", "Decoded", "decode"]

MAX_BYTES = 64_000_000
"""Bytes of a body that are looked at; twice what `hazard.check` lets pass as UTF-8, for UTF-16 and UTF-32."""

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32le"),
    (b"\x00\x00\xfe\xff", "utf-32be"),
    (b"\xff\xfe", "utf-16le"),
    (b"\xfe\xff", "utf-16be"),
)
"""Longest first: the BOM of UTF-32LE begins with that of UTF-16LE. UTF-32 is no WHATWG encoding, but unmistakable."""
_HEADER_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';,]+)", re.IGNORECASE)
_META = re.compile(rb"<meta(?=[\s/])[^>]{0,1000}?charset\s*=\s*[\"']?\s*([^\s\"';/>]+)", re.IGNORECASE)
_XML = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']\s*([^\s\"'>]+)", re.IGNORECASE)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_PRESCAN = 1024
"""Bytes that the standard searches for a <meta>."""
_LATE_PRESCAN = 8192
"""Many pages declare it only here."""
_WIDE_SAMPLE = 512
"""Bytes looked at for the NULs of UTF-16 and UTF-32 without a BOM."""
_GARBLED = 0.35
"""Share of undecodable characters among all outside ASCII from which bytes are not in that encoding: text of another
encoding has .5 and more, text cut or spoilt in places under .05."""
_PYTHON_CODECS = {
    "gbk": ("gb18030",),
    "euc-jp": ("euc_jp", "euc_jis_2004"),
    "iso-2022-jp": ("iso2022_jp", "iso2022_jp_ext"),
    "shift_jis": ("cp932", "shift_jis_2004"),
    "utf-32le": ("utf-32-le",),
    "utf-32be": ("utf-32-be",),
}
"""Where the Encoding Standard's decoder is larger than the codec that bears its name; tried in this order."""
_MULTIBYTE = frozenset(("gbk", "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis"))
_SEVEN_BIT = "iso-2022-jp"
_JAPANESE_ESCAPE = re.compile(rb"\x1b\$[@B]")
_ESCAPE = b"\x1b"
"""Begins every Japanese escape; to look for one byte is a hundred times as fast as the pattern."""
_NON_ASCII = re.compile("[^\x00-\x7f]+")
_THREE_BYTES = re.compile("[\u0800-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, and how it was come by."""

    utf8: bytes
    """The text as valid UTF-8, without BOM: what the parser takes."""
    encoding: str | None
    """WHATWG name in lower case (or "utf-32le", "utf-32be"); None where the input was text already."""
    decided_by: str
    """"text", "bom", "header", "meta" or "detection"."""
    problems: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text as str."""
        return self.utf8.decode("utf-8")


@dataclass(frozen=True, slots=True)
class _Claim:
    name: str
    source: str


def decode(html: str | bytes, content_type: str | None, *, url: str | None = None) -> Decoded:
    """Return the text of a page.

    Args:
        html: text, or bytes in any encoding; still gzipped bytes are inflated.
        content_type: the HTTP header, or None.
        url: named in errors.

    Raises:
        NotHtml: an image, a PDF or other binary, by its bytes or by a declared type that its bytes do not belie.
        Undecodable: gzip data without any content.
        TooComplex: more than `MAX_BYTES`.

    """
    return _undoubled(_from_text(html) if isinstance(html, str) else _from_bytes(html, content_type, url))


def _from_bytes(html: bytes, content_type: str | None, url: str | None) -> Decoded:
    problems: list[str] = []
    body = _unpacked(html, problems, url) if html.startswith(b"\x1f\x8b") else html
    if len(body) > MAX_BYTES:
        raise TooComplex(f"the page has {len(body):,} bytes, more than {MAX_BYTES:,}", url=url)
    bom = next(((mark, name) for mark, name in _BOMS if body.startswith(mark)), None)
    if bom:
        decoded = _read_as(body[len(bom[0]) :], _Claim(bom[1], "bom"), problems)
        if decoded is not None:
            return decoded
    wide = _without_bom(body)
    if wide is None:
        _refuse_binary(body, content_type, url)
    return _decide(body, wide, content_type, problems)


def _from_text(html: str) -> Decoded:
    try:
        return Decoded(_utf8_of(html.removeprefix("\ufeff")), None, "text")
    except UnicodeEncodeError:
        # Two surrogates that belong together become their character, the others U+FFFD.
        text = html.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        return Decoded(text.encode("utf-8"), None, "text", ("lone surrogates were replaced",))


def _undoubled(decoded: Decoded) -> Decoded:
    r"""Undo UTF-8 that a program took for Latin-1 and encoded once more: "itâ\x80\x99s" for "it’s".

    Told by C1 controls, which no page means, and by every character of the page being a byte of valid UTF-8: true of
    26 of 38 pages of wcxb-dev with such controls, 10 of 11 of english-dev, and of none of the nine of the other sets.
    """
    if not _holds_c1(decoded.utf8):
        return decoded
    try:
        once = decoded.utf8.decode("utf-8").encode("latin-1")
        once.decode("utf-8")
    except UnicodeError:
        return decoded
    return replace(decoded, utf8=once, problems=(*decoded.problems, "the text was encoded as UTF-8 twice"))


def _unpacked(body: bytes, problems: list[str], url: str | None) -> bytes:
    try:
        content, whole = inflate(body, MAX_BYTES)
    except OverflowError:
        raise TooComplex(f"the gzip data holds more than {MAX_BYTES:,} bytes", url=url) from None
    if not content:
        raise Undecodable("the body is gzip data that cannot be read", url=url)
    problems.append("the body was still gzipped" + ("" if whole else " and is cut short"))
    return content


def _refuse_binary(body: bytes, content_type: str | None, url: str | None) -> None:
    kind = binary_kind(body)
    if kind is None and typed_otherwise(content_type, body):
        kind = f"declared as {str(content_type).split(';')[0].strip()[:60]}"
    if kind:
        raise NotHtml(f"the body is {kind}, not HTML", url=url, advice="give a web page")


def _without_bom(body: bytes) -> str | None:
    """Return the encoding that NULs between ASCII characters give away."""
    sample = body[:_WIDE_SAMPLE]
    if b"\0" not in sample or not looks_like_markup(sample):
        return None
    quarter = len(sample) // 4
    nuls = [sample[i::4].count(0) for i in range(4)]
    most = quarter * 0.7
    if nuls[1] > most and nuls[2] > most and nuls[3] > most and nuls[0] < quarter * 0.1:
        return "utf-32le"
    if nuls[0] > most and nuls[1] > most and nuls[2] > most and nuls[3] < quarter * 0.1:
        return "utf-32be"
    odd, even = nuls[1] + nuls[3], nuls[0] + nuls[2]
    if odd > quarter * 0.5 and even * 8 < odd:
        return "utf-16le"
    if even > quarter * 0.5 and odd * 8 < even:
        return "utf-16be"
    return None


def _decide(body: bytes, wide: str | None, content_type: str | None, problems: list[str]) -> Decoded:
    if wide:
        decoded = _read_as(body, _Claim(wide, "detection"), problems)
        if decoded is not None:
            return decoded
    is_utf8 = _is_utf8(body)
    claims = [*_header_claim(content_type, problems), *_meta_claim(body, problems)]
    if not wide:  # no page in UTF-16 is without NULs
        claims = [claim for claim in claims if not claim.name.startswith("utf-16")]
    if _ESCAPE in body and _JAPANESE_ESCAPE.search(body) and (not is_utf8 or body.isascii()):
        seven_bit = next((c for c in claims if c.name == _SEVEN_BIT), _Claim(_SEVEN_BIT, "detection"))
        decoded = _read_as(body, seven_bit, problems)
        if decoded is not None:
            return decoded
    if is_utf8 and (decided := _utf8_decides(body, claims, problems)):
        return decided
    agreed = claims[0] if len({claim.name for claim in claims}) == 1 else None
    if agreed and agreed.name != "utf-8" and _plausible(body, agreed):
        decoded = _read_as(body, agreed, problems)
        if decoded is not None:
            return decoded
    return _by_evidence(body, claims, problems)


def _utf8_decides(body: bytes, claims: list[_Claim], problems: list[str]) -> Decoded | None:
    """Return the result for bytes that are valid UTF-8, unless they are as well what the first claim says."""
    first = claims[0] if claims else None
    if first is None or first.name == "utf-8":
        return Decoded(body, "utf-8", first.source if first else "detection", tuple(problems))
    if not _belied_by_utf8(first, body):
        return None
    problems.append(f"declared as {first.name}, but is utf-8")
    return Decoded(body, "utf-8", "detection", tuple(problems))


def _by_evidence(body: bytes, claims: list[_Claim], problems: list[str]) -> Decoded:
    """Read bytes whose labels are missing, contradict each other or cannot be right."""
    from scraper.page.detect import best_encoding  # noqa: PLC0415  # tables that hardly any page needs

    if any(claim.name == "utf-8" for claim in claims) or not claims:
        decoded = _read_as(body, _Claim("utf-8", claims[0].source if claims else "detection"), problems)
        if decoded is not None:
            return decoded
    name = best_encoding(body, [claim.name for claim in claims])
    source = next((claim.source for claim in claims if claim.name == name), "detection")
    wrong = next((claim.name for claim in claims if claim.name != name), None)
    if wrong:
        problems.append(f"declared as {wrong}, but is {name}")
    text, _ = _text_of(body, name)
    return Decoded(text.encode("utf-8", "replace"), name, source, tuple(problems))


def _belied_by_utf8(claim: _Claim, body: bytes) -> bool:
    """Whether bytes that are valid UTF-8 cannot be in the claimed encoding."""
    if body.isascii():
        return claim.name in {"utf-16le", "utf-16be", "x-user-defined"}  # any other claim reads the same
    return claim.name not in _MULTIBYTE or _THREE_BYTES.search(body.decode("utf-8")) is not None


def _plausible(body: bytes, claim: _Claim) -> bool:
    """Whether text of a legacy claim looks like a language written with it; the others prove themselves."""
    if claim.name == _SEVEN_BIT or claim.name.startswith("utf-"):
        return True
    from scraper.page.detect import is_plausible  # noqa: PLC0415  # tables that hardly any page needs

    return is_plausible(body, claim.name)


def _read_as(body: bytes, claim: _Claim, problems: list[str]) -> Decoded | None:
    """Return the text under a claim, or None where the bytes belie it."""
    text, bad = _text_of(body, claim.name)
    if bad:
        characters = sum(map(len, _NON_ASCII.findall(text)))
        cut_at_end = bad == 1 and text.endswith("\ufffd") and (characters > 1 or claim.source != "detection")
        if bad > characters * _GARBLED and not cut_at_end:
            return None
        problems.append("the text is cut inside a character" if cut_at_end else f"{bad} undecodable characters")
    return Decoded(text.encode("utf-8", "replace"), claim.name, claim.source, tuple(problems))


def _text_of(body: bytes, name: str) -> tuple[str, int]:
    """Return the text under an encoding and the number of sequences that had to be replaced."""
    encoding = webencodings.lookup(name)
    codecs = _PYTHON_CODECS.get(name) or (encoding.codec_info.name if encoding else name,)
    for codec in codecs:
        try:
            return body.decode(codec), 0
        except UnicodeDecodeError:
            continue
    text = body.decode(codecs[0], "replace")
    already = body.count(b"\xef\xbf\xbd") if name == "utf-8" else 0
    return text, max(1, text.count("\ufffd") - already)


def _header_claim(content_type: str | None, problems: list[str]) -> list[_Claim]:
    found = _HEADER_CHARSET.search(content_type[:1000]) if content_type else None
    return _claim(found.group(1), "header", problems) if found else []


def _meta_claim(body: bytes, problems: list[str]) -> list[_Claim]:
    for length in (_PRESCAN, _LATE_PRESCAN):
        head = body[:length]
        if b"<!--" in head:
            head = _COMMENT.sub(b"", head)
        found = _META.search(head) or _XML.match(head)
        if found:
            claims = _claim(found.group(1).decode("ascii", "replace"), "meta", problems)
            # A meta that could be read as ASCII proves that the page is not in UTF-16 (HTML standard, 13.2.3.2).
            return [_Claim("utf-8", "meta") if claim.name.startswith("utf-16") else claim for claim in claims]
    return []


def _claim(label: str, source: str, problems: list[str]) -> list[_Claim]:
    encoding = webencodings.lookup(label) if label.isascii() else None
    if encoding is None or encoding.name == "replacement":
        problems.append(f"unknown encoding {label[:40]!r} in the {source}")
        return []
    name = "windows-1252" if encoding.name == "x-user-defined" and source == "meta" else encoding.name
    return [_Claim(name, source)]


_is_utf8 = fastest(is_utf8, "source")
_holds_c1 = fastest(holds_c1, "source")
_utf8_of = fastest(utf8_of, "source")
