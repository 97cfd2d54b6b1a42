"""Plots as SVG: attributes alone, no style and no script, so that the strictest policy lets them be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from scraper.render.document import safe

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["bars_by_day", "share_cell", "strip"]

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 900, 266, 44, 32
_WIDEST = 64.0
"""Of a bar: one day alone is a bar, no wall."""
_TICKS = 4
_LABELS = 8
"""Days that are named below the plot, at most."""


def bars_by_day(days: Mapping[str, Sequence[int]], names: Sequence[str]) -> str:
    """Return stacked bars, one a day from the first to the last, with a layer for each name.

    Args:
        days: "2026-03-14" -> a number for each name.
        names: what the layers are.

    """
    calendar = _calendar(min(days), max(days))
    top = _rounded(max(sum(row) for row in days.values()))
    step = (_WIDTH - _LEFT) / len(calendar)
    plot = _HEIGHT - _BOTTOM - 10
    wide = min(step * 0.8, _WIDEST)
    parts = [_grid(top, plot)]
    every = -(-len(calendar) // _LABELS)
    for number, day in enumerate(calendar):
        middle = _LEFT + (number + 0.5) * step
        row = days.get(day, ())
        floor = 10.0 + plot
        layers = []
        for layer, value in enumerate(row):
            if value:
                height = plot * value / top
                floor -= height
                layers.append(
                    f'<rect class="c{layer}" x="{middle - wide / 2:.1f}" y="{floor:.1f}" width="{wide:.1f}" height="{height:.1f}"/>'
                )
        told = ", ".join(f"{name} {value}" for name, value in zip(names, row, strict=False) if value)
        if layers:
            parts.append(f"<g><title>{safe(f'{day}: {sum(row)} ({told})')}</title>{''.join(layers)}</g>")
        if number % every == 0:
            parts.append(
                f'<text x="{middle:.1f}" y="{_HEIGHT - _BOTTOM + 8}" text-anchor="middle" dominant-baseline="hanging">{day[5:]}</text>'
            )
    return f'<svg class="days" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="Articles a day">{"".join(parts)}</svg>'


def _calendar(first: str, last: str) -> list[str]:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    return [(begin + timedelta(days=n)).isoformat() for n in range((end - begin).days + 1)]


def _rounded(highest: int) -> int:
    """Return the top of an axis: the highest value, rounded up so that every tick is a whole number."""
    step = 1
    while step * _TICKS < highest:
        for factor in (1, 2, 3, 5):
            if step * factor * _TICKS >= highest:
                return step * factor * _TICKS
        step *= 10
    return step * _TICKS


def _grid(top: int, plot: int) -> str:
    lines = []
    for tick in range(_TICKS + 1):
        y = 10 + plot * (1 - tick / _TICKS)
        lines.append(f'<line x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{top * tick // _TICKS}</text>')
    return f'<g class="grid">{"".join(lines)}</g>'


def strip(value: int, highest: int, kind: str = "") -> str:
    """Return a horizontal bar for one row of a table."""
    width = 100 * value / highest if highest else 0
    return (
        f'<svg class="strip {kind}" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{max(width, 0.6 if value else 0):.1f}" height="10"/></svg>'
    )


def share_cell(part: int, whole: int) -> str:
    """Return a table cell that says a share in per cent and shades it in eleven steps."""
    if not whole:
        return "<td></td>"
    share = part / whole
    return f'<td class="s{int(share * 10)}" title="{part} of {whole}">{int(share * 100)}</td>'
