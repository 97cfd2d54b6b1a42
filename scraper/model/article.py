"""The record: what the package claims about an article. Names follow schema.org NewsArticle and Zyte's article item."""

from __future__ import annotations

from typing import Any, Final, Literal

import msgspec

from scraper.errors import RecordError
from scraper.model.body import Block

__all__ = [
    "SCHEMA_VERSION",
    "Article",
    "Breadcrumb",
    "Image",
    "LiveBlogUpdate",
    "Media",
    "Metadata",
    "PageType",
    "ParagraphChange",
    "Person",
    "Publisher",
]

SCHEMA_VERSION: Final = "1.0"

PageType = Literal[
    "article",
    "live_blog",
    "listing",
    "forum",
    "product",
    "documentation",
    "other",
    "consent_wall",
    "bot_check",
    "error_page",
    "paywall_stub",
    "empty",
]


class _Value(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Base of the record's parts: frozen, keyword-only, camelCase in JSON."""


class Person(_Value, frozen=True, kw_only=True):
    """An author: a person, or an organisation such as a desk."""

    name: str
    url: str | None = None
    type: Literal["Person", "Organization"] = "Person"


class Publisher(_Value, frozen=True, kw_only=True):
    """The organisation that published the article."""

    name: str
    url: str | None = None
    logo: str | None = None


class Breadcrumb(_Value, frozen=True, kw_only=True):
    """One step of the trail from the home page to the article."""

    name: str
    url: str | None = None


class Image(_Value, frozen=True, kw_only=True):
    """A picture of the article."""

    url: str | None = None
    """Absolute; the largest version that the page offers. None for a caption in plain text, for one whose picture a
    script has yet to fetch, or where the address is relative and where the page stands is not known."""
    width: int | None = None
    """Pixels, as declared."""
    height: int | None = None
    """Pixels, as declared."""
    alt: str | None = None
    caption: str | None = None
    """Without the credit."""
    credit: str | None = None
    """Photographer and agency, such as "Jane Doe / Reuters"."""


class Media(_Value, frozen=True, kw_only=True):
    """A video, an audio recording or another embedded object of the body."""

    url: str
    provider: str | None = None
    title: str | None = None


class LiveBlogUpdate(_Value, frozen=True, kw_only=True):
    """One update of a live blog."""

    headline: str | None = None
    date_published: str | None = None
    article_body: str = ""
    url: str | None = None


class ParagraphChange(_Value, frozen=True, kw_only=True):
    """Paragraphs of an article's text that took the place of others."""

    at: int
    """Number of the paragraph in the new text, from 0, where the change stands."""
    removed: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


class Metadata(_Value, frozen=True, kw_only=True):
    """How the record came to be."""

    fetched_at: str | None = None
    """UTC, ISO 8601 with "Z"; null for offline input."""
    http_status: int | None = None
    content_type: str | None = None
    encoding: str | None = None
    """WHATWG name of the encoding that the bytes were read in; null for str input."""
    extractor: str = "model"
    """How the body was found: "model", "model+trafilatura" (a second opinion had a vote), "rule", "json_ld",
    "plain_text"."""
    extractor_version: str
    page_type: PageType = "article"
    confidence: float = 0.0
    """0 to 1: how sure the extractor is that the body is right."""
    truncated: bool = False
    """The page itself shows only a part of the article (paywall stub)."""
    pages: int = 1
    """Pages of a multi-page article that this record joins."""
    text_hash: str | None = None
    """sha256 of `articleBody`, first 16 hex digits."""
    simhash: str | None = None
    """64-bit SimHash of `articleBody` (Charikar 2002) as 16 hex digits."""
    duplicate_of: str | None = None
    """Where near-duplicates were asked for: `id` of the first article of the run that tells the same story."""
    sources: dict[str, str] = {}
    """Field name in camelCase -> where its value came from, such as "jsonld" or "meta:article:published_time"."""
    warnings: tuple[str, ...] = ()
    """What to doubt, in words: an encoding not as declared, a date that was refused, pages that are missing."""
    rule: str | None = None
    """Name of the site rule that was used."""
    version: int = 1
    """Counts the changes of an article that runs have seen; records of one `id` differ in it."""
    changed: tuple[str, ...] = ()
    """Fields in camelCase that differ from the version before."""
    diff: tuple[ParagraphChange, ...] | None = None
    """How the text differs from the version before; where asked for."""


class Article(_Value, frozen=True, kw_only=True):
    """A news article. Every key is always there; unknown is null or [], never ""."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    id: str
    """sha256 of the key of the canonical URL (what all its URLs have in common), first 16 hex digits; without any
    URL, of headline and text."""
    url: str | None = None
    """Final URL after redirects; null for offline input without a URL."""
    requested_url: str | None = None
    """The URL that was asked for."""
    canonical_url: str | None = None
    """As the page says, only where it is plausible (same site, not its home page)."""
    headline: str | None = None
    """Without the site's name."""
    alternative_headline: str | None = None
    """The standfirst or subtitle."""
    description: str | None = None
    """The publisher's summary; never generated."""
    date_published: str | None = None
    """ISO 8601; the page's offset where it gives one, a plain date where it gives only a day."""
    date_modified: str | None = None
    """As `datePublished`; never copied from it."""
    date_published_raw: str | None = None
    """As the page has it."""
    date_modified_raw: str | None = None
    """As the page has it."""
    authors: tuple[Person, ...] = ()
    """People and desks, in the page's order; wire credits are in `agency`."""
    agency: tuple[str, ...] = ()
    """Wire credit, such as "dpa" or "Reuters"."""
    dateline: str | None = None
    """The place at the start of the text, as written."""
    publisher: Publisher | None = None
    """Whose site it is."""
    in_language: str | None = None
    """BCP 47; primary subtag as ISO 639-1."""
    article_section: tuple[str, ...] = ()
    """As the page says."""
    keywords: tuple[str, ...] = ()
    """As the page says."""
    breadcrumbs: tuple[Breadcrumb, ...] = ()
    """From the home page down."""
    article_body: str = ""
    """The text: blocks joined by a blank line, list items as "- " lines, no captions, no embeds."""
    article_body_html: str | None = None
    """The same blocks as HTML of an allow-list, figures and embeds included."""
    article_body_markdown: str | None = None
    """The same blocks as CommonMark with tables; where asked for."""
    blocks: tuple[Block, ...] | None = None
    """The body as typed blocks; where asked for."""
    main_image: Image | None = None
    """The lead picture."""
    images: tuple[Image, ...] = ()
    """Pictures of the article, not of the page around it; captions and credits stand here."""
    videos: tuple[Media, ...] = ()
    """In the article only."""
    audios: tuple[Media, ...] = ()
    """In the article only."""
    embeds: tuple[Media, ...] = ()
    """Posts and other foreign objects in the article."""
    live_updates: tuple[LiveBlogUpdate, ...] = ()
    """Of a live blog, in the page's order."""
    is_accessible_for_free: bool | None = None
    """As the publisher declares it."""
    is_live_blog: bool | None = None
    """Null where nothing speaks for or against it."""
    license: str | None = None
    """As declared."""
    word_count: int = 0
    """Words of `articleBody`; for text without spaces between words, characters / 2."""
    metadata: Metadata
    """How the record came to be."""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain JSON types, every key present, in camelCase.

        >>> article.to_dict()["datePublished"]
        '2026-03-14T09:20:00+00:00'

        """
        from scraper.model.json_text import plain_json  # noqa: PLC0415  # as below

        result: dict[str, Any] = plain_json(self)
        return result

    def to_json(self) -> str:
        """Return the record as one line of JSON; `from_json` reads it back.

        >>> Article.from_json(article.to_json()) == article
        True

        """
        from scraper.model.json_text import encode_line  # noqa: PLC0415  # the encoder lives beside, not above

        return encode_line(self)

    def to_markdown(self) -> str:
        """Return headline and body as Markdown (CommonMark with tables): headings, lists, links, quotes, pictures.

        Nothing that the page says turns into markup of its own. For files with a YAML head, see the `md` format.

        >>> article.to_markdown().splitlines()[0]
        '# After sixty years, the tide mill at Lorne turns again'

        """
        from scraper.render.article import article_markdown  # noqa: PLC0415  # see pyproject.toml, "one way"

        return article_markdown(self)

    def to_html(self) -> str:
        """Return headline and body as one <article> element.

        Only a few elements of text, with absolute http, https and mailto URLs: no script, style, handler or frame can
        be in it, whatever the page, or the file that the record was read from, holds.

        >>> article.to_html().splitlines()[1]
        '<h1>After sixty years, the tide mill at Lorne turns again</h1>'

        """
        from scraper.render.article import article_html  # noqa: PLC0415  # the same

        return article_html(self)

    def _repr_html_(self) -> str:
        """Return what notebooks show (IPython's rich display): headline, byline and text, as safe as `to_html`."""
        from scraper.render.article import article_in_notebook  # noqa: PLC0415  # the same

        return article_in_notebook(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Article:
        """Return the Article that `to_json` wrote; keys that a record does not have are passed over.

        Raises:
            RecordError: the text is no JSON, a record of another schema version, or a value in it cannot be; the
                message names the path to it. It is a ValueError, too.

        """
        if not isinstance(text, (str, bytes, bytearray, memoryview)):
            raise TypeError(f"from_json takes a line of JSON, not {type(text).__name__}")
        _check_version(text)
        try:
            return msgspec.json.decode(text, type=cls)
        except (msgspec.DecodeError, UnicodeError) as error:
            raise RecordError(f"no record: {error}", advice="`scraper schema` prints what a record is") from error


class _Versioned(msgspec.Struct, frozen=True):
    schemaVersion: Any = None  # noqa: N815  # the key


def _check_version(text: str | bytes) -> None:
    """Raise for a record of another version of the schema before its values are looked at."""
    try:
        found = msgspec.json.decode(text, type=_Versioned).schemaVersion
    except (msgspec.DecodeError, UnicodeError) as error:
        raise RecordError(f"no record: {error}", advice="give one JSON object, such as a line of JSON Lines") from error
    if found is None:
        raise RecordError("no record: it has no schemaVersion", advice="give a line that this program wrote")
    if found != SCHEMA_VERSION:
        raise RecordError(
            f"a record of schema version {str(found)[:20]!r}; this program reads {SCHEMA_VERSION!r}",
            advice="read it with the version of the program that wrote it",
        )
