"""Articles over several pages: the pages after the first are asked for, and one record is made of all.

No I/O of its own: how a page is fetched and read is handed in. What reads pages is imported by the first article that
has several: beside workers, nothing else in the process needs it.
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from scraper.errors import ScraperError
from scraper.fetch.fetcher import renderer_of
from scraper.model.body import Figure, Heading, Standfirst
from scraper.model.url import normalise

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable
    from typing import Any

    from scraper.fetch.fetcher import Fetcher
    from scraper.model.article import Article
    from scraper.model.body import Block
    from scraper.model.extraction import Extraction
    from scraper.model.response import Response
    from scraper.settings import ExtractSettings

    Fetch = Callable[[str], Awaitable[Response]]
    Read = Callable[[Response, ExtractSettings], Awaitable[Extraction]]

__all__ = ["whole_article", "with_next_pages"]

_MORE = "more pages: "
_REPEATED = 30
"""Characters from which a block that an earlier page holds word for word is a repetition, not a refrain."""
_PAGE_MARK = re.compile(
    r"[\s\-–—|:·,(（\[]*(?:(?:page|seite|página|pagina|sivu|strana|sida|side|стр\.?|страница|第)?\s*\d{1,3}\s*"
    r"(?:(?:/|of|von|de|di|sur|van|av|из|z)\s*\d{1,3}|页|ページ)|(?:page|seite|página|pagina|sivu|strana|sida|side"
    r"|страница|第)\s*\d{1,3}\s*(?:页|ページ)?)[)）\]]?\s*$",
    re.IGNORECASE,
)
"""What headlines say of the page: "(2/3)", "- Page 2", "Seite 2 von 3"."""


async def whole_article(
    response: Response, fetcher: Fetcher, read: Read, settings: ExtractSettings, *, most: int
) -> Extraction:
    """Return what a fetched page holds: built by a browser where the fetcher is set to, further pages joined to it.

    Args:
        response: the page as it came over the wire.
        fetcher: asked for further pages, and to render where it is a `Renderer`.
        read: extracts a page; raises ScraperError.
        settings: of the extraction.
        most: pages in all.

    Raises:
        FetchError: the browser failed.
        SettingsError: there is no browser, or it does not start.
        ScraperError: what `read` raises for the first page.

    """
    renderer = renderer_of(fetcher)
    renders = renderer.renders(response.url) if renderer is not None else "never"
    first = await read(response, settings) if renders != "always" else None
    if renders == "auto" and first is not None and first.refusal is not None:
        renders = "always" if await asyncio.to_thread(_is_shell, response) else "never"
    built = renderer if renders == "always" else None
    if built is not None:
        response = await built.render(response)
        first = await read(response, settings)

    async def fetch(url: str) -> Response:
        page = await fetcher.fetch(url)
        return await built.render(page) if built is not None else page

    first = first if first is not None else await read(response, settings)
    return await with_next_pages(first, response, fetch, read, settings, most=most)


def _is_shell(response: Response) -> bool:
    from scraper.page.page import open_page  # noqa: PLC0415  # see above
    from scraper.page.shell import is_script_shell  # noqa: PLC0415  # the same

    return is_script_shell(open_page(response))


async def with_next_pages(
    first: Extraction, response: Response, fetch: Fetch, read: Read, settings: ExtractSettings, *, most: int
) -> Extraction:
    """Return the extraction of a whole article, the pages that follow its first one fetched and joined to it.

    A page that cannot be had ends the article there, and the record says so: `metadata.truncated`, and a warning.

    Args:
        first: what was read of the first page; comes back as it is where it is the only one.
        response: the first page.
        fetch: asks for a page; raises ScraperError.
        read: extracts one; raises ScraperError.
        settings: of the extraction.
        most: pages in all.

    """
    if first.refusal is not None or first.next_page is None or most < 2:  # noqa: PLR2004  # two are several
        return first
    from scraper.fields.pagination import is_first_page  # noqa: PLC0415  # see above

    if not is_first_page(response.url):
        return first
    whole = replace(settings, blocks=True)
    pages = [await read(response, whole)]
    seen = {normalise(response.url)}
    problem: str | None = None
    following: str | None = first.next_page
    while following is not None:
        if len(pages) == most:
            problem = f"{_MORE}{following} (not read: {most} are the limit)"
            break
        if normalise(following) in seen:
            break
        seen.add(normalise(following))
        try:
            answer = await fetch(following)
            page = await read(answer, whole)
        except ScraperError as error:
            problem = f"page {len(pages) + 1} is missing: {error}"
            break
        if not _belongs(page, pages, answer.url, following):
            break
        pages.append(page)
        following = page.next_page
    return _joined(first, pages, settings, problem)


def _belongs(page: Extraction, pages: list[Extraction], url: str, asked: str) -> bool:
    """Return whether a page is of the same article: not led elsewhere, the same headline, words not read before."""
    first = pages[0].article
    if page.article.metadata.page_type not in {"article", first.metadata.page_type} or normalise(url) != normalise(
        asked
    ):
        return False
    return _same_article(first, page.article) and bool(_news(page.article, pages).strip())


def _same_article(first: Article, other: Article) -> bool:
    if other.canonical_url is not None and other.canonical_url == (first.canonical_url or first.url):
        return True
    ours, theirs = _title(first.headline), _title(other.headline)
    if ours and theirs:
        if ours == theirs or (min(len(ours), len(theirs)) >= _REPEATED and (ours in theirs or theirs in ours)):
            return True
    elif not theirs:
        return True
    # some name each page after its chapter: then the moment of publication tells, which is to the minute
    return (
        first.date_published is not None
        and "T" in first.date_published
        and first.date_published == other.date_published
    )


def _title(headline: str | None) -> str:
    return _folded(_PAGE_MARK.sub("", headline or ""))


def _folded(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _news(article: Article, pages: list[Extraction]) -> str:
    from scraper.render.text import render_text  # noqa: PLC0415  # see above

    return render_text(_new_blocks(article, pages))


def _new_blocks(article: Article, pages: Iterable[Extraction]) -> list[Block]:
    """Return the blocks that no earlier page holds, without what stands above the text of every page."""
    before = [block for page in pages for block in page.article.blocks or ()]
    texts = {_folded(block.text) for block in before if block.text}
    pictures = {block.url for block in before if isinstance(block, Figure)}
    head = {_folded(text) for text in (article.headline, article.alternative_headline, article.description) if text}
    head |= {_title(article.headline)}
    kept: list[Block] = []
    for block in article.blocks or ():
        folded = _folded(block.text)
        if isinstance(block, Figure):
            is_new = block.url is None or block.url not in pictures
        elif isinstance(block, Standfirst) or (folded in head and not any(b.text for b in kept)):
            is_new = False
        elif folded in texts:
            is_new = bool(kept) and len(block.text) < _REPEATED and not isinstance(block, Heading)
        else:
            is_new = True
        if is_new:
            kept.append(block)
    return kept


def _joined(first: Extraction, pages: list[Extraction], settings: ExtractSettings, problem: str | None) -> Extraction:
    """Return the first page's extraction with the body and the pictures of all."""
    from scraper.fields.fingerprint import count_and_simhash, text_hash  # noqa: PLC0415  # see above
    from scraper.render.html import render_html  # noqa: PLC0415  # the same
    from scraper.render.markdown import render_markdown  # noqa: PLC0415  # the same
    from scraper.render.text import render_text  # noqa: PLC0415  # the same

    article = pages[0].article
    body: list[Block] = list(article.blocks or ())
    for number, page in enumerate(pages[1:], 1):
        body += _new_blocks(page.article, pages[:number])
    text = render_text(body)
    words, fingerprint = count_and_simhash(text)
    warnings = [warning for warning in article.metadata.warnings if not warning.startswith(_MORE)]
    metadata = msgspec.structs.replace(
        article.metadata,
        pages=len(pages),
        truncated=article.metadata.truncated or problem is not None,
        text_hash=text_hash(text) if text else None,
        simhash=fingerprint,
        warnings=(*warnings, problem[:300]) if problem else tuple(warnings),
    )
    whole = msgspec.structs.replace(
        article,
        article_body=text,
        article_body_html=(render_html(tuple(body)) or None) if settings.html else None,
        article_body_markdown=(render_markdown(tuple(body)) or None) if settings.markdown else None,
        blocks=tuple(body) if settings.blocks else None,
        word_count=words,
        metadata=metadata,
        **{name: _merged(pages, name) for name in ("images", "videos", "audios", "embeds")},
    )
    verdicts = tuple(verdict for page in pages for verdict in page.blocks)
    return msgspec.structs.replace(first, article=whole, blocks=verdicts, next_page=None)


def _merged(pages: list[Extraction], name: str) -> tuple[Any, ...]:
    """Return the pictures or the like of all pages, each address once."""
    found: dict[object, Any] = {}
    for page in pages:
        for item in getattr(page.article, name):
            found.setdefault(item.url or item, item)
    return tuple(found.values())
