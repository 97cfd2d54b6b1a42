"""What a page is: by its walls, its declarations, and the model."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scraper.body.blocks.segment import segment
from scraper.body.kinds.page_type import page_type
from scraper.metadata.clues import read_clues
from scraper.page.page import page_of

SENTENCE = "The harbour master of Elmsund said on Tuesday that the ice had closed the northern channel again. "
STORY = "".join(f"<p>{SENTENCE * 4}</p>" for _ in range(8))


def verdict(
    html, url="https://news.example/2031/05/02/ice-closes-the-northern-channel", keep=lambda text: len(text) > 80
):
    page = page_of(html, url)
    segments = segment(page.snapshot)
    kept = [keep(block.text) for block in segments]
    text = "\n\n".join(block.text for block, keeps in zip(segments, kept, strict=True) if keeps)
    return page_type(page.snapshot, read_clues(page), segments, kept, text, url)


def page(body, head="", title="Ice closes the northern channel"):
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


ARTICLE = page(
    f"<main><article><h1>Ice closes the northern channel</h1><time>2 May 2031</time>{STORY}</article></main>"
)
DECLARED = (
    '<meta property="og:type" content="article"><script type="application/ld+json">{"@type": "NewsArticle"}</script>'
)


@pytest.mark.parametrize("url", ["https://news.example/2031/05/02/ice-closes-the-northern-channel", None])
def test_a_story_is_an_article(url):
    assert verdict(ARTICLE, url).page_type == "article"


def test_a_declared_article_is_one_for_sure():
    assert verdict(page(STORY, DECLARED)).confidence > 0.98


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Just a moment...", "<h1>news.example</h1><p>Checking your browser before accessing the site.</p>"),
        ("news.example", "<p>Please verify you are a human by completing the CAPTCHA below.</p>"),
        ("Sicherheitsüberprüfung", "<p>Bestätigen Sie, dass Sie ein Mensch sind.</p>"),
        ("Проверка", "<p>Подтвердите, что вы не робот, чтобы продолжить.</p>"),
        ("Access Denied", "<p>You don't have permission to access this server. Reference #18.1</p>"),
    ],
)
def test_a_bot_check_is_refused_as_such(title, body):
    assert verdict(page(body, title=title)).page_type == "bot_check"


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("404 Not Found", "<h1>Not Found</h1><p>nginx</p>"),
        ("Elmsund News", "<h1>Page not found</h1><p>Try our <a href='/'>home page</a>.</p>"),
        ("Seite nicht gefunden", "<h1>Ups!</h1><p>Diese Adresse gibt es nicht mehr.</p>"),
        ("Oops", "<h2>La page introuvable</h2>"),
        ("找不到该页面", "<p>请返回首页</p>"),
        ("503 Service Unavailable", "<p>Try again later.</p>"),
    ],
)
def test_an_error_page_is_refused_as_such(title, body):
    assert verdict(page(body, title=title)).page_type == "error_page"


@pytest.mark.parametrize(
    "title", ["404 people rescued", "Missing page of the logbook found", "Vermisster nicht gefunden"]
)
def test_a_short_item_with_words_of_an_error_is_no_error_page(title):
    assert verdict(page(f"<h1>{title}</h1><p>{SENTENCE * 5}</p>", title=title)).page_type != "error_page"


def test_an_article_about_errors_is_none():
    assert verdict(page(f"<h1>Page not found: why links die</h1>{STORY}")).page_type == "article"


@pytest.mark.parametrize(
    "body",
    [
        "<p>We and our partners use cookies to store and access personal data on your device.</p>",
        "<p>Um unsere Seite mit Werbung und Tracking zu nutzen, stimmen Sie bitte der Verwendung von Cookies zu.</p>",
        "<p>Avec votre consentement, nos partenaires et nous utilisons des traceurs pour stocker des informations.</p>",
    ],
)
def test_a_consent_wall_is_refused_as_such(body):
    assert verdict(page(body, title="news.example")).page_type == "consent_wall"


def test_an_error_page_full_of_teasers_is_refused_as_such():
    html = page(f"<h1>Oops! That page can’t be found.</h1>{STORY}", title="Page not found | Elmsund News")
    assert verdict(html).page_type == "error_page"


def test_a_long_consent_dialogue_is_refused_as_such():
    text = "<p>We and our partners use cookies to store and access personal data on your device, with your consent.</p>"
    html = page(f'<div class="message-container" role="dialog">{text * 30}</div>', title="Your privacy choices")
    assert verdict(html).page_type == "consent_wall"


def test_an_article_about_cookies_is_no_consent_wall():
    text = "<p>The council voted on Tuesday to do without cookies and to ask nobody for consent any more.</p>"
    assert verdict(page(f"<article><h1>Town gives up cookies</h1>{text * 30}</article>")).page_type != "consent_wall"


def test_a_home_page_with_a_cookie_notice_is_no_consent_wall():
    card = '<div class="card"><a href="/{n}"><h3>Headline number {n}</h3></a></div>'
    notice = "<p>We use cookies and similar technologies to measure traffic and to remember your choices.</p>"
    html = page("".join(card.format(n=n) for n in range(40)) + notice, title="Elmsund News")
    assert verdict(html, "https://news.example/").page_type == "listing"


def test_text_that_was_found_in_json_ld_makes_an_article():
    opened = page_of(page('<div id="root">Loading</div>', DECLARED), None)
    segments = segment(opened.snapshot)
    found = page_type(opened.snapshot, read_clues(opened), segments, [False] * len(segments), SENTENCE * 9, None)
    assert (found.page_type, found.refused) == ("article", False)


def test_a_page_without_text_is_empty():
    assert verdict(page('<div id="root"></div>')).page_type == "empty"


@pytest.mark.parametrize(
    "line",
    [
        "Subscribe to continue reading",
        "Jetzt weiterlesen mit Plus",
        "Article réservé aux abonnés",
        "この記事は有料会員限定です",
        "この記事は会員限定です",
        "Ce contenu est réservé aux inscrits",
        "Få fuld adgang til sn.example og læs resten af artiklen",
        "Log in to check access",
    ],
)
def test_a_stub_before_a_paywall_is_truncated(line):
    assert verdict(page(f"<h1>Ice</h1><p>{SENTENCE * 4}</p><div>{line}</div>", DECLARED)).truncated


def test_a_stub_is_no_refusal():
    assert not verdict(
        page(f"<h1>Ice</h1><p>{SENTENCE * 4}</p><div>Subscribe to continue reading</div>", DECLARED)
    ).refused


def test_a_whole_article_with_a_subscription_pitch_is_not_truncated():
    assert not verdict(page(f"{STORY}<div>Subscribe to read more like this</div>", DECLARED)).truncated


LOCKED = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'


@pytest.mark.parametrize(("head", "truncated"), [(LOCKED, True), (DECLARED, False)], ids=["locked", "open"])
def test_half_an_article_before_a_paywall_is_truncated_where_the_page_declares_itself_locked(head, truncated):
    assert verdict(page(f"{STORY}<div>Unlock this article</div>", head)).truncated is truncated


@pytest.mark.parametrize(("tier", "truncated"), [("free", False), ("metered", True)])
def test_a_free_article_is_whole_whatever_is_for_subscribers_beside_it(tier, truncated):
    head = f'{DECLARED}<meta property="article:content_tier" content="{tier}">'
    body = f"<h1>Ice</h1><p>{SENTENCE * 4}</p><div>Comments are for subscribers only</div>"
    assert verdict(page(body, head)).truncated is truncated


def test_a_list_of_other_articles_for_members_cuts_nothing():
    assert not verdict(page(f"<h1>Ice</h1><p>{SENTENCE * 4}</p><h2>会員限定記事</h2>", DECLARED)).truncated


def test_a_declared_live_blog_is_one():
    script = (
        '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "LiveBlogPosting"}</script>'
    )
    assert verdict(page(STORY, script)).page_type == "live_blog"


def test_a_home_page_of_teasers_is_a_listing():
    card = '<div class="card"><a href="/story-{n}"><h3>Headline number {n}</h3></a><span>2 h ago</span></div>'
    html = page("".join(card.format(n=n) for n in range(40)), title="Elmsund News")
    found = verdict(html, "https://news.example/")
    assert (found.page_type, found.refused) == ("listing", True)


def test_a_thread_is_a_forum():
    post = (
        '<div class="message post"><div class="author">user{n}</div><span>Joined: 2019</span><span>Posts: {n}</span>'
        f'<div class="message-body">{SENTENCE}</div><button>Quote</button><button>Reply</button></div>'
    )
    html = page("<h1>Ice?</h1>" + "".join(post.replace("{n}", str(n)) for n in range(20)), title="Ice? | Elmsund Forum")
    assert verdict(html, "https://forum.example/threads/ice.123/").page_type == "forum"


def test_the_reason_is_in_words():
    assert verdict(page("<h1>Page not found</h1>")).reason.startswith("an error page")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(), st.text(), st.one_of(st.none(), st.text()))
def test_any_page_gets_a_verdict(title, body, url):
    assert 0 <= verdict(page(body, title=title), url).confidence <= 1
