# cython: language_level=3, wraparound=False, cdivision=True
"""Twin of `occurrences` of scraper/body/page_flow.py: all words are counted in one pass over the text, not in one each."""

cimport cython
from libc.string cimport memset

include "strings.pxi"

cdef struct Word:
    int kind
    const void *data
    Py_ssize_t size
    Py_ssize_t free_from  # where the next one may begin: occurrences of one word do not overlap
    Py_ssize_t count
    int next  # word with the same slot; -1: none

cdef enum:
    MOST = 64  # words of one call
    SLOTS = 256  # by first character
    PAIRS = 64  # characters that are told apart in the table of pairs

ctypedef unsigned char[4096] Pairs  # whether a word may begin with two characters


@cython.final
cdef class Words:
    """What is looked for."""

    cdef Word[64] words
    cdef int[256] first  # word that begins in a slot; -1: none
    cdef Pairs pairs
    cdef int count

    def __cinit__(self):
        memset(self.first, 0xFF, sizeof(self.first))  # -1

    cdef int add(self, str name) except -1:
        cdef Word *word = &self.words[self.count]
        cdef Py_UCS4 char
        cdef int slot, second
        if self.count == MOST or not name:
            raise ValueError("too many words, or an empty one")
        word.kind, word.data, word.size = PyUnicode_KIND(name), PyUnicode_DATA(name), PyUnicode_GET_LENGTH(name)
        word.free_from = word.count = 0
        char = PyUnicode_READ(word.kind, word.data, 0)
        slot = slot_of(char)
        word.next = self.first[slot]
        self.first[slot] = self.count
        if word.size > 1:
            self.pairs[pair_of(char, PyUnicode_READ(word.kind, word.data, 1))] = True
        else:
            for second in range(PAIRS):
                self.pairs[pair_of(char, <Py_UCS4>second)] = True
        self.count += 1
        return 0


def occurrences(str text not None, tuple groups not None):
    """Return for each group of words how often one of them stands in the text, as `str.count` counts."""
    cdef Words words = Words()
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    cdef list found = []
    cdef Py_ssize_t total
    cdef int at = 0
    cdef tuple group
    for group in groups:
        for name in group:
            words.add(name)
    if kind == 1:
        count_all[Py_UCS1](<const Py_UCS1 *>data, size, words)
    elif kind == 2:
        count_all[Py_UCS2](<const Py_UCS2 *>data, size, words)
    else:
        count_all[Py_UCS4](<const Py_UCS4 *>data, size, words)
    for group in groups:
        total = 0
        for name in group:
            total += words.words[at].count
            at += 1
        found.append(total)
    return found


cdef inline int slot_of(Py_UCS4 char) noexcept:
    return <int>(<unsigned int>char & (SLOTS - 1))


cdef inline int pair_of(Py_UCS4 first, Py_UCS4 second) noexcept:
    return <int>((<unsigned int>first & (PAIRS - 1)) * PAIRS | (<unsigned int>second & (PAIRS - 1)))


cdef void count_all(const Char *text, Py_ssize_t size, Words words) noexcept:
    cdef Py_ssize_t i
    cdef int at
    cdef Word *word
    cdef Py_UCS4 char
    cdef Py_UCS4 following = text[0] if size else 0
    for i in range(size):
        char = following
        following = text[i + 1] if i + 1 < size else 0
        if not words.pairs[pair_of(char, following)]:
            continue
        at = words.first[slot_of(char)]
        while at >= 0:
            word = &words.words[at]
            at = word.next
            if i >= word.free_from and word.size <= size - i and stands_at(text + i, word):
                word.count += 1
                word.free_from = i + word.size


cdef inline bint stands_at(const Char *text, const Word *word) noexcept:
    cdef Py_ssize_t k
    for k in range(word.size):
        if <Py_UCS4>text[k] != PyUnicode_READ(word.kind, word.data, k):
            return False
    return True
