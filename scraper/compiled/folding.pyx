# cython: language_level=3, wraparound=False
"""The compiled twin of `folded` of scraper/fields/values.py, which says what is right."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc

include "strings.pxi"

cdef enum:
    ROOM = 1024  # bytes for which no memory is asked


def folded(str text):
    """Return text without case and punctuation: the form in which two texts are compared."""
    cdef Py_UCS4[256] some
    cdef void *into = some
    cdef Py_ssize_t size
    cdef int width = 1
    if not text:
        return ""
    if not PyUnicode_IS_ASCII(text):
        text = text.casefold()
        width = 4
    size = PyUnicode_GET_LENGTH(text)
    if size * width > ROOM:
        into = PyMem_Malloc(size * width)
        if not into:
            raise MemoryError
    try:
        if width == 1:
            size = fold_into[Py_UCS1](<Py_UCS1 *>into, text, size)
        else:
            size = fold_into[Py_UCS4](<Py_UCS4 *>into, text, size)
        return PyUnicode_FromKindAndData(width, into, size)
    finally:
        if into != some:
            PyMem_Free(into)


cdef Py_ssize_t fold_into(Char *into, str text, Py_ssize_t size) noexcept:
    """Write letters and digits, capitals of ASCII small, a blank for what parts them; return how many characters."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t written = 0
    cdef Py_ssize_t k
    cdef bint parted = False
    cdef unsigned int char
    for k in range(size):
        if Char is Py_UCS1:
            char = (<const Py_UCS1 *>data)[k]
        else:
            char = <unsigned int>PyUnicode_READ(kind, data, k)
        if 65 <= char <= 90:
            char += 32
        if 97 <= char <= 122 or 48 <= char <= 57 or (char > 127 and Py_UNICODE_ISALNUM(<Py_UCS4>char)):
            if parted and written:
                into[written] = <Char>32
                written += 1
            into[written] = <Char>char
            written += 1
            parted = False
        else:
            parted = True
    return written
