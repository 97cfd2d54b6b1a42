# cython: language_level=3, wraparound=False, cdivision=True
# Lists keep their bounds checks.
"""Twin of `block_rows` of scraper/body/blocks/segment.py, whose plain Python says what is right.

A number that a list of the snapshot holds becomes an index only after a comparison with the length of what it points to.
"""

cimport cython
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from cpython.object cimport PyObject
from libc.string cimport memset

include "strings.pxi"

cdef enum Kind:  # of an element, by its tag; may be several
    IS_INLINE = 1
    IS_SKIPPED = 2
    IS_ROOT = 4
    IS_LINK = 8
    IS_BREAK = 16
    IS_DATA = 32
    IS_PARAGRAPH = 64

cdef enum:
    SLOTS = 64  # of the table of tags met before: a page has some forty


def block_rows(snapshot, frozenset inline not None, frozenset skipped not None):
    """Return (element, start, end, text, link_chars, links) of each block of text outside `skipped`, in order."""
    cdef Page page = Page(snapshot)
    page.read_elements(inline, skipped)
    return page.rows()


@cython.final
cdef class Page:
    """A snapshot, and what its elements say of its text nodes."""

    cdef list tags, parents, starts, ends, texts, text_parents
    cdef Py_ssize_t count, text_count
    cdef Py_ssize_t *block_of  # the block-level element that the text of an element belongs to; -1: never shown
    cdef Py_ssize_t *link_of  # the link around a text node; -1: none
    cdef int *breaks  # <br> before a text node
    cdef char *fences  # whether a boundary of a block-level element is before a text node

    def __cinit__(self, snapshot):
        self.tags, self.parents = snapshot.tags, snapshot.parents
        self.starts, self.ends = snapshot.text_starts, snapshot.text_ends
        self.texts, self.text_parents = snapshot.texts, snapshot.text_parents
        self.count, self.text_count = len(self.tags), len(self.texts)
        if len(self.parents) != self.count or len(self.starts) != self.count or len(self.ends) != self.count:
            raise IndexError("not one parent, start and end for each element")
        if len(self.text_parents) != self.text_count:
            raise IndexError("not one parent for each text node")
        self.block_of = <Py_ssize_t *> PyMem_Malloc((self.count + 1) * sizeof(Py_ssize_t))
        self.link_of = <Py_ssize_t *> PyMem_Malloc((self.text_count + 1) * sizeof(Py_ssize_t))
        self.breaks = <int *> PyMem_Calloc(self.text_count + 1, sizeof(int))
        self.fences = <char *> PyMem_Calloc(self.text_count + 1, sizeof(char))
        if not self.block_of or not self.link_of or not self.breaks or not self.fences:
            raise MemoryError
        memset(self.link_of, 0xff, (self.text_count + 1) * sizeof(Py_ssize_t))  # -1

    def __dealloc__(self):
        PyMem_Free(self.block_of)
        PyMem_Free(self.link_of)
        PyMem_Free(self.breaks)
        PyMem_Free(self.fences)

    cdef int read_elements(self, frozenset inline, frozenset skipped) except -1:
        """Fill the four arrays: what `_block_elements` and `_boundaries` return."""
        cdef PyObject *known[SLOTS]
        cdef int kinds[SLOTS]
        cdef int kind
        cdef char *kind_of = <char *> PyMem_Malloc(self.count + 1)
        cdef Py_ssize_t i, k, parent, start, end, linked = 0
        cdef size_t slot
        cdef str tag
        if not kind_of:
            raise MemoryError
        memset(known, 0, sizeof(known))
        try:
            for i in range(self.count):
                tag = self.tags[i]
                slot = (<size_t> <PyObject *> tag >> 4) % SLOTS  # a compiled walk gives equal tags as one object
                if known[slot] != <PyObject *> tag:
                    kinds[slot] = kind_by_tag(tag, inline, skipped)
                    known[slot] = <PyObject *> tag
                kind = kind_of[i] = kinds[slot]
                parent, start, end = self.parents[i], self.starts[i], self.ends[i]
                if parent >= i or start < 0 or end < 0 or start > self.text_count or end > self.text_count:
                    raise IndexError("an element points outside of the page")
                if kind & IS_LINK:
                    # Links inside links belong to the outer one: each text is met once.
                    for k in range(max(start, linked), end):
                        self.link_of[k] = i
                    linked = max(linked, end)
                elif kind & IS_BREAK:
                    self.breaks[start] += 1
                elif not kind & IS_INLINE and not (kind & IS_DATA and self.is_in_paragraph(parent, kind_of)):
                    self.fences[start] = self.fences[end] = True
                if parent >= 0 and self.block_of[parent] < 0:
                    self.block_of[i] = i if kind_of[parent] & IS_ROOT else -1
                elif kind & IS_INLINE:
                    self.block_of[i] = self.block_of[parent] if parent >= 0 else i
                else:
                    self.block_of[i] = -1 if kind & IS_SKIPPED else i
        finally:
            PyMem_Free(kind_of)
        return 0

    cdef bint is_in_paragraph(self, Py_ssize_t element, char *kind_of) noexcept nogil:
        """Whether an element is an inline one within a <p>."""
        cdef Py_ssize_t owner
        if element < 0 or not kind_of[element] & IS_INLINE:
            return False
        owner = self.block_of[element]
        return owner >= 0 and kind_of[owner] & IS_PARAGRAPH != 0

    cdef list rows(self):
        """Return the blocks' rows, as `block_rows` does."""
        cdef list found = []
        cdef Line line = Line()
        cdef Py_ssize_t k, parent, element, start = -1, owner = -1, last = -1
        cdef str text
        for k in range(self.text_count):
            text = self.text(k)
            if is_blank(text):
                continue
            parent = self.text_parents[k]
            if parent >= self.count:
                raise IndexError("a text node points outside of the page")
            element = self.block_of[parent] if parent >= 0 else -1
            if start >= 0 and (element != owner or self.splits(last + 1, k)):
                self.add_row(found, line, owner, start, last + 1)
                start = -1
            if element < 0:
                continue
            if start < 0:
                start = k
                owner = element
            last = k
        if start >= 0:
            self.add_row(found, line, owner, start, last + 1)
        return found

    cdef inline str text(self, Py_ssize_t k):
        """Return a text node, whose characters may be read: None has none."""
        cdef str text = self.texts[k]
        if text is None:
            raise TypeError("a text node is None")
        return text

    cdef bint splits(self, Py_ssize_t first, Py_ssize_t k) noexcept nogil:
        """Whether something between text node `first - 1` and text node `k` ends a block."""
        cdef Py_ssize_t at
        cdef int count = 0
        for at in range(first, k + 1):
            if self.fences[at]:
                return True
            count += self.breaks[at]
        return count >= 2

    cdef int add_row(self, list rows, Line line, Py_ssize_t owner, Py_ssize_t start, Py_ssize_t end) except -1:
        """Add the block of some text nodes; none where they show nothing."""
        cdef Py_ssize_t k, links = 0, link_chars = 0, length = 0, link = -1
        cdef int kind = 1
        cdef str text
        for k in range(start, end):
            text = self.text(k)
            length += PyUnicode_GET_LENGTH(text) + 1
            kind = max(kind, PyUnicode_KIND(text))
        line.begin(kind, length)
        for k in range(start, end):
            text = self.text(k)
            if k > start and self.breaks[k]:
                line.end()
            line.add(text)
            if self.link_of[k] >= 0:
                link_chars += stripped_length(text)
                links += self.link_of[k] != link  # they ascend
                link = self.link_of[k]
        if not line.size:
            return 0
        if end - start > 1:
            link_chars = min(link_chars, line.size)
            text = line.text()
        else:
            link_chars = line.size if links else 0
            if not line.same:
                text = line.text()
        rows.append((owner, start, end, text, link_chars, links))
        return 0


cdef int kind_by_tag(str tag, frozenset inline, frozenset skipped) except -1:
    cdef int kind = 0
    if tag in inline:
        kind |= IS_INLINE
    if tag in skipped:
        kind |= IS_SKIPPED
    if tag == "html":
        kind |= IS_ROOT
    elif tag == "a":
        kind |= IS_LINK
    elif tag == "br":
        kind |= IS_BREAK
    elif tag == "meta" or tag == "link":
        kind |= IS_DATA
    elif tag == "p":
        kind |= IS_PARAGRAPH
    return kind


@cython.final
cdef class Line:
    """Text that is cleaned while it is written, "\\n" between its lines; the memory serves one text after the other."""

    cdef void *data
    cdef Py_ssize_t room  # bytes
    cdef int kind  # bytes of a character
    cdef Py_ssize_t size  # characters so far
    cdef bint same  # whether the text added is what was written
    cdef bint seen  # whether this line has begun
    cdef bint spaced  # whether white space came since
    cdef bint broken  # whether a line before has text

    def __dealloc__(self):
        PyMem_Free(self.data)

    cdef int begin(self, int kind, Py_ssize_t most) except -1:
        """Make room for `most` characters; each that is added, and each line, writes one at the most."""
        cdef void *moved
        if self.room < most * kind:
            moved = PyMem_Realloc(self.data, 2 * most * kind)
            if not moved:
                raise MemoryError
            self.data = moved
            self.room = 2 * most * kind
        self.kind = kind
        self.size = 0
        self.same = True
        self.seen = self.spaced = self.broken = False
        return 0

    cdef void end(self) noexcept:
        """End a line; it stays away where it has no text."""
        self.broken = self.size > 0
        self.seen = self.spaced = False

    cdef void add(self, str text) noexcept:
        """Add text to the line."""
        cdef int kind = PyUnicode_KIND(text)
        cdef void *data = PyUnicode_DATA(text)
        cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
        if kind == 1:
            write[Py_UCS1](self, <const Py_UCS1 *> data, length)
        elif kind == 2:
            write[Py_UCS2](self, <const Py_UCS2 *> data, length)
        else:
            write[Py_UCS4](self, <const Py_UCS4 *> data, length)
        if self.spaced:
            self.same = False

    cdef str text(self):
        """Return what was written."""
        return PyUnicode_FromKindAndData(self.kind, self.data, self.size)


cdef void write(Line line, const Char *s, Py_ssize_t length) noexcept nogil:
    """Add characters to a line: one at the most for each, and one for the line before, if it has text."""
    cdef Py_ssize_t i
    cdef Py_UCS4 char
    for i in range(length):
        char = s[i]
        if not 0x21 <= char <= 0x7e:  # else it is a letter, a digit, a common sign
            if is_space(char):
                line.same &= char == 0x20 and line.seen and not line.spaced
                line.spaced = True
                continue
            if is_invisible(char):
                line.same = False
                continue
        if line.seen:
            if line.spaced:
                put(line, 0x20)
                line.spaced = False
        else:
            line.seen = True
            line.spaced = False
        if char < 0x20 or 0x7f <= char <= 0x9f:
            line.same = False
        else:
            put(line, char)


cdef inline void put(Line line, Py_UCS4 char) noexcept nogil:
    if line.broken:
        PyUnicode_WRITE(line.kind, line.data, line.size, 0x0a)
        line.size += 1
        line.broken = False
    PyUnicode_WRITE(line.kind, line.data, line.size, char)
    line.size += 1


cdef inline bint is_space(Py_UCS4 char) noexcept nogil:
    """What str.isspace() says."""
    return char == 0x20 or (char < 0x20 or char > 0x7f) and Py_UNICODE_ISSPACE(char)


cdef inline bint is_invisible(Py_UCS4 char) noexcept nogil:
    """Whether it is one of `_INVISIBLE`."""
    return char == 0xad or char == 0x200b or char == 0x2060 or char == 0xfeff


cdef bint is_blank(str text) noexcept:
    """What text.isspace() says."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    return length > 0 and leading_space(text) == length


cdef Py_ssize_t stripped_length(str text) noexcept:
    """Return len(text.strip())."""
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text), leading = leading_space(text)
    return length - leading - trailing_space(text) if leading < length else 0


cdef Py_ssize_t leading_space(str text) noexcept:
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t at = 0, length = PyUnicode_GET_LENGTH(text)
    while at < length and is_space(PyUnicode_READ(kind, data, at)):
        at += 1
    return at


cdef Py_ssize_t trailing_space(str text) noexcept:
    cdef int kind = PyUnicode_KIND(text)
    cdef void *data = PyUnicode_DATA(text)
    cdef Py_ssize_t length = PyUnicode_GET_LENGTH(text)
    cdef Py_ssize_t at = length
    while at > 0 and is_space(PyUnicode_READ(kind, data, at - 1)):
        at -= 1
    return length - at
