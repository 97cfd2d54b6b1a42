"""Words in a caption that are no part of it: what a button says, the label of a credit, a credit from end to end."""

from __future__ import annotations

import re

from scraper.body.blocks.captions import is_credit_label
from scraper.fields.pictures.caption_lines import credit_of_line
from scraper.page.words import finder

__all__ = ["tidied"]

_LINE = 100
"""Characters of a caption that can be a credit from end to end."""
_CONTROLS = re.compile(
    r"(?:^|\s|(?<=[.!?)]))(?:zoom|click to enlarge|(?:(?:bild|foto) )?vergrößern|agrandir(?: l['’]image)?|ampliar(?: imagen)?"
    r"|ingrandisci|enlarge(?: this)?(?: image)?|expand image)\s*$"
    r"|^(?:click to enlarge|(?:bild|foto|photo|image|imagen|slide) \d{1,3} (?:de|von|of|di|/) \d{1,3}"
    r"|\d{1,3} ?/ ?(?:of )?\d{1,3}(?=$|(?-i:\s+[A-ZÄÖÜ\"„“«])))(?:\s+|$)",
    re.IGNORECASE,
)
_may_be_control = finder(
    "zoom", "nlarge", "vergr", "agrandir", "ampliar", "ingrand", "expand", " de ", " von ", " of ", "/"
)
_LABEL_LEFT = re.compile(
    r"[\s(–|-]+(?:copyright|fotos?|photos?|photograph(?:s|er)?|bild|images?|pictures?|quelle|source|©)[:\s]*$",
    re.IGNORECASE,
)
"""Before a credit that an element of its own holds."""
_may_have_label = finder("copyright", "foto", "photo", "bild", "image", "picture", "quelle", "source", "©")
"""One of these is in it: quicker to look for, in ASCII; beyond it, case knows more letters."""
_FILE_NAME = re.compile(
    r"[^\s/]+\.(?:jpe?g|png|gif|webp|avif|tiff?)|(?=\S*\d)(?=[^_]*[^\W\d_]_)[\w-]+|\d{12,}", re.IGNORECASE
)
"""What content systems fill in for a caption that nobody wrote: "parade.jpg", "tour_berlin_8", a long number."""
_NAME_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_SMALL_WORDS = frozenset(
    {"via", "for", "of", "the", "de", "und", "and", "von", "van", "per", "by", "at", "stock", "dpa"}
)
_MOST_NAMES = 8


def tidied(caption: str | None, credit: str | None) -> tuple[str | None, str | None]:
    """Return (caption, credit) without such words; None for what has no others."""
    if not caption or not (caption := _without_file_name(caption)):
        return None, credit
    if _may_be_control(caption):
        caption = _CONTROLS.sub("", caption).strip()
    if credit:
        if _may_have_label(caption) or not caption.isascii():
            caption = _LABEL_LEFT.sub("", caption)
        caption = caption.rstrip(" -–|(")
        return (None if is_credit_label(caption) else caption or None), credit
    said = credit_of_line(caption) if len(caption) <= _LINE else None
    if said and not said[0] and _is_name(said[1]):
        return None, said[1]
    return caption or None, None


def _without_file_name(text: str) -> str:
    """Return a caption without the name of the picture's file before it; nothing where it is but that or an address."""
    first, _, rest = text.partition(" ")
    if _FILE_NAME.fullmatch(first):
        return rest.strip()
    return "" if not rest and first.startswith(("http://", "https://")) else text


def _is_name(credit: str) -> bool:
    """Whether what stands behind a label names people or houses, and tells of nothing."""
    words = _NAME_WORD.findall(credit.partition("(")[0])
    names = all(not word[0].islower() or word in _SMALL_WORDS or "." in word for word in words)
    return 0 < len(words) <= _MOST_NAMES and names
