import pytest


def ld(pairs):
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Town bridge opens", {pairs}}}</script>'


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://www.example.com/a/b", "https://www.example.com/a/b"),
        ("/a/b", "https://www.example.com/a/b"),
        ("https://m.example.com/a/b", "https://m.example.com/a/b"),
        ("https://other.example.org/a/b", None),
        ("https://www.example.com/", None),
        ("javascript:alert(1)", None),
        ("http://[::1/", None),
    ],
)
def test_canonical_url_is_plausible_or_none(value, href, expected):
    assert value("canonicalUrl", f'<link rel="canonical" href="{href}">') == expected


def test_canonical_url_of_a_page_whose_own_address_names_no_host(value):
    head = '<link rel="canonical" href="https://www.example.com/a/b">'
    assert value("canonicalUrl", head, url="saved::page.html") == "https://www.example.com/a/b"


def test_refused_canonical_url_is_a_problem(problems):
    assert "another site" in problems("canonicalUrl", '<link rel="canonical" href="https://other.example.org/a">')[0]


@pytest.mark.parametrize(
    ("raw", "free"), [("true", True), ("false", False), ('"False"', False), ('"http://schema.org/True"', True)]
)
def test_free_access_as_declared(value, raw, free):
    assert value("isAccessibleForFree", ld(f'"isAccessibleForFree": {raw}')) is free


def test_locked_tier_is_not_free(value):
    assert value("isAccessibleForFree", '<meta property="article:content_tier" content="locked">') is False


def test_publisher_has_its_logo(value):
    head = ld(
        '"publisher": {"@type": "Organization", "name": "Daily Example", "logo": {"@type": "ImageObject", "url": "/logo.png"}}'
    )
    assert value("publisher", head).logo == "https://www.example.com/logo.png"


def test_host_stands_in_for_an_unnamed_publisher(value):
    assert value("publisher").name == "example.com"


def test_licence_of_a_link(value):
    link = '<a rel="license" href="https://creativecommons.org/licenses/by/4.0/">CC</a>'
    assert value("license", "", link) == "https://creativecommons.org/licenses/by/4.0/"


@pytest.mark.parametrize(
    "head",
    [
        ld('"keywords": ["bridge", "council"]'),
        ld('"keywords": "bridge, council"'),
        '<meta name="news_keywords" content="bridge,council">',
        '<meta property="article:tag" content="bridge"><meta property="article:tag" content="council">',
        '<meta name="keywords" content="bridge; council">',
    ],
)
def test_keywords_of_any_syntax(value, head):
    assert value("keywords", head) == ("bridge", "council")


def test_keywords_of_links_to_topics(value):
    links = '<ul><li><a href="/topic/bridge">bridge</a></li><li><a href="/topic/council">council</a></li></ul>'
    assert value("keywords", "", f"<h1>Town bridge opens</h1>{links}") == ("bridge", "council")


def test_site_name_is_no_keyword(value):
    head = (
        '<meta property="og:site_name" content="Daily Example"><meta name="keywords" content="bridge, Daily Example">'
    )
    assert value("keywords", head) == ("bridge",)


def test_section_of_json_ld(value):
    assert value("articleSection", ld('"articleSection": ["Local", "Traffic"]')) == ("Local", "Traffic")


def test_breadcrumbs_are_in_their_order(value):
    crumbs = '<script type="application/ld+json">{"@type": "BreadcrumbList", "itemListElement": [{"position": 2, "name": "Local", "item": "/local"}, {"position": 1, "item": {"@id": "/", "name": "Home"}}]}</script>'
    assert [c.name for c in value("breadcrumbs", crumbs)] == ["Home", "Local"]


def test_standfirst_under_the_headline(value):
    body = '<h1>Town bridge opens</h1><div class="article__standfirst">After six years, cars can cross at last.</div>'
    assert value("alternativeHeadline", "", body) == "After six years, cars can cross at last."


def test_live_updates_are_newest_first(value):
    script = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Live", "liveBlogUpdate": [{"@type": "BlogPosting", "headline": "One", "datePublished": "2024-05-03T10:00:00Z", "articleBody": "a"}, {"@type": "BlogPosting", "headline": "Two", "datePublished": "2024-05-03T11:00:00Z", "articleBody": "b"}]}</script>'
    assert [u.headline for u in value("liveUpdates", script)] == ["Two", "One"]


def test_organisation_that_the_article_tells_of_is_not_the_site(value):
    head = ld('"about": {"@type": "Organization", "name": "Harbour"}, "keywords": ["bridge", "Harbour"]')
    assert value("keywords", head) == ("bridge", "Harbour")


def test_fuller_list_of_keywords(value):
    head = ld('"keywords": ["bridge", "council"]') + '<meta name="keywords" content="Bridge, council, mayor">'
    assert value("keywords", head) == ("Bridge", "council", "mayor")


def test_list_of_phrases_for_search_engines_is_not_fuller(value):
    phrases = ", ".join(f"town bridge news {k}" for k in range(9))
    head = ld('"keywords": ["bridge", "council"]') + f'<meta name="keywords" content="bridge, council, {phrases}">'
    assert value("keywords", head) == ("bridge", "council")


def test_keywords_that_json_ld_runs_together(value):
    head = (
        ld('"keywords": "bridge town council mayor"')
        + '<meta name="news_keywords" content="mayor,bridge,town council">'
    )
    assert value("keywords", head) == ("mayor", "bridge", "town council")


def test_links_of_running_text_are_no_keywords(value):
    body = f'<h1>Town bridge opens</h1><p>{"The mayor was waiting. " * 9}<a href="/topic/work/x">most of the work</a> and more.</p>'
    assert value("keywords", "", body) is None


def test_sentence_between_headline_and_byline_is_the_standfirst(value):
    body = "<h1>Town bridge opens</h1><div>Nine thousand cars will use it each day.</div><div>By Jane Doe, May 3, 2024</div>"
    assert value("alternativeHeadline", "", body) == "Nine thousand cars will use it each day."


def test_notice_between_headline_and_byline_is_no_standfirst(value):
    body = "<h1>Town bridge opens</h1><div><b>Town</b></div><div>This post may contain affiliate links.</div><div>May 3, 2024</div>"
    assert value("alternativeHeadline", "", body) is None


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ('<meta property="og:site_name" content="Town bridge opens after six years | Daily">', "example.com"),
        ('<meta property="og:site_name" content="Example Daily – News from the valley">', "Example Daily"),
        ('<meta property="og:site_name" content="All of the news of the valley | Example">', "Example"),
        ('<meta property="og:site_name" content=".:: EXAMPLE ::. Templates, vouchers / designs">', "EXAMPLE"),
        ('<meta property="og:site_name" content="Exam Ple Guide of Lorne | Get Inspired">', "Exam Ple Guide of Lorne"),
        ('<meta property="og:site_name" content="Exam - Tests for all of the World">', "Exam - Tests for all of the World"),
        ('<meta property="og:site_name" content="The Valley - News from the hills">', "The Valley - News from the hills"),
        ('<meta name="copyright" content="Copyright © 2001-2009 by Daily Valley. All rights reserved.">', "Daily Valley"),
        ('<meta name="copyright" content="Copyright &amp;copy; 2009">', "example.com"),
        ('<meta name="copyright" content="Daily Valley, Mill Lane 3, 54300 Valley">', "example.com"),
        ('<meta name="dc.publisher" content="Jane Doe jane@example.com">', "Jane Doe"),
        ('<meta name="copyright" content="Jane Doe. For more see https://example.com/terms">', "Jane Doe. For more see"),
    ],
    ids=["headline", "claim", "claim first", "signs", "words of the host", "letters", "other host", "rights", "year", "address", "mail", "link"],
)  # fmt: skip
def test_name_of_the_publisher(value, head, name):
    h1 = "<h1>Town bridge opens after six years</h1>"
    host = "exam.example" if name.startswith("Exam -") else "example.com"
    assert value("publisher", head, h1, url=f"https://www.{host}/news/1").name == name


@pytest.mark.parametrize(
    ("title", "url", "name"),
    [
        ("Town bridge opens | Lorne Courier", "https://www.lornecourier.example/a", "Lorne Courier"),
        ("Town bridge opens - The Lorne Courier", "https://lorne-courier.example/a", "The Lorne Courier"),
        ("Lorne Courier: Politics | Town bridge opens", "https://lornecourier.example/a", None),
        ("Brücke offen | Süd-Zeitung", "https://sued-zeitung.example/a", "Süd-Zeitung"),
        ("Brücke offen | Süd-Zeitung", "https://sudzeitung.example/a", "Süd-Zeitung"),
        ("Town bridge opens | Lorne Evening Courier", "https://lec.example/a", "Lorne Evening Courier"),
        ("Town bridge opens | Politics", "https://lornecourier.example/a", None),
        ("Lorne 4 Talks » Blog » Town bridge opens", "https://lorne4talks.example/a", "Lorne 4 Talks"),
        (
            "Town bridge opens - Lorner Chorverband e.V.",
            "https://chorverband-lorne.example/a",
            "Lorner Chorverband e.V.",
        ),
        ("Town bridge opens - Politics", "https://choir-lorne.example/a", None),
        ("Lorne Courier", "https://lornecourier.example/a", None),
    ],
)
def test_publisher_is_the_part_of_the_title_that_the_host_spells(value, title, url, name):
    found = value("publisher", f"<title>{title}</title>", url=url)
    assert found.name == (name or url.split("/")[2].removeprefix("www."))


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Home", "Lorne Courier"),
        ("Courier", "Courier"),
        ("Lorne Courier Online", "Lorne Courier Online"),
        ("LC", "Lorne Courier"),
    ],
)
def test_stated_site_that_the_host_does_not_know_gives_way_to_the_title(value, stated, name):
    head = f'<title>Town bridge opens | Lorne Courier</title><meta property="og:site_name" content="{stated}">'
    assert value("publisher", head, url="https://lornecourier.example/a").name == name


def test_stated_name_whose_initials_are_the_host_stays(value):
    head = '<title>Town bridge opens | LEC</title><meta property="og:site_name" content="Lorne Evening Courier">'
    assert value("publisher", head, url="https://lec.example/a").name == "Lorne Evening Courier"
