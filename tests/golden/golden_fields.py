"""How each entry of expected.json reads the record, and when the two agree."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from scraper.model.extraction import Extraction

_Getter = Callable[[dict[str, Any], Extraction], Any]
_PLAIN = [
    "headline",
    "alternativeHeadline",
    "description",
    "datePublished",
    "dateModified",
    "inLanguage",
    "canonicalUrl",
    "dateline",
    "agency",
    "articleSection",
    "keywords",
    "isAccessibleForFree",
    "isLiveBlog",
    "license",
]

_MEDIA = ("embeds", "videos", "audios")
"""A foreign object stands in one or two of these; counted once."""


def _plain(name: str) -> _Getter:
    return lambda record, _: record[name]


def _of_images(name: str) -> _Getter:
    return lambda record, _: [image[name] for image in record["images"] if image[name]]


def _in_metadata(name: str) -> _Getter:
    return lambda record, _: record["metadata"][name]


GETTERS: dict[str, _Getter] = {
    **{name: _plain(name) for name in _PLAIN},
    "authors": lambda record, _: record["authors"],
    "publisher": lambda record, _: (record["publisher"] or {}).get("name"),
    "mainImage": lambda record, _: (record["mainImage"] or {}).get("url"),
    "imageCaptions": _of_images("caption"),
    "imageCredits": _of_images("credit"),
    "embeds": lambda record, _: len({media["url"] for kind in _MEDIA for media in record[kind]}),
    "liveUpdates": lambda record, _: [[u["headline"], u["datePublished"]] for u in record["liveUpdates"]],
    "pageType": _in_metadata("pageType"),
    "truncated": _in_metadata("truncated"),
    "refused": lambda _, extraction: extraction.refusal is not None,
}
"""Entry of expected.json -> how to read it from (record as JSON, extraction)."""


def comparable(name: str, value: Any) -> Any:
    """Return a value in the form in which two of them are compared."""
    if value is None:
        return None
    if name in {"datePublished", "dateModified"}:
        return _moment(value)
    if name == "authors":
        return [
            {"name": a, "type": "Person"} if isinstance(a, str) else {k: a[k] for k in ("name", "type")} for a in value
        ]
    if name == "liveUpdates":
        return [[headline, _moment(at)] for headline, at in value]
    if isinstance(value, list | tuple):
        return [comparable("", part) for part in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def storable(name: str, value: Any) -> Any:
    """Return a value of the record as expected.json holds it."""
    if name == "authors":
        return [a["name"] if a["type"] == "Person" else {k: a[k] for k in ("name", "type")} for a in value]
    return list(value) if isinstance(value, tuple) else value


def _moment(text: str) -> tuple[str, date | datetime, Any]:
    """Return (precision, moment, offset): a day is no midnight, and a clock without a zone is none of UTC."""
    if len(text) == len("2026-01-31"):
        return ("day", date.fromisoformat(text), None)
    moment = datetime.fromisoformat(text)
    return ("second", moment.replace(tzinfo=None), moment.utcoffset())
