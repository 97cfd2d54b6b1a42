# cython: language_level=3, wraparound=False
"""The compiled twin of `collect` of scraper/metadata/json_ld.py, which says what is right."""

cdef enum:
    MAX_OBJECTS = 5000
    MAX_DEPTH = 40


def collect(value, list found not None):
    """Add every object with a type or an id to `found`, parents before children, in document order."""
    visit(value, found, 0)


cdef int visit(object node, list found, int depth) except -1:
    cdef Py_ssize_t k
    if depth > MAX_DEPTH or len(found) >= MAX_OBJECTS:
        return 0
    if isinstance(node, dict):
        if "@type" in <dict>node or "@id" in <dict>node or "type" in <dict>node:
            found.append(node)
        for child in (<dict>node).values():
            if isinstance(child, (dict, list)):
                visit(child, found, depth + 1)
    elif isinstance(node, list):
        for k in range(min(len(<list>node), MAX_OBJECTS)):
            child = (<list>node)[k]
            if isinstance(child, (dict, list)):
                visit(child, found, depth + 1)
    return 0
