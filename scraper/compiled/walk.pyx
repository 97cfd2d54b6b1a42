# cython: language_level=3, wraparound=False, cdivision=True
# Lists keep their bounds checks.
"""Twin of `flat_lists` of scraper/page/snapshot.py, whose regular expression and loop say what is right.

The text of the page is read where it stands, in one pass that fills two C arrays; then the lists are made, at once in
their full length. All positions are kept between 0 and the length of the text by the loops themselves: every character
is read behind a comparison of its position with the length.
"""

cimport cython
from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.string cimport memchr, memset

include "strings.pxi"
include "element_lists.pxi"

cdef struct Text:
    Py_ssize_t start
    Py_ssize_t end
    Py_ssize_t parent
    bint escaped  # whether it holds "&"

cdef enum:
    SLOTS = 256  # of the table that finds a name by its characters; a page has some forty names


def flat_lists(str html not None, frozenset void not None):
    """Return (tags, sources, parents, ends, text_starts, text_ends, texts, text_parents) of serialised HTML."""
    cdef Walk walk = Walk(html, void)
    cdef int kind = PyUnicode_KIND(html)
    cdef void *data = PyUnicode_DATA(html)
    if kind == 1:
        tokenise[Py_UCS1](walk, <const Py_UCS1 *> data)
        return lists[Py_UCS1](walk, <const Py_UCS1 *> data)
    if kind == 2:
        tokenise[Py_UCS2](walk, <const Py_UCS2 *> data)
        return lists[Py_UCS2](walk, <const Py_UCS2 *> data)
    tokenise[Py_UCS4](walk, <const Py_UCS4 *> data)
    return lists[Py_UCS4](walk, <const Py_UCS4 *> data)


@cython.final
cdef class Walk:
    """What one walk has found so far; frees its memory however the walk ends."""

    cdef str html
    cdef frozenset void
    cdef Py_ssize_t length
    cdef Element *elements
    cdef Py_ssize_t count, room
    cdef Text *texts
    cdef Py_ssize_t text_count, text_room
    cdef list names  # each once, in order of appearance
    cdef dict numbers  # of the names
    cdef Py_ssize_t *open_count  # by name: how many open elements bear it
    cdef bint *is_void
    cdef Py_ssize_t name_room
    cdef Py_ssize_t slots[SLOTS]  # by hash: the last name with it
    cdef set dead_ends  # where attributes were read in vain, see `attributes_end`

    def __cinit__(self, str html, frozenset void):
        self.html = html
        self.void = void
        self.length = PyUnicode_GET_LENGTH(html)
        self.names = []
        self.numbers = {}
        memset(self.slots, 0xff, sizeof(self.slots))  # -1
        self.room = self.text_room = self.length // 64 + 16
        self.name_room = 64
        self.elements = <Element *> PyMem_Malloc(self.room * sizeof(Element))
        self.texts = <Text *> PyMem_Malloc(self.text_room * sizeof(Text))
        self.open_count = <Py_ssize_t *> PyMem_Calloc(self.name_room, sizeof(Py_ssize_t))
        self.is_void = <bint *> PyMem_Calloc(self.name_room, sizeof(bint))
        if not self.elements or not self.texts or not self.open_count or not self.is_void:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.elements)
        PyMem_Free(self.texts)
        PyMem_Free(self.open_count)
        PyMem_Free(self.is_void)

    cdef int add_name(self, str name) except -1:
        """Number a new name."""
        cdef Py_ssize_t number = len(self.names)
        cdef void *moved
        if number == self.name_room:
            moved = PyMem_Realloc(self.open_count, 2 * self.name_room * sizeof(Py_ssize_t))
            if not moved:
                raise MemoryError
            self.open_count = <Py_ssize_t *> moved
            moved = PyMem_Realloc(self.is_void, 2 * self.name_room * sizeof(bint))
            if not moved:
                raise MemoryError
            self.is_void = <bint *> moved
            self.name_room *= 2
        self.open_count[number] = 0
        self.is_void[number] = name in self.void
        self.numbers[name] = number
        self.names.append(name)
        return 0

    cdef int add_text(self, Py_ssize_t start, Py_ssize_t end, Py_ssize_t parent, bint escaped) except -1:
        cdef Text *text
        if self.text_count == self.text_room:
            self.texts = <Text *> roomier(self.texts, &self.text_room, sizeof(Text))
        text = &self.texts[self.text_count]
        text.start = start
        text.end = end
        text.parent = parent
        text.escaped = escaped
        self.text_count += 1
        return 0

    cdef int add_element(self, Py_ssize_t name, Py_ssize_t parent, Py_ssize_t start, Py_ssize_t end) except -1:
        cdef Element *element
        if self.count == self.room:
            self.elements = <Element *> roomier(self.elements, &self.room, sizeof(Element))
        element = &self.elements[self.count]
        self.count += 1
        element.name = name
        element.parent = parent
        element.end = self.count
        element.text_start = element.text_end = self.text_count
        element.source_start = start
        element.source_end = end
        return 0


cdef int tokenise(Walk walk, const Char *s) except -1:
    """Read the page once: what the regular expression finds, and what the loop makes of it."""
    cdef Py_ssize_t length = walk.length
    cdef Py_ssize_t at, start, name, closing, after_name, stop
    cdef Py_ssize_t current = -1
    cdef bint is_end, escaped, comments_end = True
    at = find(s, 0, length, c'<')
    while at < length:  # s[at] is "<"
        start = at + 1
        stop = -1  # the ">" of this token
        if start < length and (is_letter(s[start]) or (s[start] == c'/' and start + 1 < length and is_letter(s[start + 1]))):
            is_end = s[start] == c'/'
            after_name = start + 1
            while after_name < length and s[after_name] != c'>' and not is_space(s[after_name]):
                after_name += 1
            stop = attributes_end(walk, s, after_name)
            if stop >= 0:
                name = name_number(walk, s, start + is_end, after_name)
                if not is_end:
                    walk.add_element(name, current, after_name, stop)
                    if not walk.is_void[name]:
                        current = walk.count - 1
                        walk.open_count[name] += 1
                elif walk.open_count[name]:
                    current = close(walk, current, name)
        elif comments_end and at + 3 < length and s[at + 1] == c'!' and s[at + 2] == c'-' and s[at + 3] == c'-':
            stop = comment_end(s, at + 4, length)
            comments_end = stop >= 0  # where this one does not end, none after it does
        if stop < 0:
            stop = find(s, start, length, c'>')
            if stop == length:
                break  # without another ">", nothing more is a token
        start = stop + 1
        at = start
        escaped = False
        if Char is Py_UCS1:
            at = find(s, start, length, c'<')
            escaped = find(s, start, at, c'&') < at
        else:
            while at < length and s[at] != c'<':
                if s[at] == c'&':
                    escaped = True
                at += 1
        if at > start:
            walk.add_text(start, at, current, escaped)
    while current >= 0:
        walk.elements[current].end = walk.count
        walk.elements[current].text_end = walk.text_count
        current = walk.elements[current].parent
    return 0


cdef inline Py_ssize_t close(Walk walk, Py_ssize_t current, Py_ssize_t name) noexcept nogil:
    """End the innermost open element of that name (there is one) and those inside; return what is open then."""
    cdef Element *element
    cdef Py_ssize_t ended
    while True:
        element = &walk.elements[current]
        element.end = walk.count
        element.text_end = walk.text_count
        ended = element.name
        walk.open_count[ended] -= 1
        current = element.parent
        if ended == name:
            return current


cdef inline bint is_letter(Py_UCS4 char) noexcept nogil:
    return c'a' <= (<unsigned int> char | 0x20) <= c'z'


cdef inline bint is_space(Py_UCS4 char) noexcept nogil:
    """What `\\s` matches and str.isspace() says."""
    return char == 0x20 or (char < 0x20 or char > 0x7f) and Py_UNICODE_ISSPACE(char)


cdef inline Py_ssize_t find(const Char *s, Py_ssize_t start, Py_ssize_t end, Py_UCS1 char) noexcept nogil:
    """Return where `char` stands at or after `start`; `end` where it does not."""
    cdef const void *found
    if Char is Py_UCS1:
        if start >= end:
            return end
        found = memchr(s + start, char, end - start)
        return <const Py_UCS1 *> found - s if found else end
    else:
        while start < end and s[start] != char:
            start += 1
        return start


cdef inline Py_ssize_t comment_end(const Char *s, Py_ssize_t start, Py_ssize_t length) noexcept nogil:
    """Return the ">" of the first "-->" at or after `start`; -1 where there is none."""
    cdef Py_ssize_t at = start + 2
    while at < length:
        at = find(s, at, length, c'>')
        if at < length and s[at - 1] == c'-' and s[at - 2] == c'-':
            return at
        at += 1
    return -1


cdef Py_ssize_t attributes_end(Walk walk, const Char *s, Py_ssize_t start) except -2:
    """Return the ">" after the attributes that begin at `start`, each `\\s[^\\s=>]*(?:="[^"]*")?`; -1 where none is.

    Read in vain, attributes cost as many characters as there are, up to a value that is never closed. Another tag may
    lead to the same white space again; it is remembered, so that all tags together cost linear time.
    """
    cdef Py_ssize_t at = start, length = walk.length
    cdef Py_ssize_t end
    while at < length and s[at] != c'>':
        if not is_space(s[at]) or (walk.dead_ends is not None and at in walk.dead_ends):
            break
        at = attribute_end(s, at, length)
    else:
        if at < length:
            return at
    end = at
    if walk.dead_ends is None:
        walk.dead_ends = set()
    at = start
    while at < end:
        walk.dead_ends.add(at)
        at = attribute_end(s, at, length)
    return -1


cdef inline Py_ssize_t attribute_end(const Char *s, Py_ssize_t at, Py_ssize_t length) noexcept nogil:
    """Return where the attribute ends that begins with the white space at `at`."""
    cdef Py_ssize_t quote
    at += 1
    while at < length and s[at] != c'=' and s[at] != c'>' and not is_space(s[at]):
        at += 1
    if at + 1 < length and s[at] == c'=' and s[at + 1] == c'"':
        quote = find(s, at + 2, length, c'"')
        if quote < length:
            return quote + 1
    return at


cdef inline Py_ssize_t name_number(Walk walk, const Char *s, Py_ssize_t start, Py_ssize_t end) except -1:
    """Return the number of the name that stands from `start` to `end`."""
    cdef Py_ssize_t size = end - start
    cdef size_t slot = (<size_t> s[start] * 31 + <size_t> s[end - 1] * 7 + <size_t> s[start + size // 2] + size) % SLOTS
    cdef Py_ssize_t number = walk.slots[slot]
    cdef str name
    if number >= 0 and is_name(walk.names[number], s + start, size):
        return number
    name = PyUnicode_Substring(walk.html, start, end)
    if name not in walk.numbers:
        walk.add_name(name)
    number = walk.numbers[name]
    walk.slots[slot] = number
    return number


cdef inline bint is_name(str name, const Char *s, Py_ssize_t size) noexcept:
    cdef Py_ssize_t i
    cdef const Py_UCS1 *known = <const Py_UCS1 *> PyUnicode_DATA(name)
    if PyUnicode_GET_LENGTH(name) != size or PyUnicode_KIND(name) != 1:
        return False
    for i in range(size):
        if known[i] != s[i]:
            return False
    return True


cdef tuple lists(Walk walk, const Char *s):
    """Return the lists; equal numbers in them, and equal tags, are one object."""
    cdef Py_ssize_t i
    cdef Element *element
    cdef Text *text
    cdef str none = ""
    cdef list numbers = [i for i in range(max(walk.count, walk.text_count) + 1)]
    cdef list sources = PyList_New(walk.count)
    cdef list texts = PyList_New(walk.text_count), text_parents = PyList_New(walk.text_count)
    cdef object outside = -1
    for i in range(walk.count):
        element = &walk.elements[i]
        if element.source_end == element.source_start:
            put(sources, i, none)
        else:
            put(sources, i, PyUnicode_Substring(walk.html, element.source_start, element.source_end))
    for i in range(walk.text_count):
        text = &walk.texts[i]
        put(text_parents, i, numbers[text.parent] if text.parent >= 0 else outside)
        if text.escaped:
            put(texts, i, unescaped(s + text.start, text.end - text.start))
        else:
            put(texts, i, PyUnicode_Substring(walk.html, text.start, text.end))
    tags, parents, ends, text_starts, text_ends = structure_of(walk.elements, walk.count, walk.names, numbers)
    mark_breaks(walk.elements, walk.count, tags, sources)
    return tags, sources, parents, ends, text_starts, text_ends, texts, text_parents


cdef str unescaped(const Char *s, Py_ssize_t length):
    """Return the text without the serialiser's escapes; one pass does what its five replacements do in turn."""
    cdef Py_ssize_t at = 0, size = 0
    cdef int skip
    cdef Py_UCS4 char
    cdef Char *plain = <Char *> PyMem_Malloc(length * sizeof(Char))
    if not plain:
        raise MemoryError
    try:
        while at < length:
            skip = 1
            char = s[at]
            if char == c'&':
                if is_at(s, at, length, <const Py_UCS1 *> b"&amp;", 5):
                    skip = 5
                elif is_at(s, at, length, <const Py_UCS1 *> b"&nbsp;", 6):
                    skip, char = 6, 0xa0
                elif is_at(s, at, length, <const Py_UCS1 *> b"&lt;", 4):
                    skip, char = 4, c'<'
                elif is_at(s, at, length, <const Py_UCS1 *> b"&gt;", 4):
                    skip, char = 4, c'>'
                elif is_at(s, at, length, <const Py_UCS1 *> b"&quot;", 6):
                    skip, char = 6, c'"'
            plain[size] = <Char> char
            size += 1
            at += skip
        return PyUnicode_FromKindAndData(sizeof(Char), plain, size)
    finally:
        PyMem_Free(plain)


cdef inline bint is_at(const Char *s, Py_ssize_t at, Py_ssize_t length, const Py_UCS1 *word, int size) noexcept nogil:
    cdef int i
    if length - at < size:
        return False
    for i in range(size):
        if s[at + i] != word[i]:
            return False
    return True
