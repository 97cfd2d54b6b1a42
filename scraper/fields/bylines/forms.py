"""Forms of bylines in which names, jobs, places and papers are not parted by commas."""

from __future__ import annotations

import re

from scraper.fields.bylines.agencies import is_agency

__all__ = ["reporter_of", "without_job", "without_photo_label", "without_wire"]

_TEXT_AND_PHOTO = re.compile(
    r"^\W*(?:text|texte|texto|testo|tekst|teksti|words|story|reportage)\s?(?:und|and|och|og|et|y|e|i|ja|en|&|\+|/)\s?"
    r"(?:the )?(?:fotos?|photos?|bilder|bild|billeder|pictures|kuvat|zdjęcia|images?|video)\s?(?::|by|von|av|af|par|por|di)?\s"
)
"""Of who wrote and took the pictures, in lower case: "Text und Fotos: ", "Words and photos by "."""
_REPORTER = re.compile(
    r"[【（(\[]?[^\s（(【\[,，、；;]{0,6}?(?:记者|記者|通讯员|編集委員|論説委員)\s*[:：]?\s*([\u4e00-\u9fff]{2,4}?)"
    r"(?=$|[／/ \u3000】）)\]、，]|[\u4e00-\u9fff]{2}(?:報導|报道|電|电))"
)
"""A paper, its word for a reporter, the name, the place: 本报记者 张三, 記者王小明台北報導, （記者王小明／台北報導）."""
_BRACKETED = re.compile(r"^【([^【】\s]{2,8})】$")
_JOBS = frozenset(
    "reporter reporters correspondent editor editors writer columnist journalist producer critic analyst photographer"
    " contributor".split()
)
_BEATS = frozenset(
    "affairs arts assignment assistant associate breaking business chief city climate community consumer contributing"
    " correspondent court crime culture data defence defense deputy digital diplomatic economics economy education energy"
    " entertainment environment environmental europe executive fashion features film finance financial food football foreign"
    " freelance former general health home housing international investigations investigative legal lifestyle local managing"
    " media money music national news political politics property regional royal science security senior social special"
    " sport sports staff state technology tech transport travel uk us video weather world young".split()
)
"""What stands before a job in small words: the beat, the rank."""
_TITLES = frozenset(
    "rechtsanwalt rechtsanwältin fachanwalt fachanwältin steuerberater steuerberaterin redakteur redakteurin avvocato"
    " avvocata avocat avocate abogado abogada advogado advogada pastor pfarrer pfarrerin".split()
)
"""Jobs that stand before a name as a title does."""
_MIN_WORDS = 4
"""Of a name with a job behind it: "Jane Doe Health reporter"; three may be a name."""
_NAME = 2


def without_photo_label(byline: str) -> str:
    """Return a byline without a label that says that its author took the pictures, too."""
    match = _TEXT_AND_PHOTO.match(byline.lower())
    return byline[match.end() :] if match else byline


def reporter_of(byline: str) -> str:
    """Return the name in a Chinese or Japanese byline whose parts no blank sets apart, or the byline as it is."""
    if byline.isascii():
        return byline
    match = _REPORTER.match(byline) or _BRACKETED.match(byline)
    return match[1] if match else byline


def without_job(name: str) -> str:
    """Return a name without the job before or behind it: "Jane Doe Health reporter", "Rechtsanwältin Jane Doe"."""
    words = name.split()
    if len(words) > _NAME and words[0].lower() in _TITLES:
        return " ".join(words[1:])
    if len(words) < _MIN_WORDS or words[-1].lower() not in _JOBS:
        return name
    words.pop()
    while len(words) > _NAME and words[-1].lower().strip(",") in _BEATS:
        words.pop()
    return " ".join(words)


def without_wire(name: str) -> tuple[str, str]:
    """Return (name, agency) of a name with its agency behind it: "Jane Doe Associated Press"; ("Jane Doe", "")."""
    words = name.split()
    for count in range(1, len(words) - 1):
        agency = " ".join(words[-count:])
        if len(words) - count >= _NAME and len(agency) > _NAME and is_agency(agency):
            return " ".join(words[:-count]), agency
    return name, ""
