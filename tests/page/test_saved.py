"""Pages that browsers saved: the page itself comes out of the container, with its address and the time of saving."""

from __future__ import annotations

import base64
import plistlib
import quopri
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.api import extract
from scraper.errors import NotHtml, TooComplex
from scraper.model.response import Response
from scraper.page.page import open_page, page_of

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
PAGE = (PAGES / "portuguese-brazil" / "page.html").read_bytes()
HEADLINE = "Galo interrompe sessão da Câmara e vira assunto de projeto de lei"
ADDRESS = "https://gazetadovale.example/cidades/noticia/2026/06/11/galo-interrompe-sessao.ghtml"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def mhtml(*parts: bytes, head: bytes = b"", boundary: bytes = b"----MultipartBoundary--uB4K----") -> bytes:
    """Return an archive in the shape that Blink writes."""
    start = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: " + ADDRESS.encode() + b"\r\n"
        b"Subject: =?utf-8?Q?Galo=20interrompe?=\r\n =?utf-8?Q?=20sess=C3=A3o?=\r\n"
        b"Date: Thu, 11 Jun 2026 09:15:00 -0300\r\nMIME-Version: 1.0\r\n"
        + head
        + b"Content-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="' + boundary + b'"\r\n\r\n'
    )
    return start + b"".join(b"\r\n--" + boundary + b"\r\n" + part for part in parts) + b"\r\n--" + boundary + b"--\r\n"


def html_part(content: bytes, encoding: str = "quoted-printable", kind: str = "text/html") -> bytes:
    packed = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}.get(encoding, bytes)(content)
    return f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + packed


IMAGE = b"Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(
    b"\x89PNG\r\n" * 50
)
CSS = b"Content-Type: text/css\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nbody { color: red }"


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit", "binary"])
def test_the_page_of_mhtml_is_read_as_the_page_itself(encoding):
    saved = extract(mhtml(html_part(PAGE, encoding), CSS, IMAGE), ADDRESS)
    assert saved.article_body == extract(PAGE, ADDRESS).article_body


def test_mhtml_knows_where_its_page_stood():
    assert extract(mhtml(html_part(PAGE))).url == ADDRESS


def test_the_address_of_the_part_serves_where_the_archive_names_none():
    part = html_part(PAGE).replace(b"Content-Type", b"Content-Location: " + ADDRESS.encode() + b"\r\nContent-Type", 1)
    archive = mhtml(part).replace(b"Snapshot-Content-Location: " + ADDRESS.encode() + b"\r\n", b"")
    assert extract(archive).url == ADDRESS


def test_a_time_without_a_zone_is_taken_for_utc():
    archive = mhtml(html_part(PAGE)).replace(b"09:15:00 -0300", b"12:15:00 -0000")
    assert page_of(archive).fetched_at == datetime(2026, 6, 11, 12, 15, tzinfo=UTC)


def test_a_given_url_wins_over_the_noted_one():
    assert extract(mhtml(html_part(PAGE)), "https://other.example/a").url == "https://other.example/a"


def test_mhtml_knows_when_its_page_was_saved():
    assert page_of(mhtml(html_part(PAGE))).fetched_at == datetime(2026, 6, 11, 12, 15, tzinfo=UTC)


def test_a_given_time_wins_over_the_noted_one():
    now = datetime(2026, 7, 1, tzinfo=UTC)
    assert page_of(mhtml(html_part(PAGE)), now=now).fetched_at == now


def test_the_charset_of_the_part_counts():
    page = "<title>Größe</title><p>Über die Größe.".encode("latin-1")
    assert "Über die Größe." in page_of(mhtml(html_part(page, kind="text/html; charset=iso-8859-1"))).source.decode()


def test_mhtml_read_as_text_is_mhtml():
    assert extract(mhtml(html_part(PAGE)).decode("utf-8")).headline == HEADLINE


def test_the_first_html_part_is_the_page_and_later_ones_its_frames():
    frame = html_part(b"<title>Advert</title><p>Buy a better ladder today.")
    assert extract(mhtml(html_part(PAGE), frame)).headline == HEADLINE


def test_html_is_found_in_nested_multiparts():
    inner = b"\r\n--in\r\nContent-Type: text/plain\r\n\r\nplain\r\n--in\r\n" + html_part(PAGE) + b"\r\n--in--\r\n"
    nested = b"Content-Type: multipart/alternative; boundary=in\r\n\r\n" + inner
    assert extract(mhtml(nested)).headline == HEADLINE


def test_mhtml_fetched_from_a_server_is_unwrapped_and_keeps_its_own_url():
    url = "https://archive.example/kept.mhtml"
    headers = (("content-type", "multipart/related"),)
    response = Response(
        requested_url=url, url=url, status=200, headers=headers, body=mhtml(html_part(PAGE)), fetched_at=None
    )
    page = open_page(response)
    assert (page.url, page.source) == (url, PAGE)


@pytest.mark.parametrize(
    "parts", [(), (IMAGE,), (b"Content-Type: text/plain\r\n\r\nHello",)], ids=["empty", "image", "mail"]
)
def test_an_archive_without_a_page_is_refused(parts):
    with pytest.raises(NotHtml, match="without an HTML page"):
        extract(mhtml(*parts))


def test_multiparts_without_end_are_refused():
    deep = b"".join(
        b"Content-Type: multipart/mixed; boundary=B%d\r\n\r\n--B%d\r\n" % (level, level) for level in range(5000)
    )
    with pytest.raises(NotHtml, match="without an HTML page"):
        extract(mhtml(deep + html_part(PAGE)))


def test_an_archive_of_any_size_is_bounded():
    with pytest.raises(TooComplex, match="64,000,000"):
        extract(mhtml(html_part(PAGE), b"\r\n" * 32_000_000))


@pytest.mark.parametrize(
    "address", ["cid:frame@mhtml", "file:///home/me/page.html", "javascript:alert(1)", "http://" + "a" * 9000]
)
def test_an_address_that_is_none_is_not_taken(address):
    archive = mhtml(html_part(PAGE)).replace(ADDRESS.encode(), address.encode(), 1)
    assert page_of(archive).url is None


def test_a_noted_date_that_is_none_is_not_taken():
    assert page_of(mhtml(html_part(PAGE)).replace(b"11 Jun 2026", b"99 Jun 9999")).fetched_at is None


def test_text_that_begins_like_a_header_is_no_archive():
    page = "Note: the page was moved.\nIts Content-Type: multipart/related; boundary=x stands here.\n" + PAGE.decode(
        "utf-8"
    )
    assert extract(page, keep_all=True).headline == HEADLINE


def webarchive(**changes: object) -> bytes:
    main = {
        "WebResourceData": PAGE,
        "WebResourceURL": ADDRESS,
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceFrameName": "",
    }
    return plistlib.dumps({"WebMainResource": main | changes, "WebSubresources": []}, fmt=plistlib.FMT_BINARY)


def test_the_page_of_a_webarchive_is_read():
    article = extract(webarchive())
    assert (article.url, article.headline) == (ADDRESS, HEADLINE)


def test_a_webarchive_cut_short_is_refused():
    with pytest.raises(NotHtml, match="webarchive that cannot be read"):
        extract(webarchive()[:-40])


def test_a_webarchive_of_an_image_is_refused():
    with pytest.raises(NotHtml, match="webarchive of image/png"):
        extract(webarchive(WebResourceMIMEType="image/png"))


NOTES = {
    "Chromium": f"<!-- saved from url=({len(ADDRESS):04})" + ADDRESS + " -->\n",
    "SingleFile": "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n url: " + ADDRESS + " \n saved date: "
    "Thu Jun 11 2026 09:15:00 GMT-0300 (Brasilia Standard Time)\n-->",
}


@pytest.mark.parametrize("program", NOTES)
def test_the_address_that_a_program_noted_is_taken(program):
    assert extract(NOTES[program].encode() + PAGE).url == ADDRESS


def test_the_time_that_singlefile_noted_is_taken():
    assert page_of(NOTES["SingleFile"].encode() + PAGE).fetched_at == datetime(2026, 6, 11, 12, 15, tzinfo=UTC)


def test_a_note_in_the_text_of_a_page_is_none():
    assert extract(PAGE + NOTES["Chromium"].encode()).url is None


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: apt-get install chromium")
def test_what_chromium_saves_is_read_as_the_page_itself():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page()
        tab.set_content(PAGE.decode("utf-8"))
        session = tab.context.new_cdp_session(tab)
        archive = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
        browser.close()
    assert extract(archive, ADDRESS).article_body == extract(PAGE, ADDRESS).article_body
