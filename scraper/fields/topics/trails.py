"""breadcrumbs: the trail from the home page, as machines are told it or readers see it, once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scraper.fields.found import Found
from scraper.fields.topics.boxes import leads_back
from scraper.fields.values import absolute_url, clean, fold, strings
from scraper.model.article import Breadcrumb
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scraper.fields.material import Material

__all__ = ["HOME", "breadcrumbs", "is_root"]

_MAX_CRUMB = 120
_MAX_CRUMBS = 12
_MAX_LINKS = 3 * _MAX_CRUMBS
"""Links of all trails that a page shows, on wide screens and on narrow ones."""
_TRAIL_WORDS = ("crumb", "ruta", "path")
"""In the attributes of trails of sections."""
_TRAIL_NAMES = frozenset({"crumb", "crumbs", "ruta", "path", "pathway"})
_TRAIL_TAGS = frozenset({"div", "ol", "ul", "p", "section", "span"})
_MAX_TRAIL = 40
"""Elements of a trail."""
_ROOT_SLASHES = range(1, 4)
"""Slashes in the address of a home page: "/" to "https://example.org/"."""
_LONGEST = 8
"""Steps; what has more is a menu."""
_NO_STEPS = frozenset(
    "previous next prev 1 2 3 zurück weiter vorheriges nächstes précédent suivant anterior siguiente".split()
)
"""Of pages of a list."""
_WORD = re.compile(r"[a-z]+")
HOME = frozenset("portada home startseite start accueil inicio início homepage hjem hem etusivu главная головна ana sayfa anasayfa beranda trang chủ 首页 ホーム トップ 홈 الرئيسية خانه होम בית".split())  # fmt: skip
"""Names of home pages in trails."""
_ROOT = re.compile(r"(?:https?://[^/?#]+)?/?(?:index\.\w+)?")


def breadcrumbs(material: Material) -> Found:
    """Return the candidates for `breadcrumbs`; each value is a tuple of Breadcrumb."""
    if "breadcrumbs" not in material.memo:
        material.memo["breadcrumbs"] = _trails(material)
    found: Found = material.memo["breadcrumbs"]
    return found


def is_root(url: str | None) -> bool:
    """Whether an address is that of a site's home page."""
    return url is not None and _ROOT.fullmatch(url) is not None


def _trails(material: Material) -> Found:
    candidates: list[Candidate] = []
    for node, types in material.typed:
        if "breadcrumblist" in types:
            crumbs = _from_list(material, node.get("itemListElement"))
            if crumbs:
                raw = " > ".join(c.name for c in crumbs)
                candidates.append(Candidate(value=crumbs, raw=raw[:500], source="jsonld", where="BreadcrumbList"))
    visible = _crumbs(material, material.snapshot.breadcrumbs[:_MAX_LINKS])
    if visible and len(visible) <= _LONGEST:
        raw = " > ".join(c.name for c in visible)
        candidates.append(Candidate(value=visible, raw=raw[:500], source="visible", where="nav"))
    else:
        shown = _shown_trail(material)
        if shown:
            raw = " > ".join(c.name for c in shown)
            candidates.append(Candidate(value=shown, raw=raw[:500], source="visible", where="trail"))
    candidates.sort(key=lambda c: -len(c.value) if c.source == "jsonld" else 1)
    return Found(tuple(candidates))


def _crumbs(material: Material, links: Iterable[tuple[str, str | None]]) -> tuple[Breadcrumb, ...]:
    """Return the trail that links make, once."""
    steps = _once([(name, href) for text, href in links if (name := clean(text, _MAX_CRUMB)) and not leads_back(name)])
    return tuple(Breadcrumb(name=name, url=absolute_url(href, material.base)) for name, href in steps[: _LONGEST + 1])


_Steps = list[tuple[str, str | None]]


def _once(steps: _Steps) -> _Steps:
    """Return a trail once: where its first step or the home page comes again, another begins.

    Of several the one that has most steps, the first of equals.
    """
    if len(steps) < 2:  # noqa: PLR2004  # nothing to come again
        return steps
    names = [fold(name) for name, _ in steps]
    if len(set(names)) == len(names) and HOME.isdisjoint(names[1:]):
        return steps
    starts = [i for i, name in enumerate(names) if i and name in HOME]
    starts = [0, *(starts or (i for i, name in enumerate(names) if i and name == names[0]))]
    parts = (steps[a:b] for a, b in zip(starts, [*starts[1:], len(steps)], strict=True))
    return max(parts, key=len)


def _shown_trail(material: Material) -> tuple[Breadcrumb, ...]:
    """Return the links of an element outside of <nav> that calls itself a trail and stands before the text.

    One that has a word for other things than trails, too, must begin at the home page.
    """
    snapshot = material.snapshot
    for element in sorted(material.clues.places.within(_TRAIL_WORDS, 0, material.first_element)):
        if snapshot.tags[element] not in _TRAIL_TAGS or snapshot.ends[element] - element > _MAX_TRAIL:
            continue
        names = _WORD.findall(
            f"{snapshot.attribute(element, 'class') or ''} {snapshot.attribute(element, 'id') or ''}".lower()
        )
        sure = any("breadcrumb" in name for name in names) or "breadcrumblist" in snapshot.sources[element].lower()
        if not sure and _TRAIL_NAMES.isdisjoint(names):
            continue
        links = [i for i in range(element, snapshot.ends[element]) if snapshot.tags[i] == "a"][:_MAX_LINKS]
        trail = _crumbs(material, ((snapshot.text(i), snapshot.attribute(i, "href")) for i in links))
        home = bool(links) and (snapshot.attribute(links[0], "href") or "").count("/") in _ROOT_SLASHES
        known = home or (sure and _NO_STEPS.isdisjoint(fold(crumb.name) for crumb in trail))
        if known and len(links) > 1 and trail and len(trail) <= _LONGEST:
            return trail
    return ()


def _from_list(material: Material, value: Any) -> tuple[Breadcrumb, ...]:
    items = value if isinstance(value, list) else [value]
    crumbs: list[tuple[int, Breadcrumb]] = []
    for number, item in enumerate(items[:_MAX_CRUMBS]):
        if not isinstance(item, dict):
            continue
        target = item.get("item")
        name = next(iter(strings(item.get("name")) or (strings(target) if isinstance(target, dict) else [])), None)
        address = (target.get("@id") or target.get("url")) if isinstance(target, dict) else target
        if name:
            position = item.get("position")
            if isinstance(position, str) and position.isdecimal():
                position = int(position[:6])
            order = position if isinstance(position, int) else number
            crumbs.append((order, Breadcrumb(name=name[:_MAX_CRUMB], url=absolute_url(address, material.base))))
    return tuple(crumb for _, crumb in sorted(crumbs, key=lambda c: c[0]))
