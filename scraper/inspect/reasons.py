"""What a verdict's reason means for somebody who misses the block, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.inspect.inspection import CAPTION

if TYPE_CHECKING:
    from scraper.inspect.inspection import ShownBlock

__all__ = ["meaning_of", "short_reason"]

_MEANINGS = (
    ("the headline", "It is the headline: a field of its own, no part of the text."),
    ("the same text is kept", "The same text stands in the article already; a text is kept once."),
    ("link density", "Most of it is links, as in menus and lists of other articles."),
    ("hidden on the page", "The page's own style hides it from readers."),
    ("inside <", "It stands in the site's navigation or footer, which is cut off before anything is scored."),
    ("outside the article", "Nothing around it looks like this article's text."),
    ("before the article's start", "It stands above the first paragraph that was kept: kicker, byline, promotion."),
    ("after the article's end", "It stands below the last paragraph that was kept: author's note, tags, promotion."),
    ("a label, not a sentence", "It is short and no sentence, as buttons, labels and credits are."),
    (
        "unlike the article's text",
        "It stands in the middle of the text, but its form or words differ from what surrounds it.",
    ),
    (
        "repeated on this site",
        "Other pages of this site carry the same text, as the file of --site-memory remembers: part of the site's template.",
    ),
    ("dropped by the rule", "A site rule of yours names it under `drop`."),
    ("selected by the rule", "A site rule of yours names it under `content`."),
    ("outside what the rule", "A site rule of yours says what the body is, and this is none of it: see its `content`."),
    ("heading of a kept section", "A heading with kept text below it."),
    ("prose inside the article", "Sentences among the article's other text."),
    ("prose like the article's", "Sentences like the article's, in a place like theirs."),
    ("belongs to the text around it", "Kept with its neighbours: an item, a quote, a line between paragraphs."),
)
_VOCABULARY = "Its words give it away as no part of an article."
_DOUBT = "The score is near the middle: the classifier was in doubt, and this may well be its mistake."
_LEFT_OUT = "kept by its score, yet not in the text"
_CAPTION = "Captions and credits are kept with their pictures, not in the text."


def meaning_of(block: ShownBlock) -> str:
    """Return one or two sentences on a block's verdict."""
    verdict = block.verdict
    parts = [next((words for start, words in _MEANINGS if verdict.reason.startswith(start)), "")]
    if not verdict.kept and not parts[0]:
        parts[0] = _VOCABULARY
    if CAPTION in block.uses and not block.in_text:
        parts.append(_CAPTION)
    if block.unsure:
        parts.append(_DOUBT)
    return " ".join(filter(None, parts))


def short_reason(block: ShownBlock) -> str:
    """Return what stands beside a block: where its text went instead, or why it was dropped."""
    if not block.in_text and block.uses:
        return "→ " + ", ".join(block.uses)
    return _LEFT_OUT if block.verdict.kept and not block.in_text else block.verdict.reason
