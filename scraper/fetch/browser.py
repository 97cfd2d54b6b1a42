"""Pages that scripts build: a Chromium without any network of its own. What its pages ask for, our fetcher fetches.

Every request is answered here or refused, so the gate, robots.txt, politeness and the caps hold for scripts and data
as they do for pages. Whatever the interception does not see (WebSockets, WebRTC, prefetching, the browser's own
errands) is taken away, or ends at a proxy and a resolver that do not exist.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

import msgspec

from scraper.errors import FetchError, FetchTimeout, RenderFailed, ResponseTooLarge, SettingsError
from scraper.fetch.cookies import FetchCookies
from scraper.fetch.exchange import Answer, Wish
from scraper.fetch.target import parse_target, shown_url
from scraper.model.response import RENDERED

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from scraper.model.response import Response
    from scraper.settings import FetchSettings

__all__ = ["Browser", "Visit", "check_browser"]

_log = logging.getLogger("scraper.fetch")
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_INSTALL = "`apt-get install chromium`, or `playwright install chromium`; --chromium (chromium) names another place"
_FLAGS = (
    # port 9 of this machine is nobody's, and no name has an address: the browser cannot dial
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--disable-quic",
    "--disable-background-networking",
    "--js-flags=--max-old-space-size=512",
)
_NO_SOCKETS = """for (const name of ["RTCPeerConnection", "webkitRTCPeerConnection", "WebTransport", "WebSocket",
    "WebSocketStream", "EventSource", "Worker", "SharedWorker"]) { delete globalThis[name]; }"""
"""Workers have sockets, too, and no such script runs in them."""
_FETCHED = frozenset({"script", "xhr", "fetch"})
_FORWARDED = ("accept", "accept-language", "authorization", "origin", "referer")
_OF_THE_BODY = frozenset("content-encoding content-length transfer-encoding connection set-cookie alt-svc".split())
_MOST_PAGES = 4
"""Pages open at once: each is a process of some 100 MB."""
_MOST_REQUESTS = 200
"""Requests of one page; a large news site's app makes some 50 of these types."""
_TOTAL_BODIES = 4
"""Times `max_body_bytes` that the answers to one page may hold together."""
_LAUNCH_S = 30.0
_CLOSE_S = 5.0
_PATIENCE_S = 10.0
"""How long a page may go on changing before it is taken as it is."""
_POLL_S = 0.1
_QUIET_S, _LONG_QUIET_S = 0.5, 2.0
"""Without requests and new text for so long, a page is done: one with text, one that still shows none."""
_SOME_TEXT = 500
_STATE = """(() => { const root = document.documentElement, body = document.body;
    const elements = root ? root.getElementsByTagName("*").length : 0;
    return [document.readyState, body ? body.innerText.length : 0, elements]; })()"""
_HTML = """(() => { const root = document.documentElement, html = root ? root.outerHTML : "";
    return html.length > %d ? null : "<!DOCTYPE html>" + html; })()"""


@dataclass(slots=True)
class Visit:
    """One page on its way through the browser."""

    origin: tuple[str, str, int] | None
    """Where the user's headers may be sent: where the page was asked for, unless redirects have led away from there."""
    ends: float
    """Time of the loop."""
    bytes_left: int
    cookies: FetchCookies = field(default_factory=FetchCookies)
    requests: int = 0
    running: int = 0
    active_at: float = 0.0
    served: bool = False
    """Whether the document itself has been handed over."""
    asking: set[asyncio.Future[Answer]] = field(default_factory=set)
    refused: dict[str, int] = field(default_factory=dict)
    """Requests that were not made, by reason."""


def check_browser(settings: FetchSettings) -> None:
    """Return if what rendering needs is there, where any host asks for it.

    Raises:
        SettingsError: it is not; the message says what to install.

    """
    if settings.render == "never" and all(host.render in {None, "never"} for host in settings.hosts.values()):
        return
    if find_spec("playwright") is None:
        raise SettingsError(
            "--render (render) needs the extra: pip install 'article-scraper[browser]'",
            advice=f"and a Chromium: {_INSTALL}",
        )
    if settings.chromium is not None and not os.access(settings.chromium, os.X_OK):
        raise SettingsError(f"no program at {settings.chromium}", advice=_INSTALL)


class Browser:
    """Started by the first page; one for all pages, each in a profile of its own.

    Args:
        settings: deadline, caps, the program.
        ask: fetches what a page asks for; raises FetchError.

    """

    def __init__(self, settings: FetchSettings, ask: Callable[[str, Wish, Visit], Awaitable[Answer]]) -> None:
        self._settings = settings
        self._ask = ask
        self._driver: Any = None
        self._browser: Any = None
        self._has_run = False
        self._launching = asyncio.Lock()
        self._pages = asyncio.Semaphore(_MOST_PAGES)
        self._closing: set[asyncio.Task[None]] = set()

    async def render(self, response: Response) -> Response:
        """Return the page as it stands once its scripts have built it.

        Raises:
            FetchTimeout: a script does not come to an end.
            ResponseTooLarge: what it built is larger than `max_body_bytes`.
            RenderFailed: the browser crashed.
            SettingsError: there is no browser, or it does not start.

        """
        async with self._pages:
            try:
                html, visit = await self._built(await self._profile(), response)
            except SettingsError:
                raise
            except FetchError as error:
                error.url = error.url or response.url
                raise
            except Exception as error:
                raise RenderFailed(f"the browser could not build the page: {_said(error)}", url=response.url) from error
        problems = (RENDERED, *(f"{n} requests not made: {why}" for why, n in visit.refused.items()))
        headers = tuple((k, v) for k, v in response.headers if k not in {"content-type", "content-length"})
        return msgspec.structs.replace(
            response,
            body=html.encode("utf-8", "replace"),
            headers=(*headers, ("content-type", "text/html; charset=utf-8")),
            problems=(*response.problems, *problems),
        )

    async def aclose(self) -> None:
        """End the browser and all its processes."""
        await asyncio.gather(*self._closing, return_exceptions=True)
        async with self._launching:
            await self._stop()

    async def _started(self) -> Any:
        async with self._launching:
            if self._browser is not None and self._browser.is_connected():
                return self._browser
            await self._stop()
            try:
                async with asyncio.timeout(_LAUNCH_S):
                    self._browser = await self._launch()
            except Exception as error:
                await self._stop()
                what = f"Chromium does not start: {_said(error)}"
                if self._has_run:
                    raise RenderFailed(what) from error
                raise SettingsError(what, advice=_INSTALL) from error
            self._has_run = True
            return self._browser

    async def _profile(self) -> Any:
        """Return an empty profile; where the browser is dying, of a new one."""
        browser = await self._started()
        try:
            return await self._new_profile(browser)
        except Exception:  # noqa: BLE001  # whatever it is, a new browser is the answer
            async with self._launching:
                if self._browser is browser:
                    await self._stop()
        return await self._new_profile(await self._started())

    async def _new_profile(self, browser: Any) -> Any:
        async with asyncio.timeout(_LAUNCH_S):
            return await browser.new_context(
                user_agent=self._user_agent(), service_workers="block", accept_downloads=False
            )

    async def _launch(self) -> Any:
        from playwright.async_api import async_playwright  # noqa: PLC0415  # an extra, and heavy

        found = (shutil.which(name) for name in _PROGRAMS)
        program = self._settings.chromium or next(filter(None, found), None)
        as_root = hasattr(os, "geteuid") and os.geteuid() == 0
        if as_root:
            _log.warning("running as root: Chromium runs without its sandbox; use another user for pages of strangers")
        self._driver = await async_playwright().start()
        return await self._driver.chromium.launch(
            executable_path=program,
            args=list(_FLAGS),
            chromium_sandbox=not as_root,  # Chromium refuses its sandbox to root
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )

    async def _stop(self) -> None:
        browser, self._browser = self._browser, None
        driver, self._driver = self._driver, None
        for each, end in ((browser, "close"), (driver, "stop")):
            if each is not None:
                with contextlib.suppress(Exception):
                    async with asyncio.timeout(_CLOSE_S):
                        await getattr(each, end)()

    async def _built(self, context: Any, response: Response) -> tuple[str, Visit]:
        loop = asyncio.get_running_loop()
        timeout_s = self._settings.timeout_s
        here = parse_target(response.url)
        stayed = parse_target(response.requested_url).origin == here.origin
        ends = loop.time() + timeout_s
        visit = Visit(here.origin if stayed else None, ends, self._settings.max_body_bytes * _TOTAL_BODIES)
        visit.cookies.keep(here, [value for name, value in response.headers if name == "set-cookie"])
        limit = asyncio.timeout(timeout_s)
        try:
            async with limit:
                await context.add_init_script(_NO_SOCKETS)
                page = await context.new_page()
                answering = _Answering(self._ask, visit, response, page)
                await context.route("**/*", answering.route)
                return await _until_crash(page, self._watched(page, here.url, visit)), visit
        except TimeoutError:
            if not limit.expired():
                raise
            what = f"the page's scripts were not done within {timeout_s:g} s"
            raise FetchTimeout(what, advice="--timeout (timeout_s) sets the limit") from None
        finally:
            for asking in list(visit.asking):
                asking.cancel()  # nobody waits for the answer, but the host's next visitor does
            self._close_later(context)

    async def _watched(self, page: Any, url: str, visit: Visit) -> str:
        """Return the page's HTML once it has settled."""
        await page.goto(url, wait_until="commit", timeout=0)
        world = _World(page)
        await _settled(world, visit)
        html = await world.value(_HTML % self._settings.max_body_bytes)
        if html is None:
            raise ResponseTooLarge(
                f"scripts made a page of more than {self._settings.max_body_bytes:,} characters",
                advice="--max-bytes (max_body_bytes) sets the limit",
            )
        return str(html)

    def _close_later(self, context: Any) -> None:
        """Close a profile without making its page wait: one whose script never ends takes its time."""
        task = asyncio.ensure_future(self._close(context))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)

    async def _close(self, context: Any) -> None:
        try:
            async with asyncio.timeout(_CLOSE_S):
                await context.close()
        except Exception:  # noqa: BLE001  # what does not close goes with its browser, not with the one that came after
            async with self._launching:
                if self._browser is context.browser:
                    await self._stop()

    def _user_agent(self) -> str:
        from scraper.fetch.wire import default_user_agent  # noqa: PLC0415  # loads httpx, as whoever asks has done

        return self._settings.user_agent or default_user_agent()


_MOVES = 20
"""Times that a page may go elsewhere while it is read."""
_MOVED = ("navigated", "Cannot find context", "context was destroyed", "Cannot find execution context")
"""What the protocol says of it."""


class _World:
    """Scripts of ours in a page, out of reach of the page's own: these cannot lie about its size."""

    def __init__(self, page: Any) -> None:
        self._page = page
        self._session: Any = None
        self._context_id: int | None = None

    async def value(self, expression: str) -> Any:
        """Return what an expression comes to; a page that has gone elsewhere since is asked where it is now."""
        for _ in range(_MOVES):
            try:
                return await self._asked(expression)
            except Exception as error:
                if not any(word in str(error) for word in _MOVED):
                    raise
                self._context_id = None
                await asyncio.sleep(_POLL_S)
        return await self._asked(expression)

    async def _asked(self, expression: str) -> Any:
        if self._session is None:
            self._session = await self._page.context.new_cdp_session(self._page)
        if self._context_id is None:
            frame = (await self._session.send("Page.getFrameTree"))["frameTree"]["frame"]["id"]
            made = await self._session.send("Page.createIsolatedWorld", {"frameId": frame})
            self._context_id = made["executionContextId"]
        asked = {"expression": expression, "contextId": self._context_id, "returnByValue": True}
        return (await self._session.send("Runtime.evaluate", asked))["result"].get("value")


async def _settled(world: _World, visit: Visit) -> None:
    """Return when a page is done, or has had its time."""
    loop = asyncio.get_running_loop()
    began = changed = loop.time()
    last = None
    while loop.time() < min(began + _PATIENCE_S, visit.ends - 1):
        state = await world.value(_STATE)
        now = loop.time()
        if state != last:
            changed, last = now, state
        quiet = now - max(changed, visit.active_at)
        enough = _QUIET_S if state and state[1] >= _SOME_TEXT else _LONG_QUIET_S
        if not visit.running and state and state[0] == "complete" and quiet >= enough:
            return
        await asyncio.sleep(_POLL_S)


async def _until_crash(page: Any, work: Any) -> str:
    """Return what `work` returns; a crashed page answers nothing more, and says so only by an event."""
    crashed: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    def ended(*_: object) -> None:
        if not crashed.done():
            crashed.set_exception(RenderFailed("the page crashed the browser"))

    page.on("crash", ended)
    page.on("close", ended)
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait([task, crashed], return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() and not crashed.done() else crashed.result()
    finally:
        task.cancel()
        crashed.cancel()
        await asyncio.gather(task, return_exceptions=True)


class _Answering:
    """Answers what one page asks for."""

    def __init__(
        self, ask: Callable[[str, Wish, Visit], Awaitable[Answer]], visit: Visit, response: Response, page: Any
    ) -> None:
        self._ask = ask
        self._visit = visit
        self._response = response
        self._page = page
        self._most_bytes = visit.bytes_left // _TOTAL_BODIES

    async def route(self, route: Any) -> None:
        """Fulfil or refuse one request; the page may be gone by then."""
        try:
            await self._answer(route)
        except (Exception, asyncio.CancelledError):  # noqa: BLE001  # of the driver, of whatever it is made
            with contextlib.suppress(Exception):
                await route.fallback()  # else the driver waits for an answer; what is left leads to the dead proxy

    async def _answer(self, route: Any) -> None:
        request, visit = route.request, self._visit
        kind = request.resource_type
        if kind == "document":
            if visit.served or request.frame != self._page.main_frame:
                await route.abort()  # frames hold no article of this page, and it is not to lead anywhere else
                return
            visit.served = True
            await route.fulfill(status=200, headers=_passed(self._response.headers), body=self._response.body)
        elif kind == "stylesheet":
            await route.fulfill(status=200, headers={"content-type": "text/css"}, body="")  # some scripts wait for it
        elif kind not in _FETCHED:
            await route.abort()
        elif request.method != "GET":
            self._refuse("not GET")
            await route.abort()
        elif visit.requests >= _MOST_REQUESTS or visit.bytes_left <= 0:
            self._refuse(f"more than {_MOST_REQUESTS}" if visit.bytes_left > 0 else "too_large")
            await route.abort()
        else:
            await self._fetched(route)

    async def _fetched(self, route: Any) -> None:
        visit, loop = self._visit, asyncio.get_running_loop()
        visit.requests += 1
        visit.running += 1
        named = route.request.headers.items()
        headers = tuple((k, v) for k, v in named if k in _FORWARDED or (k.startswith("x-") and k != "x-client-data"))
        wish = Wish(min(visit.bytes_left, self._most_bytes), html=False, headers=headers)
        try:
            asking: asyncio.Future[Answer] = asyncio.ensure_future(self._ask(route.request.url, wish, visit))
            visit.asking.add(asking)
            asking.add_done_callback(visit.asking.discard)
            answer = await asking
            visit.bytes_left -= len(answer.body)
            await route.fulfill(status=answer.status, headers=_passed(answer.headers), body=answer.body)
        except FetchError as error:
            if isinstance(error, ResponseTooLarge):
                visit.bytes_left -= wish.limit
            _log.debug("%s: not for the browser: %s", shown_url(route.request.url)[:200], error)
            self._refuse(error.reason)
            await route.abort()
        finally:
            visit.running -= 1
            visit.active_at = loop.time()

    def _refuse(self, why: str) -> None:
        self._visit.refused[why] = self._visit.refused.get(why, 0) + 1


def _passed(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Return the headers that still hold for a body that has been read and decoded."""
    passed: dict[str, str] = {}
    for name, value in headers:
        if name not in _OF_THE_BODY:
            passed[name] = f"{passed[name]}, {value}" if name in passed and name != "content-type" else value
    return passed


def _said(error: Exception) -> str:
    """Return what the driver says, in one line: it adds its call log and a box around its advice."""
    lines = [line.strip("╔═╗║╚╝ ") for line in str(error).splitlines()]
    first = next((line for line in lines if line), type(error).__name__)
    return " ".join(first.split())[:300]
