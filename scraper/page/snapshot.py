"""One walk of the parsed tree into flat lists; everything after reads the lists.

Lexbor parses and prunes the tree in C and writes it out once; the walk is one regular expression over that text. The
serialised form is regular (HTML standard, 13.3): attributes are always in double quotes; `&`, `<`, `>` and U+00A0 in
text are always escaped. Measured on the fundus pages: serialise + tokenise 0.6 ms, against 0.8 ms for a traversal
through Python objects that knows no parents. The walk's compiled twin reads the text in .19 ms; another reads the tree
itself, where it stands in Lexbor's memory, in .12 ms, all included.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from selectolax.lexbor import LexborHTMLParser

from scraper.compiled import fastest

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "MARK",
    "VOID",
    "FlatLists",
    "Snapshot",
    "attribute_of",
    "attributes_of",
    "flat_lists",
    "mark_breaks",
    "read_tree",
    "snapshot_of",
]

FlatLists: TypeAlias = tuple[list[str], list[str], list[int], list[int], list[int], list[int], list[str], list[int]]
"""(tags, sources, parents, ends, text_starts, text_ends, texts, text_parents), as in `Snapshot`."""

Read: TypeAlias = tuple[FlatLists, tuple[str, ...], tuple[tuple[str, str], ...], bool]
"""(lists, json_ld, breadcrumbs, whether an <iframe> seems to hold the rest of the page)."""

MARK = "data-scraper-selected"
"""Attribute that tells, in a snapshot made with `compounds`, which of them select an element."""

_TOKEN = re.compile(
    r"<(?:(/?[a-zA-Z][^\s>]*+)"
    r"((?=>)|(?:\s[^\s=>\"]*+=\"[^\"]*+\")*+(?=>)|(?:\s[^\s=>]*(?:=\"[^\"]*\")?)*)"
    r"|!--.*?--|[^>]*)>([^<]*+)",
    re.DOTALL,
)
"""Nearly every tag is read without a step back; the last form of its attributes is for names that hold quotes."""
_ATTRIBUTE = re.compile(r"\s([^\s=>]+)(?:=\"([^\"]*)\")?")
VOID = frozenset(
    "area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr".split()
)
"""Elements that the serialiser never closes."""

_READ_BEFORE = 'script[type*="ld+json" i], nav'
"""What is read before it is pruned."""
_NEVER_TEXT = (
    "svg",
    "script",
    "style",
    "template",
    "noframes",
    "select",
    "datalist",
    "annotation",
    "annotation-xml",
    "rt",
    "rp",
)
"""Elements without any readable text of their own; <rt> and <rp> hold a ruby's reading, which repeats its base.

Each is looked for in what the others have left: large ones stand first.
"""
_CHROME = ("nav", "footer")
"""Site furniture: holds .0000 and .0001 of the words of annotated articles, and a third of all blocks."""
_MOST_TRAILS, _LONGEST_TRAIL = 3, 30
"""Breadcrumb navigations of a page, and links of each, that are read: far more than any page has; nested ones would
cost quadratic time."""
_SWALLOWED = re.compile(r"</iframe>(?:</\w+>|\s)*\Z")
"""How a page ends whose rest is the content of an <iframe> (HTML standard, 13.2.6.2: its content is raw text)."""
_SELF_CLOSED = re.compile(rb"(<iframe\b[^<>]*?)\s*/>(?!\s*</iframe)", re.IGNORECASE)
"""<iframe/> in a <noscript>: browsers, which run scripts, do not parse it there."""
_TAIL = 200
_LITTLE_TEXT = 400
"""Characters; a page that keeps less than this without its <nav> and <footer> is read again with them."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Flat lists in document order; an element is an index into the first six, a text node into the last two.

    The text of element `i` is `texts[text_starts[i]:text_ends[i]]`; its descendants are the elements from `i + 1` to
    `ends[i]`, exclusive. `parents[0]` is -1.
    """

    tags: list[str]
    sources: list[str]
    """The attributes of each element as serialised; read through `attribute` and `attributes`."""
    parents: list[int]
    ends: list[int]
    text_starts: list[int]
    text_ends: list[int]
    texts: list[str]
    """Text nodes, unescaped, white space as in the page."""
    text_parents: list[int]
    """The element that directly holds each text node."""
    json_ld: tuple[str, ...]
    """Contents of every script of type application/ld+json."""
    breadcrumbs: tuple[tuple[str, str], ...]
    """(text, href) of the links of a <nav> that calls itself a breadcrumb."""
    whole: bool
    """Whether <nav> and <footer> are in the lists, too."""
    memo: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What two readers need and is found once."""

    def elements(self, tag: str) -> list[int]:
        """Return the indexes of all elements of a tag, in document order."""
        return [i for i, name in enumerate(self.tags) if name == tag]

    def attribute(self, element: int, name: str) -> str | None:
        """Return the value of an attribute ("" for one without a value), or None; `name` in lower case."""
        return _attribute_of(self.sources[element], name)

    def attributes(self, element: int) -> dict[str, str]:
        """Return all attributes of an element, in their order; the parser has dropped doubled ones."""
        return _attributes_of(self.sources[element])

    def text(self, element: int) -> str:
        """Return the text inside an element, white space collapsed."""
        return " ".join("".join(self.texts[self.text_starts[element] : self.text_ends[element]]).split())

    def ancestors(self, element: int) -> list[int]:
        """Return the elements around an element, innermost first."""
        found = []
        parent = self.parents[element]
        while parent >= 0:
            found.append(parent)
            parent = self.parents[parent]
        return found


def snapshot_of(html: str | bytes, *, whole: bool = False, compounds: tuple[str, ...] = ()) -> Snapshot:
    """Return the snapshot of a page.

    Args:
        html: decoded source, as str or in UTF-8, already found harmless by `hazard.check`.
        whole: keep <nav> and <footer>, for explaining what was dropped; without it they are pruned before the walk,
            unless the page keeps hardly any text without them (an unclosed <nav>).
        compounds: CSS of single elements; those that match carry its number in the attribute `MARK`.

    """
    tree = LexborHTMLParser(html)
    for node in tree.css(f"[{MARK}]") if compounds else ():
        del node.attrs[MARK]
    for number, compound in enumerate(compounds):
        for node in tree.css(compound):
            node.attrs[MARK] = f"{node.attributes.get(MARK) or ''} {number}"
    lists, json_ld, breadcrumbs, swallowed = _read_tree(tree, _NEVER_TEXT if whole else _CHROME + _NEVER_TEXT, VOID)
    if swallowed:
        source = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else html
        mended, count = _SELF_CLOSED.subn(rb"\1></iframe>", source)
        if count:
            return snapshot_of(mended, whole=whole, compounds=compounds)
    snapshot = Snapshot(*lists, json_ld, breadcrumbs, whole)
    if not whole and len(html) > _LITTLE_TEXT and _has_little(snapshot.texts):
        return snapshot_of(html, whole=True, compounds=compounds)
    return snapshot


def read_tree(tree: LexborHTMLParser, pruned: tuple[str, ...], void: frozenset[str]) -> Read:
    """Return what a snapshot is made of; the tree is pruned then.

    Args:
        tree: parsed.
        pruned: elements that are not in the lists.
        void: elements that are never closed.

    """
    read = tree.css(_READ_BEFORE)
    json_ld = tuple(node.text() for node in read if node.tag == "script")
    trails = (nav for nav in read if nav.tag != "script" and "breadcrumb" in str(nav.attributes).lower())
    breadcrumbs = tuple(
        (" ".join(link.text().split()), link.attributes.get("href") or "")
        for nav in islice(trails, _MOST_TRAILS)
        for link in nav.css("a")[:_LONGEST_TRAIL]
    )
    tree.strip_tags(list(pruned))
    written = tree.html or ""
    swallowed = _SWALLOWED.search(written, max(0, len(written) - _TAIL)) is not None
    return _flat_lists(written, void), json_ld, breadcrumbs, swallowed


_Reader = TypeVar("_Reader", bound="Callable[..., Read]")


def quickly(thoroughly: _Reader) -> _Reader:
    """Return `thoroughly`, which is `read_tree`; its twin reads most trees in memory and leaves it the others."""
    return thoroughly


def _has_little(texts: list[str]) -> bool:
    left = _LITTLE_TEXT
    for text in texts:
        left -= len(text)
        if left <= 0:
            return False
    return True


def flat_lists(html: str, void: frozenset[str]) -> FlatLists:  # noqa: C901  # one loop, on purpose: the hottest of all
    """Return the first eight lists of a `Snapshot` of serialised HTML, in their order: one walk over its tokens.

    `void`: elements that are never closed.
    """
    tags: list[str] = []
    sources: list[str] = []
    parents: list[int] = []
    ends: list[int] = []
    text_starts: list[int] = []
    text_ends: list[int] = []
    texts: list[str] = []
    text_parents: list[int] = []
    current = -1
    inner = ""  # the tag of `current`
    count = 0
    for tag, source, text in _TOKEN.findall(html):
        if tag:
            if tag[0] == "/":
                name = tag[1:]
                closing = current
                if name != inner:  # hardly ever: the serialiser closes what it opened
                    while closing >= 0 and tags[closing] != name:
                        closing = parents[closing]
                if closing >= 0:
                    at = len(texts)
                    while current >= closing:
                        ends[current] = count
                        text_ends[current] = at
                        current = parents[current]
                    inner = tags[current] if current >= 0 else ""
            else:
                at = len(texts)
                tags.append(tag)
                sources.append(source)
                parents.append(current)
                text_starts.append(at)
                text_ends.append(at)
                if tag not in void:
                    current = count
                    inner = tag
                count += 1
                ends.append(count)
        if text:
            texts.append(_unescape(text) if "&" in text else text)
            text_parents.append(current)
    at = len(texts)
    while current >= 0:
        ends[current] = count
        text_ends[current] = at
        current = parents[current]
    mark_breaks(tags, sources, ends, text_starts, text_ends)
    return tags, sources, parents, ends, text_starts, text_ends, texts, text_parents


def mark_breaks(
    tags: list[str], sources: list[str], ends: list[int], text_starts: list[int], text_ends: list[int]
) -> None:
    """Make a <br> of each empty <span> that says with a class of that very name that it is one.

    Pages write line breaks so where a style turns the element into a block; without them words run together. Found by
    comparing the text of pages with what a browser shows.
    """
    for i, tag in enumerate(tags):
        if tag == "span" and ends[i] == i + 1 and text_starts[i] == text_ends[i]:
            source = sources[i]
            at = source.find(' class="') if "br" in source else -1  # quotes inside of values are escaped
            if at >= 0 and "br" in source[at + 8 : source.find('"', at + 8)].split():
                tags[i] = "br"


def attributes_of(source: str) -> dict[str, str]:
    """Return the attributes of an element as serialised, in their order."""
    if "&" in source:
        return {key: _unescape(value) for key, value in _ATTRIBUTE.findall(source)}
    return dict(_ATTRIBUTE.findall(source))


def attribute_of(source: str, name: str) -> str | None:
    """Return the value of an attribute of an element as serialised ("" for one without a value), or None."""
    if name not in source:
        return None
    at = source.find(f' {name}="')
    if at >= 0 and source.count('"', 0, at) % 2 == 0:  # not inside of another one's value
        start = at + len(name) + 3
        return _unescape(source[start : source.find('"', start)])
    return next((_unescape(value) for key, value in _ATTRIBUTE.findall(source) if key == name), None)


def _unescape(text: str) -> str:
    """Undo the serialiser's escapes: exactly these exist (HTML standard, 13.3, "escaping a string")."""
    if "&" not in text:
        return text
    return (
        text.replace("&nbsp;", "\xa0")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", '"')
        .replace("&amp;", "&")
    )


_flat_lists = fastest(flat_lists, "walk")
_read_tree = fastest(quickly, "tree")(read_tree)
_attribute_of = fastest(attribute_of, "attributes")
_attributes_of = fastest(attributes_of, "attributes")
