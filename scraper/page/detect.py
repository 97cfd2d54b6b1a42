"""Which legacy encoding bytes are in, judged by the letters that they make; reached only where labels fail.

Each candidate encoding decodes a sample. The result is compared with the letters of the languages that were written in
that encoding: the right one yields letters of one alphabet, the common ones most often, in sensible case; a wrong one
yields symbols, letters of several alphabets, capitals in the middle of words. UTF-8 and UTF-16 never get here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import webencodings

from scraper.page.alphabets import ENCODINGS, LATIN, Language

__all__ = ["best_encoding", "is_plausible"]


_MULTIBYTE = frozenset(("gb18030", "shift_jis", "euc-jp", "euc-kr", "big5"))

_SAMPLE = 12_000
"""Bytes with text outside ASCII that are judged; 2,000 settle the matter in all tests."""
_WORD = re.compile(rb"[A-Za-z']*[\x80-\xff][A-Za-z'\x80-\xff]*")
_NOT_TEXT = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)|<[^<>]*>?", re.DOTALL | re.IGNORECASE)
_LANG = re.compile(rb"<html[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2})", re.IGNORECASE)
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_BAD_CASE = re.compile("[a-zß-öø-ÿа-яёα-ω][A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω]")
_MIXED = re.compile("[A-Za-z][^\x00-\xbf‐-⁯]|[^\x00-\xbf‐-⁯][A-Za-z]")
_MIXTURE = 0.1
"""ASCII letters beside others, for each of those, from which text is in no alphabet but Latin."""
_WRITABLE = 0.9
"""Share of a language's letters that an encoding must hold; old encodings lack a new letter here and there."""
_TYPOGRAPHIC = frozenset("\xa0“”„‘’‚–—…«»‹›•·©®™°§€£№\u200c\u200d\u200e\u200f،؛؟")
_CLAIMED, _IN_LANGUAGE = 0.1, 0.2
"""What a label and the language of <html> add to a score; right encodings lead others by .3 and more."""
_CLAIMED_AND_VALID = 0.4
"""What a label of a multi-byte encoding adds where all bytes fit its patterns: other bytes seldom do."""
_RARE = frozenset(("macintosh", "iso-8859-3", "iso-8859-4", "iso-8859-10", "iso-8859-13", "iso-8859-14"))
_RARITY = 0.1
_PLAUSIBLE = 0.9
"""A lower score only means that the other encodings are asked, too."""
_FAMILY = {"gbk": "gb18030", "iso-8859-8-i": "iso-8859-8"}
"""Labels whose bytes are read alike."""


def best_encoding(body: bytes, claimed: list[str]) -> str:
    """Return the WHATWG name of the encoding that makes the most sense of bytes outside ASCII.

    Args:
        body: bytes that are not UTF-8.
        claimed: names that the page or its headers give; they count a little.

    """
    sample = _sample(body)
    if not sample.words:
        return next((name for name in claimed if name in dict(ENCODINGS)), "windows-1252")
    found = _LANG.search(body[:4096])
    code = found.group(1).decode("ascii").lower() if found else ""
    names = {_FAMILY.get(name, name): name for name in reversed(claimed)}
    best, best_score = "windows-1252", -10.0
    for name, languages in ENCODINGS:
        score = _score(sample, name, languages, code) - (_RARITY if name in _RARE else 0)
        if name in names:
            score += _CLAIMED_AND_VALID if _is_valid_multibyte(sample, name) else _CLAIMED
        if score > best_score + 1e-9:
            best, best_score = name, score
    return names.get(best, best)


def is_plausible(body: bytes, name: str) -> bool:
    """Whether the bytes, read in an encoding, look like text of a language that is written in it."""
    languages = dict(ENCODINGS).get(_FAMILY.get(name, name))
    sample = _sample(body)
    return languages is None or not sample.words or _score(sample, name, languages, "") > _PLAUSIBLE


_HIGH = re.compile(rb"[\x80-\xff]")


@dataclass(frozen=True, slots=True)
class _Sample:
    words: bytes
    """Words with bytes outside ASCII, a blank between them."""
    run: bytes
    """Text from the first byte outside ASCII on, for encodings whose second bytes may be ASCII."""


def _sample(body: bytes) -> _Sample:
    text = _NOT_TEXT.sub(b" ", body[: _SAMPLE * 40])
    if not _HIGH.search(text):
        text = body
    first = _HIGH.search(text)
    if first is None:
        return _Sample(b"", b"")
    words: list[bytes] = []
    size = 0
    for match in _WORD.finditer(text, max(0, first.start() - 40)):
        words.append(match.group())
        size += len(words[-1])
        if size > _SAMPLE:
            break
    return _Sample(b" ".join(words), text[first.start() : first.start() + _SAMPLE])


def _is_valid_multibyte(sample: _Sample, name: str) -> bool:
    if name not in _MULTIBYTE:
        return False
    text = sample.run.decode(name if name != "shift_jis" else "cp932", "replace")
    return "\ufffd" not in text[:-1] and not _HALF_WIDTH.search(text)


def _score(sample: _Sample, name: str, languages: tuple[Language, ...], code: str) -> float:
    """Return how well a sample reads in an encoding: at most about 1, below 0 for nonsense."""
    encoding = webencodings.lookup(name)
    codec = encoding.codec_info.name if encoding else name
    multibyte = name in _MULTIBYTE
    text = (sample.run if multibyte else sample.words).decode(codec, "replace")
    counts = Counter(text)
    total = sum(n for c, n in counts.items() if not c.isascii())
    if not total:
        return -1.0
    if multibyte:
        best = _judge_characters(counts, languages[0]) / total
        return best + (_IN_LANGUAGE if languages[0].code == code else 0)
    if languages is not LATIN and len(_MIXED.findall(text)) > total * _MIXTURE:
        return -1.0
    best = max(
        (
            _judge_letters(counts, language) / total + (_IN_LANGUAGE if language.code == code else 0)
            for language in languages
            if len(language.letters.encode(codec, "ignore")) >= len(language.letters) * _WRITABLE
        ),
        default=-1.0,
    )
    return best - len(_BAD_CASE.findall(text)) / total


def _judge_characters(counts: Counter[str], language: Language) -> float:
    """Chinese, Japanese, Korean: the commonest characters must make up much of the text."""
    value = 0.0
    for char, count in counts.items():
        if not char.isascii():
            if char in language.letters:
                value += 1.2 * count
            elif char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or "\uff61" <= char <= "\uff9f":
                value -= 2 * count
            else:
                value -= 0.1 * count
    return value


def _judge_letters(counts: Counter[str], language: Language) -> float:
    """Alphabets: the letters must be of this one, and its common letters must be common."""
    value = 0.0
    for char, count in counts.items():
        if char.isascii():
            continue
        lower = char.lower()
        if lower in language.common:
            value += count
        elif lower in language.letters:
            value += (0.5 if language.common else 1.0) * count
        elif char in _TYPOGRAPHIC:
            value += 0.3 * count
        else:
            value -= (1.0 if char.isalpha() or char == "\ufffd" or char < "\xa0" else 0.5) * count
        if char != lower:
            value -= 0.2 * count  # capitals are rare
    return value
