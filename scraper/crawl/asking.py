"""Asking for one URL: fetched on condition of what is known, extracted; whatever happens is an Answer."""

from __future__ import annotations

import hashlib
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from scraper.crawl.settle import Answer
from scraper.errors import FetchTimeout, ScraperError, TooManyRequests
from scraper.fetch.target import shown_url
from scraper.fetch.validators import Unchanged, Validators, validators_of
from scraper.model.failure import failure_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scraper.crawl.rows import UrlRow
    from scraper.model.article import Article
    from scraper.model.response import Response

__all__ = ["Extractor", "RunFetcher", "ask", "content_hash"]

_log = logging.getLogger("scraper")


class RunFetcher(Protocol):
    """Fetches pages, on condition where something is known of them."""

    async def fetch(self, url: str) -> Response:
        """Return the page at `url`.

        Raises:
            FetchError: and nothing else.

        """

    async def fetch_if_changed(self, url: str, validators: Validators) -> Response | Unchanged:
        """Return the page at `url`, or `Unchanged` where it is still the one that `validators` came with.

        Raises:
            FetchError: and nothing else.

        """


if TYPE_CHECKING:
    Extractor = Callable[[Response], Awaitable[Article]]
    """From a response to its article; raises PageError or NotAnArticle."""
else:
    Extractor = object


async def ask(url: str, row: UrlRow, fetcher: RunFetcher, extract: Extractor) -> Answer:
    """Return what there is at `url`; raises nothing but cancellation.

    A page whose bytes are those of its last record is not extracted again.
    """
    try:
        got = await _fetched(url, row, fetcher)
        if isinstance(got, Unchanged):
            return Answer(url=got.url, etag=got.validators.etag, last_modified=got.validators.last_modified)
        kept = validators_of(got)
        answer = Answer(
            url=got.url,
            etag=kept.etag,
            last_modified=kept.last_modified,
            content_hash=content_hash(got.body),
            received=len(got.body),
        )
        if row.status == "done" and row.content_hash == answer.content_hash:
            return answer
        return _with(answer, article=await extract(got))
    except TimeoutError:
        error: ScraperError = FetchTimeout("a timeout of the fetcher's own", url=shown_url(url))
    except ScraperError as caught:
        error = caught
    except Exception as caught:  # noqa: BLE001  # one URL must not cost the others their records
        _log.debug("%s", shown_url(url), exc_info=True)
        error = ScraperError(f"unexpected {type(caught).__name__}", url=shown_url(url), reason="unexpected")
    wait = error.retry_after_s if isinstance(error, TooManyRequests) else None
    failure = failure_of(error, shown_url(url), at=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}")
    return Answer(failure=failure, url=error.url, retry_after_s=wait)


async def _fetched(url: str, row: UrlRow, fetcher: RunFetcher) -> Response | Unchanged:
    validators = Validators(etag=row.etag, last_modified=row.last_modified)
    if row.status == "done" and validators.headers():
        return await fetcher.fetch_if_changed(url, validators)
    return await fetcher.fetch(url)


def _with(answer: Answer, article: Article) -> Answer:
    return Answer(
        article=article,
        url=answer.url,
        etag=answer.etag,
        last_modified=answer.last_modified,
        content_hash=answer.content_hash,
        received=answer.received,
    )


def content_hash(body: bytes) -> str:
    """Return the sha256 of a body, its first 16 hex digits."""
    return hashlib.sha256(body).hexdigest()[:16]
