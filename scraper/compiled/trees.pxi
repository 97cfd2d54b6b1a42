"""Gradient-boosted trees in flat arrays; the twin of what `body/model.py` compiles."""


cdef struct Node:
    double value  # the threshold; of a leaf, what it adds
    int column  # -1: a leaf
    int left  # where to go on with values up to the threshold
    int right


cdef class Trees:
    """A sum of trees, squeezed into 0 to 1."""

    cdef Node* nodes
    cdef int* roots
    cdef Py_ssize_t size
    cdef Py_ssize_t count

    def __init__(self, list trees, int width):
        self.nodes = <Node*>PyMem_Calloc(sum([nodes_in(tree) for tree in trees]) + 1, sizeof(Node))
        self.roots = <int*>PyMem_Calloc(len(trees) + 1, sizeof(int))
        if self.nodes is NULL or self.roots is NULL:
            raise MemoryError
        for tree in trees:
            self.roots[self.count] = self.add(tree, width)
            self.count += 1

    def __dealloc__(self):
        PyMem_Free(self.nodes)
        PyMem_Free(self.roots)

    cdef int add(self, tree, int width) except -1:
        cdef Node* node = &self.nodes[self.size]
        cdef int place = <int>self.size
        self.size += 1
        if not isinstance(tree, list):
            node.column = -1
            node.value = tree
            return place
        column, node.value, left, right = tree
        if not 0 <= column < width:
            raise ValueError(f"a tree asks for column {column} of {width}")
        node.column = column
        node.left = self.add(left, width)
        node.right = self.add(right, width)
        return place

    cdef void score(self, const double* rows, Py_ssize_t count, int width, double* scores) noexcept:
        """Fill the score of each row; `scores` come in as zeros. Tree by tree: each fits into the nearest cache."""
        cdef Py_ssize_t i, k
        cdef const Node* node
        cdef const Node* root
        cdef const double* row
        for k in range(self.count):
            root = &self.nodes[self.roots[k]]
            for i in range(count):
                row = rows + i * width
                node = root
                while node.column >= 0:
                    node = &self.nodes[node.left if row[node.column] <= node.value else node.right]
                scores[i] += node.value
        for i in range(count):
            if -30.0 < scores[i] < 30.0:
                scores[i] = 1.0 / (1.0 + exp(-scores[i]))
            else:
                scores[i] = 1.0 if scores[i] > 0.0 else 0.0


cdef Py_ssize_t nodes_in(tree) except -1:
    return 1 + nodes_in(tree[2]) + nodes_in(tree[3]) if isinstance(tree, list) else 1
