import pytest

from scraper.fields.pictures.of_site import stands_for_site

PAGE = "https://www.valley-post.example/news/2024/bridge"
HEAD = '<meta property="og:image" content="{}">'
FIGURE = '<figure><img src="/files/bridge.jpg" width="900" height="600"></figure>'


@pytest.mark.parametrize(
    "path",
    [
        "/img/logo.png",
        "/img/ValleyPostLogo.png",
        "/img/valleypost_logo_600x600.png",
        "/img/valley-post-logo-share-en.jpg?v=12345",
        "/img/opengraph_default.png",
        "/img/default_500.png",
        "/img/facebook-default-wide-s1400.d0dedfbe1787.jpg",
        "/img/social_placeholder.png",
        "/img/no-img_460x320_logo.jpg",
        "/i/blank.jpg",
        "/img/FaviconApp.png",
        "/img/mark.svg",
        "/logos/bridge",
        "/img/og-image.png",
        "/wp-content/uploads/2022/11/og_image.png",
        "/static/valley-post-social-wide.jpg",
        "/img/valley-open-graph.png",
        "/img/share.png?ext=.png",
        "/img/apple-touch-icon@2.png",
    ],
)
def test_stands_for_the_site(path):
    assert stands_for_site(f"https://cdn.example.net{path}", PAGE)


@pytest.mark.parametrize(
    "path",
    [
        "/files/bridge.jpg",
        "/files/58215_default-2280w.jpg",
        "/files/new-logo-of-the-harbour.png",
        "/files/thumb_1954_default_lg.jpeg",
        "/news/bridge/share.jpg",
        "/files/Bridge.svg/1200px-Bridge.svg.png",
        "/photos/default/bridge.jpg",
        "/api/og?path=/news/2024/bridge",
        "/cards/4436/og.jpg",
        "/img/social-worker-of-the-year.jpg",
    ],
)
def test_tells_what_is_seen(path):
    assert not stands_for_site(f"https://cdn.example.net{path}", PAGE)


@pytest.mark.parametrize(
    ("declared", "shown", "expected"),
    [
        ("/img/logo.png", "", None),
        ("/img/logo.png", FIGURE, "https://www.valley-post.example/files/bridge.jpg"),
        ("/img/bridge-wide.jpg", "", "https://www.valley-post.example/img/bridge-wide.jpg"),
    ],
    ids=["none of its own", "shown", "declared"],
)
def test_main_image_is_of_the_article(value, declared, shown, expected):
    text = f"The bridge was opened on Monday.</p>{shown}<p>It took six years to build."
    found = value("mainImage", HEAD.format(declared), "<h1>Town bridge opens</h1>", text=text, url=PAGE)
    assert (found.url if found else None) == expected


@pytest.mark.parametrize("declared", ["/img/og-image.png", "/img/opengraph_default.png", "/i/blank.jpg"])
def test_card_of_the_site_is_none_of_the_pictures(value, declared):
    assert value("images", HEAD.format(declared), "<h1>Town bridge opens</h1>", url=PAGE) is None


def test_next_declared_picture_is_taken_where_the_first_is_a_card(value):
    head = HEAD.format("/img/og-image.png") + '<meta name="twitter:image" content="/files/bridge.jpg">'
    found = value("images", head, "<h1>Town bridge opens</h1>", url=PAGE)
    assert [image.url for image in found] == ["https://www.valley-post.example/files/bridge.jpg"]
