# cython: language_level=3, wraparound=False
"""The compiled twin of `quickly` of scraper/fields/values.py, which says what is right."""

include "strings.pxi"

cdef extern from "Python.h":
    bint Py_UNICODE_ISPRINTABLE(Py_UCS4 char) noexcept nogil


cdef class Cleaner:
    """Cleans what needs no more than its edges trimmed; hands on all else."""

    cdef object thoroughly

    def __init__(self, thoroughly):
        self.thoroughly = thoroughly

    def __call__(self, value, Py_ssize_t limit=5000):
        cdef int kind
        cdef const void *data
        cdef Py_ssize_t size, start, end, at
        cdef unsigned int char
        cdef unsigned int before = 0
        if type(value) is not str:
            return self.thoroughly(value, limit)
        kind = PyUnicode_KIND(value)
        data = PyUnicode_DATA(value)
        size = PyUnicode_GET_LENGTH(value)
        end = size
        while end > 0 and PyUnicode_READ(kind, data, end - 1) == 32:
            end -= 1
        if not 0 < end <= limit:  # too long, or nothing in it
            return self.thoroughly(value, limit)
        start = 0
        while PyUnicode_READ(kind, data, start) == 32:
            start += 1
        for at in range(start, end):
            char = <unsigned int>PyUnicode_READ(kind, data, at)
            if char == 32:
                if before == 32:
                    return self.thoroughly(value, limit)
            elif char == 38 or char == 60 or char == 127 or (
                char > 127 and not Py_UNICODE_ISPRINTABLE(<Py_UCS4>char)
            ) or char < 32:
                return self.thoroughly(value, limit)
            before = char
        if start == 0 and end == size:
            return value
        return PyUnicode_Substring(value, start, end)


quickly = Cleaner
