import pytest

from scraper.extract_text import extract_text
from scraper.extraction import extract_page
from scraper.fields.fingerprint import count_and_simhash, simhash, text_hash, word_count
from scraper.model.article import Article
from scraper.page.page import page_of
from tests.fields.chosen import NOW, TEXT, URL

HTML = f"""<html lang="en"><head><title>Town bridge opens | Daily Example</title>
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Town bridge opens",
"datePublished": "2024-05-03T10:00:00+02:00", "author": {{"@type": "Person", "name": "Jane Doe"}}}}</script></head>
<body><article><h1>Town bridge opens</h1><p>{TEXT}</p><p>{TEXT}</p></article></body></html>"""


@pytest.fixture(scope="module")
def article():
    return extract_page(page_of(HTML, URL, now=NOW)).article


def test_sources_name_where_each_value_came_from(article):
    assert article.metadata.sources["datePublished"] == "jsonld"


def test_raw_date_stands_beside_the_parsed_one(article):
    assert article.date_published_raw == "2024-05-03T10:00:00+02:00"


def test_fetch_time_is_utc(article):
    assert article.metadata.fetched_at == "2024-05-10T12:00:00Z"


def test_record_survives_json(article):
    assert Article.from_json(article.to_json()) == article


def test_refused_value_becomes_a_warning():
    html = HTML.replace("2024-05-03", "2031-05-03")
    warnings = extract_page(page_of(html, URL, now=NOW)).article.metadata.warnings
    assert any("future" in w for w in warnings)


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        (
            HTML.replace("mayor", "mayor’s wife").encode().decode("latin-1").encode(),
            "the text was encoded as UTF-8 twice",
        ),
        (
            HTML.replace("<title>", "<meta charset=iso-8859-1><title>").replace("mayor", "mayor’s wife").encode(),
            "declared as windows-1252, but is utf-8",
        ),
        (b"<meta charset=utf-8>" + HTML.encode() + "é".encode()[:1], "the text is cut inside a character"),
    ],
    ids=["twice", "label", "cut"],
)
def test_bytes_read_other_than_labelled_are_a_warning(body, warning):
    assert warning in extract_page(page_of(body, URL, now=NOW)).article.metadata.warnings


def test_plain_text_warns_of_its_bytes_too():
    text = f"Town bridge opens\n\n{TEXT}\n\n{TEXT}\n".replace("mayor", "mayor’s wife")
    found = extract_text(text.encode().decode("latin-1").encode()).article.metadata.warnings
    assert found == ("the text was encoded as UTF-8 twice",)


def test_next_page_is_reported():
    html = HTML.replace("<head>", f'<head><link rel="next" href="{URL}?page=2">')
    warnings = extract_page(page_of(html, URL, now=NOW)).article.metadata.warnings
    assert f"more pages: {URL}?page=2" in warnings


def test_next_post_of_a_blog_is_no_next_page():
    html = HTML.replace("<head>", '<head><link rel="next" href="https://www.example.com/2024/another-post">')
    warnings = extract_page(page_of(html, URL, now=NOW)).article.metadata.warnings
    assert not any(w.startswith("more pages") for w in warnings)


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("one two-three it's", 3), ("- a\n- b", 2), ("新しい橋が開通した", 5), ("한국어 두 단어", 3)],
)
def test_words_are_counted(text, count):
    assert word_count(text) == count


def test_near_duplicates_have_near_simhashes():
    a, b = (int(simhash(t) or "0", 16) for t in (TEXT * 3, TEXT * 3 + " One sentence more."))
    assert (a ^ b).bit_count() <= 8


def test_different_texts_have_far_simhashes():
    a, b = (
        int(simhash(t) or "0", 16)
        for t in (TEXT, "Cats win the cup in a final that nobody will soon forget, says the coach.")
    )
    assert (a ^ b).bit_count() > 12


JOINED = (
    "Don’t say ‘don’t’, don't say 'don't'; well-known, well- known, -- and a-’b, a’’b, ’a, a’",
    "Straße_1, «élan» … 3’000 Φίλος’s Σ “ΟΔΟΣ” नमस्ते दुनिया ٢٠٢٤ e\u0301te\u0301 a\u200bb a\xa0b",
    "\ud800 lone \x00 controls \x1c between \x85 words",
    "ISTANBUL İSTANBUL",
    "東京 and Berlin",
    "’",
)
"""Words with joiners at their edges, letters and marks of many scripts, characters that no text should have."""


@pytest.mark.parametrize("text", JOINED)
def test_words_counted_and_hashed_at_once_are_the_same_words(text):
    assert count_and_simhash(text) == (word_count(text), simhash(text))


def test_empty_text_has_no_simhash():
    assert simhash("") is None


def test_text_hash_is_stable():
    assert text_hash("bridge") == "17f29b073143d8cd"
