"""Settings as frozen values, one group a stage; units stand in the names."""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  # part of the public annotations
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, get_args

from scraper.errors import SettingsError

__all__ = [
    "DiscoverSettings",
    "DiscoverWay",
    "ExtractSettings",
    "FetchSettings",
    "HostSettings",
    "Render",
    "WorkerSettings",
]

DiscoverWay = Literal["feed", "sitemap", "news", "home"]
Render = Literal["always", "never", "auto"]
"""Whether a browser builds a page: always, never, or where the plain page holds no article and looks like a shell."""

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A header's name (RFC 9110, section 5.6.2)."""
_NOT_IN_VALUE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]")
_HOST = re.compile(r"(?:\*\.)?[a-z0-9_](?:[a-z0-9._-]*[a-z0-9_])?(?::[0-9]{1,5})?|\[[0-9a-f:.]+\](?::[0-9]{1,5})?")
"""A host name or an address as URLs have it, in lower case, with or without a port; "*." stands for what is below."""
_OURS = frozenset({"connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"})
"""Headers that frame the message or name its receiver: never a user's to set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """What `extract` and `explain` may be asked for.

    >>> extract(html, settings=ExtractSettings(blocks=True)).blocks[1].text[:17]
    'The sluice gate w'

    """

    keep_all: bool = False
    """Return a record even for a page that is no article."""
    html: bool = True
    """Fill `article_body_html`."""
    markdown: bool = False
    """Fill `article_body_markdown`."""
    blocks: bool = False
    """Fill `blocks`."""
    explain: bool = False
    """Keep the verdict on every block of the page, site furniture included."""
    site_memory: Literal["learn", "fixed", "off"] = "learn"
    """What a run does with the memory of each site: use it and learn from every page, use it as it was given, neither.
    `extract` and `explain` never learn; they use the memory that they are given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostSettings:
    """What is different at one host; None: as `FetchSettings` has it.

        >>> settings = FetchSettings(hosts={"*.example.com": HostSettings(delay_s=5.0)})
        >>> settings.at("www.example.com", 443).delay_s
        5.0

    Raises:
        SettingsError: a value that cannot be.

    """

    delay_s: float | None = None
    """Seconds between requests; a longer Crawl-delay wins."""
    headers: Mapping[str, str] | tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Sent to this host, beside and instead of those for all, where a URL asked for is its own; not after a redirect
    from another origin."""
    verify_tls: bool = True
    """False: any certificate will do, so whoever stands between can read and change everything."""
    robots: bool | None = None
    """Obey robots.txt; False where you have the site's permission."""
    render: Render | None = None
    """Whether a browser builds its pages."""

    def __post_init__(self) -> None:
        if self.delay_s is not None:
            _check_number("delay_s", self.delay_s, 0)
        _check_headers(self.headers)
        if self.render is not None:
            _check_render(self.render)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerSettings:
    """Extraction in processes of its own, and what one page may cost there.

        >>> with Scraper(workers=WorkerSettings(count=1)) as scraper:
        ...     scraper.get(url).headline is not None
        True

    Raises:
        SettingsError: a value that cannot be.

    """

    count: int | None = None
    """Processes at most, each started when it is first needed; None: one for each core at hand, at most 4."""
    page_timeout_s: float = 10.0
    """Seconds of CPU time for one page; by the clock, four times as many. The slowest of 3,900 annotated pages takes
    .9 s; a worker's first page may load the second opinion (.7 s)."""
    page_memory_bytes: int = 1_000_000_000
    """Address space that a page may take on top of what a worker starts with (Linux)."""
    retire_bytes: int = 300_000_000
    """Resident memory after a page, on top of the start's, above which a worker is replaced."""

    def __post_init__(self) -> None:
        _check_number("count", 1 if self.count is None else self.count, 1)
        _check_number("page_timeout_s", self.page_timeout_s, 0.001)
        _check_number("page_memory_bytes", self.page_memory_bytes, 50_000_000)
        _check_number("retire_bytes", self.retire_bytes, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchSettings:
    """How URLs are fetched; bounded, polite and safe unless told otherwise.

        >>> settings = FetchSettings(delay_s=2.0, concurrency=4)
        >>> dataclasses.replace(settings, timeout_s=10.0).delay_s
        2.0

    Raises:
        SettingsError: a value that cannot be; the message names the setting, and never repeats a secret.

    """

    concurrency: int = 8
    """Requests on the wire at once, over all hosts."""
    per_host: int = 1
    """Requests on the wire at once to one host."""
    delay_s: float = 1.0
    """Seconds from the start of one request to the start of the next at the same host; a longer Crawl-delay wins."""
    timeout_s: float = 30.0
    """Seconds that one fetch may take in all: redirects, retries and the waits between them. Only waiting for the
    host's turn (`delay_s`, Crawl-delay, Retry-After) is not counted."""
    connect_timeout_s: float = 10.0
    """Seconds for DNS, TCP and TLS of one connection."""
    max_body_bytes: int = 10_000_000
    """Bytes of a body, decoded as well as on the wire."""
    retries: int = 2
    """Further attempts after a temporary failure."""
    backoff_s: float = 1.0
    """Seconds before the first retry; doubles with each, plus or minus half at random."""
    max_retry_after_s: float = 60.0
    """The longest Retry-After, in seconds, that is waited for; a longer one is a failure that says so."""
    max_redirects: int = 10
    user_agent: str | None = None
    """None: the package's name and version with a URL for those who ask."""
    headers: Mapping[str, str] | tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """Sent to the origin of the URL asked for, and to no other."""
    cookie_file: str | None = None
    """A cookies.txt as browsers and curl write it; each cookie goes where its own domain says."""
    proxy: str | None = field(default=None, repr=False)
    """URL of an HTTP proxy; it may hold a user name and a password."""
    warc: str | None = None
    """A WARC file that every exchange is appended to."""
    robots: bool = True
    """Obey robots.txt."""
    allow_private: bool = False
    """Dial loopback, private and other special addresses, too."""
    hosts: Mapping[str, HostSettings] = field(default_factory=dict, hash=False)
    """By host: "example.com", "example.com:8443" for that port alone, "*.example.com" for every host below it. The
    most exact entry counts, alone."""
    http2: bool = False
    """Speak HTTP/2 where a server offers it over TLS; needs the extra `http2`."""
    render: Render = "never"
    """Whether a browser builds the pages; needs the extra `browser` and a Chromium. Rendering may take another
    `timeout_s`."""
    chromium: str | None = None
    """The browser's program. None: a Chromium or Chrome on the PATH, else the one that Playwright has installed."""
    max_pages: int = 20
    """Pages of one article that are fetched and joined; 1: only the one asked for."""
    run_deadline_s: float | None = None
    """Seconds for a whole `iter`; URLs that it leaves over end in a Failure each."""
    ordered: bool = False
    """Results of `iter` in the order of the URLs, not of completion."""

    def __post_init__(self) -> None:
        for name, least in (
            ("concurrency", 1),
            ("per_host", 1),
            ("max_body_bytes", 1),
            ("max_pages", 1),
            ("retries", 0),
        ):
            _check_number(name, getattr(self, name), least)
        for name in ("delay_s", "backoff_s", "max_retry_after_s", "max_redirects"):
            _check_number(name, getattr(self, name), 0)
        for name in ("timeout_s", "connect_timeout_s"):
            _check_number(name, getattr(self, name), 0.001)
        if self.run_deadline_s is not None:
            _check_number("run_deadline_s", self.run_deadline_s, 0)
        _check_headers(self.headers)
        if self.user_agent is not None:
            _check_header("User-Agent", self.user_agent)
        _check_render(self.render)
        for host in self.hosts:
            if not _HOST.fullmatch(host):
                raise SettingsError(f"hosts: not a host in lower case: {host[:80]!r}", advice="write example.com")

    def at(self, host: str, port: int) -> HostSettings:
        """Return what is different at a host, given in lower case and without brackets."""
        if not self.hosts:
            return _ANY_HOST
        name = f"[{host}]" if ":" in host else host
        above = host.split(".")[1:]
        keys = [f"{name}:{port}", name]
        for depth in range(len(above)):
            parent = "*." + ".".join(above[depth:])
            keys += [f"{parent}:{port}", parent]
        return next((self.hosts[key] for key in keys if key in self.hosts), _ANY_HOST)

    def renders(self, host: str, port: int) -> Render:
        """Return whether a browser builds the pages of a host."""
        return self.at(host, port).render or self.render


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscoverSettings:
    """Which links are looked for, where, and how far.

        >>> with Scraper() as scraper:
        ...     links = list(scraper.discover(url, DiscoverSettings(ways=("feed",), limit=3)))
        >>> len(links)
        3

    Raises:
        SettingsError: a value that cannot be; the message names it.

    """

    ways: tuple[DiscoverWay, ...] = ()
    """Where to look: the site's feeds, its sitemaps, its news sitemaps, the links of the page itself. (): whatever the
    URL is; of a home page, the feeds it advertises, the site's news sitemaps and the page's own links."""
    since: datetime | timedelta | None = None
    """Leave out what is older, by the dates that feeds, sitemaps and URLs state. Without any date, links of feeds and
    pages stay, those of sitemaps go. A timedelta counts back from now."""
    limit: int | None = None
    """Links in all."""
    include: tuple[str, ...] = ()
    """Regular expressions; a URL in which none of them is found is left out."""
    exclude: tuple[str, ...] = ()
    """Regular expressions; a URL in which one of them is found is left out."""
    max_links: int = 50_000
    """Links of one document."""
    max_documents: int = 200
    """Feeds, sitemaps and pages read in all."""
    max_depth: int = 3
    """Indexes below each other."""
    max_pages: int = 1
    """Pages of one listing, by its "next" links."""
    max_body_bytes: int = 52_428_800
    """Bytes of a feed or sitemap, decoded (the sitemap protocol allows 50 MB)."""

    def __post_init__(self) -> None:
        for name in ("max_links", "max_documents", "max_pages", "max_body_bytes"):
            _check_number(name, getattr(self, name), 1)
        _check_number("max_depth", self.max_depth, 0)
        if self.limit is not None:
            _check_number("limit", self.limit, 1)
        if isinstance(self.since, datetime) and self.since.tzinfo is None:
            raise SettingsError("since must be a datetime with a time zone, or a timedelta")
        for pattern in (*self.include, *self.exclude):
            try:
                re.compile(pattern)
            except re.error as error:
                raise SettingsError(f"not a regular expression: {pattern[:80]!r}: {error}") from None


def _check_number(name: str, value: float, least: float) -> None:
    if not isinstance(value, (int, float)) or not least <= value < float("inf"):
        raise SettingsError(f"{name} must be a number of at least {least}, not {value!r}")


def _check_render(render: Render) -> None:
    if render not in get_args(Render):
        raise SettingsError(f"render must be one of {', '.join(get_args(Render))}, not {render!r}")


def _check_headers(headers: Mapping[str, str] | tuple[tuple[str, str], ...]) -> None:
    for name, value in dict(headers).items():
        _check_header(name, value)


def _check_header(name: str, value: str) -> None:
    if not isinstance(name, str) or not isinstance(value, str):
        raise SettingsError(f"the header {str(name)[:80]!r} must be a text, not {type(value).__name__}")
    if not _TOKEN.fullmatch(name):
        raise SettingsError(f"not the name of a header: {name[:80]!r}")
    if name.lower() in _OURS:
        raise SettingsError(f"the header {name} frames the message and cannot be set")
    if _NOT_IN_VALUE.search(value):
        raise SettingsError(f"the value of header {name} holds a line break or another forbidden character")


_ANY_HOST = HostSettings()
