import pytest

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
