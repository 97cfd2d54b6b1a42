"""News agencies and how to tell them: the one list, and the places where articles credit them."""

from __future__ import annotations

import re
from functools import cache

from scraper.fields.values import fold

__all__ = ["agencies_in", "agency_of_folder", "bracketed_agencies", "is_agency"]

_NAMES = """
dpa|dpa-infocom|dpa infocom|dpa-AFX|Deutsche Presse-Agentur|AFP|Agence France-Presse|Agence France Presse|AP|The Associated Press
Associated Press|AP News|Reuters|Thomson Reuters|Reuters Health|APA|Austria Presse Agentur|APA-OTS|SDA|Keystone-SDA|Keystone|ATS|epd|epdÖ|Evangelischer Pressedienst
KNA|Katholische Nachrichten-Agentur|kathpress|SID|Sport-Informations-Dienst|ots|news aktuell|dts|dts Nachrichtenagentur|dapd|ddp|DAPD|afp/dpa|idw|PA|PA Media
Press Association|PA News Agency|ANSA|Adnkronos|AGI|LaPresse|Askanews|EFE|Agencia EFE|efe-epa|EFEverde|Europa Press|EP|Servimedia|Colpisa
Lusa|Agência Lusa|Agência Brasil|Agencia Brasil|Estadão Conteúdo|Agência Estado|Folhapress|Agência O Globo|TASS|ТАСС|Interfax|Интерфакс|RIA Novosti
РИА Новости|UNIAN|УНИАН|Ukrinform|Укринформ|Укрінформ|УНН|Українські Національні Новини|Интерфакс-Украина|BelTA|БелТА|PAP|IAR|ČTK|CTK|TASR|SITA|MTI
Agerpres|Mediafax|BTA|БТА|Tanjug|Танјуг|Beta|FoNet|Hina|STA|SRNA|FENA|BNS|LETA|ELTA|ETA|ANP|Belga|NTB|TT|Ritzau|STT|FNB|AMNA|ΑΠΕ-ΜΠΕ|ΑΠΕ
Anadolu|Anadolu Agency|Anadolu Ajansı|AA|DHA|İHA|Demirören Haber Ajansı|İhlas Haber Ajansı|ANKA|Xinhua|新华社|新華社|中新社|中国新闻网|CNA|中央社|Kyodo|Kyodo News|共同|共同通信|Jiji|Jiji Press|時事|時事通信
Yonhap|연합뉴스|뉴시스|Newsis|뉴스1|PTI|Press Trust of India|ANI|IANS|UNI|BSS|UNB|APP|Antara|Bernama|VNA|TTXVN|PNA|NNA|MENA|أ ش أ|SPA|واس|WAM|وام|QNA|KUNA|كونا|Petra|بترا
أ ف ب|أ.ف.ب|رويترز|د ب أ|الأناضول|IRNA|ایرنا|ISNA|ایسنا|Fars|فارس|Mehr|مهر|Tasnim|تسنیم|خبرگزاری آریا|SANA|سانا|WAFA|وفا|JTA|Notimex|Télam|Telam|NA|Prensa Latina|Agencia Reforma
ABI|Andina|AAP|Australian Associated Press|The Canadian Press|Canadian Press|La Presse Canadienne|CP|UPI|Bloomberg|Bloomberg News|CNN|CNN Newsource
Tribune News Service|TNS|The New York Times News Service|Washington Post News Service|Inter Press Service|IPS|NAN|News Agency of Nigeria|GNA|APS|TAP|MAP|SAPA|PANA
PR Newswire|PRNewswire|Business Wire|GlobeNewswire|ACN Newswire|ACN|The Conversation|spot on news|Cover Media|teleschau|BANG Showbiz|cpm|ZUMA|Imago
"""
_AMBIGUOUS = frozenset({"na", "ep", "tt", "cp", "pa", "aa", "ap", "ats", "sta", "sid", "beta", "map", "tap", "uni", "eta", "app", "apa", "agi", "hina", "mehr", "fars"})  # fmt: skip
"""Too short or too common a word to be an agency unless written in capitals, or in brackets."""
_SHORTEST = 4
"""Letters; shorter names in capitals are acronyms."""
_CREDIT = re.compile(r"[(（\[]\s?([^()（）\[\]]{2,60}?)\s?[)）\]]")
_SPLIT = re.compile(r"[/,;&+]|\s[-–—]\s|\b(?:and|und|et|y|e|mit|with|avec)\b")


@cache
def _known() -> frozenset[str]:
    return frozenset(fold(name) for line in _NAMES.strip().splitlines() for name in line.split("|"))


def is_agency(name: str) -> bool:
    """Whether a name is that of a news agency."""
    folded = fold(name).removesuffix(" com")
    if folded in _AMBIGUOUS:
        return name.isupper() or folded in {"ats", "sid"}
    return folded in _known()


def agencies_in(text: str) -> list[str]:
    """Return the agencies that a credit such as "dpa/lno" or "AP and Reuters" names, as written."""
    parts = [part.strip().strip(" .") for part in _SPLIT.split(text[:200])]
    return [_spelled(part) for part in parts if part and is_agency(part)]


def _spelled(name: str) -> str:
    """Return an agency's name as it spells itself where a page shouts it: "REUTERS" is Reuters."""
    return _shouted().get(name, name)


@cache
def _shouted() -> dict[str, str]:
    names = (name for line in _NAMES.strip().splitlines() for name in line.split("|"))
    return {name.upper(): name for name in names if len(name) > _SHORTEST and name[1:].islower() and name[0].isupper()}


def agency_of_folder(folder: str) -> str | None:
    """Return the agency, as it spells itself, that a folder of an address is named after; None for ambiguous words."""
    key = fold(folder.replace("-", " "))
    return _by_key().get(key) if key not in _AMBIGUOUS else None


@cache
def _by_key() -> dict[str, str]:
    names = [name for line in _NAMES.strip().splitlines() for name in line.split("|")]
    return {fold(name): name for name in reversed(names)}


def bracketed_agencies(text: str) -> list[str]:
    """Return the agencies in brackets in a text, as written: "(Reuters)", "（AP）"."""
    found: list[str] = []
    for match in _CREDIT.finditer(text):
        found += agencies_in(match.group(1))
    return found
