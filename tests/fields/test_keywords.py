import pytest

from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"
LINKS = '<a href="/town/harbour">Harbour</a><a href="/person/jane-doe">Jane Doe</a>'
LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town bridge opens","keywords":%s}</script>'


def behind(value, box, head=""):
    found = value("keywords", head, H1, text=f"The bridge was opened on Monday.</p>{box}<p>")
    return list(found) if found else []


@pytest.mark.parametrize(
    "box",
    [
        f'<div class="articleTags">Topics: {LINKS}</div>',
        f'<div data-test-tags-box="" class="mb-4"><h3>Read on</h3><ul>{LINKS}</ul></div>',
        f'<div data-section="Article / Tags">{LINKS}</div>',
        f'<ul id="tag-list">{LINKS}<a href="/topics">All topics</a></ul>',
    ],
    ids=["camel", "data", "words", "list with a link to all"],
)
def test_links_in_a_box_that_calls_itself_topics(value, box):
    assert behind(value, box) == ["Harbour", "Jane Doe"]


@pytest.mark.parametrize(
    "box",
    [
        '<div class="tags"><a href="/n/1">Old bridge to be torn down before the end of the year</a></div>',
        '<div class="tags">See what the mayor said about it in our long talk with him: <a href="/n/1">Talk</a></div>',
        '<div class="stagsail"><a href="/n/1">Harbour</a></div>',
    ],
    ids=["headline", "prose", "other word"],
)
def test_box_without_topics(value, box):
    assert behind(value, box) == []


def test_words_of_the_address_are_no_keywords(value):
    head = LD % '["town","bridge","opens","monday"]'
    box = f'<div class="articleTags">{LINKS}</div>'
    url = "https://www.example.com/news/town-bridge-opens-monday.html"
    found = value("keywords", head, H1, text=f"The bridge was opened on Monday.</p>{box}<p>", url=url)
    assert list(found) == ["Harbour", "Jane Doe"]


def test_each_keyword_gives_up_its_label(value):
    head = '<meta name="keywords" content="Category: Games, Category: Rivers, Topic/Town">'
    assert list(value("keywords", head, H1)) == ["Games", "Rivers", "Town"]


def meta(words, name="keywords"):
    return f'<meta name="{name}" content="{words}">'


@pytest.mark.parametrize(
    "rubbish",
    [
        "type: news",
        "lite:true",
        "ssts:news:local",
        "adunit_top",
        "[SYNDICATED]",
        "displayType: list",
        "2DIALvXMdY7qAmNWj3IH4N",
    ],
)
def test_what_a_system_notes_for_itself_is_no_keyword(value, rubbish):
    assert value("keywords", meta(f"bridges, {rubbish}, traffic"), H1) == ("bridges", "traffic")


@pytest.mark.parametrize("name", ["keywords", "news_keywords"])
@pytest.mark.parametrize(
    "words",
    ["alpine huts, sledges, skiing, snow boots", "News, Politics, Sport, World, Weather, bridge"],
    ids=["shop", "sections"],
)
def test_keywords_of_the_whole_site_are_not_the_articles(value, name, words):
    assert value("keywords", meta(words, name), H1) is None


@pytest.mark.parametrize(
    "words",
    [
        "bridge, river, traffic, budget",
        "lorne bridge opening, mayor opens bridge, river crossings",
        "alpine huts, sledges",
    ],
)
def test_keywords_that_the_article_tells_of_are_kept(value, words):
    assert value("keywords", meta(words), H1) == tuple(words.split(", "))


def test_keywords_in_json_ld_are_of_the_article(value):
    stated = '"keywords":["Americas","Asia","Skiing","Snow"]'
    head = (
        f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Town bridge opens",{stated}}}</script>'
    )
    assert value("keywords", head, H1) == ("Americas", "Asia", "Skiing", "Snow")


TAGS = '<div class="article-tags"><a href="/tag/local">Local</a> <a href="/tag/bridges">Bridges</a></div>'


def test_shown_topics_say_more_than_the_name_of_the_section():
    head = f'<meta property="article:section" content="Local">{meta("Local")}'
    html = f"<html><head>{head}</head><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{TAGS}</body></html>"
    assert choices_of(html)["keywords"].winner.value == ("Local", "Bridges")


def test_stated_topics_are_taken_before_shown_ones():
    html = f"<html><head>{meta('Rivers')}</head><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{TAGS}</body></html>"
    assert choices_of(html)["keywords"].winner.value == ("Rivers",)
