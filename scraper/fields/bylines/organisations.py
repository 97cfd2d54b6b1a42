"""Whether a byline names an organisation: a desk, a paper, a company, an office; or a person."""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.fields.bylines.given_names import begins_with_given_name, is_given_name
from scraper.fields.values import fold

__all__ = ["is_of_organisation", "names_organisation"]

_WORDS = re.compile(
    r"\b(?:staff|team|desk|newsroom|editors|editorial|news|newspaper|media|press|presse|redaktion|redaktionen|autoren|onlineredaktion|redacción|redaccion|redação|redazione|rédaction|redactie|redakcja|redakce|toimitus|редакция|редакція|times|post|gazette|magazine|magazin|online|zeitung|tidende|service|agency|agencies|network|radio|tv|inc|ltd|llc|gmbh|university|institute|foundation|polizei|police|ministry|club|verlag|journal|herald|tribune|daily|group|blog|company|association|committee|board|council|verein|bureau|agencia|diario|jornal"
    r"|corporation|solutions|services|consulting|studios|bank|hospital|clinic|klinik|kliniken|school|college|church|academy|akademie|hochschule|society|federation|alliance|collective|kollektiv|embassy|botschaft|department|departement|feuerwehr|kirche|rotes kreuz|diakonie|caritas|partei|fraktion|sekretariat|abteilung|gastautor(?:en|innen)|newsdesk|webteam|medien)\b"
    r"|(?:redaktion|redaktionen|verband|stiftung|nachrichten|zeitung|ministerium|verlag|verein|magazin|behörde|gesellschaft|kammer|gewerkschaft)\b"
    r"|\w\.(?:com|de|net|org)\b"
    r"|新聞|编辑部|編集部|取材班|ニュース|뉴스|편집|تحرير|نيوز|συντακτικη|ब्यूरो|डेस्क|बुलेटिन|株式会社",
)  # fmt: skip
"""In lower case."""
_FORM = re.compile(
    r"\w\W+(?:e\. ?V\.?|e\. ?G\.?|eG|AG|KG|KGaA|GbR|OHG|mbH|S\.?A\.?|S\.?p\.?A\.?|S\.?r\.?l\.?|PLC|plc|Corp\.?|Pty\.?|B\.?V\.?|N\.?V\.?|A/S|ApS|Oyj?|sp\. ?z ?o\.? ?o\.?)$"
)
"""Legal forms at a name's end, as the law writes them: "Doe eG". Those of English are among the words."""
_OF_COUNTRY = re.compile(
    r"^\w{2,}[ -](?:[\w-]+ )?(?:deutschland|österreich|schweiz|france|españa|italia|international|global|worldwide)$"
)
"""The branch of a company, in lower case."""
_PARTIES = frozenset("afd cdu csu fdp spd övp spö fpö svp ppd psoe kpd".split())
_SURNAMES = frozenset({"post", "bank", "church", "school", "college"})
"""Words that are surnames, too: "Emily Post"."""
_ARTICLES = ("der ", "die ", "das ", "the ", "le ", "la ", "el ", "il ", "de ")
_MIN_JOINED = 5
"""Letters of a name that is compared without its blanks."""


@lru_cache(maxsize=512)
def names_organisation(name: str) -> bool:
    """Whether the words of a name are those of a desk, a company, an office."""
    lowered = name.lower()
    match = _WORDS.search(lowered)
    if match is None or match.group() in _SURNAMES:
        if _FORM.search(name) or lowered in _PARTIES:
            return True
        named = match is not None or _OF_COUNTRY.match(lowered) is not None
        return named and not (lowered.count(" ") == 1 and begins_with_given_name(name))
    return True


def is_of_organisation(name: str, sites: frozenset[str]) -> bool:
    """Whether an author is an organisation: by words, or because the site has this name and no person does."""
    if names_organisation(name):
        return True
    site = _site_of_name(fold(name), sites)
    if site is None:
        return False
    return not any(is_given_name(n) if " " not in n else begins_with_given_name(n) for n in (name, site))


def _site_of_name(folded: str, sites: frozenset[str]) -> str | None:
    """Return the name of the site that an author has, be it with an article or with other blanks: "Der Hafenbote"."""
    joined = folded.replace(" ", "")
    spaced = (site for site in sorted(sites) if " " in site and site.replace(" ", "") == joined)
    alike = next(spaced, None) if " " not in folded and len(joined) >= _MIN_JOINED else None
    if alike or folded in sites:
        return alike or folded
    bare = next((folded.removeprefix(word) for word in _ARTICLES if folded.startswith(word)), folded)
    if bare in sites or folded.count(" ") == 1:  # two words in a host are a person's name as often as not
        return bare if bare in sites else None
    return joined if len(joined) >= _MIN_JOINED and joined in sites else None
