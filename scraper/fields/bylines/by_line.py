"""Bylines of several lines: name below name, between them labels, jobs, accounts and what the authors are like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scraper.fields.bylines.names import (
    is_full_name,
    is_helper_label,
    is_house,
    is_label,
    is_organisation,
    is_role,
    without_prefix,
    without_reviewers,
)
from scraper.fields.bylines.persons import is_cut_sentence, looks_like_person
from scraper.fields.dates.months import is_update_label

if TYPE_CHECKING:
    from scraper.fields.material import Material

__all__ = ["names_by_line"]

_JOINT = re.compile(r"[,;&+/、，]|[,;]?\s*(?:and|und|et|y|e|og|och|en|i|ja|и|та|和|sowie)")
"""A line that joins the names around it, or what a line begins or ends with."""
_STARTS_JOINT = re.compile(r"(?:[,;&+、，]|(?:and|und|et|og|och) )\s*", re.IGNORECASE)
_ENDS_JOINT = re.compile(r"[,;&+、，]\s*$|\s(?:and|und|et|y|e|og|och)\s*$", re.IGNORECASE)
_GOES_ON = re.compile(r"\s*[,;&+|(–—@]| (?:and|und|et|y|e|og|och) ")
"""Behind a name: more of the byline, no sentence about its bearer."""
_MAX_JOINT = 6
_MAX_INITIALS = 3
_MAX_LINE = 60
"""Characters from which a line tells of the author."""


def names_by_line(material: Material, text: str) -> list[str]:
    """Return the names in a byline that markup parts into lines; () where no line of it is a full name.

    A line counts where a label or a comma leads to it, and as the first; of the others only those that are nothing but
    a person's name: what stands below a name is a job, an account, a button.
    """
    names: list[str] = []
    unlabelled: list[str] = []
    led, near, of_helper, helper, labelled = True, False, False, False, False
    for line in without_reviewers(text).split("\n"):
        if len(line) <= _MAX_JOINT and _JOINT.fullmatch(line.lower()):
            led, of_helper = not helper, helper
            continue
        if is_helper_label(line) or is_label(line):
            led = not is_helper_label(line)
            of_helper = not led
            if led and not labelled:
                unlabelled, names, labelled = names, [], True
            continue
        if line.isupper() and len(line) <= _MAX_INITIALS:
            continue  # in the place of a portrait
        helper = of_helper
        if of_helper:
            of_helper = False
            continue
        if any(line.startswith(name) and line != name and not _GOES_ON.match(line, len(name)) for name in names):
            break  # from here on the text tells of the author
        starts = _STARTS_JOINT.match(line)
        rest = line[starts.end() :] if starts else line
        led = led or starts is not None
        found = _names_of(material, rest, led=led, first=not names) if led or near or not _any_full(names) else []
        names += [name for name in found if name not in names]
        near = bool(found) or is_role(line)
        led = _ENDS_JOINT.search(line) is not None or (led and not names)
        if len(line) > _MAX_LINE and names:
            break
    names = names or unlabelled
    if not _any_full(names):
        return []
    return [name for name in names if " " in name or not name[0].isascii()]


def _any_full(names: list[str]) -> bool:
    return any(map(is_full_name, names))


def _names_of(material: Material, line: str, *, led: bool, first: bool) -> list[str]:
    """Return the names of one line; of a line that nothing leads to, only one that is a person's and all of it."""
    bare = line if led else without_prefix(line)[0]
    if len(line) > _MAX_LINE or not (led or line != bare or looks_like_person(bare)):
        return []
    found = [n for n in material.names_in(line)[0] if not (is_cut_sentence(n) or n[0].isdigit() or is_update_label(n))]
    if led:
        return found if first else [n for n in found if not (is_role(n) or is_house(n, material.folded_sites))]
    return [
        name
        for name in found
        if (name == bare or line != bare)
        and looks_like_person(name)
        and not is_role(name)
        and not is_organisation(name, material.folded_sites)
    ]
