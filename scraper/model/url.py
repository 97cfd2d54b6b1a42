"""URLs: normalise, compare sites, and the identity of an article."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

__all__ = ["article_id", "normalise", "registrable_domain", "url_key", "without_tracking"]

_DEFAULT_PORTS = {"http": 80, "https": 443}
_TRACKING = frozenset(
    """_ga _gl dclid fbclid gad_source gbraid gclid gclsrc igsh igshid li_fat_id mc_cid mc_eid mkt_tok msclkid
    oly_anon_id oly_enc_id rb_clickid s_cid twclid ttclid vero_id wbraid wickedid yclid ysclid _hsenc _hsmi __hssc
    __hstc hsctatracking gad_campaignid gclsrc srsltid ef_id s_kwcid epik _openstat ga_source ga_medium ga_campaign
    fb_action_ids fb_action_types fb_source fb_ref ns_mchannel ns_source ns_campaign ns_linkname ns_fee cmpid
    at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_link_id at_link_type at_link_origin
    at_format at_ptr_name xtor wt_mc wt.mc_id wt_zmc ocid smid cmp wtmc __twitter_impression spm_id_from
    sc_channel sc_campaign ref_src ref_url __s _kx dm_i trk_contact trk_msg trk_module trk_sid guccounter
    guce_referrer guce_referrer_sig""".split()
)
"""Query parameters that analytics, advertising and mailing tools add to links they did not make (Google, Meta,
Microsoft, Yandex, HubSpot, Mailchimp, Piano/AT Internet, Webtrekk, Adobe, comScore ...); none selects content."""
_TRACKING_PREFIXES = ("utm_", "utm-", "pk_", "mtm_", "matomo_", "piwik_", "hsa_", "vero_", "oly_", "__hs")
"""Campaign parameters of Google Analytics, Matomo, HubSpot and others, by their documented prefixes."""
_SESSION = frozenset("phpsessid jsessionid aspsessionid sessionid session_id cfid cftoken".split())
"""Query parameters by which servers keep sessions without cookies."""
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*|/\([sxfa]\([0-9a-z]{20,}\)\)(?=/)", re.IGNORECASE)
"""Java servlets write ";jsessionid=..." (Servlet 3.0, 7.1.3), ASP.NET "/(S(...))/"."""
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|xhtml|shtml|php[345]?|aspx?|jspx?|cfm)\Z", re.IGNORECASE)
_ALIAS_HOSTS = frozenset("www m mobile amp wap touch".split())
"""First labels under which a site serves the same pages; also "www2"."""
_AMP_CACHES = (".cdn.ampproject.org", ".ampproject.net")
_AMP_CACHE_PATH = re.compile(r"/(?:[cvi]|wp)/(?:s/)?([^/]+\.[^/]+)(/.*)?\Z")
"""amp.dev, "AMP Cache URL format"."""
_AMP_VIEWER_PATH = re.compile(r"/amp/(?:s/)?([^/]+\.[^/]+)(/.*)?\Z")
"""The same pages behind a search engine's viewer."""
_AMP_IN_PATH = re.compile(r"^/amp(?=/.)|/amp\Z|(?<=\w)[.]amp(?=\.html?\Z|\Z)", re.IGNORECASE)
_AMP_PARAMETERS = frozenset({"amp", "amp=", "amp=1", "amp=true", "outputtype=amp", "outputtype=valuetype", "view=amp"})
_AMP_FREE_PARAMETERS = frozenset("amp_js_v amp_gsa usqp amp_r amp_kit".split())
_MOST_PARAMETERS = 1000
_PLAIN = re.compile(r"https?://[a-z0-9-]++(?:\.[a-z0-9-]++)+(?:/[A-Za-z0-9_~.-]++(?<!\.))+")
"""Already in its normal form: the common case. No possessive groups: Python 3.11.2 loses text with them (gh-106052)."""
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9_~.=&-]*")
"""Nothing in it to escape."""
_EDGES = "".join(map(chr, range(0x21)))
"""C0 controls and space: stripped from both ends (WHATWG URL standard, section 4.4)."""
_DROPPED = str.maketrans("", "", "\t\n\r")
"""Removed anywhere (the same)."""
_ESCAPED = re.compile("%[0-9a-fA-F]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""RFC 3986 section 2.3: escaped or not, the same URL."""
_KEPT_RAW = "!$&'()*+,;=:@/%[]|"
_SECOND_LEVEL = frozenset("ac co com edu go gob gouv gov gv mil ne net or org nom asn id ltd me plc sch".split())
"""Labels under which countries register names, as in "example.co.uk"."""
_COUNTRY_CODE = 2
"""Letters of a country's top-level domain (ISO 3166)."""


def normalise(url: str) -> str:
    """Return the form of `url` that is the same for all spellings of one address.

    Scheme and host in lower case, host in IDNA form, without credentials, default port, fragment, tracking parameters
    and trailing slash; everything else, the order of the query included, stays. Never raises: what cannot be parsed
    comes back stripped of surrounding space.
    """
    if _PLAIN.fullmatch(url):
        return url
    address, _, query = url.partition("?")
    if _PLAIN.fullmatch(address, 0, len(address) - address.endswith("/")) and _PLAIN_QUERY.fullmatch(query):
        kept = _selecting(query) if query else ""
        return f"{address.removesuffix('/')}?{kept}" if kept else address.removesuffix("/")
    text = url.strip(_EDGES).translate(_DROPPED)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        return text
    host = _ascii_host(parts.hostname)
    authority = host if port is None or port == _DEFAULT_PORTS[scheme] else f"{host}:{port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""  # "#!" selects a page
    return urlunsplit((scheme, authority, _path(parts), _query(parts.query), fragment))


def without_tracking(url: str) -> str:
    """Return an http(s) URL without fragment and tracking parameters, all else as it was: fit to be fetched."""
    address, _, fragment = url.partition("#")
    if fragment.startswith("!"):  # "#!" selects a page
        return url
    path, mark, query = address.partition("?")
    if not mark or not query:
        return path if mark else address
    pairs = query.split("&", _MOST_PARAMETERS)
    kept = [pair for pair in pairs if not _is_tracking(pair)]
    if len(kept) == len(pairs):
        return address
    return f"{path}?{'&'.join(kept)}" if kept else path


def url_key(url: str) -> str:
    """Return the identity of the article at `url`: equal for all URLs under which sites serve one page.

    On top of what `normalise` does, these make no difference: http or https, "www." and mobile hosts, AMP (as path,
    parameter, host, or in a cache), "index.html", the order of parameters, session ids, doubled slashes. The key is
    no URL: "example.com/news/1?page=2". Never raises: what is no http(s) URL comes back as `normalise` gives it.
    """
    normal = normalise(url)
    scheme, mark, rest = normal.partition("://")
    if not mark or scheme not in _DEFAULT_PORTS or not rest:
        return normal
    rest, _, fragment = rest.partition("#")
    address, _, query = rest.partition("?")
    host, _, path = address.partition("/")
    host, path = _out_of_cache(host, "/" + path)
    path = _SESSION_IN_PATH.sub("", path)
    while "//" in path:
        path = path.replace("//", "/")
    path = _AMP_IN_PATH.sub("", path)
    path = _INDEX.sub("", path).rstrip("/")
    pairs = sorted(pair for pair in query.split("&", _MOST_PARAMETERS) if pair and not _is_idle(pair))
    return _plain_host(host) + path + ("?" + "&".join(pairs) if pairs else "") + (f"#{fragment}" if fragment else "")


def article_id(url: str | None, headline: str | None, text: str) -> str:
    """Return the record's id: 16 hex digits of the sha256 of the URL's key, else of headline and text."""
    key = url_key(url) if url else f"{headline or ''}\n{text}"
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:16]


def registrable_domain(host: str) -> str:
    """Return the part of a host name that one owner registers: "example.co.uk" of "www.news.example.co.uk".

    An approximation of the Public Suffix List that knows the second-level labels which many countries share.
    """
    host = _ascii_host(host)
    labels = host.split(".")
    if host.startswith("[") or labels[-1].isdecimal():
        return host
    depth = 2
    if len(labels) > depth and len(labels[-1]) == _COUNTRY_CODE and labels[-2] in _SECOND_LEVEL:
        depth += 1
    return ".".join(labels[-depth:])


def _ascii_host(host: str) -> str:
    host = host.lower().rstrip(".")
    if ":" in host:
        return f"[{host.strip('[]')}]"
    if host.isascii():
        return host
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _out_of_cache(host: str, path: str) -> tuple[str, str]:
    """Return host and path of the page that an AMP cache or viewer shows."""
    found = None
    if host.endswith(_AMP_CACHES):
        found = _AMP_CACHE_PATH.match(path)
    elif path.startswith("/amp/") and _is_search_engine(host):
        found = _AMP_VIEWER_PATH.match(path)
    return (found[1].lower(), found[2] or "/") if found else (host, path)


def _is_search_engine(host: str) -> bool:
    labels = host.removeprefix("www.").split(".")
    return labels[0] in {"google", "bing"} and len(labels) <= 3  # noqa: PLR2004  # google.co.uk


def _plain_host(host: str) -> str:
    """Return a host without the label of its mobile twin; a port of its own stays."""
    name, colon, port = host.partition(":") if not host.startswith("[") else (host, "", "")
    labels = name.split(".")
    while len(labels) > 2 and (labels[0] in _ALIAS_HOSTS or labels[0] in {"www1", "www2", "www3"}):  # noqa: PLR2004  # a name of its own is left
        labels = labels[1:]
    return ".".join(labels) + colon + port


def _is_idle(pair: str) -> bool:
    """Whether a parameter selects no other content: a session, or the AMP form of the page."""
    name = pair.partition("=")[0].lower()
    return name in _SESSION or name in _AMP_FREE_PARAMETERS or pair.lower() in _AMP_PARAMETERS


def _path(parts: SplitResult) -> str:
    path = urljoin("//host/", parts.path).removeprefix("//host") if "/." in parts.path else parts.path
    return _escape(path.rstrip("/")) or "/"


def _query(query: str) -> str:
    return _escape(_selecting(query))


def _selecting(query: str) -> str:
    """Return a query without what selects no content."""
    return "&".join(pair for pair in query.split("&") if pair and not _is_tracking(pair))


def _is_tracking(pair: str) -> bool:
    name = pair.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _escape(text: str) -> str:
    if "%" in text:
        text = _ESCAPED.sub(_canonical_escape, text)
    return quote(text, safe=_KEPT_RAW + "?", errors="replace")


def _canonical_escape(match: re.Match[str]) -> str:
    character = chr(int(match[0][1:], 16))
    return character if character in _UNRESERVED else match[0].upper()
