"""Groups of blocks and of elements, and what they have in common."""


cdef class Groups:
    """The largest group of alike siblings with text that each element stands in: its place there, and the group's size.

    Comments, updates and articles appended below come in such groups.
    """

    cdef int* ordinal
    cdef int* members

    def __init__(self, Facts facts):
        cdef Py_ssize_t k
        cdef int e, p
        cdef Py_ssize_t n = facts.elements
        self.ordinal = <int*>facts.arena.take(n, sizeof(int))
        self.members = <int*>facts.arena.take(n, sizeof(int))
        cdef dict groups = {}
        cdef list group
        for k in range(facts.touched_count):
            e = facts.order[k]
            if facts.counts[e] and (facts.all_chars[e] > 160 or facts.good_chars[e] > 100):
                key = (facts.parents[e], facts.tags[e], (<Source>facts.element_sources[e]).class_name)
                group = groups.get(key)
                if group is None:
                    group = groups[key] = []
                self.ordinal[e] = <int>len(group)
                group.append(e)
        for group in groups.values():
            for e in group:
                self.members[e] = <int>len(group)
        for k in range(facts.touched_count):
            e = facts.order[k]
            p = facts.parents[e]
            if p >= 0 and self.members[e] < self.members[p]:
                self.ordinal[e] = self.ordinal[p]
                self.members[e] = self.members[p]


cdef class Gaps:
    """Blocks and characters since the last kept block, at most 50 and 5,000."""

    cdef int* blocks
    cdef int* chars
    cdef int blocks_now, chars_now

    def __init__(self, Arena arena, Py_ssize_t n):
        self.blocks = <int*>arena.take(n, sizeof(int))
        self.chars = <int*>arena.take(n, sizeof(int))
        self.blocks_now, self.chars_now = 50, 5000

    cdef void step(self, Py_ssize_t i, bint keep, long long chars) noexcept:
        self.blocks[i] = self.blocks_now
        self.chars[i] = self.chars_now
        if keep:
            self.blocks_now, self.chars_now = 1, 0
        else:
            self.blocks_now = min(self.blocks_now + 1, 50)
            self.chars_now = <int>min(self.chars_now + chars, 5000)


cdef class GroupScores:
    """Sums of scores over the blocks that share a key; keys are from -1 on."""

    cdef const int* keys
    cdef double* mass
    cdef long long* chars
    cdef int* members

    def __init__(self):
        raise TypeError("made by `group_scores`")

    cdef void add(self, Py_ssize_t i, double mass, long long chars) noexcept:
        cdef int key = self.keys[i] + 1
        self.mass[key] += mass
        self.chars[key] += chars
        self.members[key] += 1

    cdef void fill(self, Py_ssize_t i, double mass, long long chars, double total, double* row) noexcept:
        """Fill (mean score of the others by length, the group's share of all mass, members)."""
        cdef int key = self.keys[i] + 1
        cdef double whole = self.mass[key]
        cdef long long length = self.chars[key]
        row[0] = (whole - mass) / <double>(length - chars) if length > chars else NONE
        row[1] = whole / total
        row[2] = self.members[key]


cdef GroupScores group_scores(Arena arena, const int* keys, Py_ssize_t count):
    cdef GroupScores scores = GroupScores.__new__(GroupScores)
    scores.keys = keys
    scores.mass = <double*>arena.take(count + 1, sizeof(double))
    scores.chars = <long long*>arena.take(count + 1, sizeof(long long))
    scores.members = <int*>arena.take(count + 1, sizeof(int))
    return scores
