"""URLs as they are dialled and as they are shown: parsed once, by the rules that browsers follow (WHATWG URL).

Everything after this file sees a host in one spelling: lower-case ASCII, or an address that `ipaddress` has read.
What a resolver would take for an address (decimal, octal, hexadecimal, short) is an address here, too.
"""

from __future__ import annotations

import base64
import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes, urljoin

from scraper.errors import BadUrl

__all__ = ["Address", "Target", "join_target", "parse_target", "shown_url"]

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_MAX_CHARS = 8000
"""The length that RFC 9110, section 4.1, asks everybody to support; no article needs more."""
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):(.*)", re.DOTALL)
_AUTHORITY = re.compile(r"//([^/?#]*)(.*)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_TO_ESCAPE = re.compile(r"[^!#-;=?-_a-z|~]")
"""What a path or query may not hold raw: the path percent-encode set of WHATWG URL, 1.3, and all but ASCII."""
_USERINFO = re.compile(r"(//)[^/?#]*@")
_UNFIT_TO_SHOW = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Target:
    """Where one request goes."""

    scheme: str
    """"http" or "https"."""
    host: str
    """Lower-case ASCII without a final dot; of an address, its canonical form without brackets."""
    port: int
    path: str
    """Path and query, percent-encoded, without fragment."""
    address: Address | None = None
    """The address that the host spells, in whatever notation; None for a name."""
    authorization: str | None = field(default=None, repr=False)
    """What the URL's user name and password become."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: secrets belong to one of these."""
        return self.scheme, self.host, self.port

    @property
    def named_port(self) -> int | None:
        """The port where the URL has to name it, None for the scheme's own."""
        return None if self.port == _DEFAULT_PORTS[self.scheme] else self.port

    @property
    def netloc(self) -> str:
        """The Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def lane(self) -> str:
        """What politeness counts as one host: ports 80 and 443 are one machine, any other port is one of its own."""
        return self.host if self.port in _DEFAULT_PORTS.values() else self.netloc

    @property
    def url(self) -> str:
        """The whole, without credentials and fragment."""
        return f"{self.scheme}://{self.netloc}{self.path}"

    def at(self, path: str) -> Target:
        """Return another path of the same origin, without credentials."""
        return Target(self.scheme, self.host, self.port, path, self.address)


def parse_target(url: str) -> Target:
    """Return where a request for `url` goes.

    Raises:
        BadUrl: not an http(s) URL; the message says which part is wrong.

    """
    text = url.strip()
    if len(text) > _MAX_CHARS:
        raise _bad(url, f"a URL of {len(text):,} characters, more than {_MAX_CHARS:,}")
    if _CONTROL.search(text):
        raise _bad(url, "a line break or another control character in the URL")
    scheme, rest = _split_scheme(text, url)
    found = _AUTHORITY.fullmatch(rest)
    if found is None or "\\" in found[1]:
        raise _bad(url, f"no host after {scheme}:")
    userinfo, _, hostport = found[1].rpartition("@")
    host, port, address = _read_hostport(hostport, scheme, url)
    return Target(scheme, host, port, _read_path(found[2]), address, _basic(userinfo))


def join_target(base: Target, reference: str) -> Target:
    """Return where `reference`, found at `base` (Location, meta refresh), goes; its credentials are left out.

    Raises:
        BadUrl: with the reason "redirect".

    """
    text = reference.strip()
    try:
        if not text:
            raise _bad(base.url, "an empty redirect target")
        if _CONTROL.search(text):
            raise _bad(base.url, "a control character in the redirect target")
        if not _SCHEME.fullmatch(text):
            text = urljoin(base.url, text)
        target = parse_target(text)
    except (BadUrl, ValueError) as error:
        what = error.what if isinstance(error, BadUrl) else "not a URL"
        raise BadUrl(f"redirects to {shown_url(reference)[:200]}: {what}", url=base.url, reason="redirect") from None
    return Target(target.scheme, target.host, target.port, target.path, target.address)


def shown_url(url: object) -> str:
    """Return a URL for records and messages: without credentials, on one line, controls percent-encoded."""
    text = url.strip() if isinstance(url, str) else repr(url)
    if "@" in text:
        text = _USERINFO.sub(r"\1", text, count=1)
    return _UNFIT_TO_SHOW.sub(_percent, text)


def _split_scheme(text: str, url: str) -> tuple[str, str]:
    found = _SCHEME.fullmatch(text)
    if found is None or (found[2][:1].isdigit() and "." in found[1]):
        raise BadUrl("a URL without http:// or https://", url=shown_url(url), advice="write https:// in front of it")
    scheme = found[1].lower()
    if scheme not in _DEFAULT_PORTS:
        raise _bad(url, f"the scheme {scheme[:20]}: is not fetched, only http: and https: are")
    return scheme, found[2]


def _read_hostport(hostport: str, scheme: str, url: str) -> tuple[str, int, Address | None]:
    if hostport.startswith("["):
        inside, closed, after = hostport[1:].partition("]")
        if not closed or "%" in inside or (after and not after.startswith(":")):
            raise _bad(url, "not an IPv6 address between the brackets")
        port_text = after[1:]
        try:
            address: Address | None = ipaddress.IPv6Address(inside)
        except ValueError:
            raise _bad(url, "not an IPv6 address between the brackets") from None
        host = str(address)
    else:
        name, _, port_text = hostport.partition(":")
        host = _read_name(name, url)
        address = _read_ipv4(host, url)
        host = str(address) if address else host
    return host, _read_port(port_text, scheme, url), address


def _read_port(text: str, scheme: str, url: str) -> int:
    if not text:
        return _DEFAULT_PORTS[scheme]
    if text.isascii() and text.isdigit() and len(text) <= 6 and 0 < int(text) < 65536:  # noqa: PLR2004  # TCP's range
        return int(text)
    raise _bad(url, f"not a port: {shown_url(text)[:20]}")


def _read_name(name: str, url: str) -> str:
    """Return a host name in lower-case ASCII: percent-decoded, IDNA-encoded."""
    try:
        text = unquote_to_bytes(name).decode() if "%" in name else name
        if not text.isascii():
            import idna  # noqa: PLC0415  # most hosts are ASCII, its tables are large

            text = idna.encode(text[:253], uts46=True).decode("ascii")
    except UnicodeError:  # idna's errors are of this class
        raise _bad(url, "not a host name that IDNA knows") from None
    text = text.lower().removesuffix(".")
    if not text:
        raise _bad(url, "a URL without a host")
    if len(text) > 253 or not all(_LABEL.fullmatch(label) for label in text.split(".")):  # noqa: PLR2004  # RFC 1035
        raise _bad(url, "not a host name")
    return text


def _read_ipv4(host: str, url: str) -> ipaddress.IPv4Address | None:
    """Return the address that a host spells (WHATWG URL, 3.5, "IPv4 parser"); None where it is a name."""
    parts = host.split(".")
    if not _NUMERIC_LABEL.fullmatch(parts[-1]):
        return None
    try:
        numbers = [_read_number(part) for part in parts]
    except ValueError:
        raise _bad(url, "neither a host name nor an address") from None
    last_size = 5 - len(numbers)
    if last_size < 1 or any(n > 255 for n in numbers[:-1]) or numbers[-1] >= 256**last_size:  # noqa: PLR2004  # bytes
        raise _bad(url, "neither a host name nor an address")
    value = numbers[-1] + sum(n * 256 ** (3 - i) for i, n in enumerate(numbers[:-1]))
    return ipaddress.IPv4Address(value)


def _read_number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    if len(text) > 1 and text.startswith("0"):
        return int(text, 8)
    return int(text)


def _read_path(rest: str) -> str:
    text = rest.partition("#")[0]
    path, mark, query = text.partition("?")
    path = path.replace("\\", "/")
    if "/." in path:
        path = _without_dots(path)
    if not path.startswith("/"):
        path = "/" + path
    return _TO_ESCAPE.sub(_percent, path + mark + query)


def _without_dots(path: str) -> str:
    """Resolve "." and ".." (RFC 3986, section 5.2.4)."""
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    return "/".join(kept) + ("/" if parts[-1] in {".", ".."} else "")


def _percent(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace"))


def _basic(userinfo: str) -> str | None:
    """Return the Authorization of a user name and password (RFC 7617)."""
    if not userinfo:
        return None
    user, _, password = userinfo.partition(":")
    pair = unquote_to_bytes(user) + b":" + unquote_to_bytes(password)
    return "Basic " + base64.b64encode(pair).decode("ascii")


def _bad(url: str, what: str) -> BadUrl:
    return BadUrl(what, url=shown_url(url)[:_MAX_CHARS])
