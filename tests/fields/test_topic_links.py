import pytest

H1 = "<h1>Town bridge opens</h1>"
TEASER = (
    '<article><h3><a href="/news/2">Ferry to stop for good</a></h3><a href="/tag/ferry" rel="tag">Ferry</a></article>'
)


def behind(value, box, field="keywords", **options):
    found = value(field, "", H1, text=f"The bridge was opened on Monday.</p>{box}<p>", **options)
    return list(found) if found else []


@pytest.mark.parametrize(
    "box",
    [
        '<p><a href="/tag/harbour">Harbour</a> <a href="/tag/roads">Roads</a></p>',
        '<ul><li><a href="https://town.example.com/topics/harbour/">Harbour</a></li><li><a href="/topics/roads/">Roads</a></li></ul>',
        '<div><a rel="tag" href="/x/1">#Harbour</a>, <a rel="tag" href="/x/2">Roads</a></div>',
        '<div class="article__sidebar"><a href="/tag/harbour">Harbour</a><a href="/tag/roads">Roads</a></div>',
        '<p><a href="/tag/harbour">Harbour<span> (12)</span></a> <a href="/tag/roads">Roads<sup>3</sup></a></p>',
        '<p><a href="/tag/harbour">/ Harbour</a> <a href="/tag/roads">/ Roads</a></p>',
        f'<p><a rel="tag" href="/tag/harbour">Harbour</a> <a rel="tag" href="/tag/roads">Roads</a></p>{TEASER}',
        '<p><a href="/tag/all">← All stories</a><a href="/tag/harbour">Harbour</a><a href="/tag/roads">Roads</a></p>',
    ],
    ids=["address", "same site", "rel", "article's sidebar", "counts", "strokes", "beside a teaser", "link back"],
)
def test_links_to_topics(value, box):
    assert behind(value, box) == ["Harbour", "Roads"]


@pytest.mark.parametrize(
    "box",
    [
        '<ul><li><a href="mailto:?subject=Town%20bridge&amp;body=x">E-mail</a></li></ul>',
        '<p>Hammers from <a href="https://shop.example.net/dp/1?tag=town-21">Price at Shop</a></p>',
        '<blockquote><a href="https://social.example.org/hashtag/bridge?src=hash">#bridge</a></blockquote>',
        '<div class="main-menu"><ul><li><a href="/tag/harbour">Harbour</a></li><li><a href="/tag/roads">Roads</a></li></ul></div>',
        '<div class="theme-breadcrumb"><a href="/themen/town/">Town</a><a href="/themen/town/roads/">Roads</a></div>',
        '<div class="widget Label"><ul><li><a href="/search/label/harbour">harbour</a></li></ul></div>',
        '<div class="tagcloud"><a rel="tag" href="/tag/harbour">Harbour</a></div>',
        '<p><a href="/tag/harbour/" class="tag-cloud-link tag-link-205" style="font-size: 1em;">Harbour</a></p>',
        '<p><a href="/tag/old-harbour/" rel="bookmark">Old harbour</a></p>',
        f"<section>{TEASER}</section>",
        '<p><a href="/category/roads/" rel="category tag">Roads</a></p>',
        '<div class="taxonomy-category"><a href="/c/roads/" rel="tag">Roads</a></div>',
    ],
    ids=[
        *(
            "mail",
            "shop",
            "other site",
            "menu",
            "trail",
            "labels of the site",
            "cloud",
            "sized link",
            "link to an article",
        ),
        *("teaser", "category", "category in a block theme"),
    ],
)
def test_no_links_to_topics(value, box):
    assert behind(value, box) == []


def test_a_host_in_letters_is_the_same_as_its_encoded_form(value):
    box = '<p><a href="https://www.xn--brcke-lva.example/tag/harbour">Harbour</a></p>'
    assert behind(value, box, url="https://www.brücke.example/news/1") == ["Harbour"]


@pytest.mark.parametrize(
    ("box", "sections"),
    [
        ('<p><a href="/c/roads/" rel="category tag">Roads</a></p>', ["Roads"]),
        ('<div class="taxonomy-category"><a href="/c/roads/" rel="tag">Roads</a></div>', ["Roads"]),
        ('<p><a href="/category/uncategorized/" rel="category tag">Uncategorized</a></p>', []),
        ('<ul class="menu"><li><a href="/c/roads/" rel="category tag">Roads</a></li></ul>', []),
        (TEASER.replace('"tag"', '"category tag"'), []),
    ],
    ids=["marked", "block theme", "none", "menu", "teaser"],
)
def test_categories_are_sections(value, box, sections):
    assert behind(value, box, field="articleSection") == sections


def test_categories_stand_behind_stated_sections(value):
    head = '<meta property="article:section" content="Town">'
    box = '<p><a href="/c/roads/" rel="category tag">Roads</a></p>'
    assert list(value("articleSection", head, H1, text=f"The bridge was opened.</p>{box}<p>")) == ["Town"]


@pytest.mark.parametrize(
    ("stated", "sections"),
    [
        ('"Town,Roads"', ["Town", "Roads"]),
        ('"Town, Roads, Harbour"', ["Town", "Roads", "Harbour"]),
        ('"Arts, Culture and Media"', ["Arts, Culture and Media"]),
        ('["Town, north", "Roads"]', ["Town, north", "Roads"]),
        ('"Because the bridge over the river by the old mill,is late"', ["Because the bridge over the river by the old mill,is late"]),
    ],
    ids=["no blanks", "three", "a name", "a list", "a sentence"],
)  # fmt: skip
def test_sections_in_one_text_are_parted(value, stated, sections):
    head = f'<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Town bridge opens","articleSection":{stated}}}</script>'
    assert list(value("articleSection", head, H1)) == sections


def test_the_host_is_no_section(value):
    trail = '<nav class="breadcrumb"><a href="/">www.example.com</a><a href="/town/">Town</a></nav>'
    assert list(value("articleSection", "", trail + H1)) == ["Town"]
