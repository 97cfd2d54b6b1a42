# cython: language_level=3, wraparound=False, cdivision=True
# Lists keep their bounds checks.
"""Twin of `drop_strays` of scraper/body/decisions/strays.py, whose plain Python says what is right.

Nearly every line is none. So the twin looks for what each kind of stray must have; lines that have it are left to
`is_stray`, which decides. A new kind there needs a sign in `may_be_stray`.
"""

from scraper.body import labels as _labels
from scraper.body.decisions import strays as _strays
from scraper.body.classifier.context import _FILLER

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.string cimport memset

include "strings.pxi"
include "hashes.pxi"

cdef extern from "Python.h":
    bint Py_UNICODE_ISALPHA(Py_UCS4 char) noexcept nogil

cdef object is_stray = _strays.is_stray
cdef object may_call = _strays._may_call
cdef int PRE = _strays._PRE
cdef Py_ssize_t STRAY = _strays._STRAY
cdef Py_ssize_t CLOCK_AND_NAME_CHARS = max(_strays._CLOCK_CHARS, _strays._CLOCK_AND_NAME_CHARS)
cdef Py_ssize_t BYLINE_CHARS = _strays._BYLINE_CHARS
cdef Py_ssize_t RIGHTS_CHARS = _strays._RIGHTS_CHARS
cdef double FILLER_SHARE = _strays._FILLER
cdef object KINDS = _strays._STRAY_KINDS | {"media"}
cdef enum:
    FILLER_WORDS = 40  # of `filler_share`
    LEAST_FILLER = 4
    NUMBERED = 13  # "Abbildung 1": characters in which the number of a caption begins
    CREDIT_TAIL = 100  # "photo", and all that can stand behind it


cdef Table table_of(words):
    """Return the set of the hashes of words."""
    cdef Table table = Table(2 * len(words) + 1)
    cdef Hash state
    for word in words:
        state = EMPTY
        for char in word:
            state = mixed(state, <Py_UCS4>ord(char))
        table.put(state, 1.0)
    return table


def _letters(text):
    return "".join(filter(str.isalpha, text))


_label_letters = {_letters(label) for label, kind in _labels._LABELS.items() if kind.name in KINDS}
cdef Table FILLER = table_of(_FILLER)
cdef Py_ssize_t LEAST_WORD = min(map(len, _FILLER))
cdef Py_ssize_t LONGEST_WORD = max(map(len, _FILLER))
cdef Table LABELS = table_of(_label_letters)
"""The letters of labels: a count, marks and spaces around them and between them make no difference here."""
cdef Py_ssize_t LONGEST_LABEL = max(map(len, _label_letters))
cdef Py_UCS4 SPACELESS = ord(_labels._SPACELESS)
cdef dict STARTS = {
    key: tuple(start for start, kind in found if kind.name in KINDS) for key, found in _labels._STARTS.items()
}


def drop_strays(list blocks not None, outline, list kept not None):
    """Drop lines in the flow that their words give away."""
    cdef Py_ssize_t i
    cdef list codes = outline.codes
    cdef int code
    cdef str text
    for i in range(len(kept)):
        if kept[i]:
            code = codes[i]
            if code == PRE:
                continue
            text = blocks[i].text
            if text is None:
                raise TypeError("a block without text")
            if may_be_stray(text) and is_stray(text, code):
                kept[i] = False


cdef bint may_be_stray(str text) except -1:
    """Whether a line has what strays of one of the kinds must have."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    cdef Py_UCS4 first
    if size == 0:
        return True
    first = PyUnicode_READ(kind, data, 0)
    if first == u"{" or first == u"[" or first == u"©":
        return True
    if is_filler(kind, data, min(size, STRAY)):
        return True
    if size <= RIGHTS_CHARS and holds_rights(kind, data, size):
        return True
    if size > STRAY:
        return False
    if size <= CLOCK_AND_NAME_CHARS and Py_UNICODE_ISDECIMAL(first) and ":" in text:
        return True
    return (
        (size <= BYLINE_CHARS and may_be_byline(kind, data, size))
        or may_be_caption(kind, data, size)
        or is_without_words(kind, data, size)
        or (first != u"»" and may_open(text))
        or <bint>may_call(text)
    )


cdef inline Py_UCS4 lower(Py_UCS4 char) noexcept:
    """The lower case of ASCII; the sign of Kelvin has an ASCII one, too."""
    if u"A" <= char <= u"Z":
        return <Py_UCS4>(<unsigned int>char | 32)
    return u"k" if char == 0x212a else char


cdef bint is_filler(int kind, const void *data, Py_ssize_t size) noexcept:
    """Whether enough of the first words are placeholder Latin."""
    cdef Py_ssize_t i = 0, k, start, stop
    cdef int words = 0, found = 0
    cdef Hash state
    while words < FILLER_WORDS:
        while i < size and is_space(PyUnicode_READ(kind, data, i)):
            i += 1
        if i == size:
            break
        start = i
        while i < size and not is_space(PyUnicode_READ(kind, data, i)):
            i += 1
        stop = i
        words += 1
        while start < stop and is_point(PyUnicode_READ(kind, data, start)):
            start += 1
        while start < stop and is_point(PyUnicode_READ(kind, data, stop - 1)):
            stop -= 1
        if LEAST_WORD <= stop - start <= LONGEST_WORD:
            state = EMPTY
            for k in range(start, stop):
                state = mixed(state, lower(PyUnicode_READ(kind, data, k)))
            found += FILLER.has(state)
    return words > LEAST_FILLER and found > FILLER_SHARE * words


cdef inline bint is_point(Py_UCS4 char) noexcept:
    return char == u"." or char == u","


cdef bint holds_rights(int kind, const void *data, Py_ssize_t size) noexcept:
    """Whether "all r" stands in a text."""
    cdef Py_ssize_t i
    for i in range(size - 4):
        if (
            lower(PyUnicode_READ(kind, data, i)) == u"a"
            and lower(PyUnicode_READ(kind, data, i + 1)) == u"l"
            and lower(PyUnicode_READ(kind, data, i + 2)) == u"l"
            and PyUnicode_READ(kind, data, i + 3) == u" "
            and lower(PyUnicode_READ(kind, data, i + 4)) == u"r"
        ):
            return True
    return False


cdef bint may_be_byline(int kind, const void *data, Py_ssize_t size) noexcept:
    """Whether a text begins with a word of those that stand before names, and goes on with what is not small."""
    cdef Py_ssize_t i
    cdef Py_UCS4 first, second, char
    if size < 5:
        return False
    first, second = lower(PyUnicode_READ(kind, data, 0)), PyUnicode_READ(kind, data, 1)
    if first == u"w" or (first == u"p" and second == u"o" and PyUnicode_READ(kind, data, 2) == u"s"):
        return True  # "Written by", "Posted by"
    if first == u"b":
        if second != u"y":
            return False
    elif first == u"v":
        if second != u"o":
            return False
    elif first == u"p":
        if second != u"o" and second != u"a":
            return False
    elif first == u"d":
        if second != u"i" and second != u"o":
            return False
    elif first != u"a" or (second != u"v" and second != u"f"):
        return False
    for i in range(2, min(size - 1, <Py_ssize_t>5)):
        if PyUnicode_READ(kind, data, i) == u" ":
            char = PyUnicode_READ(kind, data, i + 1)
            return not u"a" <= char <= u"z"
    return False


cdef bint may_be_caption(int kind, const void *data, Py_ssize_t size) noexcept:
    """Whether a text begins as a numbered caption does, or names a picture near its end."""
    cdef Py_UCS4 first = PyUnicode_READ(kind, data, 0)
    cdef Py_UCS4 char, following
    cdef Py_ssize_t i
    if first > 127 or lower(first) == u"f" or lower(first) == u"a":
        for i in range(3, min(size, <Py_ssize_t>NUMBERED)):
            if Py_UNICODE_ISDECIMAL(PyUnicode_READ(kind, data, i)):
                return True
    for i in range(max(0, size - CREDIT_TAIL), size - 3):
        if begins_picture(kind, data, i):
            return True
    return False


cdef inline bint begins_picture(int kind, const void *data, Py_ssize_t i) noexcept:
    """Whether the first four letters of "photo", "image", "picture", "foto" or "bild" stand there."""
    cdef Py_UCS4 char = lower(PyUnicode_READ(kind, data, i))
    if char == u"p":
        return reads(kind, data, i + 1, b"hot") or reads(kind, data, i + 1, b"ict")
    if char == u"i":
        return reads(kind, data, i + 1, b"mag")
    if char == u"f":
        return reads(kind, data, i + 1, b"oto")
    return char == u"b" and reads(kind, data, i + 1, b"ild")


cdef inline bint reads(int kind, const void *data, Py_ssize_t i, const char *letters) noexcept:
    cdef int k
    for k in range(3):
        if lower(PyUnicode_READ(kind, data, i + k)) != <Py_UCS4>letters[k]:
            return False
    return True


cdef bint is_without_words(int kind, const void *data, Py_ssize_t size) noexcept:
    cdef Py_ssize_t i
    for i in range(size):
        if Py_UNICODE_ISALNUM(PyUnicode_READ(kind, data, i)):
            return False
    return True


cdef bint may_open(str text) except -1:
    """Whether a text begins as one of the kinds does, or has the letters of a label."""
    cdef str folded = (text if PyUnicode_IS_ASCII(text) else text.replace("’", "'").replace("\u0130", "i")).casefold().strip()
    cdef int kind = PyUnicode_KIND(folded)
    cdef const void *data = PyUnicode_DATA(folded)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(folded)
    cdef Py_ssize_t i, letters = 0
    cdef Hash state = EMPTY
    cdef Py_UCS4 char
    if size == 0:
        return True
    if begins_with(folded, folded[:2]) or (size > 1 and begins_with(folded, folded[:1])):
        return True
    for i in range(size):
        char = PyUnicode_READ(kind, data, i)
        if is_letter(char):
            letters += 1
            if letters > LONGEST_LABEL:
                return False
            state = mixed(state, char)
    return LABELS.has(state)


cdef bint begins_with(str folded, str key) except -1:
    """Whether a text begins with one of the starts that are kept under a key; a word goes on, where a letter does."""
    cdef Py_ssize_t size
    cdef str start
    for start in <tuple>STARTS.get(key, ()):
        if folded.startswith(start):
            size = PyUnicode_GET_LENGTH(start)
            if size >= PyUnicode_GET_LENGTH(folded) or not (
                start[size - 1].isalnum() and start[size - 1] < SPACELESS and folded[size].isalnum()
            ):
                return True
    return False


cdef inline bint is_letter(Py_UCS4 char) noexcept:
    return u"a" <= char <= u"z" or (char > 127 and Py_UNICODE_ISALPHA(char))


cdef inline bint is_space(Py_UCS4 char) noexcept:
    return char == 0x20 or ((char < 0x20 or char > 0x7f) and Py_UNICODE_ISSPACE(char))
