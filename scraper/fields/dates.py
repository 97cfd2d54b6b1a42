"""datePublished and dateModified: two facts, never one copied into the other."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import TYPE_CHECKING, Any

from scraper.fields.date_text import Moment, find_moments, read_moment
from scraper.fields.found import Found
from scraper.fields.months import is_update_label
from scraper.fields.visible_dates import (
    Raw,
    dates_by_class,
    dates_by_label,
    dates_in_head,
    dates_in_headline,
    dates_in_lines,
    dates_in_tail,
)
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scraper.fields.material import Material

__all__ = ["modified", "published"]

_PUBLISHED_META = (
    "article:published_time", "article:published", "og:article:published_time", "og:published_time", "datepublished",
    "rnews:datepublished", "article:publicationdate", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "publish-date", "publish_date", "publishdate", "publication_date", "publication-date",
    "pubdate", "pub_date", "published", "published_time", "date_published", "article_date_original", "article.published",
    "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "date",
    "weibo:article:create_at", "og:pubdate", "bt:pubdate", "citation_publication_date", "citation_online_date",
    "datecreated", "creation_date", "originalpublicationdate", "release_date", "og:release_date", "article:create",
    "article:post_date", "live:published_time", "shareaholic:article_published_time", "mrf:published", "created",
)  # fmt: skip
_WEAK = frozenset(
    f"meta:{name}"
    for name in (
        "date",
        "dc.date",
        "dcterms.date",
        "dc.date.created",
        "dcterms.created",
        "datecreated",
        "creation_date",
        "created",
    )
)
"""Of the file as often as of the article: the date that readers see outdoes them."""
_KNOWN_META = frozenset(_PUBLISHED_META)
_MODIFIED_META = (
    "article:modified_time", "article:modified", "og:article:modified_time", "og:updated_time", "og:modified_time",
    "datemodified", "rnews:datemodified", "dc.date.modified", "dcterms.modified", "last-modified", "lastmod",
    "last-updated", "article:updated_time", "article:updated", "date_modified", "update_date", "modified", "revised",
    "live:updated_time", "dc.modified", "cxenseparse:modifiedtime", "article.updated",
)  # fmt: skip
_OTHER_PUBLISHED = re.compile(r"publish|pubdate|pub-date|issued|posted|date.?created|creation")
_NOT_PUBLISHED = re.compile(r"modif|updat|expir|publisher|unpublish|valid|end|review|embargo|copyright")
_URL_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})[/\-_.]?(0[1-9]|1[0-2])[/\-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_URL_PATH = re.compile(r"/((?:19|20)\d{2})/(1[0-2]|[1-9])/(3[01]|[12]\d|[1-9])/")
_URL_DAY_FIRST = re.compile(r"(?<![\d-])(0[1-9]|[12]\d|3[01])-(0[1-9]|1[0-2])-((?:19|20)\d{2})(?![\d-])")
_MOST_DAYS = 2
"""Of publication, and of a change."""
_MAX_FOOTER = 300
_STATE = re.compile(
    rb"\"(?:publi(?:shed|sh|cation)_?(?:date|at|time|on)|date_?published|first_?publish(?:ed)?(?:_?(?:date|at))?)\\?\"\s*:\s*\\?\"((?:19|20)\d\d-\d\d-\d\d[T0-9:.+Z-]{0,25})",
    re.IGNORECASE,
)
_MAX_STATES = 20
_DAY = 10
"""Characters of an ISO 8601 date."""
_NUMERIC = re.compile(r"\s*\d{1,2}[/.-]\d{1,2}[/.-]\d{4}")
"""What can be read in two ways."""
_MAX_RAW = 500
_MAX_PROBLEMS = 5
_MAX_LINES = 2_000
_MAX_LINE = 300
_MAX_ROWS = 60
"""Lines with a year that the last resort is given."""
_NO_CLOCK = "2100-01-01"
"""Without a limit, htmldate would read the clock of the machine."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_EARLIEST_WEB = 1990
_SLACK = dt.timedelta(hours=36)
"""A page may be dated in the easternmost zone, be read as UTC, and be scheduled for the morning."""
_QUARTER = dt.timedelta(minutes=15)
"""Offsets from UTC are multiples of it."""
_MAX_SHOWN = 3
"""Dates beside the headline that are looked at: the first is the article's own, the rest may be of comments or teasers."""
_FARTHEST = dt.timedelta(hours=14)
"""Of all zones from UTC to the east; to the west it is `_WEST`."""
_WEST = dt.timedelta(hours=12)


def published(material: Material) -> Found:
    """Return the candidates for `datePublished`, most trusted first; values are ISO 8601."""
    stated, problems = _sound(material, _stated_published(material))
    seen_raws = dates_in_head(material, updates=False)
    if stated:
        seen, _ = _sound(material, seen_raws)
        changed, _ = _changes(material)
        return _found(_agreed(stated, seen, {m.day for m, *_ in changed}, _address(material)), problems)
    for source in (
        sorted(seen_raws, key=lambda raw: raw[3].startswith("prose in")),
        dates_in_headline(material),
        dates_by_class(material, month_first=material.month_first),
        dates_by_label(material),
        _unless_listed(dates_in_lines(material)),
        _in_url(material),
        _unless_listed(dates_in_tail(material, updates=False)),
        _in_footers(material),
        _in_scripts(material),
    ):
        found, more = _sound(material, source)
        problems += more
        if found:
            return _found(found, problems)
    return _found(_last_resort(material), problems)


def _unless_listed(raws: Iterable[Raw]) -> list[Raw]:
    """Return dates, or none where there are many days: they are those of other articles."""
    found = list(raws)
    return found if len({moment.day for moment, *_ in found if moment}) <= _MOST_DAYS else []


def modified(material: Material) -> Found:
    """Return the candidates for `dateModified`; values are ISO 8601."""
    stated, problems = _changes(material)
    seen, _ = _sound(material, dates_in_head(material, updates=True))
    if stated:
        return _found(_agreed(stated, seen, None, ""), problems)
    return _found(seen, problems)


Sound = tuple[Moment, str, str, str]
"""A Raw whose moment was read and can be the date of an article."""


def _changes(material: Material) -> tuple[list[Sound], list[str]]:
    """Return what machines are told of the last change; both fields ask."""
    if "changes" not in material.memo:
        material.memo["changes"] = _sound(material, _stated_modified(material))
    changes: tuple[list[Sound], list[str]] = material.memo["changes"]
    return changes


def _found(sound: list[Sound], problems: list[str]) -> Found:
    candidates = [
        Candidate(value=moment.iso, raw=raw[:_MAX_RAW], source=source, where=where)
        for moment, raw, source, where in sound
    ]
    return Found(tuple(candidates), tuple(problems[:_MAX_PROBLEMS]))


def _sound(material: Material, raws: Iterable[Raw]) -> tuple[list[Sound], list[str]]:
    """Return (the moments that can be, why the others cannot)."""
    found: list[Sound] = []
    problems: list[str] = []
    now = material.page.fetched_at
    for moment, raw, source, where in raws:
        if moment is None:
            problem = "cannot be read"
        elif int(moment.iso[:4]) < _EARLIEST_WEB and moment.day[5:] == "01-01":
            problem = "is a default value"
        elif now and moment.as_datetime() > now + _SLACK:
            problem = "lies in the future"
        else:
            found.append((moment, raw, source, where))
            continue
        if len(problems) < _MAX_PROBLEMS:
            problems.append(f"date {raw[:40]!r} ({source}) {problem}")
    return found, problems


def _agreed(stated: list[Sound], seen: list[Sound], changed: set[str] | None, address: str) -> list[Sound]:
    """Return the candidates with the best in front: what machines are told, as precise as the page has it anywhere.

    Args:
        stated: for machines, most trusted first; not empty.
        seen: beside the headline.
        changed: days of change; None where the change itself is asked for.
        address: of the page.

    """
    best = stated[0]
    others = stated[1:] + seen
    shown = [s for s in seen if s[3] in {"line in head", "time in head"}][:_MAX_SHOWN]
    if changed is not None and shown and _outdone(best, stated, seen, shown, changed, address):
        best = shown[0]
        others = [*stated, *seen]
    best = _most_precise(best, others)
    return [best, *(s for s in (*stated, *seen) if s[0].iso != best[0].iso)]


def _outdone(  # the parts of one decision
    best: Sound, stated: list[Sound], seen: list[Sound], shown: list[Sound], changed: set[str], address: str
) -> bool:
    """Whether the first date that readers see is the article's rather than the first one that machines are told."""
    first = shown[0][0]
    if any(s[0].day == best[0].day for s in seen):
        return False
    if any(_near(best[0], s[0]) for s in seen):
        in_url = _names_day(address, first) and best[0].iso.endswith("+00:00") and not first.has_time
        return in_url or (_swapped(best[0], first) and bool(_NUMERIC.match(best[1])))
    if any(
        s[0].day == first.day and (first.day not in changed or s[2] == "meta:article:published_time") for s in stated
    ):
        return True
    if best[2] in _WEAK:
        return True
    earlier = first.day < best[0].day and not any(s[0].day in changed for s in shown)
    return earlier and not (_names_month(address, best[0]) and not _names_month(address, first))


def _names_day(address: str, moment: Moment) -> bool:
    """Whether an address has the day of a moment in it."""
    return any(found.day == moment.day for found, _ in _url_days(address))


def _names_month(address: str, moment: Moment) -> bool:
    """Whether an address has the month of a moment in it, as in /2024/05/."""
    return f"/{moment.iso[:4]}/{moment.iso[5:7]}" in address or f"/{moment.iso[:4]}/{int(moment.iso[5:7])}/" in address


def _near(stated: Moment, shown: Moment) -> bool:
    """Whether two moments can be the same one, written in different zones, or with day and month in another order."""
    if stated.day == shown.day or _swapped(stated, shown):
        return True
    if not stated.has_time:
        return False
    instant = stated.as_datetime()
    if shown.has_time:
        return abs(shown.as_datetime() - instant) <= _FARTHEST
    return (instant - _WEST).date().isoformat() <= shown.day <= (instant + _FARTHEST).date().isoformat()


def _swapped(a: Moment, b: Moment) -> bool:
    return a.iso[5:7] == b.iso[8:10] and a.iso[8:10] == b.iso[5:7] and a.iso[:4] == b.iso[:4]


def _most_precise(best: Sound, others: list[Sound]) -> Sound:
    """Return `best` with the time and the local zone that other statements of the same moment have."""
    first = best[0]
    if not first.has_time:
        return next((s for s in others if s[0].has_zone and s[0].day == first.day), None) or next(
            (s for s in others if s[0].has_time and s[0].day == first.day), best
        )
    if not first.has_zone:
        return next((s for s in others if s[0].has_zone and s[0].iso[:16] == first.iso[:16]), best)
    if not first.iso.endswith("+00:00"):
        return best
    return _in_local_zone(best, others)


def _in_local_zone(best: Sound, others: list[Sound]) -> Sound:
    """Return an instant in UTC as others of the page's statements have it."""
    first = best[0]
    instant = first.as_datetime()
    for other in others:
        # the day alone, told to machines as the instant at which it began in the page's zone
        if not other[0].has_time and first.iso[13:] == ":00:00+00:00" and other[0].day != first.day:
            offset = other[0].as_datetime() - instant
            if dt.timedelta(0) < offset <= _FARTHEST:
                return other
        if other[0].has_zone and not other[0].iso.endswith("+00:00") and other[0].as_datetime() == instant:
            return other
    for moment, _, source, where in others:
        if moment.has_time and not moment.has_zone:
            offset = moment.as_datetime().replace(second=0) - instant.replace(second=0)
            if offset and abs(offset) <= _FARTHEST and offset % _QUARTER == dt.timedelta(0):
                local = instant.astimezone(dt.timezone(offset)).isoformat()
                return (
                    Moment(local, has_time=True, has_zone=True),
                    best[1],
                    best[2],
                    f"{best[3]}, zone by {source} {where}",
                )
    return best


def _of_nodes(
    material: Material, nodes: tuple[dict[str, Any], ...], keys: tuple[str, ...], prefix: str = ""
) -> Iterator[Raw]:
    for node in nodes:
        for key in keys:
            if key in node:
                yield from _machine(material, node[key], "jsonld", prefix + key)


def _stated_published(material: Material) -> Iterator[Raw]:
    yield from _of_nodes(material, material.articles, ("datePublished", "dateCreated", "uploadDate"))
    meta = material.clues.meta
    for name in _PUBLISHED_META:
        if name in meta:
            for content in meta[name][:2]:
                yield from _machine(material, content, f"meta:{name}", name)
    yield from _marked(material, ("datepublished", "datecreated"))
    yield from _of_nodes(material, material.pages[:3], ("datePublished", "uploadDate"), "WebPage.")
    for name, contents in meta.items():
        if name not in _KNOWN_META and _OTHER_PUBLISHED.search(name) and not _NOT_PUBLISHED.search(name):
            yield from _machine(material, contents[0], f"meta:{name}", name)


def _stated_modified(material: Material) -> Iterator[Raw]:
    yield from _of_nodes(material, material.articles, ("dateModified",))
    meta = material.clues.meta
    for name in _MODIFIED_META:
        for content in meta[name][:1] if name in meta else ():
            yield from _machine(material, content, f"meta:{name}", name)
    yield from _marked(material, ("datemodified",))
    yield from _of_nodes(material, material.pages[:3], ("dateModified",), "WebPage.")


def _machine(material: Material, value: Any, source: str, where: str) -> Iterator[Raw]:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("@value")
    if value not in (None, ""):
        yield read_moment(value, month_first=material.month_first), str(value)[:_MAX_RAW], source, where


def _marked(material: Material, names: tuple[str, ...]) -> Iterator[Raw]:
    snapshot = material.snapshot
    for mark in material.clues.microdata:
        if mark.name in names and not mark.item.startswith(("comment", "review", "userco")):
            text = mark.value or snapshot.text(mark.element)[:200]
            if text:
                yield read_moment(text, month_first=material.month_first), text, "microdata", mark.name


def _address(material: Material) -> str:
    return material.url or next(iter(material.clues.links.get("canonical", ())), "")


def _in_url(material: Material) -> Iterator[Raw]:
    for moment, raw in _url_days(_address(material))[:1]:
        yield moment, raw, "url", "path"


def _url_days(address: str) -> list[tuple[Moment, str]]:
    """Return the days in an address, with how it writes them: /2024/05/03, 20240503, /2024/5/3/, 03-05-2024."""
    found = []
    for pattern, order in ((_URL_DAY, (0, 1, 2)), (_URL_PATH, (0, 1, 2)), (_URL_DAY_FIRST, (2, 1, 0))):
        match = pattern.search(address)
        if match:
            parts = match.groups()
            moment = read_moment("-".join(parts[k] for k in order))
            found += [(moment, match.group())] if moment else []
    return found


def _in_footers(material: Material) -> Iterator[Raw]:
    """Yield the dates of the article's footer: marked ones, then those of <time>, then written ones."""
    footers = material.footers
    if footers is None:
        return
    marked: list[Raw] = []
    timed: list[Raw] = []
    for i in range(len(footers.tags)):
        attributes = footers.attributes(i)
        name = f"{attributes.get('itemprop', '')} {attributes.get('property', '')}".lower()
        if "datepublished" in name or "datecreated" in name:
            marked += _machine(material, attributes.get("content") or attributes.get("datetime"), "microdata", "footer")
        elif footers.tags[i] == "time" and "updated" not in footers.sources[i]:
            timed += _machine(material, attributes.get("datetime"), "time", "footer")
    yield from (*marked, *timed)
    text = " ".join("".join(footers.texts).split())[:_MAX_FOOTER]
    for moment in find_moments(text, month_first=material.month_first)[:1]:
        if not is_update_label(text[: moment.start]):
            yield moment, text[moment.start : moment.end], "visible", "footer"


def _in_scripts(material: Material) -> Iterator[Raw]:
    """Yield the date in the data that a page's script draws it from; of several days, none."""
    source = material.page.source
    found = _STATE.findall(source) if b"ublish" in source else []
    values = {value[:_DAY] for value in found[:_MAX_STATES]}
    if len(values) == 1:
        yield from _machine(material, found[0].decode("ascii", "ignore"), "script", "publication date")


def _last_resort(material: Material) -> list[Sound]:
    """Return what htmldate makes of the page's lines; slow to load, so only for a page that says nothing itself."""
    lines = [s.text for s in material.story.segments[:_MAX_LINES] if len(s.text) <= _MAX_LINE and _YEAR.search(s.text)]
    if not lines:
        return []
    from htmldate import find_date  # noqa: PLC0415  # 0.2 s to load, see above

    rows = "".join(f"<p>{html.escape(line)}</p>" for line in lines[:_MAX_ROWS])
    now = material.page.fetched_at
    found = find_date(
        f"<html><body>{rows}</body></html>",
        extensive_search=False,
        original_date=True,
        max_date=now.date().isoformat() if now else _NO_CLOCK,
    )
    moment = read_moment(found) if found else None
    return [(moment, found or "", "text", "htmldate")] if moment else []
