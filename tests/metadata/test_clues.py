from scraper.metadata.clues import read_clues
from scraper.page.page import page_of


def clues(html):
    return read_clues(page_of(html, "https://www.example.com/a"))


def test_meta_is_read_by_name_property_and_itemprop():
    found = clues(
        '<meta name="Author" content="Jane"><meta property="og:title" content="T"><meta itemprop="datePublished" content="2024">'
    )
    assert (found.meta["author"], found.meta["og:title"], found.meta["datepublished"]) == (("Jane",), ("T",), ("2024",))


def test_meta_value_attribute_stands_in_for_content():
    assert clues('<meta property="og:title" value="T">').meta["og:title"] == ("T",)


def test_doubled_meta_keeps_both_values_in_order():
    found = clues('<meta property="article:tag" content="a"><meta property="article:tag" content="b">')
    assert found.meta["article:tag"] == ("a", "b")


def test_title_inside_svg_is_not_the_title():
    assert clues("<body><svg><title>Icon</title></svg></body>").title is None


def test_link_is_found_by_each_rel_token():
    assert clues('<link rel="canonical shortlink" href="/a">').links["shortlink"] == ("/a",)


def test_microdata_knows_the_item_around_it():
    found = clues('<div itemscope itemtype="https://schema.org/NewsArticle"><span itemprop="author">Jane</span></div>')
    assert (found.microdata[0].name, found.microdata[0].item) == ("author", "newsarticle")


def test_microdata_value_comes_from_content_or_datetime():
    found = clues('<time itemprop="datePublished" datetime="2024-05-03">Friday</time>')
    assert found.microdata[0].value == "2024-05-03"


def test_elements_are_found_by_a_word_in_their_attributes():
    found = clues('<p class="a">x</p><p class="Story-Byline">By</p>')
    page = page_of('<p class="a">x</p><p class="Story-Byline">By</p>')
    assert [page.snapshot.tags[e] for e in found.places.naming(("byline",))["byline"]] == ["p"]


def test_dotted_capital_i_does_not_shift_the_places():
    found = clues('<p title="İİİİİİ">x</p><div><b class="byline">y</b></div>')
    page = page_of('<p title="İİİİİİ">x</p><div><b class="byline">y</b></div>')
    assert [page.snapshot.tags[e] for e in found.places.naming(("byline",))["byline"]] == ["b"]


def test_within_is_bounded_by_its_elements():
    html = '<p class="byline">x</p><p class="byline">y</p>'
    page = page_of(html)
    first = page.snapshot.tags.index("p")
    assert list(clues(html).places.within(("byline",), first, first)) == [first]


def test_script_that_a_framework_wrote_as_a_meta_is_read():
    content = "{&quot;@type&quot;: &quot;Article&quot;, &quot;datePublished&quot;: &quot;2024-05-03&quot;}"
    clues = read_clues(page_of(f'<html><head><meta name="script:ld+json" content="{content}"></head></html>', None))
    assert clues.json_ld[0]["datePublished"] == "2024-05-03"
