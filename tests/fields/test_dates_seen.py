"""Dates of pages that tell machines nothing: what readers see is all there is."""

import datetime as dt

import pytest

from tests.fields.chosen import TEXT, choices_of

P = f"<p>{TEXT}</p>"


def read(
    head, tail="", *, field="datePublished", url="https://www.example.org/a", now=None, headline="Town bridge opens"
):
    """Return a field of a page with `head` between headline and text, and `tail` behind the text."""
    html = f"<html><body><main><h1>{headline}</h1>{head}{P}{P}{tail}</main></body></html>"
    winner = choices_of(html, url=url, now=now)[field].winner
    return winner.value if winner else None


def modified(head, tail="", **more):
    return read(head, tail, field="dateModified", **more)


# ---- labels ----


@pytest.mark.parametrize(
    "line",
    [
        "Redeem by May 3, 2024",
        "Joined: 3 May 2024",
        "Last post by ada99 May 3, 2024",
        "Expires 3 May 2024",
        "Anmeldeschluss: 3. Mai 2024",
        "Gültig bis 3. Mai 2024",
        "Mitglied seit 3. Mai 2024",
        "Membre depuis le 3 mai 2024",
        "Jusqu'au 3 mai 2024",
        "Válido hasta el 3 de mayo de 2024",
        "Fino al 3 maggio 2024",
        "Geldig tot en met 3 mei 2024",
        "Регистрация: 3 мая 2024",
        "有効期限：2024年5月3日",
        "2024年5月3日まで",
        "— Ada Example (@adaexample) May 3, 2024",
    ],
)
def test_day_of_another_event_is_not_that_of_publication(line):
    assert read(f"<div>{line}</div>") is None


def test_next_date_is_asked_where_the_first_is_of_another_event():
    assert read("<div>Joined: 3 May 2019</div><div>7 May 2024</div>") == "2024-05-07"


def test_name_that_begins_like_a_label_is_none():
    assert read("<div>Interview by Ada Bishop</div><div>7 May 2024</div>") == "2024-05-07"


@pytest.mark.parametrize(
    "line",
    ["3.5.2024 - 5.5.2024", "3. bis 5. Mai 2024", "1.-3. Mai 2024", "3 May 2024 to 5 May 2024", "du 3 au 5 mai 2024"],
)
def test_span_of_days_is_no_date_of_publication(line):
    assert read(f"<div>{line}</div>") is None


def test_hour_before_a_dash_begins_no_span():
    assert read("<div>15:40 - 3 May 2024</div>") == "2024-05-03T15:40:00"


def test_first_of_two_days_behind_the_word_date_is_the_articles():
    assert read("<div>DATE: 2024-05-03 - 2024-05-08</div>") == "2024-05-03"


def test_earlier_of_two_bare_days_is_that_of_publication():
    assert read("<div>May 8, 2024 May 3, 2024</div>") == "2024-05-03"


def test_labelled_date_wins_over_the_days_of_the_sites_calendar():
    page = "<div>Friday, May 10th 2024</div><div>Weather</div><div>Published: May 3, 2024 at 4:30 p.m.</div>"
    assert read(page) == "2024-05-03T16:30:00"


def test_label_and_date_of_change_in_two_lines():
    head = "<div>Last updated:</div><div>May 8, 2024</div>"
    assert (read(head), modified(head)) == (None, "2024-05-08")


def test_label_of_change_behind_originally_is_no_publication():
    line = "<div>Originally published in March 2022. Last updated on May 8, 2024.</div>"
    assert (read(line), modified(line)) == (None, "2024-05-08")


def test_editor_of_an_article_is_no_change():
    head = "<div>Written by Ada Example | Edited by Bo Example | May 3, 2024</div>"
    assert (read(head), modified(head)) == ("2024-05-03", None)


@pytest.mark.parametrize("label", ["Last edited by Ada on", "edited", "MàJ le"])
def test_words_of_a_change(label):
    head = f"<div>{label} 3.5.2024</div>"
    assert (read(head), modified(head)) == (None, "2024-05-03")


def test_word_that_only_begins_like_one_of_a_change():
    head = "<div>Major Ada Example</div><div>3 May 2024</div>"
    assert (read(head), modified(head)) == ("2024-05-03", None)


def test_word_of_change_within_a_title_labels_nothing():
    assert (
        modified("", "<ul><li>Health update of the county: the numbers of the district 20 April 2024</li></ul>") is None
    )


def test_line_at_the_end_tells_the_last_change():
    assert modified("", "<p class='n'>This page was last modified on May 8, 2024 by Ada.</p>") == "2024-05-08"


def test_line_of_this_page_behind_other_articles_still_tells_its_change():
    tail = "<h2>Related articles</h2><p class='n'>This page was last modified on May 8, 2024 by Ada.</p>"
    assert modified("", tail) == "2024-05-08"


def test_day_of_change_is_not_copied_by_the_last_resort():
    tail = "<p class='n'>Page one</p><p class='n'>Town bridge (last edited 2024-05-08 13:28:18 by Ada)</p>"
    assert (read("", tail), modified("", tail)) == (None, "2024-05-08T13:28:18")


# ---- classes ----


def test_time_that_says_updated_itself_is_a_change():
    head = '<div>By Ada <time datetime="2024-05-08T10:00:00Z">Updated on May 8, 2024</time></div>'
    assert (read(head), modified(head)) == (None, "2024-05-08T10:00:00+00:00")


def test_template_class_published_updated_is_of_the_publication():
    head = '<div><time class="entry-date published updated" datetime="2024-05-03T10:00:00+02:00">May 3</time></div>'
    assert (read(head), modified(head)) == ("2024-05-03T10:00:00+02:00", None)


def test_hidden_date_of_a_template_is_that_of_the_change():
    head = '<div><span class="hidden">Ada</span><span class="updated rich-snippet-hidden">2024-05-08T09:00:00+02:00</span></div>'
    assert (read(head), modified(head)) == (None, "2024-05-08T09:00:00+02:00")


def test_class_modified_tells_the_change():
    head = '<div class="post-date__modified-date">May 8, 2024</div><div class="when">May 3, 2024</div>'
    assert (read(head), modified(head)) == ("2024-05-03", "2024-05-08")


def teasers(*days):
    boxes = "".join(
        f'<div class="box"><a href="/{day}">Some other long story</a><span class="date">{day}</span></div>'
        for day in days
    )
    return f"<div>{'<p class=n>More of the town.</p>' * 12}{boxes}</div>"


def test_dates_of_a_list_of_teasers_are_not_the_articles():
    assert read("", teasers("May 8, 2024", "May 7, 2024", "May 6, 2024")) is None


def test_date_of_a_comment_is_not_the_articles():
    comment = (
        '<ol class="comments"><li><b>ada</b><time class="date" datetime="2024-05-08T10:00:00Z">8 May</time></li></ol>'
    )
    assert read("", f"{'<p class=n>More of the town.</p>' * 12}{comment}") is None


def test_date_of_an_embedded_post_is_not_the_articles():
    post = '<blockquote><a href="#">A post by Ada</a><time datetime="2024-05-08T10:00:00Z">8 May</time></blockquote>'
    assert read(post) is None


def test_label_before_a_date_with_a_telling_class_is_heeded():
    box = '<aside><span class="label">Updated:</span> <time class="date" datetime="2024-05-08T10:00:00Z">8 May</time></aside>'
    assert (read(box), modified(box)) == (None, "2024-05-08T10:00:00+00:00")


# ---- places ----


def test_day_in_the_address_refuses_another_one_that_readers_see():
    assert read("<div>16/06/2024</div>", url="https://www.example.org/2024/06/23/bridge") == "2024-06-23"


def test_month_in_the_address_refuses_an_earlier_day():
    assert read("<div>14.08.2023</div>", url="https://www.example.org/2024/06/bridge") is None


def test_article_may_be_filed_a_month_before_it_appears():
    assert read("<div>10.11.2024</div>", url="https://www.example.org/2024/10/bridge") == "2024-11-10"


def test_number_in_the_address_is_no_day():
    assert read("", url="https://www.example.org/p/bridge-opens-194709-13") is None


def test_day_right_before_the_headline_is_nearer_than_one_of_a_teaser_far_behind():
    html = (
        "<html><body><main><div>May 3, 2024</div><h1>Town bridge opens</h1>"
        + "".join(f"<div>Entry {word} of the menu</div>" for word in "one two three four five six seven eight".split())
        + f"<div>July 15, 2024</div>{P}{P}</main></body></html>"
    )
    assert choices_of(html, url="https://www.example.org/a", now=None)["datePublished"].winner.value == "2024-05-03"


def test_calendar_of_the_site_is_not_the_articles_day():
    now = dt.datetime(2024, 5, 10, 12, tzinfo=dt.UTC)
    menu = "".join(f"<div>Menu {word}</div>" for word in "one two three four".split())
    html = f"<html><body><div>Friday, May 10, 2024</div>{menu}<h1>Town bridge opens</h1>{P}{P}</body></html>"
    assert choices_of(html, url="https://www.example.org/a", now=now)["datePublished"].winner is None


@pytest.mark.parametrize("cell", ["Date First Available", "Founded", "Sale start date"])
def test_cell_of_a_table_is_no_date_line(cell):
    assert read("", f"<table><tr><td>{cell}</td><td>May 3, 2024</td></tr></table>") is None


def test_sentence_behind_the_text_is_no_date_line():
    tail = "<div>The lower bridge was delayed, and will be opened around 25 April 2024.</div>"
    assert read("", tail) is None


def test_output_of_a_program_is_no_date():
    assert read("", "<pre>2010-12-12 11:41:42 is when this event was logged</pre>") is None


def test_future_day_is_read_in_the_other_order():
    now = dt.datetime(2024, 5, 10, 12, tzinfo=dt.UTC)
    assert read("<div>03/11/2024</div>", now=now) == "2024-03-11"


# ---- precision ----


def test_line_takes_the_time_and_zone_of_the_element_beside_it():
    head = '<div><time datetime="2024-05-03T15:40:00+02:00">3 May</time></div><div>Published: 3 May 2024</div>'
    assert read(head) == "2024-05-03T15:40:00+02:00"


def test_instant_in_utc_takes_the_zone_of_the_line():
    head = '<div><time datetime="2024-05-03T13:40:12Z">x</time></div><div>3 May 2024, 15:40</div>'
    assert read(head) == "2024-05-03T15:40:12+02:00"


def test_hidden_change_and_the_day_beside_it():
    head = (
        '<div><span class="hidden">Ada</span><span class="updated rich-snippet-hidden">2024-05-03T10:10:52+02:00</span>'
        "<span>25. Mai 2024</span><span>|</span></div>"
    )
    assert (read(head), modified(head)) == ("2024-05-25", "2024-05-03T10:10:52+02:00")


@pytest.mark.parametrize(
    ("line", "expected"),
    {
        "Ada Example / EXAMPLE.COM / May 2, 2024, 17:07 IST": "2024-05-02T17:07:00+05:30",
        "\U0001f4c5Jul. 11. 2024": "2024-07-11",
        "2024•05•03": "2024-05-03",
        "3 luglio 202410:43": "2024-07-03T10:43:00",
        "3 May '24": "2024-05-03",
        "03-mai-24": "2024-05-03",
        "<span>06/05/2024</span><span>0 Kommentare</span>": "2024-05-06",
    }.items(),
)
def test_form_of_a_date_line(line, expected):
    assert read(f"<div>{line}</div>") == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    {
        # English, German, French, Spanish, Italian, Portuguese, Dutch
        "By Jane Doe / June 12, 2023 9:49 AM EST / Updated: June 14, 2023": ("2023-06-12T09:49:00-05:00", "2023-06-14"),
        "Stand: 22.04.2023, 06:00 Uhr": ("2023-04-22T06:00:00", None),
        "Veröffentlicht: 21.04.2023 Stand: 22.04.2023, 06:00 Uhr": ("2023-04-21", "2023-04-22T06:00:00"),
        "Erstellt: 14.04.2023 Aktualisiert: 15.04.2023, 10:11 Uhr": ("2023-04-14", "2023-04-15T10:11:00"),
        "14. Jänner 2023": ("2023-01-14", None),
        "Publié le vendredi 14 avril 2023 à 15 h 40 - Mis à jour le 15 avril 2023 à 09h00": (
            "2023-04-14T15:40:00",
            "2023-04-15T09:00:00",
        ),
        "14 de septiembre del 2023": ("2023-09-14", None),
        "Actualizado el 15 abr 2023": (None, "2023-04-15"),
        "1° aprile 2023": ("2023-04-01", None),
        "Por Joana Silva — 14/04/2023 15h40 · Atualizado em 15/04/2023": ("2023-04-14T15:40:00", "2023-04-15"),
        "Bijgewerkt: 15 april 2023, 10:00": (None, "2023-04-15T10:00:00"),
        # Polish, Czech, Slovak, Russian, Ukrainian, Greek, Hungarian, Romanian
        "14 września 2023 r.": ("2023-09-14", None),
        "14. července 2023 15:40": ("2023-07-14T15:40:00", None),
        "14. apríla 2023 o 15:40": ("2023-04-14T15:40:00", None),
        "15:40, 14 апреля 2023": ("2023-04-14T15:40:00", None),
        "Оновлено: 15 квітня 2023": (None, "2023-04-15"),
        "14 ΑΠΡΙΛΙΟΥ 2023": ("2023-04-14", None),
        "Ενημερώθηκε: 15 Απριλίου 2023": (None, "2023-04-15"),
        "2023. április 14. 15:40": ("2023-04-14T15:40:00", None),
        "14 ian. 2023": ("2023-01-14", None),
        # Swedish, Finnish, Lithuanian, Latvian, Turkish
        "14 april 2023 kl. 15.40": ("2023-04-14T15:40:00", None),
        "14. huhtikuuta 2023": ("2023-04-14", None),
        "2023 m. balandžio 14 d. 15:40": ("2023-04-14T15:40:00", None),
        "2023. gada 14. aprīlis": ("2023-04-14", None),
        "14 AĞUSTOS 2023": ("2023-08-14", None),
        # Arabic, Persian, Hebrew, Urdu
        "نشر في: 14 أبريل، 2023": ("2023-04-14", None),
        "١٤ أبريل ٢٠٢٣": ("2023-04-14", None),
        "14 كانون الثاني 2023": ("2023-01-14", None),
        "الجمعة - 23 رمضان 1444 هـ - 14 أبريل 2023 مـ": ("2023-04-14", None),
        "23 رمضان 1444": (None, None),
        "1444/09/23": (None, None),
        "جمعه ۲۵ فروردین ۱۴۰۲ - ۱۵:۴۰": ("2023-04-14T15:40:00", None),
        "۱۴۰۲/۰۱/۲۵": ("2023-04-14", None),
        "14 באפריל 2023, 15:40": ("2023-04-14T15:40:00", None),
        "جمعہ 14 اپریل 2023": ("2023-04-14", None),
        # Japanese, Korean, Chinese
        "2023年04月14日 午後3時40分": ("2023-04-14T15:40:00", None),
        "令和5年4月14日": ("2023-04-14", None),
        "公開日：2023年4月14日 更新日：2023年4月15日": ("2023-04-14", "2023-04-15"),
        "입력 2023.04.14 15:40 수정 2023.04.15 10:00": ("2023-04-14T15:40:00", "2023-04-15T10:00:00"),
        "2023. 4. 14. 오후 3:40": ("2023-04-14T15:40:00", None),
        "民國112年4月14日": ("2023-04-14", None),
        "更新时间：2023-04-15": (None, "2023-04-15"),
        # Hindi, Bengali, Tamil, Thai, Vietnamese, Indonesian
        "१४ अप्रैल २०२३": ("2023-04-14", None),
        "অনলাইন, ১৪ এপ্রিল ২০২৩": ("2023-04-14", None),
        "14 ஏப்ரல் 2023": ("2023-04-14", None),
        "วันศุกร์ที่ 14 เมษายน พ.ศ. 2566": ("2023-04-14", None),
        "๑๔ เมษายน ๒๕๖๖": ("2023-04-14", None),
        "14 เม.ย. 66 15:40 น.": ("2023-04-14T15:40:00", None),
        "14 เม.ย. 24": (None, None),
        "Thứ Sáu, 14/4/2023, 15:40 (GMT+7)": ("2023-04-14T15:40:00+07:00", None),
        "Jumat, 14 Agustus 2023 15:40 WIB": ("2023-08-14T15:40:00+07:00", None),
    }.items(),
)
def test_date_line_of_a_language(line, expected):
    head = f"<div>{line}</div>"
    assert (read(head), modified(head)) == expected


@pytest.mark.parametrize(
    "head",
    [
        "<div>Date Last Reviewed:</div><div>April 3, 2025</div>",
        "<div>Updated: April 3, 2025</div><h4>Effective beginning April 3, 2025:</h4>",
        '<h3>Today\'s Hours</h3><div class="garden-hours__date">April 3, 2025</div>',
    ],
    ids=["reviewed", "effective", "hours"],
)
def test_day_of_a_review_a_rule_or_opening_hours_is_no_publication(head):
    assert read(head) is None


def test_footer_of_the_article_makes_the_day_of_the_address_an_instant():
    footer = '<footer class="entry-footer"><time class="entry-date published updated" datetime="2024-05-03T15:27:05+00:00">3. Mai</time></footer>'
    html = f"<html><body><article><h1>Town bridge opens</h1>{P}{P}{footer}</article></body></html>"
    winner = choices_of(html, url="https://www.example.org/2024/05/03/bridge/", now=None)["datePublished"].winner
    assert winner.value == "2024-05-03T15:27:05+00:00"


def test_line_in_brackets_before_the_first_paragraph_beats_a_date_in_a_sentence():
    text = f"<p>(3 May 2024) {TEXT} {TEXT} {TEXT}</p><p>Since 1 October 2023 the old bridge has been closed to cars, and {TEXT}</p>"
    html = f"<html><body><main><h1>Town bridge opens</h1>{text}</main></body></html>"
    winner = choices_of(html, url="https://www.example.org/a", now=None)["datePublished"].winner
    assert winner.value == "2024-05-03"
