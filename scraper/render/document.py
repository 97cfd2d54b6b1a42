"""A report as one self-contained HTML document: it loads nothing, and no text of a page can become markup or run."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape

__all__ = ["report_document", "safe"]

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Characters that no HTML document may hold (HTML standard, 13.2.3.5), and C1 controls."""
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Bidirectional controls (Unicode TR 9, section 2): shown, so that no text can pose as another."""


def safe(text: str) -> str:
    """Return text as it may stand in an element or in a quoted attribute; forbidden characters are shown as U+FFFD."""
    return escape(_DIRECTIONS.sub("\N{REPLACEMENT CHARACTER}", _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)))


def report_document(title: str, body: str, *, style: str, script: str) -> str:
    """Return a whole HTML document.

    Its policy (Content Security Policy Level 3) permits this one style and this one script by their hashes, and
    nothing else: no request, no inline handler, no markup made of text by script.

    Args:
        title: text, not escaped yet.
        body: markup, every foreign text in it escaped by `safe`.
        style: CSS of our own.
        script: JavaScript of our own.

    """
    policy = "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_hash(style)}'",
            f"script-src '{_hash(script)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n<meta name="robots" content="noindex">\n'
        '<link rel="icon" href="data:,">\n'
        f"<title>{safe(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}\n<script>{script}</script>\n"
        "</body>\n</html>\n"
    )


def _hash(source: str) -> str:
    digest = hashlib.sha256(source.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
