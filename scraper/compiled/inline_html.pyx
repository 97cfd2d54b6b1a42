# cython: language_level=3, wraparound=False, cdivision=True
"""Twins of scraper/render/inline_html.py, whose plain Python says what is right."""

from scraper.render import inline_html as _inline_html
from scraper.render import spans as _spans

include "strings.pxi"

cdef object safe_url = _spans.safe_url
cdef object nested = _inline_html.nested
cdef dict ORDER = _spans._ORDER
cdef int LINK = ORDER["link"]
cdef list OPENS = [None, None, None, None]
cdef list CLOSES = [None, None, None, None]
for _kind, _at in ORDER.items():
    OPENS[_at] = "" if _kind == "link" else f"<{_inline_html._TAGS[_kind]}>"
    CLOSES[_at] = "</a>" if _kind == "link" else f"</{_inline_html._TAGS[_kind]}>"

cdef enum:
    # what becomes of a character
    KEPT = 0
    DROPPED
    BROKEN  # a line break, which <br> may stand for
    AMPERSAND
    LESS
    GREATER
    QUOTE

cdef const char *WRITTEN[7]
WRITTEN[AMPERSAND] = b"&amp;"
WRITTEN[LESS] = b"&lt;"
WRITTEN[GREATER] = b"&gt;"
WRITTEN[QUOTE] = b"&quot;"
WRITTEN[BROKEN] = b"<br>"
cdef int[7] SIZES = [1, 0, 4, 5, 4, 4, 6]


cdef inline int fate(Py_UCS4 char) noexcept nogil:
    """What becomes of a character."""
    if char > 0x3e:
        return DROPPED if char == 0x7f or 0xd800 <= char <= 0xdfff else KEPT
    if char < 0x20:
        return BROKEN if char == 0x0a or char == 0x0d else KEPT if char == 0x09 else DROPPED
    if char == 0x26:
        return AMPERSAND
    if char == 0x3c:
        return LESS
    if char == 0x3e:
        return GREATER
    return QUOTE if char == 0x22 else KEPT


def escape(str text not None):
    """Return text as it stands in a document, without the characters that none may hold."""
    return written(text, 0, PyUnicode_GET_LENGTH(text), False)


def plain(str text not None):
    """Return text without markup of its own; a line break becomes <br>."""
    return written(text, 0, PyUnicode_GET_LENGTH(text), True)


def inline(str text not None, tuple spans not None):
    """Return text with its spans; a line break becomes <br>.

    Spans that stand side by side or inside one another, outer before inner, are written as they come; `nested` sorts
    out all others.
    """
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text), at = 0
    cdef Py_ssize_t[4] ends  # of the open spans: one of each kind
    cdef int[4] kinds
    cdef int count = 0, order, last_order = -1, k
    cdef Py_ssize_t begin, stop, last_begin = -1, last_stop = -1
    cdef list parts
    if not spans:
        return plain(text)
    parts = []
    for span in spans:
        start, end = span.start, span.end  # of any size
        if not 0 <= start < end <= size:
            return "".join(nested(text, spans, plain))
        begin, stop = start, end
        kind = span.kind
        order = ORDER[kind]
        if begin < last_begin or (
            begin == last_begin and (stop > last_stop or (stop == last_stop and order <= last_order))
        ):
            return "".join(nested(text, spans, plain))
        last_begin, last_stop, last_order = begin, stop, order
        while count and ends[count - 1] <= begin:
            count -= 1
            parts.append(written(text, at, ends[count], True))
            parts.append(CLOSES[kinds[count]])
            at = ends[count]
        if count and stop > ends[count - 1]:
            return "".join(nested(text, spans, plain))
        for k in range(count):
            if kinds[k] == order:
                return "".join(nested(text, spans, plain))
        if order == LINK:
            url = safe_url(span.url)
            if not url:
                return "".join(nested(text, spans, plain))
            tag = '<a href="' + escape(url) + '">'
        else:
            tag = OPENS[order]
        parts.append(written(text, at, begin, True))
        parts.append(tag)
        at = begin
        ends[count], kinds[count] = stop, order
        count += 1
    while count:
        count -= 1
        parts.append(written(text, at, ends[count], True))
        parts.append(CLOSES[kinds[count]])
        at = ends[count]
    parts.append(written(text, at, size, True))
    return "".join(parts)


cdef str written(str text, Py_ssize_t start, Py_ssize_t end, bint broken):
    """Return a stretch of a text, escaped; with `broken`, a line break becomes <br>."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    if kind == 1:
        return written_of[Py_UCS1](text, <const Py_UCS1 *>data, start, end, broken)
    if kind == 2:
        return written_of[Py_UCS2](text, <const Py_UCS2 *>data, start, end, broken)
    return written_of[Py_UCS4](text, <const Py_UCS4 *>data, start, end, broken)


cdef str written_of(str text, const Char *data, Py_ssize_t start, Py_ssize_t end, bint broken):
    cdef Py_ssize_t i, at = 0, size = 0
    cdef Py_UCS4 char, largest = 127, last = 0
    cdef int its, k
    cdef bint changed = False
    for i in range(start, end):
        char = data[i]
        its = fate(char)
        if its == KEPT:
            size += 1
            largest = max(largest, char)
            last = char
        elif its == BROKEN:
            if not broken:
                size += 1
            elif char != 0x0a or last != 0x0d:  # "\r\n" is one
                changed = True
                size += 4
            last = char
        else:
            changed = True
            size += SIZES[its]
            if its != DROPPED:
                last = char
    if not changed:
        return text if end - start == PyUnicode_GET_LENGTH(text) else PyUnicode_Substring(text, start, end)
    cdef object found = PyUnicode_New(size, largest)
    cdef int width = PyUnicode_KIND(found)
    cdef void *into = PyUnicode_DATA(found)
    last = 0
    for i in range(start, end):
        char = data[i]
        its = fate(char)
        if its == KEPT or (its == BROKEN and not broken):
            PyUnicode_WRITE(width, into, at, char)
            at += 1
            last = char
        elif its != DROPPED:
            if its != BROKEN or char != 0x0a or last != 0x0d:
                for k in range(SIZES[its]):
                    PyUnicode_WRITE(width, into, at, <Py_UCS4><unsigned char>WRITTEN[its][k])
                    at += 1
            last = char
    return <str>found
