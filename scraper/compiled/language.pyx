# cython: language_level=3, wraparound=False
"""The compiled twin of `plain_counter` of scraper/fields/language.py, which says what is right."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free
from libc.string cimport memset

include "strings.pxi"
include "lower_text.pxi"
include "hashes.pxi"


cdef class Counter:
    """Counts the words of a text that are among its own."""

    cdef Table known

    def __init__(self, frozenset words not None):
        self.known = Table(len(words))
        cdef str word
        cdef Hash state
        cdef Py_ssize_t k
        for word in words:
            if word is None:
                raise TypeError("a word must be a str")
            state = EMPTY
            for k in range(PyUnicode_GET_LENGTH(word)):
                state = mixed(state, PyUnicode_READ(PyUnicode_KIND(word), PyUnicode_DATA(word), k))
            self.known.put(state, 1)

    def __call__(self, str text not None):
        cdef str lower = lower_text(text)
        cdef int kind = PyUnicode_KIND(lower)
        cdef const void *data = PyUnicode_DATA(lower)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(lower)
        cdef Py_ssize_t start = 0
        cdef Py_ssize_t known = 0
        cdef Py_ssize_t words = 0
        cdef Py_ssize_t at
        cdef Hash state = EMPTY
        cdef Py_UCS4 char
        for at in range(size + 1):
            char = PyUnicode_READ(kind, data, at) if at < size else c" "
            if not parts_words(<unsigned int>char):
                state = mixed(state, char)
                continue
            if at > start:
                words += 1
                known += self.known.has(state)
            start = at + 1
            state = EMPTY
        return known, words


cdef inline bint parts_words(unsigned int char) noexcept:
    if 97 <= char <= 122:
        return False
    if char < 128:
        return char in (33, 34, 39, 40, 41, 44, 46, 58, 59, 63) or 48 <= char <= 57 or Py_UNICODE_ISSPACE(<Py_UCS4>char)
    return (
        char in (0xAB, 0xBB, 0x201C, 0x201D, 0x201E)
        or Py_UNICODE_ISSPACE(<Py_UCS4>char)
        or Py_UNICODE_ISDECIMAL(<Py_UCS4>char)
    )


plain_counter = Counter
