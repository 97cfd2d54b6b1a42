"""What became of a block's text: its place in the article, or the field that it fills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.inspect.inspection import CAPTION
from scraper.inspect.letters import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scraper.model.article import Article
    from scraper.model.body import Block
    from scraper.model.evidence import BlockVerdict

__all__ = ["origins_of", "text_letters", "uses_of"]

_LABEL = 300
"""Letters; a longer block is no byline, date or credit."""
_LEAST = 3
"""Letters; less is found anywhere."""
_MOST_OF = 0.5
"""Share of a block that is the caption, where a credit stands with it."""


def uses_of(verdict: BlockVerdict, article: Article, *, heads: bool) -> tuple[str, ...]:
    """Return the fields, other than the text, that hold what a block says; in words.

    Args:
        verdict: the block's.
        article: whose fields.
        heads: whether the block stands above the text, where a name is a byline; below it, it is an author's note.

    """
    own = letters(verdict.text)
    if not own:
        return ()
    uses = [
        name
        for name, value in (
            ("headline", article.headline),
            ("alternativeHeadline", article.alternative_headline),
            ("description", article.description),
        )
        if value and letters(value) == own
    ]
    uses += [CAPTION for image in article.images if _captions(own, image.caption, image.credit)][:1]
    if heads and len(own) <= _LABEL:
        uses += ["authors" for author in article.authors if _is_in(letters(author.name), verdict.text)][:1]
        raws = (("datePublished", article.date_published_raw), ("dateModified", article.date_modified_raw))
        uses += [name for name, raw in raws if raw and _is_in(letters(raw), verdict.text)]
    if not verdict.kept:
        uses += ["articleSection" for section in article.article_section if letters(section) == own][:1]
        uses += ["keywords" for keyword in article.keywords if letters(keyword) == own][:1]
    return tuple(uses)


def _is_in(own: str, text: str) -> bool:
    return len(own) >= _LEAST and own in letters(text)


def _captions(own: str, caption: str | None, credit: str | None) -> bool:
    """Whether a block is a picture's caption, its credit, or both with a label between them."""
    said, by = letters(caption or ""), letters(credit or "")
    if said and by and said in own and by in own:
        return True
    return (len(own) >= _LEAST and own in said + by) or (len(said) > _MOST_OF * len(own) and said in own)


def origins_of(body: Sequence[Block], verdicts: Sequence[BlockVerdict]) -> tuple[int | None, ...]:
    """Return for each block of the article the first kept block of the page, in order, whose text it shares."""
    kept = [(i, letters(verdict.text)) for i, verdict in enumerate(verdicts) if verdict.kept]
    origins: list[int | None] = []
    at = 0
    for block in body:
        own = letters(block.text)
        found = next((n for n in range(at, len(kept)) if own and _shares(own, kept[n][1])), None)
        origins.append(None if found is None else kept[found][0])
        at = at if found is None else found
    return tuple(origins)


def _shares(one: str, other: str) -> bool:
    return bool(other) and (one in other or other in one)


def text_letters(article: Article) -> str:
    """Return the letters of the article's text, for asking what stands in it."""
    return letters(article.article_body)
