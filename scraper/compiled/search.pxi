"""Where a short word stands in bytes, read many at a time: its first, middle and last byte hardly stand so far apart else."""

from libc.string cimport memcmp

cdef extern from *:
    """
    #include <stdint.h>
    #include <string.h>

    enum { TOGETHER = 64 };

    /* Whether, of 64 bytes, one may begin a word, whose last byte is so many behind its first. */
    #if defined(__GNUC__)
    typedef unsigned char Sixteen __attribute__((vector_size(16)));

    static inline int may_begin(const unsigned char *text, const unsigned char *word, size_t apart) {
        Sixteen left, amid, right, found = {0};
        uint64_t halves[2];
        for (int at = 0; at < TOGETHER; at += 16) {
            memcpy(&left, text + at, 16);
            memcpy(&amid, text + at + apart / 2, 16);
            memcpy(&right, text + at + apart, 16);
            found |= (Sixteen)(left == word[0]) & (Sixteen)(amid == word[apart / 2]) & (Sixteen)(right == word[apart]);
        }
        memcpy(halves, &found, 16);
        return (halves[0] | halves[1]) != 0;
    }
    #else
    static inline int may_begin(const unsigned char *text, const unsigned char *word, size_t apart) {
        const uint64_t ones = 0x0101010101010101ULL;
        uint64_t left, amid, right, found = 0;
        for (int at = 0; at < TOGETHER; at += 8) {
            memcpy(&left, text + at, 8);
            memcpy(&amid, text + at + apart / 2, 8);
            memcpy(&right, text + at + apart, 8);
            left = (left ^ (word[0] * ones)) | (amid ^ (word[apart / 2] * ones)) | (right ^ (word[apart] * ones));
            found |= (left - ones) & ~left & (0x80 * ones);
        }
        return found != 0;
    }
    #endif
    """
    enum:
        TOGETHER
    bint may_begin(const unsigned char *text, const unsigned char *word, size_t apart) noexcept


cdef Py_ssize_t next_place(
    const unsigned char *text, Py_ssize_t at, Py_ssize_t stop, const unsigned char *word, Py_ssize_t size
) noexcept:
    """Return where a word of one byte or more stands next in text[at:stop], or `stop`."""
    cdef Py_ssize_t k
    while at + TOGETHER + size - 1 <= stop:
        if may_begin(text + at, word, size - 1):
            for k in range(TOGETHER):
                if text[at + k] == word[0] and memcmp(text + at + k, word, size) == 0:
                    return at + k
        at += TOGETHER
    while at + size <= stop:
        if text[at] == word[0] and memcmp(text + at, word, size) == 0:
            return at
        at += 1
    return stop
