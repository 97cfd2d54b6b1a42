"""inLanguage: as declared, checked against the text by its script and its most common words."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from scraper.compiled import fastest
from scraper.fields.found import Found
from scraper.fields.values import strings
from scraper.model.evidence import Candidate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from scraper.fields.material import Material

__all__ = ["language", "language_of_text", "plain_counter", "words_of"]

_TAG = re.compile(r"^([a-z]{2,3})(?:[-_]([a-z]{4}))?(?:[-_]([a-z]{2}|\d{3}))?(?:$|[^a-z])", re.IGNORECASE)
_RENAMED = {"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "eng": "en", "ger": "de", "deu": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "rus": "ru", "jpn": "ja", "kor": "ko", "zho": "zh", "chi": "zh", "ara": "ar", "cn": "zh", "jp": "ja", "kr": "ko", "gr": "el", "cz": "cs", "dk": "da", "se": "sv", "ua": "uk"}  # fmt: skip
"""ISO 639-2 codes, codes that ISO withdrew, and country codes that pages take for languages. "se" is Northern Sami by the
book; of the pages that say it, nearly all are Swedish, which the check of the text confirms."""
_NAMES = {"english": "en", "deutsch": "de", "german": "de", "français": "fr", "french": "fr", "español": "es", "spanish": "es", "italian": "it", "italiano": "it", "português": "pt", "portuguese": "pt", "russian": "ru", "arabic": "ar", "japanese": "ja", "chinese": "zh", "korean": "ko", "turkish": "tr", "dutch": "nl", "polish": "pl"}  # fmt: skip
_SAMPLE = 1_500
"""Characters of the text that are read: enough for 200 words."""
_ENOUGH = 10 * _SAMPLE
"""The same of a text without a page, which may be a book; what it begins with may be a quotation."""
_MIN_WORDS = 25
_CLEAR = 0.12
"""Share of the words that are stop words of a language, from which the text is plainly in it: in running text of the
languages below it is .25 to .45, in a foreign one below .08."""
_SOME = 0.08
"""The same where no other language comes near: short texts, and languages that write small words together."""
_AHEAD, _FAR_AHEAD = 1.3, 4
"""Times the runner-up's, from which a share is ahead of it, and far ahead."""
_ODD_LETTERS = 8
"""Letters of a text that a language does not have, from which the text is not in it; a few stand in foreign names."""
_KANA, _HAN = re.compile("[\u3040-\u30ff]+"), re.compile("[\u4e00-\u9fff]+")
_SCRIPTS = (
    ("cyrillic", re.compile("[\u0400-\u04ff]+"), "ru uk bg sr mk be kk ky tg mn tt"),
    ("greek", re.compile("[\u0370-\u03ff]+"), "el"),
    ("arabic", re.compile("[\u0600-\u06ff]+"), "ar fa ur ps ckb ug sd ku"),
    ("hebrew", re.compile("[\u0590-\u05ff]+"), "he yi"),
    ("kana", _KANA, "ja"),
    ("hangul", re.compile("[\uac00-\ud7af]+"), "ko"),
    ("han", _HAN, "zh ja yue"),
    ("devanagari", re.compile("[\u0900-\u097f]+"), "hi mr ne sa"),
    ("bengali", re.compile("[\u0980-\u09ff]+"), "bn as"),
    ("gujarati", re.compile("[\u0a80-\u0aff]+"), "gu"),
    ("gurmukhi", re.compile("[\u0a00-\u0a7f]+"), "pa"),
    ("tamil", re.compile("[\u0b80-\u0bff]+"), "ta"),
    ("telugu", re.compile("[\u0c00-\u0c7f]+"), "te"),
    ("kannada", re.compile("[\u0c80-\u0cff]+"), "kn"),
    ("malayalam", re.compile("[\u0d00-\u0d7f]+"), "ml"),
    ("sinhala", re.compile("[\u0d80-\u0dff]+"), "si"),
    ("thai", re.compile("[\u0e00-\u0e7f]+"), "th"),
    ("lao", re.compile("[\u0e80-\u0eff]+"), "lo"),
    ("burmese", re.compile("[\u1000-\u109f]+"), "my"),
    ("georgian", re.compile("[\u10a0-\u10ff]+"), "ka"),
    ("armenian", re.compile("[\u0530-\u058f]+"), "hy"),
    ("khmer", re.compile("[\u1780-\u17ff]+"), "km"),
    ("ethiopic", re.compile("[\u1200-\u137f]+"), "am ti"),
    ("latin", re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]+"), ""),
)
_STOPWORDS = {
    "en": "the of and to in is that for it with was on are be this have from at by not as an they he has his will you we but which",
    "de": "der die das und ist nicht mit den von ein eine für auf sich im dem auch es des werden als sie dass bei nach wird zu hat aus",
    "fr": "le la les des et est une un du dans que pour qui sur pas plus par avec il ne ce sont au ses cette elle mais aux ont nous",
    "es": "el la los las de que y en un una es por con para del se no su al lo más como pero sus ha este fue entre muy también",
    "pt": "o a os as de que e em um uma é por com para do da não se no na dos mais como ao das foi mas tem seu pela são você",
    "it": "il la di che e è un una per non con del della sono in da si le dei al nel più come alla ha anche gli ma questo delle",
    "nl": "de het een van en is dat in op te zijn voor niet met die aan er om ook als bij naar wordt maar uit nog wel heeft ik door",
    "sv": "och att det som en på är av för med den till inte har om ett men var jag vi de från så kan när efter sig man ska",
    "da": "og at det er en til på som af for med den de ikke har der et var fra vi kan også men blev om være efter sig havde han",
    "no": "og det er at en på som av for med til den ikke har de et var fra vi kan også men ble om være etter seg hun han sier",
    "fi": "ja on ei että se oli hän mutta ovat kun myös joka sen mukaan niin kuin tai vain olla ole voi nyt ollut sekä jo jos siitä ennen",
    "pl": "i w na się nie z do to że jest o jak po od za przez ale są dla który przy tym oraz może tak jego ma być już co",
    "cs": "a se na v je že to s z do o ve pro jako za by ale po si jsou byl od který při podle také nebo jen už bude než",
    "sk": "a sa na v je že to s z do o vo pre ako za by ale po si sú bol od ktorý pri podľa aj alebo len už bude než",
    "hu": "a az és hogy nem egy is van ez meg volt csak de azt már el ki mint még szerint majd vagy pedig ha lesz mert fel ezt",
    "ro": "și de în la a cu pe nu că o un este din care să se mai pentru au fost ce sunt sau după fi al dar prin ca această",
    "hr": "i u je se na da su za od s a ne to o ili kao što će bi iz po ali koji nije te bio je sve samo kako koje biti još",
    "tr": "ve bir bu da de için ile olarak daha çok olan en gibi var sonra kadar ise ne o ancak olduğu her değil göre ki yeni",
    "id": "yang dan di ini itu dengan untuk dari pada dalam tidak akan juga ke oleh ada adalah mereka karena telah atau bisa sudah para saat",
    "vi": "và của là có cho không được với trong một những người này đã các khi để từ đến cũng như về ra nhiều theo tại vào ông",
    "lt": "ir kad tai iš yra į su ne bet kaip buvo o jau dėl už apie tik po nuo jis taip pat dar prie arba kuris metų",
    "lv": "un ir ka no uz ar par kas tas nav arī bet lai kā pēc bija viņš gan jau tika pie gada vai tikai vairāk",
    "et": "ja on ei et see oli ka kui aga mis ta oma seda nii kes või ning siis veel pole välja nende ole üle",
    "ca": "el la els les de que i en un una és per amb del no al més com però aquest han ser també pel seva són ha dels",
    "sq": "e të në dhe i një për me që nga është ka se do nuk më këtë ai janë si por kjo duke edhe është këto",
    "sw": "ya na wa kwa katika ni za la kuwa hiyo yake hii huo cha kama huku pia baada ambao wao yao kwamba hilo bado",
    "is": "og að í á er sem um til við með fyrir það af en ekki var hann voru hefur frá eru þess segir eftir",
    "az": "və bu bir ilə üçün də da olan ki olub edib daha sonra kimi çox həm isə görə deyib onun",
    "ru": "и в не на что с по он как это из за от то для его но также был до о при которые году было они",
    "uk": "і в не на що з та до у за як це від для про його але також був при які року було вони цього",
    "bg": "и в на да се не за от е с че по са като но това до или при беше който има след ще му",
    "ar": "في من على إلى أن التي الذي عن مع هذا هذه كان ما لا بعد قال بين كما وقد خلال أو وفي",
    "fa": "و در به از که این را با است برای آن یک شد خود تا بر هم می شده کرد وی نیز بود اند",
    "ur": "کے کی میں ہے اور سے کا کو پر نے کہ ہیں یہ اس بھی کر گیا تھا جس کہا",
    "hi": "के में की है से और को का ने पर कि यह इस भी हैं एक नहीं लिए तो कर था हो गया",
    "mr": "आणि आहे या व हे की तर त्या ते मध्ये आहेत केली होते पण असे झाले येथे",
    "ne": "र छ को मा ले यो पनि भएको छन् लागि हो गरेको भने थियो गर्न",
    "sr": "и у је се на да су за од с а не то о или као што ће би из по али који није",
}  # fmt: skip
"""The most common words of running text, 20 to 30 a language."""
_RELATED = ({"da", "no"}, {"cs", "sk"}, {"hr", "sr"})
"""Languages that share too many common words to correct a declaration by them."""
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
_SPACED = re.compile(r"[a-z]++(?:[^\s\d.,;:!?()\"'«»„“”]++)?|[^\s\d.,;:!?()\"'«»„“”]++")
"""Words in lower case; the engine sees at once that a letter of a to z is one, and must ask whether others are digits."""


@cache
def _counters() -> dict[str, Callable[[str], tuple[int, int]]]:
    return {code: _counter(frozenset(words.split())) for code, words in _STOPWORDS.items()}


@cache
def _languages() -> dict[str, list[str]]:
    """Return the languages of each of the words."""
    languages: dict[str, list[str]] = {}
    for code, words in _STOPWORDS.items():
        for word in frozenset(words.split()):
            languages.setdefault(word, []).append(code)
    return languages


def language(material: Material) -> Found:
    """Return the candidates for `inLanguage`: BCP 47 tags."""
    declared = list(_declared(material))
    text = _sample(material)
    script = _script(text)
    problems: list[str] = []
    if declared:
        first = str(declared[0].value)
        sure = _conflicting(first, text, script)
        if sure is None:
            return Found(tuple(declared))
        agreeing = [c for c in declared if str(c.value).partition("-")[0] == sure]
        problems.append(f"declared language {first!r} is not that of the text ({sure})")
        found = Candidate(value=sure, raw=text[:60], source="text", where="stop words")
        return Found((*(agreeing[:1] or [found]), *(c for c in declared if c not in agreeing[:1])), tuple(problems))
    if not text:
        return Found()
    guess = language_of_text(text)
    return Found((Candidate(value=guess, raw=text[:60], source="text", where="detector"),)) if guess else Found()


def language_of_text(text: str) -> str | None:
    """Return the ISO 639-1 code of the language that a text is written in, or None for too little text."""
    text = text[:_ENOUGH]
    script = _script(text)
    sole = next((codes for name, _, codes in _SCRIPTS if name == script and codes and " " not in codes), None)
    if sole:
        return sole
    if plain := _plain_language(text):
        return plain
    if script == "han":
        return "zh"
    if len(text) < 40:  # noqa: PLR2004  # a guess on less is noise
        return None
    import py3langid  # noqa: PLC0415  # 40 MB of model; few pages declare nothing and defy the stop words

    return str(py3langid.classify(text[:_SAMPLE])[0])


def _plain_language(text: str) -> str | None:
    """Return the language whose stop words fill a text, where no other comes near or those have other letters."""
    shares = _shares(text)
    first = max(shares, key=lambda code: shares[code], default="")
    share = shares.pop(first, 0.0)
    if share < _CLEAR:
        return first if share >= _SOME and share > _FAR_AHEAD * max(shares.values()) else None
    near = [code for code in shares if _AHEAD * shares[code] >= share]
    return first if all(_has_other_letters(text, first, code) for code in near) else None


def _has_other_letters(text: str, first: str, second: str) -> bool:
    """Whether a text is written with the letters of the first language, and plainly not with those of the second."""
    from scraper.page.alphabets import letters_of  # noqa: PLC0415  # tables that hardly any page needs

    own, other = letters_of(first), letters_of(second)
    if not own or not other:
        return False
    written = [char for char in text.lower() if not char.isascii() and char.isalpha()]
    odd = sum(char not in other for char in written)
    return odd >= max(_ODD_LETTERS, _FAR_AHEAD * sum(char not in own for char in written))


def _declared(material: Material) -> Iterator[Candidate]:
    for node in [*material.articles[:3], *material.pages[:2]]:
        for text in strings(node.get("inLanguage"))[:1]:
            tag = _tag(text)
            if tag:
                yield Candidate(value=tag, raw=text[:100], source="jsonld", where="inLanguage")
    tag = _tag(material.clues.html_lang)
    if tag:
        yield Candidate(value=tag, raw=str(material.clues.html_lang)[:100], source="meta:html-lang", where="html lang")
    for name in ("og:locale", "content-language", "language", "dc.language", "dcterms.language", "inlanguage"):
        for text in material.clues.meta.get(name, ())[:1]:
            tag = _tag(text)
            if tag:
                yield Candidate(
                    value=tag, raw=text[:100], source="og" if name == "og:locale" else f"meta:{name}", where=name
                )
    tag = _tag(material.page.content_language)
    if tag:
        yield Candidate(
            value=tag, raw=str(material.page.content_language)[:100], source="meta:http", where="Content-Language"
        )


def _tag(text: str | None) -> str | None:
    """Return a declared language as a BCP 47 tag, or None for what is none."""
    stripped = (text or "").strip()
    match = _TAG.match(stripped)
    if not match:
        return _NAMES.get(stripped.lower())
    primary = match.group(1).lower()
    primary = _RENAMED.get(primary, primary)
    if len(primary) == 3 and primary not in {"ckb", "yue", "fil", "ceb", "haw", "ast", "gsw", "nds"}:  # noqa: PLR2004  # ISO 639-3 without a short code
        return None
    parts = [primary]
    if match.group(2):
        parts.append(match.group(2).title())
    if match.group(3):
        parts.append(match.group(3).upper())
    return "-".join(parts)


def _sample(material: Material) -> str:
    text = " ".join(material.opening)
    if len(text) < _SAMPLE // 4:
        text += " " + " ".join(block.text for block in material.kept)
    return text[:_SAMPLE]


def _script(text: str) -> str:
    """Return the script that most letters of a text are of; kana decides for Japanese however much Han there is."""
    if text.isascii():
        return "latin"
    # most letters of text in Latin script are ASCII: counting them first is ten times as fast
    plain = len(text.encode("ascii", "ignore").translate(None, _NO_LETTERS))
    if 2 * plain > len(text) or 2 * _count(_SCRIPTS[-1][1], text) > len(text):
        return "latin"
    kana = _count(_KANA, text)
    if kana > 3 and kana * 8 > _count(_HAN, text) + kana:  # noqa: PLR2004  # a quoted name is not a text
        return "kana"
    counts: dict[str, int] = {}
    for name, letters, _ in _SCRIPTS:
        counts[name] = _count(letters, text)
        if 2 * counts[name] > len(text):
            return name  # the others cannot have more
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else "latin"


def _count(letters: re.Pattern[str], text: str) -> int:
    return sum(map(len, letters.findall(text)))


def words_of(text: str) -> list[str]:
    """Return what stands between white space, digits and the usual punctuation, in lower case."""
    return _SPACED.findall(text.lower())


def plain_counter(words: frozenset[str]) -> Callable[[str], tuple[int, int]]:
    """Return a function that counts (how many words of a text are among `words`, its words)."""

    def count(text: str) -> tuple[int, int]:
        found = words_of(text)
        return sum(map(words.__contains__, found)), len(found)

    return count


def _shares(text: str) -> dict[str, float]:
    words = words_of(text)
    if len(words) < _MIN_WORDS:
        return {}
    known = dict.fromkeys(_STOPWORDS, 0)
    languages = _languages()
    for word in words:
        for code in languages.get(word, ()):
            known[code] += 1
    return {code: count / len(words) for code, count in known.items()}


def _share(text: str, code: str) -> float:
    known, words = _counters()[code](text)
    return known / words if words else 0.0


def _conflicting(tag: str, text: str, script: str) -> str | None:
    """Return the language of the text where it is plainly another one than declared, else None."""
    primary = {"nb": "no", "nn": "no", "bs": "hr", "ms": "id"}.get(tag.partition("-")[0], tag.partition("-")[0])
    codes = next((codes for name, _, codes in _SCRIPTS if name == script), "").split()
    if primary in codes and (len(codes) == 1 or primary not in _STOPWORDS):
        return None
    if codes and primary not in codes and (len(codes) == 1 or script == "han"):
        return codes[0]
    return _by_words(primary, text)


def _by_words(primary: str, text: str) -> str | None:
    """Return the language whose common words fill the text, where they are plainly not those of `primary`."""
    if primary in _STOPWORDS and _share(text, primary) >= _CLEAR:
        return None
    shares = _shares(text)
    own = shares.get(primary, 0.0)
    best = max(shares, key=lambda code: shares[code], default=primary)
    related = {best, primary} in _RELATED
    if best == primary or related or shares[best] < max(1.5 * _CLEAR, 2.2 * own):  # plainly another language
        return None
    if primary not in _STOPWORDS and len(text) > 40:  # noqa: PLR2004  # as in language_of_text
        import py3langid  # noqa: PLC0415  # see language_of_text

        guess = str(py3langid.classify(text)[0])
        return best if guess == best else None
    return best


_counter = fastest(plain_counter, "language")
