"""What a verdict's reason means for somebody who misses the block, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.inspect.inspection import CAPTION

if TYPE_CHECKING:
    from scraper.inspect.inspection import ShownBlock

__all__ = ["has_meaning", "meaning_of", "short_reason"]

_AROUND = "Such lines stand around articles, not in them."
_LABEL = "It is short and no sentence, as buttons, labels and credits are."
_WOULD_HAVE = "It would have been kept"
_ANOTHER = "The page holds several articles, one below the other; it belongs to another than the first."
_COMMENTS = "It stands below the heading of the readers' comments."
_ONCE = "The same text stands in the article already; a text is kept once."
_MEANINGS = {
    # by its words
    "share label": f"It offers to share the page. {_AROUND}",
    "repeats what the picture above it says of itself": "It is the caption of a picture: see `caption` of that image.",
    "line of a print version": f"It says where the page was printed from. {_AROUND}",
    "invitation to follow, subscribe, share or write": f"It asks readers to do something for the site. {_AROUND}",
    "invitation to follow": f"It asks readers to follow the site. {_AROUND}",
    "line that names a source": f"It says where a text, a picture or figures come from. {_AROUND}",
    "newsletter vocabulary": f"It invites readers to a newsletter. {_AROUND}",
    "pointer to other articles": f"It points to other articles. {_AROUND}",
    "comments label": f"It belongs to the readers' comments. {_AROUND}",
    "advertising label": f"It labels an advertisement. {_AROUND}",
    "copyright or consent text": f"It speaks of rights, cookies or consent. {_AROUND}",
    "claim of rights": f"It says who holds the rights. {_AROUND}",
    "subscription pitch": f"It asks readers to subscribe. {_AROUND}",
    "label of a picture": "It labels a picture, a video or a recording.",
    "reading time": f"It tells a reading time, a count or an hour. {_AROUND}",
    "tags or topics": f"It lists tags or topics. {_AROUND}",
    "note about the author": f"It tells of the author, not of the story. {_AROUND}",
    "navigation": f"It leads to other pages of the site. {_AROUND}",
    "byline": "It says who wrote the article: see `authors`.",
    "caption": "It is the caption or the credit of a picture: see `images`.",
    "repeats what the picture above it says": "It is the caption of the picture before it: see `images`.",
    # by its place and form
    "the headline": "It is the headline: a field of its own, no part of the text.",
    "the same text is kept": _ONCE,
    "link density": "Most of it is links, as in menus and lists of other articles.",
    "in another article": _ANOTHER,
    "below the heading of the comments": _COMMENTS,
    "hidden on the page": "The page's own style hides it from readers.",
    "inside <": "It stands in the site's navigation or footer, which is cut off before anything is scored.",
    "outside the article": "Nothing around it looks like this article's text.",
    "before the article's start": "It stands above the first paragraph that was kept: kicker, byline, promotion.",
    "after the article's end": "It stands below the last paragraph that was kept: author's note, tags, promotion.",
    "a label, not a sentence": _LABEL,
    "unlike the article's text": (
        "It stands in the middle of the text, but its form or words differ from what surrounds it."
    ),
    "most of its list was dropped": (
        f"{_WOULD_HAVE}, but most of the list, table or box around it was not: these go as a whole."
    ),
    "heading of a section that was dropped": f"{_WOULD_HAVE}, but it is a heading, and no text followed it.",
    # by what is known of the site
    "repeated on this site": (
        "Other pages of this site carry the same text, as the file of --site-memory remembers: part of the site's template."
    ),
    "dropped by the rule": "A site rule of yours names it under `drop`.",
    "selected by the rule": "A site rule of yours names it under `content`.",
    "outside what the rule": "A site rule of yours says what the body is, and this is none of it: see its `content`.",
    # kept
    "heading of a kept section": "A heading with kept text below it.",
    "prose inside the article": "Sentences among the article's other text.",
    "prose like the article's": "Sentences like the article's, in a place like theirs.",
    "belongs to the text around it": "Kept with its neighbours: an item, a quote, a line between paragraphs.",
    # of plain text
    "prose": "Sentences among the article's other text.",
    "heading": "A short line between paragraphs.",
    "headline": "It is the headline: a field of its own, no part of the text.",
    "date": "It tells when the article was published: see `datePublished`.",
    "credit": "It says who made a picture, or whose story it is: see `images` and `agency`.",
    "no sentence": _LABEL,
    "repeated text": _ONCE,
}
"""By how a reason begins; of several, the longest counts."""
_DOUBT = "The score is near the middle: the classifier was in doubt, and this may well be its mistake; a site rule overrules it."
_KEPT_FROM = 0.5
_IN_SPITE = "Its own score would have kept it: a look at the whole article dropped it, as a stray or a repetition."
_LEFT_OUT = "kept by its score, yet not in the text"
_CAPTION = "Captions and credits are kept with their pictures, not in the text."


def has_meaning(reason: str) -> bool:
    """Whether there are words for a reason."""
    return bool(_words_for(reason))


def meaning_of(block: ShownBlock) -> str:
    """Return one to three sentences on a block's verdict."""
    fields = [use for use in block.uses if use != CAPTION]
    if fields and not block.in_text and not block.verdict.kept:
        parts = [f"It is in a field of its own, not in the text: see {', '.join(f'`{field}`' for field in fields)}."]
    else:
        parts = [_words_for(block.verdict.reason)]
    if CAPTION in block.uses and not block.in_text:
        parts.append(_CAPTION)
    if block.verdict.score >= _KEPT_FROM and not block.verdict.kept and _leaves_open(parts[0]):
        parts.append(_IN_SPITE)
    elif block.unsure:
        parts.append(_DOUBT)
    return " ".join(filter(None, parts))


def short_reason(block: ShownBlock) -> str:
    """Return what stands beside a block: where its text went instead, or why it was dropped."""
    if not block.in_text and block.uses:
        return "→ " + ", ".join(block.uses)
    return _LEFT_OUT if block.verdict.kept and not block.in_text else block.verdict.reason


def _words_for(reason: str) -> str:
    start = max((one for one in _MEANINGS if reason.startswith(one)), key=len, default="")
    return _MEANINGS.get(start, "")


def _leaves_open(meaning: str) -> bool:
    """Whether a meaning leaves open why a good score was not enough."""
    return not meaning.startswith((_WOULD_HAVE, _ONCE, _ANOTHER, _COMMENTS, "Other pages of this site", "A site rule"))
