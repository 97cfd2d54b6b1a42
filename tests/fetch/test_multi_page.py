"""Articles over several pages: one record, in every form of page numbers; and what only looks like a next page."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest

from scraper.api import explain
from scraper.fields.pagination import is_first_page
from scraper.model.article import Article
from scraper.scraping import Scraper
from scraper.settings import ExtractSettings
from tests.faults.outcomes import quick
from tests.faults.server import HostileServer, page, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

ORIGIN = "https://news.example"
STANDFIRST = "After nine years of quarrels the two halves of Tarnby are joined by a road that the sea cannot take."
WORDS = (
    "harbour council bridge winter storm keeper granite ferry market tide engineer village morning report lantern "
    "quarry minister budget railway orchard chapel mason tunnel signal captain pasture ledger beacon cellar mill"
).split()


def paragraphs(number: int, count: int = 7) -> list[str]:
    """Invented prose that no other page repeats."""
    chance = random.Random(number)  # noqa: S311  # prose, no secret
    return [
        f"On day {n + 1} of week {number} the {' '.join(chance.choices(WORDS, k=22))}, as the {chance.choice(WORDS)} said."
        for n in range(count)
    ]


def article(
    number: int, *, links: str = "", head: str = "", title: str = "The long road to the island", below: str = ""
) -> bytes:
    text = "".join(f"<p>{p}</p>" for p in paragraphs(number))
    return (
        f"<!doctype html><html lang=en><head><title>{title} | Tarnby Post</title>{head}"
        f'<meta property="og:type" content="article"></head><body><header><a href="/">Tarnby Post</a></header><main>'
        f'<article><h1>{title}</h1><p class="standfirst">{STANDFIRST}</p><p class="byline">By Ida Quill</p>'
        f'<figure><img src="/p/lead.jpg" width=800 height=500><figcaption>The road</figcaption></figure>'
        f'{text}<figure><img src="/p/{number}.jpg" width=800 height=500><figcaption>Picture {number}</figcaption></figure>'
        f"<p>{paragraphs(number + 500)[0]}</p>{links}</article></main>{below}"
        f'<footer><a href="/imprint">Imprint</a></footer></body></html>'
    ).encode()


def following(html: str | bytes, url: str) -> str | None:
    return explain(html, url).next_page


FORMS = {
    "?page=2": ("/road", "/road?page={}"),
    "an article by query": ("/show?id=77", "/show?id=77&amp;page={}"),
    "/2": ("/2024/road", "/2024/road/{}"),
    "/2/": ("/2024/road/", "/2024/road/{}/"),
    "/page/2": ("/road", "/road/page/{}"),
    "-2.html": ("/road.html", "/road-{}.html"),
    "_2.html": ("/road-7731.html", "/road-7731_{}.html"),
    ",2.html": ("/road.html", "/road,{}.html"),
    "/seite-2": ("/weg", "/weg/seite-{}"),
    "-seite-2.html": ("/weg.html", "/weg-seite-{}.html"),
    "/2.html": ("/road.html", "/road/{}.html"),
    "?p=02": ("/road", "/road?p=0{}"),
    "?sivu=2": ("/tie", "/tie?sivu={}"),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("number", [1, 2, 9])
def test_rel_next_names_the_next_page(form: str, number: int) -> None:
    start, numbered = FORMS[form]
    own = ORIGIN + (start if number == 1 else numbered.format(number).replace("&amp;", "&"))
    link = numbered.format(number + 1)
    html = article(1, head=f'<link rel="next" href="{link}">')

    assert following(html, own) == ORIGIN + link.replace("&amp;", "&")


@pytest.mark.parametrize(
    "links",
    [
        '<nav class="pagination"><span>1</span> <a href="/road?page=2">2</a> <a href="/road?page=3">3</a></nav>',
        '<ul class="pager"><li>1</li><li><a href="/road?page=2"><span>2</span></a></li></ul>',
        '<p>Page 1 of 3 <a href="/road?page=2">Next &raquo;</a></p>',
        '<a href="/road?page=2" rel="next">Read on</a>',
        "<div><a class=x href='/road?page=2'>Weiter</a></div>",
        '<a href="/road?page=2">Nächste Seite</a>',
        '<a href="/road?page=2">Page suivante</a>',
        '<a href="/road?page=2">Página siguiente</a>',
        '<a href="/road?page=2">Avanti</a>',
        '<a href="/road?page=2">Próxima página</a>',
        '<a href="/road?page=2">Volgende</a>',
        '<a href="/road?page=2">Nästa sida</a>',
        '<a href="/road?page=2">Seuraava</a>',
        '<a href="/road?page=2">Następna strona</a>',
        '<a href="/road?page=2">Další strana</a>',
        '<a href="/road?page=2">Следующая</a>',
        '<a href="/road?page=2">Sonraki sayfa</a>',
        '<a href="/road?page=2">次のページへ</a>',
        '<a href="/road?page=2">下一页</a>',
        '<a href="/road?page=2">다음</a>',
        '<a href="/road?page=2">الصفحة التالية</a>',
        '<a href="?page=2" title="next">→</a>',
        '<a href="/road?page=2">Page 2: The ferry of old</a>',
        '<a href="https://news.example/road?page=2&amp;utm_source=pager">2</a>',
    ],
)
def test_page_numbers_name_the_next_page(links: str) -> None:
    assert (following(article(1, links=links), f"{ORIGIN}/road") or "").startswith(f"{ORIGIN}/road?page=2")


@pytest.mark.parametrize(
    ("own", "link"),
    [
        ("/road", '<link rel="next" href="/another-article">'),
        ("/road", '<link rel="next" href="/news?page=2">'),
        ("/news/road", '<link rel="next" href="/news/page/2">'),
        ("/road", '<a href="/road?page=2#comments">2</a>'),
        ("/road", '<a class="comment-pager" href="/road?page=2">2</a>'),
        ("/road", '<a href="/road?page=2">2 comments</a>'),
        ("/road", '<a href="/road?page=2">Older comments »</a>'),
        ("/road", '<a href="/road/comment-page-2">2</a>'),
        ("/road", '<a href="/road?cpage=2">2</a>'),
        ("/road", '<a rel="next" href="https://other.example/road?page=2">2</a>'),
        ("/road", '<a href="/road?page=3">3</a>'),
        ("/road", '<a href="/road?page=2">A picture of the road</a>'),
        ("/road", '<a href="/road?page=2">More than 200 readers</a>'),
        ("/a/1234", '<link rel="next" href="/a/1235">'),
        ("/road?page=2", '<a href="/road">1</a>'),
        ("/road?page=2", '<a rel="next" href="/road?page=2">2</a>'),
        ("/", '<a rel="next" href="/road/2">2</a>'),
        ("/road", '<link rel="next" href="http://[bad?page=2">'),
    ],
)
def test_what_only_looks_like_a_next_page_is_none(own: str, link: str) -> None:
    assert following(article(1, links=link), ORIGIN + own) is None


def test_a_page_below_another_address_names_its_own_by_the_canonical() -> None:
    head = f'<link rel="canonical" href="{ORIGIN}/road"><link rel="next" href="/road?page=2">'

    assert following(article(1, head=head), f"{ORIGIN}/go/road-77") == f"{ORIGIN}/road?page=2"


@pytest.mark.parametrize(
    ("url", "first"),
    [
        ("/road", True),
        ("/road?page=1", True),
        ("/road?page=2", False),
        ("/road/2", False),
        ("/a/1234", True),
        ("/a/12", False),
    ],
)
def test_the_first_page_is_known_by_its_address(url: str, first: bool) -> None:
    assert is_first_page(ORIGIN + url) is first


def test_a_number_that_may_be_the_articles_own_is_no_warning() -> None:
    found = explain(article(1, head='<link rel="next" href="/a/13">'), f"{ORIGIN}/a/12")

    assert not [w for w in found.article.metadata.warnings if w.startswith("more pages")]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with serving() as running:
        yield running


def get(url: str, extract: Any = None, **settings: Any) -> Article:
    with Scraper(quick(robots=False, **settings), ExtractSettings(**(extract or {}))) as scraper:
        return scraper.get(url)


def joined(server: HostileServer, start: str, pages: dict[str, bytes], **settings: Any) -> Article:
    for path, html in pages.items():
        server.on(path, page(html))
    return get(server.url(start), **settings)


def parts(record: Article, *numbers: int) -> list[int]:
    """Return whose paragraphs stand in the body, each of a page exactly once and in order."""
    found = [(record.article_body.find(text), n) for n in numbers for text in (*paragraphs(n), paragraphs(n + 500)[0])]
    assert all(record.article_body.count(text) <= 1 for n in numbers for text in paragraphs(n)), "a text stands twice"
    there = [n for at, n in sorted(found) if at >= 0]
    return [n for n in dict.fromkeys(there) if there.count(n) == 8]


def numbers_below(current: int, last: int, path: str = "/road") -> str:
    linked = "".join(
        f"<b>{n}</b> " if n == current else f'<a href="{path}{"" if n == 1 else f"?page={n}"}">{n}</a> '
        for n in range(1, last + 1)
    )
    return f'<nav class="pagination">{linked}</nav>'


def three(kind: str = "rel") -> dict[str, bytes]:
    def page_of(n: int) -> bytes:
        if kind == "rel":
            return article(n, head=f'<link rel="next" href="/road?page={n + 1}">' if n < 3 else "")
        return article(n, links=numbers_below(n, 3))

    return {"/road": page_of(1), "/road?page=2": page_of(2), "/road?page=3": page_of(3)}


@pytest.mark.parametrize("kind", ["rel", "numbers"])
def test_three_pages_become_one_record(server: HostileServer, kind: str) -> None:
    record = joined(server, "/road", three(kind))

    assert (record.metadata.pages, parts(record, 1, 2, 3), len(server.seen)) == (3, [1, 2, 3], 3)


def test_headline_standfirst_and_byline_stand_once(server: HostileServer) -> None:
    record = joined(server, "/road", three())

    assert [record.article_body.count(text) for text in (STANDFIRST, "The long road to the island", "Ida Quill")] == [
        1,
        0,
        0,
    ]


def test_pictures_of_all_pages_are_kept_once(server: HostileServer) -> None:
    record = joined(server, "/road", three())

    assert [str(image.url).rpartition("/")[2] for image in record.images] == ["lead.jpg", "1.jpg", "2.jpg", "3.jpg"]


def test_what_is_computed_is_computed_of_all(server: HostileServer) -> None:
    record, alone = joined(server, "/road", three()), get(server.url("/road"), max_pages=1)

    assert (record.word_count > 2.5 * alone.word_count, record.metadata.text_hash != alone.metadata.text_hash) == (
        True,
        True,
    )


def test_the_identity_is_the_first_pages(server: HostileServer) -> None:
    record, alone = joined(server, "/road", three()), get(server.url("/road"), max_pages=1)

    assert (record.id, record.url, record.headline) == (alone.id, alone.url, alone.headline)


def test_html_and_blocks_hold_all_pages(server: HostileServer) -> None:
    for path, html in three().items():
        server.on(path, page(html))
    record = get(server.url("/road"), {"blocks": True, "markdown": True})
    last = paragraphs(3)[2]

    assert [last in text for text in (record.article_body_html or "", record.article_body_markdown or "")] == [
        True,
        True,
    ]


def test_blocks_that_nobody_asked_for_are_left_out(server: HostileServer) -> None:
    assert joined(server, "/road", three()).blocks is None


def test_one_page_alone_may_be_asked_for(server: HostileServer) -> None:
    record = joined(server, "/road", three(), max_pages=1)

    assert (record.metadata.pages, len(server.seen), record.metadata.warnings) == (
        1,
        1,
        (f"more pages: {server.url('/road?page=2')}",),
    )


def test_a_page_in_the_middle_stays_alone(server: HostileServer) -> None:
    record = joined(server, "/road?page=2", three())

    assert (record.metadata.pages, parts(record, 1, 2, 3)) == (1, [2])


def test_endless_pages_end_at_the_limit(server: HostileServer) -> None:
    def numbered(n: int) -> bytes:
        return article(n, head=f'<link rel="next" href="/road?page={n + 1}">')

    pages = {"/road": numbered(1)} | {f"/road?page={n}": numbered(n) for n in range(2, 40)}
    record = joined(server, "/road", pages)

    assert (
        record.metadata.pages,
        len(server.seen),
        record.metadata.truncated,
        "20 are the limit" in record.metadata.warnings[-1],
    ) == (20, 20, True, True)


def test_endless_pages_of_the_same_words_end_at_once(server: HostileServer) -> None:
    pages = {"/road": article(1, links=numbers_below(1, 9))} | {
        f"/road?page={n}": article(1, links=numbers_below(n, 9)) for n in range(2, 10)
    }
    record = joined(server, "/road", pages)

    assert (record.metadata.pages, len(server.seen), record.metadata.truncated) == (1, 2, False)


def test_another_article_with_a_number_is_not_joined(server: HostileServer) -> None:
    pages = {
        "/review/lamp": article(
            1, head='<link rel="next" href="/review/lamp-2">', title="A lamp for long winter nights"
        ),
        "/review/lamp-2": article(2, title="The second lamp is a heavier disappointment"),
    }
    record = joined(server, "/review/lamp", pages)

    assert (record.metadata.pages, parts(record, 1, 2)) == (1, [1])


def test_a_next_page_that_leads_elsewhere_is_not_joined(server: HostileServer) -> None:
    server.on("/road", page(article(1, head='<link rel="next" href="/road?page=2">')))
    server.on("/road?page=2", b"HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")
    server.on("/other", page(article(2)))

    assert get(server.url("/road")).metadata.pages == 1


def test_a_listing_behind_the_number_is_not_joined(server: HostileServer) -> None:
    items = "".join(f'<li><a href="/n/{n}">{p[:60]}</a></li>' for n, p in enumerate(paragraphs(9, 30)))
    listing = f"<html lang=en><head><title>News</title></head><body><h1>News</h1><ul>{items}</ul></body></html>"
    record = joined(server, "/road", {"/road": article(1, links=numbers_below(1, 2)), "/road?page=2": listing.encode()})

    assert (record.metadata.pages, parts(record, 1)) == (1, [1])


def test_a_missing_page_is_told(server: HostileServer) -> None:
    pages = three()
    del pages["/road?page=3"]
    record = joined(server, "/road", pages)

    assert (record.metadata.pages, record.metadata.truncated, "page 3 is missing" in record.metadata.warnings[-1]) == (
        2,
        True,
        True,
    )


@pytest.mark.parametrize("mark", ["(2/3)", "- Page 2", "| Seite 2 von 3", "(page 2 of 3)", "（第2页）"])
def test_a_headline_may_name_its_page(server: HostileServer, mark: str) -> None:
    pages = {
        "/road": article(1, links=numbers_below(1, 2)),
        "/road?page=2": article(2, title=f"The long road to the island {mark}"),
    }

    assert joined(server, "/road", pages).metadata.pages == 2


def test_robots_txt_counts_for_every_page(server: HostileServer) -> None:
    robots = b"User-agent: *\nDisallow: /road?page=2"
    server.on("/robots.txt", page(robots, kind="text/plain"))
    for path, html in three().items():
        server.on(path, page(html))
    with Scraper(quick()) as scraper:
        record = scraper.get(server.url("/road"))

    assert (record.metadata.pages, len(server.pages), "robots" in record.metadata.warnings[-1]) == (1, 1, True)


def test_explaining_tells_of_every_page(server: HostileServer) -> None:
    for path, html in three().items():
        server.on(path, page(html))
    with Scraper(quick(robots=False)) as scraper:
        found = scraper.explain(server.url("/road"))
    told = [verdict.text for verdict in found.blocks]

    assert [paragraphs(n)[0] in told for n in (1, 2, 3)] == [True, True, True]


def test_iter_joins_pages_too(server: HostileServer) -> None:
    for path, html in three().items():
        server.on(path, page(html))
    with Scraper(quick(robots=False)) as scraper:
        (record,) = scraper.iter([server.url("/road")])

    assert isinstance(record, Article) and record.metadata.pages == 3
