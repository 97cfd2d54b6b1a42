"""Names of files made from what pages say: inside their folder, unique and the same in every run, by construction.

Letters a-z, digits and "-" of the URL or headline make a name readable; the article's id at its end makes it unique. So
no name is a path, begins with "-" or ".", is a device of Windows, differs by case or Unicode form alone, or is longer
than a file system allows (255 bytes).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from scraper.model.article import Article

__all__ = ["file_id", "stem_of"]

_ID = re.compile(r"[0-9a-f]{16}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_OTHER = re.compile(r"[^a-z0-9]+")
_WWW = re.compile(r"^www\.")
_READABLE = 100
"""Characters of the readable part: with the id, a suffix and a prefix for writing aside far below 255."""


def file_id(article: Article) -> str:
    """Return the article's id, or, of an id that is none of ours, a hash."""
    if _ID.fullmatch(article.id):
        return article.id
    return hashlib.sha256(article.id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def stem_of(article: Article, name: str) -> str:
    """Return the name of an article's file without its suffix.

    Args:
        article: the article.
        name: "id": its id alone; "url": host and path, id; "date": day of publication ("undated"), headline, id.

    """
    own = file_id(article)
    match name:
        case "url":
            readable = _of_url(article.canonical_url or article.url or article.requested_url or "")
        case "date":
            day = _DAY.match(article.date_published or "")
            readable = f"{day[0] if day else 'undated'} {article.headline or ''}"
        case _:
            return own
    slug = _slug(readable)
    return f"{slug}-{own}" if slug else own


def _of_url(url: str) -> str:
    try:
        parts = urlsplit(url)
        return f"{_WWW.sub('', parts.hostname or '')} {unquote(parts.path)}"
    except ValueError:
        return url


def _slug(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text[: _READABLE * 4]).encode("ascii", "ignore").decode("ascii")
    return _OTHER.sub("-", plain.lower()).strip("-")[:_READABLE].rstrip("-")
