# cython: language_level=3, wraparound=False, cdivision=True
"""Twin of `numberless` of scraper/sites/fingerprints.py, whose plain Python says what is right: one pass over the text."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc

include "strings.pxi"


def numberless(str text not None):
    """Return a text with one space for white space, none at its ends, and one zero for each number."""
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    cdef void *room = PyMem_Malloc(size * kind + 1)
    cdef Py_ssize_t count
    if room is NULL:
        raise MemoryError
    if kind == 1:
        count = squeeze[Py_UCS1](<const Py_UCS1 *>data, size, <Py_UCS1 *>room)
    elif kind == 2:
        count = squeeze[Py_UCS2](<const Py_UCS2 *>data, size, <Py_UCS2 *>room)
    else:
        count = squeeze[Py_UCS4](<const Py_UCS4 *>data, size, <Py_UCS4 *>room)
    try:
        return PyUnicode_FromKindAndData(kind, room, count)
    finally:
        PyMem_Free(room)


cdef Py_ssize_t squeeze(const Char *text, Py_ssize_t size, Char *into) noexcept:
    """Fill in the characters that are left, and return how many; never more than there were."""
    cdef Py_ssize_t count = 0
    cdef Py_ssize_t i
    cdef bint in_number = False
    cdef bint space = False
    cdef Py_UCS4 char
    for i in range(size):
        char = text[i]
        if Py_UNICODE_ISSPACE(char):
            space = count > 0
            in_number = False
            continue
        if Py_UNICODE_ISDECIMAL(char):
            if in_number:
                continue
            in_number = True
            char = u"0"
        else:
            in_number = False
        if space:
            into[count] = 32
            count += 1
            space = False
        into[count] = <Char>char
        count += 1
    return count
