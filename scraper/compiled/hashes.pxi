"""Hashes of words, and tables keyed by them: what lets words be looked up without making a string of each.

A word is its 64-bit FNV-1a hash over code points (Fowler, Noll, Vo; draft-eastlake-fnv). The tables hold some tens of
thousands of words: two different ones meet once in 10^10 pages. Where a hash stands in a table differs from process to
process, so that no page can be made whose words all want the same place.
"""

import os

ctypedef unsigned long long Hash

cdef Hash EMPTY = 14695981039346656037ULL
cdef Hash SPREAD = <Hash>int.from_bytes(os.urandom(8), "little") | 1
"""An odd factor; multiply and shift (Dietzfelbinger et al., 1997)."""


cdef inline Hash mixed(Hash state, Py_UCS4 char) noexcept:
    return (state ^ <Hash>char) * <Hash>1099511628211ULL


cdef class Arena:
    """Memory that is given back all at once."""

    cdef list pieces

    def __cinit__(self):
        self.pieces = []

    cdef void* take(self, Py_ssize_t count, size_t size) except NULL:
        """Return room for `count` things, zeroed, and for one at the least."""
        piece = Piece.__new__(Piece)
        cdef void* room = PyMem_Calloc(count + 1, size)
        if room is NULL:
            raise MemoryError
        (<Piece>piece).room = room
        self.pieces.append(piece)
        return room


cdef class Piece:
    cdef void* room

    def __dealloc__(self):
        PyMem_Free(self.room)


cdef struct Slot:
    Hash key
    double value


cdef class Table:
    """Hash -> number; grows. A key of 0 is an empty slot, so the one word in 2^64 with that hash is taken for 1."""

    cdef Slot* slots
    cdef Py_ssize_t size
    cdef Py_ssize_t mask
    cdef int shift
    cdef unsigned char* sieve
    """A bit for every key that may be in a finished table, eight to a slot: it stays in a near cache, the keys do not."""

    def __cinit__(self, Py_ssize_t expected=8):
        cdef Py_ssize_t slots = 16
        self.shift = 60
        while slots < 2 * expected:
            slots *= 2
            self.shift -= 1
        self.slots = <Slot*>PyMem_Calloc(slots, sizeof(Slot))
        if self.slots is NULL:
            raise MemoryError
        self.mask = slots - 1
        self.size = 0

    def __dealloc__(self):
        PyMem_Free(self.slots)
        PyMem_Free(self.sieve)

    cdef inline Py_ssize_t slot(self, Hash key) noexcept:
        """Return where a key is, or where it would be."""
        cdef Py_ssize_t at = <Py_ssize_t>((key * SPREAD) >> self.shift)
        while self.slots[at].key != 0 and self.slots[at].key != key:
            at = (at + 1) & self.mask
        return at

    cdef inline bint has(self, Hash key) noexcept:
        key = key if key else 1
        return self.slots[self.slot(key)].key != 0

    cdef inline double* find(self, Hash key) noexcept:
        """Return where the number of a key is, or NULL."""
        key = key if key else 1
        cdef Py_ssize_t at = self.slot(key)
        return &self.slots[at].value if self.slots[at].key != 0 else NULL

    cdef inline double* known(self, Hash key) noexcept:
        """Do what `find` does in a finished table, soonest for what is not in it."""
        key = key if key else 1
        cdef size_t bit = <size_t>((key * SPREAD) >> (self.shift - 3))
        if self.sieve[bit >> 3] >> (bit & 7) & 1:
            return self.find(key)
        return NULL

    cdef int finish(self) except -1:
        """Make the sieve: nothing may be put into the table from now on."""
        cdef Py_ssize_t at
        cdef size_t bit
        self.sieve = <unsigned char*>PyMem_Calloc(self.mask + 1, 1)
        if self.sieve is NULL:
            raise MemoryError
        for at in range(self.mask + 1):
            if self.slots[at].key != 0:
                bit = <size_t>((self.slots[at].key * SPREAD) >> (self.shift - 3))
                self.sieve[bit >> 3] |= <unsigned char>(1 << (bit & 7))
        return 0

    cdef int put(self, Hash key, double value) except -1:
        """Set the number of a key; 1 when the key is new, else 0."""
        key = key if key else 1
        cdef Py_ssize_t at = self.slot(key)
        if self.slots[at].key != 0:
            self.slots[at].value = value
            return 0
        self.slots[at].key = key
        self.slots[at].value = value
        self.size += 1
        if 3 * self.size > 2 * self.mask:
            self.grow()
        return 1

    cdef int grow(self) except -1:
        cdef Table larger = Table(2 * self.mask + 2)
        cdef Py_ssize_t at, to
        for at in range(self.mask + 1):
            if self.slots[at].key != 0:
                to = larger.slot(self.slots[at].key)
                larger.slots[to].key = self.slots[at].key
                larger.slots[to].value = self.slots[at].value
        self.slots, larger.slots = larger.slots, self.slots
        self.mask = larger.mask
        self.shift = larger.shift
        return 0


cdef class Few:
    """A small set of hashes that is emptied in no time: up to 256 of them."""

    cdef Hash[512] keys
    cdef unsigned int[512] rounds
    cdef unsigned int round

    cdef inline void clear(self) noexcept:
        self.round += 1
        if self.round == 0:  # once in 2^32
            memset(self.rounds, 0, sizeof(self.rounds))
            self.round = 1

    cdef inline bint add(self, Hash key) noexcept:
        """Add a hash; whether it is new."""
        cdef int at = <int>((key * SPREAD) >> 55)
        while self.rounds[at] == self.round:
            if self.keys[at] == key:
                return False
            at = (at + 1) & 511
        self.rounds[at] = self.round
        self.keys[at] = key
        return True
