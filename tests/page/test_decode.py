# sentences of 24 languages, one a line
"""Bytes become the right text whatever the labels say."""

from __future__ import annotations

import gzip
import unicodedata

import pytest
import webencodings

from scraper.errors import NotHtml, TooComplex, Undecodable
from scraper.page.decode import decode

TEXTS = {
    "fr": "Après l’été, les élèves français reviennent à l’école : « où êtes-vous ? » Le gâteau coûte dix francs, voilà le"
    " problème né hier.",
    "de": "Die Bürger können über größere Straßen fahren, während Kühe auf der Höhe grüßen und schöne Mädchen Äpfel essen.",
    "pl": "Władze miasta ogłosiły, że mieszkańcy będą mogli zgłaszać wnioski do końca października; część już się zgłosiła.",
    "cs": "Město oznámilo, že obyvatelé budou moci podávat žádosti až do konce října, některé čtvrti se už přihlásily.",
    "hu": "A város bejelentette, hogy a lakosok október végéig adhatják be kérelmüket, több kerület őszinte örömünkre.",
    "ro": "Orașul a anunțat că locuitorii pot depune cereri până la sfârșitul lunii; câteva cartiere s-au înscris deja.",
    "tr": "Şehir yönetimi, sakinlerin ay sonuna kadar başvuru yapabileceğini açıkladı; bazı mahalleler çoktan kayıt oldu.",
    "lv": "Pilsēta paziņoja, ka iedzīvotāji varēs iesniegt pieteikumus līdz mēneša beigām, dažas apkaimes jau pieteikušās.",
    "lt": "Miestas pranešė, kad gyventojai galės teikti paraiškas iki mėnesio pabaigos, kai kurie rajonai jau užsiregistravo.",
    "mt": "Il-belt ħabbret li r-residenti jistgħu jibagħtu l-applikazzjonijiet sal-aħħar tax-xahar, ċerti żoni diġà lesti.",
    "eo": "La urbo anoncis, ke ĉiuj loĝantoj povas sendi petojn ĝis la fino; ĵaŭde kelkaj kvartaloj aliĝis, ŝajne kun ĥoro.",
    "is": "Borgin tilkynnti að íbúar gætu sent inn umsóknir til loka mánaðarins, þó að sum hverfi hafi þegar skráð sig.",
    "cy": "Mae’r tŷ a’r dŵr yn hŷn na’r tŵr, a’r gŵr yn gweld y môr; cyhoeddodd y dref ŵyl newydd i’r gŵyr.",
    "vi": "Thành phố thông báo người dân có thể nộp đơn đến cuối tháng, một số quận đã đăng ký.",
    "ru": "Город объявил, что жители смогут подавать заявки до конца октября; некоторые районы уже зарегистрировались.",
    "uk": "Місто оголосило, що мешканці зможуть подавати заявки до кінця жовтня; деякі райони вже зареєструвалися.",
    "el": "Η πόλη ανακοίνωσε ότι οι κάτοικοι μπορούν να υποβάλουν αιτήσεις έως το τέλος του Οκτωβρίου, ορισμένες ήδη.",
    "he": "העירייה הודיעה כי התושבים יוכלו להגיש בקשות עד סוף החודש, כמה שכונות כבר נרשמו.",
    "ar": "أعلنت المدينة أن السكان يمكنهم تقديم الطلبات حتى نهاية الشهر، وقد سجلت بعض الأحياء بالفعل.",
    "th": "เมืองประกาศว่าประชาชนสามารถยื่นคำขอได้จนถึงสิ้นเดือน บางเขตได้ลงทะเบียนแล้ว",
    "zh": "市政府宣布，居民可以在本月底之前提交申请，一些社区已经登记。新闻发言人说，这是一个很好的开始。",
    "zh-Hant": "市政府宣布，居民可以在本月底之前提交申請，一些社區已經登記。新聞發言人說，這是一個很好的開始。",
    "ja": "市は、住民が月末まで申請書を提出できると発表した。すでにいくつかの地区が登録を済ませたという。",
    "ko": "시는 주민들이 이달 말까지 신청서를 제출할 수 있다고 발표했다. 일부 지역은 이미 등록을 마쳤다.",
}
LANGUAGES = {
    "windows-1252": "fr de is",
    "iso-8859-15": "fr",
    "macintosh": "fr de",
    "windows-1250": "pl cs hu",
    "iso-8859-2": "pl cs hu",
    "iso-8859-16": "ro pl",
    "windows-1254": "tr",
    "iso-8859-3": "mt eo",
    "iso-8859-4": "lv lt",
    "iso-8859-13": "lv lt",
    "windows-1257": "lv lt",
    "iso-8859-10": "is lt",
    "iso-8859-14": "cy",
    "windows-1258": "vi",
    "windows-1251": "ru uk",
    "koi8-r": "ru",
    "koi8-u": "uk ru",
    "iso-8859-5": "ru",
    "ibm866": "ru",
    "x-mac-cyrillic": "ru",
    "windows-1253": "el",
    "iso-8859-7": "el",
    "windows-1255": "he",
    "iso-8859-8": "he",
    "iso-8859-8-i": "he",
    "windows-1256": "ar",
    "iso-8859-6": "ar",
    "windows-874": "th",
    "gbk": "zh",
    "gb18030": "zh",
    "big5": "zh-Hant",
    "shift_jis": "ja",
    "euc-jp": "ja",
    "iso-2022-jp": "ja",
    "euc-kr": "ko",
    "utf-8": "fr ru ar ja ko",
    "utf-16le": "fr ru ja",
    "utf-16be": "fr ru ja",
}
CASES = [(encoding, language) for encoding, languages in LANGUAGES.items() for language in languages.split()]
ENCODINGS = {name for name in webencodings.LABELS.values() if name not in {"replacement", "x-user-defined"}}
WRONG = ("utf-8", "iso-8859-1", "windows-1251", "shift_jis", "gbk")


def codec(encoding: str) -> str:
    return webencodings.lookup(encoding).codec_info.name


def written(language: str, encoding: str) -> str:
    """The text as far as the encoding can write it."""
    text = TEXTS[language]
    if encoding == "windows-1258":  # has tone marks of its own
        marks = "\u0300\u0301\u0303\u0309\u0323"
        split = (unicodedata.normalize("NFD", char) for char in text)
        text = "".join(
            unicodedata.normalize("NFC", "".join(c for c in s if c not in marks)) + "".join(c for c in s if c in marks)
            for s in split
        )
    return text.encode(codec(encoding), "ignore").decode(codec(encoding))


def page(text: str, encoding: str, *, meta: str | None = None) -> bytes:
    head = f'<meta charset="{meta}">' if meta else ""
    return f"<!DOCTYPE html><html><head>{head}<title>{text}</title></head><body><p>{text * 3}</p></body></html>".encode(
        codec(encoding)
    )


def test_every_encoding_of_the_standard_is_tried():
    assert set(LANGUAGES) == ENCODINGS


@pytest.mark.parametrize(("encoding", "language"), CASES)
def test_header_names_the_encoding(encoding, language):
    text = written(language, encoding)
    assert text in decode(page(text, encoding), f"text/html; charset={encoding}").text


@pytest.mark.parametrize(("encoding", "language"), CASES)
def test_meta_names_the_encoding(encoding, language):
    text = written(language, encoding)
    assert text in decode(page(text, encoding, meta=encoding), "text/html").text


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_bom_beats_every_label(mark):
    body = page(TEXTS["ja"], "utf-8", meta="iso-8859-1").decode().encode(mark)
    assert TEXTS["ja"] in decode(body, "text/html; charset=windows-1251").text


def test_wrong_labels_give_the_right_text_in_99_of_100_cases():
    right = total = 0
    for encoding, language in CASES:
        text = written(language, encoding)
        for header in (None, *WRONG):
            total += 1
            content_type = f"text/html; charset={header}" if header else None
            decoded = decode(page(text, encoding, meta=header and encoding), content_type).text
            right += text in decoded or text.translate(CEDILLAS) in decoded
    assert right >= 0.99 * total, f"{right} of {total}"


CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")
"""Romanian in ISO 8859-16 has the bytes of Windows-1250, which writes it with cedillas."""


@pytest.mark.parametrize(
    "label", ["hex", "zlib", "rot13", "idna", "punycode", "unicode_escape", "undefined", "utf-7", "x" * 90]
)
def test_labels_that_are_no_charset_are_not_honoured(label):
    decoded = decode(page("Zoë’s café", "utf-8", meta=label), f"text/html; charset={label}")
    assert (decoded.encoding, "Zoë’s café" in decoded.text) == ("utf-8", True)


def test_unknown_label_is_a_problem_said_aloud():
    assert "unknown encoding 'klingon' in the header" in decode(b"<p>x", "text/html; charset=klingon").problems


def test_latin1_is_read_as_windows_1252():
    assert "“so”" in decode(b"<p>\x93so\x94 caf\xe9</p>", "text/html; charset=iso-8859-1").text


def test_utf8_declared_latin1_is_read_as_utf8():
    decoded = decode(page("Zoë’s café", "utf-8"), "text/html; charset=iso-8859-1")
    assert (decoded.encoding, decoded.problems) == ("utf-8", ("declared as windows-1252, but is utf-8",))


def test_utf8_with_a_few_bad_bytes_stays_utf8():
    body = page(TEXTS["ru"], "utf-8").replace(b"<p>", b"<p>\xff")
    assert TEXTS["ru"] in decode(body, "text/html; charset=utf-8").text


def test_one_replacement_character_for_a_character_cut_off():
    assert decode("<p>город".encode()[:-1], "text/html; charset=utf-8").text == "<p>горо\ufffd"


@pytest.mark.parametrize("before", range(32_760, 32_769))
def test_utf8_is_told_however_its_characters_fall_into_the_pieces_that_are_checked(before):
    text = "<p>".ljust(before, "x") + "é漢😀" + "ж" * 40_000
    assert decode(text.encode(), None).text == text


def test_a_byte_that_belies_utf8_is_found_far_behind_the_first_piece():
    body = b"<p>".ljust(100_000, b"x") + TEXTS["fr"].encode("windows-1252")
    assert decode(body, "text/html; charset=windows-1252").text.endswith(TEXTS["fr"])


def test_xml_declaration_names_the_encoding():
    body = '<?xml version="1.0" encoding="windows-1251"?><html><p>Город и жители</p></html>'.encode("windows-1251")
    assert "Город и жители" in decode(body, None).text


def test_meta_in_a_comment_is_no_meta():
    body = b'<!-- <meta charset="utf-8"> --><meta charset="windows-1251"><p>' + "Город".encode("windows-1251")
    assert "Город" in decode(body, None).text


def test_utf16_in_a_meta_means_utf8():
    assert "Zoë" in decode(page("Zoë", "utf-8", meta="utf-16"), None).text


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_without_bom(encoding):
    assert TEXTS["fr"] in decode(f"<!DOCTYPE html><p>{TEXTS['fr']}</p>".encode(encoding), None).text


def test_lone_surrogates_are_replaced_and_nothing_after_them_is_lost():
    assert decode("a\ud800b\udfffc", None).text == "a\ufffdb\ufffdc"


def test_surrogate_pairs_become_their_character():
    assert decode("a\ud83d\ude00b", None).text == "a\U0001f600b"


def test_text_keeps_everything_but_its_bom():
    assert decode("\ufeff<p>a\0b\u2028c", None).text == "<p>a\0b\u2028c"


def test_gzipped_body_is_inflated():
    assert "Zoë" in decode(gzip.compress(page("Zoë", "utf-8")), None).text


def test_all_members_of_gzip_data_are_read():
    assert decode(gzip.compress(b"<p>one") + gzip.compress(b" two"), None).text == "<p>one two"


def test_gzip_bomb_is_refused():
    bomb = gzip.compress(bytes(70_000_000))
    with pytest.raises(TooComplex):
        decode(bomb, None)


def test_broken_gzip_is_undecodable():
    with pytest.raises(Undecodable):
        decode(b"\x1f\x8b\x08\x00junk", None)


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"%PDF-1.4\n%\xe2\xe3", "a PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"GIF89a\x01\0", "a GIF image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "a WebP image"),
        (b"PK\x03\x04\x14\0", "a ZIP archive or office document"),
        (b"\0\0\0\x20ftypisom", "an MP4 video or a HEIF image"),
        (bytes(range(256)) * 9, "binary data"),
    ],
)
def test_binary_is_refused_by_name(body, what):
    with pytest.raises(NotHtml, match=what):
        decode(body, "text/html; charset=utf-8")


@pytest.mark.parametrize("content_type", ["application/pdf", "image/png", "application/json", "video/mp4"])
def test_declared_types_that_hold_no_page_are_refused(content_type):
    with pytest.raises(NotHtml):
        decode(b'{"a": 1}', content_type)


def test_a_page_declared_as_json_is_still_a_page():
    assert decode(b"<!DOCTYPE html><p>x", "application/json").text.endswith("<p>x")


def test_text_that_starts_like_a_bitmap_is_text():
    assert decode(b"BMW recalls cars", "text/html").text == "BMW recalls cars"


@pytest.mark.parametrize(
    ("how", "content_type"), [("header", "text/html; charset=utf-8"), ("meta", None), ("detection", "x")]
)
def test_it_says_what_decided(how, content_type):
    meta = "utf-8" if how == "meta" else None
    assert decode(page("Zoë", "utf-8", meta=meta), content_type).decided_by == how


def test_a_scan_for_text_among_unclosed_tags_is_linear():
    assert decode(b"<" * 400_000 + b"\xe9t\xe9", None).encoding == "windows-1252"


def test_utf8_encoded_twice_is_undone():
    twice = "<p>It’s a café – “so”.".encode().decode("latin-1").encode()
    assert decode(twice, "text/html; charset=utf-8").text == "<p>It’s a café – “so”."


def test_utf8_encoded_twice_is_said_aloud():
    twice = "<p>It’s".encode().decode("latin-1")
    assert decode(twice, None).problems == ("the text was encoded as UTF-8 twice",)


def test_a_stray_control_in_text_beyond_latin1_changes_nothing():
    page = "<p>It’s a stray\x85 control.".encode()
    assert decode(page, None).utf8 == page


def test_latin1_letters_beside_a_stray_control_stay():
    page = "<p>caf\xe9 na\xefve\x85".encode()
    assert decode(page, None).utf8 == page
