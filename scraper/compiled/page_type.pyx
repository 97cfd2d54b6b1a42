# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True
"""Twin of `sum_of` of scraper/body/kinds/page_type.py, whose plain Python says what is right."""

from cpython.mem cimport PyMem_Calloc, PyMem_Free

cdef enum:
    MOST = 256  # values

cdef struct Node:
    double value  # the threshold; of a leaf, what it adds
    int column  # -1: a leaf
    int left  # where to go on with values up to the threshold, else to the one behind it


def sum_of(list trees not None, Py_ssize_t width):
    """Return the function that adds up the leaves which `width` values reach, a leaf a tree."""
    return Forest(trees, width).tree_sum


cdef class Forest:
    """Trees in one array."""

    cdef Node *nodes
    cdef int *roots
    cdef Py_ssize_t size, count, width

    def __init__(self, list trees, Py_ssize_t width):
        if not 0 <= width <= MOST:
            raise ValueError("more values than there is room for")
        self.width = width
        self.nodes = <Node *>PyMem_Calloc(sum([nodes_in(tree) for tree in trees]) + 1, sizeof(Node))
        self.roots = <int *>PyMem_Calloc(len(trees) + 1, sizeof(int))
        if not self.nodes or not self.roots:
            raise MemoryError
        for tree in trees:
            self.roots[self.count] = <int>self.size
            self.count += 1
            self.size += 1
            self.fill(<int>self.size - 1, tree)

    def __dealloc__(self):
        PyMem_Free(self.nodes)
        PyMem_Free(self.roots)

    cdef int fill(self, int place, tree) except -1:
        cdef Node *node = &self.nodes[place]
        if type(tree) is not list:
            node.column = -1
            node.value = tree
            return 0
        column, node.value, left, right = tree
        if not 0 <= column < self.width:
            raise ValueError(f"a tree asks for more than {self.width} values")
        node.column = column
        node.left = <int>self.size
        self.size += 2
        self.fill(node.left, left)
        self.fill(node.left + 1, right)
        return 0

    def tree_sum(self, list values not None):
        """Return the sum of the leaves that the values reach."""
        cdef double[256] row
        cdef double total = 0.0
        cdef Py_ssize_t k
        cdef const Node *node
        if len(values) != self.width:
            raise IndexError(f"{len(values)} values instead of {self.width}")
        for k in range(self.width):
            row[k] = values[k]
        for k in range(self.count):
            node = &self.nodes[self.roots[k]]
            while node.column >= 0:
                node = &self.nodes[node.left if row[node.column] <= node.value else node.left + 1]
            total += node.value
        return total


cdef Py_ssize_t nodes_in(tree) except -1:
    return 1 + nodes_in(tree[2]) + nodes_in(tree[3]) if type(tree) is list else 1
