import json

import pytest

from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"
HOME, LOCAL, ROADS = '<a href="/">Home</a>', '<a href="/local">Local</a>', '<a href="/local/roads">Roads</a>'


def field_of(body, name="breadcrumbs", head=""):
    """Return a field of an article with this before its headline, or None."""
    html = f'<html lang="en"><head>{head}</head><body>{body}{H1}<p>{TEXT}</p><p>{TEXT}</p></body></html>'
    winner = choices_of(html)[name].winner
    return winner.value if winner else None


def steps(body):
    """Return the names of the trail of an article with this before its headline."""
    return [crumb.name for crumb in field_of(body) or ()]


def listed(*items):
    """Return the head of a page with this trail of (name, address) in JSON-LD."""
    elements = [{"@type": "ListItem", "position": i, "name": n, "item": u} for i, (n, u) in enumerate(items, 1)]
    data = json.dumps({"@type": "BreadcrumbList", "itemListElement": elements})
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("trails", "expected"),
    [
        ((HOME + LOCAL, HOME + LOCAL), ["Home", "Local"]),
        ((LOCAL + ROADS, LOCAL + ROADS), ["Local", "Roads"]),
        ((HOME, HOME), ["Home"]),
        ((HOME + LOCAL, HOME + LOCAL + ROADS), ["Home", "Local", "Roads"]),
        ((LOCAL, HOME + LOCAL + ROADS), ["Home", "Local", "Roads"]),
    ],
    ids=["twice", "twice without home", "home alone", "short one for phones", "phones without home"],
)
def test_trail_for_each_width_of_screen_is_one(trails, expected):
    assert steps("".join(f'<nav class="breadcrumb">{trail}</nav>' for trail in trails)) == expected


@pytest.mark.parametrize(
    "box",
    ['<div class="breadcrumbs">{}</div>', '<ul itemscope itemtype="https://schema.org/BreadcrumbList">{}</ul>'],
    ids=["class", "microdata"],
)
def test_trail_that_does_not_begin_at_home(box):
    assert steps(box.format(LOCAL + ROADS)) == ["Local", "Roads"]


@pytest.mark.parametrize(
    "links",
    ["".join(f'<a href="/{n}">Part {n}</a>' for n in "abcdefghi"), '<a href="?p=1">1</a><a href="?p=2">2</a>'],
    ids=["menu", "pages of a list"],
)
def test_what_calls_itself_a_trail_and_is_none(links):
    assert steps(f'<div class="breadcrumbs">{links}</div>') == []


def test_home_page_under_the_name_of_the_house_is_no_section():
    head = listed(("The Bote – News for Lorne", "https://www.example.com/"), ("Local", "https://www.example.com/local"))
    assert field_of("", "articleSection", head) == ("Local",)


@pytest.mark.parametrize("name", ["Bridge opens", "Town-bridge-opens"])
def test_step_that_leads_to_the_page_is_no_section(name):
    local = ("Local", "https://www.example.com/local")
    head = listed(local, (name, "https://www.example.com/news/2024/town-bridge-opens"))
    assert field_of("", "articleSection", head) == ("Local",)


def test_section_with_the_address_of_the_page_is_one():
    head = listed(("Roads", "https://www.example.com/news/2024/town-bridge-opens"))
    assert field_of("", "articleSection", head) == ("Roads",)


def test_trail_that_goes_on_behind_the_stated_section():
    head = '<meta property="article:section" content="Local">'
    assert field_of(f'<nav class="breadcrumb">{HOME}{LOCAL}{ROADS}</nav>', "articleSection", head) == ("Local", "Roads")


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (["Local", "Uncategorized"], ("Local",)),
        (["article"], None),
        (["Home", "Local"], ("Local",)),
        (["Allgemein"], ("Allgemein",)),
    ],
)
def test_names_that_say_nothing_are_no_sections(stated, expected):
    article = json.dumps({"@type": "NewsArticle", "headline": "Town bridge opens", "articleSection": stated})
    assert field_of("", "articleSection", f'<script type="application/ld+json">{article}</script>') == expected


@pytest.mark.parametrize(
    "label",
    [
        '<div class="section-name"><a href="/s/4">Local</a></div>',
        '<div class="kicker"><a href="/local">Local</a></div>',
        '<span class="entry-category"><a href="/blog?category=Local" rel="tag">Local</a></span>',
    ],
)
def test_label_by_the_headline(label):
    assert field_of(label, "articleSection") == ("Local",)


@pytest.mark.parametrize(
    "label",
    [
        '<div class="kicker"><a href="#save">Save</a></div>',
        '<nav><div class="category"><a href="/local">Local</a></div></nav>',
        '<div class="category">' + "".join(f'<a href="/{n}">Part {n}</a>' for n in "abcdef") + "</div>",
    ],
    ids=["button", "menu", "list of all"],
)
def test_what_is_no_label_of_a_section(label):
    assert field_of(label, "articleSection") is None


def test_category_in_the_footer_of_the_article():
    footer = '<footer class="entry-footer">Filed under <a href="/category/local/" rel="category tag">Local</a></footer>'
    html = f'<html><body><img src="/wp-content/a.png"><article>{H1}<p>{TEXT}</p><p>{TEXT}</p>{footer}</article></body></html>'
    assert choices_of(html)["articleSection"].winner.value == ("Local",)


def test_a_link_back_is_no_step_of_a_trail():
    assert steps(f'<nav class="breadcrumb">{HOME}{LOCAL}<a href="/blog">‹ Back to blog</a></nav>') == ["Home", "Local"]


def test_a_step_that_begins_like_a_link_back():
    school = '<a href="/school">Back to School</a>'
    assert steps(f'<nav class="breadcrumb">{HOME}{LOCAL}{school}</nav>') == ["Home", "Local", "Back to School"]
