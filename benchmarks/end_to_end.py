"""The whole way on real pages: served over loopback, fetched and extracted by `scraper batch`, twice.

    python -m benchmarks.end_to_end [--set NAME] [--sets FOLDER] [--all]

Demands one valid record for each page, none lost, and the same records again but for the time of fetching.
`--all` sends every page of every set through extraction and demands that none ends in an unexpected exception.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

import jsonschema

from benchmarks.sets import find_sets, names_of, pages_of
from scraper import ScraperError, extract
from scraper.schema import article_schema

if TYPE_CHECKING:
    from collections.abc import Iterator

OPTIONS = ("--allow-private", "--no-robots", "--delay", "0", "--per-host", "8", "--ordered", "-q")
RUN_LIMIT_S = 300


def main() -> int:
    """Run; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", default="fundus-dev", help="which set is served; default: fundus-dev")
    parser.add_argument("--sets", help="folder of the sets; default: $SCRAPER_BENCHMARK, then ../shared/benchmark/sets")
    parser.add_argument("--all", action="store_true", help="every page of every set through extraction instead")
    arguments = parser.parse_args()
    sets = find_sets(arguments.sets)
    if sets is None:
        print("no benchmark sets found; name their folder with --sets or SCRAPER_BENCHMARK", file=sys.stderr)
        return 2
    return extract_all(sets) if arguments.all else fetch_set(sets / arguments.set)


def fetch_set(folder: Path) -> int:
    """Serve a set, fetch it twice, compare; return the exit code."""
    pages = {page.id: page.source for page in pages_of(folder)}
    with served(pages) as base, tempfile.TemporaryDirectory() as room:
        urls = [f"{base}/{quote(name, safe='')}" for name in pages]
        first = batch(urls, Path(room))
        second = batch(urls, Path(room))
    problems = faults(urls, first)
    if [without_time(record) for record in first] != [without_time(record) for record in second]:
        problems.append("the second run gave other records")
    print(f"{folder.name}: {len(pages)} pages served, {len(first)} records, {len(problems)} problems")
    print("\n".join(problems[:20]))
    return 1 if problems else 0


def batch(urls: list[str], room: Path) -> list[dict[str, Any]]:
    """Run `scraper batch` over the URLs; return its records."""
    output, errors = room / "records.jsonl", room / "failures.jsonl"
    start = time.monotonic()
    run = subprocess.run(  # noqa: S603  # our own program
        [sys.executable, "-m", "scraper", "batch", "-", *OPTIONS, "-o", str(output), "--errors", str(errors)],
        input="\n".join(urls),
        text=True,
        check=False,
        timeout=RUN_LIMIT_S,
    )
    failures = errors.read_text(encoding="utf-8")
    print(f"scraper batch: exit {run.returncode}, {time.monotonic() - start:.1f} s, {failures.count(chr(10))} failures")
    print(failures[:2000], end="")
    return [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]


def faults(urls: list[str], records: list[dict[str, Any]]) -> list[str]:
    """Return what is wrong with the records of a run, a line each."""
    validator = jsonschema.Draft202012Validator(article_schema())
    found = [
        f"{record['requestedUrl']}: {error.json_path} {error.message[:200]}"
        for record in records
        for error in validator.iter_errors(record)
    ]
    answered = [record["requestedUrl"] for record in records]
    if answered != urls:
        found.append(
            f"{len(set(urls) - set(answered))} URLs without a record, such as {sorted(set(urls) - set(answered))[:3]}"
        )
    found += [f"{record['requestedUrl']}: empty body" for record in records if not record["articleBody"]]
    return found


def without_time(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record without the time of fetching, the only thing that may differ between two runs."""
    return {**record, "metadata": {**record["metadata"], "fetchedAt": None}}


@contextlib.contextmanager
def served(pages: dict[str, bytes]) -> Iterator[str]:
    """Serve pages by their ids on loopback; yield the base URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(unquote(self.path[1:]))
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def extract_all(sets: Path) -> int:
    """Extract every page of every set, as bytes; return 1 where one ends in an exception that is not ours."""
    pages = records = crashes = 0
    slowest = (0.0, "")
    for name in names_of(sets):
        for page in pages_of(sets / name):
            pages += 1
            start = time.process_time()
            try:
                extract(page.source, page.url, keep_all=True)
                records += 1
            except ScraperError as error:
                print(f"{name} {page.id}: {error}")
            except Exception as error:  # noqa: BLE001  # the very thing looked for
                crashes += 1
                print(f"{name} {page.id}: CRASH {type(error).__name__}: {error}")
            slowest = max(slowest, (time.process_time() - start, f"{name} {page.id}"))
    refused = pages - records - crashes
    print(f"{pages} pages: {records} records, {refused} refused, {crashes} uncaught exceptions")
    print(f"slowest: {slowest[0]:.2f} s of CPU, {slowest[1]}")
    return 1 if crashes else 0


if __name__ == "__main__":
    sys.exit(main())
