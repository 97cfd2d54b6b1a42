from scraper.body.blocks.segment import segment
from scraper.page.snapshot import snapshot_of

STORY = "".join(
    f"<p>The ice closed the northern channel again, said the harbour master of Elmsund on day {n}.</p>"
    for n in range(9)
)


def texts(html):
    return [block.text for block in segment(snapshot_of(f"<body>{html}</body>"))]


def test_a_noscript_with_the_whole_page_is_read():
    assert len(texts(f"<div>Loading</div><noscript><div>{STORY}</div></noscript>")) == 10


def test_a_noscript_beside_the_story_is_not():
    assert len(texts(f"<article>{STORY}</article><noscript><div>{STORY}</div></noscript>")) == 9


def test_a_noscript_that_asks_for_a_script_is_not():
    assert texts("<div>Loading</div><noscript>You need to enable JavaScript.</noscript>") == ["Loading"]
