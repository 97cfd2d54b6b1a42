"""Bylines as the reader sees them: in elements that call themselves so, and in lines such as "By Jane Doe"."""

from __future__ import annotations

import re
from itertools import zip_longest
from typing import TYPE_CHECKING

from scraper.fields.bylines.by_line import names_by_line
from scraper.fields.bylines.names import (
    is_full_name,
    is_helper,
    is_label,
    is_organisation,
    is_picture_credit,
    is_role,
    may_be_labelled,
    starts_with_helper,
    without_prefix,
    without_reviewers,
)
from scraper.fields.bylines.persons import is_cut_sentence, like_person, looks_like_person
from scraper.fields.dates.date_text import find_moments
from scraper.fields.dates.months import is_update_label, word_key
from scraper.fields.values import absolute_url, clean, fold
from scraper.page.words import finder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.body.segment import TextBlock
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = [
    "MAX_BYLINE",
    "Byline",
    "around",
    "bylines_by_class",
    "bylines_by_link",
    "bylines_in_lines",
    "bylines_left_out",
    "names_in_lines",
    "only_author",
    "signatures",
]

_WORDS = ("author", "byline", "autor", "auteur", "writer", "verfasser", "firma")
"""In classes, ids, rel and itemprop, the most telling first."""
_LINKS = (
    "/people/",
    "/person",
    "/profile",
    "/staff/",
    "/contributor",
    "/journalist",
    "/reporter",
    "/columnist",
    "/team/",
    "/av/",
)
"""In the addresses of pages about people; those about authors have a word of their own."""
_AUTHOR = re.compile("author(?!i[tsz])")
"""No authority, no authorisation."""
_WHOLE = {
    "author": _AUTHOR,
    "firma": re.compile(r"(?<![a-z])firmas?(?![a-z])"),
    "writer": re.compile(r"(?<!type)writer"),
}
_OTHER_ADDRESS = re.compile(r' href="(?![^"]*[/?&_]authors?[/=])[^"]*"')
"""An address that is not of a page about authors: the title of an article may have the word."""
_MAX_ZONE = 600
"""Elements of one zone that are looked at."""
_is_no_byline = finder(
    "comment", "related", "teaser", "bio-", "-bio", "_bio", "biograph", "avatar", "photo", "image", "img", "caption", "social",
    "follow", "newsletter", "figure", "sidebar", "widget", "description", "more-from", "readmore", "popular", "recirc",
    "recommend", "-card", "_card", " card", "list-item", "thumb", "reply",
)  # fmt: skip
"""In the attributes of elements about authors that are no bylines."""
_COMMENT = re.compile(r"(?:class|id)=\"[^\"]*comments?(?![a-z])|schema\.org/(?:user)?comment", re.IGNORECASE)
"""In the attributes of a box of comments."""
_MAX_LEVELS = 8
_HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
_SKIPPED_TAGS = frozenset(
    "meta link body html input label img figure figcaption form textarea script style picture button".split()
)
_MAX_VISIBLE = 40
MAX_BYLINE = 200
_AUTHOR_LINK = re.compile(
    r"[/?&](?:autor(?:e[ns]?|i|es)?|authors?|auteurs?|people|persons?|profiles?|profil|by|staff|teams?|journalists?|reporters?|redakt\w*|writers?|contributors?|columnists?|firmas?|kirjoittaja|skribent|mitarbeiter|users?|members?)[/=_-]",
    re.IGNORECASE,
)
_INNER = re.compile(
    r"(?:^|[\s|·•,–—(-])(?:by|von|par|por|door|av|af|oleh|autor:|автор:?)\s+(\S.{1,100})$", re.IGNORECASE
)
"""A byline behind a date or a label: "Posted on May 3 by jane", "11.05.2012, 10:22 von hans"."""
_NAMES = r"([^\W\d_][\w.'’-]+(?: [\w.'’&,-]+){1,8}?)"
_OPENS = re.compile(rf"(?:By|BY|Von|VON|Par|PAR|Por|POR) {_NAMES}\s?(?::| [-–—] |\n)")
_CLOSES = re.compile(rf"[.!?…”“»\"]\s+(?:[-–—]\s?)?(?:By|Von|VON|Par|Por) {_NAMES}\.?$")
_MAX_INNER = 150
_FEW_WORDS = 2
_SEPARATOR = re.compile(r"\s+[|·•–—-]\s+")
_DIGIT = re.compile(r"\d")
_SHARED = re.compile(r"\b(?:geteilt von|shared by|compartida por|partagée par|condiviso da|gedeeld door)\b")
"""Before the account whose post of a social network stands in the text."""
_RATED = re.compile(r"\W*(?:bewertung|rating|reply|antwort|reaktion) (?:von|by|from)\b|.{0,40}\blast edited\b")
_ANSWERED = re.compile(r"\W*(?:kommentar|comment|commentaire|comentario)s? (?:von|by|from|par|de)\b|interview\b")
"""How lines begin, in lower case."""
_STUCK = re.compile(r"[A-Z]?[a-z]{1,9}[A-Z]")
"""The start of a line whose first word may be a label without a blank behind it."""
_ENDS = " |·•–—-,"
_MAX_BARE = 40
_PERSON_WORDS = range(2, 5)
_TEAM = re.compile(
    r"(?:by |von )?(?:the )?(?:(?:staff|editors|redaktion|redacción|rédaction|redazione|redactie) (?:of |at |de |von |van )?(?:the )?([\w.' -]{3,30})"
    r"|([\w.' -]{3,30}?)[ -](?:team|staff|editors|editorial team|editorial staff|redaktion|newsroom))"
)
_MIN_HOUSE = 4
_SIGNED = re.compile(r"\(([^()\d]{5,35})\)\W{0,5}$")
_INITIALS = re.compile(r"\W?([A-Z]{2,3}|[a-z]{2,3}(?:/[a-z]{2,3})?)\W?")
_NO_INITIALS = frozenset(
    "at by on in to of or and the for ad faq top ok nav rss tag tv en de fr es it pt und von am le la el".split()
)
"""Words, and labels of links, as short as initials."""
_LINES = frozenset({"p", "div", "span", "em", "i", "strong"})
_AUTHORS = ('rel="author', "author-name", "author__name")
"""In attributes of the elements that name an author and nothing else."""
_NICKNAME = range(3, 16)
_BESIDE = 2
"""Lines behind a name in which its date or job stands."""
_TO_THE_RIGHT = re.compile(r"(?:text-align:\s?|align=\"|text-|align-?)right", re.IGNORECASE)
_SIGNING = 3
"""Blocks behind the text among which the line can stand that signs it."""
_PORTRAIT = 3
"""Letters that stand in the place of a portrait."""
_BARE_BLOCKS = 4
"""Blocks behind the headline among which a name can stand alone."""

Byline = tuple[str, list[str], str, str, dict[str, str]]
"""(raw, names, source, where, URL by name)."""


def bylines_by_class(material: Material) -> Iterator[Byline]:
    """Yield bylines from elements that call themselves so, within the article's head, then after its text."""
    snapshot = material.snapshot
    done: set[int] = set()
    end = material.element_range[1]
    for low, high, zone in material.byline_zones:
        by_word: dict[str, list[int]] = {}
        found = material.clues.places.within(_WORDS, low, min(high, low + _MAX_ZONE))
        for element in sorted(found):
            if element in done or snapshot.tags[element] in _SKIPPED_TAGS:
                continue
            done.add(element)
            source = snapshot.sources[element].lower()
            if found[element] in _WHOLE and not _WHOLE[found[element]].search(source):
                continue
            if found[element] == "author" and not _AUTHOR.search(_OTHER_ADDRESS.sub("", source)):
                continue
            if not _is_no_byline(source) and not (element > end and _in_comments(snapshot, element)):
                by_word.setdefault(found[element], []).append(element)
        for word in sorted(by_word, key=_WORDS.index):
            byline = _byline_of(material, by_word[word][:_MAX_VISIBLE], f"{word} in {zone}")
            if byline:
                yield byline


def _in_comments(snapshot: Snapshot, element: int) -> bool:
    """Whether an element stands in a box of readers' comments."""
    around = snapshot.parents[element]
    for _ in range(_MAX_LEVELS):
        if around < 0 or snapshot.tags[around] in {"article", "main", "body"}:
            return False
        if _COMMENT.search(snapshot.sources[around]):
            return True
        around = snapshot.parents[around]
    return False


def _byline_of(material: Material, elements: list[int], where: str) -> Byline | None:
    """Return the byline that elements of one kind state together."""
    names: list[str] = []
    urls: dict[str, str] = {}
    raws: list[str] = []
    helpers: list[str] = []
    end = -1
    for element in elements:
        if element < end or (names and element > material.first_element > material.snapshot.ends[elements[0]]):
            continue  # within another, or in the text: of a teaser there
        text, found, links = _read_byline(material, element)
        if found:
            end = material.snapshot.ends[element]
            raws.append(text)
            if starts_with_helper(text) or (len(elements) > 1 and is_helper(*around(material.snapshot, element))):
                helpers += found
                continue
            sure = any(" " in name and is_full_name(name) for name in names) and not is_role(text)
            # one word beside a person is a button, an account
            names += [n for n in found if n not in names and not (sure and " " not in n and n[0].isascii())]
            urls |= links
    names = _without_labels_of_links(names or helpers, urls)
    return ("; ".join(raws), names, "visible", where, urls) if names else None


def _without_labels_of_links(names: list[str], urls: dict[str, str]) -> list[str]:
    """Return the names without those of links to another's page: "More posts" beside "Jane Doe", to ".../jane-doe"."""
    foreign = [
        name
        for name, url in urls.items()
        if not _is_of_address(name, url) and any(_is_of_address(other, url) for other in names)
    ]
    return [name for name in names if name not in foreign]


def _is_of_address(name: str, url: str) -> bool:
    """Whether the last part of an address can be that of a name: the initials of its first and last words are there."""
    slug = re.split(r"[^a-z]+", url.rstrip("/").rpartition("/")[2].lower())
    words = word_key(name).split()
    return all(any(part.startswith(word[0]) for part in slug) for word in (words[0], words[-1]))


def bylines_by_link(material: Material) -> Iterator[Byline]:
    """Yield the names that link to pages about people, in the article's head."""
    snapshot = material.snapshot
    low, high, _ = material.byline_zones[0]
    names: list[str] = []
    urls: dict[str, str] = {}
    for element in sorted(material.clues.places.within(_LINKS, low, min(high, low + _MAX_ZONE))):
        text = snapshot.text(element) if snapshot.tags[element] == "a" else ""
        if not text or len(text) > _MAX_BARE or element >= material.first_element:
            continue
        found = material.names_in(text)[0]
        if len(found) == 1 and looks_like_person(found[0]) and not is_organisation(found[0], material.folded_sites):
            if found[0] not in names and not is_helper(*around(snapshot, element)):
                names.append(found[0])
            url = absolute_url(snapshot.attribute(element, "href"), material.base)
            if url:
                urls[found[0]] = url
    if names:
        yield ", ".join(names), names, "visible", "link in head", urls


def around(snapshot: Snapshot, element: int) -> tuple[str, str]:
    """Return the texts right before and right behind an element."""
    start, end = snapshot.text_starts[element], snapshot.text_ends[element]
    before = next((t for t in snapshot.texts[start - 1 : max(start - 4, 0) : -1] if t.strip()), "") if start else ""
    return before, next((t for t in snapshot.texts[end : end + 3] if t.strip()), "")


def _read_byline(material: Material, element: int) -> tuple[str, list[str], dict[str, str]]:
    """Return (text, names, URL by name) of an element; its links to authors' pages are the best evidence."""
    snapshot = material.snapshot
    text = material.lines_of(element)
    material.memo.setdefault("byline_texts", []).append(text[:MAX_BYLINE])
    urls: dict[str, str] = {}
    linked: list[str] = []
    written = without_reviewers(text)
    for i in range(element, min(snapshot.ends[element], element + 60)):
        if snapshot.tags[i] == "a":
            href = snapshot.attribute(i, "href") or ""
            if _AUTHOR_LINK.search(href) or "author" in snapshot.sources[i]:
                label = clean(snapshot.text(i), MAX_BYLINE) or ""
                parts = material.lines_of(i)
                if _is_one_name(parts):
                    label = parts.replace("\n", " ")
                    written = written.replace(parts, label)
                for name in material.names_in(label)[0]:
                    if name not in linked and name in written:
                        linked.append(name)
                    url = absolute_url(href, material.base)
                    if url:
                        urls.setdefault(name, url)
    lines = _behind_label(text) if ":\n" in text else text
    by_line = names_by_line(material, lines) if "\n" in lines else []
    if linked:
        if set(linked) < set(by_line):
            below = by_line[0] == text.partition("\n")[0] and by_line[1:] == linked == [text.rpartition("\n")[2]]
            return text, by_line[:1] if below else by_line, urls  # "More posts" below the name
        return text, linked, urls
    if not text or len(text) > MAX_BYLINE:
        return text, [], {}
    if by_line:
        return text, by_line, {}
    return text, material.names_in(lines)[0], {}


def _behind_label(text: str) -> str:
    """Return the lines of a list of facts that name its author: "Date:", "3 May", "Author:", "Jane Doe", "Source:"."""
    lines = text.split("\n")
    start = next((k + 1 for k, line in enumerate(lines) if line.endswith(":") and is_label(line)), 0)
    end = next((k for k in range(max(start, 1), len(lines)) if lines[k].endswith(":")), len(lines))
    return "\n".join(lines[start:end])


def _is_one_name(lines: str) -> bool:
    """Whether markup parts a given name from the surname: "<b>Jane</b> <b>Doe</b>"."""
    parts = lines.split("\n")
    words = [len(part.split()) for part in parts]
    one = len(words) == 2 and 1 in words and sum(words) in _PERSON_WORDS  # noqa: PLR2004  # given name and surname
    return one and not _DIGIT.search(lines) and not is_label(parts[0])


def bylines_in_lines(material: Material) -> Iterator[Byline]:
    """Yield bylines from lines such as "By Jane Doe" around the headline or after the text."""
    yield from _labelled(material)
    yield from _in_text(material)


def names_in_lines(material: Material) -> Iterator[Byline]:
    """Yield names that stand alone, or beside a date, near the headline or signed behind the text."""
    head = material.head_after_headline[: _BARE_BLOCKS + _BESIDE]
    for k, block in enumerate(head[:_BARE_BLOCKS]):
        name = _name_alone(material, block)
        if name and _is_introduced(material, name, head[max(k - 1, 0) : k + 1 + _BESIDE]):
            yield block.text, [name], "visible", "name in head", {}
            break
    for block in (*head[:_BARE_BLOCKS], *material.tail[:_BESIDE]):
        team = _team_of_the_house(material, block.text)
        if team:
            yield block.text, [team], "visible", "team of the house", {}
            break
    for block in material.tail[:3]:
        name = _name_alone(material, block) if _is_signature(material.snapshot, block.element) else None
        if name:
            yield block.text, [name], "visible", "name in tail", {}
            break
    yield from _in_nodes(material)


def _name_alone(material: Material, block: TextBlock) -> str | None:
    """Return the name that is all of a line, in one piece of text."""
    snapshot = material.snapshot
    tag = snapshot.tags[block.element]
    if len(block.text) > _MAX_BARE or tag in _HEADINGS or "\n" in material.lines_of(block.element):
        return None
    if _is_no_byline(snapshot.sources[block.element]):
        return None
    names = material.names_in(block.text)[0]
    if len(names) == 1 and names[0] == block.text.strip() and looks_like_person(names[0]):
        return None if is_organisation(names[0], material.folded_sites) else names[0]
    return None


def _team_of_the_house(material: Material, line: str) -> str | None:
    """Return the desk that is all of a line, or of its part before a stroke: "Example Team | 5 min read"."""
    first = line.partition("|")[0].partition("·")[0].partition("•")[0].strip()
    match = _TEAM.fullmatch(first.lower()) if len(first) <= _MAX_BARE else None
    house = fold(next(filter(None, match.groups()))).replace(" ", "") if match else ""
    near = len(house) >= _MIN_HOUSE and any(house in s.replace(" ", "") for s in material.folded_sites)
    return first if near else None


def _is_introduced(material: Material, name: str, around: tuple[TextBlock, ...]) -> bool:
    """Whether the lines around a name are those of a byline: a date or a job, or the text is followed by its bearer."""
    for block in around:
        line = block.text[:MAX_BYLINE]
        if (
            block.text != name
            and len(line) < MAX_BYLINE
            and (is_role(line) or is_update_label(line) or (_DIGIT.search(line) and find_moments(line)))
        ):
            return True
    return any(block.text.startswith(name) for block in material.tail)


def _is_signature(snapshot: Snapshot, element: int) -> bool:
    """Whether a line is set to the right, as the writer's name under a letter."""
    return any(
        _TO_THE_RIGHT.search(snapshot.sources[i]) for i in range(element, min(snapshot.ends[element], element + 3))
    )


def bylines_left_out(material: Material) -> Iterator[Byline]:
    """Yield the byline between two paragraphs of the text that the body left out."""
    kept = [k for k, keep in enumerate(material.story.kept) if keep]
    for k in range(kept[0], kept[-1]) if kept else ():
        block = material.story.segments[k]
        if material.story.kept[k] or len(block.text) > _MAX_BARE + _NICKNAME.stop or not may_be_labelled(block.text):
            continue
        rest, prefixed = without_prefix(material.spaced(block.element, block.text))
        names = material.names_in(rest)[0] if prefixed and not is_picture_credit(block.text) else []
        if names and ", ".join(names) == rest and all(map(looks_like_person, names)):
            yield block.text, names, "visible", "byline left out of the text", {}
            return


def signatures(material: Material) -> Iterator[Byline]:
    """Yield what signs the text: initials in a line of their own behind it, "(Jane Doe)" at its very end."""
    last = max((k for k, keep in enumerate(material.story.kept) if keep), default=-1)
    if last < 0:
        return
    segments = material.story.segments
    end = _SIGNED.search(segments[last].text[-_MAX_BARE:])
    if end and looks_like_person(end[1]):
        yield end[1], [end[1]], "visible", "signature of the text", {}
        return
    for block in segments[last : last + 2]:
        initials = _INITIALS.fullmatch(block.text.strip())
        if initials and initials[1].lower() not in _NO_INITIALS and material.snapshot.tags[block.element] in _LINES:
            yield block.text, [initials[1]], "visible", "initials behind the text", {}
            return


def only_author(material: Material) -> Iterator[Byline]:
    """Yield the one name that all elements of the page for its authors bear, wherever they stand."""
    snapshot = material.snapshot
    names: dict[str, str | None] = {}
    marked = material.clues.places.naming(_AUTHORS)
    for element in [element for word in _AUTHORS for element in marked.get(word, ())][:_MAX_VISIBLE]:
        found = material.names_in(clean(snapshot.text(element), MAX_BYLINE) or "")[0]
        if len(found) == 1:
            names.setdefault(found[0], absolute_url(snapshot.attribute(element, "href"), material.base))
    if len(names) == 1:
        name, url = names.popitem()
        yield name, [name], "visible", "the page's only author", {name: url} if url else {}


def _labelled(material: Material) -> Iterator[Byline]:
    """Yield the bylines of lines that say so themselves or behind a label."""
    behind = material.head_after_headline
    known = {b.element for b in behind}
    before = tuple(b for b in material.head if b.element not in known)
    zones = (("in head", behind), ("before the headline", before), ("in tail", material.tail))
    end = material.element_range[1]
    for zone, blocks in zones:
        label = below = False
        weak: Byline | None = None
        for block, following in zip_longest(blocks, blocks[1:]):
            text = block.text
            below = below or (block.element > end and material.snapshot.tags[block.element] in _HEADINGS)
            dated = below and _DIGIT.search(text) is not None  # a line of another article
            if len(text) > MAX_BYLINE or dated or _tells_of_others(text, behind=zone == "in tail"):
                label = False
                continue
            if label and following and _are_initials(text, following.text):
                continue
            if _STUCK.match(text):
                text = material.spaced(block.element, text)
            starts = may_be_labelled(text)
            if (starts or label) and is_picture_credit(text):
                label = False
                continue
            rest, prefixed = without_prefix(text) if starts else (text, False)
            names = _in_line(material, text, rest, labelled=label or prefixed)
            if names or (len(text) <= _MAX_BARE and (label or prefixed)):
                material.memo.setdefault("byline_texts", []).append(text)
            found: Byline = (text, names, "visible", f"byline {zone}", {})
            if any(map(is_full_name, names)):
                yield found
                weak = None
                break
            weak = weak or (found if names else None)
            if weak and block.element >= material.first_element:
                break
            label = starts and is_label(text)
        if weak:
            yield weak


def _tells_of_others(text: str, *, behind: bool) -> bool:
    """Whether a line names who shared a post, rated, edited a page or, `behind` the text, commented or was interviewed."""
    if "(@" in text and _SHARED.search(text):
        return True
    lowered = text[:_MAX_BARE].lower()
    return _RATED.match(lowered) is not None or (behind and _ANSWERED.match(lowered) is not None)


def _are_initials(text: str, name: str) -> bool:
    """Whether a text is what stands in the place of a portrait: the initials of the name behind it."""
    return len(text) <= _PORTRAIT and text == "".join(word[0] for word in name.split()[:_PORTRAIT])


def _in_text(material: Material) -> Iterator[Byline]:
    """Yield the byline that opens the text ("By Jane Doe: ...") or closes its standfirst ("... for it. Von Jane Doe")."""
    for text in material.opening[:2]:
        match = _OPENS.match(text[:_MAX_INNER]) or _CLOSES.search(text[-_MAX_INNER:])
        names = material.names_in(match.group(1))[0] if match else []
        if names and all(map(looks_like_person, names)):
            yield text[:MAX_BYLINE], names, "visible", "byline in the text", {}
            return


def _in_nodes(material: Material) -> Iterator[Byline]:
    """Yield a byline from a line beside the headline that has name and date: "<span>Jane Doe</span><span>3 May</span>"."""
    behind = material.head_after_headline[:_BARE_BLOCKS]
    at = material.headlines.element
    before = [b for b in material.head if b.element < at][-1:]
    signed = [b for b in material.tail if b.element > material.element_range[1]][:_SIGNING]
    for block in (*behind, *before, *signed):
        if len(block.text) > MAX_BYLINE or not _DIGIT.search(block.text) or not find_moments(block.text):
            continue
        lines = material.lines_of(block.element).split("\n")
        for line in lines if len(lines) > 1 else _SEPARATOR.split(block.text):
            if is_picture_credit(line):
                continue
            rest, prefixed = without_prefix(line.strip(_ENDS))
            names = material.names_in(rest)[0] if len(line) <= _MAX_BARE else []
            if len(names) == 1 and (like_person(names[0]) if prefixed else looks_like_person(names[0]) and names[0] == rest):
                if is_organisation(names[0], material.folded_sites) or not is_full_name(names[0]):
                    continue
                yield line, names, "visible", "part of a line in head", {}
                return


def _in_line(material: Material, text: str, rest: str, *, labelled: bool) -> list[str]:
    """Return the names in a line that says that they wrote: by its first word, the line before it, or in its midst."""
    if labelled:
        names, _ = material.names_in(rest)
        if names and (all(like_person(n) for n in names) or _is_nickname(names, rest)):
            return names
    if len(text) <= _MAX_INNER and _DIGIT.search(text):
        inner = _INNER.search(text)
        if inner and (find_moments(text[: inner.start(1)]) or text.count(" ", 0, inner.start()) < _FEW_WORDS):
            if not find_moments(text):
                return []
            names, _ = material.names_in(inner.group(1))
            if names and len(names[0].split()) <= 4:  # noqa: PLR2004  # as people are called
                return names
    return []


def _is_nickname(names: list[str], line: str) -> bool:
    """Whether all that stands behind a label is one word in small letters: "by jane88"."""
    return names == [line] and line.isalnum() and line.islower() and len(line) in _NICKNAME
