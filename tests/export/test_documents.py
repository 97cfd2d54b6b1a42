"""One file an article: names, Markdown with front matter, JSON-LD."""

from __future__ import annotations

import fcntl
import json
import unicodedata
from dataclasses import replace

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scraper.export.exporter import ExportOptions, Target
from scraper.export.file_names import stem_of
from scraper.export.formats import format_named
from scraper.export.json_ld import json_ld_document, json_ld_of
from scraper.export.markdown import markdown_document
from scraper.export.opening import open_export
from scraper.model.article import Breadcrumb, Image, LiveBlogUpdate, Media
from tests.contract.records import HOSTILE_TEXTS, article, bare, full, hostile

HOSTILE_NAMES = (
    "../../etc/passwd",
    "/etc/passwd",
    "..\\..\\windows\\system32",
    "CON",
    "nul.txt",
    "a\0b",
    "x" * 300,
    "好" * 90,
    "trailing dot.",
    "-rf",
    "~root",
    "\u202egnp.exe",
    ".hidden",
    "a\nb",
    "",
    "%2e%2e%2f",
    "$(reboot)",
    "MILL",
    "mill",
    "mi\u0301ll",
    "m\u00edll",
)


def write(folder, name, *articles, form="md"):
    target = Target(path=folder, options=ExportOptions(name=name))
    with open_export(format_named(form), target) as exporter:
        for one in articles:
            exporter.write(one)
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("id", "0000000000000001"),
        ("url", "news-example-com-story-1-0000000000000001"),
        ("date", "2026-03-14-mill-1-turns-again-0000000000000001"),
    ],
)
def test_names_can_be_read(name, stem):
    assert stem_of(article(1), name) == stem


@pytest.mark.parametrize("name", ["id", "url", "date"])
def test_hostile_names_stay_inside_and_apart(tmp_path, name):
    articles = [
        article(
            number,
            headline=text,
            date_published=text,
            canonical_url=f"https://{text}.example/{text}",
            id=text if number % 2 else f"{number:016x}",
        )
        for number, text in enumerate(HOSTILE_NAMES)
    ]
    names = write(tmp_path / "in", name, *articles)
    assert len({unicodedata.normalize("NFC", one).lower() for one in names}) == len(articles)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["url", "date", "id"]), st.text(max_size=40))
def test_a_name_is_safe_whatever_a_page_says(text, name, identity):
    stem = stem_of(article(1, headline=text, date_published=text, canonical_url=text, url=text, id=identity), name)
    assert stem.isascii() and stem.replace("-", "a").isalnum() and stem == stem.lower()
    assert 16 <= len(stem) <= 120 and not stem.startswith("-")


def test_an_article_keeps_its_name_when_its_headline_changes(tmp_path):
    first = write(tmp_path, "date", article(1))
    assert write(tmp_path, "date", article(1, headline="Another headline")) == first
    assert "Another headline" in (tmp_path / first[0]).read_text()


def test_formats_share_a_folder(tmp_path):
    write(tmp_path, "id", article(1), form="json")
    write(tmp_path, "id", article(1), form="jsonld")
    assert write(tmp_path, "id", article(1)) == [f"{1:016x}{suffix}" for suffix in (".json", ".jsonld", ".md")]


def test_a_link_planted_under_a_name_is_replaced(tmp_path):
    (tmp_path / "precious").write_text("keep me")
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / f"{1:016x}.md").symlink_to(tmp_path / "precious")
    write(folder, "id", article(1))
    assert (tmp_path / "precious").read_text() == "keep me"
    assert not (folder / f"{1:016x}.md").is_symlink()


def test_what_a_killed_program_left_is_swept_away(tmp_path):
    (tmp_path / ".scraper-file-abc.part").write_text("half")
    assert len(write(tmp_path, "id", article(1))) == 1


def test_what_another_program_is_writing_is_left_alone(tmp_path):
    with (tmp_path / ".scraper-file-abc.part").open("w") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        assert len(write(tmp_path, "id", article(1))) == 2


def head_of(text):
    """Return the front matter as PyYAML reads it, and the rest."""
    _, head, body = text.split("---\n", 2)
    return yaml.safe_load(head), body


@pytest.mark.parametrize("text", [text for text in HOSTILE_TEXTS if text])
def test_front_matter_is_yaml_that_no_text_can_break(text):
    one = article(1, headline=text, keywords=(text, "x"), alternative_headline=text)
    head, _ = head_of(markdown_document(one))
    assert (head["headline"], head["keywords"], head["alternativeHeadline"]) == (text, [text, "x"], text)
    assert head["url"] == one.url


def test_front_matter_has_what_a_site_generator_asks_for():
    head, _ = head_of(markdown_document(article(1)))
    assert head == {
        "id": f"{1:016x}",
        "headline": "Mill 1 turns again",
        "url": "https://news.example.com/story-1",
        "authors": ["Ada Quill", "Example Desk"],
        "publisher": "Example Courier",
        "datePublished": "2026-03-14T08:30:00+01:00",
        "keywords": ["mill", "water"],
    }


@pytest.mark.parametrize("text", [*HOSTILE_TEXTS, "# no heading", "1. no list", "<b>x</b>", "[a](javascript:b)", "***"])
def test_markdown_of_plain_text_is_inert(text):
    one = article(1, headline=None, article_body=text, article_body_html=None)
    _, body = head_of(markdown_document(one))
    page = MarkdownIt("commonmark").parse(body)
    kinds = {token.type for token in page} | {child.type for token in page for child in token.children or []}
    assert kinds <= {"paragraph_open", "paragraph_close", "inline", "text", "softbreak", "hardbreak", "text_special"}


def test_lists_of_plain_text_stay_lists():
    assert "- one\n- two" in markdown_document(article(1))


def test_json_ld_says_what_the_record_says():
    node = json_ld_of(
        article(
            1,
            agency=("EPA",),
            breadcrumbs=(Breadcrumb(name="Home", url="https://news.example.com/"),),
            main_image=Image(url="https://x.example/1.jpg", credit="Ann"),
            images=(Image(url="https://x.example/1.jpg"), Image(url="https://x.example/2.jpg", caption="Two")),
            videos=(Media(url="https://v.example/1", title="Film"),),
            is_accessible_for_free=False,
        )
    )
    assert node["@type"] == "NewsArticle"
    assert node["author"][0] == {"@type": "Person", "name": "Ada Quill"}
    assert node["image"] == [
        {"@type": "ImageObject", "url": "https://x.example/1.jpg", "creditText": "Ann"},
        {"@type": "ImageObject", "url": "https://x.example/2.jpg", "caption": "Two"},
    ]
    assert node["breadcrumb"]["itemListElement"][0]["position"] == 1
    assert (node["isAccessibleForFree"], node["sourceOrganization"][0]["name"]) == (False, "EPA")
    assert node["video"][0] == {"@type": "VideoObject", "url": "https://v.example/1", "name": "Film"}


def test_json_ld_of_a_live_blog_has_its_updates():
    node = json_ld_of(article(1, is_live_blog=True, live_updates=(LiveBlogUpdate(headline="First"),)))
    assert (node["@type"], node["liveBlogUpdate"]) == (
        "LiveBlogPosting",
        [{"@type": "BlogPosting", "headline": "First"}],
    )


@pytest.mark.parametrize("one", [bare(), full(), *hostile()], ids=lambda one: one.id)
def test_json_ld_holds_no_unknowns(one):
    def values(node):
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        return [node, *(value for item in inner for value in values(item))]

    assert [value for value in values(json_ld_of(one)) if value is None or value in ("", [])] == []


def test_json_ld_can_stand_in_a_script_element():
    text = json_ld_document(article(1, headline="</script><!--<script>"))
    assert "<" not in text
    assert json.loads(text)["headline"] == "</script><!--<script>"


def test_json_ld_of_many_is_one_graph(tmp_path):
    path = tmp_path / "out.jsonld"
    with open_export(format_named("jsonld"), Target(path=path)) as exporter:
        for one in (article(1), article(2)):
            exporter.write(one)
    assert [node["identifier"] for node in json.loads(path.read_bytes())["@graph"]] == [f"{1:016x}", f"{2:016x}"]


def test_options_are_frozen_values():
    assert replace(ExportOptions(), bom=True) == ExportOptions(bom=True)
