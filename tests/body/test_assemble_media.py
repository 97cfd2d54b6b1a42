"""Pictures and embeds: the article's own, in their place, and no others."""

import pytest

from scraper.body.blocks.assemble import assemble
from scraper.body.blocks.captions import split_credit
from scraper.body.blocks.segment import segment
from scraper.model.body import Embed, Figure
from scraper.page.snapshot import snapshot_of

BASE = "https://news.example/world/story"


def body_of(html, keep="Text"):
    snapshot = snapshot_of(f"<body><h1>Head</h1><article>{html}</article></body>")
    segments = segment(snapshot)
    return assemble(snapshot, segments, [keep in block.text for block in segments], base_url=BASE)


def media(html):
    return [block for block in body_of(f"<p>Text one.</p>{html}<p>Text two.</p>") if isinstance(block, Figure | Embed)]


def figure(html):
    (block,) = media(html)
    return block


IMG = '<img src="/pier.jpg" alt="A pier">'
URL = "https://news.example/pier.jpg"


@pytest.mark.parametrize(
    ("html", "caption", "credit"),
    [
        (IMG, None, None),
        (f"<figure>{IMG}<figcaption>The pier</figcaption></figure>", "The pier", None),
        (f"<figure>{IMG}<figcaption>The pier (Photo: J. Doe/Wire)</figcaption></figure>", "The pier", "J. Doe/Wire"),
        (
            f'<figure>{IMG}<figcaption>The pier <span class="credit">J. Doe</span></figcaption></figure>',
            "The pier",
            "J. Doe",
        ),
        (
            f'<figure>{IMG}<figcaption>The pier</figcaption><small class="copyright">© J. Doe</small></figure>',
            "The pier",
            "J. Doe",
        ),
        (f'<div class="wp-caption">{IMG}<p class="wp-caption-text">The pier</p></div>', "The pier", None),
        (f"<figure><picture>{IMG}</picture><figcaption>Foto: J. Doe</figcaption></figure>", None, "J. Doe"),
    ],
)
def test_a_figure_has_its_caption_and_credit(html, caption, credit):
    assert figure(html) == Figure(text="", url=URL, alt="A pier", caption=caption, credit=credit)


@pytest.mark.parametrize(
    "html",
    [
        f'<a href="/other-story">{IMG}</a>',
        f'<div class="related">{IMG}<h3><a href="/other">Another headline</a></h3></div>',
        f"<aside>{IMG}<p>{'A long story about something else entirely. ' * 20}</p></aside>",
        '<img src="/t.gif" width="1" height="1">',
        '<iframe src="https://www.googletagmanager.example/gtm"></iframe>'.replace("gtm", "googletagmanager"),
        '<iframe src="https://video.example/x" width="0" height="0"></iframe>',
        '<iframe src="javascript:x"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/like.php?href=x"></iframe>',
    ],
)
def test_what_is_not_the_article_s_is_left_out(html):
    assert media(html) == []


def test_a_link_to_the_full_size_file_is_no_teaser():
    assert figure(f'<a href="/pier.jpg">{IMG}</a>').url == URL


@pytest.mark.parametrize(
    ("html", "url", "provider"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abcDEF_12-3" title="A film"></iframe>',
            "https://www.youtube.com/watch?v=abcDEF_12-3",
            "YouTube",
        ),
        ('<iframe data-src="//player.vimeo.com/video/12345"></iframe>', "https://vimeo.com/12345", "Vimeo"),
        ('<iframe src="/charts/7"></iframe>', "https://news.example/charts/7", None),
        ('<video><source src="/v.mp4"></video>', "https://news.example/v.mp4", None),
        ('<amp-youtube data-videoid="abc"></amp-youtube>', "https://www.youtube.com/watch?v=abc", "YouTube"),
        (
            '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/x/"></blockquote>',
            "https://www.instagram.com/p/x/",
            "Instagram",
        ),
        (
            '<blockquote class="twitter-tweet"><p>Hi</p><a href="https://twitter.com/j/status/1">May</a></blockquote>',
            "https://twitter.com/j/status/1",
            "X",
        ),
        (
            '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:1/app.bsky.feed.post/k"><p>Hi</p></blockquote>',
            "https://bsky.app/profile/did:plc:1/post/k",
            "Bluesky",
        ),
    ],
)
def test_an_embed_has_its_provider_and_url(html, url, provider):
    block = figure(html)
    assert (block.url, block.provider) == (url, provider)


def test_media_stand_in_their_place():
    body = body_of(
        f"<figure>{IMG}</figure><p>Text one.</p><img src='/b.jpg'><p>Text two.<img src='/c.jpg'></p><p>Text</p>"
    )
    assert [getattr(block, "url", "p")[-5:] for block in body] == ["r.jpg", "p", "b.jpg", "p", "c.jpg", "p"]


def test_one_picture_comes_once():
    assert len(media(IMG * 3)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A pier. Photo: Jane Doe / Wire", ("A pier.", "Jane Doe / Wire")),
        ("A pier (Jane Doe/Wire)", ("A pier", "Jane Doe/Wire")),
        ("Ein Steg. © dpa", ("Ein Steg.", "dpa")),
        ("Пирс. Фото: ТАСР", ("Пирс.", "ТАСР")),
        ("A photo shows the pier at noon", ("A photo shows the pier at noon", None)),
        ("The pier (left) in 2019", ("The pier (left) in 2019", None)),
    ],
)
def test_a_credit_is_read_off_the_caption_s_end(text, expected):
    assert split_credit(text) == expected


def test_a_custom_element_with_a_file_is_a_figure():
    assert figure('<lazy-image data-src="/pier.jpg" alt="A pier"></lazy-image>').url == URL


def test_a_credit_is_found_behind_letters_whose_small_form_is_longer():
    assert split_credit("İzmir'de bir liman. FOTOĞRAF: İHA") == ("İzmir'de bir liman.", "İHA")


ALT = 'alt="A style by Jane Doe in the valley"'


def urls(html):
    return [block.url.rpartition("/")[2] for block in body_of(html) if isinstance(block, Figure)]


@pytest.mark.parametrize(
    "html",
    [
        f'<figure><a href="https://papers.example.org/c90">{IMG}</a></figure>',
        f'<figure><a href="/papers/c90">{IMG}</a><figcaption>The pier</figcaption></figure>',
        f'<p><a href="https://shop.example.org/pier">{IMG}</a></p>',
    ],
    ids=["source of a figure", "page of a figure", "shop"],
)
def test_a_picture_that_leads_elsewhere_is_a_figure(html):
    assert figure(html).url == URL


def test_pictures_with_one_alternative_text_are_two_where_text_parts_them():
    html = f'<p>Text one.</p><img src="/a.jpg" {ALT}><p>Text two.</p><img src="/b.jpg" {ALT}><p>Text three.</p>'
    assert urls(html) == ["a.jpg", "b.jpg"]


def test_crops_beside_each_other_with_one_alternative_text_are_one():
    html = f'<p>Text one.</p><img src="/a.jpg" {ALT}><img src="/b.jpg" {ALT}><p>Text two.</p>'
    assert urls(html) == ["a.jpg"]


def test_captions_tell_pictures_with_one_alternative_text_apart():
    pictures = "".join(
        f'<div class="wp-caption"><img src="/{n}.jpg" {ALT}><p class="wp-caption-text">A dress</p></div>' for n in "ab"
    )
    assert urls(f"<p>Text one.</p>{pictures}<p>Text two.</p>") == ["a.jpg", "b.jpg"]


def test_the_gallery_behind_the_text_is_part_of_it():
    gallery = "".join(f"<li><figure><img src='/{n}.jpg'></figure></li>" for n in "abc")
    assert urls(f"<div><p>Text one.</p><p>Text two.</p></div><ul>{gallery}</ul>") == ["a.jpg", "b.jpg", "c.jpg"]


def test_pictures_behind_a_heading_behind_the_text_are_not():
    sponsors = "<h2>Sponsors</h2><ul><li><figure><img src='/a.jpg'></figure></li></ul>"
    assert urls(f"<div><p>Text one.</p><p>Text two.</p></div>{sponsors}") == []


VIDEO = "https://www.youtube.com/watch?v=abcDEF_12-3"


@pytest.mark.parametrize(
    ("html", "url"),
    [
        (
            '<div class="fb-post" data-href="https://www.facebook.com/elm/posts/12"></div>',
            "https://www.facebook.com/elm/posts/12",
        ),
        ('<div data-oembed-url="https://x.com/ada/status/12345">Load</div>', "https://x.com/ada/status/12345"),
        ('<span data-src="https://www.youtube.com/embed/abcDEF_12-3?autoplay=1"><img src="/p.jpg"></span>', VIDEO),
        ('<div class="tweet" data-tweet-id="1234567890"></div>', "https://x.com/i/status/1234567890"),
        ('<div data-youtube-id="abcDEF_12-3"></div>', VIDEO),
        ('<div data-embed-type="instagram" data-embed-id="Cabc_1-2"></div>', "https://www.instagram.com/p/Cabc_1-2/"),
        ('<div id="datawrapper-vis-aB3dE"></div>', "https://datawrapper.dwcdn.net/aB3dE/"),
        (
            '<div class="flourish-embed" data-src="visualisation/12345"></div>',
            "https://public.flourish.studio/visualisation/12345/",
        ),
        ('<div class="infogram-embed" data-id="rain-1h7j4d"></div>', "https://infogram.com/rain-1h7j4d"),
        (
            '<video data-account="123" data-player="aB3" data-embed="default" data-video-id="456"></video>',
            "https://players.brightcove.net/123/aB3_default/index.html?videoId=456",
        ),
    ],
    ids=["facebook", "oembed", "lazy", "tweet", "youtube", "instagram", "chart", "flourish", "infogram", "brightcove"],
)
def test_a_placeholder_is_an_embed(html, url):
    assert [block.url for block in media(html) if isinstance(block, Embed)] == [url]


@pytest.mark.parametrize(
    "html",
    [
        '<div data-url="https://www.youtube.com/@elm">Follow us</div>',
        '<div data-href="https://www.facebook.com/elm" class="fb-page"></div>',
        '<div data-video-id="12345" class="player"></div>',
        '<div data-share="https://twitter.com/intent/tweet?url=x"></div>',
        '<div style="background:url(https://www.instagram.com/p/Cabc1/)"></div>',
        '<iframe src="/navi/left.html"></iframe>',
        '<iframe src="https://ads.example/smartads.epl?id=1"></iframe>',
    ],
    ids=["channel", "page", "unknown-service", "share", "style", "menu", "advertising"],
)
def test_what_looks_like_a_placeholder_is_none(html):
    assert media(html) == []


def test_two_addresses_of_one_film_are_one_embed():
    html = f'<div data-oembed-url="{VIDEO}"><iframe src="https://www.youtube.com/embed/abcDEF_12-3"></iframe></div>'
    assert [block.url for block in media(html)] == [VIDEO]


FRAME = '<iframe src="https://www.youtube.com/embed/abcDEF_12-3"></iframe>'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<p>Text one.</p><p>Text two.</p>{FRAME}", [VIDEO]),
        (f"<div><p>Text one.</p></div><figure><div>{FRAME}</div></figure><p>Share this</p>", [VIDEO]),
        (
            f'<p>Text.</p><blockquote class="twitter-tweet"><a href="https://x.com/a/status/1">May</a></blockquote>{FRAME}',
            ["https://x.com/a/status/1", VIDEO],
        ),
        (f"<p>Text one.</p><h3>More films</h3>{FRAME}", []),
        (f"<div>Text one.<h3>More films</h3>{FRAME}</div>", []),
        ('<p>Text one.</p><iframe src="https://widget.example/x"></iframe>', []),
    ],
    ids=["sibling", "in-a-figure", "two", "below-a-heading", "in-the-same-box", "unknown-service"],
)
def test_what_follows_the_text_at_once_ends_the_article(html, expected):
    assert [block.url for block in body_of(html) if isinstance(block, Embed)] == expected
