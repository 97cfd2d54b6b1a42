"""Cookies: what a site sets during one fetch goes back to that very origin; a cookie file goes where it says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.errors import SettingsError

if TYPE_CHECKING:
    import http.cookiejar
    from collections.abc import Iterable

    from scraper.fetch.target import Target

__all__ = ["FetchCookies", "file_cookies", "load_cookie_file"]

_PAIR = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]{1,256})=([!#-+\--:<-\[\]-~ \"]{0,4096})")
"""RFC 6265, section 4.1.1, with blanks and quotes as servers send them."""
_GONE = re.compile(r";\s*max-age\s*=\s*(?:0|-\d+)\s*(?:;|$)", re.IGNORECASE)
_MOST = 50
"""RFC 6265, section 6.1: cookies a host may count on."""
_WEB_PORTS = frozenset({80, 443})


class FetchCookies:
    """The cookies of one fetch: sites that set one and redirect want to see it again.

    A cookie goes back to the scheme, host and port that set it and nowhere else, whatever Domain it names.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, int], dict[str, str]] = {}

    def keep(self, target: Target, set_cookie: Iterable[str]) -> bool:
        """Remember the Set-Cookie headers of an answer; return whether that changed anything."""
        changed = False
        for header in set_cookie:
            found = _PAIR.match(header.lstrip())
            if found is None:
                continue
            cookies = self._kept.setdefault(target.origin, {})
            name, value = found[1], found[2].strip()
            if _GONE.search(header):
                changed |= cookies.pop(name, None) is not None
            elif len(cookies) < _MOST and cookies.get(name) != value:
                cookies[name] = value
                changed = True
        return changed

    def of(self, target: Target) -> str:
        """Return the Cookie header for a request, "" for none."""
        return "; ".join(f"{name}={value}" for name, value in self._kept.get(target.origin, {}).items())


def load_cookie_file(path: str) -> http.cookiejar.CookieJar:
    """Return the cookies of a cookies.txt (Netscape's format, as browsers and curl write it).

    Raises:
        SettingsError: the file cannot be read, or is something else; the message names it.

    """
    import http.cookiejar  # noqa: PLC0415  # 10 ms, for the few who have a file

    jar = http.cookiejar.MozillaCookieJar(path)
    try:
        jar.load(ignore_discard=True, ignore_expires=True)
    except http.cookiejar.LoadError:
        raise SettingsError(f"not a cookies.txt file: {path}") from None
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"cannot read the cookie file {path}: {getattr(error, 'strerror', error)}") from None
    for cookie in jar:
        if cookie.expires == 0:  # how curl and browsers' extensions write a cookie of the session
            cookie.expires, cookie.discard = None, True
    jar.clear_expired_cookies()
    return jar


def file_cookies(jar: http.cookiejar.CookieJar, target: Target, asked: Target) -> str:
    """Return the cookies of a file that belong to `target`.

    Their domain says so; beyond that, they go to the web's own ports and to the port that was asked for only.
    """
    if target.port not in _WEB_PORTS and target.port != asked.port:
        return ""
    import urllib.request  # noqa: PLC0415  # as above

    request = urllib.request.Request(target.url)  # noqa: S310  # a value that the jar reads, nothing is opened
    jar.add_cookie_header(request)
    return request.get_header("Cookie") or ""
