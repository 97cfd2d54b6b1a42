"""Why is my paragraph missing? The question for the library and the terminal, answered in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.inspect.answers import answer_to
from scraper.inspect.inspection import CAPTION
from scraper.inspect.look import Known, look_at_html
from scraper.inspect.reasons import meaning_of
from scraper.model.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scraper.inspect.inspection import Inspection, Place, ShownBlock
    from scraper.sites.memories import SiteMemories
    from scraper.sites.registry import SiteRules

__all__ = ["findings", "why"]

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_LEFT_OUT = "kept by its score, yet not in the text"


def why(
    html: str | bytes,
    text: str,
    url: str | None = None,
    *,
    memory: SiteMemories | None = None,
    rules: SiteRules | None = None,
) -> tuple[Finding, ...]:
    """Return why a text is in a page's article or is not: a finding for each block of the page that holds it.

    A pure function of its arguments, for people: it reads the page twice, where `explain` reads it once.

        >>> for finding in why(html, "Get the Courier in your inbox"):
        ...     print(finding)  # doctest: +ELLIPSIS
        dropped: newsletter vocabulary
          Enjoying this story? Get the Courier in your inbox every Friday. Sign up here.
          It invites readers to a newsletter. Such lines stand around articles, not in them.
          score 0... of 1, from 0.50 on a block is kept, place p

    Args:
        html: the page, as for `extract`.
        text: what is missing: a few words, a paragraph, or several with blank lines between; spaces, quotes and case
            make no difference.
        url: where the page stands.
        memory: what is known of sites, as for `extract`.
        rules: site rules, as for `extract`.

    Raises:
        NotHtml, Undecodable, TooComplex: no page can be made of it.
        ValueError: a text without a letter or a digit.

    """
    return findings(text, look_at_html(html, name=url or "the page", url=url, known=Known(memory, rules)))


def findings(text: str, inspection: Inspection) -> tuple[Finding, ...]:
    """Return what is found of a text, in the page's order; at least one finding. Paragraphs are looked for one by one.

    Raises:
        ValueError: a text without a letter or a digit.

    """
    asked = [part for part in _BLANK_LINE.split(text) if any(map(str.isalnum, part))]
    if not asked:
        raise ValueError("there is no letter and no digit in it")
    found = [finding for part in asked for finding in _findings(part, inspection, alone=len(asked) == 1)]
    return tuple({(finding.headline, finding.text): finding for finding in found}.values())


def _findings(text: str, inspection: Inspection, *, alone: bool) -> tuple[Finding, ...]:
    answer = answer_to(text, inspection)
    if answer.blocks:
        return tuple(map(_of_block, answer.blocks))
    if answer.rescued:
        return (
            Finding(
                whereabouts="metadata",
                headline="kept: in the article, though the page does not show it",
                text="" if alone else " ".join(text.split()),
                meaning="It was taken from the page's metadata, or from the caption of a picture.",
            ),
        )
    if answer.places:
        return tuple(map(_of_place, answer.places))
    return tuple(_absent("" if alone else " ".join(text.split()), inspection, answer.nearest))


def _of_block(block: ShownBlock) -> Finding:
    verdict = block.verdict
    fields = [use for use in block.uses if use != CAPTION]
    if block.in_text:
        whereabouts, headline = "kept", f"kept: {verdict.reason}"
    elif block.uses:
        whereabouts, headline = "elsewhere", f"kept elsewhere: {', '.join(fields) or CAPTION}"
    else:
        whereabouts, headline = "dropped", f"dropped: {_LEFT_OUT if verdict.kept else verdict.reason}"
    return Finding(
        whereabouts=whereabouts,  # type: ignore[arg-type]  # one of three literals
        headline=headline,
        text=verdict.text,
        reason=verdict.reason,
        meaning=meaning_of(block),
        score=verdict.score,
        place=verdict.place,
    )


def _of_place(place: Place) -> Finding:
    in_script = place.where.startswith(("script", "JSON-LD"))
    shown = "A script shows it in a browser: `--render always` lets one build the page first."
    return Finding(
        whereabouts="hidden",
        headline=f"not on the page as text: {place.where}",
        text=place.text,
        meaning=shown if in_script else "The source holds it where no reader sees it.",
        place=place.where,
    )


def _absent(text: str, inspection: Inspection, nearest: ShownBlock | None) -> Iterator[Finding]:
    extraction = inspection.extraction
    if extraction.next_page:
        meaning = f"The article goes on at {extraction.next_page}: `get` and `batch` join its pages."
    elif extraction.article.metadata.truncated:
        meaning = "The page shows only the beginning of the article; the rest is for subscribers."
    else:
        meaning = (
            "A script loads it later, it stands on another page of the article, it was changed since, or only "
            "subscribers are shown it. Look for it in what `curl` gets: a browser shows more."
        )
    yield Finding(
        whereabouts="absent", headline="this text is not in the page as it was read", text=text, meaning=meaning
    )
    if nearest is not None:
        yield _of_block(nearest)
