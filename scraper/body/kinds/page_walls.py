"""Walls: consent dialogues, bot checks, error pages and paywalls, which stand where an article should be."""

from __future__ import annotations

import re
from itertools import compress, islice
from typing import TYPE_CHECKING, NamedTuple

from scraper.body.kinds.page_signals import ARTICLE_TYPE
from scraper.page.words import finder

if TYPE_CHECKING:
    from scraper.body.blocks.segment import TextBlock
    from scraper.metadata.clues import Clues
    from scraper.model.article import PageType
    from scraper.page.snapshot import Snapshot

__all__ = ["Wall", "drop_banner", "paywall_of", "wall_of"]

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
_OWN_LINE = 60
"""Characters of the body that are no part of a wall, from which there is an article beside it."""
_OWN_TEXT = 150
"""The same where the headline itself has the words of an error: an error page may have a sentence of its own."""
_SHORT_BODY = 3_000
"""Characters; in a longer body a banner is told by the classifier."""
_BANNER_WORDS = 3
"""Different words of consent in a block of a banner."""
_BEFORE_ERROR = 30
"""Characters that may stand before the words of an error: "Oops! That page ..."."""
_HEADS = frozenset({"h1", "h2"})
_SEPARATOR = re.compile(r"\s[|–—·-]\s")
"""Between a page's title and its site's name."""

_BOT_CHECK = re.compile(
    r"just a moment|attention required|checking (?:your|if the site)|are you a (?:ro)?bot|not a robot|human verif|"
    r"verify(?:ing)? (?:that )?you(?:'re| are) (?:a\b|not|human)|pardon our interruption|access (?:[a-z ]{,30}been )?denied|"
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
_may_ask = finder(
    *(
        "cookie",
        "consen",
        "privac",
        "partner",
        "personali",
        "gdpr",
        "dsgvo",
        "device",
        "legitimate ",
        "ads ",
        "your data",
    ),
    *("profile can", "zustimm", "einwillig", "datenschutz", "werbung und", "endgerät", "confidentialité", "traceurs"),
    *("partenaires", "informativa", "toestemming", "samty", "zgod", "souhlas", "согласи", "конфиденц", "çerez"),
    *("ملفات", "同意", "クッキー", "쿠키"),
)
"""One of these is in it: quicker to look for."""
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
_FREE = re.compile(r"\"isAccessibleForFree\"\s*:\s*\"?(?:true|1)\b", re.IGNORECASE)
_LOCKED_TIERS = frozenset({"locked", "premium", "paid", "subscriber"})


class Wall(NamedTuple):
    """What stands in an article's place."""

    page_type: PageType
    confidence: float
    reason: str


def wall_of(snapshot: Snapshot, clues: Clues, segments: list[TextBlock], kept: list[bool], text: str) -> Wall | None:
    """Return the wall that a page is, if it is one and nothing more: an article beside it wins.

    Args:
        snapshot: the page.
        clues: what it says of itself.
        segments: its blocks of text.
        kept: for each of them, whether it belongs to the body.
        text: the body that was found.

    """
    if not segments:
        return None if text else Wall("empty", 0.95, "the page has no text")
    title = _line(clues.title or "")
    tags = snapshot.tags
    heads = [_line(b.text) for b in islice((b for b in segments if tags[b.element] in _HEADS), 3)]
    sentences = _sentences(segments)
    little = len(text) <= _LITTLE and sum([len(b.text) for b in sentences]) <= _LITTLE
    body = list(compress(segments, kept))
    if _is_error(snapshot, (title, *heads), body, little=little):
        return Wall("error_page", 0.9, f'an error page: "{title or heads[0]}"'[:200])
    if little and len(text) < _NO_STORY and sum([len(b.text) - b.link_chars for b in segments]) < _LITTLE:
        checks = [b for b in segments if _BOT_CHECK.search(b.text.lower())]
        named = any(_BOT_CHECK.search(line) for line in (title, *heads))
        if (named or checks) and not _has_own_line(snapshot, clues, body, checks, named=named):
            return Wall("bot_check", 0.9, "asks for proof that a person reads")
    named = any(_CONSENT_TITLE.search(line) for line in (title, *heads))
    if named or (little and len(segments) <= _FEW_BLOCKS):
        about = [b for b in sentences if _may_ask(b.text) and _CONSENT.search(b.text.lower())]
        if _asks_consent(snapshot, sentences, about, little=little) and not (
            little and not _CONSENT_TITLE.search(title) and _apart(snapshot, body, about) >= _OWN_LINE
        ):
            return Wall("consent_wall", 0.9, "its text asks for consent to cookies and tracking")
    return None


def _has_own_line(
    snapshot: Snapshot, clues: Clues, body: list[TextBlock], checks: list[TextBlock], *, named: bool
) -> bool:
    """Whether a page with the words of a bot check has a line of an article's, too.

    Where title or headline have them, the page must describe itself, as an article does and a check never: whoever
    checks stands before the site and knows nothing of the page.
    """
    if not named:
        return _apart(snapshot, body, checks) >= _OWN_LINE
    described = "og:title" in clues.meta or "og:type" in clues.meta or bool(snapshot.json_ld)
    return described and sum([len(b.text) for b in _sentences(body) if b not in checks]) >= _OWN_LINE


def _apart(snapshot: Snapshot, body: list[TextBlock], signs: list[TextBlock]) -> int:
    """Return the characters of the body's sentences outside of a wall.

    What shares its parent, or its own and its parent's markup, with a sign of the wall is part of it, and so is what
    stands in a dialogue that is named for it.
    """
    parents, sources = snapshot.parents, snapshot.sources

    def markup(block: TextBlock) -> tuple[str, str]:
        parent = parents[block.element]
        return sources[block.element], sources[parent] if parent >= 0 else ""

    plain = [b for b in signs if _words_of_consent(b.text) > 1] or signs  # not an article's one word
    around = {parents[b.element] for b in plain}
    alike = {markup(b) for b in plain}
    return sum(
        [
            len(b.text)
            for b in _sentences(body)
            if b not in signs
            and parents[b.element] not in around
            and markup(b) not in alike
            and not _boxed(snapshot, b)
        ]
    )


def _words_of_consent(text: str) -> int:
    """Return how many different words of consent dialogues a text has."""
    return len(set(_CONSENT.findall(text.lower()))) if _may_ask(text) else 0


def _boxed(snapshot: Snapshot, block: TextBlock) -> bool:
    """Whether a block stands in a dialogue that asks for consent, by the dialogue's name."""
    around = (block.element, *snapshot.ancestors(block.element))
    return bool(_CONSENT_BOX.search("\n".join([snapshot.sources[i] for i in around]).lower()))


def drop_banner(snapshot: Snapshot, segments: list[TextBlock], kept: list[bool]) -> None:
    """Drop the text of a consent dialogue from a short article beside it: by its size the dialogue looks like the story.

    Only where sentences of the body stand apart from it, and for blocks that speak of consent in several words.
    """
    body = list(compress(segments, kept))
    if sum([len(b.text) for b in body]) > _SHORT_BODY:
        return
    banner = [b for b in _sentences(body) if _words_of_consent(b.text) >= _BANNER_WORDS]
    if banner and _apart(snapshot, body, banner) >= _OWN_LINE:
        for i, block in enumerate(segments):
            kept[i] = kept[i] and block not in banner


def _sentences(segments: list[TextBlock]) -> list[TextBlock]:
    return [b for b in segments if len(b.text) > _SENTENCE and b.link_chars * 2 < len(b.text)]


def _line(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def _is_error(snapshot: Snapshot, lines: tuple[str, ...], body: list[TextBlock], *, little: bool) -> bool:
    """Whether title and headings say so; on a page that has text of its own (teasers, say), both and nothing else.

    A short article may have such words in its headline ("Bus service unavailable until Monday").
    """
    title, *heads = lines
    pieces = {piece for line in lines for piece in (line, *_SEPARATOR.split(line))} if little else ()
    if any(map(_error_in, pieces)):
        own = sum([len(b.text) for b in _sentences(body) if not _error_in(b.text.lower())])
        sure = any(map(_is_sure_error, pieces))
        if own < _OWN_TEXT or (sure and not _declares_article(snapshot)):
            return True
    if not _may_be_error(title) or not any(map(_ends_in_error, _SEPARATOR.split(title))):
        return False
    return any(map(_ends_in_error, heads[:1])) or "error404" in _body_class(snapshot)


def _error_in(line: str) -> re.Match[str] | None:
    return _ERROR.search(line) if _may_be_error(line) else None


def _ends_in_error(line: str) -> bool:
    match = _error_in(line)
    return match is not None and match.end() >= len(line.rstrip(" .!?")) and match.start() <= _BEFORE_ERROR


def _is_sure_error(line: str) -> bool:
    """Whether a line ends in the words of an error, or begins with its number."""
    match = _error_in(line)
    if match is None or match.start() > _BEFORE_ERROR:
        return False
    return match.end() >= len(line.rstrip(" .!?")) or any(map(str.isdigit, match[0]))


def _declares_article(snapshot: Snapshot) -> bool:
    return any(ARTICLE_TYPE.search(script) for script in snapshot.json_ld)


def _asks_consent(snapshot: Snapshot, sentences: list[TextBlock], about: list[TextBlock], *, little: bool) -> bool:
    """Whether most sentences speak of consent; on a longer page, inside a dialogue of that purpose."""
    size = sum([len(b.text) for b in sentences])
    if not about or sum([len(b.text) for b in about]) < _CONSENT_SHARE * size:
        return False
    return little or _boxed(snapshot, about[0])


def paywall_of(snapshot: Snapshot, clues: Clues, segments: list[TextBlock], kept: list[bool], text: str) -> str | None:
    """Return why a page shows only the beginning of its article, in words; None where it doesn't.

    What a page declares to be free is whole, whatever is for subscribers beside it: comments, a collection of clippings.
    """
    if len(text) > _STUB or not text:
        return None
    tiers = clues.meta.get("article:content_tier", ()) + clues.meta.get("content_tier", ())
    locked = any(_NOT_FREE.search(script) for script in snapshot.json_ld) or bool(_LOCKED_TIERS.intersection(tiers))
    if not locked and any(_FREE.search(script) for script in snapshot.json_ld):
        return None
    last = max((i for i, keep in enumerate(kept) if keep), default=0)
    near = range(max(0, last - _NEAR_END), min(len(segments), last + _NEAR_END))
    labels = "\n".join([segments[i].text.lower() for i in near if not kept[i] and len(segments[i].text) < _LABEL])
    asked = next((words for words in _SUBSCRIBE if words in labels), None)
    if asked is not None:
        return f'asks to subscribe for the rest ("{asked}")'
    if locked and len(text) < _LOCKED_STUB:
        return "declares itself not free, and shows little text"
    return None


def _body_class(snapshot: Snapshot) -> str:
    if "body" not in snapshot.tags:
        return ""
    return (snapshot.attribute(snapshot.tags.index("body"), "class") or "").lower()
