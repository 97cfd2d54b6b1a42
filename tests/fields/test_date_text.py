import time

import pytest

from scraper.fields.dates.date_text import find_moments, read_moment

WRITTEN = {
    "2024-05-03T15:47:42.389Z": "2024-05-03T15:47:42+00:00",
    "2024-05-03 15:47:42 +0200": "2024-05-03T15:47:42+02:00",
    "2024-05-03T15:47": "2024-05-03T15:47:00",
    "2024-05-03": "2024-05-03",
    "20240503": "2024-05-03",
    "20240503T154742Z": "2024-05-03T15:47:42+00:00",
    "1714751262": "2024-05-03T15:47:42+00:00",
    "1714751262000": "2024-05-03T15:47:42+00:00",
    "Fri, 03 May 2024 15:47:42 +0000": "2024-05-03T15:47:42+00:00",
    "Fri May 03 15:47:42 UTC 2024": "2024-05-03T15:47:42+00:00",
    "May 3, 2024 at 3:47 pm": "2024-05-03T15:47:00",
    "May 3, 2024, 12:10 a.m. EDT": "2024-05-03T00:10:00-04:00",
    "3. Mai 2024, 15:47 Uhr": "2024-05-03T15:47:00",
    "3.5.2024 | 15.47 Uhr": "2024-05-03T15:47:00",
    "3 mai 2024 à 15h47": "2024-05-03T15:47:00",
    "3 de mayo de 2024 a las 15:47": "2024-05-03T15:47:00",
    "3 de maio de 2024 às 15h47": "2024-05-03T15:47:00",
    "3 maggio 2024 alle 15:47": "2024-05-03T15:47:00",
    "3 mei 2024 om 15:47": "2024-05-03T15:47:00",
    "3 maj 2024 kl. 15.47": "2024-05-03T15:47:00",
    "3. mai 2024 kl. 15:47": "2024-05-03T15:47:00",
    "3. toukokuuta 2024 klo 15.47": "2024-05-03T15:47:00",
    "3 maja 2024, 15:47": "2024-05-03T15:47:00",
    "3. května 2024 15:47": "2024-05-03T15:47:00",
    "2024. május 3. 15:47": "2024-05-03T15:47:00",
    "3 mai 2024, ora 15:47": "2024-05-03T15:47:00",
    "3 мая 2024, 15:47": "2024-05-03T15:47:00",
    "3 травня 2024 15:47": "2024-05-03T15:47:00",
    "3 Μαΐου 2024": "2024-05-03",
    "3 Mayıs 2024 15:47": "2024-05-03T15:47:00",
    "3 Mei 2024, 15:47 WIB": "2024-05-03T15:47:00+07:00",
    "3 tháng 5, 2024": "2024-05-03",
    "2024年5月3日 15時47分": "2024-05-03T15:47:00",
    "2024년 5월 3일 오후 3:47": "2024-05-03T15:47:00",
    "3 مايو 2024": "2024-05-03",
    "3 أيار / مايو 2024": "2024-05-03",
    "٣ مايو ٢٠٢٤": "2024-05-03",
    "14 اردیبهشت 1403": "2024-05-03",
    "3 मई 2024": "2024-05-03",
    "3 พฤษภาคม 2567": "2024-05-03",
    "03/05/2024": "2024-05-03",
    "05/13/2024": "2024-05-13",
    "03.05.24": "2024-05-03",
    "15:47, 3 MAY 2024": "2024-05-03T15:47:00",
    "28.09.1912:34": "2019-09-28",
    "3.5.1987": "1987-05-03",
    "2024. gada 3. maijs": "2024-05-03",
    "令和6年5月3日": "2024-05-03",
    "令和元年5月3日": "2019-05-03",
    "平成31年4月30日 10:20": "2019-04-30T10:20:00",
    "民國113年5月3日": "2024-05-03",
    "2024年5月3日（金）10時20分": "2024-05-03T10:20:00",
}


@pytest.mark.parametrize(("text", "iso"), WRITTEN.items(), ids=WRITTEN.keys())
def test_date_as_written(text, iso):
    assert read_moment(text).iso == iso


def test_month_first_is_obeyed_where_asked():
    assert read_moment("03/05/2024", month_first=True).iso == "2024-03-05"


def test_two_dates_of_a_line_keep_their_order():
    found = find_moments("Posted: Aug 08, 2024 4:00 AM EDT | Last Updated: Aug 9, 2024")
    assert [m.iso for m in found] == ["2024-08-08T04:00:00-04:00", "2024-08-09"]


@pytest.mark.parametrize(
    "value",
    ["0000-01-01", "2024-13-45", "2024-02-30", "NaN", "", "x" * 1_000_000, None, True, [], {}, float("nan"), 10**30],
)
def test_what_is_no_date_gives_none(value):
    assert read_moment(value) is None


def test_impossible_offset_is_not_believed():
    assert read_moment("2024-05-03T10:00:00+99:99").has_zone is False


@pytest.mark.parametrize("text", ["1 " * 5_000, "3 ore " * 5_000, "12:" * 9_000, "3 May 2024 " + "ore klo saat " * 900])
def test_hostile_text_is_read_in_time(text):
    start = time.process_time()
    find_moments(text)
    assert time.process_time() - start < 0.5


INSTANTS = """2024-05-03T15:47:42Z 2024-05-03T15:47:42 2024-05-03T15:47:42.389Z 2024-05-03T15:47:42.389125-04:00
2024-05-03T15:47:42+0530 2024-05-03T15:47:42-00:00 2024-05-03T15:47:42+14:59 2024-05-03T15:47:42+15:00
2024-05-03T24:00:00Z 2024-05-03T15:47:60Z 2024-13-03T15:47:42Z 2024-02-30T15:47:42Z 1899-05-03T15:47:42Z
1900-01-01T00:00:00Z 2567-05-03T15:47:42+07:00 2443-01-01T00:00:00Z 2442-12-31T00:00:00Z 1403-02-14T15:47:42+03:30
0000-05-03T15:47:42Z""".split()


@pytest.mark.parametrize("text", INSTANTS)
def test_an_instant_for_machines_is_read_as_one_in_a_text(text):
    assert read_moment(text) == next(iter(find_moments(text)), None)


@pytest.mark.parametrize("text", ["Apr 042013", "April042013", "Apr. 042013 by Jane Doe"])
def test_leaf_of_a_calendar_whose_parts_the_text_joins(text):
    assert [moment.day for moment in find_moments(text)] == ["2013-04-04"]


@pytest.mark.parametrize("text", ["Room 042013", "Apr 4201377", "May 2013", "Apr 992013"])
def test_number_behind_a_word_is_no_leaf_of_a_calendar(text):
    assert find_moments(text) == []
