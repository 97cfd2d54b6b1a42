"""A linear scan that refuses markup which would wedge the parser.

Lexbor cannot be interrupted, and some markup costs it quadratic time or memory (measured, one core):

- nesting: every start of a block walks up the open elements (10,000 nested <div>: 0.1 s; 100,000: 26 s);
- end tags that match nothing walk up the same way;
- attributes of one tag are compared with each other (10,000: 0.2 s; 100,000: more than 25 s);
- <option>s: 10,000 take 0.4 s, 100,000 more than 25 s;
- unclosed formatting is opened anew in every block: 2,000 times `<p><b x=N>`, 25 kB, become 2 million nodes and 700 MB.

Nearly all pages are let through by three counts (0.1 ms a page); the others are walked tag by tag, with the open
elements kept as the parser would, and what the parser will do is added up.
"""

from __future__ import annotations

import re

from scraper.compiled import fastest
from scraper.errors import TooComplex

__all__ = ["MAX_SIZE", "check", "danger"]

MAX_SIZE = 32_000_000
"""Bytes of UTF-8; the largest page of the benchmark sets has 2.2 million."""

_FEW_TAGS = 3_000
"""Up to this many "<" nothing is quadratic enough to matter (formatting: 390 MB); the median page has 1,800."""
_MANY_TAGS = 12_000
"""Above this every page is walked: nesting and options can only now cost more than 0.5 s. One page in 1,000 is."""
_MUCH_FORMATTING = 1_200_000
"""Formatting elements with attributes times tags, from which the page is walked: at worst so many nodes, 430 MB."""
_WINDOW = 60_000
"""Bytes: a tag with very many attributes holds such a stretch without any "</"."""

_MAX_STEPS = 400_000_000
"""Steps up the open elements: about 1 s, as in 28,000 nested <div>."""
_MAX_DEPTH = 100_000
_MAX_ATTRIBUTES = 10_000
_MAX_OPTIONS = 15_000
_MAX_REOPENED = 500_000
"""Formatting elements that the parser opens anew: about 180 MB."""

_FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_FORMATTED = re.compile(
    rb"<(?=[bcefinstuBCEFINSTU])(?:[bius]|tt|em|big|font|code|nobr|small|strike|strong)[\s/]", re.IGNORECASE
)
"""Their first letters once more, in both cases: a look at one character spares most tags the names."""
_ALIKE = 3
"""Unclosed formatting elements with equal attributes that are opened anew (HTML standard, "Noah's Ark clause")."""
_VOID = frozenset(
    b"area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
_CLOSES_P = frozenset(
    b"""address article aside blockquote center details dialog dir div dl dd dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p plaintext pre search section summary table ul li xmp
    """.split()
)
"""Start tags before which an open <p> ends; each looks for one among the open elements."""
_CLOSES_ITSELF = {
    b"li": frozenset((b"li",)),
    b"dd": frozenset((b"dd", b"dt")),
    b"dt": frozenset((b"dd", b"dt")),
    b"option": frozenset((b"option",)),
    b"optgroup": frozenset((b"option", b"optgroup")),
    b"tr": frozenset((b"tr", b"td", b"th")),
    b"td": frozenset((b"td", b"th")),
    b"th": frozenset((b"td", b"th")),
    b"a": frozenset((b"a",)),
}
_SCOPES = frozenset(
    b"applet caption html table td th marquee object template button foreignobject desc annotation-xml select".split()
)
"""Where the parser stops walking up (HTML standard, "has an element in button scope")."""

_TOKEN = re.compile(
    rb"""<(?:!--(?:.*?--!?>|.*)
    |(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])(?:[^>"']+|"[^"]*(?:"|\Z)|'[^']*(?:'|\Z))*+>
        (?:.*?</(?P=raw)(?=[\s/>])|.*)
    |(?P<name>/?[a-z][^\s/>]*)(?P<rest>(?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)>?
    |[!?/][^>]*)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(rb"""[^\s/>="']+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>"']+))?""")
_MERGED = frozenset((b"html", b"body"))
"""Tags whose attributes all end up on one element."""
_LONG_TAG = 2 * _MAX_ATTRIBUTES


def check(html: bytes, *, url: str | None = None) -> None:
    """Return if `html`, in UTF-8, can be parsed in bounded time.

    Raises:
        TooComplex: size, nesting, attributes, options or formatting that would take the parser seconds.

    """
    if len(html) > MAX_SIZE:
        raise TooComplex(f"the page has {len(html):,} bytes, more than {MAX_SIZE:,}", url=url)
    tags = html.count(b"<")
    if (
        tags > _MANY_TAGS
        or (tags > _FEW_TAGS and len(_FORMATTED.findall(html)) * tags > _MUCH_FORMATTING)
        or _separators(html) > _MAX_ATTRIBUTES
    ):  # cheapest first
        what = _danger(html)
        if what:
            raise TooComplex(f"the page has {what}: reading it would take too long", url=url)


def _separators(html: bytes) -> int:
    """Return how many bytes may separate attributes in long stretches without any end tag, scripts apart.

    A page made for the purpose can fake scripts and end tags in attribute values; it then takes a worker its deadline.
    """
    found = seen = 0
    inside = False
    for at in range(0, len(html) - _WINDOW, _WINDOW):
        if html.find(b"</", at, at + _WINDOW) >= 0:
            continue
        start = max(html.rfind(b"<script", seen, at + 10), html.rfind(b"<style", seen, at + 10))
        end = max(html.rfind(b"</script", seen, at), html.rfind(b"</style", seen, at))
        inside = start > end or (inside and end < 0)
        seen = at
        if not inside:
            stretch = html[at : at + _WINDOW]
            found += len(stretch) - len(stretch.translate(None, b" \t\n\f\r/\"'"))
    return found


class _Walk:
    """The open elements, as the parser would hold them, and what handling them will have cost."""

    def __init__(self) -> None:
        self.open: list[bytes] = []
        self.scope_starts: list[int] = []
        self.counts: dict[bytes, int] = {}
        self.formatting: list[tuple[bytes, bytes]] = []
        self.formatting_counts: dict[tuple[bytes, bytes], int] = {}
        self.closed_formatting = 0
        self.steps = self.reopened = self.options = self.merged = 0

    def danger(self, html: bytes) -> str | None:
        """Return what would wedge the parser, in words, or None."""
        end = 0
        for token in _TOKEN.finditer(html):
            if self.closed_formatting and token.start() > end:
                self._reopen()  # text, too, opens formatting anew
            end = token.end()
            name = token["name"]
            if name is None:
                continue
            name = name.lower()
            rest = token["rest"]
            if name in _MERGED:
                self.merged += _attributes(rest)
            if self.merged > _MAX_ATTRIBUTES or (len(rest) > _LONG_TAG and _attributes(rest) > _MAX_ATTRIBUTES):
                return f"more than {_MAX_ATTRIBUTES:,} attributes in one tag"
            if name.startswith(b"/"):
                self._end(name[1:])
            else:
                self._start(name, rest)
            if self.steps > _MAX_STEPS or len(self.open) > _MAX_DEPTH:
                return f"elements nested {len(self.open):,} deep"
            if self.reopened > _MAX_REOPENED:
                return "formatting that is never closed"
            if self.options > _MAX_OPTIONS:
                return f"more than {_MAX_OPTIONS:,} options"
        return None

    def _start(self, name: bytes, rest: bytes) -> None:
        if name == b"option":
            self.options += 1
        if name in _CLOSES_P:
            self.steps += len(self.open) - (self.scope_starts[-1] if self.scope_starts else 0)
            if self.counts.get(b"p") and not self._hidden(b"p"):
                self._pop_to(b"p")
        closed = _CLOSES_ITSELF.get(name)
        while closed and self.open and self.open[-1] in closed:
            self._pop()
        if self.closed_formatting and name not in _CLOSES_P:
            self._reopen()
        if name in _VOID:
            return
        self._push(name)
        if name in _FORMATTING and name != b"a":
            entry = (name, rest)
            if self.formatting_counts.get(entry, 0) < _ALIKE:
                self.formatting_counts[entry] = self.formatting_counts.get(entry, 0) + 1
                self.formatting.append(entry)

    def _end(self, name: bytes) -> None:
        if name in _FORMATTING:
            self._forget(name)
            if self.counts.get(name) and self.open[-1] != name:
                self._adopt(name)
                return
        if self.counts.get(name):
            self._pop_to(name)
        else:
            self.steps += len(self.open)

    def _adopt(self, name: bytes) -> None:
        """End formatting whose contents stay open (HTML standard, "adoption agency algorithm")."""
        place = len(self.open) - 1 - self.open[::-1].index(name)
        self.steps += 2 * (len(self.open) - place)
        if not self.scope_starts or place > self.scope_starts[-1]:
            del self.open[place]
            self.counts[name] -= 1

    def _hidden(self, name: bytes) -> bool:
        """Whether a scope begins above the innermost open element of a name."""
        if not self.scope_starts:
            return False
        return name not in self.open[self.scope_starts[-1] : self.scope_starts[-1] + 64] and name not in self.open[-64:]

    def _push(self, name: bytes) -> None:
        if name in _SCOPES:
            self.scope_starts.append(len(self.open))
        self.open.append(name)
        self.counts[name] = self.counts.get(name, 0) + 1

    def _pop(self) -> bytes:
        name = self.open.pop()
        self.counts[name] -= 1
        if self.scope_starts and self.scope_starts[-1] == len(self.open):
            self.scope_starts.pop()
        return name

    def _pop_to(self, name: bytes) -> None:
        while (popped := self._pop()) != name:
            if popped in _FORMATTING and popped != b"a":
                self.closed_formatting = min(self.closed_formatting + 1, len(self.formatting))

    def _reopen(self) -> None:
        """Open again what was closed by another element's end."""
        again = self.formatting[-self.closed_formatting :] if self.closed_formatting else []
        self.reopened += len(again)
        for name, _ in again:
            self._push(name)
        self.closed_formatting = 0

    def _forget(self, name: bytes) -> None:
        for i in range(len(self.formatting) - 1, max(-1, len(self.formatting) - 64), -1):
            if self.formatting[i][0] == name:
                entry = self.formatting.pop(i)
                self.formatting_counts[entry] -= 1
                self.closed_formatting = min(self.closed_formatting, len(self.formatting))
                return


def _attributes(rest: bytes) -> int:
    return sum(1 for _ in _ATTRIBUTE.finditer(rest))


def danger(html: bytes) -> str | None:
    """Return what would wedge the parser, in words, or None."""
    return _Walk().danger(html)


_danger = fastest(danger, "danger")
