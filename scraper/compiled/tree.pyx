# cython: language_level=3, wraparound=False, boundscheck=False, cdivision=True
"""Twin of `quickly` of scraper/page/snapshot.py: a tree is read where it stands in memory, not from what is written of it.

selectolax tells the address of a node (`mem_id`) and exports the functions of the Lexbor inside of it. How Lexbor's
nodes lie in memory is compared with what these functions say, for a page of our own, when this module is imported; where
a function is missing or a byte is not where it is expected, the import fails, and the plain function does the work.

A tree that would be read back otherwise than it is (markup in raw text, foreign elements, odd names) is left to the
plain function, too. So is all that is rare.
"""

cimport cython
from cpython.mem cimport PyMem_Free, PyMem_Malloc, PyMem_Realloc
from libc.stdint cimport uintptr_t
from libc.string cimport memchr, memcmp, memcpy, memset

import selectolax.lexbor

include "strings.pxi"
include "element_lists.pxi"

cdef extern from *:
    """
    #ifdef _WIN32
    static void *loaded_library(const char *path) { return 0; }
    static void *function_of(void *library, const char *name) { return 0; }
    #else
    #include <dlfcn.h>
    static void *loaded_library(const char *path) { return dlopen(path, RTLD_LAZY | RTLD_NOLOAD); }
    static void *function_of(void *library, const char *name) { return dlsym(library, name); }
    #endif
    """
    void *loaded_library(const char *path)
    void *function_of(void *library, const char *name)

cdef extern from "Python.h":
    str PyUnicode_DecodeUTF8(const char *text, Py_ssize_t size, const char *errors)

ctypedef const unsigned char *Bytes

cdef struct Node:  # lxb_dom_node_t, as selectolax describes it in lexbor.pxd
    void *events
    uintptr_t tag
    uintptr_t prefix
    uintptr_t ns
    void *document
    Node *next
    Node *prev
    Node *parent
    Node *first_child
    Node *last_child
    void *user
    int type

cdef struct Characters:  # lxb_dom_character_data_t
    Node node
    Bytes data
    size_t size

ctypedef Bytes (*NameOf)(void *, size_t *) noexcept nogil
ctypedef void *(*NodeOf)(void *) noexcept nogil
ctypedef uintptr_t (*NumberOf)(void *) noexcept nogil
ctypedef int (*TypeOf)(void *) noexcept nogil

cdef NameOf name_of = NULL
cdef NameOf attribute_name = NULL
cdef NameOf attribute_value = NULL
cdef NodeOf first_attribute = NULL
cdef NodeOf next_attribute = NULL

cdef enum:
    ELEMENT = 1
    TEXT = 3
    COMMENT = 8
    MOST_TRAILS = 3  # as in scraper/page/snapshot.py, and the next two
    LONGEST_TRAIL = 30
    TAIL = 200
    KNOWN = 1024  # tags below are Lexbor's own numbers for the names of the standard; above, addresses
    VOID = 1
    PRUNED = 2
    SCRIPT = 4
    NAV = 8
    RAW = 16  # what is in it is written without escapes
    IFRAME = 32

cdef frozenset RAW_TEXT = frozenset("iframe noembed noframes noscript plaintext script style xmp".split())
cdef bint[256] IN_NAMES
"""Whether a byte may stand in the name of an element or an attribute that is read back as it was written."""
cdef bint[256] ESCAPED
"""Whether a byte begins what the serialiser escapes in values; 0xc2 0xa0 is a no-break space."""


cdef struct Text:
    Bytes data  # in the tree; NULL: in Reading.written
    Py_ssize_t start  # there
    Py_ssize_t size
    Py_ssize_t parent


@cython.final
cdef class Reading:
    """What has been read of a tree so far; frees its memory however that ends."""

    cdef frozenset void, pruned
    cdef Element *elements
    cdef Py_ssize_t count, room
    cdef Text *texts
    cdef Py_ssize_t text_count, text_room
    cdef unsigned char *written  # attributes as serialised, and texts of several nodes
    cdef Py_ssize_t size, written_room
    cdef list names
    cdef list flags
    cdef dict numbers  # of names that the standard does not have, by Lexbor's number
    cdef short[KNOWN] known  # the same, of the others; -1: not met yet
    cdef int[KNOWN] known_flags
    cdef list json_ld
    cdef list trails  # (text, href) of the links in breadcrumbs
    cdef int trail_count
    cdef Py_ssize_t tail  # bytes from the end tag of an <iframe> on, behind which are end tags and white space; 0: others

    def __cinit__(self, frozenset pruned, frozenset void):
        self.void = void
        self.pruned = pruned
        self.names = []
        self.flags = []
        self.numbers = {}
        self.json_ld = []
        self.trails = []
        memset(self.known, 0xff, sizeof(self.known))
        self.room = self.text_room = 2048
        self.written_room = 1 << 16
        self.elements = <Element *> PyMem_Malloc(self.room * sizeof(Element))
        self.texts = <Text *> PyMem_Malloc(self.text_room * sizeof(Text))
        self.written = <unsigned char *> PyMem_Malloc(self.written_room)
        if not self.elements or not self.texts or not self.written:
            raise MemoryError

    def __dealloc__(self):
        PyMem_Free(self.elements)
        PyMem_Free(self.texts)
        PyMem_Free(self.written)

    cdef Py_ssize_t number_of(self, Node *node) except -2:
        """Return the number of an element's name; -1: a name that would not be read back."""
        cdef size_t size = 0
        cdef Bytes name
        cdef Py_ssize_t number
        cdef object known
        if node.tag < KNOWN:
            if self.known[node.tag] >= 0:
                return self.known[node.tag]
        else:
            known = self.numbers.get(node.tag)
            if known is not None:
                return known
        name = name_of(node, &size)
        if not is_plain_name(name, size):
            return -1
        tag = PyUnicode_DecodeUTF8(<const char *> name, <Py_ssize_t> size, NULL)
        flags = (
            VOID * (tag in self.void)
            | PRUNED * (tag in self.pruned)
            | SCRIPT * (tag == "script")
            | NAV * (tag == "nav")
            | RAW * (tag in RAW_TEXT)
            | IFRAME * (tag == "iframe")
        )
        number = len(self.names)
        self.names.append(tag)
        self.flags.append(flags)
        if node.tag < KNOWN:
            self.known[node.tag] = <short> number
            self.known_flags[node.tag] = flags
        else:
            self.numbers[node.tag] = number
        return number

    cdef int flags_of(self, Node *node, Py_ssize_t number) except -1:
        return self.known_flags[node.tag] if node.tag < KNOWN else <int> self.flags[number]

    cdef int add_element(self, Py_ssize_t name, Py_ssize_t parent) except -1:
        cdef Element *element
        if self.count == self.room:
            self.elements = <Element *> roomier(self.elements, &self.room, sizeof(Element))
        element = &self.elements[self.count]
        self.count += 1
        element.name = name
        element.parent = parent
        element.end = self.count
        element.text_start = element.text_end = self.text_count
        element.source_start = self.size
        element.source_end = self.size
        return 0

    cdef int add_text(self, Bytes data, Py_ssize_t size, Py_ssize_t parent) except -1:
        cdef Text *text
        if self.text_count == self.text_room:
            self.texts = <Text *> roomier(self.texts, &self.text_room, sizeof(Text))
        text = &self.texts[self.text_count]
        text.data = data
        text.start = 0
        text.size = size
        text.parent = parent
        self.text_count += 1
        return 0

    cdef int lengthen_text(self, Bytes data, Py_ssize_t size) except -1:
        """Join what stands right behind the last text to it."""
        cdef Text *text = &self.texts[self.text_count - 1]
        self.reserve(text.size + size)
        if text.data or text.start + text.size != self.size:
            memcpy(self.written + self.size, text.data if text.data else self.written + text.start, text.size)
            text.data = NULL
            text.start = self.size
            self.size += text.size
        memcpy(self.written + self.size, data, size)
        self.size += size
        text.size += size
        return 0

    cdef int reserve(self, Py_ssize_t size) except -1:
        cdef void *moved
        cdef Py_ssize_t room = self.written_room
        if self.size + size <= room:
            return 0
        while self.size + size > room:
            room *= 2
        moved = PyMem_Realloc(self.written, room)
        if not moved:
            raise MemoryError
        self.written = <unsigned char *> moved
        self.written_room = room
        return 0

    cdef bint write_attributes(self, Node *node) except -1:
        """Write an element's attributes as the serialiser does; return whether they would be read back."""
        cdef void *attribute = first_attribute(node)
        cdef size_t size = 0
        cdef Bytes text
        cdef unsigned char *out
        cdef size_t at, start
        while attribute:
            text = attribute_name(attribute, &size)
            if not is_plain_name(text, size):
                return False
            self.reserve(<Py_ssize_t> size + 4)
            out = self.written + self.size
            out[0] = c' '
            memcpy(out + 1, text, size)
            out[size + 1] = c'='
            out[size + 2] = c'"'
            self.size += <Py_ssize_t> size + 3
            size = 0
            text = attribute_value(attribute, &size)
            if text:
                self.reserve(<Py_ssize_t> size * 6 + 1)  # "&quot;" is the longest escape
                out = self.written + self.size
                start = 0
                for at in range(size):
                    if ESCAPED[text[at]]:
                        if text[at] == 0xc2 and (at + 1 == size or text[at + 1] != 0xa0):
                            continue
                        memcpy(out, text + start, at - start)
                        out += at - start
                        start = at + 1 + (text[at] == 0xc2)
                        out = escape(out, text[at])
                memcpy(out, text + start, size - start)
                self.size = out + (size - start) - self.written
            self.written[self.size] = c'"'
            self.size += 1
            attribute = next_attribute(attribute)
        return True

    cdef int note(self, Node *node, int flags) except -1:
        """Note what is read of an element that is not shown."""
        cdef bint is_json
        if flags & SCRIPT:
            is_json = has_value(node, b"type", 4, b"ld+json", 7)
            if is_json:
                self.json_ld.append(text_of(node))
        elif flags & NAV and self.trail_count < MOST_TRAILS and says(node, b"breadcrumb", 10):
            self.trail_count += 1
            self.read_links(node)
        return 0

    cdef int read_links(self, Node *top) except -1:
        """Note the links in a breadcrumb."""
        cdef Node *node = top
        cdef int left = LONGEST_TRAIL
        cdef size_t size = 0
        cdef Bytes name
        while left and (node := following(node, top)):
            if node.type != ELEMENT:
                continue
            name = name_of(node, &size)
            if size == 1 and name[0] == c"a":
                left -= 1
                self.trails.append((" ".join(text_of(node).split()), value_of(node, b"href", 4)))
        return 0

    cdef int look_inside(self, Node *top) except -1:
        """Note what is read of an element that is pruned, and of those in it."""
        cdef Node *node = top
        cdef Py_ssize_t number
        while node:
            if node.type == ELEMENT:
                number = self.number_of(node)
                if number >= 0:
                    self.note(node, self.flags_of(node, number))
            node = following(node, top)
        return 0

    cdef bint read(self, Node *root) except -1:
        """Read the tree below an element and with it; return whether it was one to read."""
        cdef Node *node = root
        cdef Py_ssize_t current = -1, number
        cdef int flags
        cdef bint joins = False  # whether the next text is of one piece with the last
        cdef bint raw = False
        cdef Bytes data
        cdef Py_ssize_t size
        while True:
            if node.type == TEXT:
                data = (<Characters *> node).data
                size = <Py_ssize_t> (<Characters *> node).size
                if size:
                    if raw and (memchr(data, c'<', size) or memchr(data, c'&', size)):
                        return False
                    if self.tail and not raw and not self.goes_on(data, size):
                        return False
                    if joins:
                        self.lengthen_text(data, size)
                    else:
                        self.add_text(data, size, current)
                    joins = True
            elif node.type == ELEMENT:
                number = self.number_of(node)
                if number < 0:
                    return False
                flags = self.flags_of(node, number)
                if flags & PRUNED:
                    self.look_inside(node)
                else:
                    if node.ns != root.ns or (flags & VOID and node.first_child):
                        return False
                    self.note(node, flags)
                    self.add_element(number, current)
                    if not self.write_attributes(node):
                        return False
                    self.elements[self.count - 1].source_end = self.size
                    joins = False
                    raw = (flags & RAW) != 0
                    self.tail = 9 if flags & IFRAME else 0  # "</iframe>"
                    if node.first_child:
                        current = self.count - 1
                        node = node.first_child
                        continue
                    raw = False
            elif node.type == COMMENT:
                joins = False
                self.tail = 0
            else:
                return False
            while node != root and not node.next:
                node = node.parent
                raw = joins = False
                if self.tail and not self.flags_of(node, self.elements[current].name) & IFRAME:
                    self.close_behind(self.elements[current].name)
                self.elements[current].end = self.count
                self.elements[current].text_end = self.text_count
                current = self.elements[current].parent
            if node == root:
                return not (self.tail and root.next)
            node = node.next

    cdef bint goes_on(self, Bytes text, Py_ssize_t size) except -1:
        """Count a text behind the last <iframe>; return whether that could be done."""
        cdef Py_ssize_t i
        for i in range(size):
            if text[i] >= 128:
                if decoded(text, size).isspace():
                    return False
                break
        self.tail = self.tail + size if is_blank(text, size) else 0
        return True

    cdef int close_behind(self, Py_ssize_t number) except -1:
        """Count an end tag behind the last <iframe>."""
        cdef str name = self.names[number]
        self.tail = self.tail + len(name) + 3 if name.replace("_", "").isalnum() else 0
        return 0

    cdef tuple lists(self):
        """Return the lists; equal numbers in them, and equal tags, are one object."""
        cdef Py_ssize_t i
        cdef Element *element
        cdef Text *text
        cdef str none = ""
        cdef list numbers = [i for i in range(max(self.count, self.text_count) + 1)]
        cdef list sources = PyList_New(self.count)
        cdef list texts = PyList_New(self.text_count), text_parents = PyList_New(self.text_count)
        cdef object outside = -1
        for i in range(self.count):
            element = &self.elements[i]
            if element.source_end == element.source_start:
                put(sources, i, none)
            else:
                put(sources, i, decoded(self.written + element.source_start, element.source_end - element.source_start))
        for i in range(self.text_count):
            text = &self.texts[i]
            put(text_parents, i, numbers[text.parent] if text.parent >= 0 else outside)
            put(texts, i, decoded(text.data if text.data else self.written + text.start, text.size))
        tags, parents, ends, text_starts, text_ends = structure_of(self.elements, self.count, self.names, numbers)
        mark_breaks(self.elements, self.count, tags, sources)
        return tags, sources, parents, ends, text_starts, text_ends, texts, text_parents


cdef inline Node *following(Node *node, Node *top) noexcept nogil:
    """Return the next node inside of `top`, in document order; NULL: there is none."""
    if node.first_child:
        return node.first_child
    while node != top and not node.next:
        node = node.parent
    return node.next if node != top else NULL


cdef inline str decoded(Bytes text, Py_ssize_t size):
    return PyUnicode_DecodeUTF8(<const char *> text, size, b"replace")


cdef inline unsigned char *escape(unsigned char *out, unsigned char char) noexcept nogil:
    """Write the escape of a character; return where it ends."""
    if char == c'&':
        memcpy(out, b"&amp;", 5)
        return out + 5
    if char == c'"':
        memcpy(out, b"&quot;", 6)
        return out + 6
    if char == c'<':
        memcpy(out, b"&lt;", 4)
        return out + 4
    if char == c'>':
        memcpy(out, b"&gt;", 4)
        return out + 4
    memcpy(out, b"&nbsp;", 6)
    return out + 6


cdef inline bint is_plain_name(Bytes name, size_t size) noexcept nogil:
    cdef size_t i
    if not name or not size:
        return False
    for i in range(size):
        if not IN_NAMES[name[i]]:
            return False
    return True


cdef inline bint is_blank(Bytes text, Py_ssize_t size) noexcept nogil:
    """Whether a text is white space of ASCII alone."""
    cdef Py_ssize_t i
    for i in range(size):
        if text[i] != 32 and not 9 <= text[i] <= 13 and not 28 <= text[i] <= 31:
            return False
    return True


cdef inline bint holds(Bytes text, size_t size, const char *word, size_t length) noexcept nogil:
    """Whether a lower-case ASCII word stands in a text, in whatever case."""
    cdef size_t at, k
    cdef unsigned char char
    if not text or size < length:
        return False
    for at in range(size - length + 1):
        for k in range(length):
            char = text[at + k]
            if (char | 32 if c'A' <= char <= c'Z' else char) != <unsigned char> word[k]:
                break
        else:
            return True
    return False


cdef bint has_value(Node *node, const char *name, size_t name_size, const char *word, size_t size) noexcept nogil:
    """Whether an attribute of an element has a word in its value."""
    cdef void *attribute = first_attribute(node)
    cdef size_t length = 0
    cdef Bytes text
    while attribute:
        text = attribute_name(attribute, &length)
        if length == name_size and memcmp(text, name, length) == 0:
            text = attribute_value(attribute, &length)
            return holds(text, length, word, size)
        attribute = next_attribute(attribute)
    return False


cdef bint says(Node *node, const char *word, size_t size) noexcept nogil:
    """Whether a word stands in any name or value of an element's attributes."""
    cdef void *attribute = first_attribute(node)
    cdef size_t length = 0
    cdef Bytes text
    while attribute:
        text = attribute_name(attribute, &length)
        if holds(text, length, word, size):
            return True
        length = 0
        text = attribute_value(attribute, &length)
        if text and holds(text, length, word, size):
            return True
        attribute = next_attribute(attribute)
    return False


cdef str value_of(Node *node, const char *name, size_t name_size):
    """Return the value of an element's attribute; "" for none."""
    cdef void *attribute = first_attribute(node)
    cdef size_t size = 0
    cdef Bytes text
    while attribute:
        text = attribute_name(attribute, &size)
        if size == name_size and memcmp(text, name, size) == 0:
            size = 0
            text = attribute_value(attribute, &size)
            return decoded(text, <Py_ssize_t> size) if text else ""
        attribute = next_attribute(attribute)
    return ""


cdef str text_of(Node *top):
    """Return the text inside of an element."""
    cdef Node *node = following(top, top)
    cdef list found = []
    while node:
        if node.type == TEXT:
            found.append(decoded((<Characters *> node).data, <Py_ssize_t> (<Characters *> node).size))
        node = following(node, top)
    return found[0] if len(found) == 1 else "".join(found)


@cython.final
cdef class TreeReader:
    """Reads the tree in memory where it can, and has it read from what the serialiser writes where it cannot."""

    cdef object thoroughly

    def __init__(self, thoroughly):
        self.thoroughly = thoroughly

    def __call__(self, tree, tuple pruned not None, frozenset void not None):
        cdef Reading reading
        root = tree.root if type(tree) is selectolax.lexbor.LexborHTMLParser else None
        if type(root) is not selectolax.lexbor.LexborNode or root.tag != "html":  # a fragment has another
            return self.thoroughly(tree, pruned, void)
        reading = Reading(frozenset(pruned), void)
        if not reading.read(<Node *> <uintptr_t> root.mem_id):
            return self.thoroughly(tree, pruned, void)
        return reading.lists(), tuple(reading.json_ld), tuple(reading.trails), 0 < reading.tail <= TAIL


quickly = TreeReader

PROBE = "<p id=a class='b c'>four<b>seven!!</b><!--c-->x</p><ul><li>1<li>2</ul><svg><g/></svg><x-y z>thirteen more</x-y>"


TESTED = ("1.0.",)
"""Versions of selectolax whose nodes were read: of another one, not even the probe is."""
if not selectolax.__version__.startswith(TESTED):
    raise ImportError(f"selectolax {selectolax.__version__} is not known")

cdef void *library = loaded_library(selectolax.lexbor.__file__.encode())


cdef void *function(const char *name) except NULL:
    cdef void *found = function_of(library, name) if library else NULL
    if not found:
        raise ImportError("Lexbor's functions cannot be reached")
    return found


cdef int check_layout() except -1:
    """Compare the nodes of a page with what Lexbor's functions say of them.

    Raises:
        ImportError: they are not as described above.

    """
    cdef NodeOf first_child = <NodeOf> function(b"lxb_dom_node_first_child_noi")
    cdef NodeOf next_node = <NodeOf> function(b"lxb_dom_node_next_noi")
    cdef NodeOf parent = <NodeOf> function(b"lxb_dom_node_parent_noi")
    cdef NumberOf tag_id = <NumberOf> function(b"lxb_dom_node_tag_id_noi")
    cdef TypeOf type_of = <TypeOf> function(b"lxb_dom_node_type_noi")
    cdef NameOf content = <NameOf> function(b"lxb_dom_node_text_content")
    tree = selectolax.lexbor.LexborHTMLParser(PROBE)
    top = tree.root  # keeps the tree
    cdef Node *root = <Node *> <uintptr_t> top.mem_id
    cdef Node *node = root
    cdef size_t size = 0
    cdef Bytes text
    cdef int passes
    cdef int texts = 0
    for passes in range(2):  # first the lengths: where they are right, so are the addresses beside them
        node = root
        while True:
            if (
                node.first_child != <Node *> first_child(node)
                or node.next != <Node *> next_node(node)
                or node.parent != <Node *> parent(node)
                or node.tag != tag_id(node)
                or node.type != type_of(node)
            ):
                raise ImportError("Lexbor's nodes lie otherwise in memory")
            if node.type == TEXT:
                texts += 1
                text = content(node, &size)
                if (<Characters *> node).size != size or (passes and memcmp((<Characters *> node).data, text, size) != 0):
                    raise ImportError("Lexbor's texts lie otherwise in memory")
            if node.first_child:
                node = node.first_child
                continue
            while node != root and not node.next:
                node = node.parent
            if node == root:
                break
            node = node.next
    if texts != 12:
        raise ImportError("Lexbor reads the page otherwise")
    return 0


cdef int prepare() except -1:
    global name_of, attribute_name, attribute_value, first_attribute, next_attribute
    cdef int i
    name_of = <NameOf> function(b"lxb_dom_element_qualified_name")
    attribute_name = <NameOf> function(b"lxb_dom_attr_qualified_name")
    attribute_value = <NameOf> function(b"lxb_dom_attr_value_noi")
    first_attribute = <NodeOf> function(b"lxb_dom_element_first_attribute_noi")
    next_attribute = <NodeOf> function(b"lxb_dom_element_next_attribute_noi")
    memset(ESCAPED, 0, sizeof(ESCAPED))
    for char in b'&"<>\xc2':
        ESCAPED[<int> char] = True
    for i in range(256):
        IN_NAMES[i] = 32 < i < 127 and i not in b"=>"  # there is white space beyond ASCII
    return check_layout()


prepare()
