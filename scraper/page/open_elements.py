"""The elements that are open while a page is parsed, and what handling them costs the parser.

Kept tag by tag, as the parser would keep them, for pages whose counts leave `hazard.check` in doubt.
"""

from __future__ import annotations

import re

__all__ = ["MAX_ATTRIBUTES", "danger"]

_MAX_STEPS = 400_000_000
"""Steps up the open elements: about 1 s, as in 28,000 nested <div>."""
_MAX_DEPTH = 100_000
MAX_ATTRIBUTES = 10_000
_MAX_OPTIONS = 15_000
_MAX_REOPENED = 500_000
"""Formatting elements that the parser opens anew: about 180 MB."""

_FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
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
    |(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])(?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+>
        (?:.*?</(?P=raw)(?=[\s/>])|.*)
    |(?P<name>/?[a-z][^\s/>]*)(?P<rest>(?:[^>"']++|"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z))*+)>?
    |[!?/][^>]*)""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_ATTRIBUTE = re.compile(rb"""[^\s/>="']+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>"']+))?""")
_MERGED = frozenset((b"html", b"body"))
"""Tags whose attributes all end up on one element."""
_LONG_TAG = 2 * MAX_ATTRIBUTES


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
            if self.merged > MAX_ATTRIBUTES or (len(rest) > _LONG_TAG and _attributes(rest) > MAX_ATTRIBUTES):
                return f"more than {MAX_ATTRIBUTES:,} attributes in one tag"
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
