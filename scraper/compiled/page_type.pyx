# cython: language_level=3, wraparound=False, cdivision=True
# Lists keep their bounds checks.
"""Twin of `tree_sum` of scraper/body/page_type.py, whose plain Python says what is right."""


def tree_sum(list trees not None, list values not None):
    """Return the sum of the leaves that the values reach, a leaf a tree."""
    cdef double total = 0.0
    cdef Py_ssize_t column
    cdef list branch
    for node in trees:
        while type(node) is list:
            branch = <list>node
            column = branch[0]
            if column < 0:
                raise ValueError("a tree asks for a column before the first")
            node = branch[2] if <double>values[column] <= <double>branch[1] else branch[3]
        total += <double>node
    return total
