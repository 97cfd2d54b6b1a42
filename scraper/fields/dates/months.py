"""Names of months, of time zones, and the words around relative dates, in the languages of the news."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from scraper.page.words import finder

__all__ = ["OFFSETS", "is_update_label", "month_number", "word_key"]

_MONTHS = (
    # English, German, French, Spanish, Portuguese, Italian, Dutch
    "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec",
    "januar jänner jaenner|februar feber|märz maerz mrz mär|april|mai|juni|juli|august|september|oktober okt|november|dezember dez",
    "janvier janv|février févr fév|mars|avril avr|mai|juin|juillet juil|août aout|septembre|octobre|novembre|décembre déc",
    "enero ene|febrero|marzo|abril abr|mayo|junio|julio|agosto ago|septiembre setiembre set|octubre|noviembre|diciembre dic",
    "janeiro|fevereiro fev|março|abril|maio|junho|julho|agosto|setembro|outubro out|novembro|dezembro",
    "gennaio gen|febbraio|marzo|aprile|maggio mag|giugno giu|luglio lug|agosto|settembre|ottobre ott|novembre|dicembre",
    "januari|februari|maart mrt|april|mei|juni|juli|augustus|september|oktober|november|december",
    # Swedish, Danish, Norwegian, Finnish, Icelandic
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december",
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|desember des",
    "tammikuuta tammikuu|helmikuuta helmikuu|maaliskuuta maaliskuu|huhtikuuta huhtikuu|toukokuuta toukokuu|kesäkuuta kesäkuu|heinäkuuta heinäkuu|elokuuta elokuu|syyskuuta syyskuu|lokakuuta lokakuu|marraskuuta marraskuu|joulukuuta joulukuu",
    "janúar|febrúar|mars|apríl|maí|júní|júlí|ágúst|september|október|nóvember|desember",
    # Polish, Czech, Slovak, Slovene, Croatian, Serbian
    "stycznia styczeń sty|lutego luty lut|marca marzec|kwietnia kwiecień kwi|maja maj|czerwca czerwiec cze|lipca lipiec lip|sierpnia sierpień sie|września wrzesień wrz|października październik paź|listopada listopad lis|grudnia grudzień gru",
    "ledna leden led|února únor úno|března březen bře|dubna duben dub|května květen kvě|června červen čvn|července červenec čvc|srpna srpen srp|září zář|října říjen říj|listopadu|prosince prosinec pro",
    "januára január|februára február|marca marec|apríla apríl|mája máj|júna jún|júla júl|augusta august|septembra|októbra október|novembra|decembra",
    "januarja|februarja|marca marec|aprila|maja|junija junij|julija julij|avgusta avgust avg|septembra|oktobra|novembra|decembra",
    "siječnja siječanj|veljače veljača|ožujka ožujak|travnja travanj|svibnja svibanj|lipnja lipanj|srpnja srpanj|kolovoza kolovoz|rujna rujan|listopada|studenoga studenog studeni|prosinca prosinac",
    "januara јануара јануар јан|februara фебруара фебруар феб|marta mart марта март мар|aprila април априла|maja maj маја мај|juna jun јуна јун|jula jul јула јул|avgusta августа август|septembra септембра септембар|oktobra октобра октобар окт|novembra новембра новембар|decembra децембра децембар",
    # Hungarian, Romanian, Bulgarian, Greek, Turkish, Albanian
    "január|február febr|március márc|április ápr|május máj|június jún|július júl|augusztus|szeptember szept|október|november|december",
    "ianuarie ian|februarie|martie|aprilie|mai|iunie iun|iulie iul|august|septembrie|octombrie|noiembrie noi|decembrie",
    "януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември",
    "ιανουαρίου ιανουάριος ιαν|φεβρουαρίου φεβρουάριος φεβ|μαρτίου μάρτιος μαρ|απριλίου απρίλιος απρ|μαΐου μάιος μαι|ιουνίου ιούνιος ιουν|ιουλίου ιούλιος ιουλ|αυγούστου αύγουστος αυγ|σεπτεμβρίου σεπτέμβριος σεπ σεπτ|οκτωβρίου οκτώβριος οκτ|νοεμβρίου νοέμβριος νοε|δεκεμβρίου δεκέμβριος δεκ",
    "ocak oca|şubat şub|mart|nisan nis|mayıs may|haziran haz|temmuz tem|ağustos ağu|eylül eyl|ekim eki|kasım kas|aralık ara",
    "janar|shkurt|mars|prill|maj|qershor|korrik|gusht|shtator|tetor|nëntor|dhjetor",
    # Russian, Ukrainian, Belarusian, Armenian, Georgian, Kazakh
    "января январь янв|февраля февраль фев|марта март мар|апреля апрель апр|мая май|июня июнь июн|июля июль июл|августа август авг|сентября сентябрь сен сент|октября октябрь окт|ноября ноябрь ноя|декабря декабрь дек",
    "січня січень січ|лютого лютий лют|березня березень бер|квітня квітень кві|травня травень тра|червня червень чер|липня липень лип|серпня серпень сер|вересня вересень вер|жовтня жовтень жов|листопада листопад лис|грудня грудень гру",
    "студзеня|лютага|сакавіка|красавіка|мая|чэрвеня|ліпеня|жніўня|верасня|кастрычніка|лістапада|снежня",
    "հունվարի հունվար|փետրվարի փետրվար|մարտի մարտ|ապրիլի ապրիլ|մայիսի մայիս|հունիսի հունիս|հուլիսի հուլիս|օգոստոսի օգոստոս|սեպտեմբերի սեպտեմբեր|հոկտեմբերի հոկտեմբեր|նոյեմբերի նոյեմբեր|դեկտեմբերի դեկտեմբեր",
    "იანვარი იან|თებერვალი თებ|მარტი მარ|აპრილი აპრ|მაისი მაი|ივნისი ივნ|ივლისი ივლ|აგვისტო აგვ|სექტემბერი სექ|ოქტომბერი ოქტ|ნოემბერი ნოე|დეკემბერი დეკ",
    # Indonesian / Malay, Swahili, Vietnamese is numeric
    "januari|februari|maret mac|april|mei|juni jun|juli julai|agustus ogos agu|september|oktober|november nopember|desember disember",
    "januari|februari|machi|aprili|mei|juni|julai|agosti|septemba|oktoba|novemba|desemba",
    # Arabic (Gregorian and Syriac names), Hebrew, Hindi, Bengali, Thai, Urdu
    "يناير كانون_الثاني جانفي|فبراير شباط فيفري|مارس آذار|أبريل إبريل نيسان افريل أفريل|مايو أيار ماي|يونيو حزيران جوان|يوليو تموز جويلية|أغسطس آب أوت اغسطس|سبتمبر أيلول|أكتوبر تشرين_الأول تشرين_الاول اكتوبر|نوفمبر تشرين_الثاني|ديسمبر كانون_الأول كانون_الاول",
    "ינואר בינואר|פברואר בפברואר|מרץ במרץ מרס|אפריל באפריל|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט|ספטמבר בספטמבר|אוקטובר באוקטובר|נובמבר בנובמבר|דצמבר בדצמבר",
    "जनवरी जन|फरवरी फ़रवरी|मार्च|अप्रैल|मई|जून|जुलाई|अगस्त|सितंबर सितम्बर|अक्टूबर अक्तूबर|नवंबर नवम्बर|दिसंबर दिसम्बर",
    "জানুয়ারি জানুয়ারী|ফেব্রুয়ারি ফেব্রুয়ারী|মার্চ|এপ্রিল|মে|জুন|জুলাই|আগস্ট|সেপ্টেম্বর|অক্টোবর|নভেম্বর|ডিসেম্বর",
    "มกราคม ม.ค|กุมภาพันธ์ ก.พ|มีนาคม มี.ค|เมษายน เม.ย|พฤษภาคม พ.ค|มิถุนายน มิ.ย|กรกฎาคม ก.ค|สิงหาคม ส.ค|กันยายน ก.ย|ตุลาคม ต.ค|พฤศจิกายน พ.ย|ธันวาคม ธ.ค",
    "جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر",
    "فروردین فروردين|اردیبهشت ارديبهشت|خرداد|تیر تير|مرداد|شهریور شهريور|مهر|آبان|آذر|دی دي|بهمن|اسفند",
    # Persian names of Gregorian months, Lithuanian, Latvian, Estonian, Catalan, Tamil
    "ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه جولای|اوت|سپتامبر|اکتبر|نوامبر|دسامبر",
    "sausio sausis|vasario vasaris|kovo kovas|balandžio balandis|gegužės gegužė|birželio birželis|liepos liepa|rugpjūčio rugpjūtis|rugsėjo rugsėjis|spalio spalis|lapkričio lapkritis|gruodžio gruodis",
    "janvāris janvārī|februāris februārī|marts martā|aprīlis aprīlī|maijs maijā|jūnijs jūnijā|jūlijs jūlijā|augusts augustā|septembris septembrī|oktobris oktobrī|novembris novembrī|decembris decembrī",
    "jaanuar|veebruar|märts|aprill|mai|juuni|juuli|august|september|oktoober|november|detsember",
    "gener|febrer|març|abril|maig|juny|juliol|agost|setembre|octubre|novembre|desembre",
    "ஜனவரி|பிப்ரவரி|மார்ச்|ஏப்ரல்|மே|ஜூன்|ஜூலை|ஆகஸ்ட்|செப்டம்பர்|அக்டோபர்|நவம்பர்|டிசம்பர்",
)
"""One language a line, months by "|", forms of a month by blanks; where two languages disagree, the first wins."""

OFFSETS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "wat": 60, "cest": 120, "mesz": 120,
    "sast": 120, "eet": 120, "cat": 120, "eest": 180, "msk": 180, "мск": 180, "trt": 180, "eat": 180, "gst": 240,
    "pkt": 300, "ist": 330, "wib": 420, "ict": 420, "wita": 480, "sgt": 480, "hkt": 480, "myt": 480, "pht": 480,
    "jst": 540, "kst": 540, "wit": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "edt": -240, "est": -300,
    "cdt": -300, "cst": -360, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480, "akdt": -480, "akst": -540,
    "brt": -180, "art": -180, "ist.": 330,
}  # fmt: skip
"""Minutes east of UTC of zone abbreviations that news pages print. "ET" and "PT" are missing: they depend on the day."""

_UPDATE_WORDS = (
    "updat modif aktualis aktualiz mise_à_jour mis_à_jour màj maj_le maj_: maj: actualiz atualiz aggiorn bijgewerkt gewijzigd gewijz "
    "oppdatert uppdaterad opdateret ændret endret ändrad päivitet muokattu zaktualiz zmodyf upraven frissít módosít "
    "обновл измен оновл змінен güncelle diperbarui diubah cập_nhật 更新 修改 수정 최종 تحديث آخر_تعديل आखरी अपडेट अद्यतन "
    "עודכן עדכון ενημέρωση ενημερώθηκε ανανέωση izmijenjeno ažurirano posodobljeno geändert letzte_änderung revised last_edit edited"
)
_names_a_change = finder(*[word.replace("_", " ") for word in _UPDATE_WORDS.split()])
_EDITOR = re.compile(r"(?<!last )\bedited by\b", re.IGNORECASE)
"""Of a person, as "written by" is; no change."""


def is_update_label(text: str) -> bool:
    """Return whether a text says that the date behind it is that of a change."""
    return _names_a_change(text) and (not _EDITOR.search(text) or _names_a_change(_EDITOR.sub("", text)))


@cache
def _numbers() -> dict[str, int]:
    numbers: dict[str, int] = {}
    for language in _MONTHS:
        for number, forms in enumerate(language.split("|"), 1):
            for form in forms.split():
                numbers.setdefault(word_key(form), number)
    return numbers


def word_key(word: str) -> str:
    """Return a word in the form in which months are looked up: lower case, no accents, no full stops."""
    if word.isascii():
        return word.lower().replace(".", "")
    plain = unicodedata.normalize("NFKD", word.casefold()).replace(".", "").replace("ı", "i")
    return "".join(c for c in plain if not unicodedata.combining(c))


def month_number(word: str) -> int | None:
    """Return 1 to 12 for the name of a month in any of the known languages, or None."""
    return _numbers().get(word_key(word))
