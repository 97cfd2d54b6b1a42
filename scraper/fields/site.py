"""publisher, canonicalUrl, license and isAccessibleForFree: what the page says of its house."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scraper.fields.found import Found
from scraper.fields.topics.trails import HOME
from scraper.fields.values import absolute_url, clean, fold, host_of, strings
from scraper.model.article import Publisher
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from scraper.fields.material import Material

__all__ = ["access", "canonical_url", "licence", "publisher"]

_SECOND_LEVEL = frozenset("co com org net gov edu ac or ne go gob gov nom ltd plc".split())
"""Labels under a country code that are no site of their own (com.au, co.uk)."""
_HOUSES = frozenset({"newsmediaorganization", "organization", "website"})
"""Types of what publishes."""
_ROOT_SLASHES = 3
"""In the address of a home page at most: "https://example.org/"."""
_NO_HOUSES = HOME | {"blogger"}
"""Names of pages, and of the system that makes them: Blogger's templates state it as the publisher."""
_SITE_META = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "apple-mobile-web-app-title",
    "publisher",
    "copyright",
)
_WITH_RIGHTS = frozenset({"copyright", "dc.publisher", "publisher"})
"""Names that also hold years, claims and addresses."""
_RIGHTS = re.compile(
    r"copyright|©|&copy;|\(c\)|all rights reserved\.?|alle rechte vorbehalten\.?|tous droits réservés\.?"
    r"|\b(?:19|20)\d\d\b(?:\s?[-–/,]\s?(?:19|20)\d\d\b)*|(?<![\w.])by(?!\w)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\S+@\S+|https?:\S+")
_STOP = re.compile(r"(?<!\bInc)(?<!\bLtd)(?<!\bCo)(?<!\bCorp)(?<!\bV)(?<!\bA)\s?\.$")
"""A full stop that ends no abbreviation of a company's form."""
_NUMBERS = re.compile(r"\d{4}")
"""A postcode or a telephone number."""
_MAX_HOUSE = 60
_MAX_TITLE = 500
_ARTICLES = frozenset("the der die das le la les el los il lo o a os as de het com de online www".split())
"""Words of a name that its address leaves out."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ø": "o", "æ": "ae", "å": "aa"})
_TITLE = 20
"""Letters of a headline that name no site by chance."""
_LONG_NAME = 25
_LETTERS = 5
"""Of an abbreviation, which its words explain: "NSF - National Science Foundation"."""
_PARTS = re.compile(r"\s+[-–—|•:·.»«]+\s+")
_EDGES = " .:-–—|•·»«"
_HOST_WORD = 4
"""Letters of a word in a host that begins a word of a name by no chance."""
_DEEPER = re.compile(r"https?://[a-z0-9.-]+/[^?#]")
"""The start of an address that can be parsed, and is not that of the home page."""
_TIERS = {
    "free": True,
    "metered": True,
    "locked": False,
    "premium": False,
    "paid": False,
    "subscription": False,
    "plus": False,
}
"""Values of article:content_tier and its kin."""


def publisher(material: Material) -> Found:
    """Return the candidates for `publisher`."""
    candidates: list[Candidate] = []
    for node in [*material.articles[:3], *material.pages[:2]]:
        house = node.get("publisher")
        house = material.resolve(house[0] if isinstance(house, list) and house else house)
        name = next(iter(strings(house)), None)
        if name and not name.startswith("http"):
            name = _without_claim(name, material)
            url = logo = None
            if isinstance(house, dict):
                url = absolute_url(house.get("url"), material.base)
                logo = _logo(material, house.get("logo"))
            value = Publisher(name=name[:200], url=url, logo=logo)
            candidates.append(Candidate(value=value, raw=name[:500], source="jsonld", where="publisher"))
    for node, types in material.typed:
        if not _HOUSES.isdisjoint(types):
            for name in strings(node.get("name"))[:1]:
                logo = _logo(material, node.get("logo"))
                value = Publisher(name=name[:200], url=absolute_url(node.get("url"), material.base), logo=logo)
                if host_of(value.url) in {"", host_of(material.url)} and material.url:
                    candidates.append(Candidate(value=value, raw=name[:500], source="jsonld", where="Organization"))
    candidates += _plain_publishers(material)
    named = [c for c in candidates if fold(c.value.name) not in _NO_HOUSES]
    return Found(tuple(_with_logo(named)))


def _plain_publishers(material: Material) -> list[Candidate]:
    """Return the publisher's name as meta tags have it, then the host."""
    candidates: list[Candidate] = []
    for key in _SITE_META:
        for text in material.clues.meta.get(key, ())[:1]:
            site = clean(text, 200)
            if site and key in _WITH_RIGHTS:
                site = _RIGHTS.sub(" ", _ADDRESS.sub(" ", site)).strip(" ,;|-–·/()")
                site = "" if len(site) > _MAX_HOUSE or _NUMBERS.search(site) else _STOP.sub("", " ".join(site.split()))
            if site and not site.startswith("http") and not _is_title(site, material):
                site = _without_claim(site, material)
                source = "og" if key.startswith("og:") else f"meta:{key}"
                candidates.append(Candidate(value=Publisher(name=site), raw=text[:500], source=source, where=key))
    host = host_of(material.url)
    if (
        host
        and (named := _named_in_title(material, host))
        and not any(_is_akin(c.value.name, host) for c in candidates)
    ):
        raw = (material.clues.title or "")[:500]
        candidates.insert(0, Candidate(value=Publisher(name=named), raw=raw, source="title", where="part"))
    if host:
        candidates.append(Candidate(value=Publisher(name=host), raw=host, source="url", where="host"))
    return candidates


def _named_in_title(material: Material, host: str) -> str | None:
    """Return the part of the <title> that the page's host spells: whole, without its articles, or by its initials."""
    label = _label_of(host)
    title = clean(material.clues.title, _MAX_TITLE) or ""
    parts: list[str] = _PARTS.split(title)
    named = [part.strip() for part in reversed(parts) if len(parts) > 1 and len(part) <= _MAX_HOUSE]
    spelled = next((part for part in named if label in _spellings(part)), None)
    return spelled or next((part for part in named[:1] if _begins_words(host, part)), None)


def _begins_words(host: str, part: str) -> bool:
    """Whether each of the words of a host begins a word of a name: "choir-lorne.org", "Choirs of Lorne"."""
    words = fold(site_of(host).partition(".")[0]).split()
    said = fold(part).split()
    return len(words) > 1 and all(
        len(word) >= _HOST_WORD and any(other.startswith(word) for other in said) for word in words
    )


def _is_akin(name: str, host: str) -> bool:
    """Whether a name and a host have letters in common that are no accident: "U.S." says nothing of reuters.com."""
    label = _label_of(host)
    return any(spelled in label or label in spelled for spelled in _spellings(name))


def _label_of(host: str) -> str:
    """Return the name in a host, folded: "town-news" of www.town-news.co.uk as "townnews"."""
    return fold(site_of(host).partition(".")[0]).replace(" ", "")


def _spellings(name: str) -> set[str]:
    """Return the ways in which addresses write a name; initials only of several words."""
    words = fold(name).split()
    telling = [word for word in words if word not in _ARTICLES]
    joined = {"".join(words), "".join(telling)}
    marked = [text for text in joined if not text.isascii()]
    found = joined | {_plain(text) for text in marked} | {_plain(text.translate(_UMLAUTS)) for text in marked}
    initials = {"".join(word[0] for word in some) for some in (words, telling) if len(some) > 1}
    return (found | initials) - {""}


def _plain(text: str) -> str:
    """Return letters without their marks."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parted if not unicodedata.combining(c))


def _is_title(site: str, material: Material) -> bool:
    """Whether what should name the site begins with the article's headline."""
    start = fold(site)[:_TITLE]
    return len(start) == _TITLE and any(fold(c.value)[:_TITLE] == start for c in material.headlines.candidates[:1])


def _without_claim(name: str, material: Material) -> str:
    """Return the part of "Name | what it is" that the page's host holds; the whole where none is, or but letters are."""
    parts = _PARTS.split(name) if len(name) > _LONG_NAME else []
    host = _label_of(host_of(material.url)) if len(parts) > 1 else ""
    named = (part.strip(_EDGES) for part in parts if host and fold(part).replace(" ", "").startswith(host))
    return next((part for part in named if len(part) > _LETTERS), name)


def _with_logo(candidates: list[Candidate]) -> list[Candidate]:
    """Return the candidates, the first with the logo that another one of its name has."""
    best = candidates[0].value if candidates else None
    if best and not best.logo:
        logo = next((c.value.logo for c in candidates if c.value.logo and fold(c.value.name) == fold(best.name)), None)
        if logo:
            first = candidates[0]
            value = Publisher(name=best.name, url=best.url, logo=logo)
            return [Candidate(value=value, raw=first.raw, source=first.source, where=first.where), *candidates[1:]]
    return candidates


def _logo(material: Material, value: Any) -> str | None:
    node = value[0] if isinstance(value, list) and value else value
    if isinstance(node, dict) and isinstance(node.get("@id"), str) and "url" not in node:
        node = material.by_id.get(node["@id"], node)
    if isinstance(node, dict):
        node = node.get("url") or node.get("contentUrl") or node.get("@id")
    return absolute_url(node, material.base)


def canonical_url(material: Material) -> Found:
    """Return the candidates for `canonicalUrl`: same site, and not the home page."""
    candidates: list[Candidate] = []
    problems: list[str] = []
    raws = [(v, "meta:canonical", "link rel=canonical") for v in material.clues.links.get("canonical", ())[:2]]
    raws += [(v, "og", "og:url") for v in material.clues.meta.get("og:url", ())[:1]]
    for node in material.articles[:2]:
        main = node.get("mainEntityOfPage")
        main = main.get("@id") or main.get("url") if isinstance(main, dict) else main
        raws += [(v, "jsonld", "mainEntityOfPage") for v in (main, node.get("url")) if isinstance(v, str)]
    for raw, source, where in raws:
        url = absolute_url(raw, material.base)
        problem = "is no web address" if url is None else _implausible(url, material.url)
        if problem or url is None:
            problems.append(f"canonical URL {raw[:100]!r} ({where}) {problem}")
        else:
            candidates.append(Candidate(value=url.partition("#")[0], raw=raw[:500], source=source, where=where))
    return Found(tuple(candidates), tuple(problems[:3]))


def _implausible(url: str, own: str | None) -> str | None:
    if own is None or not host_of(own):
        return None
    if site_of(host_of(url)) != site_of(host_of(own)):
        return "belongs to another site"
    if _DEEPER.match(url):
        return None
    try:
        here, there = urlsplit(own), urlsplit(url)
    except ValueError:
        return "cannot be parsed"
    if there.path in {"", "/"} and not there.query and (here.path not in {"", "/"} or here.query):
        return "is the home page"
    return None


def site_of(host: str) -> str:
    """Return the part of a host that one owner holds: "example.co.uk" of "news.example.co.uk"."""
    labels = host.split(".")
    keep = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2  # noqa: PLR2004  # country codes have two letters
    return ".".join(labels[-keep:])


def licence(material: Material) -> Found:
    """Return the candidates for `license`: an address, or a text where there is none."""
    candidates: list[Candidate] = []
    for node in [*material.articles[:3], *material.pages[:2]]:
        for key in ("license", "usageInfo"):
            value = node.get(key)
            value = value.get("url") or value.get("@id") or value.get("name") if isinstance(value, dict) else value
            text = clean(value, 500)
            if text and not text.lower().startswith(("javascript:", "data:")):
                candidates.append(
                    Candidate(value=absolute_url(text, None) or text, raw=text, source="jsonld", where=key)
                )
    for href in material.clues.links.get("license", ())[:1]:
        url = absolute_url(href, material.base)
        if url:
            candidates.append(Candidate(value=url, raw=href[:500], source="meta:license", where="link rel=license"))
    for element in material.clues.places.mark('rel="license')[:3]:
        url = absolute_url(material.snapshot.attribute(element, "href"), material.base)
        if url and material.snapshot.tags[element] == "a":
            candidates.append(Candidate(value=url, raw=url[:500], source="visible", where="rel=license"))
    return Found(tuple(candidates))


def access(material: Material) -> Found:
    """Return the candidates for `isAccessibleForFree`: as declared, true or false."""
    candidates: list[Candidate] = []
    for node in [*material.articles[:3], *material.pages[:2]]:
        value = _truth(node.get("isAccessibleForFree"))
        if value is not None:
            raw = str(node["isAccessibleForFree"])[:100]
            candidates.append(Candidate(value=value, raw=raw, source="jsonld", where="isAccessibleForFree"))
    for key in ("article:content_tier", "og:article:content_tier", "content_tier", "article:opinion_tier"):
        for text in material.clues.meta.get(key, ())[:1]:
            tier = _TIERS.get(text.strip().lower())
            if tier is not None:
                candidates.append(Candidate(value=tier, raw=text[:100], source=f"meta:{key}", where=key))
    return Found(tuple(candidates))


def _truth(value: Any) -> bool | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, bool):
        return value
    text = str(value).strip().lower().rpartition("/")[2] if isinstance(value, (str, int)) else ""
    return {"true": True, "false": False, "1": True, "0": False, "yes": True, "no": False}.get(text)
