"""The tutorial's commands, one after the other, in a folder of their own."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from scraper.__main__ import main

ROOT = Path(__file__).parents[2]
FIXTURE = ROOT / "fixtures" / "pages" / "wordpress-share-newsletter" / "page.html"
COMMANDS = [
    line
    for block in re.findall(
        r"^```\n(.*?)^```$", (ROOT / "docs" / "tutorial.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    for line in block.splitlines()
    if line.startswith("scraper ")
]
FETCHING = {"get", "batch"}


def test_the_tutorial_has_commands():
    assert len(COMMANDS) > 8


def test_the_tutorial_runs_from_top_to_bottom(news_site, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_bytes(FIXTURE.read_bytes())
    (tmp_path / "saved-pages").mkdir()
    (tmp_path / "saved-pages" / "page.html").write_bytes(FIXTURE.read_bytes())
    (tmp_path / "urls.txt").write_text("# two\n" + "\n".join(news_site.articles[:2]), "utf-8")
    for command in COMMANDS:
        _, name, *rest = shlex.split(command)
        loopback = name in FETCHING or rest[0].startswith("https://")
        words = [word.replace("https://example.com/news/1", news_site.articles[0]) for word in rest]
        options = ["--allow-private", "--delay", "0"] if loopback else []
        assert main([name, *words, *options]) == 0, command
        out = capsys.readouterr().out
        output = words[words.index("-o") + 1] if "-o" in words else None
        assert (tmp_path / output).stat().st_size if output else out, command
