"""JSON-LD scripts -> plain objects, however badly they are written."""

from __future__ import annotations

import html
import json
import re
from typing import Any

import msgspec

from scraper.compiled import fastest

__all__ = ["collect", "read_json_ld"]

_MAX_SCRIPT = 5_000_000
"""Characters of one script; what is longer is no description of an article."""
_MAX_REPAIR = 1_000_000
"""Characters of a broken script that are worth repairing: the repair is linear, but in Python."""
_MAX_OBJECTS = 5_000
_MAX_DEPTH = 40
_MAX_PROBLEMS = 10

_WRAPPER = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|\]\]>|\*/|//)\s*$")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|/\*.*?\*/|(?<![:\w])//[^\n]*|[^"/]++|.', re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f]")
_BAD_ESCAPE = re.compile(r'\\(?:([^"\\/bfnrtu])|(u)(?![0-9a-fA-F]{4}))')
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_MISSING_COMMA = re.compile(r"([}\]])(\s*[{\[])")
_NOT_JSON = re.compile(r"\b(?:NaN|-?Infinity|undefined)\b")
_PAIR = re.compile(
    r'"(@type|headline|name|datePublished|dateModified|description|inLanguage|articleSection|url)"\s*:\s*"((?:[^"\\\n]|\\.)*+)"'
)


def read_json_ld(scripts: tuple[str, ...]) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """Return (objects, problems): every object with a type or an id, parents before children, in document order."""
    found: list[dict[str, Any]] = []
    problems: list[str] = []
    for number, script in enumerate(scripts, 1):
        if not script or script.isspace():
            continue
        if len(script) > _MAX_SCRIPT:
            problems.append(f"JSON-LD script {number} has {len(script)} characters: not read")
            continue
        values, problem = _parse(script)
        if problem and len(problems) < _MAX_PROBLEMS:
            problems.append(f"JSON-LD script {number}: {problem}")
        for value in values:
            _collect(value, found)
    return tuple(found), tuple(problems)


def _parse(script: str) -> tuple[list[Any], str | None]:
    """Return the script's top-level values, and what was wrong with it."""
    try:
        return [msgspec.json.decode(script)], None
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        reason = "nested too deeply" if isinstance(error, RecursionError) else "not valid JSON"
    if len(script) > _MAX_REPAIR:
        return [], f"{reason}, and too long to repair"
    text = _repair(script)
    values = _decode_all(text)
    if not values and "&quot;" in text:
        values = _decode_all(_repair(html.unescape(text)))
    if values:
        return values, f"{reason}: repaired"
    rescued = _rescue(text)
    return ([rescued], f"{reason}: single values rescued") if rescued else ([], f"{reason}: given up")


def _repair(script: str) -> str:
    text = _WRAPPER.sub("", _WRAPPER.sub("", script))
    parts: list[str] = []
    for token in _TOKEN.findall(text):
        if token[0] == '"':
            parts.append(_BAD_ESCAPE.sub(r"\\\\\1\2", _CONTROL.sub(" ", token)) if len(token) > 1 else token)
        elif not token.startswith(("/*", "//")):
            parts.append(_NOT_JSON.sub("null", token))
    # a comment between the comma and the bracket is gone by now, so the joined text is searched
    joined = "".join(parts).strip().rstrip(";").rstrip()
    pieces = _TOKEN.findall(joined)
    return "".join(
        piece if piece[0] == '"' else _MISSING_COMMA.sub(r"\1,\2", _TRAILING_COMMA.sub(r"\1", piece))
        for piece in pieces
    )


def _decode_all(text: str) -> list[Any]:
    """Return the values at the start of `text`; several in a row are tolerated, so is rubbish after them."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    at = 0
    while at < len(text):
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
        try:
            value, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        values.append(value)
    return values


def _rescue(text: str) -> dict[str, Any] | None:
    """Return single pairs of a script that cannot be parsed: the first of each key."""
    pairs: dict[str, Any] = {}
    for key, value in _PAIR.findall(text[:_MAX_REPAIR]):
        if key not in pairs:
            try:
                pairs[key] = json.loads(f'"{value}"', strict=False)
            except ValueError:
                pairs[key] = value
    return pairs if "@type" in pairs and len(pairs) > 1 else None


def collect(value: Any, found: list[dict[str, Any]]) -> None:
    """Add every object with a type or an id to `found`, parents before children, in document order."""
    stack: list[tuple[Any, int]] = [(value, 0)]
    while stack and len(found) < _MAX_OBJECTS:
        node, depth = stack.pop()
        if depth > _MAX_DEPTH:
            continue
        if isinstance(node, dict):
            if "@type" in node or "@id" in node or "type" in node:
                found.append(node)
            stack += [(child, depth + 1) for child in reversed(node.values()) if isinstance(child, (dict, list))]
        elif isinstance(node, list):
            stack += [(child, depth + 1) for child in reversed(node[:_MAX_OBJECTS]) if isinstance(child, (dict, list))]


_collect = fastest(collect, "json_ld")
