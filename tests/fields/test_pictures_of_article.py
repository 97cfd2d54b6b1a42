"""Which pictures are the article's own, and which are the site's, another article's, a player's, an advertiser's."""

import pytest

from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"
OWN = '<figure><img src="/p/bridge.jpg" width="900"><figcaption>The bridge at night, seen from the mill.</figcaption></figure>'
OG = '<meta property="og:image" content="https://www.example.com{}">'
TEASER = "Council wants a second bridge by 2030"
APART = f"""<div><div><a href="/news/second-bridge"><img src="/p/plan.jpg"></a></div><div><a href="/town">Town</a>
<a href="/news/second-bridge">{TEASER}</a><p class="t">The council has spoken at length about money and time, and about who
will pay for what, which will be told here.</p></div></div>"""
ATTACHED = '<img src="/p/plan.jpg" data-permalink="/news/second-bridge/plan/">'


def names(value, body, head="", **options):
    """Return the file names of `images`."""
    return [image.url.rpartition("/")[2] for image in value("images", head, body, **options) or ()]


@pytest.mark.parametrize(
    "box",
    [
        '<button><img src="/p/other.jpg"></button>',
        '<a href="https://www.facebook.com/sharer.php?u=x"><img src="/p/other.jpg"></a>',
        '<a href="https://twitter.com/intent/tweet?text=x"><img src="/p/other.jpg"></a>',
        '<a href="whatsapp://send?text=x"><img src="/p/other.jpg"></a>',
        '<a href="mailto:?subject=x"><img src="/p/other.jpg"></a>',
        '<div class="video-player"><div><img src="/p/other.jpg"></div></div>',
        '<div class="jw-player"><img src="/p/other.jpg"></div>',
        '<div class="gdpr-wall"><p class="x">Accept to watch</p><img src="/p/other.jpg" width="900"></div>',
        '<img src="/wp-content/plugins/share/other.jpg">',
        '<img src="/wp-content/themes/post/img/other.jpg">',
        '<img src="/uploads/advertisement/other.jpg">',
        '<img src="/img/ico/other.png">',
        '<a href="/"><img src="/p/other.jpg" width="700"></a>',
    ],
    ids=[
        *(
            "button",
            "facebook",
            "tweet",
            "messenger",
            "mail",
            "player",
            "player's class",
            "consent",
            "plug-in",
            "theme",
        ),
        *("advertisement", "icons", "front page"),
    ],
)
def test_box_or_folder_of_no_story(value, box):
    text = f"The bridge was opened on Monday.</p>{OWN}{box}<p>It took six years to build."
    assert names(value, H1, text=text) == ["bridge.jpg"]


@pytest.mark.parametrize(
    "box",
    [
        '<figure><button><img src="/p/other.jpg"></button></figure>',
        '<button class="image-zoom"><img src="/p/other.jpg"></button>',
        '<div class="video-player"><figure><img src="/p/other.jpg"><figcaption>How the bridge was built</figcaption></figure></div>',
        '<a href="https://twitter.com/townhall"><img src="/p/other.jpg"></a>',
        '<figure><img src="/p/other.jpg" alt="Summit logo" width="900"></figure>',
    ],
    ids=["button in a figure", "zoom", "film with a caption", "profile", "large logo"],
)
def test_box_of_the_story(value, box):
    text = f"The bridge was opened on Monday.</p>{OWN}{box}<p>It took six years to build."
    assert names(value, H1, text=text) == ["bridge.jpg", "other.jpg"]


def test_poster_that_the_page_declares_is_the_lead_picture(value):
    film = '<div class="video-player"><img src="/p/film-of-bridge.jpg"></div>'
    assert names(value, f"{H1}{film}", OG.format("/p/film-of-bridge.jpg")) == ["film-of-bridge.jpg"]


@pytest.mark.parametrize(
    "card",
    [
        APART,
        f'<div><figure><img src="/p/plan.jpg"></figure><h3><a href="/news/second-bridge">{TEASER}</a></h3></div>',
        f'<div><a href="https://shop.example.org/x"><img src="/p/plan.jpg"><b>{TEASER}</b></a></div>',
        f'<div><a href="/gallery/bridges"><img src="/p/plan.jpg"></a><a href="/gallery/bridges">{TEASER}</a></div>',
        f'<div><a href="/news/second-bridge">{ATTACHED}</a><a href="/news/second-bridge">{TEASER}</a></div>',
    ],
    ids=[
        "headline apart",
        "figure without a caption",
        "advertiser's card",
        "gallery with a headline",
        "attached there",
    ],
)
def test_card_of_another_page(value, card):
    text = f"The bridge was opened on Monday.</p>{OWN}{card}<p>It took six years to build."
    assert names(value, H1, text=text) == ["bridge.jpg"]


def test_card_of_another_page_where_only_the_page_itself_says_where_it_stands(value):
    card = f'<div><a href="https://www.example.com/news/second"><img src="/p/plan.jpg"></a><a href="https://www.example.com/news/second">{TEASER}</a></div>'
    head = '<meta property="og:url" content="https://www.example.com/news/2024/town-bridge-opens">'
    own = OWN.replace("/p/", "https://www.example.com/p/")
    text = f"The bridge was opened on Monday.</p>{own}{card.replace('/p/', 'https://www.example.com/p/')}<p>Done."
    assert names(value, H1, head, text=text, url=None) == ["bridge.jpg"]


def test_shop_that_sells_what_is_seen_stays(value):
    sold = '<div><a href="https://shop.example.org/x"><img src="/p/lamp.jpg"></a></div>'
    text = f"The bridge was opened on Monday.</p>{sold}<p>It took six years to build."
    assert names(value, H1, text=text) == ["lamp.jpg"]


# ---- the head of the site -------------------------------------------------------------------------------------------

HEADER = '<div class="x"><img src="/p/header_valley_web2.jpg" width="2500" height="692"></div>'


def test_large_picture_above_the_headline_beside_a_declared_one_further_down(value):
    assert names(value, f"{HEADER}{H1}{OWN}", OG.format("/p/bridge.jpg")) == ["bridge.jpg"]


def test_large_picture_above_the_headline_is_the_lead_where_no_other_is_declared(value):
    assert names(value, f"{HEADER}{H1}") == ["header_valley_web2.jpg"]


def test_credit_alone_does_not_keep_the_picture_of_a_section(value):
    section = '<figure><img src="/p/deer.jpg"><figcaption>(Photo: Jane Doe)</figcaption></figure>'
    assert names(value, f"{section}{H1}{OWN}", OG.format("/p/bridge.jpg")) == ["bridge.jpg"]


def test_caption_keeps_the_picture_above_the_headline(value):
    opener = '<figure><img src="/p/mayor.jpg"><figcaption>The mayor cut the ribbon on Thursday morning.</figcaption></figure>'
    assert names(value, f"{opener}{H1}{OWN}", OG.format("/p/bridge.jpg")) == ["mayor.jpg", "bridge.jpg"]


def test_large_link_above_the_headline_is_of_the_site(value):
    channel = '<a href="https://films.example.org/c/valley"><img src="/p/films.jpg" width="512"></a>'
    assert names(value, f"{channel}{H1}{OWN}") == ["bridge.jpg"]


@pytest.mark.parametrize(
    "lead",
    [
        '<figure><img src="/p/mill.jpg"></figure>',
        '<a href="/p/mill.jpg"><img src="/thumbs/mill.jpg"></a>',
    ],
    ids=["figure", "larger file"],
)
def test_lead_below_the_headline_without_a_size(value, lead):
    assert names(value, f"{H1}{lead}") == ["mill.jpg"]


def test_declared_lead_in_a_module_with_a_heading(value):
    head = '<div><div><img src="/p/mill.jpg" width="900"></div><h2 class="k">Valley</h2></div>'
    assert names(value, f"{H1}{head}", OG.format("/p/mill.jpg")) == ["mill.jpg"]


# ---- versions -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("layout-edition-erin-call-out.jpg", "layout-edition-lucy-call-out.jpg"),
        ("bridge-at-night.jpg", "bridge-at-night-mill.jpg"),
        ("161222-house-kitchen-today.jpg", "161222-house-bedroom-today.jpg"),
        ("04d5b7_b4c94893ea844225.png", "04d5b7_d7342b1e72d84cc2.png"),
        ("1119.jpg", "1215.jpg"),
        ("formula34.jpg", "formula35.jpg"),
    ],
    ids=["other word", "one word more", "shared date", "other checksum", "numbers alone", "numbered word"],
)
def test_two_pictures(value, first, second):
    text = f'Opened.</p><p class="i"><img src="/p/{first}"></p><p>Then.</p><p class="i"><img src="/p/{second}"></p><p>Built.'
    assert names(value, H1, text=text) == [first, second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("bridge-mill.jpg", "bridge-mill-teaser.jpg"),
        ("bridge-mill.jpg", "csm_bridge-mill_6fe925db90.jpg"),
        ("csm_bridge-mill_6fe925db90.jpg", "csm_bridge-mill_20179ae2ff.jpg"),
        ("bridge-a96efe2a239869453b0c951f.jpg", "harbour-a96efe2a239869453b0c951f.jpg"),
    ],
    ids=["teaser", "processed", "processed twice", "shared checksum"],
)
def test_two_versions_of_one_picture(value, first, second):
    text = f'Opened.</p><p class="i"><img src="/p/{first}"></p><p>Then.</p><p class="i"><img src="/p/{second}"></p><p>Built.'
    assert names(value, H1, text=text) == [first]


def test_main_image_is_the_picture_with_the_very_name_that_is_declared(value):
    pictures = "".join(
        f'<p class="i"><img src="/p/figure-{n}-change-size-of-{what}-plot.png"></p><p>Text {n}.</p>'
        for n, what in ((1, "all"), (2, "axis"), (3, "title"))
    )
    ld = '<script type="application/ld+json">{"@type":"WebPage","name":"x"}</script>'
    head = ld + OG.format("/p/figure-3-change-size-of-title-plot.png")
    found = value("mainImage", head, H1, text=f"Opened.</p>{pictures}<p>Built.")
    assert found.url.endswith("/figure-3-change-size-of-title-plot.png")


def test_main_image_is_no_thumbnail_of_what_is_declared(value):
    ld = '<script type="application/ld+json">{"@type":"WebPage","name":"x"}</script>'
    thumb = '<p class="i"><img src="/t/bridge-mill.jpg" width="150"></p>'
    found = value("mainImage", ld + OG.format("/p/bridge-mill.jpg"), H1, text=f"Opened.</p>{thumb}<p>Built.")
    assert found.url.endswith("/p/bridge-mill.jpg")


# ---- behind the text ------------------------------------------------------------------------------------------------


def after(pictures):
    return (
        f"<html><body>{H1}<div class='s'><div class='t'><p>{TEXT}</p><p>{TEXT}</p></div>{pictures}</div></body></html>"
    )


FAR = "<i></i>" * 16
GALLERY = FAR + "".join(
    f'<div class="wp-caption"><a href="/p/dress{n}.jpg"><img src="/p/dress{n}.jpg"></a><p class="wp-caption-text">A dress</p></div>'
    for n in range(1, 7)
)


def images_of(html):
    winner = choices_of(html)["images"].winner
    return [image.url.rpartition("/")[2] for image in winner.value] if winner else []


def test_gallery_behind_the_text():
    assert images_of(after(GALLERY)) == [f"dress{n}.jpg" for n in range(1, 7)]


@pytest.mark.parametrize(
    "behind",
    [
        f"{FAR}<h2>Sponsors</h2>{GALLERY}",
        f'{FAR}<p class="x">{TEXT}</p>{GALLERY}',
        f'{FAR}<div><img src="/p/banner.jpg"></div>',
        f"{FAR}<aside>{GALLERY}</aside>",
    ],
    ids=["heading", "text of something else", "banner", "aside"],
)
def test_pictures_behind_something_else_are_no_gallery(behind):
    assert images_of(after(behind)) == []


def test_box_that_a_script_fills_with_a_file(value):
    lazy = '<div class="load" data-src="/p/mill.jpg"></div><div class="legend">The mill beside the bridge</div>'
    text = f"Opened.</p><div>{lazy}</div><p>Built."
    assert [(i.url[-8:], i.caption) for i in value("images", "", H1, text=text)] == [
        ("mill.jpg", "The mill beside the bridge")
    ]


def test_controls_in_an_address_are_written_as_browsers_do(value):
    text = "Opened.</p><figure><img src='/p/\u202ebridge.jpg'></figure><p>Built."
    assert value("images", "", H1, text=text)[0].url == "https://www.example.com/p/%E2%80%AEbridge.jpg"
