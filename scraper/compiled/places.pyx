# cython: language_level=3, wraparound=False
"""The compiled twins of `index_of`, `elements_naming` and `words_within` of scraper/metadata/places.py, which say what
is right.

All words are looked for in one pass over the attributes, not in one pass each.
"""

from array import array as new_array

from cpython.array cimport array, clone
from libc.stdint cimport uint64_t
from libc.string cimport memcpy, memset

include "strings.pxi"
include "search.pxi"

ctypedef const unsigned char *Ascii

cdef enum:
    MOST_WORDS = 64
    FEW_WORDS = 6  # are looked for one after the other
    SLOTS = 4096  # for three characters of words
    THREE = 3
    ASCII = 128
    SEEN = 128  # tags; a page has some forty

cdef array _ENDS = new_array("q")


def index_of(list tags not None, list sources not None, frozenset wanted not None):
    """Return the first three parts of `Places`; `wanted`: the tags to index."""
    cdef array ends = clone(_ENDS, len(sources), False)
    cdef Py_ssize_t total = 0
    cdef Py_ssize_t i, size
    cdef str source
    for i in range(len(sources)):
        source = sources[i]
        if source is None:
            raise TypeError("a source must be a str")
        total += PyUnicode_GET_LENGTH(source)
        ends.data.as_longlongs[i] = total
    attributes = PyUnicode_New(total, 127)
    if not total:
        return elements_by_tag(tags, wanted), attributes, ends
    cdef unsigned char *text = <unsigned char *>PyUnicode_DATA(attributes)
    for i in range(len(sources)):
        source = sources[i]
        size = PyUnicode_GET_LENGTH(source)
        if PyUnicode_IS_ASCII(source):
            memcpy(text, PyUnicode_DATA(source), size)
        else:
            copy_marked(text, source, size)
        text += size
    lower(text - total, total)
    return elements_by_tag(tags, wanted), attributes, ends


cdef dict elements_by_tag(list tags, frozenset wanted):
    """Return the elements of the wanted tags. A tag is the same object wherever it stands: it is looked up once."""
    cdef void *seen[SEEN]
    cdef void *lists[SEEN]  # for each, its list in `by_tag`; NULL for a tag that is not wanted
    cdef dict by_tag = {}
    cdef Py_ssize_t i, slot
    memset(seen, 0, sizeof(seen))
    for i in range(len(tags)):
        tag = tags[i]
        slot = (<size_t><void *>tag >> 4) % SEEN
        if seen[slot] != <void *>tag:
            seen[slot] = <void *>tag
            lists[slot] = NULL
            if tag in wanted:
                found = by_tag.get(tag)
                if found is None:
                    found = by_tag[tag] = []
                lists[slot] = <void *>found
        if lists[slot]:
            (<list>lists[slot]).append(i)
    return by_tag


cdef void copy_marked(unsigned char *into, str source, Py_ssize_t size) noexcept:
    """Copy a text, with a question mark for what is not ASCII."""
    cdef int kind = PyUnicode_KIND(source)
    cdef const void *data = PyUnicode_DATA(source)
    cdef Py_UCS4 char
    cdef Py_ssize_t k
    for k in range(size):
        char = PyUnicode_READ(kind, data, k)
        into[k] = <unsigned char>char if char < 128 else 63


cdef void lower(unsigned char *text, Py_ssize_t size) noexcept:
    """Make ASCII letters small, eight at a time: the high bit of each byte tells whether it is one of A to Z."""
    cdef uint64_t ones = 0x0101010101010101
    cdef uint64_t eight, capitals
    cdef Py_ssize_t k = 0
    while k + 8 <= size:
        memcpy(&eight, text + k, 8)
        capitals = (eight + (128 - 65) * ones) & ~(eight + (127 - 90) * ones) & (128 * ones)
        eight |= capitals >> 2
        memcpy(text + k, &eight, 8)
        k += 8
    while k < size:
        if 65 <= text[k] <= 90:
            text[k] += 32
        k += 1


def elements_naming(str attributes not None, array ends not None, tuple words not None):
    """Return what `Places.naming` does: words in their order, elements in document order."""
    if not len(ends):
        return {}
    cdef list by_word = found_by_word(attributes, ends, words, 0, len(ends) - 1)
    return {words[k]: by_word[k] for k in range(len(words)) if by_word[k] is not None}


def words_within(str attributes not None, array ends not None, tuple words not None, Py_ssize_t low, Py_ssize_t high):
    """Return what `Places.within` does: by word, in the order of `words`, and in document order for each."""
    low = max(low, 0)
    high = min(high, <Py_ssize_t>len(ends) - 1)
    if high < low:
        return {}
    cdef list by_word = found_by_word(attributes, ends, words, low, high)
    cdef dict found = {}
    for k in range(len(words)):
        if by_word[k] is not None:
            for place in <list>by_word[k]:
                found.setdefault(place, words[k])
    return found


cdef inline unsigned int slot_of(unsigned int one, unsigned int two, unsigned int three) noexcept:
    return (one * 32 ^ two ^ three * 128) & (SLOTS - 1)


cdef inline unsigned int slot_at(Ascii start) noexcept:
    """Return the slot of the three characters at a place; behind a text stands one more byte, a zero."""
    return slot_of(start[0], start[1], start[2])


cdef list found_by_word(str attributes, array ends, tuple words, Py_ssize_t element, Py_ssize_t last):
    """Return the elements from `element` to `last` that hold each word, None for those that none holds.

    The caller sees to it that 0 <= `element` <= `last` < len(`ends`).
    """
    cdef Py_ssize_t count = len(words)
    cdef unsigned char[SLOTS] begun  # whether three characters are the first of a word, or those behind its first
    cdef unsigned char[256] first  # by its first character: 1 + the number of a word
    cdef unsigned char[MOST_WORDS] following  # the same for the next word of that character
    cdef Ascii[MOST_WORDS] texts
    cdef Py_ssize_t[MOST_WORDS] sizes
    cdef Py_ssize_t[MOST_WORDS] after  # where each word is looked for again: behind the element that has it
    cdef Py_ssize_t k, at, place, start, stop, end
    cdef unsigned int char
    cdef str word
    if count > MOST_WORDS or not PyUnicode_IS_ASCII(attributes):
        raise ValueError("more words than there is room for, or attributes that are not ASCII")
    cdef long long *end_of = ends.data.as_longlongs
    if ends.ob_descr.typecode != b"q" or end_of[len(ends) - 1] != PyUnicode_GET_LENGTH(attributes):
        raise ValueError("the ends are not those of the attributes")
    cdef Ascii text = <Ascii>PyUnicode_DATA(attributes)
    start = end_of[element - 1] if element > 0 else 0
    stop = end_of[last]
    if not 0 <= start <= stop <= PyUnicode_GET_LENGTH(attributes):
        raise ValueError("the ends do not rise")
    cdef Py_ssize_t shortest = PyUnicode_GET_LENGTH(attributes)
    for k in range(count):
        word = words[k]
        sizes[k] = PyUnicode_GET_LENGTH(word)
        if sizes[k] < 2 or not PyUnicode_IS_ASCII(word):
            raise ValueError(f"not a word of two ASCII characters or more: {word!r}")
        texts[k] = <Ascii>PyUnicode_DATA(word)
        shortest = min(shortest, sizes[k])
    if count <= FEW_WORDS or shortest < THREE:
        return [naming(text, end_of, element, last, texts[k], sizes[k]) for k in range(count)]
    memset(begun, 0, sizeof(begun))
    memset(first, 0, sizeof(first))
    for k in range(count):
        after[k] = start
        begun[slot_of(texts[k][0], texts[k][1], texts[k][2])] = 1
        if sizes[k] > THREE:
            begun[slot_of(texts[k][1], texts[k][2], texts[k][3])] = 1
        else:
            for char in range(ASCII):
                begun[slot_of(texts[k][1], texts[k][2], char)] = 1
        following[k] = first[texts[k][0]]
        first[texts[k][0]] = <unsigned char>(k + 1)
    cdef list by_word = [None] * count
    end = end_of[element]
    at = start
    while at + 1 < stop:  # every second place is asked, for a word that begins there or before it
        if at + 8 < stop and not (
            begun[slot_at(text + at)]
            | begun[slot_at(text + at + 2)]
            | begun[slot_at(text + at + 4)]
            | begun[slot_at(text + at + 6)]
        ):
            at += 8
            continue
        if begun[slot_at(text + at)]:
            for place in range(max(at - 1, start), at + 1):
                while place >= end:
                    element += 1
                    end = end_of[element]
                k = first[text[place]]
                while k:
                    k -= 1
                    if place >= after[k] and place + sizes[k] <= stop and memcmp(texts[k], text + place, sizes[k]) == 0:
                        after[k] = end
                        if by_word[k] is None:
                            by_word[k] = [element]
                        else:
                            (<list>by_word[k]).append(element)
                    k = following[k]
        at += 2
    return by_word


cdef list naming(Ascii text, const long long *end_of, Py_ssize_t element, Py_ssize_t last, Ascii word, Py_ssize_t size):
    """Return the elements from `element` to `last` that hold a word, None where none does."""
    cdef Py_ssize_t stop = end_of[last]
    cdef Py_ssize_t at = next_place(text, end_of[element - 1] if element > 0 else 0, stop, word, size)
    cdef list found = []
    while at < stop:
        while at >= end_of[element]:
            element += 1
        found.append(element)
        at = next_place(text, end_of[element], stop, word, size)
    return found or None
