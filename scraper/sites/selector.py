"""Selectors of site rules: CSS, in the part of it that costs linear time on any page.

Lexbor tries every way to match a chain of combinators: "section div p" took more than 3 s on a page of 400 nested <div>
and 3,000 <p>. So it is only ever asked for single compounds ("p.lead"); what stands between them is checked here,
in one pass over the page for each compound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Selector", "Step", "matched", "parse_selector"]

_MOST_CHARS = 500
_MOST_STEPS = 12
_PSEUDO = re.compile(r"(::?)([a-zA-Z-]+)")
_ALLOWED = frozenset("first-child last-child only-child empty not root".split())
"""Pseudo-classes that look at one element; :has and :nth-child cost quadratic time, Lexbor gets :is wrong."""
_TOKEN = re.compile(
    r"""\\.|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\s*[>+~]\s*|\s+|[()\[\],]|[^\\"'\s>+~()\[\],]+|.""", re.DOTALL
)
_ATTRIBUTE = re.compile(r"@([a-zA-Z_][\w:.-]*)$")


@dataclass(frozen=True, slots=True)
class Step:
    """One compound and how it hangs together with the one before it."""

    combinator: str
    """" ", ">", "+", "~"; "" for the first."""
    compound: str


@dataclass(frozen=True, slots=True)
class Selector:
    """A parsed selector."""

    text: str
    """As the rule has it."""
    alternatives: tuple[tuple[Step, ...], ...]
    attribute: str | None = None
    """What is read of the element; None: its text."""


def parse_selector(text: str) -> Selector:
    """Return a selector, of which "@name" at the end may name an attribute.

    Raises:
        ValueError: it is no selector, or not one that rules may have; says why.

    """
    text = text.strip()
    found = _ATTRIBUTE.search(text)
    css = text[: found.start()] if found else text
    if not css:
        raise ValueError("an empty selector")
    if len(css) > _MOST_CHARS:
        raise ValueError(f"a selector of {len(css)} characters; at most {_MOST_CHARS} are read")
    return Selector(text, tuple(_alternative(tokens) for tokens in _alternatives(css)), found[1] if found else None)


def _alternatives(css: str) -> list[list[str]]:
    """Return the tokens between the commas of the top level."""
    parts: list[list[str]] = [[]]
    depth = 0
    for token in _TOKEN.findall(css):
        depth += (token in {"(", "["}) - (token in {")", "]"})
        if token == "," and depth == 0:  # noqa: S105  # a token of CSS
            parts.append([])
        else:
            parts[-1].append(token)
    if depth:
        raise ValueError("a bracket that is never closed")
    return parts


def _alternative(tokens: list[str]) -> tuple[Step, ...]:
    while tokens and tokens[0].isspace():
        tokens = tokens[1:]
    while tokens and tokens[-1].isspace():
        tokens = tokens[:-1]
    steps: list[Step] = []
    combinator, compound, depth = "", "", 0
    for token, after in zip(tokens, [*tokens[1:], ""], strict=False):
        depth += (token in {"(", "["}) - (token in {")", "]"})
        between = token.strip() in {"", ">", "+", "~"}
        if depth and token.isspace() and (compound[-1] in "([," or after in {")", "]", ","}):
            continue
        if between and "(" in compound and depth:
            raise ValueError("only single elements may stand in brackets, such as :not(.promo)")
        if between and not depth:
            steps.append(_step(combinator, compound))
            combinator, compound = token.strip() or " ", ""
        else:
            compound += token
    steps.append(_step(combinator, compound))
    if len(steps) > _MOST_STEPS:
        raise ValueError(f"a chain of {len(steps)} elements; at most {_MOST_STEPS} are followed")
    return tuple(steps)


def _step(combinator: str, compound: str) -> Step:
    if not compound:
        raise ValueError("an element is missing before or after a combinator")
    bare = re.sub(r"""\[[^\]]*\]|"[^"]*"|'[^']*'|\\.""", "", compound)
    for colons, name in _PSEUDO.findall(bare):
        if colons == "::" or name.lower() not in _ALLOWED:
            raise ValueError(
                f"{colons}{name} is not for rules; there are {', '.join(f':{n}' for n in sorted(_ALLOWED))}"
            )
    try:
        LexborHTMLParser("<p>").css(compound)
    except SelectolaxError:
        raise ValueError(f"not CSS: {compound!r}") from None
    return Step(combinator, compound)


def matched(
    selector: Selector, found: dict[str, frozenset[int]], parents: Sequence[int], ends: Sequence[int]
) -> frozenset[int]:
    """Return the elements that a selector selects.

    Args:
        selector: the whole of it.
        found: the elements that each of its compounds selects alone.
        parents: of each element, in document order; -1 for none.
        ends: the end of each element's descendants, exclusive.

    """
    chosen: set[int] = set()
    for steps in selector.alternatives:
        here = found[steps[0].compound]
        for step in steps[1:]:
            here = found[step.compound] & _beside(step.combinator, here, parents, ends)
        chosen |= here
    return frozenset(chosen)


def _beside(combinator: str, before: frozenset[int], parents: Sequence[int], ends: Sequence[int]) -> set[int]:
    """Return the elements that stand so to one of `before`."""
    count = len(parents)
    if combinator == ">":
        return {e for e in range(count) if parents[e] in before}
    if combinator == " ":
        inside: set[int] = set()
        until = 0
        for e in sorted(before):
            inside.update(range(max(e + 1, until), ends[e]))
            until = max(until, ends[e])
        return inside
    near: set[int] = set()
    opened: set[int] = set()
    for e in range(count):
        if combinator == "~":
            if parents[e] in opened:
                near.add(e)
            if e in before:
                opened.add(parents[e])
        elif e in before and ends[e] < count and parents[ends[e]] == parents[e]:
            near.add(ends[e])
    return near
