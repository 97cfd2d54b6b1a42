"""TOML files, and the line on which each key of them stands."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from scraper.errors import SettingsError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["key_lines", "read_toml"]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_PART = re.compile(r"""[\w-]+|"[^"]*"|'[^']*'""")
_LONG = ('"""', "'''")


def read_toml(path: Path) -> tuple[dict[str, Any], dict[tuple[str | int, ...], int]]:
    """Return the tables of a file and the lines of their keys.

    Raises:
        SettingsError: the file cannot be read, or is no TOML; the message names the line.

    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}", advice="name a job file") from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: not UTF-8 at byte {error.start}", advice="save it as UTF-8") from error
    try:
        return tomllib.loads(text), key_lines(text)
    except tomllib.TOMLDecodeError as error:
        what = str(error)
        found = re.search(r" \(at line (\d+), column (\d+)\)$", what)
        where = f"{path}:{found[1]}:{found[2]}" if found else str(path)
        said = what[: found.start()] if found else what
        raise SettingsError(f"{where}: {said[:1].lower()}{said[1:]}") from error
    except RecursionError:
        raise SettingsError(f"{path}: nested too deeply") from None


def key_lines(text: str) -> dict[tuple[str | int, ...], int]:
    """Return the line of each table and key of a TOML text, by its place: ("source", 0, "feed").

    tomllib does not tell lines. Keys inside inline tables have the line of the table; a key in the middle of a
    multi-line text is not taken for one.
    """
    lines: dict[tuple[str | int, ...], int] = {}
    numbers: dict[tuple[str | int, ...], int] = {}
    here: tuple[str | int, ...] = ()
    inside: str | None = None
    for number, line in enumerate(text.splitlines(), 1):
        if inside is None:
            header = _HEADER.match(line)
            key = None if header else _KEY.match(line)
            if header:
                here = _place(header[2], numbers, listed=header[1] == "[[")
                lines.setdefault(here, number)
            elif key:
                lines.setdefault((*here, *_parts(key[1])), number)
        inside = _inside_after(line, inside)
    return lines


def _place(name: str, numbers: dict[tuple[str | int, ...], int], *, listed: bool) -> tuple[str | int, ...]:
    place: tuple[str | int, ...] = ()
    parts = _parts(name)
    for depth, part in enumerate(parts, 1):
        place = (*place, part)
        if listed and depth == len(parts):
            numbers[place] = numbers.get(place, -1) + 1
        if place in numbers:
            place = (*place, numbers[place])
    return place


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(name))


def _inside_after(line: str, inside: str | None) -> str | None:
    """Return the quotes of the multi-line text that a line ends in."""
    rest = line
    while True:
        marks = [inside] if inside else _LONG
        found = min(((rest.find(mark), mark) for mark in marks if mark in rest), default=None)
        if found is None:
            return inside
        rest = rest[found[0] + 3 :]
        inside = None if inside else found[1]
