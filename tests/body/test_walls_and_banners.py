"""A short article beside a big banner is an article; the same banner alone is a wall: each in both directions."""

from __future__ import annotations

import pytest

from scraper import explain

URL = "https://news.example/2026/03/11/low-tide"
SHORT = (
    "<p>The ferry to Varnholm stayed in port on Tuesday because the tide was lower than the harbour had seen in years.</p>"
    "<p>Some forty passengers spent the afternoon in the waiting room, where the kiosk ran out of soup by three.</p>"
)
ONE_LINE = "<p>Ana: who slips on the ice next? Me: you will, I bet, in a ... aah. Paff. Ow. Ana: I win, as I do every winter!</p>"
COOKIES = (
    "We and our 812 partners store and access information on your device, such as cookies, and process personal data. "
    "With your consent we may use precise location data and your data for personalised ads and content, measurement of "
    "ads, audience research and the development of services. You may withdraw your consent at any time in our privacy policy."
)
HUMAN = "Please verify you are human by completing the action below."
REVIEW = "This site needs to review the security of your connection before proceeding, which takes a few seconds."


def post(text: str = SHORT, title: str = "Ferry waits for water", more: str = "", head: str = "") -> str:
    return (
        f"<html lang=en><head><title>{title} - Varnholm Post</title>{head}</head><body><nav><a href=/>Home</a>"
        f"<a href=/harbour>Harbour</a></nav><div class=content><div class=post><h1>{title}</h1><div class=date>11 March"
        f" 2026</div><div class=entry>{text}</div></div></div>{more}<footer><a href=/imprint>Imprint</a></footer></body></html>"
    )


def bare(body: str, title: str) -> str:
    return f"<html lang=en><head><title>{title}</title></head><body>{body}</body></html>"


def declared(kind: str = "NewsArticle", more: str = "") -> str:
    return (
        f'<script type="application/ld+json">{{"@context":"https://schema.org","@type":"{kind}",'
        f'"headline":"Ferry waits for water","datePublished":"2026-03-11T09:00:00Z"{more}}}</script>'
    )


ARTICLES = {
    "line_above_a_cookie_form": post(ONE_LINE, more=f"<form><input type=submit value=OK>{COOKIES}</form>"),
    "consent_dialogue_below": post(more=f'<div id=cmp class="cmp-box"><p>{COOKIES}</p><button>Accept</button></div>'),
    "consent_dialogue_above": post(text=SHORT).replace(
        "<nav>", f"<div class=overlay role=dialog><h2>Your privacy</h2><p>{COOKIES}</p></div><nav>"
    ),
    "consent_in_plain_boxes": post(more=f"<div><div><p>{COOKIES}</p></div><div><p>{COOKIES}</p></div></div>"),
    "consent_in_the_text_too": post(
        SHORT
        + "<p>The harbour office said that it would ask for the consent of the crews before it moves the pier.</p>",
        more=f"<div class=notice><p>{COOKIES}</p></div>",
    ),
    "captcha_of_the_comments": post(more="<form><label>Captcha *</label><input name=c><label>Name</label></form>"),
    "robot_line_of_the_comments": post(more="<form><p>Tick the box to show that you are not a robot.</p></form>"),
    "headline_of_a_security_check": post(title="Security check delays the ferry", head=declared()),
    "headline_of_just_a_moment": post(
        title="Just a moment of low tide", head="<meta property=og:type content=article>"
    ),
    "headline_of_a_service": post(title="Ferry service unavailable until Monday"),
    "headline_of_maintenance": post(title="Harbour site under maintenance, ferry waits"),
    "headline_of_a_lost_page": post(title="Page not found for a century turns up in Varnholm", head=declared()),
}
WALLS = {
    "dialogue": (
        bare(f'<div class="cmp"><h1>Your privacy</h1><p>{COOKIES}</p><button>Accept all</button></div>', "Post"),
        "consent_wall",
    ),
    "dialogue_in_plain_boxes": (
        bare(f"<div><div><p>{COOKIES}</p></div><div><p>{COOKIES}</p></div></div>", "Post"),
        "consent_wall",
    ),
    "dialogue_with_an_offer": (
        bare(
            f"<div class=page><div class=left><h2>Read on with ads</h2><p>{COOKIES}</p></div><div class=right><h2>Read on without</h2>"
            "<p>Subscribe for 2.99 a month and read the whole Post without tracking by others.</p></div></div>",
            "Varnholm Post",
        ),
        "consent_wall",
    ),
    "dialogue_with_purposes": (
        bare(
            f"<main><section><p>{COOKIES}</p></section><section><ul><li>Use limited data to select advertising, "
            "create a profile can be built on what you read and more.</li><li>Your device can be recognised by what it "
            "sends of its own accord, such as its screen.</li></ul></section></main>",
            "Varnholm Post - consent",
        ),
        "consent_wall",
    ),
    "challenge": (bare(f"<h1>news.example</h1><p>{HUMAN}</p><p>{REVIEW}</p>", "Just a moment..."), "bot_check"),
    "challenge_without_title": (bare(f"<div><h2>{HUMAN}</h2><p>{REVIEW}</p></div>", "news.example"), "bot_check"),
    "challenge_in_boxes": (
        bare(f"<div><div><p>{HUMAN}</p></div><div><p>{REVIEW}</p></div></div>", "news.example"),
        "bot_check",
    ),
    "access_denied": (
        bare(
            "<h1>Access Denied</h1><p>You don't have permission to access this server, because your network has sent "
            "us too many requests.</p><p>Reference 18.5e6f1402.1773</p>",
            "Access Denied",
        ),
        "bot_check",
    ),
    "not_found": (
        post(
            "<p>It looks like nothing was found at this location. Maybe try one of the links below or a search?</p>",
            "Page not found",
        ),
        "error_page",
    ),
    "not_found_at_length": (
        post(
            "<p>Sorry, but the page that you were trying to view does not exist, because the address was mistyped.</p>"
            "<p>If you came here by a link on our own pages, please write to the desk and tell us where it stands.</p>",
            "Oops! That page can't be found",
        ),
        "error_page",
    ),
    "not_found_with_a_name": (
        post("<p>The story that you want has moved, or it never was here at all, sorry.</p>", "404 - Varnholm Post"),
        "error_page",
    ),
    "unavailable": (
        bare(
            "<h1>503 Service Unavailable</h1><p>The server is temporarily unable to service your request due to maintenance downtime or capacity.</p>",
            "503 Service Unavailable",
        ),
        "error_page",
    ),
}


@pytest.mark.parametrize("html", ARTICLES.values(), ids=ARTICLES)
def test_short_article_beside_a_banner_is_no_wall(html: str) -> None:
    found = explain(html, URL)
    assert found.article.metadata.page_type not in {"consent_wall", "bot_check", "error_page"}, found.refusal


@pytest.mark.parametrize(("html", "kind"), WALLS.values(), ids=WALLS)
def test_wall_alone_is_refused_as_such(html: str, kind: str) -> None:
    assert explain(html, URL).article.metadata.page_type == kind


@pytest.mark.parametrize(("free", "truncated"), [("true", False), ("false", True), ('"True"', False)])
def test_line_for_subscribers_beside_an_article_declared_free_cuts_nothing(free: str, *, truncated: bool) -> None:
    head = declared(more=f',"isAccessibleForFree":{free}') + "<meta property=og:type content=article>"
    html = post(head=head, more="<p>Comments are for subscribers only.</p>")
    assert explain(html, URL).article.metadata.truncated is truncated


@pytest.mark.parametrize("name", ["line_above_a_cookie_form", "consent_dialogue_below", "consent_dialogue_above"])
def test_banner_beside_a_short_article_is_not_in_its_body(name: str) -> None:
    body = explain(ARTICLES[name], URL).article.article_body
    assert ("812 partners" in body, "ice next" in body or "forty passengers" in body) == (False, True)


def test_short_article_about_consent_keeps_its_text() -> None:
    text = (
        "<p>Our partners use cookies on your device with your consent, says the paper that the council sent to all.</p>"
    )
    assert "cookies on your device" in explain(post(SHORT + text), URL).article.article_body
