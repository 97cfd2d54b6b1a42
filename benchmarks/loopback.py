"""A web of loopback hosts that serves pages fast, in a process of its own, so that its CPU is nobody's."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.sets import find_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["HOSTS", "served_hosts", "stored_pages"]

HOSTS = 50
SETS = ("fundus-dev", "news-dev", "articles-dev")
FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"


def stored_pages(sets: Path | None) -> list[Path]:
    """Return the files of the pages: of the sets of news, gzip as stored, else the project's own fixtures."""
    if sets is None:
        return sorted(FIXTURES.glob("*/page.html"))
    return [path for name in SETS for path in sorted((sets / name / "html").glob("*.html.gz"))]


@contextlib.contextmanager
def served_hosts(sets: Path | None) -> Iterator[list[str]]:
    """Serve page N at /N on each of HOSTS loopback addresses; yield their base URLs."""
    command = [sys.executable, "-m", "benchmarks.loopback", *([str(sets)] if sets else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603  # our own module
        try:
            port = int(server.stdout.readline()) if server.stdout else 0
            yield [f"http://127.0.1.{host}:{port}" for host in range(1, HOSTS + 1)]
        finally:
            server.terminate()


async def serve(pages: list[tuple[bytes, bytes]]) -> None:
    """Answer requests until the process ends; print the port."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                number = head.split(b" ", 2)[1][1:]
                if number.isdigit():
                    writer.writelines(pages[int(number) % len(pages)])
                else:
                    writer.write(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n")
                await writer.drain()
        writer.close()

    hosts = [f"127.0.1.{host}" for host in range(1, HOSTS + 1)]
    first = await asyncio.start_server(answer, hosts[0], 0)
    port = first.sockets[0].getsockname()[1]
    rest = await asyncio.start_server(answer, hosts[1:], port)
    print(port, flush=True)
    async with first, rest:
        await asyncio.gather(first.serve_forever(), rest.serve_forever())


def prepared(path: Path) -> tuple[bytes, bytes]:
    """Return the head and the body of a page's response."""
    body = path.read_bytes()
    coding = b"content-encoding: gzip\r\n" if path.suffix == ".gz" else b""
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n%scontent-length: %d\r\n\r\n" % (coding, len(body))
    return head, body


def main() -> None:
    """Serve the pages of the folder of sets that is named, or the fixtures."""
    sets = find_sets(sys.argv[1]) if len(sys.argv) > 1 else None
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve([prepared(path) for path in stored_pages(sets)]))


if __name__ == "__main__":
    main()
