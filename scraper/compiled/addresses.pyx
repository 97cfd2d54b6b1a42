# cython: language_level=3, wraparound=False, boundscheck=False
"""The compiled twin of `quickly` of scraper/page/links.py, whose patterns say what is right."""

include "strings.pxi"

ctypedef const unsigned char *Ascii

cdef enum:
    MAX_CHARS = 8000
    MAX_PORT = 5
    IN_HOST = 1
    ENDS_HOST = 2  # letters and digits, with which a host begins and ends
    IN_PATH = 4
    BEGINS_PATH = 8
    DIGIT = 16

cdef unsigned char[128] CLASSES
"""What each character of ASCII may be in a plain address."""


cdef int _note_characters() except -1:
    cdef int k
    for k in range(128):
        char = chr(k)
        CLASSES[k] = (
            IN_HOST * (char.isalnum() or char in "._-")
            | ENDS_HOST * char.isalnum()
            | IN_PATH * (char in "!=]_~" or "#" <= char <= ";" or "?" <= char <= "[" or "a" <= char <= "z")
            | BEGINS_PATH * (char in "/?#")
            | DIGIT * char.isdigit()
        )
    return 0


_note_characters()


cdef inline Py_ssize_t origin_end(Ascii text, Py_ssize_t size) noexcept:
    """Return where the path begins, or the whole address ends, behind a plain "https://example.org:80"; -1: it is not plain."""
    cdef Py_ssize_t at = 4, start
    if size < 8 or text[0] != c"h" or text[1] != c"t" or text[2] != c"t" or text[3] != c"p":
        return -1
    if text[at] == c"s":
        at += 1
    if text[at] != c":" or text[at + 1] != c"/" or text[at + 2] != c"/":
        return -1
    start = at = at + 3
    while at < size and CLASSES[text[at]] & IN_HOST:
        at += 1
    if at == start or not CLASSES[text[start]] & ENDS_HOST or not CLASSES[text[at - 1]] & ENDS_HOST:
        return -1
    if at < size and text[at] == c":":
        start = at = at + 1
        while at < size and CLASSES[text[at]] & DIGIT:
            at += 1
        if not 0 < at - start <= MAX_PORT:
            return -1
    return at if at == size or CLASSES[text[at]] & BEGINS_PATH else -1


cdef inline bint is_plain(Ascii text, Py_ssize_t at, Py_ssize_t size) noexcept:
    """Whether nothing from a place on needs a second look."""
    while at < size:
        if not CLASSES[text[at]] & IN_PATH:
            return False
        at += 1
    return True


cdef class Joiner:
    """Joins what is absolute already, and plain paths from the root; hands on all else."""

    cdef object thoroughly

    def __init__(self, thoroughly):
        self.thoroughly = thoroughly

    def __call__(self, base, href):
        cdef Py_ssize_t size, end, at
        cdef Ascii text
        if type(href) is not str or not PyUnicode_IS_ASCII(href):
            return self.thoroughly(base, href)
        size = PyUnicode_GET_LENGTH(href)
        if not 2 <= size <= MAX_CHARS:
            return self.thoroughly(base, href)
        text = <Ascii>PyUnicode_DATA(href)
        if text[0] == c"h":
            end = origin_end(text, size)
            if end >= 0 and is_plain(text, end, size):
                return href
        elif text[0] == c"/" and text[1] != c"/" and type(base) is str and PyUnicode_IS_ASCII(base):
            for at in range(size - 1):
                if text[at] == c"/" and text[at + 1] == c".":
                    return self.thoroughly(base, href)
            end = origin_end(<Ascii>PyUnicode_DATA(base), PyUnicode_GET_LENGTH(base))
            if end > 0 and is_plain(text, 1, size):
                return PyUnicode_Substring(base, 0, end) + href
        return self.thoroughly(base, href)


quickly = Joiner
