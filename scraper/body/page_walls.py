"""Walls: consent dialogues, bot checks, error pages and paywalls, which stand where an article should be."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.body.segment import TextBlock
    from scraper.metadata.clues import Clues
    from scraper.model.article import PageType
    from scraper.page.snapshot import Snapshot

__all__ = ["Wall", "paywall_of", "wall_of"]

_LITTLE = 1_500
"""Characters of unlinked text; a wall page has no more, an article about walls does."""
_NO_STORY = 400
"""Characters of body; even a short news item has more."""
_CONSENT_SHARE = 0.6
"""Share of the sentences that speak of consent on a consent page."""
_SENTENCE = 60
"""Characters; a shorter block is a button or a label."""
_STUB = 2_500
"""Characters of body; a page that says "subscribe to read on" below more than this shows its article whole."""
_LOCKED_STUB = 700
"""The same where the page declares itself not free, but shows no such line."""
_LABEL = 250
"""Characters; the line that asks for a subscription is no longer."""
_NEAR_END = 12
"""Blocks around the last one kept among which that line stands."""
_FEW_BLOCKS = 30
"""Blocks of a consent page without a telling title; a home page with a cookie notice has more."""
_BEFORE_ERROR = 30
"""Characters that may stand before the words of an error: "Oops! That page ..."."""
_HEADS = frozenset({"h1", "h2"})

_BOT_CHECK = re.compile(
    r"just a moment|attention required|checking (?:your|if the site)|are you a (?:ro)?bot|not a robot|human verif|"
    r"verify(?:ing)? (?:that )?you(?:'re| are)(?: a| not)|pardon our interruption|access (?:[a-z ]{,30}been )?denied|"
    r"unusual (?:traffic|activity)|enable javascript and cookies|security (?:check|verification)|ddos.protection|"
    r"(?:request|you have been) (?:was |is )?blocked|robot check|performing security|(?<!re)captcha|"
    r"sicherheitsüberprüfung|kein roboter|dass sie ein mensch|vous êtes (?:bien )?humain|pas un robot|no soy un robot|"
    r"que eres humano|non sono un robot|não sou um robô|jestem robotem|вы не робот|проверка браузера|я не робот|"
    r"安全验证|人机验证|访问验证|ロボットではありません|アクセスが拒否|로봇이 아닙니다|لست روبوت",
)
_ERROR = re.compile(
    r"\b(?:error|http|status|fehler|erreur|errore?|ошибка)\W{0,3}(?:40[0-9]|410|451|50[0-9])\b|^\W*(?:40[0-9]|"
    r"410|451|50[0-9])(?:\W*$|\W{1,4}(?:error|not found|page|forbidden|bad|gone|unauthor|internal|service|"
    r"gateway|fehler|seite|erreur|página|pagina)\b)|^not found$|internal server error|service unavailable|"
    r"bad gateway|gateway time-?out|(?:site|page|service) (?:is )?(?:temporarily unavailable|"
    r"under maintenance)|wartungsarbeiten|(?:page|content|article|file|story|"
    r"url)[a-z' ]{0,40} (?:not (?:be )?found|can't be found|no longer (?:available|exists?)|does(?:n't|"
    r" not) exist)|(?:page|content|article) not found|(?:seite|inhalt|artikel)[a-zäöü ]{0,30} nicht gefunden|"
    r"page introuvable|page (?:n'a pas été|non) trouvée|página no encontrada|no se encontró la página|"
    r"pagina non trovata|página não encontrada|pagina niet gevonden|sidan (?:kunde inte hittas|hittades inte)|"
    r"siden (?:blev |ble )?ikke fun|sivua ei löyd|nie znaleziono strony|strony nie znaleziono|"
    r"stránka (?:nebyla )?nenalezena|oldal nem található|страница не найдена|сторінку не знайдено|"
    r"sayfa bulunamadı|الصفحة غير موجودة|הדף לא נמצא|页面不存在|找不到(?:该|此)?(?:页|網頁|网页)|"
    r"ページが見つかりません|페이지를 찾을 수 없|không tìm thấy trang|halaman tidak ditemukan",
)
_may_be_error = finder(
    *("40", "41", "45", "50", "found", "error", "unavailable", "gateway", "maintenance", "wartungs", "no longer"),
    *("exist", "gefunden", "introuvable", "trouvée", "encontr", "trovata", "gevonden", "hitta", "ikke fun", "ei löyd"),
    *("znaleziono", "nenalezena", "nem található", "не найдена", "не знайдено", "bulunamad", "غير موجودة", "לא נמצא"),
    *("不存在", "找不到", "見つかりません", "찾을 수 없", "không tìm", "tidak ditemukan"),
)
"""One of these is in it: quicker to look for."""
_CONSENT = re.compile(
    r"cookie|consent|privacy (?:policy|settings)|our partners|personali[sz]ed (?:ad|content)|\bgdpr\b|\bdsgvo\b|"
    r"your device|device identifiers|legitimate (?:business )?interest|\bads (?:can|are|that)|profile can be built|"
    r"your data|"
    r"zustimm|einwillig|datenschutz|werbung und tracking|endgerät|confidentialité|traceurs|nos partenaires|"
    r"consentement|consentimiento|privacidad|consenso|informativa|consentimento|toestemming|samtycke|samtykke|"
    r"zgod[aęy]|souhlas|"
    r"согласи|конфиденциальност|çerez|ملفات تعريف الارتباط|同意|クッキー|쿠키",
)
_CONSENT_TITLE = re.compile(
    r"consent|cookie|zustimmung|einwilligung|before you continue|bevor sie fortfahren|avant (?:de|d'accéder)|"
    r"datenschutz|privacy (?:choices|settings|gate|preferences|notice)|your privacy|votre vie privée|"
    r"tu privacidad|la tua privacy|"
    r"uw privacy|twoja prywatność|ihre privatsphäre",
)
_CONSENT_BOX = re.compile(
    r"consent|gdpr|cookie|privacy|dialog|\bcmp\b|cmp[-_]|sp_message|message-(?:container|body|component)"
)
"""Class, id or role of what consent platforms put a dialogue into."""
_SUBSCRIBE = (
    *(
        "subscribe to continue",
        "subscribe to read",
        "subscribe to unlock",
        "to continue reading",
        "continue reading with",
    ),
    *(
        "already a subscriber",
        "to read the full",
        "read the full story",
        "subscribers only",
        "for subscribers",
        "subscriber-only",
    ),
    *(
        "this content is for",
        "become a member to read",
        "create a free account to",
        "register to read",
        "unlock this article",
    ),
    *(
        "nur für abonnenten",
        "bereits abonnent",
        "schon abonnent",
        "artikel freischalten",
        "weiterlesen mit",
        "jetzt weiterlesen",
    ),
    *("mit abo weiterlesen", "exklusiv für abonnenten", "registrieren und weiterlesen", "testen und weiterlesen"),
    *("réservé aux abonnés", "réservée aux abonnés", "déjà abonné", "abonnez-vous pour", "de cet article à découvrir"),
    *(
        "para suscriptores",
        "suscríbete para",
        "ya soy suscriptor",
        "ya eres suscriptor",
        "para assinantes",
        "já é assinante",
    ),
    *("riservato agli abbonati", "abbonati per", "sei già abbonato", "voor abonnees", "al abonnee", "word abonnee"),
    *("for abonnenter", "för prenumeranter", "redan prenumerant", "allerede abonnent", "vain tilaajille", "tilaajille"),
    *("dla prenumeratorów", "dla subskrybentów", "pro předplatitele", "előfizetőinknek", "csak előfizetők"),
    *("только для подписчиков", "по подписке", "оформите подписку", "лише для передплатників", "abonelere özel"),
    *(
        "للمشتركين فقط",
        "会員限定",
        "有料会員",
        "続きを読むには",
        "この記事は有料",
        "付费阅读",
        "订阅后",
        "구독자 전용",
        "유료회원",
    ),
)
_NOT_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?(?:false|0)\b", re.IGNORECASE)
_LOCKED_TIERS = frozenset({"locked", "premium", "paid", "subscriber"})


class Wall(NamedTuple):
    """What stands in an article's place."""

    page_type: PageType
    confidence: float
    reason: str


def wall_of(snapshot: Snapshot, clues: Clues, segments: list[TextBlock], text: str) -> Wall | None:
    """Return the wall that a page is, if it is one and nothing more.

    Args:
        snapshot: the page.
        clues: what it says of itself.
        segments: its blocks of text.
        text: the body that was found.

    """
    if not segments:
        return None if text else Wall("empty", 0.95, "the page has no text")
    title = _line(clues.title or "")
    tags = snapshot.tags
    heads = [_line(b.text) for b in islice((b for b in segments if tags[b.element] in _HEADS), 3)]
    little = len(text) <= _LITTLE and sum([len(b.text) for b in _sentences(segments)]) <= _LITTLE
    if _is_error(snapshot, title, heads, little=little):
        return Wall("error_page", 0.9, f'an error page: "{title or heads[0]}"'[:200])
    if little and len(text) < _NO_STORY and sum([len(b.text) - b.link_chars for b in segments]) < _LITTLE:
        words = "\n".join([title, *[block.text.lower() for block in segments]])
        if _BOT_CHECK.search(words):
            return Wall("bot_check", 0.9, "asks for proof that a person reads")
    named = any(_CONSENT_TITLE.search(line) for line in (title, *heads))
    if (named or (little and len(segments) <= _FEW_BLOCKS)) and _asks_consent(
        snapshot, _sentences(segments), little=little
    ):
        return Wall("consent_wall", 0.9, "its text asks for consent to cookies and tracking")
    return None


def _sentences(segments: list[TextBlock]) -> list[TextBlock]:
    return [b for b in segments if len(b.text) > _SENTENCE and b.link_chars * 2 < len(b.text)]


def _line(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _is_error(snapshot: Snapshot, title: str, heads: list[str], *, little: bool) -> bool:
    """Whether title and headings say so; on a page that has text of its own (teasers, say), both and nothing else."""
    if little and any(map(_error_in, (title, *heads))):
        return True
    if not _may_be_error(title) or not any(map(_ends_in_error, re.split(r"\s[|–—·-]\s", title))):
        return False
    return any(map(_ends_in_error, heads[:1])) or "error404" in _body_class(snapshot)


def _error_in(line: str) -> re.Match[str] | None:
    return _ERROR.search(line) if _may_be_error(line) else None


def _ends_in_error(line: str) -> bool:
    match = _error_in(line)
    return match is not None and match.end() >= len(line.rstrip(" .!?")) and match.start() <= _BEFORE_ERROR


def _asks_consent(snapshot: Snapshot, sentences: list[TextBlock], *, little: bool) -> bool:
    """Whether most sentences speak of consent; on a longer page, inside a dialogue of that purpose."""
    size = sum([len(b.text) for b in sentences])
    about = [b for b in sentences if _CONSENT.search(b.text.lower())]
    if not about or sum([len(b.text) for b in about]) < _CONSENT_SHARE * size:
        return False
    if little:
        return True
    around = (about[0].element, *snapshot.ancestors(about[0].element))
    return bool(_CONSENT_BOX.search("\n".join([snapshot.sources[i] for i in around]).lower()))


def paywall_of(snapshot: Snapshot, clues: Clues, segments: list[TextBlock], kept: list[bool], text: str) -> str | None:
    """Return why a page shows only the beginning of its article, in words; None where it doesn't."""
    if len(text) > _STUB or not text:
        return None
    last = max((i for i, keep in enumerate(kept) if keep), default=0)
    near = range(max(0, last - _NEAR_END), min(len(segments), last + _NEAR_END))
    labels = "\n".join([segments[i].text.lower() for i in near if not kept[i] and len(segments[i].text) < _LABEL])
    asked = next((words for words in _SUBSCRIBE if words in labels), None)
    if asked is not None:
        return f'asks to subscribe for the rest ("{asked}")'
    tiers = clues.meta.get("article:content_tier", ()) + clues.meta.get("content_tier", ())
    locked = any(_NOT_FREE.search(script) for script in snapshot.json_ld) or bool(_LOCKED_TIERS.intersection(tiers))
    if locked and len(text) < _LOCKED_STUB:
        return "declares itself not free, and shows little text"
    return None


def _body_class(snapshot: Snapshot) -> str:
    if "body" not in snapshot.tags:
        return ""
    return (snapshot.attribute(snapshot.tags.index("body"), "class") or "").lower()
