"""videos and audios: what the page plays, once, and what JSON-LD adds to it."""

import json

import pytest

from scraper import extract
from tests.fields.chosen import TEXT

FILM = "https://www.youtube.com/watch?v=abcDEF_12-3"
FRAME = '<iframe src="https://www.youtube.com/embed/abcDEF_12-3"></iframe>'
OWN = '<iframe src="/embed/video/?v=7"></iframe>'
OWN_URL = "https://news.example/embed/video/?v=7"


def videos(between, declared=(), key="videos"):
    node = {"@type": "NewsArticle", "headline": "Town bridge opens", "video": list(declared)}
    data = f'<script type="application/ld+json">{json.dumps(node)}</script>'
    text = (
        f"<p>{TEXT}</p>{between}<p>The first car over it was that of Ada Brook, who had worked on it for {TEXT[4:]}</p>"
    )
    html = f"<html lang=en><head>{data}</head><body><article><h1>Town bridge opens</h1>{text}</article></body></html>"
    return [media.url for media in getattr(extract(html, "https://news.example/a", keep_all=True), key)]


def film(**names):
    return {"@type": "VideoObject", "name": "Bridge", **names}


@pytest.mark.parametrize(
    ("between", "declared", "expected"),
    [
        (FRAME, [], [FILM]),
        (FRAME, [film(contentUrl="https://news.example/a", embedUrl="https://youtu.be/abcDEF_12-3")], [FILM]),
        ("", [film(embedUrl="https://www.youtube.com/embed/abcDEF_12-3")], [FILM]),
        (OWN, [film(contentUrl="https://cdn.example/7.m3u8")], [OWN_URL]),
        (FRAME, [film(contentUrl="https://cdn.example/7.m3u8")], [FILM, "https://cdn.example/7.m3u8"]),
        (
            "",
            [
                film(contentUrl="https://news.example/play/"),
                film(contentUrl="https://news.example/play/", name="River"),
            ],
            [],
        ),
        (
            '<video data-account="12" data-video-id="345"></video>',
            [],
            ["https://players.brightcove.net/12/default_default/index.html?videoId=345"],
        ),
        ('<video data-url="/film/7"></video>', [], ["https://news.example/film/7"]),
    ],
    ids=["frame", "same-film", "declared-frame", "own-player", "another", "one-address-for-two", "brightcove", "lazy"],
)
def test_each_film_of_an_article_comes_once(between, declared, expected):
    assert videos(between, declared) == expected


def test_a_numbered_player_s_file_is_the_file():
    assert videos('<audio src="/rain.mp3?_=1"></audio>', key="audios") == ["https://news.example/rain.mp3"]
