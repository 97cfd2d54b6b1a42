"""What has the form of a person's name, where no label says that it is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scraper.fields.bylines.given_names import is_given_name
from scraper.fields.bylines.names import has_other_words, is_full_name

if TYPE_CHECKING:
    from scraper.fields.material import Material

__all__ = [
    "PARTICLES_OF_PERSONS",
    "is_cut_sentence",
    "is_of_common_words",
    "is_sentence",
    "like_person",
    "looks_like_person",
]

_PERSON_WORDS = range(2, 5)
PARTICLES_OF_PERSONS = frozenset("von van de der den zu di da do dos del della la le al el bin ter ten af".split())
"""In small letters inside of a person's name."""
_FEW_WORDS = range(2, 4)
_MAX_TEXT = 20_000
"""Characters of the article in which words are looked for."""


def looks_like_person(name: str) -> bool:
    """Whether a line of nothing else is a name beyond doubt: two to four capitalised words, not shouted."""
    words = name.split()
    return (
        len(words) in _PERSON_WORDS
        and is_full_name(name)
        and all((w[0].isupper() and not w.isupper()) or w.endswith(".") or w in PARTICLES_OF_PERSONS for w in words)
        and (not PARTICLES_OF_PERSONS.intersection(words) or is_given_name(words[0]))
    )  # as people are called


def like_person(name: str) -> bool:
    """Whether a name from running text has the form of one: capitals, few words."""
    words = name.split()
    cased = [w for w in words if w[0].lower() != w[0].upper()]
    return (
        len(words) <= 5  # noqa: PLR2004  # names, not sentences
        and not (len(words) > 1 and has_other_words(name))
        and (not cased or sum(w[0].isupper() for w in cased) * 2 >= len(cased))
        and not any(c.isdigit() for c in name)
    )


def is_sentence(name: str) -> bool:
    """Whether what was read as a name begins with a capital and goes on in small letters: "Published on", "Donate today"."""
    words = name.split()
    if not (name[0].isupper() and has_other_words(name)):
        return False
    person = any(is_given_name(word) or word.endswith(".") for word in words)
    return not (person and len(words) in _FEW_WORDS)  # "Jane doe"


def is_cut_sentence(name: str) -> bool:
    """Whether what was read as a name ends in a small word behind a capital: "Published on", "Donate today"."""
    first, _, last = name.rpartition(" ")
    return bool(first) and name[0].isupper() and last[0].islower() and last.isalpha()


def is_of_common_words(material: Material, name: str, *, some: bool = False) -> bool:
    """Whether the article writes all words of what may be a name, or `some`, in small letters: "Project Management"."""
    if "small" not in material.memo:
        material.memo["small"] = " ".join(block.text for block in material.kept)[:_MAX_TEXT]
    text: str = material.memo["small"]
    found = (_is_in(text, word.strip(".,").lower()) for word in name.split())
    return any(found) if some else all(found)


def _is_in(text: str, word: str) -> bool:
    """Whether a word stands in a text: quicker than a pattern that is made for it."""
    return bool(word) and (f" {word} " in text or f" {word}," in text or f" {word}." in text)
