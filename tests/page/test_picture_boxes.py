"""The gallery behind a text, for two who ask: what one has found is told to the other if both know the same pictures."""

from functools import partial

from scraper.page.picture_boxes import gallery_behind
from scraper.page.snapshot import snapshot_of

PAGE = """<body><div><div><p>First paragraph.</p><p>Last paragraph.</p></div>
<figure><img src="/1.jpg"></figure><figure><a-img src="/2.jpg"></a-img></figure></div>
<div><figure><img src="/of-another-story.jpg"></figure></div></body>"""


def pictures_of(snapshot, tags, low, high):
    return [i for i in range(low, high) if snapshot.tags[i] in tags]


def files(snapshot, *tags):
    first, last = snapshot.elements("p")
    found = gallery_behind(snapshot, first, last, partial(pictures_of, snapshot, tags))
    return [snapshot.attribute(i, "src") for i in found]


def test_each_is_told_of_the_pictures_that_it_knows():
    snapshot = snapshot_of(PAGE)
    assert files(snapshot, "img") == ["/1.jpg"]
    assert files(snapshot, "img", "a-img") == ["/1.jpg", "/2.jpg"]
    assert files(snapshot, "img") == ["/1.jpg"]


def test_the_same_pictures_are_looked_at_once():
    snapshot = snapshot_of(PAGE)
    assert files(snapshot, "img") == files(snapshot, "img") == ["/1.jpg"]
    snapshot.sources[snapshot.elements("figure")[0]] = " changed"
    snapshot.tags[snapshot.elements("figure")[0]] = "div"
    assert files(snapshot, "img") == ["/1.jpg"]
