# cython: language_level=3, wraparound=False, cdivision=True
# Lists keep their bounds checks.
"""Twins of `find_places` of scraper/body/blocks/place.py and of `spans_of` of scraper/body/blocks/inline.py, which say what is right."""

from cpython.mem cimport PyMem_Free, PyMem_Malloc
from cpython.object cimport PyObject

from scraper.body.blocks import inline as _inline
from scraper.body.blocks import place as _place

include "strings.pxi"

cdef extern from "Python.h":
    PyObject *PyTuple_GET_ITEM(object of, Py_ssize_t at)

cdef object Place = _place.Place
cdef object ListStep = _place.ListStep
cdef object made = tuple.__new__
cdef dict HEADINGS = _place._HEADINGS
cdef frozenset CONTAINERS = _place._CONTAINERS
cdef int MAX_LISTS = _place._MAX_LISTS
cdef int MAX_MARKS = _place._MAX_MARKS
cdef object headed = _place.headed
cdef object is_update = _place.is_update
cdef dict KINDS = _inline.KINDS
cdef object cleaned_pieces = _inline.cleaned_pieces
cdef object spans_in = _inline.spans_in

cdef enum:
    # what an element changes
    HEADING = 1
    PREFORMATTED
    QUOTATION
    LIST
    ITEM
    TABLE
    ROW
    CELL
    TERM
    MARK
    # fields of a Place
    LEVEL = 0
    PRE
    QUOTE
    LISTS
    TABLE_AT
    ROW_AT
    CELL_AT
    TERM_AT
    UPDATE
    MARKS

cdef dict CHANGES = {
    tag: {
        _place._heading: HEADING, _place._preformatted: PREFORMATTED, _place._quotation: QUOTATION, _place._list: LIST,
        _place._item: ITEM, _place._table: TABLE, _place._row: ROW, _place._cell: CELL, _place._term: TERM,
        _place._mark: MARK,
    }[change]
    for tag, change in _place._CHANGES.items()
}


def find_places(snapshot, list elements not None, bint live):
    """Return (the place of text inside each of `elements`, tables that hold another one around them)."""
    cdef list tags = snapshot.tags
    cdef list sources = snapshot.sources
    cdef list parents = snapshot.parents
    cdef dict known = {-1: Place()}
    cdef set outer_tables = set()
    cdef list found = []
    cdef list path
    cdef Py_ssize_t at
    cdef str tag, source
    for element in elements:
        place = known.get(element)
        if place is None:
            path = []
            while place is None:
                path.append(element)
                at = element
                element = parents[at]
                place = known.get(element)
            while path:
                element = path.pop()
                at = element
                tag, source = tags[at], sources[at]
                change = CHANGES.get(tag)
                if change is not None:
                    if <int>change == TABLE and <Py_ssize_t>field(place, TABLE_AT) >= 0:
                        outer_tables.add(field(place, TABLE_AT))
                    place = changed(place, <int>change, element, tag)
                elif source is None:
                    raise TypeError("an element whose attributes are None")
                elif source and "heading" in source:
                    place = headed(place, snapshot, element)
                if live and tag in CONTAINERS and is_update(source):
                    fields = list(place)
                    fields[UPDATE] = element
                    place = made(Place, fields)
                known[element] = place
        found.append(place)
    return found, outer_tables


cdef inline object field(place, int at):
    """Return a field of a Place: a tuple by another name."""
    return <object>PyTuple_GET_ITEM(place, at)


cdef object changed(place, int change, element, str tag):
    """Return the place inside an element; the cases are the functions of the same names in body/blocks/place.py."""
    cdef list fields
    cdef tuple lists = field(place, LISTS)
    cdef tuple marks
    if change == MARK:
        marks = field(place, MARKS)
        if len(marks) >= MAX_MARKS:
            return place
        fields = list(place)
        fields[MARKS] = marks + (element,)
    elif change == HEADING:
        if <Py_ssize_t>field(place, QUOTE) >= 0:
            return place
        fields = list(place)
        fields[LEVEL] = HEADINGS[tag]
    elif change == PREFORMATTED:
        if <Py_ssize_t>field(place, PRE) >= 0:
            return place
        fields = list(place)
        fields[PRE] = element
    elif change == ITEM:
        if not lists:  # an <li> without its list
            return place
        fields = list(place)
        fields[LISTS] = lists[: len(lists) - 1] + (with_item(lists[len(lists) - 1], element),)
        fields[LEVEL] = 0
    elif change == TABLE:
        fields = list(place)
        fields[TABLE_AT], fields[ROW_AT], fields[CELL_AT] = element, -1, -1
    elif change == ROW:
        fields = list(place)
        fields[ROW_AT], fields[CELL_AT] = element, -1
    else:  # what follows stands in no heading
        fields = list(place)
        fields[LEVEL] = 0
        if change == LIST:
            fields[LISTS] = lists[:MAX_LISTS] + (made(ListStep, (element, tag == "ol", -1)),)
        else:
            fields[LISTS] = ()
            if change == QUOTATION:
                if <Py_ssize_t>field(place, QUOTE) < 0:
                    fields[QUOTE] = element
            elif change == CELL:
                fields[CELL_AT], fields[TERM_AT] = element, False
            else:
                fields[TERM_AT] = tag == "dt"
    return made(Place, fields)


cdef object with_item(step, element):
    return made(ListStep, (step[0], step[1], element))


def spans_of(snapshot, block, tuple around not None, base_url):
    """Return the spans of a block's text, outer before inner, as `body.inline.spans_of` does.

    Raises:
        IndexError: the block is none of the snapshot's.

    """
    cdef list owners = snapshot.text_parents
    cdef list tags, parents
    cdef Py_ssize_t start = block.start
    cdef Py_ssize_t end = block.end
    cdef Py_ssize_t owner = block.element
    cdef Py_ssize_t k, element
    cdef bint plain = True
    if not 0 <= start <= end <= len(owners):
        raise IndexError("a block outside of the page")
    for k in range(start, end):
        if <Py_ssize_t>owners[k] != owner:
            plain = False
            break
    if plain and not around:
        return ()
    tags, parents = snapshot.tags, snapshot.parents
    cdef tuple outer = ()
    cdef tuple chain
    for element in around:
        outer = nested(tags, outer, element)
    cdef dict ranges = {}
    cdef dict chains = {owner: outer}
    cdef list inner = []
    cdef bint marked = False
    cdef Py_ssize_t outside = len(outer)
    for k in range(start, end):
        chain = chain_of(tags, parents, owners[k], chains)
        marked = marked or len(chain) > outside
        inner.append(chain)
    if not outside and not marked:
        return ()
    cdef str text = block.text
    cdef Py_ssize_t size = len(text)
    for element in outer:
        ranges[element] = (0, size)
    if end - start == 1:
        chain = inner[0]
        for k in range(outside, len(chain)):
            ranges[chain[k]] = (0, size)
    elif not add_ranges(snapshot, block, text, inner, outside, ranges):
        return ()
    return spans_in(snapshot, ranges, base_url) if ranges else ()


cdef tuple nested(list tags, tuple around, Py_ssize_t inner):
    """Return the elements with one more inside them, unless one of its kind is there."""
    cdef Py_ssize_t element
    kind = KINDS[tags[inner]]
    for element in around:
        if KINDS[tags[element]] == kind:
            return around
    return around + (inner,)


cdef tuple chain_of(list tags, list parents, element, dict chains):
    """Return the elements of `KINDS` around the text of `element`, outermost first, at most one of each kind."""
    cdef list path
    cdef tuple chain = chains.get(element)
    if chain is not None:
        return chain
    path = []
    while chain is None and <Py_ssize_t>element >= 0:
        path.append(element)
        element = parents[<Py_ssize_t>element]
        chain = chains.get(element)
    if chain is None:
        chain = ()
    while path:
        element = path.pop()
        if tags[<Py_ssize_t>element] in KINDS:
            chain = nested(tags, chain, element)
        chains[element] = chain
    return chain


cdef bint add_ranges(snapshot, block, str text, list inner, Py_ssize_t outside, dict ranges) except -1:
    """Add where each element of the chains begins and ends in a block's text; False where that cannot be told."""
    cdef Py_ssize_t count = len(inner), k, m
    cdef Py_ssize_t *bounds = <Py_ssize_t *>PyMem_Malloc(2 * count * sizeof(Py_ssize_t) + 1)
    cdef tuple chain
    if not bounds:
        raise MemoryError
    try:
        if not find_pieces(snapshot.texts, block.start, count, text, bounds):
            pieces = cleaned_pieces(snapshot, block)
            if pieces is None:
                return False
            if len(pieces) != count:
                raise IndexError("a block's text nodes changed")
            for k in range(count):
                bounds[2 * k], bounds[2 * k + 1] = pieces[k]
        for k in range(count):
            if bounds[2 * k] != bounds[2 * k + 1]:
                chain = inner[k]
                for m in range(outside, len(chain)):
                    known = ranges.get(chain[m])
                    ranges[chain[m]] = (bounds[2 * k] if known is None else known[0], bounds[2 * k + 1])
    finally:
        PyMem_Free(bounds)
    return True


cdef bint find_pieces(list texts, Py_ssize_t first, Py_ssize_t count, str text, Py_ssize_t *bounds) except -1:
    """Find where each text node's words stand, if every character stands where it stood, as `_pieces` asks."""
    cdef int kind = PyUnicode_KIND(text), its
    cdef const void *data = PyUnicode_DATA(text)
    cdef const void *node
    cdef Py_ssize_t size = PyUnicode_GET_LENGTH(text)
    cdef Py_ssize_t k, i, length, begin, stop, at = 0
    cdef bint begun = False
    cdef Py_UCS4 char
    cdef str piece
    if size == 0 or Py_UNICODE_ISSPACE(PyUnicode_READ(kind, data, size - 1)):
        return False
    for k in range(count):
        piece = texts[first + k]
        if piece is None:
            raise TypeError("a text node is None")
        its, node, length = PyUnicode_KIND(piece), PyUnicode_DATA(piece), PyUnicode_GET_LENGTH(piece)
        begin, stop = 0, length
        while begin < length and Py_UNICODE_ISSPACE(PyUnicode_READ(its, node, begin)):
            begin += 1
        while stop > begin and Py_UNICODE_ISSPACE(PyUnicode_READ(its, node, stop - 1)):
            stop -= 1
        if not begun:
            if begin == length:  # white space before the first word
                bounds[2 * k] = bounds[2 * k + 1] = 0
                continue
            begun = True
            at = -begin
        bounds[2 * k], bounds[2 * k + 1] = at + begin, at + stop
        for i in range(max(0, -at), length):
            char = PyUnicode_READ(its, node, i)
            if char == u"\n" or char == 0xa0:
                char = u" "
            if at + i >= size:
                if not Py_UNICODE_ISSPACE(PyUnicode_READ(its, node, i)):
                    return False
            elif char != PyUnicode_READ(kind, data, at + i):
                return False
        at += length
    return at >= size
