"""Where a short word stands in bytes, read eight at a time: its first and its last byte hardly stand so far apart else."""

from libc.stdint cimport uint64_t
from libc.string cimport memcmp, memcpy

cdef enum:
    LONG = 32  # bytes that are looked at together


cdef inline uint64_t zeros(uint64_t eight) noexcept:
    """Return a number that is not 0 where one of eight bytes is 0."""
    return (eight - <uint64_t>0x0101010101010101) & ~eight & <uint64_t>0x8080808080808080


cdef Py_ssize_t next_place(
    const unsigned char *text, Py_ssize_t at, Py_ssize_t stop, const unsigned char *word, Py_ssize_t size
) noexcept:
    """Return where a word of one byte or more stands next in text[at:stop], or `stop`."""
    cdef uint64_t first = word[0] * <uint64_t>0x0101010101010101
    cdef uint64_t last = word[size - 1] * <uint64_t>0x0101010101010101
    cdef uint64_t left, right, found
    cdef const unsigned char *place
    cdef Py_ssize_t k
    while at + LONG + size - 1 <= stop:
        found = 0
        place = text + at
        for k in range(LONG // 8):
            memcpy(&left, place + 8 * k, 8)
            memcpy(&right, place + 8 * k + size - 1, 8)
            found |= zeros((left ^ first) | (right ^ last))
        if found:
            for k in range(LONG):
                if place[k] == word[0] and memcmp(place + k, word, size) == 0:
                    return at + k
        at += LONG
    while at + size <= stop:
        if text[at] == word[0] and memcmp(text + at, word, size) == 0:
            return at
        at += 1
    return stop
