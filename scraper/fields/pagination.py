"""Where an article goes on: the address of its next page, as `rel=next` or the page numbers below it name it.

Both are used for other things, too: the next post of a blog, the next page of a listing or of the comments. So what the
link says counts for little, and the address decides: it must be the page's own, with the next number behind it.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scraper.compiled import fastest
from scraper.fields.values import absolute_url, host_of
from scraper.model.url import normalise
from scraper.page.links import base_url_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.page.page import Page

__all__ = ["hrefs_naming", "is_first_page", "names_its_pages", "next_page"]

_WORD = "page|seite|p|pg|pagina|página|pagenum|page_num|paged|sivu|strana|str|sida|side|sayfa|stranica|halaman|trang|pn"
"""What paging parameters are called: "page" in many languages."""
_FORMS = (
    re.compile(rf"(?<=[?&])(?:{_WORD})=0?(\d{{1,3}})(?:&|$)", re.IGNORECASE),
    re.compile(rf"/(?:{_WORD})[/_-]?0?(\d{{1,3}})(?=(?:\.\w{{2,5}})?/?(?:\?|$))", re.IGNORECASE),
    re.compile(rf"[_,-](?:{_WORD})[_-]?0?(\d{{1,3}})(?=(?:\.\w{{2,5}})?/?(?:\?|$))", re.IGNORECASE),
    re.compile(r"[/_,-]0?(\d{1,3})(?=(?:\.\w{2,5})?/?(?:\?|$))"),
)
"""Where a page's number stands: ?page=2, /page/2, -page-2.html, and without a word /2, _2.html, ,2.html."""
_ENDS_IN_NUMBER = re.compile(r"\d(?:\.\w{2,5})?/?(?:[?&]|$)")
"""What every address with a page's number has: most have none."""
_BARE = len(_FORMS) - 1
_HREF = re.compile(rb"""href=["']?([^"'\s<>]{1,2000})""")
_AFTER_HOST = re.compile("[/?:]")
_RELATIVE = re.compile(rb"(?:\./)?[?0-9]")
"""An href that names only what is different."""
_RELATIVE_STARTS = frozenset(b".?0123456789")
"""First bytes of such an href."""
_LITERAL = re.compile(rb"(?:/|https?:)(?!.*\.\.)[^%]*$")
"""An href that has its number as it stands there, set apart from other digits as every one of `_FORMS` does."""
_MOST_CANDIDATES = 300
"""Links looked at closely; an article has a few for every page, and its share buttons."""
_TAG_BYTES, _TEXT_BYTES = 2500, 400
"""Bytes around an href that its tag and its text may take."""
_MARKUP = re.compile(r"<[^<>]{0,500}>")
_NEXT = re.compile(
    r"(?<!\w)(?:next|weiter|nächste|continue|suivante?|siguiente|successiva|avanti|próxima|seguinte|volgende|næste|neste"
    r"|nästa|seuraava|następna|dalej|další|ďalšia|următoarea|sljedeća|sledeća|следующая|далее|вперед|наступна|далі|sonraki"
    r"|επόμενη|következő|selanjutnya|berikutnya|tiếp|التالية?|הבא|अगला)(?!\w)|次|下一|다음|[»›→]|>\s*$",
    re.IGNORECASE,
)
"""The next page, in the words and signs of page numbers."""
_COMMENTS = re.compile(r"comment|kommentar|coment|reacti|repl(?:y|ies)|review-list|forum", re.IGNORECASE)


class _Place(NamedTuple):
    """An address taken apart."""

    stem: str
    number: int
    form: int
    """Index of `_FORMS`; -1 for an address without a number."""


def next_page(page: Page, canonical: str | None = None) -> str | None:
    """Return the address of the article's next page where the page names one, else None.

    Args:
        page: any page of the article.
        canonical: the address that the page calls its own, besides the one that it was asked for by.

    """
    own = [place for url in dict.fromkeys((page.url, canonical)) if url for place in _places(url)]
    numbers = {str(place.number + 1) for place in own}
    tails = {_tail(place.stem) for place in own}
    links = list(islice(_hrefs(page.source, numbers, tails - {""}), _MOST_CANDIDATES))
    if not links:
        return None
    base = base_url_of(page.snapshot, page.url)
    hosts = {_AFTER_HOST.split(place.stem.removeprefix("//"), maxsplit=1)[0] for place in own}
    for at, href in links:
        url = absolute_url(href, base)
        for there in _places(url) if url and _may_be_at(url, hosts) else ():
            if _follows(there, own) and _says_so(page.source, at, href, there.number):
                return url
    return None


def is_first_page(url: str) -> bool:
    """Return whether an address may be that of an article's first page: it names no number, or 1."""
    return all(place.number == 1 for place in _places(url))


def names_its_pages(url: str | None) -> bool:
    """Return whether an address is a first page's, or says "page": a mere number may as well be the article's own."""
    return url is None or is_first_page(url) or _places(url)[0].form < _BARE


def _may_be_at(url: str, hosts: set[str]) -> bool:
    """Return whether an address can be on one of the hosts: those of share buttons are not. In doubt, it can."""
    return host_of(url).rstrip(".") in hosts or "[" in url or not url.isascii()


def _places(url: str) -> list[_Place]:
    """Return what an address may be: page n of another one, by each form that fits, or an article of its own."""
    text = normalise(url.partition("#")[0])
    text = "//" + text.partition("://")[2].removeprefix("www.")
    found = []
    for form, pattern in enumerate(_FORMS) if _ENDS_IN_NUMBER.search(text) else ():
        match = pattern.search(text)
        if match and int(match[1]):
            found.append(_Place(_bare(text[: match.start()] + text[match.end() :]), int(match[1]), form))
            break
    if not found or found[0].form == _BARE:
        found.append(_Place(_bare(text), 1, -1))
    return found


def _bare(text: str) -> str:
    return text.rstrip("?&").rstrip("/").replace("/?", "?").replace("/.", ".")


def _follows(there: _Place, own: list[_Place]) -> bool:
    """Return whether an address is that of the page after ours: the number one higher, all else the same."""
    return there.form >= 0 and any(
        there.stem == place.stem and there.number == place.number + 1 and place.form in {-1, there.form}
        for place in own
    )


def _tail(stem: str) -> str:
    """Return what every absolute address of the article's pages holds: the last part of its path, as far as it goes."""
    path = stem.partition("?")[0].rstrip("/")
    name = path.rpartition("/")[2]
    return name.rpartition(".")[0] or name


def _hrefs(source: bytes, numbers: set[str], tails: set[str]) -> Iterator[tuple[int, str]]:
    """Yield where each link stands that may be the next page's, and its address: a page has hundreds of others."""
    digits = sorted(number.encode() for number in numbers)
    alone = re.compile(rb"(?<!\d)0?(?:%s)(?!\d)" % b"|".join(digits))
    names = [tail.encode() for tail in sorted(tails)]
    last = None
    for at, value in _hrefs_naming(source, digits, names):
        if value == last:
            continue
        relative = value[0] in _RELATIVE_STARTS
        if (relative and _RELATIVE.match(value)) or (
            (not relative or any(name in value for name in names))
            and (alone.search(value) or not _LITERAL.match(value))
        ):
            last = value
            yield at, _unescaped(value)


def hrefs_naming(source: bytes, numbers: list[bytes], tails: list[bytes]) -> list[tuple[int, bytes]]:
    """Return (where it stands, value) of the links that name a number, and a tail unless they may be relative."""
    values = _HREF.findall(source)
    named = {value for tail in tails for value in values if tail in value}
    likely = named.union(value for value in values if value[0] in _RELATIVE_STARTS)
    wanted = {value for value in likely if any(number in value for number in numbers)}
    return [(at.start(1), at[1]) for at in _HREF.finditer(source) if at[1] in wanted] if wanted else []


def _unescaped(value: bytes) -> str:
    return value.decode("utf-8", "replace").replace("&amp;", "&").replace("&#038;", "&").strip()


def _says_so(source: bytes, at: int, href: str, number: int) -> bool:
    """Return whether the link calls itself the next page, or that page's number, and not one of comments."""
    opened = source.rfind(b"<", max(0, at - _TAG_BYTES), at)
    closed = source.find(b">", at, at + _TAG_BYTES)
    if opened < 0 or closed < 0:
        return False
    tag = (
        source[opened : closed + 1].decode("utf-8", "replace").replace(href, "").replace(href.replace("&", "&amp;"), "")
    )
    if _COMMENTS.search(href.partition("#")[2]) or _COMMENTS.search(tag):
        return False
    if re.search(r"\brel\s*=\s*[\"']?[^\"'>]*\bnext\b", tag, re.IGNORECASE):
        return True
    if not re.match(r"<a\b", tag, re.IGNORECASE):
        return False
    rest = source[closed + 1 : closed + 1 + _TEXT_BYTES].decode("utf-8", "replace")
    text = _MARKUP.sub(" ", re.split(r"</a\b", rest, maxsplit=1, flags=re.IGNORECASE)[0])
    text = " ".join(text.replace("&raquo;", "»").replace("&rsaquo;", "›").replace("&gt;", ">").split())
    return not _COMMENTS.search(text) and bool(
        re.search(rf"(?<![\d.,:/])0?{number}(?![\d.,:]\d|\d)", text)
        or _NEXT.search(text)
        or _NEXT.search(tag.strip("<>/ "))
    )


_hrefs_naming = fastest(hrefs_naming, "hrefs")
