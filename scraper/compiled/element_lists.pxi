"""Elements as they are counted, and the lists that are made of them: what the two walks over a page share."""

from cpython.mem cimport PyMem_Realloc
from cpython.ref cimport Py_INCREF

cdef extern from "Python.h":
    list PyList_New(Py_ssize_t size)
    void PyList_SET_ITEM(object into, Py_ssize_t at, object item)

cdef struct Element:
    Py_ssize_t name  # index into the names of all elements
    Py_ssize_t parent
    Py_ssize_t end
    Py_ssize_t text_start
    Py_ssize_t text_end
    Py_ssize_t source_start  # where the attributes stand
    Py_ssize_t source_end


cdef void *roomier(void *rows, Py_ssize_t *room, size_t size) except NULL:
    """Return where the rows, each of `size` bytes, stand with room for twice as many."""
    cdef void *moved = PyMem_Realloc(rows, 2 * <size_t>room[0] * size)
    if not moved:
        raise MemoryError
    room[0] *= 2
    return moved


cdef inline void put(list into, Py_ssize_t at, object item) noexcept:
    """Fill a place of a new list, each once."""
    Py_INCREF(item)
    PyList_SET_ITEM(into, at, item)


cdef tuple structure_of(const Element *elements, Py_ssize_t count, list names, list numbers):
    """Return (tags, parents, ends, text_starts, text_ends); equal numbers, and equal tags, are one object."""
    cdef Py_ssize_t i
    cdef const Element *element
    cdef list tags = PyList_New(count), parents = PyList_New(count), ends = PyList_New(count)
    cdef list text_starts = PyList_New(count), text_ends = PyList_New(count)
    cdef object outside = -1
    for i in range(count):
        element = &elements[i]
        put(tags, i, names[element.name])
        put(parents, i, numbers[element.parent] if element.parent >= 0 else outside)
        put(ends, i, numbers[element.end])
        put(text_starts, i, numbers[element.text_start])
        put(text_ends, i, numbers[element.text_end])
    return tags, parents, ends, text_starts, text_ends


cdef int mark_breaks(const Element *elements, Py_ssize_t count, list tags, list sources) except -1:
    """As `mark_breaks` in scraper/page/snapshot.py."""
    cdef Py_ssize_t i, at
    cdef const Element *element
    cdef str source
    for i in range(count):
        element = &elements[i]
        if element.end != i + 1 or element.text_start != element.text_end or tags[i] != "span":
            continue
        source = sources[i]
        if "br" not in source:
            continue
        at = source.find(' class="')
        if at >= 0 and "br" in source[at + 8 : source.find('"', at + 8)].split():
            tags[i] = "br"
    return 0
