"""Lower case, a character at a time: what str.lower() does, but for the capital sigma, whose form hangs on its neighbours.

U+0130, two characters in lower case, becomes "i", as in scraper/page/letters.py.
"""

cdef extern from "Python.h":
    Py_UCS4 Py_UNICODE_TOLOWER(Py_UCS4 char) noexcept nogil

cdef enum:
    SIGMA = 0x3A3


cdef inline unsigned int lowered(unsigned int char) noexcept:
    """Return a character in lower case."""
    if char < 128:
        return char + 32 if 65 <= char <= 90 else char
    if char < 0xC0 or 0x2000 <= char < 0x2100 or 0x2E80 <= char < 0xA640 or 0xAC00 <= char < 0xFB00:
        return char  # punctuation, Han, kana, Hangul
    return <unsigned int>Py_UNICODE_TOLOWER(<Py_UCS4>char)
