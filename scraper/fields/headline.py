"""headline: as the reader sees it, confirmed by what the page says to machines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from scraper.fields.headline_witnesses import address_share, address_words, is_agreed, is_section, rest_of_title
from scraper.fields.values import clean, fold, host_of, strings
from scraper.model.evidence import Candidate
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.metadata.clues import Clues
    from scraper.page.page import Page
    from scraper.page.snapshot import Snapshot

__all__ = ["Headlines", "find_headlines"]

_MAX_HEADLINE = 500
"""Characters; the longest annotated headline has 230."""
_MIN_SHARED = 0.5
"""Share of words that a heading must have in common with a machine-readable title to be its visible form."""
_SEPARATOR = re.compile(
    r"[\s|｜：»:,]"  # by its first character, the engine goes on to the next place at once
    r"(?:(?<=\s)\s*(?:(?:[|\-–—·»›•~/:]|::|\|\|)+\s+|[|｜]\s*|[\-–—|])|(?<=[|｜])\s*|(?<=[：»])|(?<=\w:) |(?<=,) (?=[A-Z0-9]))"
)
_SOFT = frozenset({",", ":", "："})
"""Separators that stand inside of headlines, too."""
_STROKE = re.compile(r"[\s|｜](?:(?<=\s)\s*(?:[|–—-]\s+|[|｜]\s*)|(?<=[|｜])\s*)")
_ANY_STROKE = re.compile("[|–—｜-]")
_MOST, _MORE = 2.0, 0.1
"""What speaks for a heading that a statement has word for word, and what every other statement adds at most."""
_PART = 0.95
"""What a statement says for a heading that is its start or its end, but not up to a stroke."""
_JOINTS = " :|–—-"
_JOINT = re.compile(r"[:|–—-]\s*$")
"""Between a kicker and the headline."""
_SAME_SENTENCE = frozenset(",;")
_STUCK = re.compile(r"[a-zà-ÿ?!:»”][A-ZÀ-Þ][a-zà-ÿ\s]")
"""Two lines of a heading that only markup parts: "BasicsWhat to know"."""
_MARKUP = re.compile(r"[*_#<>]")
"""Marks that statements keep of what an editor typed."""
_CONTROLS = frozenset(
    "log in|login|sign in|sign up|register|subscribe|newsletter|menu|search|share|cookie settings|privacy overview|your cart|cart"
    "|anmelden|einloggen|registrieren|suche|menü|warenkorb|quicklinks|cookie einstellungen|iniciar sesión|buscar|menú|suscríbete"
    "|connexion|se connecter|recherche|panier|accedi|cerca|carrello|entrar|inloggen|zoeken|logga in|logg inn|log ind|zaloguj się"
    "|szukaj|войти|поиск|ログイン|検索|登录|登錄|搜索".split("|")
)
"""Headings of what lies over a page, folded."""
_is_trail = finder("breadcrumb", 'role="navigation')
_AROUND = 4
"""Elements around a heading that are asked whether they are a trail."""
_MAX_HEADINGS = 40
_MIN_ADDRESS = 0.7
"""Share of an address's words from which it names a heading."""
_APART = 6
"""Texts between a site's name and a headline: a menu; between a headline and its subtitle stands a date or a byline."""
_HEADLINE_WORDS = ("headline", "hed")
"""Classes of headlines on pages that have no heading."""
_HEADLINE_TAGS = frozenset({"span", "div", "font", "td", "p", "b", "strong"})
_HOME = frozenset({"/", "./", "../", "/index.html", "/index.php"})
_ROOT = re.compile(r"(?:https?:)?//[^/?#]+/?", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]+")
_MIN_SITE = 4
"""Letters from which the start of a site's name is told from a word of the title."""
_SENTENCE = 15
"""Characters from which a common end is no accident."""
_is_kicker = finder(
    "kicker", "topline", "top-line", "overline", "over-line", "oberzeile", "dachzeile", "eyebrow", "spitzmarke", "ueberzeile",
    "roofline", "supertitle", "super-title", "surtitre", "pretitle", "pre-title", "antetitulo", "occhiello", "vignette",
    "tagline", "hidden", "sr-only", "category", "section", "label", "intro", "topic",
)  # fmt: skip
"""Words in a class that mark the line above a headline, in the vocabulary of publishing systems."""
_NO_KICKER = re.compile("label-(?:hidden|above|inline)|visually-?hidden-?focusable")
"""What a system for fields says of its own label, which is not there."""


class Headlines(msgspec.Struct, frozen=True):
    """The candidates, best first, and where the visible headline stands."""

    candidates: tuple[Candidate, ...]
    element: int
    """The heading's element; -1: none was recognised."""


def find_headlines(
    page: Page, clues: Clues, articles: tuple[dict[str, Any], ...], names: tuple[str, ...], text_at: int
) -> Headlines:
    """Return the headline's candidates of a page; `text_at`: the element of the text's first paragraph, -1: none."""
    names = (*names, *_home_names(page, clues))
    stated = _stated(clues, articles, names)
    likely = _headings(page, clues)
    best, element, score = _best_heading(likely, stated, names, text_at)
    if best is None or not _is_settled(best, score, stated):
        best, element = _searched(page, clues, likely, stated, names, text_at)
    if best is None:
        element = _where_stated(page.snapshot, stated)
    candidates = [_with_kicker(best, stated), best] if best else []
    order = {"jsonld": 0, "microdata": 1, "og": 2, "meta:twitter:title": 3, "title": 4}
    candidates += sorted(stated, key=lambda c: order.get(c.source, 9))
    seen: set[str] = set()
    unique = []
    for candidate in candidates:
        key = fold(candidate.value)
        if key and key not in seen:
            seen.add(key)
            unique.append(candidate)
    return Headlines(tuple(unique), element)


def _is_settled(best: Candidate, score: float, stated: list[Candidate]) -> bool:
    """Whether no heading of another level can have as much for it, and nothing that the page says doubts it."""
    return score > _MOST + _MORE * len(stated) and is_agreed(best.value, stated) and not _foreign(best, stated)


def _searched(  # what it takes, as `find_headlines`
    page: Page, clues: Clues, likely: list[Heading], stated: list[Candidate], names: tuple[str, ...], text_at: int
) -> tuple[Candidate | None, int]:
    """Return the visible headline and its element, of headings of every level, of what classes call so, of the title."""
    headings = [*likely, *_readable(page, clues.places.tag("h2"), 2)]
    best, element, _ = _best_heading(headings, stated, names, text_at)
    if best is None or _foreign(best, stated):
        lower, at, _ = _best_heading(_low(page, clues), stated, names, -1)
        best, element = (lower, at) if lower else (best, element)
    if best is None or not is_agreed(best.value, stated):
        best, element = _reviewed(page, clues, (best, element), headings, stated, text_at)
    if best is None:
        in_trails = _readable(page, clues.places.tag("h1"), 1, in_trail=True)
        best, element, _ = _best_heading(in_trails, stated, names, -1)
    if best is None and all(c.source == "title" for c in stated):
        best, element = _by_class(page, clues, names)
        best, element = (best, element) if best else _part_of_title(page.snapshot, clues, names)
    return best, element


def _stated(clues: Clues, articles: tuple[dict[str, Any], ...], names: tuple[str, ...]) -> list[Candidate]:
    """Return what the page says of its headline in the forms for machines."""
    sites = _squeezed(names)
    found = [
        Candidate(value=_without_exact_site(text, sites), raw=text[:500], source="jsonld", where="headline")
        for node in articles[:3]
        for text in strings(node.get("headline") or node.get("name"))[:1]
    ]
    for name, source in (("og:title", "og"), ("twitter:title", "meta:twitter:title"), ("headline", "microdata")):
        for raw in clues.meta.get(name, ())[:2]:
            text = clean(raw, _MAX_HEADLINE)
            if text:
                found.append(Candidate(value=_cut_site(text, sites), raw=raw[:500], source=source, where=name))
    title = clean(clues.title, _MAX_HEADLINE)
    if title:
        found.append(Candidate(value=_cut_site(title, sites, guess=True), raw=title, source="title", where="title"))
    return found


Reading = tuple[str, bool]
"""(text of a heading, whether a part of it that nothing calls a kicker is left out)."""
Heading = tuple[int, tuple[Reading, ...], int]
"""(element, readings, level)."""


def _headings(page: Page, clues: Clues) -> list[Heading]:
    """Return (element, readings, level) of what is likely to be the visible headline, h1 first."""
    tags = page.snapshot.tags
    marked = [m.element for m in clues.microdata if m.name == "headline" and tags[m.element] != "meta"]
    return [*_readable(page, clues.places.tag("h1"), 1), *_readable(page, marked, 1)]


def _low(page: Page, clues: Clues) -> list[Heading]:
    """Return the headings of third and fourth level."""
    return [heading for tag in ("h3", "h4") for heading in _readable(page, clues.places.tag(tag), 3)]


def _reviewed(
    page: Page,
    clues: Clues,
    found: tuple[Candidate | None, int],
    headings: list[Heading],
    stated: list[Candidate],
    text_at: int,
) -> tuple[Candidate | None, int]:
    """Return the heading that <title> and address speak for, where no other statement confirms `found`."""
    best, at = found
    address = address_words(page.url)
    support = address_share(best.value, address) if best else 0.0
    rests = rest_of_title(best.value, stated) if best else set()
    below = at if best and _in_title(best.value, stated) else -1  # a heading above is its kicker
    top: tuple[float, str, int] = (max(_MIN_ADDRESS, 2 * support), "", -1)
    if address or rests:
        for element, readings, level in (*headings, *_low(page, clues)):
            if element == at or element < below or (text_at >= 0 and element > text_at):
                continue
            for text, cut in readings:
                share = address_share(text, address)
                if (
                    fold(text) in rests
                    and element > at
                    and (share > support or level == 1 or _is_apart(page, at, element))
                ):
                    share += 1.0
                elif cut:
                    continue
                top = max(top, (share, text, element), key=_first)
    if top[1]:
        return Candidate(value=top[1], raw=top[1][:500], source="visible", where="heading"), top[2]
    return (None, -1) if best and is_section(best.value, stated, page.url) else found


def _in_title(text: str, stated: list[Candidate]) -> bool:
    own = fold(text)
    return any(own in fold(c.raw) for c in stated if c.source == "title")


def _first(item: tuple[float, str, int]) -> float:
    return item[0]


def _is_apart(page: Page, above: int, below: int) -> bool:
    """Whether so much stands between two headings that the second is no subtitle of the first."""
    snapshot = page.snapshot
    return snapshot.text_starts[below] - snapshot.text_ends[above] > _APART


def _home_names(page: Page, clues: Clues) -> list[str]:
    """Return the texts of headings that lead to the home page: names of the site."""
    snapshot, host = page.snapshot, host_of(page.url)
    found = (snapshot.text(i) for i in clues.places.tag("h1")[:3] if _leads_home(snapshot, i, host))
    return [name for text in found if (name := clean(text, _MAX_HEADLINE))]


def _readable(page: Page, elements: list[int], level: int, *, in_trail: bool = False) -> list[Heading]:
    """Return the headings among `elements` that have words; those in trails only where they are asked for."""
    snapshot, host = page.snapshot, host_of(page.url)
    texts = (
        (i, clean(snapshot.text(i), _MAX_HEADLINE))
        for i in elements[:_MAX_HEADINGS]
        if not _leads_home(snapshot, i, host) and (level > 1 or _in_breadcrumbs(snapshot, i) == in_trail)
    )
    return [
        (i, _readings(snapshot, i, text), level)
        for i, text in texts
        if text and (text[0].isalnum() or any(c.isalnum() for c in text)) and fold(text) not in _CONTROLS
    ]


def _leads_home(snapshot: Snapshot, heading: int, host: str) -> bool:
    """Whether a heading is a link to the home page, as a path or on the page's own host: it is the site's name."""
    around = snapshot.parents[heading]
    for i in (around, *range(heading + 1, min(snapshot.ends[heading], heading + 4))):
        if i >= 0 and snapshot.tags[i] == "a":
            href = (snapshot.attribute(i, "href") or "").strip()
            return href in _HOME or (bool(host) and _ROOT.fullmatch(href) is not None and host_of(href) == host)
    return False


def _in_breadcrumbs(snapshot: Snapshot, heading: int) -> bool:
    """Whether a heading is the last step of a trail: for search engines, beside the headline that readers see."""
    at = heading
    for _ in range(_AROUND):
        if at < 0:
            return False
        if snapshot.tags[at] == "nav" or _is_trail(snapshot.sources[at]):
            return True
        at = snapshot.parents[at]
    return False


def _foreign(best: Candidate, stated: list[Candidate]) -> bool:
    """Whether a heading has no word in common with what the page says of its article: it is the site's name."""
    words = set(fold(best.value).split())
    titles = [fold(c.value) for c in stated if c.source in {"jsonld", "og"}]
    return bool(titles) and not any(words & set(title.split()) for title in titles)


def _where_stated(snapshot: Snapshot, stated: list[Candidate]) -> int:
    """Return the element, of whatever tag, whose own text is a stated title; -1: none. It tells where the head is."""
    titles = {c.value for c in stated if len(c.value) > _SENTENCE}
    for k, text in enumerate(snapshot.texts):
        if (
            len(text) > _SENTENCE
            and text.strip() in titles
            and snapshot.tags[snapshot.text_parents[k]] in _HEADLINE_TAGS
        ):
            return snapshot.text_parents[k]
    return -1


def _part_of_title(snapshot: Snapshot, clues: Clues, names: tuple[str, ...]) -> tuple[Candidate | None, int]:
    """Return the longest part of the <title> where it alone stands as a line of its own on a page without headings."""
    sites = {fold(name) for name in names}
    title = clean(clues.title, _MAX_HEADLINE) or ""
    parts = {part.strip() for part in _SEPARATOR.split(title) if len(part.strip()) > _SENTENCE}
    parts = {part for part in parts if part != title and fold(part) not in sites}
    found: dict[str, int] = {}
    for k, text in enumerate(snapshot.texts) if parts else ():
        holder = snapshot.text_parents[k]
        if len(text) > _SENTENCE and text.strip() in parts and snapshot.tags[holder] in _HEADLINE_TAGS:
            found.setdefault(text.strip(), holder)
    if len(found) != 1:
        return None, -1
    line, element = found.popitem()
    if len(line) < max(map(len, parts)):
        return None, -1  # the site's name
    return Candidate(value=line, raw=line, source="visible", where="part of the title"), element


def _by_class(page: Page, clues: Clues, names: tuple[str, ...]) -> tuple[Candidate | None, int]:
    """Return the one line whose class says that it is the headline, for pages without headings; of several, none."""
    snapshot = page.snapshot
    sites = {fold(name) for name in names}
    lines: list[tuple[str, int, str]] = []
    found = clues.places.within(_HEADLINE_WORDS, 0, len(snapshot.tags) - 1)
    for element in sorted(found):
        if snapshot.tags[element] not in _HEADLINE_TAGS:
            continue
        named = _WORDS.findall((snapshot.attribute(element, "class") or "").lower())
        text = clean(snapshot.text(element), _MAX_HEADLINE) if found[element] in named else None
        if text and len(text) > _SENTENCE and fold(text) not in sites:
            lines.append((text, element, found[element]))
    if len(lines) != 1:
        return None, -1
    text, element, word = lines[0]
    return Candidate(value=text, raw=text[:500], source="visible", where=f"class {word}"), element


def _readings(snapshot: Snapshot, heading: int, text: str) -> tuple[Reading, ...]:
    """Return the ways to read a heading, the preferred one first: without its kicker, whole, without a part."""
    start, end = snapshot.text_starts[heading], snapshot.text_ends[heading]
    if end - start < 2:  # noqa: PLR2004  # a single text node has no parts
        return ((text, False),)
    parts: list[tuple[int, str]] = []
    for k in range(start, min(end, start + 50)):
        piece = clean(snapshot.texts[k], _MAX_HEADLINE)
        if piece:
            parts.append((_child_of(snapshot, snapshot.text_parents[k], heading), piece))
    if len(parts) < 2:  # noqa: PLR2004  # as above
        return ((text, False),)
    rest = " ".join(piece for _, piece in parts[1:]).lstrip(_JOINTS)
    first = parts[0][0]
    spaced = " ".join(piece for _, piece in parts)
    most = " ".join(piece for _, piece in parts[:-1])
    readings = [(text, False), (spaced, False), (most, True), (rest, True), (parts[0][1], True), (parts[-1][1], True)]
    if _STUCK.search(text) and not _STUCK.search(spaced):
        readings[0], readings[1] = readings[1], readings[0]
    if first != heading and _is_kicker(_NO_KICKER.sub("", snapshot.sources[first])) and len(rest) > 10:  # noqa: PLR2004  # not a number or a mark
        readings.insert(0, (rest, False))
    seen: dict[str, Reading] = {}
    for reading in readings:
        seen.setdefault(reading[0], reading)
    return tuple(seen.values())


def _child_of(snapshot: Snapshot, element: int, heading: int) -> int:
    """Return the child of `heading` around `element`, or `heading`."""
    while element != heading and snapshot.parents[element] != heading:
        element = snapshot.parents[element]
    return element


def _best_heading(
    headings: list[Heading], stated: list[Candidate], names: tuple[str, ...], text_at: int
) -> tuple[Candidate | None, int, float]:
    """Return the heading that the page's own titles speak for, and how much; else, the one above the text."""
    titles = [title for c in stated if (title := _title(c)).short]
    sites = {fold(name) for name in names}
    best: Supported | None = None
    above: Supported | None = None
    lone = sum(level == 1 for _, _, level in headings) == 1
    for element, readings, level in headings:
        for number, (text, cut) in enumerate(readings):
            if level > 1 and not _is_alike(text, titles):
                continue
            score, value = _support(text, titles, cut=cut, parts=len(readings) > 1)
            if level > 1 and score < 1.0:
                continue
            is_site = fold(text) in sites
            if level == 1 and not is_site and element < text_at and score > 0 and not cut and len(text) > _SENTENCE:
                above = _better(above, (score, value, element))
            score += 0.0 if level > 1 else 0.6 if lone else 0.3
            best = _better(best, (score - 0.05 * number - (2 if is_site else 0), value, element))
    if above and (best is None or best[0] < _MIN_SHARED or best[2] > text_at):
        best = (_MIN_SHARED, *above[1:])
    if best is None or best[0] < _MIN_SHARED:
        return None, -1, 0.0
    value = _without_exact_site(best[1], _squeezed(names))
    return Candidate(value=value, raw=best[1][:500], source="visible", where="heading"), best[2], best[0]


Supported = tuple[float, str, int]
"""(how much speaks for a heading, its text, its element)."""


def _better(best: Supported | None, other: Supported) -> Supported:
    return other if best is None or other[0] > best[0] else best


class _Title(NamedTuple):
    """What the page says of its headline, ready to be compared."""

    value: str
    raw: str
    short: str
    """Folded."""
    full: str
    """With all that was cut off, folded."""
    words: frozenset[str]
    length: int
    """Words of `short`, each time that one stands there."""
    weight: float
    is_page: bool
    """Whether it is the <title>."""


def _title(stated: Candidate) -> _Title:
    short = fold(stated.value)
    full = short if stated.raw == stated.value else fold(stated.raw)
    is_page = stated.source == "title"
    words = short.split()
    weight = 0.8 if is_page else 1.0
    return _Title(stated.value, stated.raw, short, full, frozenset(words), len(words), weight, is_page)


def _is_alike(text: str, titles: list[_Title]) -> bool:
    """Whether a text holds a title, stands in one, or has all of its words: without that, it has less than full support."""
    own = fold(text)
    words = set(own.split())
    for title in titles:  # noqa: SIM110  # most headings are of other articles: a quicker loop
        if own in title.full or title.short in own or words == title.words:
            return True
    return False


def _support(text: str, titles: list[_Title], *, cut: bool, parts: bool) -> tuple[float, str]:
    """Return (how much speaks for a reading of a heading, its text without a kicker inside).

    Args:
        text: the reading.
        titles: the statements.
        cut: a part is left out: only a statement that says the same, or ends so, speaks for that.
        parts: markup parts the heading; a statement of the same words has the blanks and colons between them.

    """
    own = fold(text)
    words = set(own.split())
    score = 0.0
    value = text
    exact = False
    for title in titles:
        stated, raw, short, full, others, length, weight, is_page = title
        if own == short or (own == full and not cut):
            score = max(score, (_MOST if own == short else 1.9) * weight) + _MORE
            value = value if exact else stated if parts and not _MARKUP.search(stated) else text
            exact = True
        elif is_page and full.endswith(" " + own) and len(own) < len(full) - len(own) and full != short:
            score -= 1.0  # the short part behind a separator is the site's name
        elif not is_page and len(short) > _SENTENCE and own.endswith(" " + short):
            joined = parts or bool(_JOINT.search(text[: -len(stated)]))
            score = max(score, (1.9 if joined else _PART) * weight)
            value = stated if joined and not exact else value
        elif not cut and len(own) > _SENTENCE and (full.startswith(own + " ") or full.endswith(" " + own)):
            whole = full.endswith(" " + own) or _goes_on_with_stroke(raw, text)
            score = max(score, (1.7 if whole else _PART) * weight) + (0.05 if whole else 0.0)
        elif words and not cut:
            common = len(words & others) / max(len(words), length)
            score = max(score, common * weight)
    return score, value


def _goes_on_with_stroke(title: str, start: str) -> bool:
    """Whether what follows the start of a title is set apart from it; where the two differ in more than case, it is."""
    rest = title[len(start) :]
    if title[: len(start)].lower() != start.lower():
        return True
    return rest.lstrip()[:1] not in _SAME_SENTENCE and not rest[:2].strip().isalnum()


def _with_kicker(best: Candidate, stated: list[Candidate]) -> Candidate:
    """Return the headline with the kicker before it where JSON-LD and OpenGraph both have it so."""
    forms = {c.source: c for c in reversed(stated)}
    ld, og = forms.get("jsonld"), forms.get("og")
    if ld and og and fold(ld.value) == fold(og.value) and fold(ld.value).endswith(" " + fold(best.value)):
        return ld
    return best


def _cut_site(title: str, sites: set[str], *, guess: bool = False) -> str:
    """Return a title without the site's name at its end or start.

    Args:
        title: clean text.
        sites: what the site calls itself, folded and without blanks.
        guess: also cut a last part that only looks like a site's name, as <title> nearly always has one.

    """
    host, _, rest = title.partition(" ")
    if "." in host and rest[:1].isalnum() and len(rest) >= _MIN_SITE and fold(host).replace(" ", "") in sites:
        title = rest  # "example.org Town bridge opens"
    cuts = [m for m in _SEPARATOR.finditer(title) if m.start() > 0 and m.end() < len(title)]
    if not cuts:
        return title
    for cut in cuts:
        if _is_site(title[cut.end() :], sites, alike=cut.group().strip() not in _SOFT):
            return _cut_site(title[: cut.start()].strip(), sites)
    first = cuts[0]
    if fold(title[: first.start()]).replace(" ", "") in sites and first.group().strip() not in {",", ""}:
        return title[first.end() :].strip()
    if guess:
        last = next((c for c in reversed(cuts) if c.group().strip() not in _SOFT), None)
        if last and last.start() > len(title) - last.end() and last.start() >= _SENTENCE:
            return title[: last.start()].strip()
    return title


def _without_exact_site(headline: str, sites: set[str]) -> str:
    """Return a headline without the site's name behind a stroke at its end: "Bridge opens – Example"."""
    cuts = list(_STROKE.finditer(headline)) if _ANY_STROKE.search(headline) else []
    if cuts and cuts[-1].start() >= _SENTENCE and _is_site(headline[cuts[-1].end() :], sites, alike=False):
        return headline[: cuts[-1].start()].strip()
    return headline


def _squeezed(names: tuple[str, ...]) -> set[str]:
    return {fold(name).replace(" ", "") for name in names}


def _is_site(part: str, sites: set[str], *, alike: bool) -> bool:
    """Whether a part of a title is a name of the site, or `alike`: begins as one does, or begins or ends one."""
    rest = fold(part).replace(" ", "")
    if rest in sites or not alike:
        return rest in sites
    return len(rest) >= _MIN_SITE and any(
        rest.startswith(s) or s.startswith(rest) or s.endswith(rest) for s in sites if len(s) >= _MIN_SITE
    )
