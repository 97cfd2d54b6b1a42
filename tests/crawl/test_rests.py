"""Politeness from one run to the next: a run that begins at once waits as the last one would have."""

from __future__ import annotations

import itertools
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scraper.__main__ import main
from scraper.crawl.rows import RestRow
from scraper.crawl.state import State
from tests.crawl.changing_site import START, ChangingSite


@pytest.fixture
def times(site: ChangingSite, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float]]:
    """Return path and time of each request; robots.txt asks for 1.2 seconds."""
    seen: list[tuple[str, float]] = []
    whole = ChangingSite.answer

    def timed(self: ChangingSite, path: str, etag: str | None) -> tuple[int, dict[str, str], bytes]:
        seen.append((path, time.monotonic()))
        if path == "/robots.txt":
            return 200, {"Content-Type": "text/plain"}, b"User-agent: *\nCrawl-delay: 1.2\n"
        return whole(self, path, etag)

    monkeypatch.setattr(ChangingSite, "answer", timed)
    for number in range(4):
        site.add(number + 1, START)
    return seen


def run(folder: Path, site: ChangingSite, count: int, fetch: str) -> int:
    """Run a job over the first pages of the site."""
    urls = [f'"{site.root}{path}"' for path in list(site.stories)[:count]]
    path = folder / "jobs.toml"
    path.write_text(
        f'state = "state.db"\n[fetch]\nallow_private = true\n{fetch}\n'
        f'[[source]]\nname = "list"\nurls = [{", ".join(urls)}]\n[[output]]\npath = "out.jsonl"\n'
    )
    return main(["run", str(path), "-q"])


def test_delay_holds_from_one_run_to_the_next(
    site: ChangingSite, times: list[tuple[str, float]], tmp_path: Path
) -> None:
    for count in (1, 2, 3):
        assert run(tmp_path, site, count, "robots = false\ndelay = 1.0") == 0
    asked = [moment for _path, moment in times]
    gaps = [later - earlier for earlier, later in itertools.pairwise(asked)]
    assert len(gaps) == 2 and min(gaps) >= 1.0


def test_crawl_delay_holds_from_one_run_to_the_next(
    site: ChangingSite, times: list[tuple[str, float]], tmp_path: Path
) -> None:
    for count in (1, 2):
        assert run(tmp_path, site, count, "delay = 0") == 0
    (first,) = [moment for path, moment in times[:2] if path != "/robots.txt"]
    assert times[2][1] - first >= 1.2


@pytest.mark.parametrize("ahead_s", [86_400, 10 * 365 * 86_400])
def test_clock_that_was_ahead_makes_nobody_wait_longer_than_the_delay(
    site: ChangingSite, times: list[tuple[str, float]], tmp_path: Path, ahead_s: int
) -> None:
    with State.open(tmp_path / "state.db") as state:
        state.begin()
        until_ms = int((time.time() + ahead_s) * 1000)
        state.put_rests([RestRow(host=urlsplit(site.root).netloc, until_ms=until_ms, left_ms=400)])
        state.commit()
    began = time.monotonic()
    assert run(tmp_path, site, 1, "robots = false\ndelay = 0.4") == 0
    assert 0.4 <= times[0][1] - began < 4


def test_rest_that_is_over_makes_nobody_wait(
    site: ChangingSite, times: list[tuple[str, float]], tmp_path: Path
) -> None:
    with State.open(tmp_path / "state.db") as state:
        state.begin()
        host = urlsplit(site.root).netloc
        state.put_rests([RestRow(host=host, until_ms=int(time.time() * 1000) - 1, left_ms=60_000)])
        state.commit()
    began = time.monotonic()
    assert run(tmp_path, site, 1, "robots = false\ndelay = 0") == 0
    assert times[0][1] - began < 10
