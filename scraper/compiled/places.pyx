# cython: language_level=3, wraparound=False
"""The compiled twins of `index_of` and `words_within` of scraper/metadata/places.py, which say what is right.

All words are looked for in one pass over the attributes, not in one pass each.
"""

from libc.string cimport memcmp, memset

include "strings.pxi"

ctypedef const unsigned char *Ascii

cdef enum:
    MOST_WORDS = 64


def index_of(list tags not None, list sources not None, frozenset wanted not None):
    """Return the three parts of `Places`; `wanted`: the tags to index."""
    cdef dict by_tag = {}
    cdef list ends = []
    cdef Py_ssize_t total = 0
    cdef Py_ssize_t i, k, size
    cdef str source
    cdef int kind
    cdef const void *data
    cdef unsigned int char
    for i in range(len(tags)):
        tag = tags[i]
        if tag in wanted:
            found = by_tag.get(tag)
            if found is None:
                by_tag[tag] = [i]
            else:
                (<list>found).append(i)
    for i in range(len(sources)):
        source = sources[i]
        if source is None:
            raise TypeError("a source must be a str")
        total += PyUnicode_GET_LENGTH(source)
        ends.append(total)
    attributes = PyUnicode_New(total, 127)
    if not total:
        return by_tag, attributes, ends
    cdef unsigned char *text = <unsigned char *>PyUnicode_DATA(attributes)
    for i in range(len(sources)):
        source = sources[i]
        size = PyUnicode_GET_LENGTH(source)
        kind = PyUnicode_KIND(source)
        data = PyUnicode_DATA(source)
        for k in range(size):
            char = <unsigned int>PyUnicode_READ(kind, data, k)
            if 65 <= char <= 90:
                char += 32
            text[k] = <unsigned char>char if char < 128 else 63
        text += size
    return by_tag, attributes, ends


def words_within(str attributes not None, list ends not None, tuple words not None, Py_ssize_t low, Py_ssize_t high):
    """Return what `Places.within` does: by word, in the order of `words`, and in document order for each."""
    cdef Py_ssize_t count = len(words)
    cdef Py_ssize_t elements = len(ends)
    cdef unsigned char[8192] begun  # a bit for each pair of characters that begins a word
    cdef Ascii[MOST_WORDS] texts
    cdef Py_ssize_t[MOST_WORDS] sizes
    cdef Py_ssize_t[MOST_WORDS] after  # where each word is looked for again: behind the element that has it
    cdef Py_ssize_t k, at, start, stop, element, end
    cdef unsigned int pair
    cdef str word
    if not elements or high < low:
        return {}
    if count > MOST_WORDS or not PyUnicode_IS_ASCII(attributes):
        raise ValueError("more words than there is room for, or attributes that are not ASCII")
    if ends[elements - 1] != PyUnicode_GET_LENGTH(attributes):
        raise ValueError("the ends are not those of the attributes")
    cdef Ascii text = <Ascii>PyUnicode_DATA(attributes)
    element = low if low > 0 else 0
    if element >= elements:
        return {}
    start = ends[element - 1] if element > 0 else 0
    stop = ends[min(high, elements - 1)]
    memset(begun, 0, sizeof(begun))
    for k in range(count):
        word = words[k]
        sizes[k] = PyUnicode_GET_LENGTH(word)
        if sizes[k] < 2 or not PyUnicode_IS_ASCII(word):
            raise ValueError(f"not a word of two ASCII characters or more: {word!r}")
        texts[k] = <Ascii>PyUnicode_DATA(word)
        after[k] = start
        pair = texts[k][0] * 256 + texts[k][1]
        begun[pair >> 3] |= 1 << (pair & 7)
    cdef list by_word = [None] * count
    end = ends[element]
    for at in range(start, stop - 1):
        pair = text[at] * 256 + text[at + 1]
        if not begun[pair >> 3] & (1 << (pair & 7)):
            continue
        while at >= end:
            element += 1
            end = ends[element]
        for k in range(count):
            if (
                at >= after[k]
                and at + sizes[k] <= stop
                and texts[k][0] == text[at]
                and memcmp(texts[k], text + at, sizes[k]) == 0
            ):
                after[k] = end
                if by_word[k] is None:
                    by_word[k] = [element]
                else:
                    (<list>by_word[k]).append(element)
    cdef dict found = {}
    for k in range(count):
        if by_word[k] is not None:
            for place in <list>by_word[k]:
                found.setdefault(place, words[k])
    return found
