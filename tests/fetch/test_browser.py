"""Pages that scripts build, in a real Chromium: what comes out, what never goes out, and what is left behind."""

from __future__ import annotations

import asyncio
import ipaddress
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scraper.errors import FetchError, NotAnArticle, SettingsError
from scraper.fetch.client import HttpFetcher
from scraper.page.page import page_of
from scraper.page.shell import is_script_shell
from scraper.scraping import Scraper
from scraper.settings import FetchSettings, HostSettings
from tests.faults.outcomes import quick
from tests.faults.server import ARTICLE, Connection, HostileServer, page, redirect, serving

if TYPE_CHECKING:
    from collections.abc import Iterator

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
pytest.importorskip("playwright", reason="the extra `browser` is not installed")

CHANCE = random.Random(3)  # noqa: S311  # prose, no secret
WORDS = (
    "lamp keeper harbour storm council granite ferry tide ledger signal chapel oil wick glass village report".split()
)
STORY = [
    f"On the {n}th night the {' '.join(CHANCE.choices(WORDS, k=30))}, and so the keeper rowed across to see to it himself."
    for n in range(3, 13)
]
SHELL = (
    b"<!doctype html><html lang=en><head><title>The lamp that went out</title>"
    b'<link rel=stylesheet href="/app.css"></head><body><div id="app"></div>'
    b'<noscript>You need to enable JavaScript to run this app.</noscript><script src="/app.js"></script></body></html>'
)
APP = b"""
fetch("/story.json").then((answer) => answer.json()).then((story) => {
  const article = document.createElement("article");
  article.innerHTML = "<h1>" + story.title + "</h1><p class=byline>By Ida Quill</p>" + story.text.map((line) => "<p>" + line + "</p>").join("");
  document.getElementById("app").append(article);
});
"""
DATA = json.dumps({"title": "The lamp that went out", "text": STORY}).encode()
TIMEOUT_S = 6


@pytest.fixture(scope="module")
def always() -> Iterator[Scraper]:
    """One browser for all tests that do not end it."""
    with Scraper(quick(render="always", timeout_s=TIMEOUT_S, max_body_bytes=300_000)) as scraper:
        yield scraper


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with serving() as running:
        yield running


def serve_app(server: HostileServer, shell: bytes = SHELL, app: bytes = APP) -> str:
    server.on("/app.js", page(app, kind="text/javascript"))
    server.on("/story.json", page(DATA, kind="application/json"))
    return server.on("/story", page(shell))


def scripted(server: HostileServer, script: str, body: str = "") -> str:
    return server.on("/story", page(f"<!doctype html><body>{body}<script>{script}</script></body>".encode()))


def failure(scraper: Scraper, url: str) -> str:
    with pytest.raises((FetchError, NotAnArticle)) as caught:
        scraper.get(url)
    return caught.value.reason


@needs_chromium
def test_an_article_that_a_script_builds_is_read(always: Scraper, server: HostileServer) -> None:
    record = always.get(serve_app(server))

    assert (record.headline, record.article_body.split("\n\n"), record.metadata.warnings) == (
        "The lamp that went out",
        STORY,
        ("rendered by a browser",),
    )


def test_without_a_browser_there_is_no_article(server: HostileServer) -> None:
    with Scraper(quick()) as scraper:
        assert failure(scraper, serve_app(server)) == "empty"


def test_a_page_with_an_article_starts_no_browser(server: HostileServer) -> None:
    with Scraper(quick(render="auto", chromium=sys.executable)) as scraper:
        record = scraper.get(server.on("/story", page(ARTICLE)))

    assert record.metadata.warnings == ()


@needs_chromium
def test_a_host_may_be_rendered_alone(server: HostileServer) -> None:
    hosts = {f"127.0.0.1:{server.port}": HostSettings(render="auto")}
    with serving() as other, Scraper(quick(hosts=hosts, timeout_s=TIMEOUT_S)) as scraper:
        record = scraper.get(serve_app(server))
        reason = failure(scraper, serve_app(other))

    assert (record.article_body.split("\n\n"), reason) == (STORY, "empty")


@needs_chromium
def test_robots_txt_counts_for_what_the_page_asks_for(always: Scraper, server: HostileServer) -> None:
    server.on("/robots.txt", page(b"User-agent: *\nDisallow: /story.json", kind="text/plain"))
    reason = failure(always, serve_app(server))

    assert (reason, len(server.asked("/app.js")), len(server.asked("/story.json"))) == ("empty", 1, 0)


@needs_chromium
def test_pictures_frames_fonts_and_styles_are_not_asked_for(always: Scraper, server: HostileServer) -> None:
    more = (
        b'<img src="/a.png"><iframe src="/frame"></iframe><video src="/a.mp4"></video><script src="/app.js"></script>'
    )
    always.get(serve_app(server, SHELL.replace(b'<script src="/app.js"></script>', more)))

    assert sorted({seen.path for seen in server.seen}) == ["/app.js", "/robots.txt", "/story", "/story.json"]


@needs_chromium
def test_a_visit_waits_for_its_turn_once(server: HostileServer) -> None:
    with Scraper(quick(render="always", timeout_s=20, delay_s=9, robots=False)) as scraper:
        scraper.get(serve_app(server))
    times = [seen.at for seen in server.seen]

    assert (len(times), times[-1] - times[0] < 9) == (3, True)


@needs_chromium
def test_the_next_visit_waits_for_the_end_of_the_last(server: HostileServer) -> None:
    with Scraper(quick(render="always", timeout_s=20, delay_s=1, robots=False)) as scraper:
        for _ in range(2):
            scraper.get(serve_app(server))
    first, second = ([seen.at for seen in server.seen][at : at + 3] for at in (0, 3))

    assert second[0] - first[-1] >= 1


@needs_chromium
def test_a_script_without_end_ends_at_the_deadline(server: HostileServer) -> None:
    always = Scraper(quick(render="always", timeout_s=3))
    always.get(serve_app(server))
    started = time.monotonic()
    reason = failure(always, scripted(server, "while (true) {}"))
    took = time.monotonic() - started
    always.close()

    assert (reason, took < 3.5) == ("timeout", True)


@needs_chromium
def test_a_page_that_never_rests_is_taken_as_it_is(server: HostileServer) -> None:
    lines = json.dumps([f"<p>{line}</p>" for line in STORY])
    script = f"document.body.innerHTML = '<article><h1>Lamp</h1>' + {lines}.join('') + '</article><i id=n></i>';"
    url = scripted(
        server, script + "let n = 0; setInterval(() => { document.getElementById('n').innerText += n++; }, 20)"
    )
    with Scraper(quick(render="always", timeout_s=4)) as scraper:
        assert STORY[3] in scraper.get(url).article_body


@needs_chromium
def test_a_text_that_comes_late_is_waited_for(always: Scraper, server: HostileServer) -> None:
    url = serve_app(server, app=b"setTimeout(() => {" + APP + b"}, 1200)")

    assert always.get(url).article_body.startswith(STORY[0])


@needs_chromium
@pytest.mark.parametrize(
    "script",
    [
        "document.body.innerHTML = '<p>x</p>'.repeat(100000)",
        """Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'short'});
        document.body.append('y'.repeat(500000))""",
    ],
)
def test_a_page_that_grows_too_large_is_refused(always: Scraper, server: HostileServer, script: str) -> None:
    assert failure(always, scripted(server, script)) == "too_large"


@needs_chromium
def test_what_a_page_asks_for_is_capped_together(always: Scraper, server: HostileServer) -> None:
    for n in range(12):
        server.on(f"/{n}.json", page(b"x" * 250_000, kind="application/json"))
    script = "(async () => { for (let n = 0; n < 12; n++) await fetch(`/${n}.json`).catch(() => 0); })()"
    failure(always, scripted(server, script))

    assert sum(bool(server.asked(f"/{n}.json")) for n in range(12)) <= 6


@needs_chromium
def test_a_page_asks_for_so_many_things_only(always: Scraper, server: HostileServer) -> None:
    failure(always, scripted(server, "for (let n = 0; n < 400; n++) fetch(`/${n}`).catch(() => 0)"))

    assert len(server.pages) <= 201


@needs_chromium
def test_nothing_is_posted(always: Scraper, server: HostileServer) -> None:
    script = "fetch('/post', {method: 'POST', body: 'x'}).catch(() => 0); navigator.sendBeacon('/beacon', 'x')"
    failure(always, scripted(server, script))

    assert [seen.path for seen in server.pages] == ["/story"]


@needs_chromium
def test_a_page_leads_nowhere_else(always: Scraper, server: HostileServer) -> None:
    failure(always, scripted(server, "location.href = '/elsewhere'; window.open('/window')"))

    assert [seen.path for seen in server.pages] == ["/story"]


@needs_chromium
def test_the_users_headers_go_to_the_pages_own_origin(server: HostileServer) -> None:
    with serving() as other:
        elsewhere = other.on("/other.js", page(b"", "Access-Control-Allow-Origin: *", kind="text/javascript"))
        app = (
            APP
            + f"const s = document.createElement('script'); s.src = '{elsewhere}'; document.body.append(s);".encode()
        )
        with Scraper(quick(render="always", timeout_s=TIMEOUT_S, headers={"X-Key": "secret"})) as scraper:
            scraper.get(serve_app(server, app=app))

        seen = [server.asked("/story.json")[0], other.asked("/other.js")[0]]
        assert [each.header("X-Key") for each in seen] == ["secret", None]


@needs_chromium
def test_the_users_headers_do_not_come_back_to_a_page_that_was_led_away(server: HostileServer) -> None:
    with serving() as other:
        app = APP.replace(b"/story.json", server.url("/story.json").encode())
        server.on("/start", redirect(serve_app(other, app=app)))
        server.on("/story.json", page(DATA, "Access-Control-Allow-Origin: *", kind="application/json"))
        with Scraper(quick(render="always", timeout_s=TIMEOUT_S, headers={"X-Key": "secret"})) as scraper:
            scraper.get(server.url("/start"))

    assert [server.asked(path)[0].header("X-Key") for path in ("/start", "/story.json")] == ["secret", None]


@needs_chromium
def test_a_cookie_of_the_page_comes_back_to_it(always: Scraper, server: HostileServer) -> None:
    serve_app(server)
    always.get(server.on("/story", page(SHELL, "Set-Cookie: visit=7; HttpOnly")))

    assert server.asked("/story.json")[0].header("Cookie") == "visit=7"


class Listeners:
    """Counts whatever arrives at one port, by TCP and by UDP."""

    def __init__(self) -> None:
        self.arrived = 0
        self.tcp = socket.create_server(("127.0.0.1", 0))
        self.port = self.tcp.getsockname()[1]
        self.udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.udp.bind(("127.0.0.1", self.port))
        for wait in (self.tcp.accept, lambda: self.udp.recvfrom(2000)):
            threading.Thread(target=self._count, args=(wait,), daemon=True).start()

    def _count(self, wait: Any) -> None:
        while True:
            try:
                got = wait()
            except OSError:
                return
            self.arrived += 1
            if isinstance(got[0], socket.socket):
                got[0].close()

    def close(self) -> None:
        self.tcp.shutdown(socket.SHUT_RDWR)
        self.tcp.close()
        self.udp.close()


WAYS_OUT = """
const at = "127.0.0.1:%d", quiet = (f) => { try { const r = f(); r && r.catch && r.catch(() => 0); } catch (e) {} };
quiet(() => fetch(`http://${at}/fetch`));
quiet(() => fetch(`http://${at}/post`, {method: "POST", body: "x", mode: "no-cors"}));
quiet(() => new WebSocket(`ws://${at}/ws`));
quiet(() => new EventSource(`http://${at}/events`));
quiet(() => navigator.sendBeacon(`http://${at}/beacon`, "x"));
quiet(() => new WebTransport(`https://${at}/wt`).ready);
quiet(() => { const p = new RTCPeerConnection({iceServers: [{urls: `stun:${at}`}]}); p.createDataChannel("x");
  p.createOffer().then((o) => p.setLocalDescription(o)); });
quiet(() => { const frame = document.createElement("iframe"); document.body.append(frame);
  const p = new frame.contentWindow.RTCPeerConnection({iceServers: [{urls: `stun:${at}`}]}); p.createDataChannel("x");
  p.createOffer().then((o) => p.setLocalDescription(o)); });
quiet(() => new Worker(URL.createObjectURL(new Blob([`fetch("http://${at}/worker"); new WebSocket("ws://${at}/w")`]))));
quiet(() => navigator.serviceWorker.register(`http://${at}/sw.js`));
quiet(() => import(`http://${at}/module.js`));
quiet(() => window.open(`http://${at}/window`));
quiet(() => { location.href = `http://${at}/location`; });
const add = (html) => document.body.insertAdjacentHTML("beforeend", html);
add(`<img src="http://${at}/img"><iframe src="http://${at}/frame"></iframe><link rel=preconnect href="http://${at}/">
  <link rel=prefetch href="http://${at}/pf"><link rel=dns-prefetch href="http://${at}/"><video src="http://${at}/v"></video>
  <link rel=stylesheet href="http://${at}/css"><object data="http://${at}/o"></object><embed src="http://${at}/e">
  <form id=f action="http://${at}/form"><input name=a></form><a id=a ping="http://${at}/ping" href="#x">x</a>`);
quiet(() => document.getElementById("f").submit());
quiet(() => document.getElementById("a").click());
const s = document.createElement("script"); s.src = `http://${at}/script.js`; document.body.append(s);
"""


@needs_chromium
def test_a_page_reaches_nothing_around_us(monkeypatch: pytest.MonkeyPatch) -> None:
    public, real = "93.184.215.14", socket.socket.connect
    with serving() as server:
        found = Listeners()

        def connect(self: socket.socket, address: Any) -> None:
            if self.family == socket.AF_INET and address[0] == public:
                real(self, ("127.0.0.1", server.port))
            else:
                found.arrived += 1
                raise ConnectionRefusedError

        async def resolve(_host: str) -> Any:
            return (ipaddress.ip_address(public),)

        async def run() -> Any:
            settings = quick(allow_private=False, render="always", timeout_s=TIMEOUT_S, robots=False)
            fetcher = HttpFetcher(settings, resolve=resolve)
            page = await fetcher.fetch("http://news.example/story")
            response = await fetcher.render(page)
            await fetcher.aclose()
            return response

        scripted(server, WAYS_OUT % found.port)
        monkeypatch.setattr(socket.socket, "connect", connect)
        response = asyncio.run(run())
        monkeypatch.undo()
        found.close()

    told = any("requests not made: address" in text for text in response.problems)
    assert (found.arrived, told) == (0, True)


def processes_below(pid: int) -> list[int]:
    """Return all processes that descend from one."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            stat = path.read_text("utf-8", errors="replace")
        except OSError:
            continue
        state, parent = stat.rpartition(")")[2].split()[:2]
        if state != "Z":
            parents[int(path.parent.name)] = int(parent)
    found, new = set(), {pid}
    while new:
        new = {child for child, parent in parents.items() if parent in new} - found
        found |= new
    return sorted(found)


def commands(pids: list[int]) -> dict[int, str]:
    told = {}
    for pid in pids:
        try:
            told[pid] = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            continue
    return told


def gone(pids: list[int], within_s: float = 10) -> bool:
    ends = time.monotonic() + within_s
    while time.monotonic() < ends:
        alive = [text for text in commands(pids).values() if text]
        if not alive:
            return True
        time.sleep(0.1)
    return False


def kill_while_building(url: str, which: str) -> tuple[str, str]:
    """Return what becomes of a page whose process is killed, and of the next one."""
    with Scraper(quick(render="always", timeout_s=20)) as scraper:
        scraper.get(url)
        before = processes_below(os.getpid())

        def kill() -> None:
            time.sleep(1)
            for pid, command in commands(processes_below(os.getpid())).items():
                if which in command and "zygote" not in command and (which != "--type=renderer" or pid not in before):
                    os.kill(pid, signal.SIGKILL)

        threading.Thread(target=kill, daemon=True).start()
        slow = url.replace("/story", "/slow")
        return failure(scraper, slow), scraper.get(url).article_body[:20]


@needs_chromium
@pytest.mark.parametrize("which", ["--type=renderer", "--remote-debugging-pipe"])
def test_a_crash_is_one_failure_and_the_next_page_is_built(server: HostileServer, which: str) -> None:
    async def silent(connection: Connection) -> None:
        await connection.silence()

    server.on("/never.js", silent)
    server.on("/slow", page(b'<!doctype html><body><div id=app></div><script src="/never.js"></script></body>'))

    assert kill_while_building(serve_app(server), which) == ("render", STORY[0][:20])


@needs_chromium
def test_no_process_is_left_behind(server: HostileServer) -> None:
    before = set(processes_below(os.getpid()))
    with Scraper(quick(render="always", timeout_s=TIMEOUT_S)) as scraper:
        scraper.get(serve_app(server))
        started = sorted(set(processes_below(os.getpid())) - before)

    assert (len(started) > 2, gone(started)) == (True, True)


@needs_chromium
def test_no_process_outlives_a_killed_run(server: HostileServer) -> None:
    async def silent(connection: Connection) -> None:
        await connection.silence()

    server.on("/app.js", silent)
    url = server.on("/story", page(SHELL))
    run = subprocess.Popen(
        [sys.executable, "-m", "scraper", "get", url, "--allow-private", "--render", "always"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    ends = time.monotonic() + 20
    while not server.asked("/app.js") and time.monotonic() < ends:
        time.sleep(0.1)
    started = processes_below(run.pid)
    run.kill()
    run.wait()

    assert (len(started) > 2, gone(started)) == (True, True)


@needs_chromium
def test_the_command_renders_where_it_is_needed(server: HostileServer) -> None:
    command = [
        sys.executable,
        "-m",
        "scraper",
        "get",
        serve_app(server),
        "--allow-private",
        "--render",
        "auto",
        "-f",
        "jsonl",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, json.loads(done.stdout)["metadata"]["warnings"]) == (0, ["rendered by a browser"])


def test_without_playwright_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scraper.fetch.browser.find_spec", lambda _name: None)

    with pytest.raises(SettingsError, match=r"article-scraper\[browser\].*apt-get install chromium"):
        HttpFetcher(FetchSettings(render="auto"))


def test_a_program_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match=r"/no/such/chromium.*apt-get install chromium"):
        HttpFetcher(FetchSettings(render="auto", chromium="/no/such/chromium"))


def test_a_program_that_is_no_browser_ends_the_run(server: HostileServer) -> None:
    with (
        Scraper(quick(render="always", chromium="/bin/false")) as scraper,
        pytest.raises(SettingsError, match="Chromium does not start"),
    ):
        scraper.get(serve_app(server))


def test_a_way_to_render_that_there_is_not_is_refused() -> None:
    with pytest.raises(SettingsError, match="always, never, auto"):
        FetchSettings(render="sometimes")  # type: ignore[arg-type]


def test_a_fetcher_that_cannot_render_is_refused() -> None:
    class Plain:
        async def fetch(self, url: str) -> Any:
            raise NotImplementedError(url)

    with pytest.raises(SettingsError, match="cannot render"), Scraper(FetchSettings(render="auto"), fetcher=Plain()):
        pass


TEXT = "<p>" + "The council met again, and nothing was decided before the tide turned. " * 60 + "</p>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (SHELL.decode(), True),
        ('<body><div id="__next"></div><script src="/a.js"></script></body>', True),
        ("<body><app-root></app-root><script src=a.js></script></body>", True),
        (
            "<body><header>Tarnby Post "
            + "News Sport " * 60
            + '</header><main id=main></main><script src="a.js"></script>',
            True,
        ),
        ("<body><div>Loading...</div><script>boot()</script></body>", True),
        ("<body><p>Please enable JavaScript.</p></body>", False),
        (f"<body><article>{TEXT}</article><script src=a.js></script></body>", False),
        (f'<body><div id="app"></div>{TEXT}<script src=a.js></script></body>', False),
        ("<body></body>", False),
    ],
)
def test_a_shell_is_told_from_a_page(html: str, expected: bool) -> None:
    assert is_script_shell(page_of(html)) is expected
