"""Measure everything that docs/benchmarks.md shows, and write it there: one command after every change that matters.

    python -m benchmarks.figures [PART ...] [--sample N] [--pages N]

Parts: speed, throughput, calibration, quality, workers; default: all, some twenty minutes on an idle machine. Needs the
extras `train` and `bench`. Each part's output takes the place of what stands between its marks; the plots of
docs/images are drawn anew. A part that fails leaves its old figures, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
IMAGES = ROOT / "docs" / "images"
PARTS = ("speed", "throughput", "calibration", "quality", "workers")
"""In this order: quality reads what calibration keeps."""


def main() -> int:
    """Run; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"default: {' '.join(PARTS)}")
    parser.add_argument("--sample", type=int, help="only N pages of a set, for speed and quality")
    parser.add_argument("--pages", type=int, default=2000, help="pages of throughput and workers; default: 2000")
    arguments = parser.parse_args()
    wanted = arguments.parts or list(PARTS)
    if unknown := sorted(set(wanted) - set(PARTS)):
        parser.error(f"no such part: {', '.join(unknown)}; there are {', '.join(PARTS)}")
    failed = 0
    with tempfile.TemporaryDirectory() as room:
        for part in [part for part in PARTS if part in wanted]:
            options = options_of(part, arguments.sample, arguments.pages, Path(room, "pages.jsonl"))
            print(f"{part} {' '.join(options)}", flush=True)
            run = subprocess.run(  # noqa: S603  # our own modules
                [sys.executable, "-m", f"benchmarks.{part}", *options], capture_output=True, text=True, check=False
            )
            if run.returncode:
                print(run.stderr[-2000:], file=sys.stderr)
                failed += 1
                continue
            PAGE.write_text(with_figures(PAGE.read_text(encoding="utf-8"), part, run.stdout), encoding="utf-8")
    return 1 if failed else 0


def options_of(part: str, sample: int | None, pages: int, kept: Path) -> list[str]:
    """Return the arguments of one part."""
    sampled = ["--sample", str(sample)] if sample else []
    match part:
        case "speed":
            return [*sampled, "--plot", str(IMAGES / "cpu-by-size.svg")]
        case "quality":
            judged = ["--pages", str(kept)] if kept.exists() else []
            return [*sampled, *judged, "--plot", str(IMAGES / "quality-and-cpu.svg")]
        case "calibration":
            return ["--pages", str(kept)]
        case _:
            return ["--pages", str(pages)]


def with_figures(text: str, part: str, said: str) -> str:
    """Return the page with what a command has printed between the marks of its part.

    Raises:
        ValueError: the page has no such marks.

    """
    begin, end = f"<!-- figures: {part} -->", f"<!-- /figures: {part} -->"
    if text.count(begin) != 1 or text.count(end) != 1:
        raise ValueError(f"{PAGE.name} needs {begin} and {end}, once each")
    before, rest = text.split(begin)
    return f"{before}{begin}\n{markdown(said)}\n{end}{rest.split(end)[1]}"


def markdown(said: str) -> str:
    """Return what a command printed as Markdown: tables stay, other lines become items; nothing names a local file."""
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith("drawn: ")]
    shown: list[str] = []
    for line in lines:
        written = line if line.startswith("|") else f"- {line.strip()}"
        if shown and shown[-1].startswith("|") != written.startswith("|"):
            shown.append("")
        shown.append(written)
    return "\n".join(shown)


if __name__ == "__main__":
    sys.exit(main())
