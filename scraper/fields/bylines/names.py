"""Bylines -> names: who wrote it, without roles, addresses, dates and agencies."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.fields.bylines.agencies import agencies_in, is_agency
from scraper.fields.bylines.forms import reporter_of, without_job, without_photo_label, without_wire
from scraper.fields.bylines.organisations import names_organisation
from scraper.fields.dates.months import month_number
from scraper.fields.values import fold
from scraper.page.letters import lower_case
from scraper.page.words import finder

__all__ = [
    "has_other_words",
    "is_affiliation",
    "is_contact",
    "is_full_name",
    "is_helper",
    "is_helper_label",
    "is_house",
    "is_label",
    "is_office",
    "is_organisation",
    "is_picture_credit",
    "is_role",
    "may_be_labelled",
    "names_in",
    "says_who_wrote",
    "starts_with_helper",
    "without_prefix",
    "without_reviewers",
]

_MAX_BYLINE = 600
_MAX_NAME = 80
_MAX_WORDS = 8
_MAX_NAMES = 30
_MAX_LABEL = 30
_LONGEST_LABEL = 90
_MIN_SITE = 3
"""Letters of a site's name that is looked for at the start of others."""

_ALSO = re.compile(r"(?:[&+/]|and|und|et|y|e|og|och) (?=\w)")
"""Behind a word that may be a label, and makes it a job: "Journalist & Translator"."""
# Patterns of many alternatives are matched against the text in lower case: the engine skips an alternative by its first
# letter only where it need not fold the case, which makes them four times faster.

_PREFIX = re.compile(
    r"^\W*(?:(?:written|authored|posted|published|reported|insights?|reporting|words|story|text|article|report|analysis|review(?:ed)?|compiled|produced|created|submitted|contributed) (?:&[^a-z]* ?\w+ )?by"
    r"|authors? of (?:this|the) (?:article|paper|post|study)|by|byline|author[s(]?s?\)?|writer|credits?|contributors?(?=:)|articles by|as told to"
    r"|(?:guest|opinion|commentary|op-ed|column|essay|guest (?:post|column|article|blog|essay|commentary)) by"
    r"|(?:kommentar|analyse|gastbeitrag|reportage|glosse|kolumne|essay|porträt|rezension|kritik|leitartikel|meinung) von"
    r"|un article d[eu]|(?:opinión|columna|crónica|entrevista|análisis|reportaje) (?:de|por)"
    r"|(?:th(?:is|e) )(?:(?:blog|guest) )?(?:post|article|story|piece|column|report) (?:was|is|has been) (?:originally )?(?:written|authored|contributed|submitted|compiled) by"
    r"|(?:geschrieben|verfasst|veröffentlicht|erstellt|gepostet|eingestellt|aufgezeichnet) von|(?:ein|eine|einem|das) (?!angebot|service|produkt|kooperation)[\w-]{3,25}(?: [\w-]{3,25})? von|(?:artikel|beitrag|bericht|alles) von|von|vom|durch|autor(?:in|en|/in|\*in|:in|s|es)?|text und fotos?|text ?[&+] ?fotos?|text und bilder|(?:text|interview|fotos?|bericht) von|(?:text|interview|bericht|foto|redaktion)(?=\s?[:：|/])"
    r"|(?:écrit|rédigé|publié|posté|propos recueillis|mis en ligne) par|par|auteure?s?|textes?"
    r"|(?:escrito|publicado|redactado|posteado|texto|enviado|elaborado) (?:por|de)|por|autora?s?|autores|texto|redacción(?=:)|redação(?=:)"
    r"|(?:scritto|pubblicato|redatto|postato|inserito) da|a cura di|testo(?: di)?|di|da|autore|articolo di"
    r"|(?:geschreven|geplaatst|gepubliceerd|gepost) door|door|auteur|tekst"
    r"|(?:skrevet|publisert|postet) av|skrevet af|udgivet af|av|af|skrivet av|tekst|text och foto|journalist|skribent|kirjoittaja|kirjoittanut|teksti|toimittaja"
    r"|autor(?:ka|zy)?|tekst|napisał[a]?|(?:napisane|opublikowane|dodane) przez|opracował[a]?|opr\.|oprac\.|przygotował[a]?|dodał[a]?|napsal[a]?|zdroj|autoři|szerző|írta|scris de|publicat de|postat de|autori?"
    r"|автор(?:ы|ка|и)?|текст|написал[а]?|подготовил[а]?|записал[а]?|опубликовал[а]?|аўтар"
    r"|από|του|της|συντάκτης|συντάκτρια|κείμενο|γράφει (?:ο|η)|yazar|yazan|haber|muhabir|editör|oleh|penulis|pewarta|reporter|laporan|editor|tác giả"
    r"|文|撰文|作者|記者|记者|編集|執筆(?:者)?|著者|ライター|この記事を書いた人|글|作者|كتب|كتبت|بقلم|إعداد|حوار|تقرير|الكاتب|تحرير|نویسنده|گزارش|מאת|כתב|द्वारा|लेखक|written by|edited by)"
    r"(?:\s*[:：|/／—–-]+\s*|\s+)",
)  # fmt: skip
_FIRST_WORDS = frozenset(
    """written authored posted published reported insight insights reporting words story text article report analysis review
    reviewed compiled produced created submitted contributed author authors authorss by byline writer credit credits contributor
    contributors articles as guest opinion commentary op column essay kommentar analyse gastbeitrag reportage glosse kolumne
    porträt rezension kritik leitartikel meinung un opinión columna crónica entrevista análisis reportaje this the geschrieben
    verfasst veröffentlicht erstellt gepostet eingestellt aufgezeichnet ein eine einem das artikel beitrag bericht alles von vom
    durch autor autorin autoren autors autores interview foto fotos redaktion écrit rédigé publié posté propos mis par auteur
    auteure auteurs auteures texte textes escrito publicado redactado posteado texto enviado elaborado por autora autoras
    redacción redação scritto pubblicato redatto postato inserito a testo di da autore articolo geschreven geplaatst gepubliceerd
    gepost door tekst skrevet publisert postet udgivet av af skrivet journalist skribent kirjoittaja kirjoittanut teksti
    toimittaja autorka autorzy napisał napisała napisane opublikowane dodane opracował opracowała opr oprac przygotował
    przygotowała dodał dodała napsal napsala zdroj autoři szerző írta scris publicat postat autori автор авторы авторка автори
    текст написал написала подготовил подготовила записал записала опубликовал опубликовала аўтар από του της συντάκτης
    συντάκτρια κείμενο γράφει yazar yazan haber muhabir editör oleh penulis pewarta reporter laporan editor tác 文 撰文 作者 記者
    记者 編集 執筆 執筆者 著者 ライター この記事を書いた人 글 كتب كتبت بقلم إعداد حوار تقرير الكاتب تحرير نویسنده گزارش מאת
    כתב द ल edited""".split()
)
"""The first word of each, or as much of it as the pattern language takes for one: most lines begin otherwise."""
_FIRST_WORD = re.compile(r"\W*(\w+)")
_REVIEWER = re.compile(
    r"(?<=\w)\W{0,5}\b(?:(?:medically|expert|legally|clinically|financially|scientifically) )?(?:reviewed|edited|fact[- ]?checked|checked|verified|photographed|photographs?|photography|photos?|translated|illustrated|illustrations?|übersetzt|bearbeitet|lektoriert|video|foto[s]?)(?:\s(?:by|von|par|por)|:)(?=\W).*",
    re.IGNORECASE | re.DOTALL,
)
"""People behind the authors: who reviewed, edited, photographed, translated."""
_may_name_reviewers = finder(
    "reviewed", "edited", "checked", "verified", "photo", "translated", "illustrat", "übersetzt", "bearbeitet", "lektoriert",
    "video", "foto",
)  # fmt: skip
"""One of these is in it: quicker to look for."""
_PICTURED = re.compile(
    r"(?:^|[,;&/|\n]|\b(?:und|and|et|og|och|y|e)\s)(?:(?!\b(?:und|and|et|og|och|y|e)\b)[^,;&/|\n()]){2,60}\((?:fotos?|photos?|photography|pictures|bild(?:er)?|illustrat\w+|video|kamera|grafik)\b[^()]{0,30}\)",
    re.IGNORECASE,
)
"""A name that brackets credit with the pictures: "Jane Doe (text), John Roe (photos)"."""
_BEHIND = re.compile(
    r"\b(?:reviewed|edited|fact[- ]?checked|checked|verified|tested|photographed|photographs|photography|photos?|translated|illustrated|illustrations?|updated|übersetzt|bearbeitet|lektoriert"
    r"|contributions?|additional (?:reporting|research)|mitarbeit)(?: by| from| von| par| por)?\s?:?\s*$"
)
"""What stands before a name, in lower case: one who did not write."""
_CONTACT = re.compile(
    r"\b(?:contacts?|[a-z]*kontakt|ansprechpartner(?:in)?|rückfragen(?: an)?|contacto|contatt[oi]|contato)\s?:\s*$"
)
"""What stands before one who answers questions, in lower case."""
_AHEAD = re.compile(
    r"\s*[,|–-]?\s*(?:[\w-]+ )?(?:editor|reviewer|fact[- ]?checker|photographer|illustrator|translator|fotograf(?:in)?|lektor(?:in)?|redakteur am dienst|penyunting)\s*$"
)
"""What stands behind such a name, in lower case."""
_HELPER = re.compile(
    r"\W*(?:\w+ )?(?:reviewed|edited|fact[- ]?checked|verified|updated|überarbeitet|geprüft)\s(?:by|von)\b"
)
_NOISE = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\(?@\w+\)?|\[\s*\w+\s*\]|\b\d{1,2}:\d{2}\b.*$"
    r"|\b(?:updated|published|last modified|aktualisiert|veröffentlicht|mis à jour|publié|actualizado|publicado|aggiornato|pubblicato|posted on)\b(?! (?:by|von|par|por|da|door|av|af) ).*$"
    r"|\b(?:follow|folgen|suivre|seguir|share|view (?:author|profile|all)|see more|more from|read more|bio|profil|social links for)\b.*$",
    re.IGNORECASE,
)
_may_have_noise = finder(
    "http", "www", "@", "[", ":", "updated", "published", "last modified", "aktualisiert", "veröffentlicht", "mis à jour", "publié",
    "actualizado", "publicado", "aggiornato", "pubblicato", "posted on", "follow", "folgen", "suivre", "seguir", "share", "view ",
    "see more", "more from", "read more", "bio", "profil", "social links",
)  # fmt: skip
"""One of these is in it: quicker to look for."""
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"[\s,|·•(\n–-]*\b\d{1,4}(?:st|nd|rd|th)?(?=[\s.,/年:|-]|$)")
_LAST_WORD = re.compile(r"[\s,|·•\n–-]*([^\s\d,|·•]{2,14})[\s,|·•\n–-]*$")
_WEEKDAY = re.compile(
    r"^(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|mo|di|mi|do|fr|sa|so|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|segunda|terça|quarta|quinta|sexta|on|am|le|den|vom|stand|the|um|at)\.?,?$",
)
_BRACKETED = re.compile(r"[(（\[]([^()（）\[\]]{2,40})[)）\]]")
_BRACKETS = re.compile(r"\s*[(（\[][^()（）\[\]]*[)）\]]\s*")
_SPLIT = re.compile(
    r"\s*(?:,|;|、|，|؛|،|·|•|⋅|＆|&|\+|／|(?<![/\s])/(?!/)|\s/\s|\n|\s(?:and|und|et|og|och|és|și|si|και|ve|dan|va|và|sowie|with|mit|avec)\s(?=\S))\s*",
    re.IGNORECASE,
)
_may_be_parted = finder(
    ",", ";", "、", "，", "؛", "،", "·", "•", "⋅", "＆", "&", "+", "／", "/", " and ", " und ", " et ", " og ", " och ", " és ", " și ", " si ",
    " και ", " ve ", " dan ", " va ", " và ", " sowie ", " with ", " mit ", " avec ",
    "ı", "ſ",
)  # fmt: skip
"""One of these is in a line of several names whose only white space is blanks: quicker to look for.

The last two are an "i" and an "s" to a pattern that ignores case.
"""
_SHORT_AND = re.compile(r"^(\S+ \S.*?) (?:y|e|ed|i|ja|и|та|і|a|en|con|و|da) (\S+ \S.*)$")
"""Conjunctions that also stand inside of names ("Ortega y Gasset"): they part two full names only."""
_BLANKS_OF_TWO = 4
"""Blanks in two full names and what joins them."""
_EMPLOYER = re.compile(r"\s+(?:[-–—|｜]|for|für|pour|para|in|from|at|is|ist)\s+|\s*[|｜]\s*", re.IGNORECASE)
"""What stands behind is the paper, the place or the role."""
_may_have_employer = finder(
    " -", " –", " —", "|", "｜", " for ", " für ", " pour ", " para ", " in ", " from ", " at ", " is ", " ist ", "ı", "ſ",
)  # fmt: skip
"""One of these is in what has an employer and no white space but blanks: quicker to look for."""
_BIOGRAPHY = re.compile(r"\s(?:is|was|has|ist|est|es|è|arbeitet|writes|works|covers|covered)\s[^,\n]{8}")
_DANGLING = re.compile(r"\s+(?:in|at|from|for|für|am|on behalf of)$", re.IGNORECASE)
"""What parts a name from a section or a date that markup has cut off."""
_PICTURE = re.compile(
    r"^\W*(?:(?:фото|зображення|изображение|bild(?:er|quellen?|nachweis|rechte)?|beitragsbild|titelbild|aufmacherbild|symbolbild|fotos?|photos?|images?|pictures?|credits?|fotograf\w*|grafik|video|quellen?|sources?|illustration|copyright)\b|photograph|©)",
)
_PHRASE = re.compile(
    r"enter your|your name|^view |^lire |^leer |^afficher |^seleccione |^mehr |^more |^más de|^mais de|^plus de|^altro di|^upload |\barchives?\b|older post|다른 ?기사|기사 ?(?:더 ?)?보기|newer post| writes$|→|»|«|\brss\b|social links|^get |last updated|^updated|^published|min read|lesezeit|reading time|^alle |^all |^zum |^zur |^to the |\be-?mail|alle artikel|zur artikel|view all|view author|see all|see more|all posts|all articles|autorenseite|about the|über d|recent posts"
    r"|\b(?:comment(?:s|aires?|ed)?|kommentar\w*|contacts?|kontakt\w*|read more|weiterlesen|leer más|lire plus|newsletters?|subscribe\w*|abonn\w+|follow(?:s|ing|ed)?|sign up|log ?in|register|privacy|cookies?|advert\w*|profil anzeigen|sende uns|more stories|latest|next article|previous|related|popular|guidelines|editorial (?:process|polic\w+|standards))\b|著者一覧",
)
"""What no name has; whole words, for "rss" ends the stem of Larsson, and "follow" begins Followill."""
_may_be_phrase = finder(
    "your", "view ", "lire ", "leer ", "afficher ", "seleccione ", "más de", "mais de", "plus de", "altro di", "upload ", "mehr ", "more ", "archiv", "기사", "older post", "newer post", " writes", "→", "»", "«", "rss", "social links",
    "get ", "updated", "published", "min read", "lesezeit", "reading time", "alle ", "all ", "zum ", "zur ", "to the ", "mail",
    "artikel", "autorenseite", "about the", "über d", "posts", "comment", "kommentar", "contact", "kontakt", " all", " more",
    "weiterlesen", "leer ", "lire ", "afficher ", "seleccione ", "newsletter", "subscribe", "abonn", "follow", "sign up", "log in", "login", "register",
    "privacy", "cookie", "advert", "profil", "sende uns", "latest", "next article", "previous", "related", "popular", "著者一覧", "guideline", "editorial ",
)  # fmt: skip
"""One of these is in it: quicker to look for."""
_ROLE = re.compile(
    r"\b(?:editor\w*|reporter\w*|correspond\w+|writers?|journalist\w*|staff|columnist|contribut\w+|freelanc\w+|producer|photographer|analyst|professor|director|specialist|former|senior|chief|officer|consultant|engineer|master|educator|certified|licensed|registered|years|vice|global|lead|technical|researcher|scientist|attorney|lawyer|veterinarian|dietitian|nutritionist|therapist|nurse|physician|marketer|marketing|developer|designer|intern|c[etofm]o|[es]?vp|founder|co-founder|manager|fellow|expert\w*|strategist|head of [\w ]+|managing|representative|^head \w+$|principal|coordinator|assistant|associate|lecturer|president"
    r"|redakt\w+|korrespondent\w*|chef\w*|volont\w+|autor\w*|leiter\w*|rédact\w+|correspondant\w*|envoyée?|spéciale?|journaliste|redactor\w*|periodista|corresponsal|enviad[oa]|especial|giornalista|inviat[oa]|corrispondente|jornalista|repórter|redator\w*"
    r"|verslaggever|redacteur|redaktör|reportasje|fotograf\w*|foto|toimittaja|dziennik\w+|novinář\w*|redaktor\w*|журналист\w*|корреспондент\w*|редактор\w*|обозреватель|muhabir\w*|editör\w*|wartawan|jurnalis|phóng viên|agencies|agency|agenturen|agencias|contributor|desk|bureau)\b"
    r"|redakteur|korrespondent|기자|特派員|記者|记者|編集委員|编辑|مراسل|محرر",
)
_may_be_role = finder(
    "editor", "reporter", "correspond", "writer", "journalist", "staff", "columnist", "contribut", "freelanc", "producer",
    "photographer", "analyst", "professor", "director", "specialist", "former", "senior", "chief", "officer", "consultant",
    "engineer", "master", "educator", "certified", "licensed", "registered", "years", "vice", "global", "lead", "technical",
    "researcher", "scientist", "attorney", "lawyer", "veterinarian", "dietitian", "nutritionist", "therapist", "nurse", "physician",
    "market", "developer", "designer", "intern", "ceo", "coo", "cto", "cfo", "cmo", "vp", "founder", "manager", "fellow", "expert",
    "strategist", "head ", "managing", "representative", "principal", "coordinator", "assistant", "associate", "lecturer",
    "president", "redakt", "korrespondent", "chef", "volont", "autor", "leiter", "rédact", "envoy", "spécial", "redactor", "periodista",
    "corresponsal", "enviad", "especial", "giornalista", "inviat", "corrispondente", "jornalista", "repórter", "redator",
    "verslaggever", "redacteur", "reportasje", "fotograf", "foto", "toimittaja", "dziennik", "novinář", "журналист", "корреспондент",
    "редактор", "обозреватель", "muhabir", "editör", "wartawan", "jurnalis", "phóng viên", "agenc", "agenturen", "desk", "bureau",
    "기자", "特派員", "記者", "记者", "編集委員", "编辑", "مراسل", "محرر",
)  # fmt: skip
"""One of these is in it: quicker to look for."""
_HEAD_OF = re.compile(
    r",\s*(?:[\w-]+ ){0,2}(?:head|director|manager|president|chair(?:man|woman)?|dean|professor|leiter(?:in)?) (?:of|für) [^,;|\n]*",
    re.IGNORECASE,
)
"""A job with what it is about, which may have an "and" in it."""
_DEGREE = re.compile(r"ph\.?d|m\.?d|mph|msc|mba|rd|jr|ms|ma|ba|bsc|cfp|cpa|esq|dvm|rn|dds", re.IGNORECASE)
"""What stands behind a name and a comma, and is none."""
_PLACE = re.compile(r"(?:em|en|in|aus|from|à|special (?:to|for)) |.{2,4}(?:報導|报道|報道)$", re.IGNORECASE)
"""Before the place from which an author wrote."""
_SECTION = re.compile(
    r"(?:in|under|filed under|en|dans) (?:news|opinion|politics|business|sports?|culture|local|world|actualités?|noticias)\b",
    re.IGNORECASE,
)
"""The list of sections that stands behind an author: "By Jane Doe, in News, Town"."""
_ARTICLE = re.compile(r"^(?:do|da) ", re.IGNORECASE)
"""Of the paper itself in Portuguese bylines."""
_AFFILIATION = re.compile(r"\b(?:universit\w+|college|institut\w*|hochschule|akademie|academy|école)\b")
_HOUSE = re.compile(
    r"(?:from )?(?:staff|wire)\b[\w ]{0,20}\band\b[\w ]{0,30}\b(?:reports?|services?|writers?)$"
    r"|(?:[\w.-]+ )?(?:\w*minist\w+|departement|département|bundesamt|landesamt|staatskanzlei|senatsverwaltung) (?:für|der|des|pour|de|du|del|della|per|para) [\w ,-]{3,60} (?:und|et|y|e|ed) [\w ]{3,40}$"
    r"|(?:the )?(?:[\w.]+ )?(?:center|centre|institute|department|ministry|office|faculty|society|association|bureau|agency|council|division|foundation)s? (?:for|of|on) (?:the )?[\w ]{3,40} and [\w ]{3,40}$",
)
"""A desk or an office whose name has an "and": "Staff and wire reports", "Centre for Rivers and Lakes"."""
_may_be_house = finder(" and ", " und ", " et ", " y ", " e ", " ed ")
"""One of these is in it: quicker to look for."""
_SUFFIX = re.compile(r"\s*(?:인턴\s?기자|선임기자|기자|특파원|記者|记者|さん|기자\])\s*$|\s*\b(?:외 \d명)$")
_REFUSED = frozenset(
    """admin administrator webmaster guest unknown null undefined none author authors by von nan anonymous test user editor1
    wordpress root true false autor share facebook twitter instagram linkedin email print whatsapp comments comment abo
    publisher herausgeber copyright datum data date fecha stand beitrag posted publiziert website mehr donate message permissions google+ quelle
    home menu redactor1 advertisement published updated contributor agencies on about search
    publié publicado publicada pubblicato veröffentlicht aktualisiert anónimo anonimo anonyme anonym unbenannt unnamed untitled""".split()
) | frozenset(
    {
        "no author",
        "super user",
        "public domain",
        "domena publiczna",
        "all rights reserved",
        "the author",
        "about the author",
        "insights from",
        "fact checked",
        "learn more",
        "see full",
        "print article",
        "filed under",
    }
    | {
        "find this author on google scholar",
        "search for this author",
        "cite this webpage",
        "last posted",
        "no categories",
    }
    | {
        "call us",
        "stay connected",
        "your cart",
        "full name",
        "text size",
        "font size",
        "phone number",
        "back to top",
        "back to reading",
        "see our channel",
        "artikel empfehlen",
        "private nachricht",
        "gesponserte inhalte",
        "sponsored content",
    }
)
_ADMIN = re.compile(r"\w{0,12}[ _.-]?admin+(?:istrator)?\d{0,4}|(?=[a-z\d_]{12,}$)[a-z_]+\d+[a-z_]+\d[a-z\d_]*")
"""Accounts that publish: "wordpressadmin", "site_admin", "admin2"; those that a system made up: "info_zq4k7x2b9w"."""
_PARTICLES = frozenset(
    "de la le les du des da das do dos di del della dei der den dem van von vom zu zum zur und y e i a el al bin bint ibn abu ben af av"
    " san st ter ten te t d l und the of for and och og for".split()
)
"""Words in small letters inside of names."""
_LIKE_NAME = re.compile(r"[^\W\d_]")


def without_prefix(text: str) -> tuple[str, bool]:
    """Return (the text without "By", "Von", "Autor:" ..., whether there was one)."""
    end = _prefix_end(text)
    if not end:
        return text, False
    stripped = text[end:]
    return (stripped[_prefix_end(stripped) :] or stripped).strip(), True


def says_who_wrote(byline: str) -> bool:
    """Whether a byline begins with a label such as "By" or "Autor:", not with one of helpers or pictures."""
    end = _prefix_end(byline)
    label = byline[:end].lower()
    return bool(end) and not _may_name_reviewers(label) and "credit" not in label and not label.startswith("interview")


def _prefix_end(text: str) -> int:
    """Return where the label at the start of a text ends; 0 where there is none."""
    if not _may_have_prefix(text):
        return 0
    match = _PREFIX.match(lower_case(text))
    return match.end() if match and not _ALSO.match(text, match.end()) else 0


def _may_have_prefix(text: str) -> bool:
    """Whether a text begins with the first word of a label: a look that spares most texts the pattern."""
    first = _FIRST_WORD.match(text)
    return first is not None and lower_case(first[1]) in _FIRST_WORDS


def may_be_labelled(line: str) -> bool:
    """Whether a line can begin with a label or be one; a look at its first word spares most lines the rest."""
    if not _may_have_prefix(line):
        return False
    separator = ": x" if line.endswith((":", "：")) else " x"
    return bool(_prefix_end(line.rstrip(" :：")[:_LONGEST_LABEL] + separator))


def is_label(text: str) -> bool:
    """Whether a text is only a label such as "Written by" or "Autor:"."""
    if len(text) > _MAX_LABEL:
        return False
    separator = ": x" if text.endswith((":", "：")) else " x"
    return without_prefix(text.rstrip(" :：") + separator)[0] == "x"


def without_reviewers(byline: str) -> str:
    """Return a byline up to where it goes on to people who did not write."""
    return _REVIEWER.sub("", byline) if _may_name_reviewers(byline) else byline


def is_helper(before: str, behind: str) -> bool:
    """Whether the texts around a name say that its bearer did something else than write: "Reviewed by", "Editor"."""
    return bool(_BEHIND.search(before[-_MAX_LABEL:].lower()) or _AHEAD.match(behind[:_MAX_LABEL].lower()))


def is_contact(before: str) -> bool:
    """Whether the text before a name says that its bearer answers questions: "Contact:"."""
    return ":" in before and _CONTACT.search(before[-_MAX_LABEL:].lower()) is not None


def is_helper_label(line: str) -> bool:
    """Whether a line is but a label of people who did not write: "Reviewed by", "Translated by:"."""
    return len(line) <= _MAX_LABEL and bool(_BEHIND.search(line.lower()))


def is_picture_credit(line: str) -> bool:
    """Whether a line begins with a label of pictures: "Foto:", "Image credit", "©"."""
    return bool(_PICTURE.match(line.lower()))


def starts_with_helper(byline: str) -> bool:
    """Whether a byline begins with a label such as "Reviewed by", "Edited by", "Fact-checked by"."""
    return bool(_HELPER.match(byline.lower()))


def names_in(byline: str, sites: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return (names of authors, names of agencies) that a byline states, each once, in its order.

    Args:
        byline: clean text, such as "By Jane Doe and John Roe, AP".
        sites: folded names of the site: what stands beside a person is the employer.

    """
    text = without_reviewers(without_photo_label(byline[:_MAX_BYLINE]))
    text = reporter_of(text.strip())
    if _may_have_noise(text):
        text = _NOISE.sub(" ", text)
    text = text.strip(" \t'\"")
    if "(" in text:
        text = _PICTURED.sub(" ", text) if _may_name_reviewers(text) else text
    agencies: list[str] = []
    if "(" in text or "[" in text or "（" in text:
        for inner in _BRACKETED.findall(text):
            agencies += agencies_in(inner)
        text = _BRACKETS.sub(" ", text)
    if _PICTURE.match(text.lower()):
        return [], agencies
    text, _ = without_prefix(_without_date(text))
    if " of " in text or " für " in text:
        text = _HEAD_OF.sub("", text)
    if is_office(text):
        return [text.strip()], list(dict.fromkeys(agencies))
    text = _before_biography(text)
    parted = _may_be_parted(text) or not text.isprintable()  # what is printable has no white space but blanks
    parts = _SPLIT.split(text)[: 3 * _MAX_NAMES] if parted else [text]
    pieces = [piece for part in parts for piece in _parts(part)]
    names, wires = _sorted_out(pieces, sites)
    agencies += wires
    if any(is_full_name(n) for n in names):
        # beside a full name, a single word is a place, an abbreviation or an employer
        names = [n for n in names if " " in n or not _cased(n)]
    return names[:_MAX_NAMES], list(dict.fromkeys(agencies))


def _sorted_out(pieces: list[str], sites: frozenset[str]) -> tuple[list[str], list[str]]:
    """Return (authors, agencies) of the pieces of a byline; jobs, places and the paper behind a name are dropped."""
    names: list[str] = []
    agencies: list[str] = []
    has_job = False
    for piece in pieces:
        if is_label(piece):
            continue
        name = without_prefix(piece)[0].removeprefix("the ")
        if is_agency(name):
            agencies.append(name.removesuffix(".com"))
            continue
        name = (name if name.isascii() else _SUFFIX.sub("", name)).strip()
        if _ARTICLE.match(name) and fold(bare := _ARTICLE.sub("", name)) in sites:
            name = bare
        if names and _SECTION.match(name):
            break
        is_house = fold(name) in sites or fold(name).removeprefix("the ") in sites
        has_job = has_job or bool(names and is_role(name))
        if names and (is_house or is_role(name) or _PLACE.match(name) or (has_job and is_organisation(name, sites))):
            continue
        if names and _is_prose(name):  # from here on the text tells of the author
            break
        name, agency = without_wire(without_job(name))
        agencies += [agency] if agency else []
        if _plausible(name) and name not in names:
            names.append(name)
    return names, agencies


def _before_biography(text: str) -> str:
    """Return a text up to where it tells of its author: "Jane Doe is a writer, ..."."""
    match = _BIOGRAPHY.search(text)
    return text[: match.start()] if match and is_full_name(text[: match.start()].strip()) else text


def _parts(part: str) -> list[str]:
    """Return the one or two names in a piece between commas, without the employer behind them."""
    first = part.strip()
    if _may_have_employer(first) or not first.isprintable():
        first = _EMPLOYER.split(first, maxsplit=1)[0]
    first = first.strip(" .:·|-–—'\"*>»\t")
    if " " in first or not first.isprintable():
        first = _DANGLING.sub("", first)
    both = _SHORT_AND.match(first) if first.count(" ") >= _BLANKS_OF_TWO else None
    return [p.strip() for p in both.groups()] if both else [first] if first else []


def _without_date(text: str) -> str:
    """Return a byline without the date behind it, the month and the day of the week included."""
    match = _DIGITS.search(text) if _DIGIT.search(text) else None
    if not match:
        return text
    text = text[: match.start()] if match.start() > 0 else text
    for _ in range(3):
        last = _LAST_WORD.search(text)
        if not last or not (month_number(last.group(1)) or _WEEKDAY.match(last.group(1).lower())):
            break
        text = text[: last.start()]
    return text


def _cased(name: str) -> bool:
    return name[0].lower() != name[0].upper()


@lru_cache(maxsize=256)
def is_full_name(name: str) -> bool:
    """Whether a name has the form of a person's: two to five words, most with a capital, no digits."""
    words = [w for w in name.split() if w[0].isalpha()]
    if not 2 <= len(words) <= 5 or any(c.isdigit() for c in name):  # noqa: PLR2004  # given name and surname to double names
        return not words[0].isascii() and not _cased(name) if len(words) == 1 else False
    capitals = sum(w[0].isupper() or not _cased(w) for w in words)
    return capitals >= 2 or capitals == len(words)  # noqa: PLR2004  # "Ana de la Cruz"


def _is_account(name: str) -> bool:
    """Whether a name in lower case is that of an account; a system's have no blank."""
    return ("admin" in name or " " not in name) and _ADMIN.fullmatch(name) is not None


def _plausible(name: str) -> bool:
    return (
        1 < len(name) <= _MAX_NAME
        and len(name.split()) <= _MAX_WORDS
        and bool(_LIKE_NAME.search(name))
        and fold(name) not in _REFUSED
        and not _is_account(name.lower())
        and (name.isalpha() or sum(map(str.isdigit, name)) <= 4)  # noqa: PLR2004  # a desk may be called "Team 24", a code is no name
        and not name.endswith(("?", "!"))
        and not (_may_be_phrase(name) and _PHRASE.search(name.lower()))
        and ":" not in name
        and "：" not in name
    )


def has_other_words(name: str) -> bool:
    """Whether a word in small letters stands in what should be a name, which no name has: "Hotel Harbour opens"."""
    return any(
        word[0].islower() and word.lower().strip("'’") not in _PARTICLES and "'" not in word and "’" not in word
        for word in name.split()
    )


def is_role(name: str) -> bool:
    """Whether what stands beside a name is a job or a degree."""
    if _may_be_role(name) and _ROLE.search(name.lower()):
        return True
    return _DEGREE.fullmatch(name.replace(".", "").strip()) is not None


def _is_prose(name: str) -> bool:
    """Whether most words of what stands behind a name begin with a small letter."""
    words = [w for w in name.split() if _cased(w)]
    return len(words) > 1 and 2 * sum(w[0].isupper() for w in words) < len(words)


def is_organisation(name: str, sites: frozenset[str]) -> bool:
    """Whether a name is that of a desk, a paper or another organisation rather than of a person."""
    return fold(name) in sites or names_organisation(name)


def is_office(name: str) -> bool:
    """Whether a name is that of an office or a desk with an "and" in it: "Centre for Rivers and Lakes"."""
    return _may_be_house(name) and _HOUSE.match(name.lower()) is not None


def is_affiliation(name: str) -> bool:
    """Whether a name is that of a place of learning, which beside a person is where they work."""
    return bool(_AFFILIATION.search(name.lower()))


def is_house(name: str, sites: frozenset[str]) -> bool:
    """Whether a name is that of the site or of a part of it: "Example", "Example Hamburg"."""
    folded = fold(name).removeprefix("the ")
    if folded in sites:
        return True
    blank = folded.find(" ", _MIN_SITE)
    while blank >= 0:
        if folded[:blank] in sites:
            return True
        blank = folded.find(" ", blank + 1)
    return " " in folded and folded.replace(" ", "") in sites  # the host has no blanks
