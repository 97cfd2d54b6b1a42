"""What the documentation says can be done: links lead somewhere, commands parse, examples run."""

from __future__ import annotations

import ast
import asyncio
import dataclasses
import importlib.util
import inspect
import re
import shlex
from pathlib import Path

import pytest
import typer

import scraper
from docs.record import record_page
from scraper import FetchSettings, extract
from scraper.cli.app import make_app
from scraper.schema import article_schema

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", ROOT / "training/README.md", *sorted(ROOT.glob("docs/**/*.md"))]
FIXTURE = ROOT / "fixtures" / "pages" / "wordpress-share-newsletter" / "page.html"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")


def name_of(page):
    return str(page.relative_to(ROOT))


def anchors_of(page):
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text("utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links():
    return [(page, target) for page in PAGES for target in LINK.findall(FENCE.sub("", page.read_text("utf-8")))]


def commands(program):
    """Yield the arguments of each command line that starts `program`, in blocks and in running text."""
    for page in PAGES:
        text = page.read_text("utf-8")
        lines = [line for language, block in FENCE.findall(text) if not language for line in block.splitlines()]
        for line in lines + INLINE.findall(FENCE.sub("", text)):
            for part in re.split(r" \| | && ", line):
                words = shlex.split(part, comments=True) if part.count("'") % 2 == 0 else []
                if words[: len(program)] == program or words[:1] == [f".venv/bin/{program[0]}"]:
                    yield words[len(program) :]


SCRAPER = [words for words in commands(["scraper"]) if words and words[0] != "COMMAND"]


@pytest.mark.parametrize(("page", "target"), links(), ids=lambda one: one if isinstance(one, str) else name_of(one))
def test_link_leads_somewhere(page, target):
    if target.startswith(("https://", "http://")):
        return
    path, _, anchor = target.partition("#")
    there = (page.parent / path).resolve() if path else page
    assert there.exists()
    assert not anchor or anchor in anchors_of(there)


def test_every_page_of_the_docs_is_in_their_index():
    index = ROOT / "docs" / "README.md"
    linked = set(LINK.findall(index.read_text("utf-8")))
    assert {page.name for page in ROOT.glob("docs/*.md")} - linked == {"README.md"}


def reachable(page, seen):
    """Return all pages that links lead to from a page."""
    if page in seen or page.suffix != ".md":
        return seen
    seen.add(page)
    for target in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        if not target.startswith(("http", "#")):
            reachable((page.parent / target.partition("#")[0]).resolve(), seen)
    return seen


def test_links_lead_from_the_readme_to_every_page_of_the_docs():
    assert set(ROOT.glob("docs/*.md")) - reachable(ROOT / "README.md", set()) == set()


IMAGES = sorted(ROOT.glob("docs/images/*"))


@pytest.mark.parametrize("image", IMAGES, ids=lambda one: one.name)
def test_picture_is_shown_on_a_page(image):
    assert [page for page in PAGES if f"images/{image.name}" in page.read_text("utf-8")]


def test_pictures_that_pages_show_exist():
    shown = [
        (page.parent / target)
        for page in PAGES
        for target in re.findall(r"!\[[^\]]*\]\(([^)\s]+)\)", page.read_text("utf-8"))
    ]
    assert shown
    assert [path for path in shown if not path.exists()] == []


def test_docs_hold_commands():
    assert len(SCRAPER) > 10


def unknown_in(words):
    """Return what a command line holds that the program does not know."""
    name, *rest = words
    group = typer.main.get_command(make_app())
    if name.startswith("-"):
        known = {option for param in group.params for option in param.opts}
        return [word for word in words if word not in known | {"--help"}]
    if name not in group.commands:
        return [name]
    command = group.commands[name]
    if hasattr(command, "commands"):
        if rest[:1] and rest[0] not in command.commands:
            return rest[:1]
        command, rest = command.commands[rest[0]], rest[1:]
    known = {option for param in command.params for option in param.opts} | {"--help", "-h"}
    given = [word.partition("=")[0] for word in rest if word.startswith("-") and word != "-"]
    return [option for option in given if option not in known]


@pytest.mark.parametrize("words", SCRAPER, ids=" ".join)
def test_command_and_its_options_exist(words):
    assert unknown_in(words) == []


def test_unknown_option_is_found():
    assert unknown_in(["get", "URL", "--no-such-option"]) == ["--no-such-option"]


@pytest.mark.parametrize("words", list(commands(["python", "-m"])), ids=" ".join)
def test_module_that_is_run_exists(words):
    module = words[0]
    assert importlib.util.find_spec(module) or (ROOT / module.replace(".", "/")).with_suffix(".py").exists()


@pytest.mark.parametrize("command", ["get", "extract", "batch", "inspect", "report", "schema"])
def test_help_of_each_command(command, capsys):
    with pytest.raises(SystemExit) as ended:
        make_app()([command, "--help"])
    assert ended.value.code == 0
    assert command in capsys.readouterr().out


CODE_PATH = re.compile(r"`((?:scraper|tests|benchmarks|training|fixtures|schema|docs)/[\w./-]+)`")
NAMED = sorted(
    {path for page in PAGES if page.parent.name != "decisions" for path in CODE_PATH.findall(page.read_text("utf-8"))}
)
"""Decisions tell of files that never came to be, too."""


@pytest.mark.parametrize("path", NAMED)
def test_file_named_in_the_docs_exists(path):
    if path.startswith("scraper/"):
        assert (Path(scraper.__file__).parent / path.removeprefix("scraper/")).exists()
    else:
        assert (ROOT / path).exists()


def snippets():
    return [
        pytest.param(page, block, id=f"{name_of(page)}-{number}")
        for page in PAGES
        for number, (language, block) in enumerate(FENCE.findall(page.read_text("utf-8")))
        if language == "python"
    ]


def _on_loopback(init):
    """Return a constructor that permits loopback and waits for nothing."""

    def patched(self, fetch=FetchSettings(), *rest, **named):  # noqa: B008  # frozen
        init(self, dataclasses.replace(fetch, delay_s=0, allow_private=True), *rest, **named)

    return patched


@pytest.mark.parametrize(("page", "block"), snippets())
def test_python_example_runs(page, block, news_site, monkeypatch, capsys):
    """Run an example with a page of ours, and with a site on loopback in the place of the web."""
    monkeypatch.chdir(ROOT)
    for kind in (scraper.Scraper, scraper.AsyncScraper):
        monkeypatch.setattr(kind, "__init__", _on_loopback(kind.__init__))
    names = {name: getattr(scraper, name) for name in scraper.__all__}
    urls = news_site.articles[:2]
    names |= {"html": FIXTURE.read_text("utf-8"), "urls": urls, "url": urls[0]}
    code = compile(block.replace("url=...", "url=url"), name_of(page), "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    if code.co_flags & inspect.CO_COROUTINE:
        asyncio.run(eval(code, names))  # noqa: S307  # our own examples
    else:
        exec(code, names)  # noqa: S102  # the same
    capsys.readouterr()


def test_readme_shows_what_its_command_prints():
    record = extract(FIXTURE.read_bytes()).to_dict()
    shown = next(
        block for language, block in FENCE.findall((ROOT / "README.md").read_text("utf-8")) if language == "json"
    )
    assert f'"id": "{record["id"]}"' in shown
    for name in ("headline", "datePublished", "dateModified", "inLanguage", "wordCount"):
        value = record[name]
        assert f'"{name}": ' + (f'"{value}"' if isinstance(value, str) else str(value)) in shown
    assert record["authors"][0]["name"] in shown
    assert record["articleBody"].startswith(re.search(r'"articleBody": "(.*?) …', shown)[1])
    assert f"{len(record)} keys" in (ROOT / "README.md").read_text("utf-8")


def test_readme_marks_its_figures():
    text = (ROOT / "README.md").read_text("utf-8")
    assert text.index("<!-- figures -->") < text.index("| set |") < text.index("<!-- /figures -->")


def test_page_on_the_record_is_current():
    assert (ROOT / "docs" / "record.md").read_text("utf-8") == record_page(), (
        "run: python docs/record.py > docs/record.md"
    )


def test_every_field_of_the_record_is_explained():
    missing = [name for name, schema in article_schema()["properties"].items() if "description" not in schema]
    assert missing == ["schemaVersion"]
