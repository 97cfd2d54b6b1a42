"""The letters of languages and the legacy encodings that they were written in: what `detect` compares text with."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ENCODINGS", "LATIN", "Language", "letters_of"]


@dataclass(frozen=True, slots=True)
class Language:
    """One language as far as its letters tell it apart."""

    code: str
    letters: str
    """Its letters outside ASCII, lower case; for Chinese, Japanese and Korean the commonest characters."""
    common: str = ""
    """Those of them that make up most of the text; empty where they are all alike."""


LATIN = (
    *(
        Language(code, letters)
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
    Language("cs", "áčďéěíňóřšťúůýž", "áéíěýř"),
    Language("lt", "ąčęėįšųūž", "ėšųž"),
)
_CYRILLIC = (
    Language("ru", "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "оеаинтсрвлкмд"),
    Language("uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "оаиніетврсклу"),
    Language("bg", "абвгдежзийклмнопрстуфхцчшщъьюя", "аоиентрсвлд"),
    Language("sr", "абвгдђежзијклљмнњопрстћуфхцчџш", "аоиенрстјувк"),
    Language("mk", "абвгдѓежзѕијклљмнњопрстќуфхцчџш", "аоиентрсјвд"),
    Language("be", "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "анаіеытрсклў"),
)
_GREEK = (Language("el", "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώςϊϋΐΰ", "αοιετσνηυρπκμς"),)
_HEBREW = (Language("he", "אבגדהוזחטיכךלמםנןסעפףצץקרשת", "יוהלאמרתבשםנ"),)
_ARABIC = (
    Language("ar", "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءآأؤإئ", "اليمونرتبةدعفسه"),
    Language("fa", "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنهویيكآئ", "ایيرندهوتمسبش"),
    Language("ur", "ابپتٹثجچحخدڈذرڑزژسشصضطظعغفقکگلمنںوہھءیےآئ", "ایرکےنوسہمت"),
)
_THAI = (Language("th", "".join(map(chr, (*range(0xE01, 0xE3B), *range(0xE40, 0xE4F)))), "านรอกเงยลมวทสตดคหปบแี่้ั"),)
_SIMPLIFIED = (
    Language(
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
    Language(
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
    Language(
        "ja",
        "".join(map(chr, (*range(0x3041, 0x3094), *range(0x30A1, 0x30F7))))
        + "ー、。・「」『』（）日一人年大国本中出会者月事東上新時政的学自分前社業生府後対部法地市間京選方高力動"
        + "回党内場議員同",
    ),
)
_KOREAN = (
    Language(
        "ko",
        "이다는에의을를가은고한도로지하기사어나리자대라시서일인스해그있과들정부으수전아만장관원주상보구동여니했제된국게성적비"
        "세와면트위연경유오당안것공신화방소조중계회년말미무할문진발산용명요까드러우단개내통민영거강선모군금월재역르실결때북출남",
    ),
)

ENCODINGS: tuple[tuple[str, tuple[Language, ...]], ...] = (
    ("windows-1252", LATIN),
    ("windows-1251", _CYRILLIC),
    ("windows-1250", LATIN),
    ("gb18030", _SIMPLIFIED),
    ("shift_jis", _JAPANESE),
    ("euc-jp", _JAPANESE),
    ("euc-kr", _KOREAN),
    ("big5", _TRADITIONAL),
    ("windows-1254", LATIN),
    ("windows-1253", _GREEK),
    ("windows-1256", _ARABIC),
    ("windows-1255", _HEBREW),
    ("windows-1257", LATIN),
    ("windows-1258", LATIN),
    ("windows-874", _THAI),
    ("iso-8859-2", LATIN),
    ("koi8-r", _CYRILLIC),
    ("koi8-u", _CYRILLIC),
    ("iso-8859-5", _CYRILLIC),
    ("iso-8859-7", _GREEK),
    ("iso-8859-15", LATIN),
    ("iso-8859-6", _ARABIC),
    ("iso-8859-8", _HEBREW),
    ("iso-8859-4", LATIN),
    ("iso-8859-13", LATIN),
    ("iso-8859-10", LATIN),
    ("iso-8859-16", LATIN),
    ("iso-8859-3", LATIN),
    ("iso-8859-14", LATIN),
    ("ibm866", _CYRILLIC),
    ("x-mac-cyrillic", _CYRILLIC),
    ("macintosh", LATIN),
)
"""Every legacy encoding of the Encoding Standard but two that give themselves away; of equals the first wins, so the
commoner stands first."""


def letters_of(code: str) -> frozenset[str]:
    """Return the letters outside ASCII that a language is written with, lower case; none for a language not known."""
    return frozenset(
        letter
        for _, languages in ENCODINGS
        for language in languages
        if language.code == code
        for letter in language.letters
    )
