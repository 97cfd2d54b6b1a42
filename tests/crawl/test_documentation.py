"""The job file of the documentation is one that works."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from scraper.__main__ import main
from scraper.cli.run import read_job
from tests.crawl.changing_site import ChangingSite

PAGE = Path(__file__).parents[2] / "docs" / "runs.md"


@pytest.fixture
def example(tmp_path: Path) -> Path:
    (text,) = re.findall(r"^```toml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    path = tmp_path / "jobs.toml"
    path.write_text(text, "utf-8")
    return path


def test_example_passes_its_check(example: Path) -> None:
    assert main(["run", str(example), "--check"]) == 0


def test_example_runs(example: Path, site: ChangingSite) -> None:
    """Against a site on loopback: the addresses are another's, the delay is none, all else is as it stands there."""
    for number in range(4):
        site.add(number, datetime.now(UTC) - timedelta(hours=number + 1))
    site.pages["/politics/"] = site.section()
    text = (
        example.read_text("utf-8")
        .replace("https://news.example", site.root)
        .replace("https://paper.example", site.root)
    )
    text = re.sub(r"^delay = 1.0.*$", "delay = 0\nallow_private = true\nrobots = false", text, flags=re.MULTILINE)
    example.write_text(text.replace('include = ["', '# include = ["'), "utf-8")
    (example.parent / "urls.txt").write_text(f"# given\n{site.root}{next(iter(site.stories))}\n", "utf-8")
    assert main(["run", str(example), "-q"]) == 0
    records = [json.loads(line) for line in (example.parent / "articles.jsonl").read_text("utf-8").splitlines()]
    assert sorted(record["headline"] for record in records) == sorted(s.headline for s in site.stories.values())
    assert len((example.parent / "articles.csv").read_text("utf-8").splitlines()) == 5


def test_example_means_what_its_comments_say(example: Path) -> None:
    job = read_job(example)
    assert [source.kind for source in job.sources] == ["feed", "sitemap", "section", "urls"]
    assert (job.sources[0].every_s, job.sources[1].filter.limit, job.sources[1].filter.since) == (900, 200, 604_800)
    assert job.fetch.hosts["paper.example"].delay_s == 5 and job.outputs[1].when_missing == "new"


def test_day_as_since_works(example: Path) -> None:
    example.write_text(example.read_text().replace('since = "7d"', "since = 2026-01-01"))
    assert read_job(example).sources[0].filter.since == date(2026, 1, 1)


def test_keys_of_fetch_that_the_page_names_exist(example: Path) -> None:
    more = 'retries = 1\nconcurrency = 4\nper_host = 2\nmax_bytes = "5MB"\nuser_agent = "x"\nheaders = {}\ncookie_file = "c"\n'
    more += 'proxy = "http://127.0.0.1:1"\nwarc = "w.warc"\nrobots = true\nallow_private = false\n'
    example.write_text(example.read_text().replace("timeout = 30", "timeout = 30\n" + more))
    assert read_job(example).fetch.max_body_bytes == 5_000_000
