# cython: language_level=3, wraparound=False, cdivision=True
# Lists keep their bounds checks.
"""Twins of `occurrences` of scraper/body/page_flow.py and `tree_sum` of scraper/body/page_type.py."""

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


def occurrences(str text not None, tuple groups not None):
    """Return for each group of words how often one of them stands in the text, as `str.count` counts."""
    cdef Word[64] words
    cdef int[256] first
    cdef int count = 0
    cdef int at
    cdef Word *word
    cdef tuple group
    cdef str name
    cdef list found = []
    cdef Py_ssize_t total
    memset(first, 0xFF, sizeof(first))  # -1
    for group in groups:
        for name in group:
            if count == MOST or not name:
                raise ValueError("too many words, or an empty one")
            word = &words[count]
            word.kind, word.data, word.size = PyUnicode_KIND(name), PyUnicode_DATA(name), PyUnicode_GET_LENGTH(name)
            word.free_from = word.count = 0
            at = slot_of(PyUnicode_READ(word.kind, word.data, 0))
            word.next = first[at]
            first[at] = count
            count += 1
    count_all(PyUnicode_KIND(text), PyUnicode_DATA(text), PyUnicode_GET_LENGTH(text), words, first)
    at = 0
    for group in groups:
        total = 0
        for name in group:
            total += words[at].count
            at += 1
        found.append(total)
    return found


cdef inline int slot_of(Py_UCS4 char) noexcept nogil:
    return <int>(<unsigned int>char & (SLOTS - 1))


cdef void count_all(int kind, const void *data, Py_ssize_t size, Word *words, const int *first) noexcept nogil:
    cdef Py_ssize_t i
    cdef int at
    cdef Word *word
    for i in range(size):
        at = first[slot_of(PyUnicode_READ(kind, data, i))]
        while at >= 0:
            word = &words[at]
            at = word.next
            if i >= word.free_from and word.size <= size - i and stands_at(kind, data, i, word):
                word.count += 1
                word.free_from = i + word.size


cdef inline bint stands_at(int kind, const void *data, Py_ssize_t at, const Word *word) noexcept nogil:
    cdef Py_ssize_t k
    for k in range(word.size):
        if PyUnicode_READ(kind, data, at + k) != PyUnicode_READ(word.kind, word.data, k):
            return False
    return True


def tree_sum(list trees not None, list values not None):
    """Return the sum of the leaves that the values reach, a leaf a tree."""
    cdef double total = 0.0
    cdef Py_ssize_t column
    cdef list branch
    for node in trees:
        while type(node) is list:
            branch = <list>node
            column = branch[0]
            if column < 0:
                raise ValueError("a tree asks for a column before the first")
            node = branch[2] if <double>values[column] <= <double>branch[1] else branch[3]
        total += <double>node
    return total
