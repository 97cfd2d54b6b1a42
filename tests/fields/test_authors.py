import pytest

from tests.fields.chosen import TEXT, choices_of

H1 = "<h1>Town bridge opens</h1>"


def ld(author):
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Town bridge opens", "author": {author}}}</script>'


def names(people):
    return [person.name for person in people or ()]


@pytest.mark.parametrize(
    "author",
    [
        '"Jane Doe"',
        '["Jane Doe"]',
        '{"@type": "Person", "name": "Jane Doe"}',
        '[{"@type": "Person", "name": "By Jane Doe"}]',
        '{"name": ["Jane Doe"]}',
        '{"@type": "Person", "name": "Jane&#32;Doe"}',
    ],
)
def test_author_of_json_ld_in_any_shape(value, author):
    assert names(value("authors", ld(author), H1)) == ["Jane Doe"]


def test_author_by_reference_into_the_graph(value):
    graph = '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "Town bridge opens", "author": {"@id": "#j"}}, {"@type": "Person", "@id": "#j", "name": "Jane Doe"}]}</script>'
    assert names(value("authors", graph, H1)) == ["Jane Doe"]


def test_author_keeps_the_address_of_the_profile(value):
    people = value("authors", ld('{"@type": "Person", "name": "Jane Doe", "url": "/people/jane"}'), H1)
    assert people[0].url == "https://www.example.com/people/jane"


def test_profile_address_that_is_a_script_is_left_out(value):
    people = value("authors", ld('{"name": "Jane Doe", "url": "javascript:alert(1)"}'), H1)
    assert people[0].url is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="author" content="Jane Doe">',
        '<meta property="article:author" content="Jane Doe">',
        '<meta name="parsely-author" content="Jane Doe">',
        '<meta name="sailthru.author" content="Jane Doe">',
        '<meta name="dc.creator" content="Doe, Jane">',
    ],
)
def test_author_of_a_meta_tag(value, head):
    assert names(value("authors", head, H1)) == ["Jane Doe"]


@pytest.mark.parametrize(
    "byline",
    [
        '<div class="byline">By Jane Doe</div>',
        '<div class="byline"><span>By</span> <a href="/author/jane">Jane Doe</a> <span>Staff Writer</span></div>',
        '<a rel="author" href="/jane">Jane Doe</a>',
        '<span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">Jane Doe</b></span>',
        '<div class="vcard author"><a class="fn" href="/u/1">Jane Doe</a></div>',
        "<div>By Jane Doe</div>",
        "<div>Written by</div><div>Jane Doe</div>",
        "<div>May 3, 2024 · 3 min read · By Jane Doe</div>",
    ],
)
def test_visible_byline(value, byline):
    assert names(value("authors", "", H1 + byline)) == ["Jane Doe"]


def test_people_are_preferred_to_the_house(value):
    head = ld('{"@type": "Organization", "name": "Daily Example"}')
    assert names(value("authors", head, f'{H1}<div class="byline">By Jane Doe</div>')) == ["Jane Doe"]


def test_house_is_the_author_where_no_person_is_named(value):
    people = value("authors", ld('{"@type": "Organization", "name": "Daily Example"}'), H1)
    assert (people[0].name, people[0].type) == ("Daily Example", "Organization")


def test_second_author_that_only_readers_see_is_added(value):
    body = f'{H1}<div class="byline"><a href="/author/j">Jane Doe</a> <a href="/author/r">John Roe</a></div>'
    assert names(value("authors", ld('"Jane Doe"'), body)) == ["Jane Doe", "John Roe"]


def test_agency_is_no_author(value):
    assert value("authors", ld('"Reuters"'), H1) is None


def test_commenter_is_no_author(value):
    body = f'{H1}<div class="comment-author">Bob Troll</div>'
    assert value("authors", "", body) is None


def test_photographer_is_no_author(value):
    assert value("authors", "", f'{H1}<div class="photo-author">Photo: Bob Shot</div>') is None


def test_job_beside_a_person_is_no_author(value):
    body = f'{H1}<div class="author">Jane Doe</div><div class="author">Head Writer</div>'
    assert names(value("authors", "", body)) == ["Jane Doe"]


def test_part_of_the_house_beside_a_person_is_no_author(value):
    head = '<meta property="og:site_name" content="Daily Example">'
    body = f'{H1}<div class="author">Jane Doe</div><div class="author">Daily Example Coast</div>'
    assert names(value("authors", head, body)) == ["Jane Doe"]


def test_house_that_is_listed_beside_a_person_stays(value):
    head = '<meta property="og:site_name" content="Daily Example">' + ld('["Jane Doe", "Daily Example"]')
    assert names(value("authors", head, H1)) == ["Jane Doe", "Daily Example"]


def test_marks_around_the_article_give_way_to_what_the_page_says_twice(value):
    marks = "".join(f'<span itemprop="author">{name}</span>' for name in ("Jane Doe", "Bob Poe", "Mia Roe"))
    head = '<meta name="author" content="Jane Doe">'
    assert names(value("authors", head, f'{H1}<div class="byline">By Jane Doe</div>{marks}')) == ["Jane Doe"]


def test_reviewer_beside_the_author_of_json_ld_is_no_author(value):
    body = f'{H1}<div class="author"><a href="/author/j">Jane Doe</a></div><div class="author"><a href="/author/m">Mia Roe</a></div>'
    assert names(value("authors", ld('"Jane Doe"'), body)) == ["Jane Doe"]


def test_line_of_the_head_adds_the_second_author(value):
    body = f"{H1}<div>By Jane Doe and John Roe</div>"
    assert names(value("authors", ld('"Jane Doe"'), body)) == ["Jane Doe", "John Roe"]


def test_authority_is_no_author(value):
    assert value("authors", "", f'{H1}<p class="quote" data-about="school authority">anna</p>') is None


def test_statement_of_the_page_beats_the_box_behind_the_text():
    head = '<meta name="author" content="Jane Doe">'
    html = f'<html><head>{head}</head><body>{H1}{4 * f"<p>{TEXT}</p>"}<div class="author">Bob Tail</div></body></html>'
    assert names(choices_of(html)["authors"].winner.value) == ["Jane Doe"]


def test_byline_in_the_last_line_of_the_head():
    html = f'<html><body>{H1}<div>3. Mai 2024 <span class="post-author">Redaktion</span></div></body></html>'
    assert names(choices_of(html)["authors"].winner.value) == ["Redaktion"]


def test_byline_that_readers_see_beats_who_typed_it_in(value):
    assert names(value("authors", ld('"Typist Jones"'), f"{H1}<div>By: Jane Doe</div>")) == ["Jane Doe"]


def test_byline_of_json_ld_stays_where_readers_see_its_name_too(value):
    body = f'{H1}<div>By Jane Doe Updated</div><div class="byline"><a href="/author/j">Jane Doe</a></div>'
    assert names(value("authors", ld('"Jane Doe"'), body)) == ["Jane Doe"]


def test_reviewer_in_the_line_does_not_beat_json_ld(value):
    assert names(value("authors", ld('"Jane Doe"'), f"{H1}<div>Reviewed by: Mia Roe</div>")) == ["Jane Doe"]


def test_photographer_in_the_line_does_not_beat_json_ld(value):
    assert names(value("authors", ld('"Jane Doe"'), f"{H1}<div>Foto: Max Beispiel</div>")) == ["Jane Doe"]


def test_byline_of_a_teaser_before_the_headline_does_not_beat_the_article(value):
    body = f'<div>by Tess Teaser</div><div>Other news</div>{H1}<div class="author">Jane Doe</div>'
    assert names(value("authors", "", body)) == ["Jane Doe"]


def test_fact_checker_in_an_element_of_authors_is_none(value):
    body = f'{H1}<div><a class="author" href="/author/j">Jane Doe</a> | Fact-checked by <a class="author" href="/author/m">Mia Roe</a></div>'
    assert names(value("authors", "", body)) == ["Jane Doe"]


def test_editor_behind_an_element_of_authors_is_none(value):
    body = f'{H1}<div><b class="author-name">Jane Doe</b><i>Writer</i></div><div><b class="author-name">Mia Roe</b><i>Editor</i></div>'
    assert names(value("authors", "", body)) == ["Jane Doe"]


def test_link_to_a_page_about_the_author(value):
    people = value("authors", "", f'{H1}<div><a class="x1" href="/people/jane-doe">Jane Doe</a></div>')
    assert (people[0].name, people[0].url) == ("Jane Doe", "https://www.example.com/people/jane-doe")


@pytest.mark.parametrize(
    "line",
    [
        "<p>Jane Doe | Senior Reporter | July 2, 2024</p>",
        "<div><span>Dec 17, 2023</span><span>Jane Doe</span></div>",
    ],
)
def test_name_beside_a_date(value, line):
    assert names(value("authors", "", H1 + line)) == ["Jane Doe"]


@pytest.mark.parametrize("text", [f"By Jane Doe: {TEXT}", f"{TEXT} Von Jane Doe"])
def test_byline_at_the_edge_of_the_first_paragraph(value, text):
    assert names(value("authors", "", H1, text=text)) == ["Jane Doe"]


def test_journals_own_tags_list_all_authors(value):
    head = "".join(f'<meta name="citation_author" content="{n}">' for n in ("Doe, Jane", "John Roe"))
    body = f'{H1}<div class="author">Jane Doe, Institute of Examples</div>'
    assert names(value("authors", head, body)) == ["Jane Doe", "John Roe"]


def test_author_in_the_footer_of_the_article(value):
    body = f'<article>{H1}<footer class="entry-meta"><span>Posted by</span> <a rel="author" href="/a/j">Jane Doe</a></footer></article>'
    assert names(value("authors", "", body)) == ["Jane Doe"]


def test_author_in_the_footer_of_the_site_is_none(value):
    assert value("authors", "", f'{H1}<footer class="site-footer"><a rel="author">Jane Doe</a></footer>') is None


def test_house_whose_host_has_no_blanks_gives_way_to_a_byline(value):
    head = '<meta name="author" content="Daily Sample News">'
    body = f'{H1}<div class="author">jane doe</div>'
    assert names(value("authors", head, body, url="https://www.dailysamplenews.com/a")) == ["jane doe"]


def test_reviewer_is_no_author_where_the_house_wrote(value):
    body = f'{H1}<div class="author">Written by Example Desk</div><div class="author">Reviewed by Mia Roe</div>'
    assert names(value("authors", "", body)) == ["Example Desk"]


def test_line_of_a_reviewer_gives_way_to_the_house(value):
    body = f'{H1}<p>Reviewed by Mia Roe</p><div class="author">Daily Example Team</div>'
    assert names(value("authors", "", body)) == ["Daily Example Team"]


def test_byline_beats_the_box_about_who_typed_it_in():
    head = '<meta name="author" content="Typist Jones">'
    box = '<div class="author">Typist Jones</div>'
    html = f"<html><head>{head}</head><body>{H1}<p>By Jane Doe, MS, RDN</p>{6 * f'<p>{TEXT}</p>'}{box}</body></html>"
    assert names(choices_of(html)["authors"].winner.value) == ["Jane Doe"]


def test_name_with_the_next_word_stuck_to_it_gives_way_to_the_statement(value):
    head = '<meta property="og:site_name" content="Jane Doe"><meta name="author" content="Jane Doe">'
    body = f"{H1}<div>On May 3, 2024 By Jane DoeIn Travel, Bridges</div>"
    assert names(value("authors", head, body)) == ["Jane Doe"]


def test_marks_of_teasers_alone_give_way_to_what_the_page_says_twice(value):
    marks = "".join(f'<span itemprop="author">By {name}</span>' for name in ("Ann Poe", "Bob Poe", "Mia Roe"))
    head = '<meta name="author" content="Jane Doe">'
    assert names(value("authors", head, f'<div class="author">by Jane Doe</div>{H1}{marks}')) == ["Jane Doe"]


@pytest.mark.parametrize(
    "line",
    [
        "<div>Trade Program</div>",
        "<div>Example Data Sets of Rivers</div><div>3 May 2024</div>",
        "<div><a>Rivers</a> <a>Bridges</a> <a>Towns</a></div><div>3 May 2024</div>",
        "<div>Next Event on 3 May</div>",
    ],
)
def test_line_like_a_name_is_no_author_where_nothing_introduces_it(value, line):
    assert value("authors", "", H1 + line) is None


@pytest.mark.parametrize("beside", ["3 May 2024", "Senior Editor", "Last updated:"])
def test_name_alone_is_the_author_beside_a_date_or_a_job(value, beside):
    assert names(value("authors", "", f"{H1}<div>Jane Doe</div><div>{beside}</div>")) == ["Jane Doe"]


def test_name_alone_is_the_author_where_the_end_tells_of_its_bearer(value):
    text = f"{TEXT}</p><div>Jane Doe is an engineer from the valley.</div><p>"
    assert names(value("authors", "", f"{H1}<div>Jane Doe</div>", text=text)[:1]) == ["Jane Doe"]


@pytest.mark.parametrize("line", ["Foto: Max Beispiel", "Photo credit: Max Beispiel / Agency", "© by Max Beispiel"])
def test_picture_credit_is_no_byline(line):
    page = f"<html><body>{H1}<p>{TEXT}</p><p>{TEXT}</p><div>{line}</div></body></html>"
    assert choices_of(page)["authors"].winner is None


def test_name_of_an_organisation_is_not_split(value):
    people = value("authors", ld('{"@type": "Organization", "name": "Doe & Roe Partners"}'), H1)
    assert [(p.name, p.type) for p in people] == [("Doe & Roe Partners", "Organization")]


def test_editor_whose_label_is_two_elements_is_no_author(value):
    body = f'{H1}<div class="byline"><b>Written</b> <b>by</b> Jane Doe | <b>Edited</b> <b>by</b> Mia Roe</div>'
    assert names(value("authors", "", body)) == ["Jane Doe"]


def test_who_updated_the_text_is_no_author_of_microdata(value):
    mark = '<span itemprop="author"><b itemprop="name">%s</b></span>'
    body = f"{H1}<div>By {mark % 'Jane Doe'}</div><div>Updated by {mark % 'Mia Roe'}</div>"
    assert names(value("authors", "", body)) == ["Jane Doe"]


def test_label_without_a_blank_before_the_name(value):
    assert names(value("authors", "", f"{H1}<div>By<span>Jane Doe</span></div>")) == ["Jane Doe"]


def test_given_name_and_surname_in_elements_of_their_own(value):
    link = '<a rel="author" href="mailto:j"><span class="first">Jane</span> <span class="last">Doe</span></a>'
    assert names(value("authors", "", f'{H1}<div class="byline">{link}</div>')) == ["Jane Doe"]


def test_address_of_an_article_about_authors_marks_no_byline(value):
    body = f'{H1}<p class="x"><a href="/2024/judge-rules-for-authors-again">Judge Rules Again</a></p>'
    assert value("authors", "", body) is None


@pytest.mark.parametrize("name", ["btn-confirmation", "typewriter-box"])
def test_part_of_a_word_in_a_class_marks_no_byline(value, name):
    assert value("authors", "", f'{H1}<div class="{name}">Smart Machines</div>') is None


def test_teaser_with_a_preposition_and_a_date_is_no_byline():
    page = f"<html><body>{H1}<p>{TEXT}</p><p>{TEXT}</p><div>Neue Studie zur Gesundheit von Frauen 02.02.2022</div></body></html>"
    assert choices_of(page)["authors"].winner is None


def test_name_before_a_stroke_and_a_date(value):
    line = "<div><span>Jane Doe |</span> <span>05.04.2025 - Updated: 05.04.2025</span></div>"
    assert names(value("authors", "", H1 + line)) == ["Jane Doe"]


def test_signature_to_the_right_of_the_end_beats_the_house():
    sign = '<div style="text-align:right;"><strong>Jane Doe</strong></div>'
    head = ld('{"@type": "Organization", "name": "Example"}')
    page = f"<html><head>{head}</head><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{sign}</body></html>"
    assert names(choices_of(page)["authors"].winner.value) == ["Jane Doe"]


def test_byline_between_paragraphs_that_the_body_left_out(value):
    text = f"<p>{TEXT}</p>" * 9
    assert names(value("authors", "", H1, text=f"{TEXT}</p>{text}<div>Par <b>Jane Doe</b></div>{text}<p>")) == [
        "Jane Doe"
    ]


def test_nickname_behind_a_label(value):
    assert names(value("authors", "", f"{H1}<div>by   jane88</div>")) == ["jane88"]


@pytest.mark.parametrize("mark", ['rel="author" href="/a/jane"', 'class="post-author__name"'])
def test_only_author_of_a_page_is_found_wherever_named(mark):
    box = f'<div class="box">More stories</div><div><a {mark}>Jane Doe</a></div>' + "<div>Story</div>" * 20
    page = f"<html><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{'<div>Story</div>' * 20}{box * 2}</body></html>"
    assert names(choices_of(page)["authors"].winner.value) == ["Jane Doe"]


def test_authors_of_other_stories_are_none():
    box = "".join(f'{"<div>Story</div>" * 20}<a rel="author">{n}</a>' for n in ("Jane Doe", "John Roe"))
    page = f"<html><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{box}</body></html>"
    assert choices_of(page)["authors"].winner is None


def test_contributor_beside_the_author_is_none(value):
    body = f'{H1}<div>By <a href="/author/j">Jane Doe</a></div><div>Contributions From: <a href="/author/m">Mia Roe</a></div>'
    assert names(value("authors", "", body)) == ["Jane Doe"]


@pytest.mark.parametrize("line", ["LK", "(rdb)", "jd/mr"])
def test_initials_behind_the_text(line):
    page = f"<html><body>{H1}<p>{TEXT}</p><p>{TEXT}</p><div>{line}</div><div>More news</div></body></html>"
    assert names(choices_of(page)["authors"].winner.value) == [line.strip("()")]


@pytest.mark.parametrize("line", ["EN", "at", "by", "Top"])
def test_short_words_behind_the_text_are_no_initials(line):
    page = f"<html><body>{H1}<p>{TEXT}</p><p>{TEXT}</p><div>{line}</div><div>More news</div></body></html>"
    assert choices_of(page)["authors"].winner is None


LOGIN = '"jane.doe"'


def test_name_in_brackets_at_the_end_of_the_text_beats_the_name_of_an_account():
    page = f"<html><head>{ld(LOGIN)}</head><body>{H1}<p>{TEXT}</p><p>{TEXT} (Jane P. Doe) +++</p></body></html>"
    assert names(choices_of(page)["authors"].winner.value) == ["Jane P. Doe"]


@pytest.mark.parametrize("line", ["Example Team | 5 min read", "The Staff of Example", "Redaktion Example"])
def test_desk_of_the_house_alone_in_a_line(value, line):
    people = value("authors", "", f"{H1}<div>{line}</div>")
    assert [(p.name, p.type) for p in people] == [(line.partition(" |")[0], "Organization")]


def test_team_of_another_house_alone_in_a_line_is_no_author(value):
    assert value("authors", "", f"{H1}<div>Lumera Team</div>") is None


def test_section_that_the_head_links_to_is_no_author(value):
    line = '<div class="byline"><a href="/tag/personal-finance">Personal Finance</a> <span>May 3, 2024</span></div>'
    assert value("authors", "", f"{H1}{line}") is None


def test_author_beside_a_section_is_alone(value):
    line = '<div class="byline"><span>Jane Doe</span> / <a href="/category/city">City Life</a></div>'
    assert names(value("authors", "", f"{H1}{line}")) == ["Jane Doe"]


def test_author_who_has_a_page_among_the_tags_is_one(value):
    line = '<div class="byline">By <a href="/tag/jane-doe">Jane Doe</a></div>'
    assert names(value("authors", "", f"{H1}{line}")) == ["Jane Doe"]


def behind_the_text(box):
    text = f"<p>{TEXT}</p>" * 6
    winner = choices_of(f"<html><body>{H1}{text}{box}<div>More news</div></body></html>")["authors"].winner
    return names(winner.value) if winner else []


def test_reader_who_commented_is_no_author():
    head = '<h3><a class="author" href="/jane88">jane88</a> commented</h3>'
    assert behind_the_text(f'<div id="story-comment-4711">{head}<div>Finally a bridge.</div></div>') == []


def test_line_with_name_and_date_behind_the_text():
    assert behind_the_text('<div class="right"><span>Jane Doe</span> | 29.07.2006 um 14:26</div>') == ["Jane Doe"]


def test_name_behind_a_label_and_the_initials_of_a_portrait():
    assert behind_the_text("<div>Author</div><div>JD</div><div>Jane Doe</div>") == ["Jane Doe"]


def test_post_of_a_social_network_is_no_byline():
    assert behind_the_text("<div>Ein Beitrag geteilt von Jane Doe (@janedoe) am Jun 17, 2019 um 12:26 PDT</div>") == []


def test_agency_by_its_address_gives_way_to_the_reporter(value):
    body = f'{H1}<div class="byline">By <a href="/author/cnn">CNN.com</a></div><p class="x">By Jane Doe, CNN</p>'
    assert names(value("authors", ld('"CNN.com"'), body)) == ["Jane Doe"]


def test_author_among_the_facts_of_an_article():
    facts = "".join(
        f"<span>{fact}</span>" for fact in ("Date:", "19.11.2021", "Author:", "Jane Doe", "Source:", "Lumera")
    )
    assert behind_the_text(f'<div class="author-info">{facts}</div>') == ["Jane Doe"]


@pytest.mark.parametrize(
    "line",
    [
        "Von Der Hafen wird gesperrt",
        "Das Leben von kleinen Brücken",
        "Bewertung von Jane Doe vom 23.05.2018",
        "Guide/Download (last edited 2019-11-10 13:28:18 by Jane Doe)",
    ],
    ids=["headline", "sentence", "rating", "edit"],
)
def test_line_that_only_looks_like_a_byline(value, line):
    assert value("authors", "", f"{H1}<div>{line}</div>") is None


@pytest.mark.parametrize("line", ["Interview: Jane Doe", "Kommentar von Jane Doe"])
def test_line_behind_the_text_that_names_another(line):
    assert behind_the_text(f"<div>{line}</div>") == []


def test_comment_of_an_editor_above_the_text_is_a_byline(value):
    assert names(value("authors", "", f"{H1}<div>Kommentar von Jane Doe</div>")) == ["Jane Doe"]


def test_byline_with_a_date_under_the_heading_of_other_stories_is_theirs():
    others = "<h2>More posts</h2><h3>Lamps of the quay</h3><div>October 28, 2025 by John Roe | Town</div>"
    assert behind_the_text(others) == []


@pytest.mark.parametrize(
    "heading", ["Related articles", "Das könnte Sie auch interessieren", "Lire aussi", "3 Comments"]
)
def test_author_of_a_teaser_under_the_heading_of_other_stories_is_none(heading):
    teaser = '<div><a href="/a/2">Lamps of the quay</a><span class="author">John Roe</span></div>'
    assert behind_the_text(f"<h3>{heading}</h3>{teaser}") == []


def test_author_box_under_its_own_heading():
    assert behind_the_text('<h3>About the author</h3><div class="author-name">Jane Doe</div>') == ["Jane Doe"]


def types(people):
    return [(person.name, person.type) for person in people or ()]


@pytest.mark.parametrize(
    ("author", "site", "expected"),
    [
        ('{"@type": ["Person", "Organization"], "name": "Jane Doe"}', "Jane Doe", ("Jane Doe", "Person")),
        ('{"@type": "Organization", "name": "Claymore"}', "Halford", ("Claymore", "Organization")),
        ('{"@type": "Organization", "name": "Jane Doe"}', "Halford", ("Jane Doe", "Person")),
        ('{"@type": "Person", "name": "Halford"}', "Halford", ("Halford", "Organization")),
        ('{"@type": "Person", "name": "red."}', "Halford", ("red", "Organization")),
    ],
    ids=["site of a person", "organisation", "person called one", "site called a person", "desk"],
)
def test_type_of_an_author(value, author, site, expected):
    assert types(value("authors", f'<meta property="og:site_name" content="{site}">' + ld(author))) == [expected]


def test_part_of_one_name_in_json_ld_that_is_the_house_is_no_author(value):
    site = '<meta property="og:site_name" content="Halford Insight">'
    author = '{"@type": "Person", "name": "Jane Doe, Halford Insight"}'
    assert names(value("authors", site + ld(author))) == ["Jane Doe"]


def test_name_of_the_site_in_the_head_is_not_parted(value):
    head = '<meta property="og:site_name" content="HRF - Halford Region"><meta name="author" content="HRF - Halford Region">'
    assert types(value("authors", head)) == [("HRF - Halford Region", "Organization")]


def test_ministry_with_an_and_in_its_name_is_one_author(value):
    name = "Bundesministerium für Brücken, Flüsse und Fähren"
    assert types(value("authors", f'<meta name="author" content="{name}">')) == [(name, "Organization")]


def test_site_in_the_head_is_no_author_where_json_ld_names_but_the_agency(value):
    head = '<meta property="og:site_name" content="Halford"><meta name="author" content="Halford">'
    assert names(value("authors", head + ld('{"@type": "Person", "name": "Reuters"}'))) == []
