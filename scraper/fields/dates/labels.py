"""What the words and classes around a date say of it: published, changed, or another event altogether."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.dates.date_text import Moment, find_moments
from scraper.page.letters import lower_case
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.page.snapshot import Snapshot

__all__ = [
    "YEAR",
    "is_change_by_class",
    "is_label_of_another",
    "is_marked_as_change",
    "is_of_a_span",
    "label_of_publication",
]

_PUBLISHED = (
    "publish|posted|publiziert|gepostet|veröffentlicht|erstellt|geschrieben|gespeichert|eingestellt|verfasst|publié|mis en ligne|écrit le|rédigé"
    "|publicad|escrito|pubblicat|scritto|geplaatst|gepubliceerd|geschreven|opublikowan|dodan|napisan|publicerad|publiceret|publisert"
    "|julkaistu|kirjoitettu|vydáno|zveřejněn|uverejn|objav|közzétev|megjelen|опубликов|размещен|опублікован|публикув|yayın|eklenme"
    "|diterbitkan|dipublikasi|đăng|xuất bản|公開|掲載|投稿|发布|發布|发表|등록|입력|작성|نشر|منتشر|انتشار|प्रकाशित|פורסם|δημοσι|written on|created on|erschien|submitted by"
    "|cet article a été"
)
_SAYS_PUBLISHED = re.compile(
    _PUBLISHED + "|publicat(?!ion)|dieser (?:artikel|beitrag|eintrag|text) wurde|this (?:entry|post|article|story) was"
    "|este (?:artículo|post|texto) (?:fue|foi)|questo (?:articolo|post) è stato"
)
"""Says that the date behind it is that of publication; in lower case."""
_may_be_published = finder(
    *_PUBLISHED.split("|"), "publicat", "dieser artikel", "dieser beitrag", "dieser eintrag", "dieser text", "this entry",
    "this post", "this article", "this story", "este artículo", "este post", "este texto", "questo articolo", "questo post",
)  # fmt: skip
"""One of these is in it: quicker to look for."""
YEAR = re.compile(
    r"[12.\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]"  # first, for the engine to go on to the next one at once
    r"(?:(?:(?<=1)[349]|(?<=2)[05])\d\d|(?<=[^12.])[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]{3}|(?<=\.)\d\d\b)"
)
"""What a line with a date has, unless its year has two digits."""
_ANOTHER_EVENT = re.compile(
    r"(?:\b(?:joined|registered|member since|founded|born|died|redeem|expir\w+|deadline|valid|until|through|due|received|accepted"
    r"|first listed|date first available|sale starts?|retrieved|accessed|reviewed in|(?:last|date|date last) (?:reviewed|checked)|review date"
    r"|effective(?: as of| from| beginning)?|beginning|starting|with effect from|(?:today['’]s|opening|business) hours|open today"
    r"|öffnungszeiten|heures d['’]ouverture|horario de apertura|orari di apertura|in kraft|wirksam ab"
    r"|registriert|mitglied seit|beitritt|geboren|gestorben|gegründet|gültig|bis(?: zum)?|termine?|anmeldeschluss|einsendeschluss"
    r"|abgerufen|inscrite?|membre depuis|née? le|décédée?|fondée?|valables?|jusqu['’]au|date limite|consultée? le"
    r"|registrad[oa]|miembro desde|nacid[oa]|válid[oa]|hasta(?: el)?|fecha límite|consultad[oa]"
    r"|iscritt[oa]|nat[oa] il|valid[oa]|fino al|scadenza|entro il|membro desde|nascid[oa]|até|prazo|data limite"
    r"|lid sinds|geldig|tot en met|geraadpleegd|dołączył\w*|zarejestrowan\w+|urodzon\w+|ważn\w+|do dnia"
    r"|регистрация|родил\w+|действ\w+|дата обращения|kayıt tarihi|katılım|doğum|son tarih|registrován\w*|narozen\w*|platn\w+)\b"
    r"|登録日|生年月日|有効期限|締切|注册|出生|有效期|截止|加入|가입|생년월일|유효기간|마감)"
    r"[^.!?\d]{0,14}$"
    r"|\b(?:last (?:post|reply|active|activity|visit|seen)|letzte[rs]? (?:beitrag|antwort|besuch)|derni(?:er message|ère réponse|ère visite)"
    r"|último mensaje|última respuesta|ultimo messaggio|última mensagem|laatste bericht|ostatni post|последн\w+ (?:сообщение|ответ)|son mesaj)"
    r"[^.!?]{0,40}$"
    r"|\(@\w{2,30}\)\s*$"
)
"""Before a date: a deadline, a birthday, the last post of a thread, the writer of a quoted one; in lower case."""
_OF_ANOTHER = (
    "joined|regist|member since|founded|born|died|redeem|expir|deadline|valid|until|through|due|"
    "received|accepted|first listed|date first|sale start|retrieved|accessed|review|checked|effective|beginning|starting|"
    "with effect|hours|open today|öffnungs|ouverture|apertura|kraft|wirksam|mitglied|"
    "beitritt|gebor|gestorben|gegründet|gültig|bis|termin|schluss|abgerufen|inscrit|membre|né|"
    "décéd|fondé|valable|jusqu|date limite|consult|miembro|nacid|válid|hasta|fecha|iscritt|nat|"
    "fino|scadenza|entro|membro|nascid|até|prazo|data|sinds|geldig|tot en met|geraadpleegd|"
    "dołączył|zarejestrowan|urodzon|ważn|do dnia|регистрация|родил|действ|обращения|kayıt|katılım|"
    "doğum|son |narozen|platn|登録日|生年月日|有効期限|締切|注册|出生|有效期|截止|加入|가입|생년월일|유효기간|마감|last |letzte|"
    "derni|último|última|ultimo|laatste|ostatni|последн|(@"
)
_may_be_another = finder(*_OF_ANOTHER.split("|"))
"""One of these is in it: quicker to look for."""
_FROM = re.compile(
    r"\d\.?(?:\s?(?<=\.)\s?[-–—]|\s(?:bis|to|until|till|au|al|hasta|até|tot|do|до|по))\s?$", re.IGNORECASE
)
"""Before the end of a time: "1. bis 8. Mai 2022"; a dash behind a number alone may part an hour from its day."""
_TO = re.compile(
    r"\s?(?:[-–—~]|\b(?:bis|to|until|till|au|al|hasta|até|tot|do|до|по)\b)\s?(?=\d|[^\W\d])", re.IGNORECASE
)
_UNTIL = re.compile(r"\s?(?:まで|까지|截止)")
_DATE_LABEL = re.compile(r"\b(?:date|datum|fecha|data)\s?:\s*$", re.IGNORECASE)
_LONGEST_DATE = 40
_MAX_SOURCE = 1_000
"""Characters of an element's attributes that are read; more is data of a script."""
_FIRST_LETTERS = 6
"""Of a date that tell the text node which holds it."""
_MAX_NODES = 30
_BEFORE = 60
"""Characters before a date in which its label stands."""
_CHANGE = re.compile(
    r"last-?update|updated-(?:date|on|at|time)|update-?date|date-updated|hidden[^\"]* updated|updated[^\"]* [\w-]*hidden"
)
"""In the attributes of a date of change; the class "updated" alone is one only of a <time>: elsewhere it marks the only
date of many templates (hAtom)."""
_PUBLICATION = re.compile(r"publish|posted|publiziert|pub-?date|entry-date|post-date|created")


def label_of_publication(text: str) -> re.Match[str] | None:
    """Return where a text says first, in lower case, that a date is that of publication."""
    return _SAYS_PUBLISHED.search(lower_case(text)) if _may_be_published(text) else None


def is_label_of_another(before: str) -> bool:
    """Whether the words before a date say that it is a deadline, a birthday, the last post of a thread."""
    words = before[-_BEFORE:]
    return _may_be_another(words) and bool(_ANOTHER_EVENT.search(lower_case(words)))


def is_of_a_span(text: str, moment: Moment) -> bool:
    """Whether a date of a line begins or ends a span of time: "3 - 5 May 2024", "until" behind it."""
    before = text[max(moment.start - _BEFORE, 0) : moment.start]
    if _DATE_LABEL.search(before):
        return False
    if _FROM.search(before) or _UNTIL.match(text, moment.end):
        return True
    to = None if moment.has_time else _TO.match(text, moment.end)
    if not to:
        return False
    other = next(iter(find_moments(text[to.end() : to.end() + _LONGEST_DATE])), None)
    return other is not None and other.start == 0 and other.day != moment.day


def is_change_by_class(tag: str, source: str) -> bool:
    """Whether an element and its attributes say that its date is that of a change."""
    source = source[:_MAX_SOURCE]
    if "modified" in source:
        return "publish" not in source
    if "updat" not in source or _PUBLICATION.search(source):
        return False
    return bool(_CHANGE.search(source)) or (tag == "time" and 'class="updated"' in source)


def is_marked_as_change(snapshot: Snapshot, element: int, written: str) -> bool:
    """Whether the attributes of an element, or of the one in it that holds a date as written, say that it is a change."""
    if is_change_by_class(snapshot.tags[element], snapshot.sources[element]):
        return True
    first = written[:_FIRST_LETTERS]
    for at in range(snapshot.text_starts[element], snapshot.text_ends[element])[:_MAX_NODES]:
        if first in snapshot.texts[at]:
            holder = snapshot.text_parents[at]
            return is_change_by_class(snapshot.tags[holder], snapshot.sources[holder])
    return False
