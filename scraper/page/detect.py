"""Which legacy encoding bytes are in, judged by the letters that they make; reached only where labels fail.

Each candidate encoding decodes a sample. The result is compared with the letters of the languages that were written in
that encoding: the right one yields letters of one alphabet, the common ones most often, in sensible case; a wrong one
yields symbols, letters of several alphabets, capitals in the middle of words. UTF-8 and UTF-16 never get here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import webencodings

__all__ = ["best_encoding", "is_plausible"]


@dataclass(frozen=True, slots=True)
class _Language:
    code: str
    letters: str
    """Its letters outside ASCII, lower case; for Chinese, Japanese and Korean the commonest characters."""
    common: str = ""
    """Those of them that make up most of the text; empty where they are all alike."""


_LATIN = (
    *(
        _Language(code, letters)
        for code, letters in (
            ("fr", "éèàêçùôîûâëïœ"),
            ("de", "äöüß"),
            ("es", "ñáéíóúü¿¡"),
            ("pt", "ãõçáéíóúâêôà"),
            ("it", "àèéìòù"),
            ("nl", "éëïöü"),
            ("sv", "åäöé"),
            ("da", "æøåé"),
            ("fi", "äöå"),
            ("is", "áðéíóúýþæö"),
            ("et", "õäöüšž"),
            ("pl", "ąćęłńóśźż"),
            ("sk", "áäčďéíĺľňóôŕšťúýž"),
            ("hu", "áéíóöőúüű"),
            ("ro", "ăâîşţ"),
            ("ro", "ăâîșț"),
            ("hr", "čćđšž"),
            ("sl", "čšž"),
            ("sq", "çë"),
            ("tr", "çğıiöşüâîİ"),
            ("lv", "āčēģīķļņšūž"),
            ("mt", "ċġħżàèìòù"),
            ("eo", "ĉĝĥĵŝŭ"),
            ("se", "áčđŋšŧž"),
            ("cy", "âêîôûŵŷïáẁẃẅ"),
            ("ga", "áéíóúḃċḋḟġṁṗṡṫ"),
            ("ca", "àçèéíïòóúü·"),
            ("vi", "ăâđêôơưàáèéíóùú\u0300\u0301\u0303\u0309\u0323"),
        )
    ),
    _Language("cs", "áčďéěíňóřšťúůýž", "áéíěýř"),
    _Language("lt", "ąčęėįšųūž", "ėšųž"),
)
_CYRILLIC = (
    _Language("ru", "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвлкмд"),
    _Language("uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "оаиніетврсклу"),
    _Language("bg", "абвгдежзийклмнопрстуфхцчшщъьюя", "аоиентрсвлд"),
    _Language("sr", "абвгдђежзијклљмнњопрстћуфхцчџш", "аоиенрстјувк"),
    _Language("mk", "абвгдѓежзѕијклљмнњопрстќуфхцчџш", "аоиентрсјвд"),
    _Language("be", "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "анаіеытрсклў"),
)
_GREEK = (_Language("el", "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώςϊϋΐΰ", "αοιετσνηυρπκμς"),)
_HEBREW = (_Language("he", "אבגדהוזחטיכךלמםנןסעפףצץקרשת", "יוהלאמרתבשםנ"),)
_ARABIC = (
    _Language("ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئ", "اليمونرتبةدعفسه"),
    _Language("fa", "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنهویيكآئ", "ایيرندهوتمسبش"),
    _Language("ur", "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےآئ", "ایرکےنوسہمت"),
)
_THAI = (_Language("th", "".join(map(chr, (*range(0xE01, 0xE3B), *range(0xE40, 0xE4F)))), "านรอกเงยลมวทสตดคหปบแี่้ั"),)
_SIMPLIFIED = (
    _Language(
        "zh",
        "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多"
        "经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性"
        "知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次"
        "度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建"
        "务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路"
        "记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运，。、：；！？“”（）《》",
    ),
)
_TRADITIONAL = (
    _Language(
        "zh",
        "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多"
        "經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性"
        "知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次"
        "度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四神總何電數安少報才結反受目太量再感建"
        "務做接必場件計管期市直德資命山金指許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王完設式色路"
        "記南品住告類求據程北邊死張該交規萬取望覺術領共確傳師觀清今切院讓識候帶導爭運灣，。、：；！？「」（）《》",
    ),
)
_JAPANESE = (
    _Language(
        "ja",
        "".join(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30F7))))
        + "ー、。・「」『』（）日一人年大国本中出会者月事東上新時政的学自分前社業生府後対部法地市間京選方高力動"
        + "回党内場議員同",
    ),
)
_KOREAN = (
    _Language(
        "ko",
        "이다는에의을를가은고한도로지하기사어나리자대라시서일인스해그있과들정부으수전아만장관원주상보구동여니했제된국게성적비"
        "세와면트위연경유오당안것공신화방소조중계회년말미무할문진발산용명요까드러우단개내통민영거강선모군금월재역르실결때북출남",
    ),
)

_ENCODINGS: tuple[tuple[str, tuple[_Language, ...]], ...] = (
    ("windows-1252", _LATIN),
    ("windows-1251", _CYRILLIC),
    ("windows-1250", _LATIN),
    ("gb18030", _SIMPLIFIED),
    ("shift_jis", _JAPANESE),
    ("euc-jp", _JAPANESE),
    ("euc-kr", _KOREAN),
    ("big5", _TRADITIONAL),
    ("windows-1254", _LATIN),
    ("windows-1253", _GREEK),
    ("windows-1256", _ARABIC),
    ("windows-1255", _HEBREW),
    ("windows-1257", _LATIN),
    ("windows-1258", _LATIN),
    ("windows-874", _THAI),
    ("iso-8859-2", _LATIN),
    ("koi8-r", _CYRILLIC),
    ("koi8-u", _CYRILLIC),
    ("iso-8859-5", _CYRILLIC),
    ("iso-8859-7", _GREEK),
    ("iso-8859-15", _LATIN),
    ("iso-8859-6", _ARABIC),
    ("iso-8859-8", _HEBREW),
    ("iso-8859-4", _LATIN),
    ("iso-8859-13", _LATIN),
    ("iso-8859-10", _LATIN),
    ("iso-8859-16", _LATIN),
    ("iso-8859-3", _LATIN),
    ("iso-8859-14", _LATIN),
    ("ibm866", _CYRILLIC),
    ("x-mac-cyrillic", _CYRILLIC),
    ("macintosh", _LATIN),
)
"""Every legacy encoding of the Encoding Standard but two that give themselves away; of equals the first wins, so the
commoner stands first."""
_MULTIBYTE = frozenset(("gb18030", "shift_jis", "euc-jp", "euc-kr", "big5"))

_SAMPLE = 12_000
"""Bytes with text outside ASCII that are judged; 2,000 settle the matter in all tests."""
_WORD = re.compile(rb"[A-Za-z']*[\x80-\xff][A-Za-z'\x80-\xff]*")
_NOT_TEXT = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>?", re.DOTALL | re.IGNORECASE)
_LANG = re.compile(rb"<html[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2})", re.IGNORECASE)
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_BAD_CASE = re.compile("[a-zß-öø-ÿа-яёα-ω][A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]")
_MIXED = re.compile("[A-Za-z][^\x00-\xbf‐-⁯]|[^\x00-\xbf‐-⁯][A-Za-z]")
_MIXTURE = 0.1
"""ASCII letters beside others, for each of those, from which text is in no alphabet but Latin."""
_WRITABLE = 0.9
"""Share of a language's letters that an encoding must hold; old encodings lack a new letter here and there."""
_TYPOGRAPHIC = frozenset("\xa0“”„‘’‚–—…«»‹›•·©®™°§€£№\u200c\u200d\u200e\u200f،؛؟")
_CLAIMED, _IN_LANGUAGE = 0.1, 0.2
"""What a label and the language of <html> add to a score; right encodings lead others by .3 and more."""
_CLAIMED_AND_VALID = 0.4
"""What a label of a multi-byte encoding adds where all bytes fit its patterns: other bytes seldom do."""
_RARE = frozenset(("macintosh", "iso-8859-3", "iso-8859-4", "iso-8859-10", "iso-8859-13", "iso-8859-14"))
_RARITY = 0.1
_PLAUSIBLE = 0.9
"""A lower score only means that the other encodings are asked, too."""
_FAMILY = {"gbk": "gb18030", "iso-8859-8-i": "iso-8859-8"}
"""Labels whose bytes are read alike."""


def best_encoding(body: bytes, claimed: list[str]) -> str:
    """Return the WHATWG name of the encoding that makes the most sense of bytes outside ASCII.

    Args:
        body: bytes that are not UTF-8.
        claimed: names that the page or its headers give; they count a little.

    """
    sample = _sample(body)
    if not sample.words:
        return next((name for name in claimed if name in dict(_ENCODINGS)), "windows-1252")
    found = _LANG.search(body[:4096])
    code = found.group(1).decode("ascii").lower() if found else ""
    names = {_FAMILY.get(name, name): name for name in reversed(claimed)}
    best, best_score = "windows-1252", -10.0
    for name, languages in _ENCODINGS:
        score = _score(sample, name, languages, code) - (_RARITY if name in _RARE else 0)
        if name in names:
            score += _CLAIMED_AND_VALID if _is_valid_multibyte(sample, name) else _CLAIMED
        if score > best_score + 1e-9:
            best, best_score = name, score
    return names.get(best, best)


def is_plausible(body: bytes, name: str) -> bool:
    """Whether the bytes, read in an encoding, look like text of a language that is written in it."""
    languages = dict(_ENCODINGS).get(_FAMILY.get(name, name))
    sample = _sample(body)
    return languages is None or not sample.words or _score(sample, name, languages, "") > _PLAUSIBLE


_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class _Sample:
    words: bytes
    """Words with bytes outside ASCII, a blank between them."""
    run: bytes
    """Text from the first byte outside ASCII on, for encodings whose second bytes may be ASCII."""


def _sample(body: bytes) -> _Sample:
    text = _NOT_TEXT.sub(b" ", body[: _SAMPLE * 40])
    if not _HIGH.search(text):
        text = body
    first = _HIGH.search(text)
    if first is None:
        return _Sample(b"", b"")
    words: list[bytes] = []
    size = 0
    for match in _WORD.finditer(text, max(0, first.start() - 40)):
        words.append(match.group())
        size += len(words[-1])
        if size > _SAMPLE:
            break
    return _Sample(b" ".join(words), text[first.start() : first.start() + _SAMPLE])


def _is_valid_multibyte(sample: _Sample, name: str) -> bool:
    if name not in _MULTIBYTE:
        return False
    text = sample.run.decode(name if name != "shift_jis" else "cp932", "replace")
    return "\ufffd" not in text[:-1] and not _HALF_WIDTH.search(text)


def _score(sample: _Sample, name: str, languages: tuple[_Language, ...], code: str) -> float:
    """Return how well a sample reads in an encoding: at most about 1, below 0 for nonsense."""
    encoding = webencodings.lookup(name)
    codec = encoding.codec_info.name if encoding else name
    multibyte = name in _MULTIBYTE
    text = (sample.run if multibyte else sample.words).decode(codec, "replace")
    counts = Counter(text)
    total = sum(n for c, n in counts.items() if not c.isascii())
    if not total:
        return -1.0
    if multibyte:
        best = _judge_characters(counts, languages[0]) / total
        return best + (_IN_LANGUAGE if languages[0].code == code else 0)
    if languages is not _LATIN and len(_MIXED.findall(text)) > total * _MIXTURE:
        return -1.0
    best = max(
        (
            _judge_letters(counts, language) / total + (_IN_LANGUAGE if language.code == code else 0)
            for language in languages
            if len(language.letters.encode(codec, "ignore")) >= len(language.letters) * _WRITABLE
        ),
        default=-1.0,
    )
    return best - len(_BAD_CASE.findall(text)) / total


def _judge_characters(counts: Counter[str], language: _Language) -> float:
    """Chinese, Japanese, Korean: the commonest characters must make up much of the text."""
    value = 0.0
    for char, count in counts.items():
        if not char.isascii():
            if char in language.letters:
                value += 1.2 * count
            elif char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\uff61" <= char <= "\uff9f":
                value -= 2 * count
            else:
                value -= 0.1 * count
    return value


def _judge_letters(counts: Counter[str], language: _Language) -> float:
    """Alphabets: the letters must be of this one, and its common letters must be common."""
    value = 0.0
    for char, count in counts.items():
        if char.isascii():
            continue
        lower = char.lower()
        if lower in language.common:
            value += count
        elif lower in language.letters:
            value += (0.5 if language.common else 1.0) * count
        elif char in _TYPOGRAPHIC:
            value += 0.3 * count
        else:
            value -= (1.0 if char.isalpha() or char == "\ufffd" or char < "\xa0" else 0.5) * count
        if char != lower:
            value -= 0.2 * count  # capitals are rare
    return value
