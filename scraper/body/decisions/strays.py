"""Lines in the flow of an article that their words give away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.body.classifier.context import filler_share
from scraper.body.labels import opening_of
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.body.decisions.outline import Outline

__all__ = ["drop_strays", "is_call", "is_stray", "stray_reason"]

_CELL = 8
"""The code of <td> and <th> in `layout`."""
_STRAY = 160
_CLOCK = re.compile(r"\d{1,2}:\d{2}(?:\s?(?:uhr|h|am|pm|[ap]\.m\.))?", re.IGNORECASE)
"""The time of a live blog's update, alone on its line: a field of the update, not its text."""
_CLOCK_CHARS = 16
_CLOCK_AND_NAME = re.compile(r"\d{1,2}:\d{2}(?=[^\W\d_a-zß-ÿ])[^.!?\n]{2,40}")
"""The same with who wrote the update, or a label, stuck to it."""
_CLOCK_AND_NAME_CHARS = 45
_EMPTY_CELL = 3
"""Characters of a cell that says nothing: "-", "...", "n/a"."""
_STRAY_KINDS = frozenset({"invitation", "related", "advertising", "print", "source"})
_CAPTION = re.compile(r"(?:fig(?:ure|\.)?|abb(?:ildung|\.)|figura|рис\.) ?\d+ ?[.:]", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:[.!?|)] ?|\()(?:photo|image|picture|foto|bild)s?(?: credit)?(?: by\b|:| ?©)[^.]{2,60}\.?\)?$", re.IGNORECASE
)
"""A caption that ends with whose picture it is."""
_PICTURE = re.compile("photo|image|picture|foto|bild")
"""What such a caption has in lower case: a quarter of the cost of `_CREDIT`."""
_NAME = r"[^\W\d_a-zß-ÿ][\w’'.-]+"
_BYLINE = re.compile(
    r"(?:(?:(?:[Pp]ost|[Ww]ritt)e[dn] )?[Bb]y|[Vv]on|[Pp]or|[Pp]ar|[Dd]i|[Dd]oor|[Aa]v|[Aa]f) "
    rf"{_NAME}(?: (?:{_NAME}|and|y|et|und|e|en|og|och|de|van|von|der|del|la|&)){{1,8}}"
    r"(?:(?:,| [—–|-]) [^.,]{1,30}){0,2}(?:(?:\n| [Oo]n )(?=[^\n]*\d)[^\n]{3,50})?"
)
"""Names in a short line of their own, behind a preposition that says who wrote; in print versions a date follows."""
_BYLINE_CHARS = 80
_RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright).*(?<![\"“”„«»'‘’/])all rights reserved(?!\)\s(?-i:[^\W\d_A-Z]))", re.IGNORECASE | re.DOTALL
)
"""In quotes, or in brackets in a sentence that goes on, it is spoken of, and nothing is claimed."""
_RIGHTS_CHARS = 300
_may_call = finder(
    *("newsletter", "whatsapp", "whats app", "telegram", "google n", "google h", "google н", "instagram", "facebook"),
    *("twitter", "youtube", "tiktok", " app", "nieuwsbrief", "nyhetsbrev", "nyhedsbrev", "infolettre", "boletín"),
    *("рассылк", "розсилк", "канал"),
)
"""One of these is in it: quicker to look for."""
_CHANNEL = (
    r"(?:newsletter|whats ?app|telegram|google (?:news|notícias|noticias|notizie|nieuws|haberler|новости)|instagram"
    r"|facebook|twitter|youtube|tiktok|(?:our|unsere?r?|notre|nuestra|nostra|nosso|onze|naszą|the [\w' -]{2,25}) app\b"
    r"|nieuwsbrief|nyhetsbrev|nyhedsbrev|infolettre|boletín|рассылк|розсилк|(?:наш\w*|в) (?:telegram-)?канал)"
)
"""Where a site would have its readers go."""
_ASKS = (
    r"(?:subscribe|sign up|follow(?! (?:these|this|that|his|her|their)\b)|join|download|turn on"
    r"|abonnier\w*|folg(?:e|t|en)|hol\w* (?:dir|euch|sie sich)|lade\w*|melde\w*|verpass\w*"
    r"|suscr[ií]b\w*|s[ií]gue\w*|(?:puedes )?seguirnos|[uú]nete|descarga\w*|ap[uú]ntate|recib[ea]\w*|entra\w*"
    r"|abonnez|inscrivez|suivez|téléchargez|rejoignez|recevez"
    r"|siga\w*|assine\w*|inscreva\w*|entre|receba\w*|baixe\w*|participe\w*|acompanhe\w*"
    r"|iscriviti|segui\w*|scarica\w*|unisciti|ricevi|attiva|abbonati|schrijf|volg|meld|abonneer"
    r"|zapisz|obserwuj|śledź|dołącz|pobierz|subskrybuj"
    r"|подпис(?:ывай|иш|ать)\w*|следи(?:те)?|читайте|присоединяйтесь|вступай\w*|скачай\w*|підпис\w+|приєднуй\w*)"
)
"""What it would have them do, as a request."""
_CALL = re.compile(
    rf"(?:^|[.?!:–—]\s+|,\s+)\W{{0,3}}(?:(?:please|just|then|now|and|dann|jetzt|hier|gratis) )?{_ASKS}(?![\w-])"
    rf".{{0,60}}?{_CHANNEL}",
    re.IGNORECASE,
)
"""A request at the beginning of a sentence. Of 344 such lines of 2,081 pages none is an article's."""
_QUOTES = frozenset('"“”„«»‹›「」『』')
"""Somebody else asks."""
_FILLER = 0.3
_PRE = 12
"""The code of <pre> in `layout`."""


def drop_strays(blocks: list[TextBlock], outline: Outline, kept: list[bool]) -> None:
    """Drop lines in the flow that their words give away.

    Out of fold on 1,110 pages, blocks dropped wrongly / rightly: pointers to other articles 1 / 27, captions that say
    so 0 / 14, copyright lines 0 / 6, placeholder Latin 0 / 2, rules made of characters 0 / 56, numbered captions
    1 / 30, captions with their credit 0 / 9, bylines 1 / 10, claims of rights 0 / 2, labels of
    advertising 1 / 4; on 2,081 pages invitations 0 / 0, lines that name a source 3 / 10.
    """
    for i, keep in enumerate(kept):
        if keep and is_stray(blocks[i].text, outline.codes[i]):
            kept[i] = False


def is_stray(text: str, code: int) -> bool:
    """Whether a line is no part of an article by its words; `code`: of its element, as in `layout`."""
    if code == _PRE:
        return False
    if code != _CELL:
        return _is_stray(text) or _is_time(text)
    return len(text) > _EMPTY_CELL and _is_stray(text)  # "-": a table keeps its columns


def _is_time(text: str) -> bool:
    """Whether a line is the time of a live blog's update."""
    return (len(text) < _CLOCK_CHARS and _CLOCK.fullmatch(text) is not None) or (
        len(text) <= _CLOCK_AND_NAME_CHARS and _CLOCK_AND_NAME.fullmatch(text) is not None
    )


def stray_reason(text: str) -> str | None:
    """Return why a line is no part of an article, in words, where its form tells; else None."""
    if len(text) <= _RIGHTS_CHARS and "all rights reserved" in text.lower() and _RIGHTS.search(text):
        return "claim of rights"
    if len(text) <= _BYLINE_CHARS and _BYLINE.fullmatch(text):
        return "byline"
    if len(text) <= _STRAY and (_CAPTION.match(text) or (_PICTURE.search(text.lower()) and _CREDIT.search(text))):
        return "caption of a picture"
    return None


def is_call(text: str) -> bool:
    """Whether a line asks readers to use a channel of the site."""
    return len(text) <= _STRAY and _may_call(text) and _QUOTES.isdisjoint(text) and _CALL.search(text) is not None


def _is_stray(text: str) -> bool:
    if text.startswith(('{"', '[{"')) or filler_share(text[:_STRAY].lower().split()) > _FILLER or stray_reason(text):
        return True
    if len(text) > _STRAY:
        return False
    if text[0] == "©" or not any(map(str.isalnum, text)):
        return True
    category = None if text[0] == "»" else opening_of(text)
    if category and (category.name in _STRAY_KINDS or (category.name == "media" and (":" in text or "：" in text))):
        return True
    return is_call(text)
