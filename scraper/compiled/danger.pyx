# cython: language_level=3, boundscheck=False, wraparound=False, initializedcheck=False
"""The compiled twin of `page.open_elements.danger`: the open elements as the parser would hold them, tag by tag.

That module is the specification; names and limits are its.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from libc.string cimport memchr, memmove, memset

from scraper.page import open_elements as _open

include "hashes.pxi"

ctypedef const unsigned char* Bytes

cdef long long MAX_STEPS = _open._MAX_STEPS
cdef Py_ssize_t MAX_DEPTH = _open._MAX_DEPTH
cdef Py_ssize_t MAX_ATTRIBUTES = _open.MAX_ATTRIBUTES
cdef Py_ssize_t MAX_OPTIONS = _open._MAX_OPTIONS
cdef long long MAX_REOPENED = _open._MAX_REOPENED
cdef Py_ssize_t LONG_TAG = _open._LONG_TAG
cdef int ALIKE = _open._ALIKE

cdef enum:
    FORMATTING = 1
    VOID = 2
    CLOSES_P = 4
    SCOPE = 8
    RAW = 16
    MERGED = 32
    NEAR = 64  # open elements that are looked through at either end of a scope


cdef Hash named(bytes name):
    return hash_of(<Bytes>name, 0, len(name))


cdef Hash hash_of(Bytes html, Py_ssize_t start, Py_ssize_t stop) noexcept:
    """Return the hash of a name in lower case."""
    cdef Hash state = EMPTY
    cdef Py_ssize_t i
    for i in range(start, stop):
        state = mixed(state, lower(html[i]))
    return state


cdef inline unsigned char lower(unsigned char char) noexcept:
    return char | 32 if 65 <= char <= 90 else char


cdef Table KINDS = Table(256)


cdef int _note(names, int bit) except -1:
    cdef double* known
    for name in names:
        known = KINDS.find(named(name))
        KINDS.put(named(name), (known[0] if known is not NULL else 0.0) + bit)
    return 0


_note(_open._FORMATTING, FORMATTING)
_note(_open._VOID, VOID)
_note(_open._CLOSES_P, CLOSES_P)
_note(_open._SCOPES, SCOPE)
_note([b"script", b"style", b"textarea", b"title", b"xmp", b"iframe", b"noembed", b"noframes"], RAW)
_note(_open._MERGED, MERGED)

cdef Table ITSELF = Table(32)
"""Name -> the row of `CLOSES` that says which open elements its start ends."""
cdef Hash[16][4] CLOSES


cdef int _note_closes(dict closed) except -1:
    cdef int row = 0
    cdef int k
    for name, others in closed.items():
        if row == 16 or len(others) > 4:
            raise ValueError("more elements than there is room for")
        ITSELF.put(named(name), <double>row)
        for k, other in enumerate(sorted(others)):
            CLOSES[row][k] = named(other)
        row += 1
    return 0


_note_closes(_open._CLOSES_ITSELF)

cdef Hash A = named(b"a")
cdef Hash P = named(b"p")
cdef Hash OPTION = named(b"option")


def danger(bytes html):
    """Return what would wedge the parser, in words, or None."""
    return Walk().danger(html)


def costs(bytes html):
    """Return (verdict, steps, reopened, options, merged, open, formatting) as the walk left them, for tests."""
    cdef Walk walk = Walk()
    verdict = walk.danger(html)
    return (
        verdict, walk.steps, walk.reopened, walk.options, walk.merged, walk.open.size, walk.formatting.size,
    )


cdef class Stack:
    """Hashes, one on the other."""

    cdef Hash* items
    cdef Py_ssize_t size
    cdef Py_ssize_t room

    def __dealloc__(self):
        PyMem_Free(self.items)

    cdef int push(self, Hash item) except -1:
        cdef Hash* larger
        if self.size == self.room:
            larger = <Hash*>PyMem_Realloc(self.items, (2 * self.room + 64) * sizeof(Hash))
            if larger is NULL:
                raise MemoryError
            self.items = larger
            self.room = 2 * self.room + 64
        self.items[self.size] = item
        self.size += 1
        return 0

    cdef void remove(self, Py_ssize_t place) noexcept:
        memmove(&self.items[place], &self.items[place + 1], (self.size - place - 1) * sizeof(Hash))
        self.size -= 1


cdef class Walk:
    """The open elements, as the parser would hold them, and what handling them will have cost."""

    cdef Stack open, scope_starts, formatting, formatting_entries
    cdef Table counts, formatting_counts
    cdef Py_ssize_t closed_formatting, options, merged
    cdef long long steps, reopened

    def __init__(self):
        self.open, self.scope_starts = Stack(), Stack()
        self.formatting, self.formatting_entries = Stack(), Stack()
        self.counts, self.formatting_counts = Table(64), Table(64)

    cdef str danger(self, bytes page):
        cdef Bytes html = page
        cdef Py_ssize_t size = len(page)
        cdef Py_ssize_t at = 0
        cdef Py_ssize_t end = 0
        cdef Py_ssize_t start, name_stop, stop
        cdef Hash name
        cdef int kind
        cdef bint ends
        while True:
            start = found(html, at, size, 60)
            if start < 0 or start + 1 >= size:
                return None
            at = start + 1
            ends = html[at] == 47 and at + 1 < size and is_letter(html[at + 1])
            if not ends and not is_letter(html[at]):
                if html[at] == 33 or html[at] == 63 or html[at] == 47:
                    if self.closed_formatting and start > end:
                        self.reopen()
                    at = end = after_declaration(html, at, size)
                continue
            if self.closed_formatting and start > end:
                self.reopen()  # text, too, opens formatting anew
            name_stop = at + 1
            while name_stop < size and not (is_space(html[name_stop]) or html[name_stop] == 62 or html[name_stop] == 47):
                name_stop += 1
            name = hash_of(html, at + ends, name_stop)
            kind = kind_of(name)
            stop = after_attributes(html, name_stop, size)
            if kind & RAW and not ends and name_stop < size and stop < size:
                at = end = after_raw(html, stop + 1, size, name, name_stop - at)
                continue
            at = end = min(stop + 1, size)
            if kind & MERGED and not ends:
                self.merged += _open._attributes(page[name_stop:stop])
            if self.merged > MAX_ATTRIBUTES or (
                stop - name_stop > LONG_TAG and _open._attributes(page[name_stop:stop]) > MAX_ATTRIBUTES
            ):
                return f"more than {MAX_ATTRIBUTES:,} attributes in one tag"
            if ends:
                self.end(name, kind)
            else:
                self.start(name, kind, html, name_stop, stop)
            if self.steps > MAX_STEPS or self.open.size > MAX_DEPTH:
                return f"elements nested {self.open.size:,} deep"
            if self.reopened > MAX_REOPENED:
                return "formatting that is never closed"
            if self.options > MAX_OPTIONS:
                return f"more than {MAX_OPTIONS:,} options"

    cdef int start(self, Hash name, int kind, Bytes html, Py_ssize_t rest, Py_ssize_t stop) except -1:
        cdef double* row
        cdef Hash entry = name
        cdef Py_ssize_t i
        if name == OPTION:
            self.options += 1
        if kind & CLOSES_P:
            self.steps += self.open.size - self.scope_start(0)
            if self.count(P) and not self.hidden(P):
                self.pop_to(P)
        row = ITSELF.find(name)
        if row is not NULL:
            while self.open.size and closes(<int>row[0], self.open.items[self.open.size - 1]):
                self.pop()
        if self.closed_formatting and not kind & CLOSES_P:
            self.reopen()
        if kind & VOID:
            return 0
        self.push(name)
        if kind & FORMATTING and name != A:
            entry = mixed(entry, 0)
            for i in range(rest, stop):
                entry = mixed(entry, html[i])
            if self.formatting_count(entry) < ALIKE:
                self.formatting_counts.put(entry, self.formatting_count(entry) + 1)
                self.formatting.push(name)
                self.formatting_entries.push(entry)
        return 0

    cdef int end(self, Hash name, int kind) except -1:
        if kind & FORMATTING:
            self.forget(name)
            if self.count(name) and self.open.items[self.open.size - 1] != name:
                self.adopt(name)
                return 0
        if self.count(name):
            self.pop_to(name)
        else:
            self.steps += self.open.size
        return 0

    cdef int adopt(self, Hash name) except -1:
        """End formatting whose contents stay open (HTML standard, "adoption agency algorithm")."""
        cdef Py_ssize_t place = self.open.size - 1
        while place > 0 and self.open.items[place] != name:
            place -= 1
        self.steps += 2 * (self.open.size - place)
        if not self.scope_starts.size or place > self.scope_start(0):
            self.open.remove(place)
            self.counts.put(name, self.count(name) - 1)
        return 0

    cdef bint hidden(self, Hash name) noexcept:
        """Whether a scope begins above the innermost open element of a name."""
        cdef Py_ssize_t i, first
        if not self.scope_starts.size:
            return False
        first = self.scope_start(0)
        for i in range(first, min(first + NEAR, self.open.size)):
            if self.open.items[i] == name:
                return False
        for i in range(max(0, self.open.size - NEAR), self.open.size):
            if self.open.items[i] == name:
                return False
        return True

    cdef inline Py_ssize_t scope_start(self, Py_ssize_t none) noexcept:
        if not self.scope_starts.size:
            return none
        return <Py_ssize_t>self.scope_starts.items[self.scope_starts.size - 1]

    cdef inline double count(self, Hash name) noexcept:
        cdef double* known = self.counts.find(name)
        return known[0] if known is not NULL else 0.0

    cdef inline double formatting_count(self, Hash entry) noexcept:
        cdef double* known = self.formatting_counts.find(entry)
        return known[0] if known is not NULL else 0.0

    cdef int push(self, Hash name) except -1:
        if kind_of(name) & SCOPE:
            self.scope_starts.push(<Hash>self.open.size)
        self.open.push(name)
        self.counts.put(name, self.count(name) + 1)
        return 0

    cdef Hash pop(self) except? 0:
        if not self.open.size:
            raise IndexError("no element is open")
        self.open.size -= 1
        cdef Hash name = self.open.items[self.open.size]
        self.counts.put(name, self.count(name) - 1)
        if self.scope_start(-1) == self.open.size:
            self.scope_starts.size -= 1
        return name

    cdef int pop_to(self, Hash name) except -1:
        cdef Hash popped = self.pop()
        while popped != name:
            if popped != A and kind_of(popped) & FORMATTING:
                self.closed_formatting = min(self.closed_formatting + 1, self.formatting.size)
            popped = self.pop()
        return 0

    cdef int reopen(self) except -1:
        """Open again what was closed by another element's end."""
        cdef Py_ssize_t i
        cdef Py_ssize_t first = self.formatting.size - self.closed_formatting
        self.reopened += self.closed_formatting
        for i in range(first, self.formatting.size):
            self.push(self.formatting.items[i])
        self.closed_formatting = 0
        return 0

    cdef int forget(self, Hash name) except -1:
        cdef Py_ssize_t size = self.formatting.size
        cdef Py_ssize_t i
        cdef Hash entry
        for i in range(size - 1, max(-1, size - NEAR), -1):
            if self.formatting.items[i] == name:
                entry = self.formatting_entries.items[i]
                self.formatting.remove(i)
                self.formatting_entries.remove(i)
                self.formatting_counts.put(entry, self.formatting_count(entry) - 1)
                self.closed_formatting = min(self.closed_formatting, self.formatting.size)
                return 0
        return 0


cdef inline int kind_of(Hash name) noexcept:
    cdef double* known = KINDS.find(name)
    return <int>known[0] if known is not NULL else 0


cdef inline bint closes(int row, Hash name) noexcept:
    return CLOSES[row][0] == name or CLOSES[row][1] == name or CLOSES[row][2] == name or CLOSES[row][3] == name


cdef inline bint is_letter(unsigned char char) noexcept:
    return 97 <= char <= 122 or 65 <= char <= 90


cdef inline bint is_space(unsigned char char) noexcept:
    return char == 32 or 9 <= char <= 13


cdef Py_ssize_t found(Bytes html, Py_ssize_t start, Py_ssize_t size, int char) noexcept:
    """Return where a byte stands from `start` on; -1: nowhere."""
    cdef const unsigned char* place
    if start >= size:
        return -1
    place = <const unsigned char*>memchr(html + start, char, size - start)
    return -1 if place is NULL else place - html


cdef Py_ssize_t after_attributes(Bytes html, Py_ssize_t at, Py_ssize_t size) noexcept:
    """Return where the ">" of a tag stands, quotes heeded; `size` where it never ends."""
    cdef unsigned char char
    while at < size:
        char = html[at]
        if char == 62:
            return at
        if char == 34 or char == 39:
            at = found(html, at + 1, size, char)
            if at < 0:
                return size
        at += 1
    return size


cdef Py_ssize_t after_declaration(Bytes html, Py_ssize_t at, Py_ssize_t size) noexcept:
    """Return where a comment ends, or the ">" of another declaration stands."""
    cdef Py_ssize_t i
    if html[at] == 33 and at + 2 < size and html[at + 1] == 45 and html[at + 2] == 45:
        i = at + 3
        while True:
            i = found(html, i, size, 45)
            if i < 0 or i + 2 >= size:
                return size
            if html[i + 1] == 45:
                if html[i + 2] == 62:
                    return i + 3
                if html[i + 2] == 33 and i + 3 < size and html[i + 3] == 62:
                    return i + 4
            i += 1
    i = found(html, at + 1, size, 62)
    return size if i < 0 else i


cdef Py_ssize_t after_raw(Bytes html, Py_ssize_t at, Py_ssize_t size, Hash name, Py_ssize_t length) noexcept:
    """Return where the end tag of an element of raw text is read up to; `size` where there is none."""
    cdef Py_ssize_t stop
    while True:
        at = found(html, at, size, 60)
        if at < 0:
            return size
        stop = at + 2 + length
        if stop < size and html[at + 1] == 47:
            if (is_space(html[stop]) or html[stop] == 47 or html[stop] == 62) and hash_of(html, at + 2, stop) == name:
                return stop
        at += 1
