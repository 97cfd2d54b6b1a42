import pytest

from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"
PICTURE = '<img src="/p/bridge.jpg">'
OG = '<meta property="og:image" content="https://cdn.example.com/social/bridge-4711-1200x630.jpg">'


def figure(img, caption="The bridge at night. Photo: Jane Doe / Agency"):
    return f"{H1}<figure>{img}<figcaption>{caption}</figcaption></figure>"


@pytest.mark.parametrize(
    "img",
    [
        '<img src="/p/bridge.jpg">',
        '<img src="data:image/gif;base64,R0" data-src="/p/bridge.jpg">',
        '<img srcset="/p/small.jpg 400w, /p/bridge.jpg 1600w">',
        '<picture><source srcset="/p/bridge.jpg 1600w"><img src="/p/small.jpg"></picture>',
        '<noscript><img src="/p/bridge.jpg"></noscript>',
    ],
    ids=["src", "lazy", "srcset", "picture", "noscript"],
)
def test_largest_usable_address(value, img):
    assert value("images", "", figure(img))[0].url == "https://www.example.com/p/bridge.jpg"


def test_caption_is_without_the_credit(value):
    assert value("images", "", figure("<img src=/p/bridge.jpg>"))[0].caption == "The bridge at night."


def test_credit_is_apart(value):
    assert value("images", "", figure("<img src=/p/bridge.jpg>"))[0].credit == "Jane Doe / Agency"


def test_credit_of_an_element_of_its_own(value):
    caption = 'The bridge at night <span class="credit">Jane Doe</span>'
    assert value("images", "", figure("<img src=/p/bridge.jpg>", caption))[0].credit == "Jane Doe"


def test_caption_beside_a_picture_without_a_figure(value):
    body = f'{H1}<div class="pic"><img src="/p/bridge.jpg" width="800"><div class="img-caption">The bridge at night</div></div>'
    assert value("images", "", body)[0].caption == "The bridge at night"


@pytest.mark.parametrize(
    "img",
    [
        '<img src="/pixel.gif" width="1" height="1">',
        '<img src="/a/avatar-jane.jpg">',
        '<img src="/logo.svg">',
        '<img src="javascript:alert(1)">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="http://[::1/x.jpg">',
    ],
    ids=["pixel", "avatar", "logo", "script", "data", "bad address"],
)
def test_what_is_no_picture_of_the_article_is_left_out(value, img):
    assert value("images", "", figure(img, "")) is None


def test_main_image_is_the_declared_one(value):
    assert value("mainImage", OG, H1).url == "https://cdn.example.com/social/bridge-4711-1200x630.jpg"


def test_main_image_takes_its_caption_from_the_page(value):
    body = figure('<img src="https://cdn.example.com/p/bridge-4711.jpg">')
    assert value("mainImage", OG, body).caption == "The bridge at night."


def test_picture_whose_caption_tells_of_a_logo_is_kept(value):
    img = '<img src="/p/summit-logo.jpg">'
    assert value("images", "", figure(img, "The new emblem of the summit hangs over the door of the hall."))


def test_picture_from_the_folder_of_logos_is_not(value):
    img = '<img src="/static/logos/paper.png">'
    assert value("images", "", figure(img, "Subscribe now and read all of the stories of the day.")) is None


@pytest.mark.parametrize("name", ["nitro-lazy-src", "data-src-big", "data-td-src-property"])
def test_address_in_a_lazy_attribute_of_any_name(value, name):
    img = f'<img src="data:image/svg+xml,x" {name}="/p/bridge.jpg">'
    assert value("images", "", figure(img))[0].url == "https://www.example.com/p/bridge.jpg"


def test_side_of_zero_is_left_open(value):
    img = '<img src="/p/bridge.jpg" width="1440" height="0">'
    assert value("images", "", figure(img))[0].caption == "The bridge at night."


def test_pixel_of_no_size_is_no_picture(value):
    assert value("images", "", figure('<img src="/p/count.jpg" width="0" height="0">')) is None


def test_caption_behind_the_twin_in_noscript(value):
    lazy = '<div><p>x</p><img data-src="/p/bridge.jpg" width="800"></div>'
    body = f'{H1}{lazy}<noscript><img src="/p/bridge.jpg"></noscript><p class="img-caption">The bridge at night</p>'
    assert [image.caption for image in value("images", "", body)] == ["The bridge at night"]


def test_portrait_beside_the_byline_is_no_lead_picture(value):
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Town bridge opens", "author": "Jane Doe", "image": "https://cdn.example.com/x/7.jpg"}</script>'
    box = f'{H1}<figure><img src="/p/jd-91.jpg" width="400"><figcaption>By Jane Doe, Reporter on Duty</figcaption></figure>'
    assert value("mainImage", head, box).url == "https://cdn.example.com/x/7.jpg"


BASE = '<base href="https://cdn.example.com/desk/">'


def test_relative_picture_starts_from_the_base_element(value):
    assert (
        value("images", BASE, figure('<img src="p/bridge.jpg">'))[0].url == "https://cdn.example.com/desk/p/bridge.jpg"
    )


def test_base_element_serves_a_page_whose_own_url_is_not_known():
    found = choices_of(f"<html><head>{BASE}</head><body>{figure(PICTURE)}<p>{TEXT}</p>", url=None)["images"]
    assert found.winner.value[0].url == "https://cdn.example.com/p/bridge.jpg"


def test_caption_stays_where_the_picture_has_no_known_address():
    image = choices_of(f"<body>{figure(PICTURE)}<p>{TEXT}</p>", url=None)["images"].winner.value[0]
    assert (image.url, image.caption, image.credit) == (None, "The bridge at night.", "Jane Doe / Agency")


def test_addresses_that_are_not_known_are_told():
    problems = choices_of(f"<body>{figure(PICTURE)}<p>{TEXT}</p>", url=None)["images"].problems
    assert problems == (
        "addresses of pictures left out (1): they are relative, and where the page stands is not known",
    )


def test_picture_without_address_and_caption_is_left_out():
    assert choices_of(f"<body>{figure(PICTURE, '')}<p>{TEXT}</p>", url=None)["images"].winner is None
