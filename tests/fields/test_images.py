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


def test_caption_is_not_of_the_sign_that_enlarges_the_picture(value):
    sign = '<span><img src="/static/zoom-in.svg" width="32" height="32"></span>'
    images = value("images", "", figure(f'<a href="#big"><img src="/p/bridge.jpg">{sign}</a>'))
    assert [(i.url[-10:], i.caption) for i in images] == [("bridge.jpg", "The bridge at night.")]


def test_figcaption_goes_before_a_button_that_opens_it(value):
    button = '<button class="show-caption"><span class="show-caption__open">Show caption</span></button>'
    assert value("images", "", figure(f"<img src=/p/bridge.jpg>{button}"))[0].caption == "The bridge at night."


def test_caption_in_a_figure_of_its_own(value):
    body = f'{H1}<div><img src="/p/bridge.jpg" width="800"><figure class="wp-caption-text">The bridge at night</figure></div>'
    assert value("images", "", body)[0].caption == "The bridge at night"


@pytest.mark.parametrize(
    "img",
    [
        '<img srcset="/static/brand.svg" data-srcset="/p/small.jpg 400w, /p/bridge.jpg 900w" width="960">',
        '<img src="/static/brand.svg" data-src-property="/p/bridge.jpg">',
    ],
    ids=["srcset", "src"],
)
def test_drawing_that_stands_in_for_a_lazy_picture(value, img):
    assert value("images", "", figure(img))[0].url == "https://www.example.com/p/bridge.jpg"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Jane Doe / Agency", (None, "Jane Doe / Agency")),
        ("The new bridge at night. | Jane Doe/Agency", ("The new bridge at night.", "Jane Doe/Agency")),
    ],
    ids=["credit alone", "caption before it"],
)
def test_element_that_calls_itself_a_credit(value, text, shown):
    image = value("images", "", f'{H1}<div><img src="/p/bridge.jpg"><div class="image-credit">{text}</div></div>')[0]
    assert (image.caption, image.credit) == shown


def test_credit_above_the_caption(value):
    body = '<img src="/p/bridge.jpg"><div class="image__credit">AGENCY</div><figcaption class="image__caption">The bridge at night</figcaption>'
    image = value("images", "", f"{H1}<figure>{body}</figure>")[0]
    assert (image.caption, image.credit) == ("The bridge at night", "AGENCY")


@pytest.mark.parametrize(
    "names",
    [
        ("town-harbour-1.jpg", "town-harbour-2.jpg", "town-harbour-10.jpg"),
        ("1.jpg", "2.jpg", "3.jpg"),
        ("DSC_0614.jpg", "DSC_0741.jpg", "DSC_1741.jpg"),
        ("quiet-town-walk-1591284940.jpg", "old-bridge-in-the-rain-1591284940.jpg"),
    ],
    ids=["words", "numbers", "camera", "stored in one second"],
)
def test_pictures_of_a_series_are_all_kept(value, names):
    body = H1 + "".join(f'<p>Some text of the story.</p><p><img src="/p/{name}" width="800"></p>' for name in names)
    assert tuple(i.url.rpartition("/")[2] for i in value("images", "", body)) == names


@pytest.mark.parametrize(
    "names",
    [
        ("harbour-front-300x200.jpg", "harbour-front-1024x768.jpg"),
        ("harbour-front_16-9.jpg", "harbour-front_4-3.jpg"),
        ("harbour-front_q-40.jpg", "harbour-front_q-90.jpg"),
        ("harbour-1280@40.jpg", "harbour-1920@90.jpg"),
    ],
    ids=["size", "ratio", "quality", "width at quality"],
)
def test_versions_of_one_picture_are_one(value, names):
    body = H1 + "".join(f'<p>Some text of the story.</p><p><img src="/p/{name}" width="800"></p>' for name in names)
    assert len(value("images", "", body)) == 1


def test_caption_of_the_smaller_version_stays(value):
    small = '<figure><img srcset="/p/harbour-front-400x300.jpg 400w"><figcaption>The harbour</figcaption></figure>'
    image = value("images", "", f'{H1}{small}<p>{TEXT}</p><p><img srcset="/p/harbour-front-1600x1200.jpg 1600w"></p>')[
        0
    ]
    assert (image.width, image.caption) == (1600, "The harbour")


def test_teaser_of_a_few_pixels_by_its_address_is_left_out(value):
    assert value("images", "", figure('<img src="/teasers-56x56/bridge.jpg">', "")) is None


@pytest.mark.parametrize(
    "element",
    [
        '<storefront-image src="/p/bridge.jpg"></storefront-image>',
        '<lazy-image data-src="/p/bridge.jpg"></lazy-image>',
        '<click-zoom><brick-image-v3 data-srcset="/p/bridge.jpg 1200w"></brick-image-v3></click-zoom>',
    ],
    ids=["src", "lazy", "srcset"],
)
def test_custom_element_that_shows_a_picture(value, element):
    image = value("images", "", figure(element))[0]
    assert (image.url, image.caption) == ("https://www.example.com/p/bridge.jpg", "The bridge at night.")


def test_custom_element_around_a_picture_is_not_another_one(value):
    body = figure('<lazy-image data-src="/p/small.jpg"><img src="/p/bridge.jpg"></lazy-image>')
    assert [i.url for i in value("images", "", body)] == ["https://www.example.com/p/bridge.jpg"]


def test_caption_that_a_page_repeats_is_no_credit(value):
    twice = '<div class="image-caption">The bridge at night</div><div class="image-caption">The bridge at night</div>'
    image = value("images", "", f'{H1}<div><img src="/p/bridge.jpg">{twice}</div>')[0]
    assert (image.caption, image.credit) == ("The bridge at night", None)


def pictures(value, body):
    """Names of the pictures of a story with `body` in its middle."""
    images = value("images", "", f"{H1}<article><p>{TEXT}</p>{body}<p>{TEXT} It held.</p></article>")
    return [image.url.rpartition("/")[2] for image in images or ()]


def caption_in(value, body):
    return value("images", "", f"{H1}<article><p>{TEXT}</p>{body}<p>{TEXT} It held.</p></article>")[0].caption


LINK = '<a href="/news/other-bridge.html">'
TEASER = '<a href="/news/other-bridge.html">Old bridge to be torn down in the autumn</a>'


@pytest.mark.parametrize(
    "body",
    [
        f'<div class="teaser"><img src="/p/old.jpg" width="300"><h3>{TEASER}</h3></div>',
        f'<div class="teaser"><a href="/news/other-bridge.html"><img src="/p/old.jpg"></a> Read also: {TEASER}</div>',
        f'<figure><img src="/p/old.jpg"><figcaption>{TEASER}</figcaption></figure>'.replace("<img", LINK + "<img"),
        f'<div><a href="/news/other-bridge.html"><img src="/p/old.jpg"></a></div><div class="more">{TEASER}</div>',
        '<aside class="newsletter"><img src="/p/old.jpg" width="300"><h3>Newsletter</h3><p class="t">Sign up now</p></aside>',
    ],
    ids=["headline below", "link around", "figure in a link", "headline beside", "module"],
)
def test_picture_of_another_article_is_left_out(value, body):
    assert pictures(value, body) == []


@pytest.mark.parametrize(
    "body",
    [
        '<figure><a href="/gallery/bridge"><img src="/p/old.jpg"></a><figcaption>The old bridge</figcaption></figure>',
        '<figure><a href="/p/old-large.jpg"><img src="/p/old.jpg"></a><figcaption>The old bridge</figcaption></figure>',
        '<figure><img src="/p/old.jpg"><figcaption><a href="/town/bridge">The old bridge</a></figcaption></figure>',
        '<p><a href="https://shop.example.org/print"><img src="/p/old.jpg" width="600"></a></p>',
        '<div><a href="/?attachment_id=7"><img src="/p/old.jpg"></a><p class="wp-caption-text">The old bridge</p></div>',
    ],
    ids=["gallery", "larger file", "linked caption", "another site", "page of the picture"],
)
def test_linked_picture_of_the_article_is_kept(value, body):
    assert pictures(value, body)[0] in {"old.jpg", "old-large.jpg"}


@pytest.mark.parametrize(
    "below",
    [
        "<div><button>Share</button> this picture with friends</div>",
        '<div><a href="https://shop.example.org/1">Buy a print of this picture</a></div>',
        "<div><b>4.5</b> <i>of 5</i> <b>Good</b> <i>value</i></div>",
        "<div>Jane Doe <time>4 May 2024</time></div>",
    ],
    ids=["control", "offer", "many texts", "byline"],
)
def test_what_stands_below_a_picture_and_is_no_caption(value, below):
    assert caption_in(value, f'<div class="box"><img src="/p/old.jpg" width="600">{below}</div>') is None


def test_heading_with_a_labelled_credit_is_a_caption(value):
    box = '<div class="photo"><img src="/p/old.jpg" width="600"><h2>The old bridge.</h2><p class="t">Photo: Jane Doe</p></div>'
    assert caption_in(value, box) == "The old bridge."


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ('<p class="c">© Jane Doe</p>', (None, "Jane Doe")),
        ('<p class="c">Bild 2: Jane Doe / Agency</p>', (None, "Jane Doe / Agency")),
        ("<p><em>(Source: Office of Bridges)</em></p>", (None, "Office of Bridges")),
        (
            '<p style="text-align: center;"><em>The old bridge in the rain.</em></p>',
            ("The old bridge in the rain.", None),
        ),
        ("<p><i>The old bridge in the rain</i></p>", ("The old bridge in the rain", None)),
        ('<p class="c">Figure 2: Cars on the bridge each day.</p>', ("Figure 2: Cars on the bridge each day.", None)),
        ('<p class="c">Above: the old bridge in the rain</p>', ("Above: the old bridge in the rain", None)),
        ("<blockquote><p>The old bridge in the rain.</p></blockquote>", ("The old bridge in the rain.", None)),
    ],
    ids=["credit", "numbered credit", "source", "centred italics", "italics", "figure", "above", "quotation"],
)
def test_line_behind_a_picture_that_is_its_caption(value, line, shown):
    body = f'{H1}<article><p>{TEXT}</p><p><img src="/p/old.jpg" width="600"></p>{line}<p>{TEXT} It held.</p></article>'
    image = value("images", "", body)[0]
    assert (image.caption, image.credit) == shown


@pytest.mark.parametrize(
    "line",
    [
        "<p>The bridge was closed in March.</p>",
        "<p><em>Nobody had asked for it.</em></p>",
        '<p class="c"><i>By Jane Doe</i></p>',
        '<p class="c">© 2024 Example Media Ltd</p>',
        '<p class="c"><i>Read more:</i></p>',
        f"<p><em>{TEXT}</em></p>",
        '<p class="c">Pictures of the bridge were shown in the town hall.</p>',
    ],
    ids=["paragraph", "sentence in italics", "byline", "rights", "label", "long", "word of a sentence"],
)
def test_line_behind_a_picture_that_is_no_caption(value, line):
    body = f'{H1}<article><p>{TEXT}</p><p><img src="/p/old.jpg" width="600"></p>{line}<p>{TEXT} It held.</p></article>'
    image = value("images", "", body)[0]
    assert (image.caption, image.credit) == (None, None)


def shown_credits(value, line, pictures=1):
    figures = "".join(f'<p><img src="/p/{name}.jpg" width="600"></p><p>{TEXT}</p>' for name in "abc"[:pictures])
    body = f"{H1}<article>{figures}</article>"
    images = value("images", "", body, text=f"{TEXT}</p>{line}<p>{TEXT}")
    return [image.credit for image in images]


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ('<p class="c">Beitragsbild: Jane Doe</p>', "Jane Doe"),
        ('<p class="c">Photo credit: Jane Doe / Agency</p>', "Jane Doe / Agency"),
        ('<p class="c">Crédits photos : Jane Doe</p>', "Jane Doe"),
        ('<p class="c">Źródło zdjęcia głównego: JANE DOE/AGENCY</p>', "JANE DOE/AGENCY"),
        (
            '<p class="c">Titelbild: <a href="https://pics.example.net/jane">Jane Doe of the Agency</a></p>',
            "Jane Doe of the Agency",
        ),
        ('<p class="c"><em>Image used under license from Example Stock</em></p>', "Example Stock"),
        ('<p class="c">Beitragsbild via Example Stock.</p>', "Example Stock"),
        ('<p class="c">© Example Media</p>', None),
        ('<p class="c"><a href="/g">Bilder: A walk through the town</a></p>', None),
        ('<h3 class="c">Images: a walk through the town</h3>', None),
    ],
    ids=[
        "german",
        "english",
        "french",
        "polish",
        "linked name",
        "licence",
        "via",
        "rights in the text",
        "link",
        "heading",
    ],
)
def test_line_at_the_end_that_credits_the_picture(value, line, credit):
    html = f"{H1}<article><p>{TEXT}</p><p><img src='/p/old.jpg' width='600'></p></article>"
    assert value("images", "", html, text=f"{TEXT}</p>{line}<p>")[0].credit == credit


@pytest.mark.parametrize(
    ("line", "names"),
    [("Titelbild: Jane Doe", ["Jane Doe", None, None]), ("Alle Fotos: Jane Doe", ["Jane Doe", "Jane Doe", "Jane Doe"])],
    ids=["lead", "all"],
)
def test_line_at_the_end_credits_the_pictures_it_speaks_of(value, line, names):
    assert shown_credits(value, f'<p class="c">{line}</p>', 3) == names


def test_line_at_the_end_with_a_caption(value):
    html = f"{H1}<article><p>{TEXT}</p><p><img src='/p/old.jpg' width='600'></p></article>"
    line = '<p class="c">Bild: Der Bürgermeister auf der neuen Brücke. / Quelle: Agency/Jane Doe</p>'
    image = value("images", "", html, text=f"{TEXT}</p>{line}<p>")[0]
    assert (image.caption, image.credit) == ("Der Bürgermeister auf der neuen Brücke.", "Agency/Jane Doe")


def test_main_image_is_credited_by_the_line_at_the_end(value):
    assert value("mainImage", OG, H1, text=f'{TEXT}</p><p class="c">Titelbild: Jane Doe</p><p>').credit == "Jane Doe"


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


def test_blocks_of_a_caption_are_parted(value):
    caption = "<h4>In pictures</h4><p>The bridge at night</p><p>A crowd<br>on it</p>"
    assert value("images", "", figure(PICTURE, caption))[0].caption == "In pictures The bridge at night A crowd on it"


def test_size_that_is_a_ratio_is_no_icon_with_a_caption(value):
    img = '<img src="/p/s.jpg" srcset="/p/bridge.jpg 1000w" width="160" height="90">'
    assert value("images", "", figure(img))[0].url == "https://www.example.com/p/bridge.jpg"


LD = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Town bridge opens","image":"%s"}</script>'


def test_figure_above_the_text_leads_before_a_declared_one_in_the_text(value):
    above = figure('<img src="/p/mayor-portrait.jpg">', "The mayor at noon.")
    inside = '<figure><img src="/p/evening-crowd.jpg"><figcaption>The crowd.</figcaption></figure>'
    long = "".join(f"<p>{TEXT}</p>" for _ in range(5))
    image = value("mainImage", LD % "/p/evening-crowd.jpg", above + long + inside)
    assert image.url == "https://www.example.com/p/mayor-portrait.jpg"


def test_declared_picture_behind_a_service_is_the_shown_one(value):
    head = LD % "https://share.example.com/card?image=https%3A%2F%2Fwww.example.com%2Fp%2Fevening-crowd.jpg"
    body = figure('<img src="/p/mayor-portrait.jpg">', "The mayor.") + figure('<img src="/p/evening-crowd.jpg">', "Us.")
    assert value("mainImage", head, body).url == "https://www.example.com/p/evening-crowd.jpg"


PLAIN = '<img src="/p/bridge.jpg" width="800">'


def test_cell_beside_a_picture_in_a_table_of_layout_is_no_caption(value):
    cells = f"<td>{PLAIN}</td><td>Market days are Monday and Friday.{'<br>' * 15}</td>"
    assert value("images", "", f"{H1}<table><tr>{cells}</tr></table>")[0].caption is None


def test_paragraph_in_the_box_of_a_picture_is_no_caption(value):
    assert value("images", "", f"{H1}<div>{PLAIN}<p>The mayor came late.</p></div>")[0].caption is None


def test_paragraph_behind_a_picture_is_no_caption(value):
    assert value("images", "", f"{H1}{PLAIN}<p>The mayor cut the ribbon</p>")[0].caption is None


def test_linked_picture_without_a_headline_beside_it_stays(value):
    link = f'<a href="/news/other-story.html">{PLAIN}</a>'
    assert len(value("images", "", f"{H1}<div>{link}</div>")) == 1


def test_linked_picture_beside_a_sentence_of_the_text_stays(value):
    link = f'<a href="/news/plan-of-the-town.html">{PLAIN}</a>'
    told = '<p><a href="/news/plan-of-the-town.html">The plan for the bridge of the town</a> was ready in May.</p>'
    assert len(value("images", "", f"{H1}<div>{link}</div>{told}")) == 1


def test_quotation_of_several_paragraphs_behind_a_picture_is_no_caption(value):
    quote = f"<blockquote><p>The mayor cut the ribbon</p><p>{TEXT}</p></blockquote>"
    assert value("images", "", f"{H1}{PLAIN}{quote}")[0].caption is None


STAND_IN = "data:image/svg+xml,%3Csvg%20viewBox='0%200%201024%20768'%3E%3C/svg%3E"
UNSIGNED = "The bridge at night, seen from the mill."


@pytest.mark.parametrize(
    "img",
    [f'<img src="{STAND_IN}" width="1024" height="768" alt="bridge">', '<img class="lazyload" width="900">', ""],
    ids=["stand-in", "no address", "drawn by a script"],
)
def test_caption_stays_where_a_script_fills_in_the_address(value, img):
    images = value("images", "", f"{H1}<p>{TEXT}</p><figure>{img}<figcaption>{UNSIGNED}</figcaption></figure>")
    assert [(image.url, image.caption) for image in images] == [(None, UNSIGNED)]


def test_caption_without_an_address_keeps_its_place(value):
    lazy = f'<figure><img src="{STAND_IN}"><figcaption>{UNSIGNED}</figcaption></figure>'
    whole = '<figure><img src="/p/{0}.jpg"><figcaption>The {0} of the town at noon.</figcaption></figure>'
    body = f"{H1}{whole.format('harbour')}<p>{TEXT}</p>{lazy}<p>{TEXT}</p>{whole.format('market')}"
    names = [(image.url or "").rpartition("/")[2] for image in value("images", "", body)]
    assert names == ["harbour.jpg", "", "market.jpg"]


def test_main_image_is_none_without_an_address(value):
    body = f'{H1}<figure><img src="{STAND_IN}"><figcaption>{UNSIGNED}</figcaption></figure>'
    assert value("mainImage", "", body) is None


@pytest.mark.parametrize(
    "inner",
    [
        "<blockquote>We will build it.</blockquote><figcaption>Jane Doe, founder</figcaption>",
        "<table><tr><td>3</td></tr></table><figcaption>Bridges by year of building</figcaption>",
        "<div>of ten</div><figcaption>9</figcaption>",
    ],
    ids=["quotation", "table", "number"],
)
def test_figure_that_shows_no_picture_gives_no_caption(value, inner):
    assert value("images", "", f"{H1}<p>{TEXT}</p><figure>{inner}</figure>") is None


@pytest.mark.parametrize(
    "name", ["img_description", "article-img-desc", "Image__metadata image-metadata", "list-photocred"]
)
def test_names_of_captions_in_more_publishing_systems(value, name):
    body = (
        f'{H1}<div><img src="/p/bridge.jpg"></div><div class="x"><div class="{name}"><p>{UNSIGNED}</p></div><hr></div>'
    )
    assert value("images", "", body)[0].caption == UNSIGNED


LAZY = '<img class="lazyload" data-src="/p/bridge.jpg" width="800"><noscript><img src="/p/bridge.jpg"></noscript>'


def test_caption_behind_a_lazy_picture_and_its_form_without_scripts(value):
    body = f"{H1}<p>{TEXT}</p><p class=\"centred\"><span>{LAZY}</span>{UNSIGNED} Photo by: 'Jane Doe'.</p>"
    assert [image.caption for image in value("images", "", body)] == [UNSIGNED]


def test_standfirst_behind_a_lazy_picture_and_its_form_without_scripts_is_no_caption(value):
    body = f'{H1}<p>{TEXT}</p><div class="lead"><span>{LAZY}</span><span>It took six years to build.</span></div>'
    assert [image.caption for image in value("images", "", body)] == [None]


def test_credit_that_is_all_of_a_second_caption(value):
    second = '<figcaption><span class="credit">Post Office / Jane Doe</span></figcaption>'
    body = f'{H1}<figure><img src="/p/bridge.jpg"><figcaption>{UNSIGNED}</figcaption>{second}</figure>'
    assert value("images", "", body)[0].credit == "Post Office / Jane Doe"


@pytest.mark.parametrize("attribute", ['data-credit="Jane Doe"', 'data-copyright="Foto: Jane Doe"'])
def test_credit_in_the_attributes_of_a_picture(value, attribute):
    assert value("images", "", figure(f'<img src="/p/bridge.jpg" {attribute}>', UNSIGNED))[0].credit == "Jane Doe"
