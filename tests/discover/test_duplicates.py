"""The same story on several sites."""

from __future__ import annotations

import random
import sys

import pytest

from scraper import NearDuplicates, extract
from scraper.duplicates import signature_of
from scraper.errors import SettingsError

WORDS = "eel ladder weir council gravel ferry turnip otter lido clock storm poet sonnet library goose marsh harbour bell".split()


def story(seed, length=300):
    chance = random.Random(seed)  # noqa: S311  # the same on every run
    made = ["".join(chance.choice("bcdfglmnprst") + chance.choice("aeiou") for _ in range(3)) for _ in range(120)]
    return " ".join(chance.choice(made + WORDS) for _ in range(length))


def changed(text, share, seed=1):
    chance = random.Random(seed)  # noqa: S311  # the same on every run
    return " ".join("changed" if chance.random() < share else word for word in text.split())


@pytest.mark.parametrize(
    "variant",
    [
        lambda text: text,
        lambda text: text.upper(),
        lambda text: text[: len(text) * 7 // 10],
        lambda text: changed(text, 0.05),
        lambda text: "Carrow (agency) – " + text + " Readers may write to the desk.",
    ],
    ids=["same", "capitals", "cut", "words", "frame"],
)
def test_same_story_is_found(variant):
    seen = NearDuplicates()
    seen.add("first", signature_of(story(1)))
    assert seen.add("second", signature_of(variant(story(1)))) == "first"


def test_other_stories_are_not():
    seen = NearDuplicates()
    assert [seen.add(str(n), signature_of(story(n))) for n in range(200)] == [str(n) for n in range(200)]


def test_cluster_is_named_by_its_first():
    seen = NearDuplicates()
    text = story(1, 600)
    names = [seen.add(str(n), signature_of(changed(text, 0.03, n))) for n in range(5)]
    assert names == ["0"] * 5


def test_another_version_of_one_article_is_no_duplicate_of_itself():
    seen = NearDuplicates()
    seen.add("a", signature_of(story(1)))
    assert seen.add("a", signature_of(story(1) + " updated")) == "a"


def test_short_texts_are_left_alone():
    seen = NearDuplicates()
    assert signature_of("No results today.") is None
    assert [seen.add(name, None) for name in ("a", "b")] == ["a", "b"]


def test_script_without_spaces():
    chance = random.Random(1)  # noqa: S311  # the same on every run
    text = "".join(chr(0x4E00 + chance.randrange(5000)) for _ in range(400))
    seen = NearDuplicates()
    seen.add("a", signature_of(text))
    assert seen.add("b", signature_of(text[20:] + "。")) == "a"


def test_record_is_marked():
    page = (
        "<html><body><article><h1>Eel ladder opens</h1>"
        + "".join(f"<p>{story(n, 60)}.</p>" for n in range(6))
        + "</article></body></html>"
    )
    seen = NearDuplicates()
    first = seen.marked(extract(page, "https://news.example/a", keep_all=True))
    second = seen.marked(extract(page, "https://other.example.org/b", keep_all=True))
    assert (first.metadata.duplicate_of, second.metadata.duplicate_of) == (None, first.id)


def test_without_the_library_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "rensa", None)
    with pytest.raises(SettingsError, match=r"article-scraper\[duplicates\]"):
        signature_of("x")
