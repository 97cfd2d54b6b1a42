import sys

import pytest

from scraper.fields.language import language_of_text

GERMAN = (
    "Die neue Brücke über den Fluss ist am Donnerstag von der Bürgermeisterin eröffnet worden, die darauf länger gewartet hat als "
    "alle anderen in der Stadt. Sie wird jeden Tag von neuntausend Autos benutzt, und das ist für die Stadt ein großer Fortschritt."
)
RUSSIAN = "Новый мост через реку был открыт в четверг утром, и по нему будут ездить девять тысяч машин в день, как сообщили в мэрии."


@pytest.mark.parametrize(
    ("declared", "tag"),
    [("en", "en"), ("en-us", "en-US"), ("en_GB", "en-GB"), ("EN", "en"), ("english", "en"), ("eng", "en")],
)
def test_declared_language_becomes_a_bcp47_tag(value, declared, tag):
    assert value("inLanguage", lang=declared) == tag


def test_text_corrects_a_wrong_declaration(value):
    assert value("inLanguage", lang="en-US", text=GERMAN) == "de"


def test_script_corrects_a_wrong_declaration(value):
    assert value("inLanguage", lang="en", text=RUSSIAN) == "ru"


def test_wrong_declaration_is_a_problem(problems):
    assert problems("inLanguage", '<meta name="language" content="ru">')


def test_undeclared_language_is_found_in_the_text(value):
    assert value("inLanguage", lang="", text=GERMAN) == "de"


@pytest.mark.parametrize("declared", ["xx-klingon-very-long", "<script>", "q", "1234", "\u202e"])
def test_declaration_that_is_none_is_ignored(value, declared):
    assert value("inLanguage", lang=declared) in {"en", "xx"}


FERRY = {
    "ru": "Паром вышел из гавани в полдень, и на борту было сорок ящиков с лимонами. Капитан рассказал, с каким трудом команда вымыла палубу после бури, и показал новые карты. Жители острова ждали этого рейса с осени, в порту играла музыка, на пристани стояли дети и рыбаки в жёлтых куртках.",
    "ar": "وصلت العبارة إلى الميناء ظهرا وعلى متنها أربعون صندوقا من الليمون. قال القبطان إن الطاقم غسل سطح السفينة بعد العاصفة وعرض خرائط جديدة. انتظر سكان الجزيرة هذه الرحلة منذ الخريف، وعزفت الموسيقى قرب الرصيف ووقف الأطفال والصيادون بسترات صفراء وهم يلوحون للبحارة العائدين",
}


@pytest.mark.parametrize("code", FERRY)
def test_letters_or_a_wide_lead_spare_the_large_model(code, monkeypatch):
    """Russian shares its small words with Bulgarian, not its letters; no language comes near Arabic's."""
    monkeypatch.setitem(sys.modules, "py3langid", None)
    assert language_of_text(FERRY[code]) == code
