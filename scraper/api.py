"""The library's front door for pages at hand: HTML in, article out. No network, no clock, no state.

The extraction itself is imported by the first call: it is most of the package, and its tables take .1 s to build.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypedDict, Unpack

from scraper.errors import NotAnArticle
from scraper.settings import ExtractSettings

if TYPE_CHECKING:
    from datetime import datetime

    from scraper.model.article import Article
    from scraper.model.extraction import Extraction
    from scraper.sites.memories import SiteMemories
    from scraper.sites.memory import SiteMemory
    from scraper.sites.registry import SiteRules

__all__ = ["ExtractOptions", "article_of", "explain", "extract"]

_DEFAULT = ExtractSettings()


class ExtractOptions(TypedDict, total=False):
    """Single fields of `ExtractSettings` as keyword arguments; they win over `settings`."""

    keep_all: bool
    markdown: bool
    blocks: bool


def extract(
    html: str | bytes,
    url: str | None = None,
    *,
    settings: ExtractSettings = _DEFAULT,
    now: datetime | None = None,
    memory: SiteMemory | SiteMemories | None = None,
    rules: SiteRules | None = None,
    **options: Unpack[ExtractOptions],
) -> Article:
    """Return the article of a page.

    A pure function of its arguments, safe in threads.

        >>> article = extract(html, url="https://www.lornecourier.example/2026/03/tide-mill-turns-again/")
        >>> article.headline, article.date_published, article.word_count
        ('After sixty years, the tide mill at Lorne turns again', '2026-03-14T09:20:00+00:00', 343)

    Args:
        html: the page; of bytes, the encoding is found as browsers do. MHTML and webarchives are opened.
        url: where the page stands; base for relative links and the article's identity. None: what a browser noted
            when it saved the page, if it was saved.
        settings: what to ask for.
        now: when the page was fetched, aware; dates after it are refused. None: no such bound.
        memory: what is known of the page's site, or of many sites; what the site repeats is dropped. Use
            `memory.learned(explain(html, url, memory=memory))` to learn.
        rules: site rules, from `read_rules(folder)`; the one for the page goes before all else.
        **options: single settings, such as `keep_all=True`, `markdown=True`, `blocks=True`.

    Raises:
        NotAnArticle: the page holds none; `keep_all=True` returns a record all the same.
        NotHtml: the bytes are a PDF, an image or another binary.
        Undecodable: no text could be made of the bytes.
        TooComplex: the markup would wedge the parser.

    """
    from scraper.extraction import extract_page  # noqa: PLC0415  # see above
    from scraper.page.page import page_of  # noqa: PLC0415  # see above

    settings = replace(_settings(settings), **options)
    page = page_of(_page(html), _address(url), now=_moment(now))
    return article_of(extract_page(page, settings, memory=memory, rules=rules), settings)


def explain(
    html: str | bytes,
    url: str | None = None,
    *,
    settings: ExtractSettings = _DEFAULT,
    now: datetime | None = None,
    memory: SiteMemory | SiteMemories | None = None,
    rules: SiteRules | None = None,
    **options: Unpack[ExtractOptions],
) -> Extraction:
    """Return the article with the evidence for each field and the verdict on each block of the page.

    Takes what `extract` takes and never raises NotAnArticle: `Extraction.refusal` says why `extract` would.

        >>> extraction = explain(html)
        >>> [block.reason for block in extraction.blocks if block.text.startswith("Enjoying this story?")]
        ['newsletter vocabulary']
        >>> extraction.evidence["datePublished"].winner.source
        'jsonld'

    Raises:
        NotHtml: the bytes are a PDF, an image or another binary.
        Undecodable: no text could be made of the bytes.
        TooComplex: the markup would wedge the parser.

    """
    from scraper.extraction import extract_page  # noqa: PLC0415  # see above
    from scraper.page.page import page_of  # noqa: PLC0415  # see above

    settings = replace(_settings(settings), explain=True, **options)
    page = page_of(_page(html), _address(url), now=_moment(now), whole=True)
    return extract_page(page, settings, memory=memory, rules=rules)


_PARSERS = {"bs4": "str(...) of it", "lxml": "lxml.html.tostring(...) of it"}
"""How a page that another parser has read becomes a page again."""


def _page(html: object) -> str | bytes:
    """Return the page as text or bytes; what programs hand over in its place is refused by name."""
    if isinstance(html, (str, bytes)):
        return html
    if isinstance(html, (bytearray, memoryview)):
        return bytes(html)
    made = _PARSERS.get(type(html).__module__.partition(".")[0])
    if made is not None:
        raise TypeError(f"html must be str or bytes, not {type(html).__name__}; pass {made}, or what it was made of")
    inner = next((name for name in ("content", "body", "read_bytes", "read") if hasattr(html, name)), None)
    call = "()" if inner in {"read_bytes", "read"} else ""
    hint = f"; pass its .{inner}{call}" if inner else ""
    raise TypeError(f"html must be str or bytes, not {type(html).__name__}{hint}")


def _settings(settings: object) -> ExtractSettings:
    if not isinstance(settings, ExtractSettings):
        hint = "single settings are arguments of their own, such as keep_all=True"
        raise TypeError(f"settings must be ExtractSettings, not {type(settings).__name__}; {hint}")
    return settings


def _moment(now: object) -> datetime | None:
    """Return a time that is aware; one without a zone is local, as everywhere in Python."""
    from datetime import datetime  # noqa: PLC0415  # see above

    if now is not None and not isinstance(now, datetime):
        raise TypeError(f"now must be a datetime, not {type(now).__name__}")
    return now.astimezone() if now is not None and now.tzinfo is None else now


def _address(url: str | None) -> str | None:
    """Return a URL that can be written as UTF-8, None for an empty one."""
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url must be str, not {type(url).__name__}")
    return url.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if url else None


def article_of(extraction: Extraction, settings: ExtractSettings) -> Article:
    """Return the article of an extraction.

    Raises:
        NotAnArticle: the page holds none and `settings.keep_all` is off.

    """
    if extraction.refusal is None or settings.keep_all:
        return extraction.article
    page_type = extraction.article.metadata.page_type
    error = NotAnArticle(
        f"no article: {extraction.refusal}",
        url=extraction.article.url,
        advice="--keep-all (keep_all) gives a record all the same",
        reason=None if page_type in {"article", "live_blog"} else page_type,
    )
    error.page_type = page_type
    raise error
