"""From text without markup to an extraction: what `extract` is for HTML, for a page that somebody saved as text."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from scraper.body.blocks.captions import split_credit
from scraper.body.labels import category_of
from scraper.body.plain_text import sort_lines
from scraper.body.story import Story
from scraper.body.text_lines import lines_of
from scraper.fields.bylines.agencies import agencies_in
from scraper.fields.bylines.names import is_organisation, names_in, without_prefix
from scraper.fields.dates.date_text import find_moments
from scraper.fields.language import language_of_text
from scraper.fields.record import build_article
from scraper.model.article import Image, Person
from scraper.model.body import Heading, List, ListItem, Paragraph, Quote
from scraper.model.evidence import BlockVerdict, Candidate, Choice
from scraper.model.extraction import Extraction
from scraper.page.decode import decode
from scraper.page.page import Page
from scraper.page.snapshot import snapshot_of
from scraper.render.text import render_text
from scraper.settings import ExtractSettings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from scraper.body.plain_text import Role, Sorted
    from scraper.body.text_lines import Line
    from scraper.fields.dates.date_text import Moment
    from scraper.model.body import Block

__all__ = ["extract_text"]

_DEFAULT = ExtractSettings()
_MAX_LABEL = 120
"""Characters of a line with a date, a byline or a credit."""
_MAX_BYLINE_WORDS = 12
_MIN_STORY = 120
"""Characters below which a text is no article."""
_CREDIT_LINE = re.compile(
    r"^\W*(?:(?:source|quelle|fuente|fonte|źródło|zdroj|источник|джерело|kaynak|sumber|nguồn|bron|kilde|källa|lähde"
    r"|来源|來源|出典|출처|المصدر|منبع)\s*[:：]\s*.{2,60}|[(（\[][^()（）\[\]]{2,40}[)）\]])\W*$",
    re.IGNORECASE,
)
_PICTURED = re.compile(
    r"\bphoto (?:shows|taken|illustration)|\b(?:is|are|was|were|seen) pictured\b|\bfile (?:photo|picture|image)\b"
    r"|\barchivbild\b|\bsymbolbild\b|\bfoto de archivo\b|\bphoto d'archive\b|\bfoto d'archivio\b|\barkivfoto\b"
    r"|архивное фото|資料写真|资料图",
    re.IGNORECASE,
)
_PICTURE_SOURCE = re.compile(
    r"getty|images?\b|photos?\b|fotos?\b|imago|shutterstock|istock|picture[ -]alliance|\bepa\b|\bvia\b|handout|courtesy"
    r"|pool|bild\b|/\s?(?:afp|ap|reuters|dpa|epa|efe|ansa|tass|xinhua)\b|фото|写真|사진|صورة",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:updated?|modified|aktualisiert|geändert|mis à jour|modifié|actualizad[oa]|aggiornato|atualizad[oa]"
    r"|bijgewerkt|oppdatert|uppdaterad|päivitetty|aktualizováno|zaktualizowano|обновлено|оновлено|güncelle\w+"
    r"|diperbarui)\b|更新|수정|تحديث",
    re.IGNORECASE,
)
_SECTION = re.compile(r"^[^\W\d_][^\d|:]{1,38}$")
_LIKE_SECTIONS = frozenset({"navigation", "reading"})
"""Labels such as "News" and "Opinion" name sections, too."""
_BEFORE_SECTION = re.compile(r"^[\s|•·,/–—-]*(?:in\s)?")


def extract_text(
    text: str | bytes, *, url: str | None = None, now: datetime | None = None, settings: ExtractSettings = _DEFAULT
) -> Extraction:
    """Return the article of a page saved as plain text, with its evidence; a pure function of its arguments.

    Args:
        text: lines, blank lines between paragraphs or none, wrapped or not; bytes are decoded as `decode` does.
        url: where the page stood; part of the article's identity.
        now: dates later than this are refused; None refuses none.
        settings: what to fill beside the text.

    Raises:
        NotHtml, Undecodable, TooComplex: bytes that are no text.

    """
    decoded = decode(text, None, url=url)
    lines = lines_of(decoded.text)
    dates = {i: moments for i, line in enumerate(lines) if (moments := _dates(line.text, now))}
    decided = sort_lines(lines, _hints(lines, dates))
    story = _story(lines, decided, settings)
    page = Page(
        snapshot=snapshot_of(b""),
        url=url,
        requested_url=url,
        encoding=decoded.encoding,
        fetched_at=now,
        problems=decoded.problems,
        doubts=decoded.problems,
    )
    choices = {choice.field: choice for choice in _choices(lines, decided, dates) if choice.winner}
    language = language_of_text(render_text(story.body))
    if language:
        winner = Candidate(value=language, raw=language, source="text", where="the body")
        choices["inLanguage"] = Choice(field="inLanguage", winner=winner)
    return Extraction(
        article=build_article(page, story, choices, settings),
        evidence=choices,
        problems=page.problems,
        blocks=story.verdicts,
        refusal=story.refusal,
    )


def _dates(text: str, now: datetime | None) -> list[Moment]:
    """Return the dates of a line that is hardly more than a date."""
    if len(text) > _MAX_LABEL or not any(char.isdigit() for char in text):
        return []
    moments = find_moments(text)
    rest = len(text) - sum(moment.end - moment.start for moment in moments)
    if not moments or (rest > 40 and text.endswith((".", "。", "!", "?"))) or rest > 80:  # noqa: PLR2004  # a sentence
        return []
    return [moment for moment in moments if now is None or moment.day <= now.date().isoformat()]


def _hints(lines: list[Line], dates: dict[int, list[Moment]]) -> dict[int, Role]:
    """Return what the words of lines say they are."""
    hints: dict[int, Role] = dict.fromkeys(dates, "date")
    for i, line in enumerate(lines):
        text = line.text
        if i in hints or line.level:
            continue
        if len(text) <= _MAX_LABEL and _CREDIT_LINE.match(text):
            hints[i] = "credit"
        elif _is_caption(text):
            hints[i] = "caption"
        elif _is_byline(text):
            hints[i] = "byline"
    names = {_bare(lines[i].text) for i, role in hints.items() if role == "byline"}
    for i, line in enumerate(lines):
        if i not in hints and line.text.casefold() in names:
            hints[i] = "byline"  # the name alone, above or below its byline
    return hints


def _bare(byline: str) -> str:
    return without_prefix(byline)[0].casefold()


def _is_byline(text: str) -> bool:
    if len(text) > _MAX_LABEL or text.endswith((".", "!", "?", ":", "。", ",")) or any(c.isdigit() for c in text):
        return False
    bare, had_prefix = without_prefix(text)
    words = bare.split()
    if not had_prefix or not words or len(words) > _MAX_BYLINE_WORDS:
        return False
    spaceless = not bare[0].isascii() and bare.lower() == bare.upper()
    return spaceless or (bare[0].isupper() and sum(w[:1].isupper() for w in words) * 2 >= len(words))


def _is_caption(text: str) -> bool:
    if len(text) > 900:  # noqa: PLR2004  # captions of agencies are long, not that long
        return False
    category = category_of(text)
    if category is not None and category.name == "media":
        return len(text) > 8  # noqa: PLR2004  # the label alone is no caption
    caption, credit = split_credit(text)
    if credit and caption and _PICTURE_SOURCE.search(text[len(caption) :]):
        return True
    return len(text) < 400 and bool(_PICTURED.search(text)) and not text.startswith(("“", '"', "„", "«"))  # noqa: PLR2004


def _story(lines: list[Line], decided: Sorted, settings: ExtractSettings) -> Story:
    kept = [role in {"body", "heading"} for role in decided.roles]
    size = sum(len(line.text) for line, keep in zip(lines, kept, strict=True) if keep)
    refusal = None if size >= _MIN_STORY else "the text is empty" if not lines else "the text holds no article"
    credit_lines = tuple(
        line.text.strip("()（）[] ") for line, role in zip(lines, decided.roles, strict=True) if role == "credit"
    )
    verdicts = tuple(
        BlockVerdict(
            text=line.text,
            kept=keep,
            score=min(1.0, max(0.0, 0.5 + score / 6)),
            reason=reason,
            place=f"line {line.row + 1}",
        )
        for line, keep, score, reason in zip(lines, kept, decided.scores, decided.reasons, strict=True)
    )
    return Story(
        body=tuple(_blocks(lines, decided.roles)),
        extractor="plain_text",
        confidence=min(0.9, size / 2_000) if refusal is None else 0.0,
        page_type="article" if refusal is None else "other" if lines else "empty",
        refusal=refusal,
        credit_lines=credit_lines,
        verdicts=verdicts if settings.explain else (),
    )


def _blocks(lines: list[Line], roles: tuple[Role, ...]) -> list[Block]:
    blocks: list[Block] = []
    items: list[ListItem] = []
    group = -1
    for line, role in zip(lines, roles, strict=True):
        if items and not (role == "body" and line.bullet and line.group - group <= 1):
            blocks.append(_list(items))
            items = []
        if role == "heading":
            blocks.append(Heading(text=line.text, level=max(2, line.level)))
        elif role == "body" and line.bullet:
            items.append(ListItem(text=line.text, ordered=line.bullet == "1"))
            group = line.group
        elif role == "body":
            blocks.append(Quote(text=line.text) if line.quoted else Paragraph(text=line.text))
    return [*blocks, _list(items)] if items else blocks


def _list(items: list[ListItem]) -> List:
    return List(text="\n".join(f"- {item.text}" for item in items), items=tuple(items))


def _choices(lines: list[Line], decided: Sorted, dates: dict[int, list[Moment]]) -> list[Choice]:
    roles = decided.roles
    first = next((i for i, role in enumerate(roles) if role == "body"), len(roles))
    places = [i for i in range(len(lines)) if roles[i] == "date"]
    places.sort(key=lambda i: (i > first, abs(i - first)))
    headline = [] if decided.headline is None else [(lines[decided.headline], lines[decided.headline].text)]
    published = [(lines[i], m) for i in places for m in dates[i] if not _CHANGED.search(lines[i].text[: m.start])]
    modified = [(lines[i], m) for i in places for m in dates[i] if _CHANGED.search(lines[i].text[: m.start])]
    sections = [
        (lines[i], (name,)) for i in places[:2] for m in dates[i][-1:] if (name := _section(lines[i].text[m.end :]))
    ]
    return [
        _choice("headline", headline),
        _choice("authors", _authors(lines, roles, dates, first)),
        _choice("datePublished", [_dated(line, moment) for line, moment in published]),
        _choice("dateModified", [_dated(line, moment) for line, moment in modified]),
        _choice("articleSection", sections),
        _choice("images", _images(lines, roles)),
        _choice("agency", _agency(lines, roles)),
    ]


def _dated(line: Line, moment: Moment) -> tuple[Line, str]:
    return replace(line, text=line.text[moment.start : moment.end]), moment.iso


def _choice(field: str, found: Sequence[tuple[Line, object]]) -> Choice:
    candidates = tuple(
        Candidate(value=value, raw=line.text[:500], source="text", where=f"line {line.row + 1}")
        for line, value in found
    )
    return Choice(field=field, winner=next(iter(candidates), None), losers=candidates[1:])


def _authors(
    lines: list[Line], roles: tuple[Role, ...], dates: dict[int, list[Moment]], first: int
) -> list[tuple[Line, object]]:
    found: list[tuple[Line, object]] = []
    places = [i for i, role in enumerate(roles) if role in {"byline", "date"}]
    for i in sorted(places, key=lambda i: (i > first, abs(i - first))):
        byline = lines[i].text if roles[i] == "byline" else _beside_date(lines[i].text, dates[i])
        names, _ = names_in(byline, frozenset()) if byline else ([], [])
        people = tuple(
            Person(name=name, type="Organization" if is_organisation(name, frozenset()) else "Person") for name in names
        )
        if people:
            found.append((lines[i], people))
    return found


def _beside_date(text: str, moments: list[Moment]) -> str | None:
    """Return the byline on the line of a date: "By Jane Doe | March 8, 2017"."""
    pieces = (text[: moments[0].start], text[moments[-1].end :])
    return next((piece for p in pieces if _is_byline(piece := p.strip(" |,;·•–—-/("))), None)


def _images(lines: list[Line], roles: tuple[Role, ...]) -> list[tuple[Line, object]]:
    images = []
    at = None
    for line, role in zip(lines, roles, strict=True):
        if role == "caption":
            caption, credit = split_credit(line.text)
            images.append(Image(url=None, caption=caption or None, credit=credit.strip(" -–—/") if credit else None))
            at = at or line
    return [(at, tuple(images))] if at else []


def _agency(lines: list[Line], roles: tuple[Role, ...]) -> list[tuple[Line, object]]:
    found: dict[str, Line] = {}
    for line, role in zip(lines, roles, strict=True):
        if role == "credit":
            inner = re.sub(r"^\W*\w+\s*[:：]\s*", "", line.text).strip("()（）[] .")
            for name in agencies_in(inner):
                found.setdefault(_as_written(name), line)
        elif role == "byline":
            for name in names_in(line.text, frozenset())[1]:
                found.setdefault(_as_written(name), line)
    return [(next(iter(found.values())), tuple(found))] if found else []


def _as_written(agency: str) -> str:
    """Return a name that is set in capitals as a name: REUTERS is Reuters, while AFP stays."""
    return agency.title() if agency.isupper() and len(agency) > 5 else agency  # noqa: PLR2004  # initials are short


def _section(rest: str) -> str | None:
    """Return the section that stands behind a date: "March 8, 2017News", "8 March 2017 | News"."""
    name = _BEFORE_SECTION.sub("", rest).strip()
    glued = bool(rest) and not rest[0].isspace()
    category = category_of(name)
    if not _SECTION.match(name) or (category and category.name not in _LIKE_SECTIONS) or len(name.split()) > 4:  # noqa: PLR2004  # sections are short
        return None
    return name if glued or _BEFORE_SECTION.match(rest)[0].strip() else None  # type: ignore[index]  # matches always
