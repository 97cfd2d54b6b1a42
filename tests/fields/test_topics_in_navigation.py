"""Topics in a <nav> or <footer>, for pages that state none and show none elsewhere."""

import pytest

H1 = "<h1>Town bridge opens</h1>"
TEXT = " ".join(f"{n}. The bridge over the harbour was opened on Monday, when the roads were dry." for n in range(40))
TOPICS = '<a href="/tag/harbour">Harbour</a> <a href="/tag/roads">#Roads</a>'
LISTED = '<ul><li><a href="/thema/harbour/">Harbour</a></li><li><a href="/thema/roads/">Roads</a></li></ul>'


def found(value, box, head="", **options):
    return list(value("keywords", head, H1, text=f"{TEXT}</p>{box}<p>", **options) or ())


@pytest.mark.parametrize(
    "box",
    [
        f'<footer class="entry-footer">Filed under {TOPICS}</footer>',
        '<footer class="post__footer"><a href="/x/1" rel="tag">Harbour</a> <a href="/x/2" rel="tag">Roads</a> <a href="/x/3" rel="category tag">Town</a></footer>',
        f'<nav aria-label="Themen in diesem Artikel">{LISTED}</nav>',
        f"<nav>{LISTED}</nav>",
        f'<nav class="article-tags">{LISTED}<a href="/all">All topics</a></nav>',
        f'<nav class="menu main-menu"><a href="/tag/ferry">Ferry</a></nav><nav class="tags">{LISTED}</nav>',
    ],
    ids=["footer", "rel", "label", "no name", "control", "behind the menu"],
)
def test_topics_in_a_navigation_of_the_article(value, box):
    assert found(value, box) == ["Harbour", "Roads"]


@pytest.mark.parametrize(
    "box",
    [
        f'<nav class="main-nav">{LISTED}</nav>',
        f'<nav class="breadcrumbs">{LISTED}</nav>',
        f'<footer class="site-footer">{LISTED}</footer>',
        '<nav><a href="/topics/tech/security">Security</a><a href="/topics/tech/harbour">Harbour</a><a href="/topics/games">Games</a></nav>',
        '<nav class="tags"><a href="/tag/ferry">Ferry</a><a href="/tag/snow">Snow</a></nav>',
        '<nav><a href="/harbour">Harbour</a><a href="/roads">Roads</a><a href="/tag/ferry">Ferry</a></nav>',
        '<nav class="tags">' + "".join(f'<a href="/tag/{k}">harbour {k}</a>' for k in range(40)) + "</nav>",
    ],
    ids=["menu", "trail", "site", "sections", "of something else", "few topics", "all topics of the site"],
)
def test_navigations_of_the_site(value, box):
    assert found(value, box) == []


def test_stated_keywords_are_enough(value):
    box = f'<nav class="tags">{LISTED}</nav>'
    assert found(value, box, '<meta name="keywords" content="bridge, mayor">') == ["bridge", "mayor"]


def test_topics_beside_the_text_are_nearer(value):
    box = f'<p><a href="/tag/bridges">Bridges</a> <a href="/tag/town">Town</a></p><nav class="tags">{LISTED}</nav>'
    assert found(value, box) == ["Bridges", "Town"]


def test_a_navigation_that_never_ends_is_not_read(value):
    assert found(value, f'<nav class="tags">{TOPICS}{"<p>more</p>" * 3000}') == []
