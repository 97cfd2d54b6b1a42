"""Conditional requests: a small value in, a small value out."""

from __future__ import annotations

import asyncio

import pytest

from scraper.fetch.client import HttpFetcher
from scraper.fetch.validators import Unchanged, Validators, validators_of
from scraper.model.response import Response
from tests.faults.outcomes import quick
from tests.faults.server import ARTICLE, Connection, head, page, redirect, serving

ETAG, DATE = '"v1"', "Sun, 01 Mar 2026 10:00:00 GMT"


def ask(url: str, validators: Validators) -> Response | Unchanged:
    async def run() -> Response | Unchanged:
        fetcher = HttpFetcher(quick())
        try:
            return await fetcher.fetch_if_changed(url, validators)
        finally:
            await fetcher.aclose()

    return asyncio.run(run())


async def versioned(connection: Connection) -> None:
    if connection.seen[-1].header("if-none-match") == ETAG:
        await connection.send(head("304 Not Modified", f"ETag: {ETAG}"))
    else:
        await connection.send(page(ARTICLE, f"ETag: {ETAG}", f"Last-Modified: {DATE}"))


def test_a_response_says_what_to_ask_with() -> None:
    with serving() as server:
        response = ask(server.on("/a", versioned), Validators())

    assert isinstance(response, Response) and validators_of(response) == Validators(etag=ETAG, last_modified=DATE)


def test_an_unchanged_page_is_said_to_be() -> None:
    with serving() as server:
        answer = ask(server.on("/a", versioned), Validators(etag=ETAG))
        url = server.url("/a")

    assert answer == Unchanged(requested_url=url, url=url, validators=Validators(etag=ETAG))


def test_both_validators_are_sent() -> None:
    with serving() as server:
        ask(server.on("/a", page()), Validators(etag=ETAG, last_modified=DATE))
        seen = server.asked("/a")[0]

    assert (seen.header("if-none-match"), seen.header("if-modified-since")) == (ETAG, DATE)


@pytest.mark.parametrize("value", ["", "a\r\nX-Evil: 1", "\u2028", "x" * 5000])
def test_a_validator_that_no_header_may_hold_is_not_sent(value: str) -> None:
    assert Validators(etag=value, last_modified=value).headers() == ()


def test_validators_stay_at_their_origin() -> None:
    with serving() as server, serving() as other:
        ask(server.on("/a", redirect(other.on("/b", page()))), Validators(etag=ETAG))

        assert other.asked("/b")[0].header("if-none-match") is None
