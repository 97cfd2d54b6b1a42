"""Every error that the package raises; each says who is to blame and whether trying again can help.

ScraperError                  carries the URL and one line on what to do next
├─ FetchError ─┬─ FetchRefused           our own decision, never retried
│              │  ├─ RobotsDisallowed    robots.txt says no, or could not be read
│              │  ├─ AddressRefused      a private, loopback or otherwise forbidden address
│              │  ├─ ResponseTooLarge    more decoded bytes than the cap
│              │  └─ NotRecorded         a replayed archive does not hold the URL
│              ├─ TemporaryFetchError    trying again later can help
│              │  ├─ FetchTimeout        connect, read or total deadline
│              │  ├─ ConnectionFailed    DNS, TCP, TLS, proxy or protocol
│              │  ├─ IncompleteBody      the body was cut short
│              │  ├─ ServerError         5xx
│              │  ├─ TooManyRequests     429 or 503 with Retry-After
│              │  └─ RenderFailed        the browser crashed or could not build the page
│              └─ PermanentFetchError    trying again changes nothing
│                 ├─ BadStatus           401, 403, 404, 410 and the like
│                 ├─ TooManyRedirects    a loop or more hops than allowed
│                 ├─ BadUrl              cannot be parsed, or not http(s)
│                 └─ NotHtml             a PDF, an image, any other binary
├─ PageError ──┬─ Undecodable            no text could be made of the bytes
│              ├─ TooComplex             markup that would wedge the parser
│              ├─ ExtractTimeout         extraction ran over its deadline (poison)
│              ├─ ExtractOutOfMemory     extraction needed more memory than a page may take (poison)
│              ├─ ExtractCrashed         a fault of the extraction itself, up to the end of its process (poison)
│              └─ NotAListing            no feed, no sitemap, no page of links
├─ NotAnArticle                          a listing, a consent wall, an error page, an empty page ...
├─ SettingsError                         a setting that cannot be: which one, which value
│  └─ RuleError                          a site rule that cannot be: which file, line, key or selector
├─ StateError ──── StateLocked           the state file of runs: damaged, newer, unwritable; or in use by another run
├─ RecordError                           text that is no record of this schema
└─ ExportError                           output that cannot be written
   └─ OutputChanged                      not as it was left: missing, shorter, edited
"""

from __future__ import annotations

__all__ = [
    "AddressRefused",
    "BadStatus",
    "BadUrl",
    "ConnectionFailed",
    "ExportError",
    "ExtractCrashed",
    "ExtractOutOfMemory",
    "ExtractTimeout",
    "FetchError",
    "FetchRefused",
    "FetchTimeout",
    "IncompleteBody",
    "NotAListing",
    "NotAnArticle",
    "NotHtml",
    "NotRecorded",
    "OutputChanged",
    "PageError",
    "PermanentFetchError",
    "RecordError",
    "RenderFailed",
    "ResponseTooLarge",
    "RobotsDisallowed",
    "RuleError",
    "ScraperError",
    "ServerError",
    "SettingsError",
    "StateError",
    "StateLocked",
    "TemporaryFetchError",
    "TooComplex",
    "TooManyRedirects",
    "TooManyRequests",
    "Undecodable",
]


class ScraperError(Exception):
    """Base of all errors; `str()` is one line that names what failed, where, and what to do.

    >>> try:
    ...     extract(b"%PDF-1.7")
    ... except ScraperError as error:
    ...     print(error.stage, error.reason, error.retryable)
    decode not_html False

    """

    stage = "internal"
    """Where it happened: "fetch", "decode", "extract", "export"."""
    reason = "error"
    """A short stable word for records of failure, such as "timeout" or "http_404"."""
    retryable = False
    """Whether the same request may succeed later."""

    def __init__(
        self, what: str, *, url: str | None = None, advice: str | None = None, reason: str | None = None
    ) -> None:
        super().__init__(what)
        self.what = what
        self.url = url
        self.advice = advice
        if reason is not None:
            self.reason = reason

    def __str__(self) -> str:
        where = f"{self.url}: " if self.url else ""
        return f"{where}{self.what}" + (f" ({self.advice})" if self.advice else "")


class FetchError(ScraperError):
    """A URL that gave no trustworthy response.

    >>> try:
    ...     Scraper().get("ftp://example.com/file")
    ... except FetchError as error:
    ...     print(error.reason, error.retryable, error.http_status)
    bad_url False None

    """

    stage = "fetch"
    reason = "fetch"
    http_status: int | None = None
    attempts: int = 1
    """Requests that were made for the URL until it was given up."""


class FetchRefused(FetchError):
    """Our own decision not to fetch."""

    reason = "refused"


class RobotsDisallowed(FetchRefused):
    """robots.txt disallows the URL, or could not be read (RFC 9309 section 2.3.1.4)."""

    reason = "robots"


class AddressRefused(FetchRefused):
    """The host resolves to an address that must not be dialled."""

    reason = "address"


class ResponseTooLarge(FetchRefused):
    """The decoded body is larger than the cap."""

    reason = "too_large"


class NotRecorded(FetchRefused):
    """A replayed archive holds no response for the URL."""

    reason = "not_recorded"


class TemporaryFetchError(FetchError):
    """Trying again later can help."""

    reason = "temporary"
    retryable = True


class FetchTimeout(TemporaryFetchError):
    """A connect, read or total deadline passed."""

    reason = "timeout"


class ConnectionFailed(TemporaryFetchError):
    """DNS, TCP, TLS, proxy or HTTP protocol failed."""

    reason = "connect"


class IncompleteBody(TemporaryFetchError):
    """The body was cut short; what arrived is never used."""

    reason = "incomplete"


class ServerError(TemporaryFetchError):
    """A 5xx status."""

    reason = "server_error"


class TooManyRequests(TemporaryFetchError):
    """The host asks to come back later."""

    reason = "http_429"
    retry_after_s: float | None = None


class RenderFailed(TemporaryFetchError):
    """The browser crashed, or could not build the page."""

    reason = "render"


class PermanentFetchError(FetchError):
    """Trying again changes nothing."""

    reason = "permanent"


class BadStatus(PermanentFetchError):
    """A 4xx status or one that HTTP does not know."""

    reason = "http_status"


class TooManyRedirects(PermanentFetchError):
    """A redirect loop, or more hops than allowed."""

    reason = "redirect"


class BadUrl(PermanentFetchError):
    """A URL that cannot be parsed, or whose scheme is not http(s)."""

    reason = "bad_url"


class NotHtml(PermanentFetchError):
    """A PDF, an image or any other content that is no HTML."""

    stage = "decode"
    reason = "not_html"


class PageError(ScraperError):
    """Bytes arrived, but no page can be made of them.

    >>> try:
    ...     extract("<div>" * 300_000)
    ... except PageError as error:
    ...     print(error.reason)
    too_complex

    """

    stage = "extract"
    reason = "page"
    poison = False
    """Whether the same bytes would cost a worker again: a run should remember them and not try them again soon."""


class Undecodable(PageError):
    """No text could be made of the bytes."""

    stage = "decode"
    reason = "undecodable"


class TooComplex(PageError):
    """Markup that would wedge the parser (quadratic depth, attributes, options)."""

    reason = "too_complex"


class ExtractTimeout(PageError):
    """Extraction ran over its deadline."""

    reason = "extract_timeout"
    poison = True


class ExtractOutOfMemory(PageError):
    """Extraction needed more memory than a page may take."""

    reason = "out_of_memory"
    poison = True


class ExtractCrashed(PageError):
    """A fault of the extraction itself: an exception that it should not have raised, or the end of its process."""

    reason = "crashed"
    poison = True


class NotAListing(PageError):
    """The document lists no articles: neither feed nor sitemap nor page, or one without a single usable link."""

    stage = "discover"
    reason = "not_a_listing"


class NotAnArticle(ScraperError):
    """The page holds no article; `page_type` says what it is instead.

    >>> try:
    ...     extract("<html></html>")
    ... except NotAnArticle as error:
    ...     print(error.page_type)
    empty

    """

    stage = "extract"
    reason = "not_article"
    page_type: str | None = None


class SettingsError(ScraperError):
    """A setting that cannot be: the message names it and its value."""

    stage = "settings"
    reason = "settings"


class StateError(ScraperError):
    """The state file of runs cannot be used: damaged, made by a newer version, or not to be written."""

    stage = "state"
    reason = "state"


class StateLocked(StateError):
    """Another run is using the state."""

    reason = "locked"
    retryable = True


class RuleError(SettingsError):
    """A site rule that cannot be: the message names file, line, key and the bad value."""

    reason = "rule"


class ExportError(ScraperError):
    """Output that cannot be written; the message names the path."""

    stage = "export"
    reason = "export"


class OutputChanged(ExportError):
    """An output that is not as its mark says: somebody moved, cut or edited it."""

    reason = "output_changed"
    """Or "output_missing"."""


class RecordError(ScraperError, ValueError):
    """Text that is no record of this schema version."""

    stage = "read"
    reason = "record"
