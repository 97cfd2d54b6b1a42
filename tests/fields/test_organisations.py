import pytest

from scraper.fields.bylines.organisations import is_of_organisation, names_organisation
from tests.fields.chosen import choices_of

SITES = frozenset({"hafenbote", "example news", "ida muster", "ada", "idamuster"})
ORGANISATIONS = (
    "besserlich eG|Muster AG|Hilfswerk Lorne e.V.|Example S.A.|Muster GmbH|Example Corp.|Lorne Bank|Außenministerium von Lorne"
    "|Lorner Hafenverband|Muster-Stiftung|kb_redaktion|Feuerwehr Lorne|Newsdesk|Muster Deutschland|Example Global|Gastautoren"
    "|Muster Wirtschaftsnachrichten|Lorne Webteam|CDU"
).split("|")


@pytest.mark.parametrize("name", ORGANISATIONS)
def test_words_and_forms_of_organisations(name):
    assert names_organisation(name)


@pytest.mark.parametrize(
    "name",
    ["Jane Doe", "Emily Post", "Anna Bank", "Mary Church", "Marie France", "Mag. Jana Muster", "Sven As", "Ann Sa"],
)
def test_person_with_a_surname_like_a_word_of_organisations(name):
    assert not names_organisation(name)


@pytest.mark.parametrize("name", ["Hafenbote", "Der Hafenbote", "Ha fen bote", "Example-News"])
def test_name_of_the_site_in_another_spelling(name):
    assert is_of_organisation(name, SITES)


@pytest.mark.parametrize("name", ["Ida Muster", "idamuster", "Ada", "Hafen Bote"])
def test_site_that_has_a_persons_name(name):
    assert not is_of_organisation(name, SITES)


def test_author_who_gives_the_site_its_name_is_a_person():
    html = (
        '<html><head><meta property="og:site_name" content="Ida Muster"><meta name="author" content="Ida Muster"></head>'
        "<body><h1>Town bridge opens</h1><p>The new bridge over the river was opened on Thursday by the mayor.</p></body></html>"
    )
    assert choices_of(html)["authors"].winner.value[0].type == "Person"
