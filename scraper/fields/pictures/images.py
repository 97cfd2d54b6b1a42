"""mainImage and images: what the article shows, with captions and credits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from msgspec import structs

from scraper.body.blocks.captions import credit_name
from scraper.fields.bylines.authors import bylines
from scraper.fields.bylines.names import says_who_wrote, without_prefix
from scraper.fields.found import Found
from scraper.fields.pictures.boxes import MAX_CAPTION, SOMEWHERE, figure_of, leads_to_file
from scraper.fields.pictures.captions import MAX_IMAGES, Shown, captions_of, picture_elements
from scraper.fields.pictures.captions_alone import with_captions_alone
from scraper.fields.pictures.credits import with_credits
from scraper.fields.pictures.of_site import stands_for_site
from scraper.fields.pictures.pictures import is_furniture, is_furniture_file, picture_key, same_keys, serial_of
from scraper.fields.values import absolute_url, clean, strings
from scraper.model.article import Image
from scraper.model.evidence import Candidate
from scraper.page.picture_boxes import gallery_behind, is_poster, link_around
from scraper.page.pictures import largest_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["article_images", "main_image"]

_BEFORE = 80
"""Elements before the article's head in which the lead picture can stand."""
_IMAGE_META = ("twitter:image", "twitter:image:src", "thumbnail", "sailthru.image.full", "parsely-image-url")
_LEADING = 400
"""Characters; more before a picture is text, not only a standfirst."""
_THUMBNAIL = 300
"""Pixels of a picture's width."""
_MAX_CREDIT = 200
_WIDEST = 100_000
"""Pixels; no picture has more."""
_HASH = 8
"""Characters of a number or hash that two pictures of one page share only if they are one; six may be a date."""
_IS_CHECKSUM = re.compile(r"(?=\d*[a-f])(?=[a-f]*\d)[a-f\d]{8,}")
"""Of the form of a picture, which some systems add to its name."""
_WORD = 4
_OF_VERSION = frozenset(
    """tease teaser opener feature featured hero header title titel lead cover crop cropped thumb thumbnail preview vorschau social
    share sharing web print copy kopie edit edited bearbeitet neu new final klein gross grande small csm card aufmacher
    artikelbild beitragsbild""".split()
)
"""Words that tell one version of a picture from another."""
_SENTENCE = 30
"""Characters of a caption that says what a picture shows, not whom or what it belongs to."""
_BEHIND = 15
"""Elements behind the last paragraph in which a picture still belongs to it."""


def main_image(material: Material) -> Found:
    """Return the candidates for `mainImage`: as shown beside the headline, then as declared."""
    declared = declared_images(material)
    shown = shown_images(material)
    keyed = list(zip(shown, material.memo["image keys"], strict=True))
    named = list(zip(declared, _declared_keys(material), strict=True))
    twins = [(s, c) for c, key in named for s in _twins_of(c.value, key, keyed)]
    candidates: list[Candidate] = []
    if material.clues.json_ld:
        # of a page that describes itself fully, the forms for other uses are crops: the shown picture is the whole one
        known = any(c.source == "jsonld" for c in declared) and material.memo.get(
            "first picture", 0
        ) <= _first_paragraph(material)
        first = next((s for s in shown[:1] if known and (s.caption or s.credit)), None)
        # a thumbnail of what the page declares is not what the house shows large
        lead = next((s for s, _ in twins if (s.width or _WIDEST) > _THUMBNAIL), None) if twins else first
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


def _twins_of(
    image: Image, key: frozenset[str], keyed: list[tuple[Image, frozenset[str]]]
) -> list[Image]:
    """Return the shown pictures that are versions of a declared one, those with the very name first."""
    alike = [(s, own) for s, own in keyed if s.url == image.url or same_keys(own, key)]
    serial = serial_of(str(image.url)) if len(alike) > 1 else ()
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
    captions: dict[int, Shown] = material.memo["captions"]
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
        everything = with_captions_alone(material, only, [-1] * len(only), captions)
        if not everything:
            return Found(problems=problems)
        best = Candidate(value=everything, raw="", source="visible", where="captions")
        if declared:
            best = Candidate(value=everything, raw=declared.raw, source=declared.source)
        return Found((best,), problems)
    keyed = zip(shown, material.memo["image keys"], strict=True)
    lead = next((s.url for s, own in keyed if any(same_keys(own, key) for key in _declared_keys(material)[:1])), None)
    raw = str(shown[0].url)[:500]
    shown = with_captions_alone(material, with_credits(material, shown, lead or shown[0].url), places, captions)
    return Found((Candidate(value=shown, raw=raw, source="visible", where="figures"),), problems)


def declared_images(material: Material) -> list[Candidate]:
    """Return the pictures that the page names to machines, most trusted first."""
    if "declared" not in material.memo:
        material.memo["declared"] = list(_declared(material))
    declared: list[Candidate] = material.memo["declared"]
    return declared


def _declared_keys(material: Material) -> list[frozenset[str]]:
    """Return the keys of `declared_images`."""
    if "declared keys" not in material.memo:
        material.memo["declared keys"] = [picture_key(c.value.url) for c in declared_images(material)]
    keys: list[frozenset[str]] = material.memo["declared keys"]
    return keys


def _declared(material: Material) -> Iterator[Candidate]:
    base = material.base
    meta = material.clues.meta
    for name in ("og:image", "og:image:secure_url", "og:image:url"):
        for value in meta.get(name, ())[:1]:
            url = absolute_url(value, base)
            if url:
                image = Image(
                    url=url,
                    width=_number(next(iter(meta.get("og:image:width", ())), None)),
                    height=_number(next(iter(meta.get("og:image:height", ())), None)),
                    alt=clean(next(iter(meta.get("og:image:alt", ())), None), 500),
                )
                yield Candidate(value=image, raw=value[:500], source="og", where=name)
    for node in material.articles[:3]:
        for item in _items(node.get("image"))[:1]:
            image_of = _from_node(material, item)
            if image_of:
                yield Candidate(value=image_of, raw=str(image_of.url)[:500], source="jsonld", where="image")
    plain = [(name, meta.get(name, ())[:1]) for name in _IMAGE_META]
    for name, values in [*plain, ("image_src", material.clues.links.get("image_src", ())[:1])]:
        for value in values:
            url = absolute_url(value, base)
            if url:
                yield Candidate(value=Image(url=url), raw=value[:500], source=f"meta:{name}", where=name)


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value[:20]
    return [value] if value else []


def _from_node(material: Material, item: Any) -> Image | None:
    node = (
        material.by_id.get(item["@id"], item) if isinstance(item, dict) and isinstance(item.get("@id"), str) else item
    )
    if not isinstance(node, dict):
        url = absolute_url(node, material.base)
        return Image(url=url) if url else None
    address = node.get("url") or node.get("contentUrl")
    if isinstance(address, list):
        address = address[0] if address else None
    if isinstance(address, dict):
        address = address.get("url") or address.get("@id")
    url = absolute_url(address, material.base)
    if not url:
        return None
    return Image(
        url=url,
        width=_number(node.get("width")),
        height=_number(node.get("height")),
        caption=next(iter(strings(node.get("caption"))), None),
        credit=next(iter(strings(node.get("creditText") or node.get("author") or node.get("copyrightHolder"))), None),
    )


def _number(value: Any) -> int | None:
    if isinstance(value, dict):
        value = value.get("value")
    if isinstance(value, str):
        value = value.strip().removesuffix("px")
        value = int(value) if value.isdecimal() and len(value) < 6 else None  # noqa: PLR2004  # no picture is wider
    return (
        int(value) if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < _WIDEST else None
    )  # as above


def shown_images(material: Material) -> tuple[Image, ...]:
    """Return the pictures within the article, in order, each once."""
    if "images" not in material.memo:
        material.memo["images"] = _find_shown(material)
    shown: tuple[Image, ...] = material.memo["images"]
    return shown


def _find_shown(material: Material) -> tuple[Image, ...]:
    snapshot = material.snapshot
    low, high = material.element_range
    kept = material.kept
    gallery = gallery_behind(snapshot, kept[0].element, high, picture_elements(material)) if kept else []
    low, high = max(low - _BEFORE, 0), max([high + _BEHIND, *gallery])
    captions = material.memo["captions"] = captions_of(material, low, high)
    first = material.first_element
    declared = _declared_keys(material)
    found: list[Image] = []
    keys: list[frozenset[str]] = material.memo.setdefault("image keys", [])
    places: list[int] = material.memo.setdefault("image places", [])
    for image, attributes in _candidates(material, captions, low, high):
        if len(found) >= MAX_IMAGES:
            break
        shown = captions.get(image, Shown())
        url, width = largest_file(snapshot, image, attributes, material.base or SOMEWHERE)
        if shown.foreign and not (url and shown.promoted and picture_key(url) in declared):
            continue
        caption, credit = shown.caption, shown.credit
        captioned = caption is not None and len(caption) >= _SENTENCE and figure_of(snapshot, image) >= 0
        if url is None or is_furniture_file(url, captioned=captioned):
            continue
        if caption and len(caption) > MAX_CAPTION:
            caption = credit = None
        if _is_byline(material, caption):
            continue
        if _is_known(found, url, caption, credit):
            continue
        key = picture_key(url)
        if not shown.stated and is_poster(snapshot, image) and not any(same_keys(key, d) for d in declared):
            continue
        if not caption and not credit and image < first and not _leads(material, image, attributes, key, declared):
            continue
        picture = Image(
            url=url,
            width=width or _number(attributes.get("width")),
            height=None if width else _number(attributes.get("height")),
            alt=clean(attributes.get("alt"), 500),
            caption=caption,
            credit=credit or _credit_in(attributes),
        )
        twin = _twin(found, keys, picture, key)
        if twin < 0:
            material.memo.setdefault("first picture", image)
            found.append(picture)
            keys.append(key)
            places.append(image)
        else:
            found[twin] = _larger(found[twin], picture)
    _drop_site_head(material, found, keys)
    return tuple(found) if material.base else _without_addresses(material, found, keys)


def _drop_site_head(material: Material, found: list[Image], keys: list[frozenset[str]]) -> None:
    """Drop what stands above the headline and is not the lead picture, where the article shows that one further down.

    It is the site's own, or a section's, if nothing is said of what it shows.
    """
    headline = material.headlines.element
    places: list[int] = material.memo["image places"]
    declared = _declared_keys(material)[:1]
    if not places or places[0] >= headline or not any(same_keys(key, d) for key in keys for d in declared):
        return
    dropped = [
        k
        for k, image in enumerate(found)
        if places[k] < headline
        and len(image.caption or "") < _SENTENCE
        and not any(same_keys(keys[k], d) for d in declared)
    ]
    for k in reversed(dropped):
        del found[k], keys[k], places[k]


def _credit_in(attributes: dict[str, str]) -> str | None:
    """Return the credit that a picture's own attributes state."""
    stated = clean(attributes.get("data-credit") or attributes.get("data-copyright"), _MAX_CREDIT)
    return (credit_name(stated) or None) if stated else None


def _without_addresses(material: Material, found: list[Image], keys: list[frozenset[str]]) -> tuple[Image, ...]:
    """Return the pictures without the addresses that only a base could tell; those that say nothing else are left out."""
    bare = [structs.replace(f, url=None) if (f.url or "").startswith(SOMEWHERE) else f for f in found]
    told = [k for k, f in enumerate(bare) if f.url or f.caption or f.credit]
    material.memo["without address"] = sum(f.url is None for f in bare)
    keys[:] = [keys[k] for k in told]
    places: list[int] = material.memo["image places"]
    places[:] = [places[k] for k in told]
    return tuple(bare[k] for k in told)


def _candidates(
    material: Material, captions: dict[int, Shown], low: int, high: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the pictures from `low` to `high`, with their attributes, that are no furniture by their own markup."""
    snapshot = material.snapshot
    for image in picture_elements(material):
        if low <= image <= high:
            attributes = snapshot.attributes(image)
            stated = image in captions and captions[image].stated
            if not is_furniture(snapshot, image, attributes, stated=stated):
                yield image, attributes


def _is_known(found: list[Image], url: str, caption: str | None, credit: str | None) -> bool:
    """Whether a picture was found before; one without a caption gets this one.

    Of a lazy picture and its twin in <noscript>, the caption stands behind the second.
    """
    known = next((k for k, f in enumerate(found) if f.url == url), -1)
    if known >= 0 and (caption or credit) and not (found[known].caption or found[known].credit):
        found[known] = structs.replace(found[known], caption=caption, credit=credit)
    return known >= 0


def _twin(found: list[Image], keys: list[frozenset[str]], picture: Image, key: frozenset[str]) -> int:
    """Return which of the pictures found is another version of one, or -1."""
    for k, known in enumerate(found):
        same = keys[k] == key if known.caption != picture.caption else _are_versions(keys[k], key)
        one = known.caption == picture.caption or not known.caption or not picture.caption
        if same and one and _number_in(picture) == _number_in(known):
            return k
    return -1


def _number_in(image: Image) -> tuple[str, ...]:
    """Return what counts a picture in its series: the short numbers in its name, or a name that is a number."""
    name = str(image.url).partition("?")[0].rpartition("/")[2].partition(".")[0]
    return (name,) if name.isdecimal() else serial_of(str(image.url))


def _are_versions(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two keys of shown pictures are of one: they part in words of versions alone, or share a long number or hash."""
    if a == b:
        return True
    if not same_keys(a, b):
        return False
    own = [word for word in a ^ b if word not in _OF_VERSION]
    if not own or (all(map(_IS_CHECKSUM.fullmatch, own)) and any(w.isalpha() and len(w) >= _WORD for w in a & b)):
        return True
    return any(len(t) >= _HASH and not t.isalpha() for t in a & b)


def _larger(known: Image, other: Image) -> Image:
    """Return the larger of two versions of a picture, with what is written beside either."""
    best = other if (other.width or 0) > (known.width or 0) else known
    if best.caption or best.credit:
        return best
    return structs.replace(best, caption=known.caption or other.caption, credit=known.credit or other.credit)


def _is_byline(material: Material, caption: str | None) -> bool:
    """Whether a caption is the byline beside a portrait: "By Jane Doe"."""
    if not caption or not says_who_wrote(caption):
        return False
    authors = [name for _, names, *_ in bylines(material)[:3] for name in names]
    rest = without_prefix(caption)[0]
    return any(rest.startswith(name) for name in authors)


def _leads(
    material: Material, image: int, attributes: dict[str, str], key: frozenset[str], declared: list[frozenset[str]]
) -> bool:
    """Whether a picture before the text, without a caption, is the lead picture: declared as such, or large.

    A large one above the headline that leads to another page is of the site's head. Below it, one in a figure, or that
    opens its own file, leads as well.
    """
    if any(same_keys(key, d) for d in declared):
        return True
    snapshot = material.snapshot
    below = 0 <= material.headlines.element < image
    link = link_around(snapshot, image)
    href = (snapshot.attribute(link, "href") if link >= 0 else None) or "#"
    width = attributes.get("width", "").removesuffix("px")
    if width.isdecimal() and len(width) < 6 and int(width) >= 400:  # noqa: PLR2004  # more than a teaser
        return below or href.startswith("#") or leads_to_file(href)
    return below and (leads_to_file(href) or (link < 0 and figure_of(snapshot, image) >= 0))
