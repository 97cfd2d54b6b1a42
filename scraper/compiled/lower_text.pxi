"""Whole texts in lower case, as str.lower() makes them, for less: it looks up each character in two tables."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc

include "lowers.pxi"

cdef enum:
    FEW = 256  # characters for which no memory is asked
    DOTTED_I = 0x130  # two characters in lower case


cdef str lower_text(str text):
    """Return text.lower()."""
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_UCS4[FEW] some
    cdef void *into = some
    cdef str found
    if PyUnicode_IS_ASCII(text):
        return text.lower()
    if size > FEW:
        into = PyMem_Malloc(<size_t>(size * kind))
        if not into:
            raise MemoryError
    if kind == 1:
        found = lowered_into[Py_UCS1](<Py_UCS1 *>into, <const Py_UCS1 *>data, size, text)
    elif kind == 2:
        found = lowered_into[Py_UCS2](<Py_UCS2 *>into, <const Py_UCS2 *>data, size, text)
    else:
        found = lowered_into[Py_UCS4](<Py_UCS4 *>into, <const Py_UCS4 *>data, size, text)
    if into != some:
        PyMem_Free(into)
    return found


cdef str lowered_into(Char *into, const Char *chars, Py_ssize_t size, str text):
    """Return the text in lower case, written to `into`; no letter needs more room than its capital does."""
    cdef Py_ssize_t k
    for k in range(size):
        if chars[k] == SIGMA or chars[k] == DOTTED_I:
            return text.lower()
        into[k] = <Char>lowered(chars[k])
    return PyUnicode_FromKindAndData(sizeof(Char), into, size)
