# cython: language_level=3, wraparound=False
"""The compiled twin of `words_of` of scraper/fields/language.py, which says what is right."""

include "strings.pxi"


def words_of(str text not None):
    """Return what stands between white space, digits and the usual punctuation, in lower case."""
    cdef str lower = text.lower()
    cdef int kind = PyUnicode_KIND(lower)
    cdef const void *data = PyUnicode_DATA(lower)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(lower)
    cdef Py_ssize_t start = 0
    cdef Py_ssize_t at
    cdef list words = []
    for at in range(size):
        if parts_words(<unsigned int>PyUnicode_READ(kind, data, at)):
            if at > start:
                words.append(PyUnicode_Substring(lower, start, at))
            start = at + 1
    if size > start:
        words.append(PyUnicode_Substring(lower, start, size))
    return words


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
