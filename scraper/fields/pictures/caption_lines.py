"""Captions that are lines of the text: what stands right behind a picture and is set or worded as its caption."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from scraper.body.blocks.captions import credit_name, split_credit
from scraper.body.decisions.picture_lines import repeats_picture
from scraper.fields.bylines.names import says_who_wrote
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.fields.material import Material
    from scraper.page.snapshot import Snapshot

__all__ = ["CaptionLines", "credit_below", "credit_label", "credit_of_line", "may_be_credit"]

_NEAR = 12
"""Elements from a picture to the line behind it."""
_MAX_LINE = 300
_SHORT = 100
"""Characters of a line in italics that is a caption; a longer one is a note or a quotation."""
_MAX_QUOTE = 120
_CAPTION = 25
"""Characters before a credit that are no label."""
_FULL_STOP = re.compile(r"(?<=\w{3})\.$")
_NUMBERED = re.compile(
    r"\W{0,2}(?:fig(?:ure|\.)?|abb(?:ildung|\.)?|image|photo|bild|foto|chart|grafik|exhibit|obr(?:ázek|\.)?|рис(?:унок|\.)?|图|図)\s?\d{1,2}(?!\d)",
    re.IGNORECASE,
)
_POINTING = re.compile(
    r"\W{0,2}(?:(?:pictured|above|below|left|right|top|bottom)(?: (?:left|right))?\s?:"
    r"|(?:photo|image|picture|illustration|graphic|screenshot)s? (?:by|from|via|courtesy|provided by|used under)\b)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W{0,2}(?:alle )?(?:[©ⓒ]|\(c\)\s|copyright\s?:|(?:(?:featured|header|cover|lead|title|opening|main|stock|all|hero) )?"
    r"(?:photos?|photograph[sy]?|images?|pictures?|illustrations?|graphics?|icons?)(?:/\w+)? ?(?:credits?|sources?|copyright)?\s?\d{0,2}\s?:"
    r"|(?:(?:bild|foto|titelbild|beitragsbild|coverbild|headerbild|illustration|grafik)(?:er|s|en|quelle|quellen|nachweis|nachweise|rechte|credits?)?"
    r"|fotos?|fotografía|imagen|imágenes|crédits?(?: photos?)?|photos?|immagin[ei]|imagem|imagens|zdjęci[ea]|źródło zdjęci[a\w ]*|fotó|borítókép|kép|foto|bilde[rt]?|kuva[t]?"
    r"|фото|изображение|写真|画像|图片|图源|사진|صور[ةه])\s?\d{0,2}\s?[:：])"
    r"|(?=.{1,100}$)(?:(?:(?:featured|header|cover|lead|title|main|hero) )?(?:photo|image|picture|illustration)s? "
    r"(?:by|via|courtesy of|used under licen[cs]e from)\s|(?:beitrags|titel|header|cover|aufmacher)bild (?:von|by|via)\s)",
    re.IGNORECASE,
)
"""How a line begins that says whose a picture is."""
may_be_credit = finder(":", "：", "©", "ⓒ", "(c)", " by", " via", " von", " courtesy of", " used under")
"""One of these is in a line that begins so: quicker to look for, in a line or in several."""
_SOURCE = re.compile(
    r"\W{0,2}(?:source|quelle|fuente|fonte|bron|källa|źródło|источник|джерело|来源|出典)s?\s?[:：]", re.IGNORECASE
)
"""The same, where it may tell of the text's source as well."""
_RIGHTS = re.compile(r"(?:19|20)\d\d|rights|rechte|reservad|réservés|riservati|GmbH|Inc\b|Ltd\b", re.IGNORECASE)
"""In a line about the rights in a whole site."""
_ITALIC = frozenset({"em", "i", "cite"})
_CENTRED = re.compile(
    r"text-align:\s?center|align=\"?center|class=\"[^\"]*(?:text-?(?:align-?)?center|aligncenter)", re.IGNORECASE
)


def credit_label(line: str) -> str:
    """Return the label with which a line says whose a picture is; "" where it has none."""
    begins = _credit_at_start(line)
    return begins[0] if begins else ""


def _credit_at_start(line: str) -> re.Match[str] | None:
    return _CREDIT.match(line) if may_be_credit(line) else None


def credit_of_line(line: str) -> tuple[str | None, str] | None:
    """Return (caption, credit) of a line that says whose a picture is: "Photo: Jane Doe", "© Agency".

    None for other lines, and for those that say whose the site is. Some name what the picture shows before the credit:
    "Bild: The new bridge. / Quelle: Jane Doe".
    """
    begins = _credit_at_start(line)
    if not begins or _RIGHTS.search(line):
        return None
    rest = line[begins.end() :].strip()
    caption, named = split_credit(rest)
    if named and len(caption) >= _CAPTION:
        return caption.strip(" |–—/"), credit_name(named)
    credit = credit_name(rest.strip("()[]") if rest.count("(") != rest.count(")") else rest)
    return (None, _FULL_STOP.sub("", credit)) if credit else None


def credit_below(snapshot: Snapshot, caption: int) -> str | None:
    """Return the credit in the element right behind a caption's, which says that it is one."""
    below = snapshot.ends[caption]
    if below >= len(snapshot.tags) or snapshot.parents[below] not in {
        snapshot.parents[caption],
        snapshot.parents[snapshot.parents[caption]],
    }:
        return None
    text = snapshot.text(below)
    if not 0 < len(text) <= _SHORT:
        return None
    if _SOURCE.match(text):
        return credit_name(text) or None
    said = credit_of_line(text)
    return said[1] if said and not said[0] else None


class CaptionLines:
    """Finds the caption among the blocks of text behind a picture; made for one page and its pictures."""

    def __init__(self, material: Material, images: list[int]) -> None:
        self._material = material
        self._images = images
        self._starts = [block.start for block in material.story.segments]

    def behind(self, image: int) -> tuple[str | None, str | None]:
        """Return (caption, credit) of the line right behind a picture; (None, None) where it is text of the story."""
        at = bisect_left(self._starts, self._material.snapshot.text_starts[image])
        if at >= len(self._starts):
            return None, None
        block = self._material.story.segments[at]
        if not 0 < block.element - image <= _NEAR or len(block.text) > _MAX_LINE:
            return None, None
        following = bisect_left(self._images, image + 1)
        if following < len(self._images) and self._images[following] < block.element:
            return None, None
        if at in self._material.story.picture_lines or repeats_picture(self._material.snapshot, image, block):
            caption, credit = split_credit(block.text)
            return caption.strip(" |–—/") or None, (credit_name(credit) or None) if credit else None
        return self._read(block, kept=self._material.story.kept[at])

    def _read(self, block: TextBlock, *, kept: bool) -> tuple[str | None, str | None]:
        text = block.text
        said = credit_of_line(text) if not kept or len(text) <= _SHORT else None
        if said:
            return said
        snapshot = self._material.snapshot
        centred = _CENTRED.search(snapshot.sources[block.element]) is not None
        worded = _NUMBERED.match(text) or _POINTING.match(text)
        if (
            _SOURCE.match(text)
            and len(text) <= _SHORT
            and (centred or text[0] in "([（" or _is_within(snapshot, block, _ITALIC))
        ):
            return None, credit_name(text) or None
        italic = _is_within(snapshot, block, _ITALIC)
        quoted = "blockquote" in {snapshot.tags[block.element], snapshot.tags[snapshot.parents[block.element]]}
        as_caption = (
            (worded and (not kept or centred or italic))
            or (italic and (centred or (kept and len(text) <= _SHORT and text[-1].isalnum())))
            or (kept and quoted and len(text) <= _MAX_QUOTE and not block.links and _is_alone(snapshot, block))
        )
        if not as_caption or text.endswith((":", "?")) or says_who_wrote(text):
            return None, None
        caption, credit = split_credit(text)
        return caption.strip(" |–—/") or None, (credit_name(credit) or None) if credit else None


def _is_within(snapshot: Snapshot, block: TextBlock, tags: frozenset[str]) -> bool:
    """Whether all of a block's text stands in elements of certain tags."""
    inside = [
        (snapshot.text_starts[i], snapshot.text_ends[i])
        for i in range(block.element, snapshot.ends[block.element])
        if snapshot.tags[i] in tags
    ]
    if not inside:
        return False
    nodes = [k for k in range(block.start, block.end) if not snapshot.texts[k].isspace()]
    return all(any(start <= k < end for start, end in inside) for k in nodes)


def _is_alone(snapshot: Snapshot, block: TextBlock) -> bool:
    """Whether a quotation has no other text than a block."""
    box = block.element if snapshot.tags[block.element] == "blockquote" else snapshot.parents[block.element]
    nodes = snapshot.texts[snapshot.text_starts[box] : snapshot.text_ends[box]]
    return sum(map(len, nodes)) <= len(block.text) + _SHORT // 2
