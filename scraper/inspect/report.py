"""The inspection as one HTML file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from scraper.inspect.article_view import article_view
from scraper.inspect.field_rows import Claim, FieldRow, field_rows
from scraper.inspect.page_view import minimap, page_view
from scraper.render.document import report_document, safe
from scraper.version import __version__

if TYPE_CHECKING:
    from scraper.inspect.inspection import Inspection

__all__ = ["problems_of", "report"]

_HERE = Path(__file__).parent
_KEYS = (
    ("j k", "next, previous block"),
    ("n p", "next, previous doubtful block"),
    ("1 2 3 4", "all, kept, dropped, doubtful"),
    ("5", "where the two differ"),
    ("/", "paste a missing paragraph"),
    ("Enter", "from a block to its place in the article"),
    ("Esc", "close, clear"),
)


def report(inspection: Inspection) -> str:
    """Return the report on a page as one self-contained HTML document that runs nothing of the page's."""
    article = inspection.extraction.article
    body = "\n".join(
        (
            _head(inspection),
            _ask(),
            _toolbar(inspection),
            '<main class="panes">',
            '<section class="pane" aria-labelledby="h-page"><h2 id="h-page">The page</h2>',
            f'<ol class="blocks" data-show="all">{page_view(inspection) or _NOTHING}</ol></section>',
            '<section class="pane article" aria-labelledby="h-article"><h2 id="h-article">The article</h2>',
            f'<div class="paper" lang="{safe(article.in_language or "")}">{article_view(inspection)}</div></section>',
            "</main>",
            _fields(inspection),
            _comparison(inspection),
            _notes(inspection),
            _hidden(inspection),
            f"<footer>article-scraper {safe(__version__)}. This file loads nothing and runs nothing of the page.</footer>",
        )
    )
    title = article.headline or inspection.name
    style, script = ((_HERE / name).read_text("utf-8") for name in ("report.css", "report.js"))
    return report_document(f"{title} · scraper inspect", body, style=style, script=script)


_NOTHING = '<li class="none">The page holds no text.</li>'


def problems_of(inspection: Inspection) -> tuple[str, ...]:
    """Return what was wrong with the page, each once."""
    extraction = inspection.extraction
    return tuple(dict.fromkeys((*extraction.problems, *extraction.article.metadata.warnings)))


def _head(inspection: Inspection) -> str:
    extraction = inspection.extraction
    article, metadata = extraction.article, extraction.article.metadata
    states = [block.state for block in inspection.blocks]
    doubtful = sum(block.unsure for block in inspection.blocks)
    verdict = (
        f'<p class="verdict-line refused"><b>No article</b> {safe(extraction.refusal)}</p>'
        if extraction.refusal
        else f'<p class="verdict-line"><b>{safe(metadata.page_type.replace("_", " "))}</b>'
        f" {metadata.confidence:.0%} sure of the text{', shown only in part (paywall)' if metadata.truncated else ''}</p>"
    )
    facts = (
        ("words", f"{article.word_count:,}"),
        ("blocks kept", f"{states.count('kept')} of {len(states)}"),
        ("doubtful", str(doubtful)),
        ("encoding", metadata.encoding or "text"),
        ("extractor", metadata.extractor),
        ("problems", str(len(problems_of(inspection)))),
    )
    cells = "".join(f"<div><dt>{name}</dt><dd>{safe(value)}</dd></div>" for name, value in facts)
    return (
        f'<header class="top"><p class="brand">scraper inspect</p><h1 dir="auto">{safe(article.headline or inspection.name)}</h1>'
        f'<p class="address">{safe(article.url or inspection.name)}</p>{verdict}<dl class="facts">{cells}</dl>'
        f'{minimap(inspection)}<p class="legend"><span class="kept">kept</span><span class="moved">caption or credit</span>'
        f'<span class="dropped">dropped</span><small>the page from top to bottom</small></p></header>'
    )


def _ask() -> str:
    return (
        '<section class="ask" role="search"><label for="q">Why is my paragraph missing?</label>'
        '<textarea id="q" rows="2" spellcheck="false" placeholder="Paste the paragraph, or a few words of it"></textarea>'
        '<div id="answer" aria-live="polite"></div></section>'
    )


def _toolbar(inspection: Inspection) -> str:
    filters = [("all", "All"), ("kept", "Kept"), ("dropped", "Dropped"), ("unsure", "Doubtful")]
    filters += [("differs", "Differences")] if inspection.comparison else []
    buttons = "".join(
        f'<button type="button" data-show="{name}" aria-pressed="{"true" if name == "all" else "false"}">{label}</button>'
        for name, label in filters
    )
    keys = "".join(f"<div><dt>{keys}</dt><dd>{what}</dd></div>" for keys, what in _KEYS)
    return (
        f'<nav class="tools" aria-label="Filter"><div class="filters" role="group" aria-label="Blocks shown">{buttons}</div>'
        f'<span id="count" role="status"></span><details class="keys"><summary>Keys</summary><dl>{keys}</dl></details></nav>'
    )


def _fields(inspection: Inspection) -> str:
    rows = "\n".join(map(_field, field_rows(inspection.extraction)))
    return (
        '<section class="sheet" aria-labelledby="h-fields"><h2 id="h-fields">Fields</h2><div class="wide"><table class="fields">'
        '<thead><tr><th scope="col">Field</th><th scope="col">Value</th><th scope="col">Source</th>'
        f'<th scope="col">Values it beat</th></tr></thead><tbody>{rows}</tbody></table></div></section>'
    )


def _field(row: FieldRow) -> str:
    problems = "".join(f'<p class="problem">{safe(problem)}</p>' for problem in row.problems)
    if row.winner is None:
        return (
            f'<tr class="empty"><th scope="row">{safe(row.name)}</th><td colspan="3">nothing found{problems}</td></tr>'
        )
    losers = "".join(
        f'<li><span dir="auto">{_value(loser)}</span> <code>{safe(loser.source)}</code></li>' for loser in row.losers
    )
    beaten = (
        f"<details><summary>{len(row.losers)}</summary><ul>{losers}</ul></details>"
        if losers
        else "<span class=none>none</span>"
    )
    return (
        f'<tr><th scope="row">{safe(row.name)}</th><td dir="auto">{_value(row.winner)}{problems}</td>'
        f"<td><code>{safe(row.winner.source)}</code></td><td>{beaten}</td></tr>"
    )


def _value(claim: Claim) -> str:
    return safe(claim.value).replace("\n", "<br>")


def _comparison(inspection: Inspection) -> str:
    other = inspection.comparison
    if other is None:
        return ""
    told = [block for block in inspection.blocks if block.theirs is not None]
    ours = sum(block.in_text and not block.theirs for block in told)
    theirs = sum(bool(block.theirs) and not block.in_text for block in told)
    both = sum(block.in_text and bool(block.theirs) for block in told)
    name = safe(other.name)
    lines = "".join(f'<li dir="auto">{safe(line)}</li>' for line in other.strangers)
    strangers = f"<h3>Lines of {name} that are no block of the page</h3><ul>{lines}</ul>" if lines else ""
    return (
        f'<section class="sheet" aria-labelledby="h-compare"><h2 id="h-compare">Beside {name}</h2>'
        f'<dl class="facts"><div><dt>both keep</dt><dd>{both}</dd></div><div><dt>only here</dt><dd>{ours}</dd></div>'
        f"<div><dt>only {name}</dt><dd>{theirs}</dd></div><div><dt>words of {name}</dt><dd>{other.words:,}</dd></div></dl>"
        f"<p>The filter “Differences” shows the blocks that one of the two keeps.</p>{strangers}</section>"
    )


def _notes(inspection: Inspection) -> str:
    problems = "".join(f'<li dir="auto">{safe(problem)}</li>' for problem in problems_of(inspection))
    longest = max((timing.seconds for timing in inspection.timings), default=0) or 1
    bars = "".join(
        f"<tr><th scope=row>{safe(timing.step)}</th><td>{timing.seconds * 1000:.1f} ms</td>"
        f'<td><svg class="time" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{max(0.5, 100 * timing.seconds / longest):.1f}" height="6"/></svg></td></tr>'
        for timing in inspection.timings
    )
    return (
        '<div class="pair"><section class="sheet" aria-labelledby="h-problems"><h2 id="h-problems">Problems</h2>'
        + (f'<ul class="problems">{problems}</ul>' if problems else '<p class="none">None.</p>')
        + '</section><section class="sheet" aria-labelledby="h-times"><h2 id="h-times">Timings</h2>'
        + f'<table class="times">{bars}</table></section></div>'
    )


def _hidden(inspection: Inspection) -> str:
    if not inspection.hidden:
        return ""
    items = "\n".join(
        f'<li class="place" tabindex="-1" data-where="{safe(place.where)}"><code>{safe(place.where)}</code> '
        f'<span class="text" dir="auto">{safe(place.text)}</span></li>'
        for place in inspection.hidden
    )
    return (
        '<section class="sheet" aria-labelledby="h-hidden"><h2 id="h-hidden">Text in the source that no reader sees</h2>'
        f'<details id="hidden"><summary>{len(inspection.hidden)} pieces in scripts, metadata, attributes and comments</summary>'
        f'<ol class="places">\n{items}\n</ol></details></section>'
    )
