# cython: language_level=3, wraparound=False, cdivision=True
# Lists keep their bounds checks.
"""Twin of scraper/body/kinds/page_flow.py: one pass over the blocks, and all words are counted in one pass over a text."""

cimport cython
from cpython.mem cimport PyMem_Calloc, PyMem_Free
from cpython.object cimport PyObject
from libc.math cimport log1p
from libc.string cimport memset

from scraper.body.kinds import page_flow as _flow

include "strings.pxi"

cdef int SHORT = _flow._SHORT
cdef int PROSE = _flow._PROSE
cdef double LINKED = _flow._LINKED
cdef int PROSE_READ = _flow._PROSE_READ
cdef int WIDE_WEIGHT = _flow._WIDE_WEIGHT
cdef object WIDE = _flow._WIDE
cdef int SAMPLE = _flow._SAMPLE
cdef object HEADS = _flow._HEADS
cdef tuple COUNTED = _flow._COUNTED
cdef object head_at = _flow.head_at
cdef object said_by = _flow.said_by

cdef struct Word:
    int kind
    const void *data
    Py_ssize_t size
    int next  # word with the same slot; -1: none
    int group

cdef struct Tally:
    Py_ssize_t[64] free_from  # where the next one of a word may begin: its occurrences do not overlap
    Py_ssize_t[64] found  # by group

cdef enum:
    MOST = 64  # words of one call
    SLOTS = 256  # by first character
    PAIRS = 64  # characters that are told apart in the table of pairs
    KINDS = 64  # slots for tags

ctypedef unsigned char[4096] Pairs  # whether a word may begin with two characters


@cython.final
cdef class Words:
    """What is looked for."""

    cdef Word[64] words
    cdef int[256] first  # word that begins in a slot; -1: none
    cdef Pairs pairs
    cdef int count
    cdef tuple groups  # they hold the characters

    def __init__(self, tuple groups not None):
        cdef int group = 0
        memset(self.first, 0xFF, sizeof(self.first))  # -1
        self.groups = groups
        for names in groups:
            for name in <tuple?>names:
                self.add(name, group)
            group += 1

    cdef int add(self, str name, int group) except -1:
        cdef Word *word = &self.words[self.count]
        cdef Py_UCS4 char
        cdef int slot, second
        if self.count == MOST or group >= MOST or not name:
            raise ValueError("too many words, or an empty one")
        word.kind, word.data, word.size = PyUnicode_KIND(name), PyUnicode_DATA(name), PyUnicode_GET_LENGTH(name)
        word.group = group
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

    cdef void tell(self, str text, bint lower, Tally *tally) noexcept:
        """Count the words in a text; with `lower`, which only ASCII may ask for, in its lower case."""
        cdef int kind = PyUnicode_KIND(text)
        cdef const void *data = PyUnicode_DATA(text)
        cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
        memset(tally.free_from, 0, self.count * sizeof(Py_ssize_t))
        if kind == 1:
            count_all[Py_UCS1](<const Py_UCS1 *>data, size, lower, self, tally)
        elif kind == 2:
            count_all[Py_UCS2](<const Py_UCS2 *>data, size, lower, self, tally)
        else:
            count_all[Py_UCS4](<const Py_UCS4 *>data, size, lower, self, tally)


cdef Words LABELS = Words(tuple(_flow._LABELS.values()))
cdef Words MARKUP = Words(tuple(_flow._MARKUP.values()))
cdef Words SPEECH = Words(_flow._SPEECH)
cdef tuple LABEL_NAMES = tuple(_flow._LABELS)
cdef tuple MARKUP_NAMES = tuple(_flow._MARKUP)


def occurrences(str text not None, tuple groups not None):
    """Return for each group of words how often one of them stands in the text, as `str.count` counts."""
    cdef Words words = Words(groups)
    cdef Tally tally
    cdef Py_ssize_t k
    memset(&tally, 0, sizeof(tally))
    words.tell(text, False, &tally)
    return [tally.found[k] for k in range(len(groups))]


cdef inline int slot_of(Py_UCS4 char) noexcept:
    return <int>(<unsigned int>char & (SLOTS - 1))


cdef inline int pair_of(Py_UCS4 first, Py_UCS4 second) noexcept:
    return <int>((<unsigned int>first & (PAIRS - 1)) * PAIRS | (<unsigned int>second & (PAIRS - 1)))


cdef inline Py_UCS4 lowered(Py_UCS4 char, bint lower) noexcept:
    return <Py_UCS4>(<unsigned int>char | 32) if lower and u"A" <= char <= u"Z" else char


cdef unsigned char[256] STRAIGHT
cdef unsigned char[256] FOLDED
for _char in range(256):
    STRAIGHT[_char] = _char % PAIRS
    FOLDED[_char] = (_char | 32 if 0x41 <= _char <= 0x5a else _char) % PAIRS


cdef void count_all(const Char *text, Py_ssize_t size, bint lower, Words words, Tally *tally) noexcept:
    cdef Py_ssize_t i
    cdef int at, number
    cdef unsigned int two = 0
    cdef Word *word
    cdef const unsigned char *parts = &FOLDED[0] if lower else &STRAIGHT[0]
    if size:
        two = part_of(text[0], parts)
    for i in range(size):
        two = (two * PAIRS + (part_of(text[i + 1], parts) if i + 1 < size else 0)) % (PAIRS * PAIRS)
        if not words.pairs[two]:
            continue
        at = words.first[slot_of(lowered(text[i], lower))]
        while at >= 0:
            number = at
            word = &words.words[at]
            at = word.next
            if i >= tally.free_from[number] and word.size <= size - i and stands_at(text + i, lower, word):
                tally.found[word.group] += 1
                tally.free_from[number] = i + word.size


cdef inline unsigned int part_of(Py_UCS4 char, const unsigned char *parts) noexcept:
    """What a character counts for in a pair."""
    return parts[<unsigned int>char] if char < 256 else <unsigned int>char % PAIRS


cdef inline bint stands_at(const Char *text, bint lower, const Word *word) noexcept:
    cdef Py_ssize_t k
    for k in range(word.size):
        if lowered(text[k], lower) != PyUnicode_READ(word.kind, word.data, k):
            return False
    return True


def flow_of(snapshot, list segments not None):
    """Return the signals, as `body.page_flow.flow_of` does.

    Raises:
        IndexError: a block is none of the snapshot's.

    """
    return Flow(snapshot, segments).signals()


@cython.final
cdef class Flow:
    """A page's text, looked at once."""

    cdef list tags, sources, parents, segments
    cdef Py_ssize_t count, elements
    cdef int wide
    cdef long long chars
    cdef Py_ssize_t headed, h1
    cdef Tally labels, markup, speech
    # prose
    cdef Py_ssize_t blocks, first, in_p, in_li, read_chars
    cdef long long prose_chars
    cdef list texts
    cdef Py_ssize_t *owners  # of the blocks
    cdef double *linked  # their characters in links
    cdef long long *held  # characters of prose in a holder, by element + 1: -1 holds what stands outside of all
    cdef list holders

    def __cinit__(self, snapshot, list segments):
        self.tags, self.sources, self.parents = snapshot.tags, snapshot.sources, snapshot.parents
        self.segments = segments
        self.count, self.elements = len(segments), len(self.tags)
        if not len(self.sources) == len(self.parents) == self.elements:
            raise IndexError("a snapshot's lists of elements differ in length")
        self.held = <long long *>PyMem_Calloc(self.elements + 1, sizeof(long long))
        self.owners = <Py_ssize_t *>PyMem_Calloc(self.count + 1, sizeof(Py_ssize_t))
        self.linked = <double *>PyMem_Calloc(self.count + 1, sizeof(double))
        if not self.held or not self.owners or not self.linked:
            raise MemoryError
        self.holders = []
        self.texts = []

    def __dealloc__(self):
        PyMem_Free(self.held)
        PyMem_Free(self.owners)
        PyMem_Free(self.linked)

    cdef int read_blocks(self) except -1:
        cdef Py_ssize_t k
        cdef str text
        for k in range(self.count):
            block = self.segments[k]
            text = block.text
            if text is None:
                raise TypeError("a block without text")
            self.texts.append(text)
            self.owners[k] = block.element
            self.linked[k] = block.link_chars
            if not 0 <= self.owners[k] < self.elements:
                raise IndexError("a block outside of the page")
        return 0

    cdef dict signals(self):
        cdef dict found = {}
        cdef Py_ssize_t k
        self.read_blocks()
        self.read_labels()
        self.read_markup()
        self.read_prose()
        self.count_tags(found)
        found["elements"] = log1p(<double>self.elements)
        found["blocks"] = log1p(<double>self.count)
        found["headed"] = <double>self.headed / <double>(self.count + 1)
        self.tell_prose(found)
        self.tell_speech(found)
        found.update(head_at(self.segments, self.h1, self.first))
        for k in range(len(LABEL_NAMES)):
            found[LABEL_NAMES[k]] = log1p(<double>self.labels.found[k])
        for k in range(len(MARKUP_NAMES)):
            found[MARKUP_NAMES[k]] = log1p(<double>self.markup.found[k])
        return found

    cdef int read_labels(self) except -1:
        """Count what the short texts say; find whether the page is written in wide characters."""
        cdef Py_ssize_t size, room = SAMPLE, head = 0, wide = 0
        cdef str text, sample
        cdef bint ascii, begun = False
        for text in self.texts:
            size = PyUnicode_GET_LENGTH(text)
            self.chars += size
            if size < SHORT:
                ascii = PyUnicode_IS_ASCII(text)
                if not ascii:
                    text = text.lower()
                    size = len(text)
                LABELS.tell(text, ascii, &self.labels)
                if room > 0:  # of the sample, in which a line break stands between two texts
                    if begun:
                        head += 1
                        room -= 1
                    begun = True
                    if not ascii:
                        sample = text if size <= room else text[:room]
                        wide += len(WIDE.findall(sample))
                    head += min(size, room)
                    room -= size
        self.wide = WIDE_WEIGHT if wide * 3 > head else 1
        return 0

    cdef int read_markup(self) except -1:
        """Count the names of the elements that hold text, and of those around them; find headings."""
        cdef Py_ssize_t element, parent, last = -2, k, at
        cdef Tally around
        cdef str tag
        self.h1 = -1
        memset(&around, 0, sizeof(around))
        for at in range(self.count):
            element = self.owners[at]
            tag = self.tags[element]
            self.headed += tag in HEADS
            if self.h1 < 0 and tag == "h1":
                self.h1 = at
            self.tell_source(element, &self.markup)
            parent = self.parents[element]
            if not -1 <= parent < self.elements:
                raise IndexError("a parent outside of the page")
            if parent < 0:
                parent = self.elements - 1  # as a list of Python's reads -1
            if parent != last:
                memset(&around, 0, sizeof(around))
                self.tell_source(parent, &around)
                last = parent
            for k in range(len(MARKUP_NAMES)):
                self.markup.found[k] += around.found[k]
        return 0

    cdef int tell_source(self, Py_ssize_t element, Tally *tally) except -1:
        cdef str source = self.sources[element]
        cdef bint ascii
        if source is None:
            raise TypeError("an element whose attributes are None")
        ascii = PyUnicode_IS_ASCII(source)
        MARKUP.tell(source if ascii else source.lower(), ascii, tally)
        return 0

    cdef int read_prose(self) except -1:
        """Find the blocks of prose, count how they speak, and who holds them."""
        cdef Py_ssize_t size, holder, at
        cdef str text, tag
        self.first = self.count
        for at in range(self.count):
            text = self.texts[at]
            size = PyUnicode_GET_LENGTH(text)
            if size * self.wide >= PROSE and self.linked[at] < LINKED * size:
                if not self.blocks:
                    self.first = at
                if self.blocks < PROSE_READ:
                    SPEECH.tell(text, False, &self.speech)
                    self.read_chars += size + (self.blocks > 0)
                self.blocks += 1
                tag = self.tags[self.owners[at]]
                self.in_p += tag == "p"
                self.in_li += tag == "li" or tag == "td"
                holder = self.parents[self.owners[at]]
                if not self.held[holder + 1]:
                    self.holders.append(holder)
                self.held[holder + 1] += self.wide * size
                self.prose_chars += self.wide * size
        return 0

    cdef int count_tags(self, dict found) except -1:
        """Count elements by their tags: equal ones are mostly one object."""
        cdef PyObject *known[KINDS]
        cdef int kinds[KINDS]
        cdef Py_ssize_t counts[KINDS]
        cdef size_t slot
        cdef int k
        memset(known, 0, sizeof(known))
        memset(counts, 0, sizeof(counts))
        for tag in self.tags:
            slot = (<size_t><PyObject *>tag >> 4) % KINDS
            if known[slot] != <PyObject *>tag:
                known[slot] = <PyObject *>tag
                kinds[slot] = KINDS - 1
                for k in range(<int>len(COUNTED)):
                    if COUNTED[k] == tag:
                        kinds[slot] = k
            counts[kinds[slot]] += 1
        for k in range(<int>len(COUNTED)):
            found["n_" + <str>COUNTED[k]] = log1p(<double>counts[k])
        return 0

    cdef int tell_prose(self, dict found) except -1:
        """Say how much prose there is and where it stands (`_prose`)."""
        cdef double count = <double>(self.blocks + 1)
        cdef double chars = <double>self.prose_chars
        cdef Py_ssize_t top = -1, holder
        cdef long long most = 0
        cdef list chain = []
        for holder in self.holders:
            if self.held[holder + 1] > most:
                top, most = holder, self.held[holder + 1]
        while top > 0:
            chain.append(<str>self.tags[top] + <str>self.sources[top])
            top = self.parent_of(top)
        found["prose_blocks"] = log1p(<double>self.blocks)
        found["prose_chars"] = log1p(chars)
        found["prose_share"] = chars / <double>(self.wide * self.chars + 1)
        found["prose_mean"] = log1p(chars / count)
        found["prose_top"] = <double>most / (chars + 1.0)
        found["prose_top_chars"] = log1p(<double>most)
        found["prose_in_p"] = <double>self.in_p / count
        found["prose_in_li"] = <double>self.in_li / count
        found["holders"] = <double>len(self.holders) / count
        found["articles"] = log1p(<double>self.articles())
        found.update(said_by("\n" + "\n".join(chain).lower()))
        return 0

    cdef Py_ssize_t parent_of(self, Py_ssize_t element) except? -2:
        cdef Py_ssize_t parent = self.parents[element]
        if not -1 <= parent < element:
            raise IndexError("a parent must come before its children")
        return parent

    cdef Py_ssize_t articles(self) except -1:
        """Return how many <article> elements hold an element that holds prose (`_articles`)."""
        cdef unsigned char *seen = <unsigned char *>PyMem_Calloc(self.elements + 1, 1)
        cdef Py_ssize_t at, found = 0
        if not seen:
            raise MemoryError
        try:
            for at in self.holders:
                if at < 0 or <str>self.tags[at] == "article":  # that one alone does not count
                    continue
                while at >= 0 and not seen[at]:
                    seen[at] = True
                    if <str>self.tags[at] == "article":
                        found += 1
                        break
                    at = self.parent_of(at)
        finally:
            PyMem_Free(seen)
        return found

    cdef int tell_speech(self, dict found) except -1:
        """Say how the prose speaks (`_words`)."""
        cdef double per = 1000.0 / <double>(self.read_chars + 500)
        cdef const Py_ssize_t *speech = self.speech.found
        found["ours"] = per * <double>speech[0]
        found["yours"] = per * <double>speech[1]
        found["mine"] = per * <double>speech[2]
        found["quotes"] = log1p(<double>speech[3] + <double>speech[4] / 2.0)
        found["commas"] = 100.0 * <double>speech[5] / <double>(self.read_chars + 100)
        return 0
