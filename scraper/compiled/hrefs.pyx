# cython: language_level=3, wraparound=False, boundscheck=False
"""The compiled twins of `hrefs_naming` of scraper/fields/pagination.py and `tags_of` of scraper/fields/topics/navigation.py,
which say what is right.
"""

from libc.string cimport memchr, memset

include "search.pxi"

ctypedef const unsigned char *Bytes

cdef Bytes HREF = b"href="

cdef enum:
    LONGEST = 2000  # bytes of a value that are read
    ATTRIBUTE = 5  # of "href="


def hrefs_naming(bytes source not None, list numbers not None, list tails not None):
    """Return (where it stands, value) of the links that name a number, and a tail unless they may be relative."""
    cdef Bytes text = source
    cdef Py_ssize_t size = len(source)
    cdef Py_ssize_t start, end
    cdef Py_ssize_t at = next_place(text, 0, size, HREF, ATTRIBUTE)
    cdef unsigned char[256] ends
    cdef unsigned char[256] relative
    mark(ends, b"\"'<> \t\n\r\f\v")
    mark(relative, b".?0123456789")
    cdef list found = []
    while at < size:
        start = at + ATTRIBUTE
        if start < size and (text[start] == 34 or text[start] == 39):  # a quotation mark
            start += 1
        end = start
        while end < size and end - start < LONGEST and not ends[text[end]]:
            end += 1
        if end > start:
            if (relative[text[start]] or holds_one(text + start, end - start, tails)) and holds_one(
                text + start, end - start, numbers
            ):
                found.append((start, source[start:end]))
            at = next_place(text, end, size, HREF, ATTRIBUTE)
        else:
            at = next_place(text, at + ATTRIBUTE, size, HREF, ATTRIBUTE)
    return found


def tags_of(bytes source not None, Py_ssize_t most):
    """Return (where it begins, where its name ends, name as written) of the first start tags of <nav> and <footer>."""
    cdef Bytes text = source
    cdef Py_ssize_t size = len(source)
    cdef Py_ssize_t at = 0
    cdef Py_ssize_t length
    cdef Bytes place
    cdef list found = []
    while at < size and len(found) < most:
        place = <Bytes>memchr(text + at, 60, <size_t>(size - at))
        if place is NULL:
            break
        at = place - text + 1
        length = 0
        if is_there(text, at, size, b"nav", 3):
            length = 3
        elif is_there(text, at, size, b"footer", 6):
            length = 6
        if length:
            found.append((at - 1, at + length, source[at : at + length]))
    return found


cdef inline bint is_there(Bytes text, Py_ssize_t at, Py_ssize_t size, const char *name, Py_ssize_t length) noexcept:
    """Whether a name stands at a place, in whatever case, and ends there."""
    cdef Py_ssize_t k
    cdef unsigned char char
    if size - at < length:
        return False
    for k in range(length):
        if (text[at + k] | 32) != <unsigned char>name[k]:
            return False
    if at + length == size:
        return True
    char = text[at + length]
    return not (char == 95 or 48 <= char <= 57 or 97 <= (char | 32) <= 122)


cdef void mark(unsigned char *table, bytes members) noexcept:
    memset(table, 0, 256)
    for member in members:
        table[<unsigned char>member] = 1


cdef bint holds_one(Bytes text, Py_ssize_t size, list words):
    """Return whether one of the words stands in a text."""
    cdef bytes word
    cdef Py_ssize_t length, at
    cdef Bytes start
    for word in words:
        if word is None:
            raise TypeError("a word must be bytes")
        start = word
        length = len(word)
        if not length:
            return True
        for at in range(size - length + 1):
            if text[at] == start[0] and memcmp(text + at, start, length) == 0:
                return True
    return False
