"""The address that a person opens of an object that a page embeds."""

import pytest

from scraper.body.blocks.embed_addresses import public_address

YOUTUBE = "https://www.youtube.com/watch?v=abcDEF_12-3"


@pytest.mark.parametrize(
    ("loaded", "opened"),
    [
        ("https://www.youtube.com/embed/abcDEF_12-3?feature=oembed&rel=0", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/abcDEF_12-3/", YOUTUBE),
        ("https://youtu.be/abcDEF_12-3?si=x", YOUTUBE),
        ("https://m.youtube.com/watch?v=abcDEF_12-3&app=m", YOUTUBE),
        ("https://www.youtube.com/embed/abcDEF_12-3?start=90", f"{YOUTUBE}&t=90"),
        ("https://youtu.be/abcDEF_12-3?t=1m30s", f"{YOUTUBE}&t=90"),
        (
            "https://www.youtube.com/embed/videoseries?list=PLabc-1",
            "https://www.youtube.com/playlist?list=PLabc-1",
        ),
        ("https://player.vimeo.com/video/12345?dnt=1", "https://vimeo.com/12345"),
        ("https://player.vimeo.com/video/12345?h=abcdef01", "https://vimeo.com/12345/abcdef01"),
        ("https://www.dailymotion.com/embed/video/x7abc?autoplay=1", "https://www.dailymotion.com/video/x7abc"),
        ("https://geo.dailymotion.com/player/x1.html?video=x7abc", "https://www.dailymotion.com/video/x7abc"),
        ("https://twitter.com/ada/status/12345?ref_src=twsrc%5Etfw", "https://twitter.com/ada/status/12345"),
        ("https://mobile.twitter.com/ada/status/12345?s=20", "https://twitter.com/ada/status/12345"),
        ("https://platform.twitter.com/embed/Tweet.html?dnt=true&id=1234567", "https://x.com/i/status/1234567"),
        ("https://www.instagram.com/p/Cabc-1/?utm_source=ig_embed", "https://www.instagram.com/p/Cabc-1/"),
        ("https://www.instagram.com/reel/Cabc-1/embed/captioned/", "https://www.instagram.com/reel/Cabc-1/"),
        ("https://www.tiktok.com/@ada.l/video/1234567?lang=en", "https://www.tiktok.com/@ada.l/video/1234567"),
        (
            "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Felm%2Fposts%2F12&width=500",
            "https://www.facebook.com/elm/posts/12",
        ),
        ("https://open.spotify.com/embed/episode/4abC?theme=0", "https://open.spotify.com/episode/4abC"),
        ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/elm/rain", "https://soundcloud.com/elm/rain"),
        ("https://embed.podcasts.apple.com/us/podcast/rain/id12", "https://podcasts.apple.com/us/podcast/rain/id12"),
        ("https://flo.uri.sh/visualisation/12345/embed", "https://public.flourish.studio/visualisation/12345/"),
        (
            "https://embed.bsky.app/embed/did:plc:1a/app.bsky.feed.post/3kx?id=1",
            "https://bsky.app/profile/did:plc:1a/post/3kx",
        ),
        ("https://t.me/elmtown/512?embed=1", "https://t.me/elmtown/512"),
        ("https://cast.example/rain.mp3?_=2", "https://cast.example/rain.mp3"),
    ],
)
def test_a_frame_s_address_becomes_the_object_s(loaded, opened):
    assert public_address(loaded) == opened


@pytest.mark.parametrize(
    "url",
    [
        "https://datawrapper.dwcdn.net/aB3dE/2/",
        "https://www.youtube.com/embed/live_stream?channel=UC1",
        "https://www.youtube.com/@elm",
        "https://w.soundcloud.com/player/?url=https%3A//api.soundcloud.com/tracks/1",
        "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fevil.example%2Fx",
        "https://www.facebook.com/plugins/video.php?href=javascript:alert(1)",
        "https://player.vimeo.com/video/",
        "https://[broken",
        "https://video.example/embed/7?autoplay=1",
        "https://www.youtube.com/?" + "&".join(["a=1"] * 500),
    ],
)
def test_any_other_address_stays(url):
    assert public_address(url) == url
