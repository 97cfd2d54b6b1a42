# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twins of `is_harmless` of scraper/page/tag_counts.py, and of the functions of scraper/page/utf8.py.

Those modules are the specification; names and limits are theirs.
"""

from libc.string cimport memchr, memcpy, memset

from scraper.page import tag_counts as _counts

include "strings.pxi"

cdef extern from "Python.h":
    bytes PyBytes_FromStringAndSize(const char *text, Py_ssize_t size)
    char *PyBytes_AS_STRING(bytes text)

ctypedef const unsigned char *Bytes
ctypedef unsigned long long Word

cdef Py_ssize_t FEW_TAGS = _counts._FEW_TAGS
cdef Py_ssize_t MANY_TAGS = _counts._MANY_TAGS
cdef Py_ssize_t MUCH_FORMATTING = _counts._MUCH_FORMATTING
cdef Py_ssize_t MAX_ATTRIBUTES = _counts.MAX_ATTRIBUTES
cdef Py_ssize_t WINDOW = _counts._WINDOW

cdef enum:
    NAMES = 32  # room for formatting elements
    LONGEST = 7  # bytes of one's name
    LITTLE = 256  # characters of a text that Python encodes as soon

cdef Word[NAMES] FORMATTING
cdef int FORMATTING_COUNT = 0
cdef bint[256] MAY_BEGIN
"""Whether a byte begins the name of a formatting element."""
cdef bint[256] SEPARATES
cdef Word NO_ASCII = 0x8080808080808080ULL


cdef int _note_constants() except -1:
    global FORMATTING_COUNT
    memset(MAY_BEGIN, 0, sizeof(MAY_BEGIN))
    memset(SEPARATES, 0, sizeof(SEPARATES))
    for name in _counts._FORMATTING.split():
        if FORMATTING_COUNT == NAMES or len(name) > LONGEST:
            raise ValueError("more, or longer, names of elements than there is room for")
        FORMATTING[FORMATTING_COUNT] = 0
        for char in name:
            FORMATTING[FORMATTING_COUNT] = FORMATTING[FORMATTING_COUNT] << 8 | <Word>char
        FORMATTING_COUNT += 1
        MAY_BEGIN[<int>name[0]] = MAY_BEGIN[<int>name.upper()[0]] = True
    for char in _counts._SEPARATORS:
        SEPARATES[<int>char] = True
    return 0


_note_constants()


def is_harmless(bytes html not None):
    """Whether counts show that a page can be parsed in bounded time."""
    cdef Bytes page = html
    cdef Py_ssize_t size = len(html)
    cdef Py_ssize_t tags = 0
    cdef Py_ssize_t formatted = 0
    cdef Py_ssize_t at = next_of(page, 60, 0, size)
    while at < size:
        tags += 1
        if at + 2 < size and MAY_BEGIN[page[at + 1]]:
            formatted += is_formatting(page + at + 1, size - at - 1)
        at = next_of(page, 60, at + 1, size)
    if tags > MANY_TAGS or (tags > FEW_TAGS and formatted * tags > MUCH_FORMATTING):
        return False
    return separators(page, size) <= MAX_ATTRIBUTES


cdef inline Py_ssize_t next_of(Bytes page, int char, Py_ssize_t start, Py_ssize_t stop) noexcept:
    """Return where a byte stands from `start` on; `stop`: nowhere before it."""
    cdef Bytes place = NULL
    if start < stop:
        place = <Bytes>memchr(page + start, char, <size_t>(stop - start))
    return stop if place is NULL else place - page


cdef bint is_formatting(Bytes name, Py_ssize_t size) noexcept:
    """Whether a formatting element and something behind its name stand here."""
    cdef Word letters = 0
    cdef Py_ssize_t i
    cdef int k
    cdef unsigned char char
    for i in range(min(size, LONGEST + 1)):
        char = name[i]
        if char == 47 or is_space(char):
            for k in range(FORMATTING_COUNT):
                if FORMATTING[k] == letters:
                    return True
            return False
        letters = letters << 8 | <Word>(char + 32 if 65 <= char <= 90 else char)
    return False


cdef inline bint is_space(unsigned char char) noexcept:
    return char == 32 or 9 <= char <= 13


cdef Py_ssize_t separators(Bytes page, Py_ssize_t size) noexcept:
    """Return how many bytes may separate attributes in long stretches without any end tag, scripts apart."""
    cdef Py_ssize_t found = 0
    cdef Py_ssize_t seen = 0
    cdef Py_ssize_t at = 0
    cdef Py_ssize_t start, end, i
    cdef bint inside = False
    while at < size - WINDOW:
        if last_of(page, at, at + WINDOW, b"</", b"</", True) < 0:
            start = last_of(page, seen, at + 10, b"<script", b"<style", False)
            end = last_of(page, seen, at, b"</script", b"</style", False) if seen < at - WINDOW else -1
            inside = start > end or (inside and end < 0)
            seen = at
            if not inside:
                for i in range(at, at + WINDOW):
                    found += SEPARATES[page[i]]
        at += WINDOW
    return found


cdef Py_ssize_t last_of(
    Bytes page, Py_ssize_t start, Py_ssize_t stop, const char *one, const char *other, bint any_of_them
) noexcept:
    """Return where the last of two words, each with "<" in front, stands between two places; -1: nowhere.

    `any_of_them`: any place will do.
    """
    cdef Py_ssize_t found = -1
    cdef Py_ssize_t at = next_of(page, 60, start, stop)
    while at < stop:
        if stands(page, at, stop, one) or stands(page, at, stop, other):
            found = at
            if any_of_them:
                break
        at = next_of(page, 60, at + 1, stop)
    return found


cdef inline bint stands(Bytes page, Py_ssize_t at, Py_ssize_t stop, const char *word) noexcept:
    cdef Py_ssize_t k = 0
    while word[k] != 0:
        if at + k >= stop or page[at + k] != <unsigned char>word[k]:
            return False
        k += 1
    return True


def is_utf8(bytes body not None):
    """Whether bytes are UTF-8 to the last one (Unicode standard, table 3-7)."""
    cdef Bytes text = body
    cdef Py_ssize_t size = len(body)
    cdef Py_ssize_t i = 0
    cdef unsigned char char
    while True:
        i = after_ascii(text, i, size)
        if i >= size:
            return True
        char = text[i]
        if 0xC2 <= char <= 0xDF:
            if not continues(text, i + 1, size, 0x80, 0xBF):
                return False
            i += 2
        elif 0xE0 <= char <= 0xEF:
            if not (
                continues(text, i + 1, size, 0xA0 if char == 0xE0 else 0x80, 0x9F if char == 0xED else 0xBF)
                and continues(text, i + 2, size, 0x80, 0xBF)
            ):
                return False
            i += 3
        elif 0xF0 <= char <= 0xF4:
            if not (
                continues(text, i + 1, size, 0x90 if char == 0xF0 else 0x80, 0x8F if char == 0xF4 else 0xBF)
                and continues(text, i + 2, size, 0x80, 0xBF)
                and continues(text, i + 3, size, 0x80, 0xBF)
            ):
                return False
            i += 4
        else:
            return False


cdef inline Py_ssize_t after_ascii(Bytes text, Py_ssize_t i, Py_ssize_t size) noexcept:
    """Return where the first byte outside of ASCII stands from `i` on; `size`: nowhere."""
    cdef Word eight
    while i + 8 <= size:
        memcpy(&eight, text + i, 8)
        if eight & NO_ASCII:
            break
        i += 8
    while i < size and text[i] < 0x80:
        i += 1
    return i


cdef inline bint continues(Bytes text, Py_ssize_t at, Py_ssize_t size, int least, int most) noexcept:
    return at < size and least <= text[at] <= most


def holds_c1(bytes utf8 not None):
    """Whether a C1 control stands in a text in UTF-8."""
    cdef Bytes text = utf8
    cdef Py_ssize_t size = len(utf8)
    cdef Py_ssize_t at = next_of(text, 0xC2, 0, size)
    while at < size:
        if continues(text, at + 1, size, 0x80, 0x9F):
            return True
        at = next_of(text, 0xC2, at + 1, size)
    return False


def utf8_of(str text not None):
    """Return a text in UTF-8: its bytes are counted first, for the room they may take is four times a page."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    if size < LITTLE or PyUnicode_IS_ASCII(text):
        return text.encode("utf-8")
    if kind == 1:
        return encoded[Py_UCS1](text, <const Py_UCS1 *>data, size)
    if kind == 2:
        return encoded[Py_UCS2](text, <const Py_UCS2 *>data, size)
    return encoded[Py_UCS4](text, <const Py_UCS4 *>data, size)


cdef bytes encoded(str text, const Char *chars, Py_ssize_t size):
    cdef Py_ssize_t i = 0, more = 0
    cdef unsigned char *into
    cdef bytes found
    cdef unsigned int char
    while i < size:
        while i + 16 <= size and all_ascii(chars + i):
            i += 16
        if i == size:
            break
        char = chars[i]
        i += 1
        more += (char >= 0x80) + (char >= 0x800) + (char >= 0x10000)
        if 0xD800 <= char <= 0xDFFF:
            return text.encode("utf-8")  # refuses it, and says where it stands
    found = PyBytes_FromStringAndSize(NULL, size + more)
    into = <unsigned char *>PyBytes_AS_STRING(found)
    i = 0
    while i < size:
        while i + 16 <= size and all_ascii(chars + i):
            narrow(chars + i, into)
            i += 16
            into += 16
        if i == size:
            break
        into += write(chars[i], into)
        i += 1
    return found


cdef inline int write(unsigned int char, unsigned char *into) noexcept:
    """Write a character, and return its bytes."""
    if char < 0x80:
        into[0] = <unsigned char>char
        return 1
    if char < 0x800:
        into[0] = <unsigned char>(0xC0 | char >> 6)
        into[1] = <unsigned char>(0x80 | (char & 0x3F))
        return 2
    if char < 0x10000:
        into[0] = <unsigned char>(0xE0 | char >> 12)
        into[1] = <unsigned char>(0x80 | (char >> 6 & 0x3F))
        into[2] = <unsigned char>(0x80 | (char & 0x3F))
        return 3
    into[0] = <unsigned char>(0xF0 | char >> 18)
    into[1] = <unsigned char>(0x80 | (char >> 12 & 0x3F))
    into[2] = <unsigned char>(0x80 | (char >> 6 & 0x3F))
    into[3] = <unsigned char>(0x80 | (char & 0x3F))
    return 4


cdef inline void narrow(const Char *chars, unsigned char *into) noexcept:
    """Write sixteen characters of ASCII."""
    cdef int k
    for k in range(16):
        into[k] = <unsigned char>chars[k]


cdef inline bint all_ascii(const Char *chars) noexcept:
    """Whether sixteen characters are ASCII."""
    cdef Word[8] words
    cdef Word all
    if Char is Py_UCS1:
        memcpy(words, chars, 16)
        return not (words[0] | words[1]) & NO_ASCII
    elif Char is Py_UCS2:
        memcpy(words, chars, 32)
        return not (words[0] | words[1] | words[2] | words[3]) & 0xFF80FF80FF80FF80ULL
    else:
        memcpy(words, chars, 64)
        all = words[0] | words[1] | words[2] | words[3] | words[4] | words[5] | words[6] | words[7]
        return not all & 0xFFFFFF80FFFFFF80ULL
