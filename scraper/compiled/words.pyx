# cython: language_level=3, wraparound=False
"""The compiled twins of `plain_finder` and `places_of` of scraper/page/words.py, which say what is right.

A text is read once, whatever the number of words: a table tells which two characters may begin one of them.
"""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from libc.string cimport memset

include "strings.pxi"
include "lowers.pxi"
include "search.pxi"

cdef enum:
    SLOTS = 2048  # for pairs of characters; those of words of one character, for a character and any other
    ENDS = 0  # stands behind the last character of a text

cdef struct Word:
    int kind
    const void *data
    Py_ssize_t size
    unsigned int second  # character; ENDS where there is none
    Py_ssize_t following  # the next word that begins with a character of the same lowest byte, or -1


cdef class Finder:
    """Tells whether a text has one of its words."""

    cdef tuple texts  # they hold what the words point to
    cdef Word *words
    cdef Py_ssize_t[256] first  # by the lowest byte of its first character: the number of a word, or -1
    cdef unsigned char[SLOTS] begun

    def __cinit__(self, *texts):
        cdef Py_ssize_t k
        cdef str text
        cdef Word *word
        cdef unsigned int start
        cdef int other
        self.texts = texts
        self.words = <Word *>PyMem_Malloc(max(len(texts), 1) * sizeof(Word))
        if not self.words:
            raise MemoryError
        memset(self.begun, 0, sizeof(self.begun))
        for k in range(256):
            self.first[k] = -1
        for k in range(len(texts)):
            text = texts[k]
            if not text:
                raise ValueError("an empty word is in every text")
            word = &self.words[k]
            word.kind = PyUnicode_KIND(text)
            word.data = PyUnicode_DATA(text)
            word.size = PyUnicode_GET_LENGTH(text)
            start = <unsigned int>PyUnicode_READ(word.kind, word.data, 0)
            word.following = self.first[start & 255]
            self.first[start & 255] = k
            word.second = <unsigned int>PyUnicode_READ(word.kind, word.data, 1) if word.size > 1 else ENDS
            if word.size > 1:
                self.begun[slot_of(start, word.second)] = 1
            else:
                for other in range(SLOTS):
                    self.begun[slot_of(start, other)] = 1

    def __dealloc__(self):
        PyMem_Free(self.words)

    def __call__(self, str text not None):
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
        if not PyUnicode_IS_ASCII(text) and PyUnicode_FindChar(text, SIGMA, 0, size, 1) >= 0:
            text = text.replace("\u0130", "i").lower()  # as in scraper/page/letters.py
            size = PyUnicode_GET_LENGTH(text)
        cdef int kind = PyUnicode_KIND(text)
        if kind == 1:
            return finds[Py_UCS1](self, <const Py_UCS1 *>PyUnicode_DATA(text), size)
        if kind == 2:
            return finds[Py_UCS2](self, <const Py_UCS2 *>PyUnicode_DATA(text), size)
        return finds[Py_UCS4](self, <const Py_UCS4 *>PyUnicode_DATA(text), size)


cdef bint finds(Finder finder, const Char *text, Py_ssize_t size) noexcept:
    """Whether a word is in a text, which needs to be in lower case only where it has a sigma."""
    cdef unsigned int char = small(text[0]) if size else ENDS
    cdef unsigned int next_char
    cdef Py_ssize_t at, number
    cdef const Word *word
    for at in range(size):
        next_char = small(text[at + 1]) if at + 1 < size else ENDS
        if finder.begun[slot_of(char, next_char)]:
            number = finder.first[char & 255]
            while number >= 0:
                word = &finder.words[number]
                if (word.second == next_char or word.second == ENDS) and begins(word, text + at, size - at):
                    return True
                number = word.following
        char = next_char
    return False


cdef bint begins(const Word *word, const Char *text, Py_ssize_t size) noexcept:
    """Whether a text begins with a word, be it in capitals."""
    cdef Py_ssize_t k
    if word.size > size:
        return False
    for k in range(word.size):
        if small(text[k]) != PyUnicode_READ(word.kind, word.data, k):
            return False
    return True


cdef unsigned char[256] SMALL
for _char in range(256):
    SMALL[_char] = <unsigned char>lowered(_char)


cdef inline unsigned int small(Py_UCS4 char) noexcept:
    """Do what `lowered` does, soonest for the first 256 characters."""
    return SMALL[<unsigned int>char] if char < 256 else lowered(<unsigned int>char)


cdef inline unsigned int slot_of(unsigned int first, unsigned int second) noexcept:
    return (first * 33 ^ second) & (SLOTS - 1)


plain_finder = Finder


def places_of(bytes word not None, bytes source not None):
    """Return where a word stands in bytes; raises ValueError for an empty one."""
    cdef const unsigned char *text = source
    cdef const unsigned char *letters = word
    cdef Py_ssize_t size = len(word)
    cdef Py_ssize_t stop = len(source)
    if not size:
        raise ValueError("an empty word is everywhere")
    cdef list found = []
    cdef Py_ssize_t at = next_place(text, 0, stop, letters, size)
    while at < stop:
        found.append(at)
        at = next_place(text, at + 1, stop, letters, size)
    return found
