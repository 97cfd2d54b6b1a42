# cython: language_level=3, wraparound=False, cdivision=True
"""Twin of `counted_words` of scraper/fields/fingerprint.py, whose plain Python says what is right.

Words are read where they stand, each byte of their UTF-8 goes into the CRC-32 at once, and no list of them is made.
"""

from libc.string cimport memset

include "strings.pxi"
include "lowers.pxi"

ctypedef unsigned int Sum
ctypedef unsigned long long Hash

cdef Hash FACTOR = 0x9E3779B97F4A7C15ULL  # `_SPREAD`
cdef Hash EVERY_EIGHTH = 0x0101010101010101ULL
cdef enum:
    FULL = 255  # hashes after which a lane of eight bits may overflow


def counted_words(str text not None, Py_ssize_t most):
    """Return (number of words of a text, SimHash of its first `most` in lower case, or None without any).

    None where the text holds a script that is written without spaces between words.
    """
    if not PyUnicode_IS_ASCII(text) and PyUnicode_FindChar(text, SIGMA, 0, PyUnicode_GET_LENGTH(text), 1) >= 0:
        text = text.lower()
    cdef int kind = PyUnicode_KIND(text)
    cdef const void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    cdef Py_ssize_t i = 0
    cdef Py_ssize_t words = 0
    cdef Py_UCS4 char
    cdef Sum state
    cdef Majority majority
    memset(&majority, 0, sizeof(majority))
    while i < size:
        char = PyUnicode_READ(kind, data, i)
        if not is_word(char):
            if is_unspaced(<unsigned int>char):
                return None
            i += 1
            continue
        state = 0xFFFFFFFFU
        while True:
            if is_unspaced(<unsigned int>char):
                return None
            state = summed(state, lowered(<unsigned int>char))
            i += 1
            if i >= size:
                break
            char = PyUnicode_READ(kind, data, i)
            if is_word(char):
                continue
            if not is_joint(char) or i + 1 >= size or not is_word(PyUnicode_READ(kind, data, i + 1)):
                break
        words += 1
        if words <= most:
            note(&majority, <Hash>(state ^ 0xFFFFFFFFU) * FACTOR)
    return words, f"{decided(&majority):016x}" if majority.hashes else None


cdef inline bint is_word(Py_UCS4 char) noexcept:
    """Whether r"\\w" matches."""
    if char < 128:
        return u"a" <= char <= u"z" or u"0" <= char <= u"9" or char == u"_" or u"A" <= char <= u"Z"
    return Py_UNICODE_ISALNUM(char)


cdef inline bint is_unspaced(unsigned int char) noexcept:
    """Whether `_UNSPACED` matches."""
    return char >= 0x0E00 and (
        char <= 0x0EFF
        or 0x1000 <= char <= 0x109F
        or 0x1780 <= char <= 0x17FF
        or 0x3040 <= char <= 0x30FF
        or 0x3400 <= char <= 0x4DBF
        or 0x4E00 <= char <= 0x9FFF
        or 0xF900 <= char <= 0xFAFF
    )


cdef inline bint is_joint(Py_UCS4 char) noexcept:
    """Whether a character can stand inside a word, between two of its letters."""
    return char == u"'" or char == u"-" or char == u"’"


# CRC-32 (ISO 3309, ITU-T V.42), as zlib computes it: a table of what each byte does.
cdef Sum[256] TABLE


cdef void fill_table() noexcept:
    cdef Sum value
    cdef int byte, bit
    for byte in range(256):
        value = byte
        for bit in range(8):
            value = (value >> 1) ^ (0xEDB88320U if value & 1 else 0)
        TABLE[byte] = value


fill_table()


cdef inline Sum over_byte(Sum state, unsigned int byte) noexcept:
    return TABLE[(state ^ byte) & 255] ^ (state >> 8)


cdef inline Sum summed(Sum state, unsigned int char) noexcept:
    """Return the sum, gone on with over a character in UTF-8 (RFC 3629, 3); a surrogate is in no word."""
    if char < 0x80:
        return over_byte(state, char)
    if char < 0x800:
        state = over_byte(state, 0xC0 | (char >> 6))
    else:
        if char < 0x10000:
            state = over_byte(state, 0xE0 | (char >> 12))
        else:
            state = over_byte(state, 0xF0 | (char >> 18))
            state = over_byte(state, 0x80 | ((char >> 12) & 63))
        state = over_byte(state, 0x80 | ((char >> 6) & 63))
    return over_byte(state, 0x80 | (char & 63))


cdef struct Majority:
    Hash[8] lanes  # lane b holds eight counters of a byte: of the bits b, b + 8, b + 16 ...
    Py_ssize_t[64] ones  # by bit: how many hashes have it, those in the lanes not counted yet
    Py_ssize_t hashes


cdef inline void note(Majority *majority, Hash hash) noexcept:
    """Count the bits of one more hash, eight at a time."""
    cdef int bit
    for bit in range(8):
        majority.lanes[bit] += (hash >> bit) & EVERY_EIGHTH
    majority.hashes += 1
    if majority.hashes % FULL == 0:
        empty_lanes(majority)


cdef void empty_lanes(Majority *majority) noexcept:
    cdef int bit
    for bit in range(64):
        majority.ones[bit] += (majority.lanes[bit % 8] >> (bit - bit % 8)) & 255
    memset(majority.lanes, 0, sizeof(majority.lanes))


cdef Hash decided(Majority *majority) noexcept:
    """Return the bits that more than half of the hashes have."""
    cdef Hash result = 0
    cdef int bit
    empty_lanes(majority)
    for bit in range(64):
        if 2 * majority.ones[bit] > majority.hashes:
            result |= <Hash>1 << bit
    return result
