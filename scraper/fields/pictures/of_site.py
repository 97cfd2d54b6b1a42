"""Pictures that stand for a site: what a page names to machines where its article has none of its own."""

from __future__ import annotations

import re

from scraper.fields.pictures.pictures import is_furniture_file
from scraper.fields.values import host_of

__all__ = ["stands_for_site"]

_MARKS = frozenset("default logo logos placeholder fallback favicon blank noimage noimg nophoto nopic dummy".split())
"""One of these is in the file name."""
_CARDS = frozenset("og opengraph share social meta icon icons".split())
"""The same, where no folder says that the picture is made for this page: "/images/og-image.png", "apple-touch-icon.png"."""
_GENERIC = frozenset(
    """og opengraph open graph facebook fb twitter linkedin whatsapp social share sharing shared card cards seo meta site website
    web page app image images img imgs pic picture photo foto bild thumb thumbnail teaser header footer banner main home big large
    small medium mini wide square quadrat full hd preview cover cropped scaled resized retina light dark white black color colour
    transparent no none some the apple touch icon icons new old final version v1 v2 v3 jpg jpeg png gif webp svg ico en de fr es
    it pt ru nl png8 rgb cmyk data csm crop x ldjson jsonld schema structured amp rss feed publisher brand branding""".split()
)
"""Words that say how a file is used, and not what it shows."""
_SIZES = frozenset("100 120 144 150 152 180 192 200 250 256 300 400 440 500 512 600 627 628 630 640 720 800 900 960 1000 1024 1080 1200 1280 1400 1500 1600 1920 2000".split())  # fmt: skip
"""Of sides, in pixels; other numbers tell one picture from the next."""
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WORD = re.compile(r"[a-z]+\d?|\d+")
_BY = re.compile(r"\d+x\d+|(?<![a-z0-9])(?=[a-f0-9]*\d)[a-f0-9]{8,}(?![a-z0-9])")
"""A size, or a checksum of the file."""
_FEW = 3
_QUERY_OF_PAGE = re.compile(r"(?:^|[&?])(?:path|title|text|slug|url|heading|id)=", re.IGNORECASE)
_NUMBER = re.compile(r"\d{3,}")
"""In a folder: the page's number; "uploads/2022/11" tells no more than when."""


def stands_for_site(url: str, page_url: str | None) -> bool:
    """Whether a picture that the article does not show is the site's logo or its stand-in, by its address.

    Its name holds "logo", "default" or "share" and, beside words of every file and of the site's host, nothing that tells
    what is seen. Of 2,279 pages, 71 declare such a picture. A card that is drawn for each page names it in its folder or
    in its query.
    """
    path = url.partition("?")[0].rstrip("/")
    drawn = url if path.endswith(".svg") else url.replace(".svg", "")  # a drawing turned into pixels tells more
    if is_furniture_file(drawn, captioned=True):
        return True
    folders, _, name = path.rpartition("/")
    words = _WORD.findall(_BY.sub(" ", _HUMP.sub(" ", name).lower()))
    host = f"{host_of(page_url)} {host_of(url)}".replace("-", "")
    marked = False
    for word in words:
        rest = word.removesuffix("logo") if word not in _MARKS else ""
        if rest != word:
            marked = True
        if rest and rest not in _GENERIC and rest not in _SIZES and len(rest) >= _FEW and rest not in host:
            return False
        if rest and rest.isdigit() and rest not in _SIZES and len(rest) >= _FEW:
            return False
    if marked:
        return True
    card = not _CARDS.isdisjoint(words) or ("open" in words and "graph" in words)
    return card and not _is_of_page(folders.rpartition("/")[2], url.partition("?")[2], page_url)


def _is_of_page(folder: str, query: str, page_url: str | None) -> bool:
    """Whether the folder of a card, or its query, speaks of the page: one of its words, a number, a title."""
    if _QUERY_OF_PAGE.search(query) or _NUMBER.search(folder):
        return True
    words = [word for word in _WORD.findall(folder.lower()) if word not in _GENERIC and len(word) >= _FEW]
    path = (page_url or "").partition("://")[2].partition("/")[2].lower()
    return any(word in path for word in words)
