"""What a worker does with a page; `AsyncScraper` without workers does the same in its own process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.errors import ExtractCrashed, ExtractOutOfMemory, ScraperError
from scraper.extraction import extract_page
from scraper.page.page import open_page

if TYPE_CHECKING:
    from scraper.model.extraction import Extraction
    from scraper.model.response import Response
    from scraper.settings import ExtractSettings
    from scraper.sites.memories import SiteMemories
    from scraper.sites.memory import SiteMemory
    from scraper.sites.registry import SiteRules

__all__ = ["extract_response"]


def extract_response(
    response: Response,
    settings: ExtractSettings,
    memory: SiteMemory | SiteMemories | None = None,
    rules: SiteRules | None = None,
) -> Extraction:
    """Return the extraction of a response, with what is known of its site.

    Raises:
        NotHtml: the body is binary.
        PageError: no page can be made of it; `ExtractCrashed` for a fault of the extraction itself.

    """
    try:
        return extract_page(open_page(response, whole=settings.explain), settings, memory=memory, rules=rules)
    except ScraperError:
        raise
    except MemoryError as error:
        raise ExtractOutOfMemory("extraction ran out of memory", url=response.url) from error
    except Exception as error:
        what = f"extraction failed: {type(error).__name__}"
        raise ExtractCrashed(what, url=response.url, advice="please report this page") from error
