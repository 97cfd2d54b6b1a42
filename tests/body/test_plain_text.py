"""Pages saved as plain text, in the shapes in which people and programs save them."""

from __future__ import annotations

import textwrap
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.extract_text import extract_text
from scraper.model.body import Heading, List, Quote
from scraper.settings import ExtractSettings

SEED = Path(__file__).parents[2] / "fixtures" / "pages" / "seed-text"
WHOLE = ExtractSettings(blocks=True, explain=True)


def article(text, **options):
    return extract_text(textwrap.dedent(text), **options).article


@pytest.fixture(scope="module")
def seed():
    return extract_text((SEED / "page.txt").read_text("utf-8"), settings=WHOLE)


def test_seed_body_is_every_paragraph_and_nothing_else(seed):
    assert seed.article.article_body == (SEED / "expected.md").read_text("utf-8").strip()


def test_seed_keeps_thirteen_paragraphs(seed):
    assert len(seed.article.blocks) == 13


def test_seed_headline_is_taken_once(seed):
    assert seed.article.headline == "Quarry town’s last kiln has gone cold, say former stokers"


def test_seed_date_stands_before_a_glued_section(seed):
    assert (seed.article.date_published, seed.article.article_section) == ("2019-10-03", ("News",))


def test_seed_byline_is_a_desk(seed):
    assert [(a.name, a.type) for a in seed.article.authors] == [("Lowmoor Staff", "Organization")]


def test_seed_caption_and_credit_are_apart(seed):
    image = seed.article.images[0]
    assert (image.caption[-24:], image.credit, image.url) == ("far side of the estuary.", "LMP/ Harbour Images", None)


def test_seed_agency_is_no_author(seed):
    assert seed.article.agency == ("Reuters",)


def test_seed_says_why_lines_were_dropped(seed):
    reasons = {block.text: block.reason for block in seed.blocks if not block.kept}
    assert (reasons["share"], reasons["Comments"]) == ("share label", "comments label")


def test_seed_newsletter_block_is_dropped_as_one(seed):
    reasons = {block.text: block.reason for block in seed.blocks}
    assert reasons["What you want to know, gathered in one letter."] == "newsletter vocabulary"


GERMAN = """\
    Startseite
    Region
    Suche

    Brücke am Mühlbach bleibt bis Ostern gesperrt

    Von Greta Lindhorst
    14. Februar 2022, 09:15 Uhr
    Teilen

    Die Brücke am Mühlbach bleibt nach Angaben der Gemeinde bis Ostern gesperrt, weil das Holz des Geländers fault.

    Fußgänger sollen solange den Steg an der alten Walkmühle nehmen, sagte Bauamtsleiter Ruben Tillmann am Montag.

    Lesen Sie auch: Walkmühle sucht neuen Pächter

    „Wir haben das Holz dreimal gestrichen“, sagte Tillmann. „Beim vierten Mal hielt die Farbe den Balken.“

    Im Gemeinderat hieß es, ein Ersatz aus Stahl koste 80.000 Euro und komme frühestens im Sommer.

    Kommentare (3)
    Jetzt anmelden und mitreden
"""


def test_german_body():
    body = article(GERMAN).article_body
    assert (
        body.startswith("Die Brücke"),
        body.endswith("Sommer."),
        "Lesen Sie" in body,
        "Tillmann am Montag" in body,
    ) == (
        True,
        True,
        False,
        True,
    )


def test_language_is_that_of_the_text():
    assert [article(text).in_language for text in (GERMAN, WRAPPED, RUSSIAN, CHINESE)] == ["de", "en", "ru", "zh"]


def test_german_fields():
    a = article(GERMAN)
    assert (a.headline, a.date_published, [p.name for p in a.authors]) == (
        "Brücke am Mühlbach bleibt bis Ostern gesperrt",
        "2022-02-14T09:15:00",
        ["Greta Lindhorst"],
    )


WRAPPED = """\
    Island ferry to sail on Sundays again

    The ferry to Scarra will sail on Sundays again from the first of May,
    the operator said on Thursday, ending a pause of three years that had
    left the island's two hotels without guests at weekends.

    Both crews have been hired back. The master of the larger boat, Ines
    Corrigan, said that she had kept her cap on its nail the whole time
    and had oiled the whistle every month.

    The timetable allows for eleven crossings a week, two more than before
    the pause, and for a late boat on the evening of the harvest dance.
"""


def test_wrapped_lines_become_paragraphs():
    body = article(WRAPPED).article_body
    assert [len(paragraph) > 120 and "\n" not in paragraph for paragraph in body.split("\n\n")] == [True] * 3


def test_wrapped_words_keep_their_space():
    assert "first of May, the operator" in article(WRAPPED).article_body


def test_windows_newlines_change_nothing():
    assert article(WRAPPED.replace("\n", "\r\n")).article_body == article(WRAPPED).article_body


def test_old_mac_newlines_change_nothing():
    assert article(WRAPPED.replace("\n", "\r")).article_body == article(WRAPPED).article_body


def test_no_byline_means_no_author():
    assert article(WRAPPED).authors == ()


POINTERS = """\
    Owl returns to the clock tower

    A barn owl that left the clock tower of Hexley in 2018 has come back with a mate, the verger says.
    READ MORE: Clock tower to be cleaned
    The two were seen at dusk on Saturday by a wedding party of sixty, who counted the bells to be polite.
    Also read: Ten towers to see this autumn
    The parish will keep the tower lights off until the young have flown, which is expected in August.
    Related articles
    Bats move into the vestry
    Swifts are late this year
"""


def test_pointers_between_paragraphs_are_dropped():
    assert [line[:5] for line in article(POINTERS).article_body.split("\n\n")] == ["A bar", "The t", "The p"]


MARKDOWN = """\
    # How to prune an old pear tree

    *Published 2 March 2021*

    An old pear tree wants light more than it wants a saw, and most of the work is standing back to look.

    ## What you need

    - a folding saw with a clean blade
    - a ladder that stands on three legs
    - a friend who says when to stop

    ## When to cut

    Cut on a dry day after the hardest frost, and never take more than a fifth of the crown in one winter.

    > My father took a quarter, and the tree sulked for six years.

    1. Take out what is dead.
    2. Take out what crosses.
    3. Put the saw **away**.
"""


@pytest.fixture(scope="module")
def markdown():
    return article(MARKDOWN, settings=WHOLE)


def test_markdown_heading_is_the_headline(markdown):
    assert markdown.headline == "How to prune an old pear tree"


def test_markdown_section_headings(markdown):
    assert [b.text for b in markdown.blocks if isinstance(b, Heading)] == ["What you need", "When to cut"]


def test_markdown_lists(markdown):
    assert [[item.text for item in b.items] for b in markdown.blocks if isinstance(b, List)] == [
        ["a folding saw with a clean blade", "a ladder that stands on three legs", "a friend who says when to stop"],
        ["Take out what is dead.", "Take out what crosses.", "Put the saw away."],
    ]


def test_markdown_numbered_lists_are_ordered(markdown):
    assert [b.items[0].ordered for b in markdown.blocks if isinstance(b, List)] == [False, True]


def test_markdown_quote(markdown):
    assert [b.text[:9] for b in markdown.blocks if isinstance(b, Quote)] == ["My father"]


CHINESE = """\
    首页
    新闻
    渡轮夏季将增开夜班
    2023年6月5日 10:20
    来源：新华社
    港务局周一宣布，从七月起，前往北岸的渡轮将增开两班夜航，末班船改为晚上十点半开出。
    北岸居民多年来一直要求延长航班时间，他们说，看完演出之后常常赶不上回家的船。
    港务局负责人说，票价在明年春天之前不会调整，届时将重新审视冬季的客流数据。
    相关阅读：北岸码头明年翻修
    责任编辑
    评论
"""


def test_chinese_body():
    paragraphs = article(CHINESE).article_body.split("\n\n")
    assert [p[:2] for p in paragraphs] == ["港务", "北岸", "港务"]


def test_chinese_fields():
    a = article(CHINESE)
    assert (a.headline, a.date_published, a.agency) == ("渡轮夏季将增开夜班", "2023-06-05T10:20:00", ("新华社",))


RUSSIAN = """\
    Паром снова ходит по воскресеньям
    Автор: Нина Карелина
    5 июня 2023 г.
    Поделиться
    Паром на северный берег с первого июля снова будет ходить по воскресеньям, сообщили в порту в понедельник.
    Жители просили об этом три года: после концертов многие не успевали на последний рейс и ночевали в зале ожидания.
    Читайте также: Северный причал ждёт ремонт
    Стоимость билета до весны не изменится, сказал начальник порта.
    Подпишитесь на наш Telegram-канал
    Комментарии
"""


def test_russian_body():
    assert [p[:6] for p in article(RUSSIAN).article_body.split("\n\n")] == ["Паром ", "Жители", "Стоимо"]


def test_russian_fields():
    a = article(RUSSIAN)
    assert (a.headline, a.date_published, [p.name for p in a.authors]) == (
        "Паром снова ходит по воскресеньям",
        "2023-06-05",
        ["Нина Карелина"],
    )


ARABIC = """\
    العبّارة تعود إلى الإبحار يوم الأحد
    مشاركة
    أعلنت هيئة الميناء يوم الاثنين أن العبّارة إلى الضفة الشمالية ستعود إلى الإبحار كل يوم أحد اعتبارا من تموز.
    وكان السكان قد طالبوا بذلك منذ ثلاث سنوات، إذ كان كثيرون منهم يبيتون في قاعة الانتظار بعد الحفلات.
    اقرأ أيضا: ترميم الرصيف الشمالي
    وقال مدير الميناء إن أسعار التذاكر لن تتغير قبل الربيع المقبل.
    التعليقات
"""


def test_arabic_body():
    assert len(article(ARABIC).article_body.split("\n\n")) == 3


HEADED = """\
    Three gardens open to visitors
    The town opens three private gardens to visitors on the last weekend of June, for the first time since the drought.
    The walled garden
    Behind the old brewery, pears grow against a wall that is warm until midnight, and nobody has counted the bees.
    The roof
    Four storeys up, a retired signalman keeps melons in fish crates and waters them by the timetable of the trains.
    Updated: June 4, 2024
    Published: June 1, 2024
"""


def test_short_lines_between_paragraphs_are_headings():
    headings = [b.text for b in article(HEADED, settings=WHOLE).blocks if isinstance(b, Heading)]
    assert headings == ["The walled garden", "The roof"]


def test_published_and_updated_are_told_apart():
    a = article(HEADED)
    assert (a.date_published, a.date_modified) == ("2024-06-01", "2024-06-04")


def test_dates_after_now_are_refused():
    assert article(HEADED, now=datetime(2024, 6, 2, tzinfo=UTC)).date_modified is None


def test_repeated_paragraphs_stand_once():
    text = (
        "A headline of no great length\n\n"
        + "The same sentence stands twice in this file, which is one too many.\n\n" * 2
    )
    assert (
        extract_text(
            text + "And another sentence follows it here so that there is a story at all."
        ).article.article_body.count("The same sentence")
        == 1
    )


@pytest.mark.parametrize("text", ["", " \n\n ", "\ufeff", "Comments\nShare\n"])
def test_text_without_a_story_is_refused_in_words(text):
    extraction = extract_text(text)
    assert (extraction.article.article_body, bool(extraction.refusal)) == ("", True)


def test_bytes_are_decoded():
    text = (
        "Паром снова ходит\n\n" + "Паром на северный берег снова будет ходить по воскресеньям, сообщили в порту. " * 3
    )
    assert extract_text(text.encode("windows-1251")).article.article_body.startswith("Паром на")


def test_url_makes_the_identity():
    assert (
        extract_text(WRAPPED, url="https://example.org/a").article.id
        == extract_text("x", url="https://example.org/a").article.id
    )


def test_control_characters_are_dropped():
    assert "\x1b" not in extract_text(WRAPPED.replace("ferry", "fer\x1b[31mry")).article.article_body


def test_a_megabyte_of_lines_is_linear():
    assert extract_text(
        "The boat left the quay on time and came back before dusk, as it always does.\n" * 12_000
    ).article.article_body


@pytest.mark.parametrize("piece", ["**a ", "#", "__b", "(", "1. ", "By ", "© ", "2020-01-01 ", ">", "\u00ad", "-"])
def test_a_megabyte_in_one_line_is_linear(piece):
    start = time.process_time()
    extract_text(piece * (1_000_000 // len(piece)))
    assert time.process_time() - start < 2
