"""Which pictures of one page are versions of each other, by what they are called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import structs

from scraper.fields.pictures.pictures import same_keys, serial_of

if TYPE_CHECKING:
    from scraper.model.article import Image

__all__ = ["larger_of", "twin_of"]

_HASH = 8
"""Characters of a number or hash that two pictures of one page share only if they are one; six may be a date."""

_IS_CHECKSUM = re.compile(r"(?=\d*[a-f])(?=[a-f]*\d)[a-f\d]{8,}")
"""Of the form of a picture, which some systems add to its name."""

_WORD = 4
"""Letters of a word that two names do not share by chance."""
_OF_VERSION: frozenset[str] = frozenset(
    """tease teaser opener feature featured hero header cover crop cropped thumb thumbnail preview vorschau social share sharing
    copy kopie edit edited bearbeitet klein gross small csm aufmacher artikelbild beitragsbild""".split()
)
"""Words that tell one version of a picture from another."""


def twin_of(found: list[Image], keys: list[frozenset[str]], picture: Image, key: frozenset[str]) -> int:
    """Return which of the pictures found is another version of one, or -1."""
    for k, known in enumerate(found):
        if key and key.isdisjoint(keys[k]):  # as most are
            continue
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
    common = a & b
    if not common:
        return False
    own = (a ^ b) - _OF_VERSION
    if all(map(_IS_CHECKSUM.fullmatch, own)) and any(word.isalpha() and len(word) >= _WORD for word in common):
        return True
    return any([len(word) >= _HASH and not word.isalpha() for word in common]) and same_keys(a, b)  # noqa: C419  # quicker


def larger_of(known: Image, other: Image) -> Image:
    """Return the larger of two versions of a picture, with what is written beside either."""
    best = other if (other.width or 0) > (known.width or 0) else known
    if best.caption or best.credit:
        return best
    return structs.replace(best, caption=known.caption or other.caption, credit=known.credit or other.credit)
