"""Settings as frozen values, one group a stage; units stand in the names."""

from __future__ import annotations

import re
from collections.abc import Mapping  # noqa: TC003  # part of the public annotations
from dataclasses import dataclass, field
from typing import Literal

from scraper.errors import SettingsError

__all__ = ["ExtractSettings", "FetchSettings"]

_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
"""A header's name (RFC 9110, section 5.6.2)."""
_NOT_IN_VALUE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]|[^\x00-\xff]")
_OURS = frozenset({"connection", "content-length", "host", "te", "trailer", "transfer-encoding", "upgrade"})
"""Headers that frame the message or name its receiver: never a user's to set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractSettings:
    """What `extract` and `explain` may be asked for."""

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
class FetchSettings:
    """How URLs are fetched; bounded, polite and safe unless told otherwise.

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
    run_deadline_s: float | None = None
    """Seconds for a whole `iter`; URLs that it leaves over end in a Failure each."""
    ordered: bool = False
    """Results of `iter` in the order of the URLs, not of completion."""

    def __post_init__(self) -> None:
        for name, least in (("concurrency", 1), ("per_host", 1), ("max_body_bytes", 1), ("retries", 0)):
            _check_number(name, getattr(self, name), least)
        for name in ("delay_s", "backoff_s", "max_retry_after_s", "max_redirects"):
            _check_number(name, getattr(self, name), 0)
        for name in ("timeout_s", "connect_timeout_s"):
            _check_number(name, getattr(self, name), 0.001)
        if self.run_deadline_s is not None:
            _check_number("run_deadline_s", self.run_deadline_s, 0)
        for name, value in dict(self.headers).items():
            _check_header(name, value)
        if self.user_agent is not None:
            _check_header("User-Agent", self.user_agent)


def _check_number(name: str, value: float, least: float) -> None:
    if not least <= value < float("inf"):
        raise SettingsError(f"{name} must be a number of at least {least}, not {value!r}")


def _check_header(name: str, value: str) -> None:
    if not _TOKEN.fullmatch(name):
        raise SettingsError(f"not the name of a header: {name[:80]!r}")
    if name.lower() in _OURS:
        raise SettingsError(f"the header {name} frames the message and cannot be set")
    if _NOT_IN_VALUE.search(value):
        raise SettingsError(f"the value of header {name} holds a line break or another forbidden character")
