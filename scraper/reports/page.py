"""Figures as one HTML file, to be opened from disk or on a phone."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.render.document import report_document, safe
from scraper.reports.charts import bars_by_day, share_cell, strip
from scraper.version import __version__

if TYPE_CHECKING:
    from scraper.reports.figures import FailureKind, Figures, Item, SourceFigures

__all__ = ["report_page"]

_HERE = Path(__file__).parent
_SCRIPT = '"use strict";'
"""The report needs none; the policy of the document wants one to name."""
_LAYERS = 8
"""Sources with a colour of their own; the rest is one."""
_SHOWN_SOURCES = 40
_LAST_DAYS = 60
"""Days that are plotted: back from the last one."""


def report_page(figures: Figures) -> str:
    """Return the report on runs as one self-contained HTML document."""
    body = "\n".join(
        (
            _head(figures),
            _days(figures),
            _sources(figures.sources),
            _completeness(figures),
            _failures(figures.failures),
            _newest(figures.newest),
            _problems(figures.problems),
            f"<footer>article-scraper {safe(__version__)}. This file loads nothing.</footer>",
        )
    )
    style = (_HERE / "page.css").read_text("utf-8")
    return report_document(f"{figures.name} · scraper report", body, style=style, script=_SCRIPT)


def _head(figures: Figures) -> str:
    failed = sum(kind.number for kind in figures.failures)
    tried = figures.records + failed
    facts = [("records", f"{figures.records:,}")]
    if figures.articles is not None:
        facts.append(("articles", f"{figures.articles:,}"))
    facts += [
        ("sources", f"{len(figures.sources):,}"),
        ("failed", f"{failed:,}"),
        ("success", f"{100 * figures.records / tried:.1f} %" if tried else "–"),
    ]
    cells = "".join(f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in facts)
    return f'<header><p class="brand">scraper report</p><h1>{safe(figures.name)}</h1><dl class="facts">{cells}</dl></header>'


def _sheet(title: str, inside: str, note: str = "") -> str:
    told = f'<p class="note">{note}</p>' if note else ""
    return f"<section><h2>{title}</h2>{told}{inside}</section>"


def _days(figures: Figures) -> str:
    dated = {day for source in figures.sources for day in source.days if _as_date(day)}
    if not dated:
        return _sheet("Articles a day", '<p class="none">No record has a date.</p>')
    last = date.fromisoformat(max(dated))
    shown = [day for day in dated if (last - date.fromisoformat(day)).days < _LAST_DAYS]
    top, rest = figures.sources[:_LAYERS], figures.sources[_LAYERS:]
    names = [source.name for source in top] + ([f"{len(rest)} others"] if rest else [])
    rows = {
        day: [source.days.get(day, 0) for source in top] + ([sum(s.days.get(day, 0) for s in rest)] if rest else [])
        for day in shown
    }
    older = sum(source.records for source in figures.sources) - figures.undated - sum(map(sum, rows.values()))
    notes = [f"By the day they were {figures.day_means}."]
    notes += [f"{older:,} older ones are not plotted."] if older else []
    notes += [f"{figures.undated:,} have no date."] if figures.undated else []
    legend = "".join(f'<li class="c{n}">{safe(name)}</li>' for n, name in enumerate(names))
    return _sheet("Articles a day", bars_by_day(rows, names) + f'<ul class="legend">{legend}</ul>', " ".join(notes))


def _as_date(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _sources(sources: tuple[SourceFigures, ...]) -> str:
    highest = max((source.records for source in sources), default=0)
    rows = "".join(
        f'<tr><th scope="row">{safe(source.name)}</th><td>{source.records:,}</td><td>{strip(source.records, highest)}</td>'
        f'<td class="{"bad" if source.failures else "none"}">{source.failures:,}</td>'
        f"<td>{'–' if source.words is None else f'{source.words:,}'}</td><td>{safe(max(source.days, default='–'))}</td></tr>"
        for source in sources[:_SHOWN_SOURCES]
    )
    more = f"The {len(sources) - _SHOWN_SOURCES} smallest are left out." if len(sources) > _SHOWN_SOURCES else ""
    head = "<tr><th>Source</th><th>Records</th><th></th><th>Failed</th><th>Words, median</th><th>Last day</th></tr>"
    return _sheet(
        "Sources",
        f'<div class="wide"><table class="sources"><thead>{head}</thead><tbody>{rows}</tbody></table></div>',
        more,
    )


def _completeness(figures: Figures) -> str:
    sources = [source for source in figures.sources if source.records][:_SHOWN_SOURCES]
    if not sources or not figures.fields:
        return ""
    head = "".join(f'<th scope="col"><span>{safe(name)}</span></th>' for name in figures.fields)
    whole = {name: sum(source.fields.get(name, 0) for source in figures.sources) for name in figures.fields}
    total = "".join(share_cell(whole[name], figures.records) for name in figures.fields)
    rows = "".join(
        f'<tr><th scope="row">{safe(source.name)}</th>'
        + "".join(share_cell(source.fields.get(name, 0), source.records) for name in figures.fields)
        + "</tr>"
        for source in sources
    )
    table = (
        f'<div class="wide"><table class="heat"><thead><tr><td></td>{head}</tr></thead>'
        f'<tbody><tr class="all"><th scope="row">all</th>{total}</tr>{rows}</tbody></table></div>'
    )
    return _sheet("Field completeness", table, "Share of a source's records that have the field, in per cent.")


def _failures(kinds: tuple[FailureKind, ...]) -> str:
    if not kinds:
        return _sheet("Failures", '<p class="none">None that these files tell of.</p>')
    highest = kinds[0].number
    rows = "".join(
        f'<tr><th scope="row"><code>{safe(kind.reason)}</code> <small>{safe(kind.stage)}'
        f"{', may pass' if kind.retryable else ''}</small></th><td>{kind.number:,}</td><td>{strip(kind.number, highest, 'bad')}</td>"
        f"<td><details><summary>{safe(kind.message) or 'examples'}</summary>"
        f"<ul>{''.join(f'<li>{_link(url, url)}</li>' for url in kind.examples)}</ul></details></td></tr>"
        for kind in kinds
    )
    return _sheet("Failures", f'<div class="wide"><table class="failures"><tbody>{rows}</tbody></table></div>')


def _newest(items: tuple[Item, ...]) -> str:
    rows = "".join(
        f'<li><time>{safe(item.when[:16].replace("T", " ")) or "no date"}</time> <span dir="auto">{_link(item.url, item.title)}</span>'
        f" <small>{safe(item.source)}</small></li>"
        for item in items
    )
    return _sheet("Newest", f'<ol class="newest">{rows}</ol>') if rows else ""


def _problems(problems: tuple[str, ...]) -> str:
    rows = "".join(f"<li>{safe(problem)}</li>" for problem in problems)
    return _sheet("Problems", f"<ul>{rows}</ul>") if rows else ""


def _link(url: str | None, words: str) -> str:
    """Return a link to a web address; words alone for every other."""
    if url and url.lower().startswith(("http://", "https://")):
        return f'<a href="{safe(url)}" rel="noreferrer noopener">{safe(words)}</a>'
    return safe(words)
