"""Gradient-boosted trees in flat arrays; the twin of what `body/classifier/model.py` compiles."""


cdef enum:
    LANES = 8  # rows that go down a tree side by side: the processor waits for none of them
    STEPS = 6  # that all of them go, before those that have not arrived go on alone


ctypedef const double* Row


cdef struct Node:
    double value  # the threshold; of a leaf, infinity
    int column
    int left  # where to go on with values up to the threshold, else to the one behind it; a leaf goes on to itself


cdef class Trees:
    """A sum of trees, squeezed into 0 to 1."""

    cdef Node* nodes
    cdef double* leaves  # what a leaf adds, by its node
    cdef int* roots
    cdef Py_ssize_t size
    cdef Py_ssize_t count

    def __init__(self, list trees, int width):
        cdef Py_ssize_t room = sum([nodes_in(tree) for tree in trees]) + 1
        self.nodes = <Node*>PyMem_Calloc(room, sizeof(Node))
        self.leaves = <double*>PyMem_Calloc(room, sizeof(double))
        self.roots = <int*>PyMem_Calloc(len(trees) + 1, sizeof(int))
        if self.nodes is NULL or self.leaves is NULL or self.roots is NULL:
            raise MemoryError
        for tree in trees:
            self.roots[self.count] = <int>self.size
            self.size += 1
            self.fill(self.roots[self.count], tree, width)
            self.count += 1

    def __dealloc__(self):
        PyMem_Free(self.nodes)
        PyMem_Free(self.leaves)
        PyMem_Free(self.roots)

    cdef int fill(self, int place, tree, int width) except -1:
        cdef Node* node = &self.nodes[place]
        if not isinstance(tree, list):
            node.value = INFINITY
            node.left = place
            self.leaves[place] = tree
            return 0
        column, node.value, left, right = tree
        if not 0 <= column < width:
            raise ValueError(f"a tree asks for column {column} of {width}")
        node.column = column
        node.left = <int>self.size
        self.size += 2
        self.fill(node.left, left, width)
        self.fill(node.left + 1, right, width)
        return 0

    cdef void score(self, const double* rows, Py_ssize_t count, int width, double* scores) noexcept:
        """Fill the score of each row; `scores` come in as zeros."""
        cdef Row[8] lanes
        cdef double[8] sums
        cdef Py_ssize_t first, k
        cdef int lane
        for first in range(0, count, LANES):
            for lane in range(LANES):
                lanes[lane] = rows + min(first + lane, count - 1) * width  # the last row stands in for those that lack
                sums[lane] = 0.0
            for k in range(self.count):
                descend(self.nodes, self.leaves, self.roots[k], lanes, sums)
            for lane in range(<int>min(<Py_ssize_t>LANES, count - first)):
                scores[first + lane] = squeezed(sums[lane])


cdef inline void descend(const Node* nodes, const double* leaves, int root, const Row* lanes, double* sums) noexcept:
    """Add to each lane's sum the leaf of one tree that its row reaches."""
    cdef int[8] places
    cdef int lane, step, place, moved
    cdef const Node* node
    for lane in range(LANES):
        places[lane] = root
    for step in range(STEPS):
        for lane in range(LANES):
            node = &nodes[places[lane]]
            places[lane] = node.left + (lanes[lane][node.column] > node.value)
    moved = 1
    while moved:
        moved = 0
        for lane in range(LANES):
            node = &nodes[places[lane]]
            place = node.left + (lanes[lane][node.column] > node.value)
            moved |= place ^ places[lane]
            places[lane] = place
    for lane in range(LANES):
        sums[lane] += leaves[places[lane]]


cdef double squeezed(double score) noexcept:
    if -30.0 < score < 30.0:
        return 1.0 / (1.0 + exp(-score))
    return 1.0 if score > 0.0 else 0.0


cdef Py_ssize_t nodes_in(tree) except -1:
    return 1 + nodes_in(tree[2]) + nodes_in(tree[3]) if isinstance(tree, list) else 1
