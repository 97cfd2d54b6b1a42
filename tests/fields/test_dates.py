import datetime as dt

import pytest

from tests.fields.chosen import TEXT, choices_of

LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Town bridge opens", %s}</script>'
H1 = "<h1>Town bridge opens</h1>"


def ld(**pairs):
    return LD % ", ".join(f'"{key}": "{value}"' for key, value in pairs.items())


def test_published_is_not_taken_from_modified(value):
    assert value("datePublished", ld(dateModified="2024-05-03T10:00:00Z"), H1, url="https://www.example.com/a") is None


def test_modified_is_not_taken_from_published(value):
    assert value("dateModified", ld(datePublished="2024-05-03T10:00:00Z"), H1) is None


def test_day_precision_stays_day_precision(value):
    assert value("datePublished", ld(datePublished="2024-05-03"), H1) == "2024-05-03"


def test_offset_is_not_invented(value):
    assert value("datePublished", ld(datePublished="2024-05-03T10:00:00"), H1) == "2024-05-03T10:00:00"


def test_local_zone_follows_from_the_time_that_readers_see(value):
    body = f"{H1}<div>May 2, 2024 at 9:30 p.m.</div>"
    assert value("datePublished", ld(datePublished="2024-05-03T01:30:12Z"), body) == "2024-05-02T21:30:12-04:00"


def test_future_date_is_refused_with_a_problem(problems):
    assert "future" in problems("datePublished", ld(datePublished="2031-05-03T10:00:00Z"), H1)[0]


def test_future_is_not_judged_without_a_clock(value):
    assert value("datePublished", ld(datePublished="2031-05-03"), H1, now=None) == "2031-05-03"


@pytest.mark.parametrize("bad", ["0000-00-00", "1970-01-01", "tomorrow", "2024-99-99T00:00:00"])
def test_impossible_date_is_refused_and_the_next_source_asked(value, bad):
    head = ld(datePublished=bad) + '<meta property="article:published_time" content="2024-05-03T10:00:00+02:00">'
    assert value("datePublished", head, H1) == "2024-05-03T10:00:00+02:00"


@pytest.mark.parametrize(
    ("text", "expected"),
    {
        "3 hours ago": "2024-05-10T09:00:00+00:00",
        "vor 3 Stunden": "2024-05-10T09:00:00+00:00",
        "il y a 3 heures": "2024-05-10T09:00:00+00:00",
        "hace 3 horas": "2024-05-10T09:00:00+00:00",
        "há 3 horas": "2024-05-10T09:00:00+00:00",
        "3 ore fa": "2024-05-10T09:00:00+00:00",
        "3 uur geleden": "2024-05-10T09:00:00+00:00",
        "3 timer siden": "2024-05-10T09:00:00+00:00",
        "3 godziny temu": "2024-05-10T09:00:00+00:00",
        "3 часа назад": "2024-05-10T09:00:00+00:00",
        "3 saat önce": "2024-05-10T09:00:00+00:00",
        "3 jam yang lalu": "2024-05-10T09:00:00+00:00",
        "3 giờ trước": "2024-05-10T09:00:00+00:00",
        "3時間前": "2024-05-10T09:00:00+00:00",
        "3小时前": "2024-05-10T09:00:00+00:00",
        "3시간 전": "2024-05-10T09:00:00+00:00",
        "قبل 3 ساعات": "2024-05-10T09:00:00+00:00",
        "2 days ago": "2024-05-08",
        "gestern": "2024-05-09",
    }.items(),
)
def test_relative_date_is_counted_from_the_fetch(value, text, expected):
    assert value("datePublished", "", f"{H1}<div>{text}</div>", url="https://www.example.com/a") == expected


def test_relative_date_without_a_clock_is_none(value):
    assert value("datePublished", "", f"{H1}<div>3 hours ago</div>", url="https://www.example.com/a", now=None) is None


def test_updated_line_is_not_the_publication(value):
    body = f"{H1}<div>Updated May 4, 2024</div><div>Published May 3, 2024</div>"
    assert value("datePublished", "", body) == "2024-05-03"


def test_updated_line_is_the_modification(value):
    assert value("dateModified", "", f"{H1}<div>Updated May 4, 2024</div>") == "2024-05-04"


def test_url_gives_the_day_as_a_last_word(value):
    assert value("datePublished", "", H1, url="https://www.example.com/2024/05/03/bridge") == "2024-05-03"


def test_date_of_another_article_on_the_page_is_not_taken(value):
    other = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Cats win the cup", "datePublished": "2020-01-02"}</script>'
    assert value("datePublished", other + ld(datePublished="2024-05-03"), H1) == "2024-05-03"


def test_time_element_in_a_quoted_post_is_not_the_publication(value):
    body = f'{H1}<blockquote><time datetime="2019-01-02">then</time></blockquote>'
    assert value("datePublished", ld(datePublished="2024-05-03"), body) == "2024-05-03"


def test_clock_is_the_only_one_read(value):
    late = dt.datetime(2031, 6, 1, tzinfo=dt.UTC)
    assert value("datePublished", ld(datePublished="2031-05-03"), H1, now=late) == "2031-05-03"


def test_day_that_readers_see_outdoes_the_date_of_the_file(value):
    head = '<meta name="dc.date" content="2024-03-01T08:00:00+01:00">'
    assert value("datePublished", head, f"{H1}<div>May 3, 2024</div>") == "2024-05-03"


def test_day_told_as_the_instant_at_which_it_began(value):
    body = f"{H1}<div>May 3, 2024</div>"
    assert value("datePublished", ld(datePublished="2024-05-02T22:00:00Z"), body) == "2024-05-03"


def test_instant_of_the_evening_stays_what_it_is(value):
    body = f"{H1}<div>May 3, 2024</div>"
    assert value("datePublished", ld(datePublished="2024-05-02T22:17:05Z"), body) == "2024-05-02T22:17:05+00:00"


def test_line_with_a_date_beats_a_date_in_a_sentence(value):
    body = f"{H1}<div>{'The bridge was planned by the council on 7 June 2018 and was built by many people. ' * 4}</div>"
    body = body.replace(
        "The bridge was planned by the council on 7 June 2018", "On 7 June 2018 the council planned it", 1
    )
    assert value("datePublished", "", f"{body}<div>3 May 2024, 10:00</div>") == "2024-05-03T10:00:00"


def test_date_inside_the_headline_element(value):
    long = "Town bridge opens after six years of work and four years of delay that nobody had foreseen"
    body = f"<h1>{long}<br><small>3.5.2024 • Council, Press</small></h1>"
    assert value("datePublished", "", body, url="https://www.example.com/a") == "2024-05-03"


def test_date_of_an_rdfa_property_in_the_body(value):
    body = f'{H1}<span property="schema:dateCreated" content="2024-05-03T10:00:00+02:00"></span>'
    assert value("datePublished", "", body) == "2024-05-03T10:00:00+02:00"


def test_day_that_no_zone_explains_is_the_one_that_readers_see(value):
    body = f"{H1}<div>May 1, 2024 / 12:25 PM</div>"
    assert value("datePublished", ld(datePublished="2024-05-02T20:49:32Z"), body) == "2024-05-01T12:25:00"


def test_day_of_address_and_headline_beats_an_instant_of_the_next_day(value):
    body = f"{H1}<div>May 2, 2024</div>"
    url = "https://www.example.com/2024/05/02/town-bridge-opens"
    assert value("datePublished", ld(datePublished="2024-05-03T02:18:11Z"), body, url=url) == "2024-05-02"


def test_instant_stays_where_the_address_does_not_speak(value):
    body = f"{H1}<div>May 2, 2024</div>"
    assert value("datePublished", ld(datePublished="2024-05-03T02:18:11Z"), body) == "2024-05-03T02:18:11+00:00"


def test_earlier_date_of_a_teaser_does_not_beat_the_month_of_the_address(value):
    url = "https://www.example.com/2024/05/town-bridge-opens"
    body = f"{H1}<div>October 22, 2023</div>"
    assert value("datePublished", ld(datePublished="2024-05-03"), body, url=url) == "2024-05-03"


def test_day_and_month_of_a_statement_that_can_be_read_both_ways_follow_readers(value):
    head = '<meta name="date" content="11/01/2023 12:43:42">'
    assert value("datePublished", head, f"{H1}<div>01.11.2023</div>", lang="de") == "2023-11-01T12:43:42"


@pytest.mark.parametrize("path", ["2024/5/3/bridge", "news/03-05-2024", "2024/05/03/bridge", "a-20240503"])
def test_day_of_the_address(value, path):
    assert value("datePublished", "", H1, url=f"https://www.example.com/{path}") == "2024-05-03"


@pytest.mark.parametrize(
    "line",
    [
        "Dieser Beitrag wurde am Freitag, 3. Mai 2024 um 10:00 Uhr veröffentlicht und unter Stadt abgelegt.",
        "This entry was posted on May 3, 2024 and is filed under Town.",
    ],
)
def test_sentence_that_says_when_it_was_written_beats_comments(line):
    html = f"<html><body>{H1}{6 * f'<p>{TEXT}</p>'}<div>4 June 2024</div><div>{line}</div></body></html>"
    found = choices_of(html, url="https://www.example.com/a", now=None)["datePublished"].winner
    assert found.value.startswith("2024-05-03")


def test_date_in_brackets_opens_the_text(value):
    assert (
        value("datePublished", "", H1, text="(03.05.2024) " + "The bridge was opened by the mayor. " * 15)
        == "2024-05-03"
    )


def test_american_dates_may_have_hyphens(value):
    head = '<meta property="article:published_time" content="03-09-2024">'
    assert value("datePublished", head, H1, lang="en-US") == "2024-03-09"


FOOTERS = {
    '<span property="schema:dateCreated" content="2024-05-03T12:45:46+00:00"></span>': "2024-05-03T12:45:46+00:00",
    '<time datetime="2024-05-03T11:15:06Z">3 May</time>': "2024-05-03T11:15:06+00:00",
    "Posted by Jane Doe on May 3, 2024": "2024-05-03",
}


@pytest.mark.parametrize(("inner", "expected"), FOOTERS.items())
def test_date_in_the_footer_of_the_article(value, inner, expected):
    body = f'<article>{H1}<footer class="entry-meta">{inner}</footer></article>'
    assert value("datePublished", "", body, url="https://www.example.com/a") == expected


def test_date_in_the_footer_of_the_site_is_none(value):
    body = f'{H1}<footer class="site-footer">As of May 3, 2024</footer>'
    assert value("datePublished", "", body, url="https://www.example.com/a") is None


def test_update_in_the_footer_of_the_article_is_none(value):
    body = f'<article>{H1}<footer class="entry-meta">Updated May 3, 2024</footer></article>'
    assert value("datePublished", "", body, url="https://www.example.com/a") is None


def state(*dates):
    return "".join(f'<script>window.data = {{"publishedAt": "{date}"}}</script>' for date in dates)


def test_date_in_the_data_of_a_script(value):
    body = H1 + state("2024-05-03T06:22:28+01:00")
    assert value("datePublished", "", body, url="https://www.example.com/a") == "2024-05-03T06:22:28+01:00"


def test_dates_of_several_articles_in_the_data_of_scripts_are_none(value):
    body = H1 + state("2024-05-03T06:22:28Z", "2024-05-01T06:22:28Z")
    assert value("datePublished", "", body, url="https://www.example.com/a") is None


def test_date_between_a_standfirst_and_the_text_is_read_behind_share_labels(value):
    labels = "".join(f"<div>{label}</div>" for label in ("Listen", "Save", "Share", "Print", "Jane Doe"))
    body = f"{H1}<p>{TEXT}</p>{labels}<div>2 May 2024</div>"
    assert value("datePublished", ld(datePublished="2024-05-03"), body, url="https://www.example.com/a") == "2024-05-02"


def test_date_of_a_teaser_behind_a_short_text_is_not_the_articles():
    labels = "".join(f"<div>{label}</div>" for label in ("Listen", "Save", "Share", "Print", "Related"))
    page = f"<html><head>{ld(datePublished='2024-05-03')}</head><body>{H1}<p>{TEXT}</p>{labels}<div>2 May 2024</div></body></html>"
    assert choices_of(page, url="https://www.example.com/a")["datePublished"].winner.value == "2024-05-03"


ADDRESS = "https://www.example.com/a"


def test_file_date_gives_way_to_an_earlier_one_that_an_element_calls_the_articles():
    head = '<meta itemprop="dateCreated" content="2024-05-03T10:00:00+02:00">'
    aside = '<aside><div class="article-date">12.10.2015, 19:16 Uhr</div></aside>'
    page = f"<html><head>{head}</head><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{aside}</body></html>"
    assert choices_of(page, url=ADDRESS)["datePublished"].winner.value == "2015-10-12T19:16:00"


def test_file_date_stays_where_only_a_later_one_is_marked():
    head = '<meta name="date" content="2024-05-01">'
    aside = '<aside><div class="event-list date">03.05.2024</div></aside>'
    page = f"<html><head>{head}</head><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{aside}</body></html>"
    assert choices_of(page, url=ADDRESS)["datePublished"].winner.value == "2024-05-01"


def test_month_named_in_the_address_tells_the_order_of_a_date_in_numbers(value):
    body = f"{H1}<div>03/10/2023</div>"
    assert value("datePublished", "", body, url="https://www.example.com/blog/2023/october/03/a/") == "2023-10-03"


def test_line_that_says_when_tells_the_order_of_a_date_in_numbers():
    head = '<meta name="date" content="11/01/2023 12:43:42">'
    page = f"<html lang='de'><head>{head}</head><body>{H1}<p>{TEXT}</p><p>{TEXT}</p><div>Erstellt am: 01.11.2023</div></body></html>"
    assert choices_of(page, url="https://www.example.de/a")["datePublished"].winner.value == "2023-11-01T12:43:42"


def test_order_of_a_date_in_numbers_is_the_languages_where_nothing_tells(value):
    head = '<meta name="date" content="11/01/2023">'
    assert value("datePublished", head, H1, lang="de", url="https://www.example.de/a") == "2023-01-11"


def test_first_publication_beats_the_date_of_the_head(value):
    body = f"{H1}<div>30 Sep 2022</div>"
    text = f"{TEXT}</p><div>This article was originally published on 26 Sep 2019 but has been checked since.</div><p>"
    assert value("datePublished", "", body, text=text, url=ADDRESS) == "2019-09-26"


def test_first_publication_elsewhere_is_not_a_date_far_behind_it(value):
    text = f"{TEXT}</p><div>First published by the valley's press, whose building burnt down on 26 Sep 2019.</div><p>"
    assert value("datePublished", "", f"{H1}<div>30 Sep 2022</div>", text=text, url=ADDRESS) == "2022-09-30"


def test_date_before_the_verb_that_says_posted():
    line = '<p class="info">Town bridge opens wurde am <i>19. Mai 2010</i> um <i>23:03</i> Uhr gepostet</p>'
    page = f"<html lang='de'><body>{line}<div>{'<b>Menu</b> ' * 40}</div>{'<li>Link</li>' * 15}{H1}<p>{TEXT}</p><p>{TEXT}</p></body></html>"
    assert choices_of(page, url=ADDRESS)["datePublished"].winner.value == "2010-05-19T23:03:00"


def test_date_in_brackets_behind_the_city(value):
    text = f"{TEXT}</p><p>{TEXT}</p><p>{TEXT}</p><p>Example City, (12.11.2021). {TEXT}"
    assert value("datePublished", "", H1, text=text, lang="de", url=ADDRESS) == "2021-11-12"


def test_day_of_publication_that_readers_see_in_a_time_beats_its_attribute(value):
    body = f'{H1}<div><time datetime="2019-07-03T10:18:46Z">Publié le 29 juin 2019</time></div>'
    assert value("datePublished", "", body, lang="fr", url=ADDRESS) == "2019-06-29"


def test_time_in_numbers_of_the_other_order_is_its_attributes(value):
    body = f'{H1}<div>Published <time datetime="2023-10-12T19:38:01Z">12/10/2023</time></div>'
    assert value("datePublished", "", body, url=ADDRESS) == "2023-10-12T19:38:01+00:00"


def test_icon_that_says_update_is_a_label():
    fact = '<span><span class="icon" title="%s"></span><span class="revision-date">%s</span></span> '
    facts = f"<aside>{fact % ('Last update', 'March 11, 2024')}{fact % ('Created', 'April 1, 2022')}</aside>"
    page = f"<html><body>{H1}<p>{TEXT}</p><p>{TEXT}</p>{'<p>-</p>' * 20}<div>{facts}</div></body></html>"
    assert choices_of(page, url=ADDRESS)["datePublished"].winner.value == "2022-04-01"


def read(html, field="datePublished", lang="en", url=ADDRESS):
    """Return one field of a page whose body is the headline, a long text, and `html`."""
    text = f"<p>{TEXT}</p>" * 6
    page = f"<html lang='{lang}'><body>{H1}{text}{html}</body></html>"
    winner = choices_of(page, url=url)[field].winner
    return winner.value if winner else None


def test_date_under_the_heading_of_other_stories_is_not_the_articles():
    assert read('<h2>Related posts</h2><p class="sub">March 5, 2024</p><h3>Which lamps light the quay</h3>') is None


def test_date_right_behind_the_text_is():
    assert read('<p class="sub">March 5, 2024</p><h2>Related posts</h2>') == "2024-03-05"


def test_change_told_behind_the_text():
    assert read('<p class="sub">Last updated: March 5, 2024</p>', "dateModified") == "2024-03-05"


def test_change_told_of_another_story_is_not_this_ones():
    assert read('<h2>Related</h2><p class="sub">Last updated: March 5, 2024</p>', "dateModified") is None


def test_teaser_of_this_very_article_tells_its_date():
    others = '<li class="x"><div>2 March 2024</div><div>The lamps of the quay are lit again</div></li>'
    own = '<li class="x"><div>5 March 2024</div><div>Town bridge opens</div></li>'
    assert read(f"<h2>Latest</h2><ul>{others * 4}{own}{others}</ul>") == "2024-03-05"


def test_term_that_says_published_is_a_label():
    facts = '<dl class="x"><dt>Pages</dt><dd>51</dd><dt>Published</dt><dd>5 March 2024</dd></dl>'
    assert read(f"<h2>Facts</h2>{'<div>Link</div>' * 12}{facts}") == "2024-03-05"


def test_term_that_says_updated_is_none():
    facts = '<dl class="x"><dt>Updated</dt><dd>5 March 2024</dd></dl>'
    assert read(f"<h2>Facts</h2>{'<div>Link</div>' * 12}{facts}") is None


def test_day_in_a_sentence_of_the_text_is_not_the_publication(value):
    sentence = (
        "The council asks everybody in the town to hand in the forms before April 15, 2024. Late ones will not be read."
    )
    assert value("datePublished", "", H1, text=f"{sentence}</p><p>{TEXT}", url=ADDRESS) is None


def test_bar_of_an_archive_does_not_date_the_page(value):
    bar = '<div id="wm-ipp-base"><div>1 capture</div><div>10 Nov 2013</div></div>'
    assert value("datePublished", "", f"{bar}{H1}", url=ADDRESS) is None


def test_date_that_opens_the_text_beats_the_day_of_the_visit_above_the_headline(value):
    body = f"<div>Wednesday, 1 May 2024</div>{H1}<p>30 April 2024. {TEXT}</p>"
    assert value("datePublished", "", body, url=ADDRESS) == "2024-04-30"


@pytest.mark.parametrize(
    ("others", "day"),
    [(["25/11/2023", "30/10/2023"], "2023-12-02"), (["11/25/2023"], "2023-02-12"), ([], "2023-02-12")],
)
def test_other_dates_of_the_page_tell_the_order_of_a_date_in_numbers(others, day):
    teasers = "".join(f"<h4>A story of the quay</h4><div>{other}</div>" for other in others)
    page = f"<html lang='en-US'><body>{H1}<div>02/12/2023</div><p>{TEXT}</p><p>{TEXT}</p><h2>More</h2>{teasers}</body></html>"
    assert choices_of(page, url=ADDRESS)["datePublished"].winner.value == day


def test_day_in_a_head_beats_the_instant_at_which_a_system_sent_the_page(value):
    head = (
        '<meta name="published-time" content="2024-03-09T08:45:32Z"><meta name="published-date" content="2021-02-16">'
    )
    assert value("datePublished", head, H1, url=ADDRESS) == "2021-02-16"


def test_publication_date_in_the_data_of_a_script(value):
    script = '<script>window.state = {"publicationDate":"2024-03-05T14:27:32+01:00"}</script>'
    assert value("datePublished", "", H1 + script, url=ADDRESS) == "2024-03-05T14:27:32+01:00"


def test_day_behind_a_city_beats_the_day_that_the_line_tells_of(value):
    line = "Example City, 17.08.2023 - Speech of the mayor at the town meeting of all valleys, Harbour Hall, 18. August 2023"
    assert value("datePublished", "", H1, text=f"{line}</p><p>{TEXT}", lang="de", url=ADDRESS) == "2023-08-17"


def test_two_forms_of_a_date_side_by_side(value):
    line = "<div><span class='wide'>21 April 2022</span><span class='narrow'>21/04/2022</span></div>"
    assert value("datePublished", "", H1 + line, url=ADDRESS) == "2022-04-21"


def test_word_of_a_sentence_is_no_label():
    sentence = "Whatever the permits may allow, the rules that were published by the ministry in May (28.07.2022) will change all of it."
    assert read(f"<div>Link</div><h2>More</h2>{'<div>Link</div>' * 9}<div>{sentence} {TEXT}</div>") is None


@pytest.mark.parametrize(
    ("stated", "shown", "expected"),
    [
        ("2024-05-03 09:49:18", "3 May 2024, 11:49", "2024-05-03T11:49:18+02:00"),
        ("2024-05-03 09:49:18", "3 May 2024, 09:49", "2024-05-03T09:49:18"),
        ("2024-05-03 09:49:18", "3 May 2024, 11:15", "2024-05-03T09:49:18"),
        ("2024-05-03 09:00:00", "3 May 2024, 11:00", "2024-05-03T09:00:00"),
    ],
    ids=["two hours later", "the same", "another minute", "full hours"],
)
def test_instant_without_a_zone_is_utc_where_readers_see_its_minute_in_another_hour(value, stated, shown, expected):
    assert value("datePublished", ld(datePublished=stated), f"{H1}<p class=d>{shown}</p>") == expected


def test_change_before_the_publication_gives_way_to_a_later_statement(value):
    head = ld(datePublished="2024-05-03T08:21:02+00:00", dateModified="2024-05-03T04:21:10+00:00")
    meta = '<meta property="article:modified_time" content="2024-05-03T08:21:10+00:00">'
    assert value("dateModified", head + meta, H1) == "2024-05-03T08:21:10+00:00"


def test_change_before_the_publication_stays_where_nothing_else_is_stated(value):
    head = ld(datePublished="2024-05-03T08:21:02+00:00", dateModified="2024-05-03T04:21:10+00:00")
    assert value("dateModified", head, H1) == "2024-05-03T04:21:10+00:00"
