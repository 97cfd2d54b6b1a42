"""From a page to its inspection."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

from scraper.errors import PageError, ScraperError
from scraper.extract_text import extract_text
from scraper.extraction import extract_page
from scraper.inspect.compare import compared
from scraper.inspect.hidden_text import hidden_texts
from scraper.inspect.inspection import Inspection, ShownBlock, Timing
from scraper.inspect.letters import letters
from scraper.inspect.page_order import in_page_order
from scraper.inspect.uses import origins_of, text_letters, uses_of
from scraper.page.page import open_page, page_of
from scraper.settings import ExtractSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from scraper.model.evidence import BlockVerdict
    from scraper.model.extraction import Extraction
    from scraper.model.response import Response
    from scraper.page.page import Page
    from scraper.sites.memories import SiteMemories
    from scraper.sites.registry import SiteRules

__all__ = ["Known", "look_at_html", "look_at_response", "look_at_text"]

_SETTINGS = ExtractSettings(keep_all=True, explain=True, blocks=True)
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the page's site, beside the page."""

    memory: SiteMemories | None = None
    """What its pages repeat; looked at, never added to."""
    rules: SiteRules | None = None


_NOTHING_KNOWN = Known()


def look_at_html(
    html: str | bytes, *, name: str, url: str | None = None, compare: str | None = None, known: Known = _NOTHING_KNOWN
) -> Inspection:
    """Return the inspection of HTML at hand.

    Args:
        html: the page.
        name: what it is called in the report: a path, say.
        url: where the page stands.
        compare: another extractor to compare with, such as "trafilatura".
        known: rules and memories of sites; both go by `url`.

    Raises:
        PageError, NotHtml: no page can be made of it.

    """
    page, seconds = _timed(lambda: page_of(html, url, whole=True))
    return _look(page, name, [Timing("decode, check and parse", seconds)], compare, known)


def look_at_response(
    response: Response, *, seconds: float | None = None, compare: str | None = None, known: Known = _NOTHING_KNOWN
) -> Inspection:
    """Return the inspection of a fetched page; `seconds` is how long that took. See `look_at_html`."""
    page, parsing = _timed(lambda: open_page(response, whole=True))
    timings = [] if seconds is None else [Timing("fetch", seconds)]
    return _look(page, response.requested_url, [*timings, Timing("decode, check and parse", parsing)], compare, known)


def look_at_text(text: str | bytes, *, name: str, url: str | None = None) -> Inspection:
    """Return the inspection of a page saved as plain text.

    Raises:
        NotHtml, Undecodable, TooComplex: bytes that are no text.

    """
    extraction, seconds = _timed(lambda: extract_text(text, url=url, settings=_SETTINGS))
    return _inspection(name, extraction, extraction.blocks, [Timing("extract", seconds)])


def _look(page: Page, name: str, timings: list[Timing], compare: str | None, known: Known) -> Inspection:
    def extracted(settings: ExtractSettings) -> Extraction:
        return extract_page(page, settings, memory=known.memory, rules=known.rules)

    try:
        extraction, first = _timed(lambda: extracted(_SETTINGS))
        _, again = _timed(lambda: extracted(replace(_SETTINGS, explain=False)))
    except ScraperError:
        raise
    except Exception as error:
        what = f"extraction failed: {type(error).__name__}: {error}"
        raise PageError(what, url=page.url or name, advice="please report this page", reason="crashed") from error
    timings = [*timings, Timing("extract, weights loaded first", first), Timing("extract again", again)]
    verdicts = in_page_order(page, extraction.blocks)
    inspection = _inspection(name, extraction, verdicts, timings)
    shown = [*(verdict.text for verdict in verdicts), extraction.article.article_body]
    hidden = hidden_texts(page.source, shown)
    if compare is not None:
        (other, theirs), seconds = _timed(lambda: compared(compare, page.source, [one.text for one in verdicts]))
        blocks = tuple(replace(b, theirs=has) for b, has in zip(inspection.blocks, theirs, strict=True))
        more = (*inspection.timings, Timing(compare, seconds))
        inspection = replace(inspection, blocks=blocks, comparison=other, timings=more)
    return replace(inspection, hidden=hidden)


def _inspection(
    name: str, extraction: Extraction, verdicts: Sequence[BlockVerdict], timings: Sequence[Timing]
) -> Inspection:
    article = extraction.article
    whole = text_letters(article)
    start = next((i for i, verdict in enumerate(verdicts) if verdict.kept), len(verdicts))
    blocks = tuple(
        ShownBlock(
            verdict=verdict,
            uses=uses_of(verdict, article, heads=i < start),
            in_text=verdict.kept and letters(verdict.text) in whole,
        )
        for i, verdict in enumerate(verdicts)
    )
    origins = origins_of(article.blocks or (), verdicts)
    return Inspection(name, extraction, blocks, body_blocks=origins, timings=tuple(timings))


def _timed(work: Callable[[], Value]) -> tuple[Value, float]:
    began = perf_counter()
    value = work()
    return value, perf_counter() - began
