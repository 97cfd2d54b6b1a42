"""Plots as SVG by hand: points and lines on two axes, linear or logarithmic; nothing but numbers goes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from math import ceil, floor, log10
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Axis", "Plot", "Series"]

WIDTH, HEIGHT = 760, 460
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 40, 48
FONT = 'font-family="sans-serif" font-size="12" role="img"'
DOTS = 'stroke-linecap="round" stroke-opacity=".6" fill="none"'
COLOURS = ("#1f6feb", "#d1242f", "#1a7f37", "#9a6700", "#8250df", "#57606a")


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis and its range."""

    title: str
    low: float
    high: float
    log: bool = False
    unit: str = ""

    def place(self, value: float) -> float:
        """Return where a value stands, 0 to 1; what lies outside stands at the edge."""
        value = min(max(value, self.low), self.high)
        if self.log:
            return (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """Return the values that are written on the axis."""
        if self.log:
            return [10.0**n for n in range(ceil(log10(self.low) - 1e-9), floor(log10(self.high) + 1e-9) + 1)]
        step = (self.high - self.low) / 5
        return [self.low + step * n for n in range(6)]


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one kind."""

    name: str
    points: list[tuple[float, float]]
    line: bool = False
    labels: tuple[str, ...] = ()
    """Text beside each point."""
    radius: float = 1.6


@dataclass(slots=True)
class Plot:
    """A plot with its series."""

    title: str
    x: Axis
    y: Axis
    series: list[Series] = field(default_factory=list)

    def write(self, path: Path) -> None:
        """Write the plot as an SVG file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(self.svg(), encoding="utf-8")

    def svg(self) -> str:
        """Return the plot as SVG."""
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" {FONT}>',
            f"<title>{escape(self.title)}</title>",
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
            f'<text x="{LEFT}" y="20" font-size="14" font-weight="bold">{escape(self.title)}</text>',
            *self._axes(),
        ]
        for number, series in enumerate(self.series):
            parts += self._drawn(series, COLOURS[number % len(COLOURS)])
        parts += self._legend()
        return "\n".join([*parts, "</svg>"]) + "\n"

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        across = LEFT + self.x.place(point[0]) * (WIDTH - LEFT - RIGHT)
        down = HEIGHT - BOTTOM - self.y.place(point[1]) * (HEIGHT - TOP - BOTTOM)
        return round(across, 1), round(down, 1)

    def _axes(self) -> list[str]:
        parts = []
        for tick in self.x.ticks():
            across = self._at((tick, self.y.low))[0]
            parts.append(f'<path d="M{across} {TOP}V{HEIGHT - BOTTOM}" stroke="#d8dee4"/>')
            parts.append(
                f'<text x="{across}" y="{HEIGHT - BOTTOM + 16}" text-anchor="middle">{tick:g}{self.x.unit}</text>'
            )
        for tick in self.y.ticks():
            down = self._at((self.x.low, tick))[1]
            parts.append(f'<path d="M{LEFT} {down}H{WIDTH - RIGHT}" stroke="#d8dee4"/>')
            parts.append(f'<text x="{LEFT - 6}" y="{down + 4}" text-anchor="end">{tick:g}{self.y.unit}</text>')
        parts.append(f'<text x="{WIDTH - RIGHT}" y="{HEIGHT - 10}" text-anchor="end">{escape(self.x.title)}</text>')
        parts.append(f'<text x="8" y="{TOP - 6}">{escape(self.y.title)}</text>')
        return parts

    def _drawn(self, series: Series, colour: str) -> list[str]:
        places = [self._at(point) for point in series.points]
        if series.line:
            path = "M" + "L".join(f"{x} {y}" for x, y in places)
            parts = [f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="1.5"/>']
        else:  # one path of dots of no length: a tenth of the size of as many circles
            path = "".join(f"M{x} {y}h0" for x, y in dict.fromkeys(places))
            width = 2 * series.radius
            parts = [f'<path d="{path}" stroke="{colour}" stroke-width="{width}" {DOTS}/>']
        for label, (x, y) in zip(series.labels, places, strict=False):
            end = x > WIDTH * 0.8
            anchor, shift = ("end", -8) if end else ("start", 8)
            parts.append(f'<text x="{x + shift}" y="{y + 4}" text-anchor="{anchor}">{escape(label)}</text>')
        return parts

    def _legend(self) -> list[str]:
        parts = []
        named = [(n, series.name) for n, series in enumerate(self.series) if series.name]
        for row, (number, name) in enumerate(named):
            y = TOP + 16 + 16 * row
            parts.append(f'<circle cx="{LEFT + 12}" cy="{y - 4}" r="4" fill="{COLOURS[number % len(COLOURS)]}"/>')
            parts.append(f'<text x="{LEFT + 22}" y="{y}">{escape(name)}</text>')
        return parts
