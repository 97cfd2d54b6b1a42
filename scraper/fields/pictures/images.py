"""mainImage and images: what the article shows, with captions and credits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from scraper.fields.found import Found
from scraper.fields.pictures.boxes import figure_of
from scraper.fields.pictures.captions_alone import with_captions_alone
from scraper.fields.pictures.credits import with_credits
from scraper.fields.pictures.declared import WIDEST, declared_images, declared_keys
from scraper.fields.pictures.of_site import stands_for_site
from scraper.fields.pictures.pictures import same_keys, serial_of
from scraper.fields.pictures.shown import shown_images
from scraper.model.article import Image
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from scraper.fields.material import Material

__all__ = ["article_images", "main_image"]

_LEADING = 400
"""Characters; more before a picture is text, not only a standfirst."""
_THUMBNAIL = 300
"""Pixels of a picture's width."""


def main_image(material: Material) -> Found:
    """Return the candidates for `mainImage`: as shown beside the headline, then as declared."""
    declared = declared_images(material)
    shown = shown_images(material)
    keyed = list(zip(shown, material.memo["image keys"], strict=True))
    named = zip(declared, declared_keys(material), strict=True)
    by_url = {c.value.url: key for c, key in named}  # a page names most of them several times
    alike = {url: _twins_of(url, key, keyed) for url, key in by_url.items()}
    twins = [(s, c) for c in declared for s in alike[c.value.url]]
    candidates: list[Candidate] = []
    if material.clues.json_ld:
        # of a page that describes itself fully, the forms for other uses are crops: the shown picture is the whole one
        known = any(c.source == "jsonld" for c in declared) and material.memo.get(
            "first picture", 0
        ) <= _first_paragraph(material)
        first = next((s for s in shown[:1] if known and (s.caption or s.credit)), None)
        # a thumbnail of what the page declares is not what the house shows large
        lead = next((s for s, _ in twins if (s.width or WIDEST) > _THUMBNAIL), None) if twins else first
        if lead and first and lead is not first and _opens_before(material, shown.index(lead)):
            lead = first
        if lead:
            candidates.append(Candidate(value=lead, raw=str(lead.url)[:500], source="visible", where="lead picture"))
    of_article = {c.value.url for _, c in twins}
    candidates += [c for c in declared if c.value.url in of_article or not stands_for_site(c.value.url, material.url)]
    candidates += [Candidate(value=s, raw=str(s.url)[:500], source="visible", where="first figure") for s in shown[:1]]
    if candidates and not candidates[0].value.caption:
        candidates[0] = _captioned(candidates[0], [s for s, c in twins if c.value.url == candidates[0].value.url])
    if candidates:
        best = candidates[0].value
        candidates[0] = structs.replace(candidates[0], value=with_credits(material, (best,), best.url)[0])
    return Found(tuple(candidates))


def _twins_of(url: str | None, key: frozenset[str], keyed: list[tuple[Image, frozenset[str]]]) -> list[Image]:
    """Return the shown pictures that are versions of a declared one, those with the very name first."""
    alike = [(s, own) for s, own in keyed if s.url == url or same_keys(own, key)]
    if len(alike) <= 1:
        return [s for s, _ in alike]
    serial = serial_of(str(url))
    return [s for s, own in sorted(alike, key=lambda one: (one[1] != key, serial_of(str(one[0].url)) != serial))]


def _opens_before(material: Material, number: int) -> bool:
    """Whether the first shown picture is a figure above the text, and a later one, by its number, stands in the text."""
    places: list[int] = material.memo["image places"]
    return figure_of(material.snapshot, places[0]) >= 0 and places[number] > _first_paragraph(material)


def _first_paragraph(material: Material) -> int:
    """Return the element at which the text proper has begun: what stands before it, leads; a standfirst is shorter."""
    length = 0
    for block in material.kept:
        length += len(block.text)
        if length > _LEADING:
            return block.element
    return len(material.snapshot.tags)


def _captioned(candidate: Candidate, twins: list[Image]) -> Candidate:
    """Return the candidate with the caption that its shown form has."""
    twin = next((t for t in twins if t.caption or t.credit), None)
    if twin is None:
        return candidate
    image: Image = candidate.value
    value = Image(
        url=image.url,
        width=image.width,
        height=image.height,
        alt=image.alt or twin.alt,
        caption=twin.caption,
        credit=twin.credit,
    )
    return Candidate(value=value, raw=candidate.raw, source=candidate.source, where=candidate.where)


def article_images(material: Material) -> Found:
    """Return the candidate for `images`: every picture of the article in its order."""
    shown = shown_images(material)
    places: list[int] = material.memo["image places"]
    alone: list[tuple[int, Image]] = material.memo["captions alone"]
    lost = material.memo.get("without address", 0)
    problems = (
        (f"addresses of pictures left out ({lost}): they are relative, and where the page stands is not known",)
        if lost
        else ()
    )
    if not shown:
        told = (c for c in declared_images(material) if not stands_for_site(c.value.url, material.url))
        declared = next(told, None)
        only = with_credits(material, (declared.value,), declared.value.url) if declared else ()
        everything = with_captions_alone(only, [-1] * len(only), alone)
        if not everything:
            return Found(problems=problems)
        best = Candidate(value=everything, raw="", source="visible", where="captions")
        if declared:
            best = Candidate(value=everything, raw=declared.raw, source=declared.source)
        return Found((best,), problems)
    keyed = zip(shown, material.memo["image keys"], strict=True)
    lead = next((s.url for s, own in keyed if any(same_keys(own, key) for key in declared_keys(material)[:1])), None)
    raw = str(shown[0].url)[:500]
    shown = with_captions_alone(with_credits(material, shown, lead or shown[0].url), places, alone)
    return Found((Candidate(value=shown, raw=raw, source="visible", where="figures"),), problems)
