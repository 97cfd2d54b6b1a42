import pytest

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
