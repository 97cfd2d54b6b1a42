"""Material: what every field reads; the page's own articles found, the places of headline and text known."""

from __future__ import annotations

from itertools import compress, count, islice
from typing import Any

import msgspec

from scraper.body.blocks.segment import TextBlock
from scraper.body.labels import opening_of
from scraper.body.story import Story
from scraper.fields.bylines.names import names_in
from scraper.fields.headline import Headlines, find_headlines
from scraper.fields.values import absolute_url, clean, fold, host_of, strings, type_names
from scraper.metadata.clues import Clues
from scraper.page.footers import article_footers
from scraper.page.links import base_url_of
from scraper.page.page import Page
from scraper.page.snapshot import Snapshot

__all__ = ["Material", "in_aside", "material_of"]

_ARTICLE_TYPES = frozenset(
    """article newsarticle reportagenewsarticle analysisnewsarticle opinionnewsarticle backgroundnewsarticle
    reviewnewsarticle askpublicnewsarticle satiricalarticle advertisercontentarticle blogposting liveblogposting report
    scholarlyarticle techarticle medicalscholarlyarticle socialmediaposting review recipe podcastepisode howto
    creativework""".split()
)
_PAGE_TYPES = frozenset("webpage itempage medicalwebpage faqpage qapage videoobject".split())
_SITE_TYPES = frozenset("website newsmediaorganization organization".split())
_TOLD_OF = frozenset({"about", "mentions", "keywords", "subjectOf"})
"""Properties whose organisations are not the site."""
_MONTH_FIRST = frozenset({"en-us", "es-us", "en-ph", "fil", "fil-ph", "es-pr"})
"""Locales that write the month before the day (Unicode CLDR, short date formats)."""
_AMERICAN_DOMAINS = frozenset({"com", "org", "net", "gov", "edu", "us", "mil"})
"""Where a page in English without a region is most likely American; others have a domain of their own."""
_ASIDE = frozenset({"figure", "figcaption", "aside", "nav", "footer", "blockquote"})
"""Lines in these tell of a picture or of other articles."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_OF_OTHERS = frozenset({"related", "comments"})
"""Headings behind the text (categories of `body.vocabulary`) below which names and dates are not the article's."""
_MIN_KEYS = 3
"""Pairs that an object of an unknown kind of article must have more of."""
_MAX_NAME = 100
_MAX_NAMES = 200
"""Characters of one line of a byline."""
_MAX_LABEL = 10
_MAX_LINES = 30
"""Text nodes of a byline."""
_MAX_NODES = 400
"""JSON-LD objects that are looked at."""
_HEAD_BLOCKS = 12
"""Blocks before the headline in which a byline or date can still belong to it."""
_BEHIND_STANDFIRST = 8
"""Lines between a standfirst and the text: share labels, byline, date."""
_LONG = 140
"""Characters from which a block is a paragraph of the text, not a line of the article's head."""


class Material(msgspec.Struct, frozen=True):
    """All that fields are made of."""

    page: Page
    snapshot: Snapshot
    """The page's flat lists."""
    url: str | None
    """Where the page stands."""
    base: str | None
    """What relative addresses start from: the page's <base href>, else where it stands."""
    clues: Clues
    story: Story
    articles: tuple[dict[str, Any], ...]
    """JSON-LD objects of this page's article, the one that agrees best first."""
    pages: tuple[dict[str, Any], ...]
    """JSON-LD objects of the page around it (WebPage)."""
    typed: tuple[tuple[dict[str, Any], list[str]], ...]
    """JSON-LD objects with their types in lower case, in document order."""
    by_id: dict[str, dict[str, Any]]
    """JSON-LD objects with content by their @id."""
    headlines: Headlines
    head: tuple[TextBlock, ...]
    """Blocks around the headline and before the text: where bylines and dates stand."""
    tail: tuple[TextBlock, ...]
    """Blocks after the text's end."""
    opening: tuple[str, ...]
    """The first paragraphs of the text."""
    kept: tuple[TextBlock, ...]
    """The blocks of the text."""
    first_element: int
    """The element of the text's first paragraph."""
    folded_sites: frozenset[str]
    """The site's names without case and punctuation."""
    head_after_headline: tuple[TextBlock, ...]
    """Blocks of the head that stand behind the headline."""
    month_first: bool
    """Whether 4/5/2024 is the 5th of April here."""
    memo: dict[str, Any] = {}
    """What two fields need and is found once; nothing that holds this object: a page in a cycle is not given back at once."""

    @property
    def footers(self) -> Snapshot | None:
        """Return the article's footers, parsed when first asked for: only a page that says too little is worth it."""
        if "footers" not in self.memo:
            self.memo["footers"] = article_footers(self.page.source)
        found: Snapshot | None = self.memo["footers"]
        return found

    @property
    def byline_zones(self) -> tuple[tuple[int, int, str], ...]:
        """Return (first element, last element, name) of the places where a byline can stand, best first."""
        ends = self.snapshot.ends
        low, high = (self.head[0].element, _last_inside(ends, self.head)) if self.head else (0, len(ends))
        at = self.headlines.element if self.headlines.element >= 0 else low
        until = max(high, at)
        zones = [(at, until, "head"), (low, at, "part before the headline")]
        if own := _before_other_articles(self.snapshot, self.tail, self.element_range[1]):
            zones.append((own[0].element, _last_inside(ends, own), "tail"))
        return tuple(zones)

    @property
    def element_range(self) -> tuple[int, int]:
        """Return (first element, last element) of the article: from its head to its last paragraph."""
        if "range" not in self.memo:
            self.memo["range"] = self._find_range()
        found: tuple[int, int] = self.memo["range"]
        return found

    @property
    def end_of_article(self) -> int:
        """Return the element of the first heading behind the text such as "Related articles" or "Comments"."""
        if "end" not in self.memo:
            end, tags = self.element_range[1], self.snapshot.tags
            behind = (b for b in self.story.segments if b.element > end and tags[b.element] in _HEADINGS)
            self.memo["end"] = next((b.element for b in behind if _begins_others(b.text)), len(tags))
        found: int = self.memo["end"]
        return found

    def _find_range(self) -> tuple[int, int]:
        kept = [block.element for block in self.kept]
        low = self.headlines.element if self.headlines.element >= 0 else min(kept, default=0)
        high = max(kept, default=len(self.snapshot.tags))
        return min([low, *kept[:1]]), max(high, low)

    def names_in(self, text: str) -> tuple[list[str], list[str]]:
        """Return `names.names_in` of a byline on this site; what several fields ask for is read once."""
        known: dict[str, tuple[list[str], list[str]]] = self.memo.setdefault("names", {})
        if text not in known:
            known[text] = names_in(text, self.folded_sites)
        return known[text]

    def lines_of(self, element: int) -> str:
        """Return the text of an element, one line for each text node: what markup parts, a byline must not join."""
        known: dict[int, str] = self.memo.setdefault("lines", {})
        if element not in known:
            start, end = self.snapshot.text_starts[element], self.snapshot.text_ends[element]
            nodes = self.snapshot.texts[start : min(end, start + _MAX_LINES)]
            known[element] = "\n".join(line for text in nodes if (line := clean(text, _MAX_NAMES)))
        return known[element]

    def spaced(self, element: int, text: str) -> str:
        """Return the text of a line with a blank behind its first word where markup stands there alone: "By" + "Jane"."""
        start, end = self.snapshot.text_starts[element], self.snapshot.text_ends[element]
        for node in self.snapshot.texts[start:end]:
            first = node.strip()
            if first:
                stuck = (
                    len(first) <= _MAX_LABEL and text.startswith(first) and text[len(first) : len(first) + 1].isupper()
                )
                return f"{first} {text[len(first) :]}" if stuck and first.isalpha() else text
        return text

    def resolve(self, node: Any) -> Any:
        """Return the object that `{"@id": ...}` points to, or `node` itself."""
        if isinstance(node, dict) and "name" not in node and isinstance(node.get("@id"), str):
            return self.by_id.get(node["@id"], node)
        return node


def _before_other_articles(snapshot: Snapshot, tail: tuple[TextBlock, ...], end: int) -> tuple[TextBlock, ...]:
    """Return the blocks behind the text up to a heading such as "Related articles" or "Comments"."""
    for k, block in enumerate(tail):
        if block.element > end and snapshot.tags[block.element] in _HEADINGS and _begins_others(block.text):
            return tail[:k]
    return tail


def _begins_others(heading: str) -> bool:
    """Whether a heading behind the text begins what is of other articles, or comments."""
    said = opening_of(heading)
    return said is not None and said.name in _OF_OTHERS


def _last_inside(ends: list[int], blocks: tuple[TextBlock, ...]) -> int:
    """Return the last element inside the last of the blocks: "Jane Doe" in <p><span class="author">."""
    return ends[blocks[-1].element] - 1


def material_of(page: Page, clues: Clues, story: Story) -> Material:
    """Return what the fields of a page are made of."""
    by_id: dict[str, dict[str, Any]] = {}
    for node in clues.json_ld:
        key = node.get("@id")
        if isinstance(key, str) and len(node) > len(by_id.get(key, {"@id": 0})):
            by_id[key] = node
    typed = tuple((node, type_names(node)) for node in clues.json_ld[:_MAX_NODES])
    names = _site_names(clues, typed, by_id, page)
    articles, pages = _articles(page, clues, typed)
    headlines = find_headlines(page, clues, articles, names, _text_at(story))
    head, tail, opening = _zones(page.snapshot, story, headlines.element)
    kept = tuple(compress(story.segments, story.kept))
    return Material(
        page=page,
        snapshot=page.snapshot,
        url=page.url,
        base=base_url_of(page.snapshot, page.url) if clues.places.tag("base") else page.url,
        clues=clues,
        story=story,
        articles=articles,
        pages=pages,
        typed=typed,
        by_id=by_id,
        headlines=headlines,
        head=head,
        tail=tail,
        opening=opening,
        kept=kept,
        first_element=_first_element(page.snapshot, kept, opening),
        folded_sites=frozenset(map(fold, names)),
        head_after_headline=_behind(page.snapshot, head, headlines.element),
        month_first=_reads_month_first(page, clues),
    )


def _reads_month_first(page: Page, clues: Clues) -> bool:
    declared = clues.html_lang or next(iter(clues.meta.get("og:locale", ())), "")
    language = declared.strip().lower().replace("_", "-")
    if language == "en":
        locale = next(iter(clues.meta.get("og:locale", ())), "").lower()
        return locale in {"", "en_us"} and host_of(page.url).rpartition(".")[2] in _AMERICAN_DOMAINS
    return language in _MONTH_FIRST


def _first_element(snapshot: Snapshot, kept: tuple[TextBlock, ...], opening: tuple[str, ...]) -> int:
    if not opening:
        return len(snapshot.tags)
    return next((block.element for block in kept if block.text == opening[0]), 0)


def _behind(snapshot: Snapshot, blocks: tuple[TextBlock, ...], element: int) -> tuple[TextBlock, ...]:
    """Return the blocks behind an element; all where there is none."""
    end = snapshot.ends[element] if element >= 0 else 0
    return tuple(b for b in blocks if b.element >= end)


Typed = tuple[tuple[dict[str, Any], list[str]], ...]


def _articles(page: Page, clues: Clues, typed: Typed) -> tuple[tuple[dict[str, Any], ...], tuple[dict[str, Any], ...]]:
    """Return (article objects that agree with the page, page objects)."""
    titles = {fold(t) for key in ("og:title", "twitter:title") for t in clues.meta.get(key, ())[:2]}
    titles.add(fold(clues.title))
    titles |= {fold(page.snapshot.text(i)) for i in clues.places.tag("h1")[:5]}
    titles.discard("")
    urls = {_bare(u) for u in (page.url, *clues.links.get("canonical", ())[:2], *clues.meta.get("og:url", ())[:2])} - {
        ""
    }
    found: list[tuple[int, int, dict[str, Any]]] = []
    around: list[dict[str, Any]] = []
    for position, (node, types) in enumerate(typed):
        if not _PAGE_TYPES.isdisjoint(types):
            around.append(node)
        if not _ARTICLE_TYPES.isdisjoint(types) or (
            len(node) > _MIN_KEYS and any(t.endswith("article") for t in types)
        ):
            found.append((_agreement(node, titles, urls), position, node))
    if not found:
        return (), tuple(around)
    found.sort(key=lambda item: (-item[0], item[1]))
    best = found[0][0]
    kept = [node for score, _, node in found if score > 0 or score == best]
    if best <= 0:
        kept = kept[:1] if best == 0 or len(found) == 1 else []
    return tuple(kept[:5]), tuple(around)


def _agreement(node: dict[str, Any], titles: set[str], urls: set[str]) -> int:
    """Return how well an article object agrees with the page's titles and addresses; negative: another article."""
    score = 0
    headline = fold(next(iter(strings(node.get("headline") or node.get("name"))), ""))
    if headline:
        if headline in titles:
            score += 3
        elif any(headline in t or t in headline for t in titles):
            score += 2
        elif titles and not _alike(headline, titles):
            score -= 2
    main = node.get("mainEntityOfPage")
    own = {_bare(u) for u in (node.get("url"), main.get("@id") if isinstance(main, dict) else main, node.get("@id"))}
    own.discard("")
    if own & urls:
        score += 2
    return score + ("articleBody" in node) + ("datePublished" in node) if score > 0 else score


def _alike(headline: str, titles: set[str]) -> bool:
    words = set(headline.split())
    return any(2 * len(words & set(t.split())) >= min(len(words), len(t.split())) for t in titles)


def _bare(url: Any) -> str:
    """Return a URL without scheme, "www.", query, fragment and closing slash."""
    text = url if isinstance(url, str) else ""
    return text.partition("#")[0].partition("?")[0].partition("://")[2].removeprefix("www.").rstrip("/").lower()


def _listed(value: Any) -> list[Any]:
    return value[:_MAX_NODES] if isinstance(value, list) else [value] if isinstance(value, dict) else []


def _site_names(clues: Clues, typed: Typed, by_id: dict[str, dict[str, Any]], page: Page) -> tuple[str, ...]:
    names: list[str] = []
    for key in ("og:site_name", "application-name", "apple-mobile-web-app-title", "cre", "dc.publisher", "publisher"):
        names += [text for value in clues.meta.get(key, ())[:2] if (text := clean(value, 100))]
    told_of = {
        id(item)
        for node, _ in typed
        if not _TOLD_OF.isdisjoint(node)
        for key in node.keys() & _TOLD_OF
        for item in _listed(node[key])
    }
    for node, types in typed:
        if not _SITE_TYPES.isdisjoint(types) and id(node) not in told_of:
            names += strings(node.get("name"))[:1] + strings(node.get("alternateName"))[:3]
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("@id"), str):
            publisher = by_id.get(publisher["@id"], publisher)
        names += strings(publisher)[:1]
    host = host_of(page.url or absolute_url((clues.meta.get("og:url") or ("",))[0], None))
    if host:
        names += [host, host.rpartition(".")[0].rpartition(".")[2] or host]
    return tuple(dict.fromkeys(name for name in names if 1 < len(name) <= _MAX_NAME))


def _text_at(story: Story) -> int:
    """Return the element of the text's first paragraph; -1: none."""
    kept = compress(story.segments, story.kept)
    return next((s.element for s in kept if len(s.text) >= _LONG), -1)


def _zones(
    snapshot: Snapshot, story: Story, element: int
) -> tuple[tuple[TextBlock, ...], tuple[TextBlock, ...], tuple[str, ...]]:
    """Return (blocks of the article's head, blocks after the text, first paragraphs)."""
    segments, kept = story.segments, story.kept
    if not segments:
        return (), (), ()
    start = 0
    if element >= 0:
        start = next((k for k, s in enumerate(segments) if s.element >= element), 0)
    first = next((k for k in range(start, len(kept)) if kept[k] and len(segments[k].text) >= _LONG), -1)
    if first < 0:
        first = next((k for k in range(start, len(kept)) if kept[k]), start)
    if element < 0:
        start = max(first - _HEAD_BLOCKS, 0)
    last = max(compress(count(), kept), default=first)
    stop = max(first, start) + 3
    stop = next((k for k in range(stop, min(stop + _BEHIND_STANDFIRST, len(kept))) if kept[k]), stop)
    around = segments[max(start - _HEAD_BLOCKS, 0) : stop]
    head = [s for s in around if len(s.text) < _LONG * 3 and not in_aside(snapshot, s.element)]
    opening = (block.text for block in compress(islice(segments, start, None), islice(kept, start, None)))
    return tuple(head), tuple(segments[max(last - 1, 0) : last + 10]), tuple(islice(opening, 5))


def in_aside(snapshot: Snapshot, element: int) -> bool:
    """Whether a line tells of a picture or of other articles."""
    for _ in range(5):
        if element < 0:
            return False
        if snapshot.tags[element] in _ASIDE:
            return True
        element = snapshot.parents[element]
    return False
