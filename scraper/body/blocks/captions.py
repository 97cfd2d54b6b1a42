"""Captions: what is written under a picture, and whom it credits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from scraper.body.blocks.segment import clean_text
from scraper.page.letters import lower_case
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = ["caption_of", "credit_name", "has_labelled_credit", "is_credit_alone", "is_credit_label", "split_credit"]

_CAPTION = re.compile("caption|legend|bildunterschrift|bildtext|cutline")
_CAPTION_TOKENS = frozenset({"bu", "pie"})
_CAPTION_NAMES = ("caption", "legend", "bildunterschrift", "bildtext", "cutline", *_CAPTION_TOKENS)
_may_name_caption = finder(*_CAPTION_NAMES)
"""One of these is in the attributes of elements of which one is called so: quicker to look for."""
_CREDIT = re.compile("credit|copyright|photographer|fotograf|courtesy|quelle|urheber|rights|agency|attribution")
_CREDIT_TOKENS = frozenset({"source", "author", "byline"})
_may_name_either = finder(
    *_CAPTION_NAMES,
    *("credit", "copyright", "photographer", "fotograf", "courtesy", "quelle", "urheber", "rights", "agency"),
    *("attribution", *_CREDIT_TOKENS),
)
_LABEL = (
    r"photos?|photographs?|picture|image|pic|credits?|source|copyright|(?:photo|image|picture) ?(?:credit|source)s?|"
    r"fotos?|foto ?credits?|bild(?:er|quelle|rechte|nachweis)?|quelle|crédits?(?: photo)?|photographie|crédito|imagen|"
    r"fuente|immagine|fonte|imagem|zdjęcie|źródło|fot\.|фото|изображение|источник|джерело|φωτογραφία|kaynak|fotoğraf|"
    r"صورة|تصوير|المصدر|коллаж|колаж|collage|fotó|nuotr\.|kuva|valokuva|ảnh|foto av|"
    r"צילום|תמונה|عکس|चित्र|फोटो|ภาพ|写真|撮影|图片来源|图源|图|사진"
)
"""Words before a credit and a colon."""
_LABELLED = rf"(?:(?:{_LABEL})\s*[:：]|©|copyright\s|(?:photo|picture|image)s? by\s|courtesy of\s)\s*"
_AGENCY = (
    r"\b(?:AFP|AP|APA|ANSA|dpa|EFE|EPA|Getty|IMAGO|iStock|Keystone|Pexels|Pixabay|Reuters|Shutterstock|TASS|Unsplash|Xinhua)\b|"
    r"연합뉴스|뉴시스|뉴스1|新华社|共同通信|時事|РИА|ТАСС"
)
"""Picture agencies and stock archives that sign captions without a label."""
_AT_END = re.compile(  # no label begins with the letters that are asked for first
    rf"(?<![^\s(\[|/.–—-])[(\[]?\s*(?![adeghjlmortuwxy]){_LABELLED}([^()\[\]\n]{{2,100}}?)\s*[)\]]?\s*\.?$"
)
"""Of a text in lower case, as the next pattern is."""
_LABEL_SIGNS = (":", "：", "©", "copyright", " by", "courtesy of")
"""One of these is in every `_LABELLED`."""
_has_label_sign = finder(*_LABEL_SIGNS)
_LABEL_BEFORE_SIGN = 50
"""Characters of a label and the blanks around it before its sign at most."""
_CREDIT_WITH_SIGN = 150
"""Characters from a label's sign to the credit's end at most."""
_BRACKETS = "()[]"
"""No label and no credit behind it has one, but at its ends."""
_IN_BRACKETS = re.compile(
    rf"\s*[(\[]\s*((?:{_LABEL})\s+[^()\[\]\n]{{2,80}}|[^()\[\]\n]{{2,60}}/[^()\[\]\n]{{2,40}})\s*[)\]]\s*\.?$"
)
_UNLABELLED = re.compile(rf"(?<=[.!?。\"”»])\s*([^.!?。\n]{{0,40}}(?:{_AGENCY})[^.!?。\n]{{0,40}})$")
_FREELY = re.compile(
    r"(?:^|[\s|.(\[–—/-])((?:\(|\[)?\s?(?:"
    r"©|\(c\)|[Pp]hoto(?:graph)?(?:s| by| credit| courtesy)?\s?(?:by|:|/|©)|PHOTO\s?[:/]|"
    r"[Ii]mage(?: credit)?s?\s?(?:by|:)|[Pp]icture\s?:|[Cc]redits?\s?(?::|\.\.\.|…)|CREDIT\s?:|"
    r"[Cc]ourtesy (?:of )?|[Ff]otos?\s?[:/©]|FOTO\s?[:/]|[Bb]ild(?:quelle|er|nachweis|credit)?\s?[:/]|"
    r"[Qq]uelle\s?:|Crédit(?:s)?(?: photo)?\s?:|[Ff]oto de |[Ff]otograf[ií]a\s?(?:de|:)|[Ff]uente\s?:|"
    r"Foto di |Fonte\s?:|[Ff]ot\.|[Зз]ображення|[Фф]ото\s?:|Ảnh\s?:|写真[:：]|撮影|사진[=:]|صورة\s?:|"
    r"تصوير\s?:|चित्र"
    r")[^()\[\]]{2,120}[)\]]?)\s*$"
)
"""Ways to credit that need no colon, and labels of more languages."""
_may_credit_freely = finder(
    *("©", "(c)", "photo", "image", "picture", "credit", "courtesy", "foto", "bild", "quelle", "crédit", "fuente"),
    *("fonte", "fot.", "ображення", "фото", "ảnh", "写真", "撮影", "사진", "صورة", "تصوير", "चित्र"),
)
"""One of these is in it: quicker to look for."""
_AFTER_SLASH = re.compile(r"\s+/\s+((?:[^\W\d_]\. ?)?[^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z][\w'’-]+){0,3})$")
"""A name behind a slash: "A view of the bay / J. Doe"."""
_AFTER_BAR = re.compile(r"(?<=[.!?…”\"»])\s*[|•]\s*([^|•.!?]{2,80})$")
"""A name behind a bar and a whole sentence: "A view of the bay. | J. Doe/Agency"."""
_LABEL_LAST = re.compile(
    r"(?:^|\s[/|–—-]\s|[.!?]\s|\()\s*([^()/|]{3,60}(?:/[^()/|]{2,40})?\s(?:nuotr\.|felvétele))\)?$"
)
"""The label of languages that put it behind the name."""
_LAST_LETTERS = ("nuotr.", "nuotr.)", "felvétele", "felvétele)")
_ALONE = re.compile(
    r"(?:[^\W\d_][\w.&'’ -]{1,40}\s?/\s?(?:[A-ZÄÖÜ]{2,6}|dpa)"
    rf"|(?:[\w.&'’ -]{{2,40}}(?:\s?[/|,–—-]\s?|\svia\s))?(?:{_AGENCY})(?: Images| Press)?"
    r"(?:(?:\s?[/|,–—-]\s?|\svia\s)[\w.&'’ -]{2,40})?)"
)
"""A credit and no more: "Jane Doe/AP", "Getty Images", "ESA/ATG"."""
_MAX_ALONE = 60
_SMALL_WORDS = frozenset({"via", "for", "of", "the", "de", "und", "and", "dpa", "von", "van", "über", "per"})
_BEFORE_CREDIT = " |/([–—-,;•·"
"""What parts a caption from its credit."""
_END = 200
"""Characters at a caption's end that can be its credit."""
_LABEL_FIRST = re.compile(rf"^(?:{_LABELLED})+", re.IGNORECASE)
_NAME_LABEL = re.compile(
    rf"^\W*(?:(?:{_LABEL})\s*(?:[:：=]|\.{{2,}}|…|/(?=\s))|©|\(c\)|copyright\s|"
    r"(?:photos?|photograph|picture|image)s?(?: credit)? by\s|fot\.\s|(?:fotos?|photos?)\s(?=\w[^:]{2,40}:\s)|"
    r"(?:image|photo|picture) source,\s)\s*",
    re.IGNORECASE,
)
"""What a credit begins with and is not the name; "courtesy of" says more than a label and stays."""
_LABEL_ALONE = re.compile(rf"(?:{_LABEL}|©)\W*", re.IGNORECASE)
_NAMES = re.compile(r"\s(?:class|id|itemprop)=\"([^\"]*)\"")
_CONTAINERS = frozenset({"img", "figure", "picture", "source"})
"""A caption's name on these speaks of what they hold."""
_MAX_CHARS = 1_500
"""A longer "caption" is a text of its own."""


def caption_of(snapshot: Snapshot, element: int, branch: int) -> tuple[str | None, str | None]:
    """Return (caption without credit, credit) of the picture `element`.

    Args:
        snapshot: the page.
        element: the <img> or <picture>.
        branch: element around it that has no text of the article.

    """
    scope = element
    while scope > branch and snapshot.tags[scope] != "figure":
        scope = snapshot.parents[scope]
    if not _may_hold_caption(snapshot, scope):
        return None, None
    names = _names_inside(snapshot, scope)
    outer: list[int] = []
    for holder in range(scope, snapshot.ends[scope]):
        if (not outer or holder >= snapshot.ends[outer[-1]]) and _is_caption(snapshot.tags[holder], names.get(holder)):
            outer.append(holder)
    if not outer:
        return None, None
    credit_elements = [i for i, name in names.items() if _is_credit(name) and i not in outer]
    texts = (clean_text(snapshot.text(i)) for i in credit_elements)
    credit = next((text for text in texts if text and not _LABEL_ALONE.fullmatch(text)), None)
    whole = clean_text(" ".join(snapshot.text(i) for i in outer))
    if not whole or len(whole) > _MAX_CHARS:
        return None, None
    if credit and len(credit) < len(whole) and (whole.endswith(credit) or whole.startswith(credit)):
        whole = whole.removesuffix(credit).removeprefix(credit).strip(" \t|/–—-")
    elif credit == whole:
        whole = ""
    elif not credit:
        whole, credit = split_credit(whole)
    return whole or None, _without_label(credit) or None if credit else None


def _without_label(credit: str) -> str:
    label = _LABEL_FIRST.match(credit)
    return (credit[label.end() :] if label else credit).strip(" ()[]|")


def credit_name(text: str) -> str:
    """Return a credit without its label and the brackets around it: "(Image: Jane Doe)" gives "Jane Doe"."""
    text = text.strip()
    for _ in range(3):
        label = _NAME_LABEL.match(text)
        if not label:
            break
        text = text[label.end() :].strip()
    text = text.strip(" |")
    if text[:1] in "([" and text[-1:] in ")]":
        inner = text[1:-1].strip()
        return credit_name(inner) if inner and not set(inner) & set("()[]") else text
    return text if text.count("(") == text.count(")") else text.strip("()[] ")


def has_labelled_credit(text: str) -> bool:
    """Whether a text ends in a credit with a label or in brackets: "A harbour. Photo: Jane Doe"."""
    end = text[-_END:]
    if "\n" in end:  # white space as in the page, of which each character would be a place to begin
        end = "\n".join([line for part in end.split("\n") if (line := part.strip())])
    return _labelled(end) is not None


def is_credit_label(text: str) -> bool:
    """Whether a text is nothing but a label such as "Photo:" or "Credit..."."""
    return bool(_LABEL_ALONE.fullmatch(text.strip()))


def is_credit_alone(text: str) -> bool:
    """Whether a text is a credit without a label and no more: names with an agency, or an acronym behind a slash."""
    text = text.strip()
    if len(text) > _MAX_ALONE or _ALONE.fullmatch(text) is None:
        return False
    words = re.findall(r"[^\W\d_][\w.'’-]*", text)
    return all(word[0].isupper() or not word[0].islower() or word in _SMALL_WORDS for word in words)


@lru_cache(maxsize=32)  # the body asks for the captions of its pictures, and then the fields do
def split_credit(text: str) -> tuple[str, str | None]:
    """Return (caption, credit) of a caption that names its credit at its end: "A harbour. Photo: Jane Doe / Agency"."""
    labelled = _labelled(text)
    if labelled:
        return text[: labelled[0]].rstrip(_BEFORE_CREDIT), labelled[1].strip()
    if is_credit_alone(text):
        return "", text.strip()
    match = _UNLABELLED.search(text) or (text.endswith(_LAST_LETTERS) and _LABEL_LAST.search(text)) or None
    if not match:
        start = max(len(text) - _END, 0)
        match = _FREELY.search(text, start) if _may_credit_freely(text) else None
        if not match and "/" in text:
            match = _AFTER_SLASH.search(text, start)
        if not match and ("|" in text or "•" in text):
            match = _AFTER_BAR.search(text, start)
        if not match or not text[: match.start(1)].strip():
            return text, None
        return text[: match.start(1)].rstrip(_BEFORE_CREDIT), match[1].strip()
    return text[: match.start()].rstrip(_BEFORE_CREDIT), match[1].strip()


def _labelled(text: str) -> tuple[int, str] | None:
    """Return (where it begins, credit) of the credit at the end that has a label or stands in brackets.

    Most captions lack what both need. Patterns that know one case only are several times as fast.
    """
    lower = lower_case(text)
    found = None
    if _has_label_sign(text):
        core = lower.rstrip(" .)]\n")
        bracket = max(map(core.rfind, _BRACKETS))
        first = max(bracket, len(core) - _CREDIT_WITH_SIGN, 0)
        signs = [at for sign in _LABEL_SIGNS if (at := lower.find(sign, first)) >= 0]
        found = _AT_END.search(lower, max(bracket, min(signs) - _LABEL_BEFORE_SIGN, 0)) if signs else None
    if not found and (")" in text or "]" in text):
        found = _IN_BRACKETS.search(lower)
    return (found.start(), text[found.start(1) : found.end(1)]) if found else None


def _may_hold_caption(snapshot: Snapshot, scope: int) -> bool:
    end = snapshot.ends[scope]
    return "figcaption" in snapshot.tags[scope:end] or _may_name_caption("".join(snapshot.sources[scope:end]))


def _names_inside(snapshot: Snapshot, scope: int) -> dict[int, str]:
    """Return class, id and microdata name in lower case, for each element inside `scope` that may tell."""
    found = {}
    for element, source in enumerate(snapshot.sources[scope : snapshot.ends[scope]], scope):
        if not source or snapshot.tags[element] in _CONTAINERS:
            continue
        if _may_name_either(source) and (names := _NAMES.findall(source)):
            found[element] = " ".join(names).lower()
    return found


def _is_caption(tag: str, names: str | None) -> bool:
    return tag == "figcaption" or (names is not None and _speaks_of(names, _CAPTION, _CAPTION_TOKENS))


def _is_credit(names: str) -> bool:
    return _speaks_of(names, _CREDIT, _CREDIT_TOKENS)


def _speaks_of(names: str, words: re.Pattern[str], tokens: frozenset[str]) -> bool:
    """Whether names hold one of `words` anywhere, or one of `tokens` set apart."""
    return words.search(names) is not None or not tokens.isdisjoint(names.replace("_", " ").replace("-", " ").split())
