"""The benchmarks measure what they say, on pages of our own."""

from __future__ import annotations

import gzip
import json
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks import calibration, speed, throughput
from benchmarks.calibration import Judged
from benchmarks.stages import STAGES, timed_stages
from benchmarks.svg import Axis, Plot, Series
from scraper import extract

PAGES = sorted(Path(__file__).parents[2].joinpath("fixtures", "pages").glob("*/page.html"))[:4]


@pytest.fixture
def sets(tmp_path):
    folder = tmp_path / "sets" / "ours"
    (folder / "html").mkdir(parents=True)
    for number, path in enumerate(PAGES):
        (folder / "html" / f"{number}.html.gz").write_bytes(gzip.compress(path.read_bytes()))
    lines = [json.dumps({"id": str(number), "url": f"https://news.example/{number}"}) for number in range(len(PAGES))]
    (folder / "pages.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return tmp_path / "sets"


@pytest.fixture
def run(monkeypatch, capsys):
    def command(main, *arguments):
        monkeypatch.setattr(sys, "argv", ["benchmark", *map(str, arguments)])
        return main(), capsys.readouterr().out

    return command


def test_every_stage_takes_time():
    with timed_stages() as spent:
        extract(PAGES[0].read_bytes(), keep_all=True)
    assert set(spent) >= set(STAGES) - {"second opinion"}


def test_stages_are_taken_off_again():
    with timed_stages() as spent:
        pass
    extract(PAGES[0].read_bytes(), keep_all=True)
    assert not spent


@pytest.mark.filterwarnings("default")
def test_speed_prints_ours_beside_the_peer_and_draws(run, sets, tmp_path, monkeypatch):
    monkeypatch.setattr(speed, "SPEED_PEERS", ["trafilatura"])
    monkeypatch.setattr(speed, "GROWTH", (2, 4))
    code, said = run(speed.main, "ours", "--sets", sets, "--repeat", 1, "--plot", tmp_path / "plot.svg")
    assert code == 0
    assert "| ours | 4 | this |" in said and "| ours | 4 | trafilatura |" in said and "| fields |" in said
    ET.fromstring((tmp_path / "plot.svg").read_text(encoding="utf-8"))  # noqa: S314  # our own file


def test_an_exponent_is_found():
    costs = [(size, 3e-7 * size**1.5) for size in (20_000, 100_000, 500_000)]
    exponent, factor = speed.fitted(costs)
    assert exponent == pytest.approx(1.5) and factor == pytest.approx(3e-7)


def test_a_missed_limit_is_told():
    costs = speed.Costs(seconds={speed.OURS: [0.02], "trafilatura": [0.02], speed.PARSE: [0.001]}, stages={"page": 1.0})
    assert [line.split(": ")[2].split(" ")[0] for line in speed.limits_missed("ours", costs)] == [
        "median",
        "p99",
        "20.0",
    ]


def test_throughput_counts_every_record(run, monkeypatch):
    monkeypatch.setenv("SCRAPER_BENCHMARK", "/nonexistent")
    code, said = run(throughput.main, "--pages", 12, "--no-peer")
    assert code == 0
    assert said.count("| 12 of 12 |") == 2


def pages_at(confidence, f1, count=30):
    return [Judged("ours", str(n), confidence, f1, (9, 1, 1)) for n in range(count)]


@pytest.mark.parametrize(
    ("pages", "fault"),
    [
        (pages_at(0.75, 0.74) + pages_at(0.96, 0.95), ""),
        (pages_at(0.92, 0.99) + pages_at(0.96, 0.99), "off by"),
        (pages_at(0.92, 0.95) + pages_at(0.96, 0.92), "not monotone"),
        (pages_at(0.75, 0.6) + pages_at(0.96, 0.96), "off by"),
        (pages_at(0.75, 0.95) + pages_at(0.96, 0.96), ""),
        (pages_at(0.75, 0.1, count=3) + pages_at(0.96, 0.96), ""),
    ],
    ids=["good", "off", "falling", "promised-too-much", "lifted-by-the-second-opinion", "too-few-to-judge"],
)
def test_calibration_finds_what_is_wrong(pages, fault, capsys):
    found = calibration.report(pages)
    assert (fault in found[0]) if fault else not found
    assert "expected calibration error" in capsys.readouterr().out


def test_rank_correlation_is_spearmans():
    pages = pages_at(0.9, 0.7, 1) + pages_at(0.91, 0.8, 1) + pages_at(0.92, 0.6, 1) + pages_at(0.93, 0.9, 1)
    assert calibration.rank_correlation(pages) == pytest.approx(0.4)


def test_a_plot_is_xml_whatever_its_names_hold():
    plot = Plot("a < b & c", Axis("x", 1, 100, log=True), Axis("y", 0, 1))
    plot.series += [Series("<s>", [(1, 0), (1000, 2)]), Series("line", [(1, 0), (10, 1)], line=True)]
    root = ET.fromstring(plot.svg())  # noqa: S314  # our own text
    assert "a < b & c" in [element.text for element in root.iter()]
