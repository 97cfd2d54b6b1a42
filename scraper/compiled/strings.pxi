"""How a str lies in memory (PEP 393): the part of Python's C API by which the twins read and make texts."""

cdef extern from "Python.h":
    ctypedef unsigned char Py_UCS1
    ctypedef unsigned short Py_UCS2
    int PyUnicode_KIND(object text) noexcept
    void *PyUnicode_DATA(object text) noexcept
    Py_ssize_t PyUnicode_GET_LENGTH(object text) noexcept
    bint PyUnicode_IS_ASCII(object text) noexcept
    Py_UCS4 PyUnicode_READ(int kind, const void *data, Py_ssize_t at) noexcept nogil
    void PyUnicode_WRITE(int kind, void *data, Py_ssize_t at, Py_UCS4 char) noexcept nogil
    bint Py_UNICODE_ISALNUM(Py_UCS4 char) noexcept nogil
    bint Py_UNICODE_ISDECIMAL(Py_UCS4 char) noexcept nogil
    bint Py_UNICODE_ISDIGIT(Py_UCS4 char) noexcept nogil
    bint Py_UNICODE_ISLOWER(Py_UCS4 char) noexcept nogil
    bint Py_UNICODE_ISSPACE(Py_UCS4 char) noexcept nogil
    bint Py_UNICODE_ISUPPER(Py_UCS4 char) noexcept nogil
    object PyUnicode_New(Py_ssize_t size, Py_UCS4 largest)
    str PyUnicode_FromKindAndData(int kind, const void *data, Py_ssize_t size)
    Py_ssize_t PyUnicode_FindChar(object text, Py_UCS4 char, Py_ssize_t start, Py_ssize_t end, int direction) except -2
    str PyUnicode_Substring(object text, Py_ssize_t start, Py_ssize_t end)

ctypedef fused Char:
    Py_UCS1
    Py_UCS2
    Py_UCS4
