"""First stage: cheap features of every block; the twin of `body/classifier/features.py`."""

cdef int FAR = _features._FAR
cdef double MANY_LINKS = _features._LINKS
cdef int SHORT_LABEL = _features._SHORT
cdef double COLUMN_SHARE = _features._COLUMN_SHARE
cdef Py_ssize_t COLUMN_BLOCKS = _features._COLUMN_BLOCKS
cdef Py_ssize_t COLUMN_GOOD = _features._COLUMN_GOOD
cdef int FIRST_COLUMNS = len(_features.FIRST_STAGE)
cdef int SHORT_TEXT = _tokens._SHORT_TEXT


cdef struct Extremes:
    double high
    double low
    double total


cdef class FirstRows:
    """Rows of `FIRST_STAGE` of the blocks worth a look."""

    cdef Facts facts
    cdef double* rows
    cdef int* wanted
    cdef Py_ssize_t count

    def __init__(self, Facts facts, tuple titles):
        self.facts = facts
        self.wanted = <int*>facts.arena.take(facts.n, sizeof(int))
        self.look()
        self.rows = <double*>facts.arena.take(self.count * FIRST_COLUMNS, sizeof(double))
        self.describe(title_block(facts, titles))

    cdef int look(self) except -1:
        """Find the blocks that can belong to an article at all (`worth_a_look`)."""
        cdef Facts facts = self.facts
        cdef Py_ssize_t i
        cdef int p, around
        self.count = 0
        for i in range(facts.n):
            if not facts.inside[i]:
                if facts.density[i] > MANY_LINKS and not facts.good[i]:
                    continue
                p = facts.parents[facts.owner[i]]
                if (
                    facts.chars[i] < SHORT_LABEL
                    and (p < 0 or not facts.good_chars[p])
                    and not facts.kin_good[facts.kin_of[i]]
                ):
                    around = facts.parents[p] if p >= 0 else -1
                    if around < 0 or not facts.good_chars[around]:
                        continue
            self.wanted[self.count] = <int>i
            self.count += 1
        return 0

    cdef int describe(self, Py_ssize_t title) except -1:
        cdef Facts facts = self.facts
        cdef Arena arena = facts.arena
        cdef Py_ssize_t n = facts.n
        cdef Py_ssize_t i, k
        cdef double* row
        cdef double total_good = <double>facts.total_good if facts.total_good else 1.0
        # kin
        cdef Py_ssize_t kinds = len(facts.kin_ids)
        cdef int* kin_first = <int*>arena.take(kinds, sizeof(int))
        cdef int* kin_count = <int*>arena.take(kinds, sizeof(int))
        cdef double* kin_links = <double*>arena.take(kinds, sizeof(double))
        cdef long long* kin_chars = <long long*>arena.take(kinds, sizeof(long long))
        cdef int kin
        for i in range(n):
            kin = facts.kin_of[i]
            if not kin_count[kin]:
                kin_first[kin] = <int>i
            kin_count[kin] += 1
            kin_links[kin] += facts.chars[i] * facts.density[i]
            kin_chars[kin] += facts.chars[i]
        cdef bint column = False  # most of the good text is of one kind
        for kin in range(kinds):
            column = column or facts.kin_good[kin] >= COLUMN_SHARE * total_good
        # positions
        cdef long long total = 0
        cdef Py_ssize_t first = -1
        cdef Py_ssize_t last = n
        cdef Py_ssize_t goods = 0
        cdef int h1_count = 0
        cdef long long title_at = 0
        for i in range(n):
            if i < title:
                title_at += facts.chars[i]
            total += facts.chars[i]
            h1_count += facts.codes[i] == H1
            if facts.good[i] and facts.inside[i]:
                if not goods:
                    first = i
                last = i
                goods += 1
        cdef int* until = <int*>arena.take(n, sizeof(int))
        cdef int distance = FAR
        for i in range(n - 1, -1, -1):
            until[i] = distance
            distance = 1 if facts.good[i] else distance + 1
        cdef double log_good = log(total_good)
        cdef long long before = 0
        cdef long long good_before = 0
        cdef int h1_before = 0
        cdef int since = FAR
        cdef int flags, e, p, g, gg, box, heading
        cdef double way
        cdef long long between
        cdef Branches branches = Branches(facts)
        k = 0
        for i in range(n):
            if k < self.count and self.wanted[k] == i:
                row = self.rows + k * FIRST_COLUMNS
                k += 1
                e = facts.owner[i]
                flags = facts.flags[e]
                row[0] = facts.logs[i]
                row[1] = facts.words[i]
                row[2] = facts.density[i]
                row[3] = facts.link_count[i]
                row[4] = <double>PyUnicode_GET_LENGTH(facts.block_texts[i]) / <double>facts.words[i]
                row[5] = facts.end[i]
                row[6] = facts.good[i]
                row[7] = facts.cjk[i]
                row[8] = facts.codes[i]
                row += 9
                for kin in range(13):
                    row[kin] = flags & (1 << kin)
                row += 13
                kin = facts.kin_of[i]
                row[0] = facts.kin_good[kin] / total_good
                row[1] = kin_count[kin]
                row[2] = kin_links[kin] / <double>kin_chars[kin]
                row[3] = <double>kin_chars[kin] / <double>kin_count[kin]
                row[4] = i - kin_first[kin]
                row[5] = i > 0 and facts.kin_of[i - 1] == kin
                row[6] = i < n - 1 and facts.kin_of[i + 1] == kin
                row += 7
                p = facts.parents[e]
                g = facts.parents[p] if p >= 0 else -1
                gg = facts.parents[g] if g >= 0 else -1
                row[0] = facts.depth[e]
                row[1] = tag_code(facts, p)
                row[2] = tag_code(facts, g)
                if p >= 0:
                    row[3] = facts.good_chars[p] / total_good
                    row[4] = facts.counts[p]
                    row[5] = <double>facts.good_counts[p] / <double>facts.counts[p]
                    row[6] = facts.link_chars[p] / <double>facts.all_chars[p]
                if g >= 0:
                    row[7] = facts.good_chars[g] / total_good
                    row[8] = facts.counts[g]
                    row[9] = facts.link_chars[g] / <double>facts.all_chars[g]
                if gg >= 0:
                    row[10] = facts.good_chars[gg] / total_good
                    row[11] = facts.counts[gg]
                row[12] = facts.inside[i]
                branches.find(p)
                row[13] = branches.levels
                if facts.inside[i]:
                    if branches.share >= 0:
                        row[14] = branches.share
                    else:
                        row[14] = facts.chars[i] / total_good if facts.good[i] else 0
                row[15] = facts.half < e < facts.half_end
                row[16] = i > 0 and facts.parents[facts.owner[i - 1]] == p
                row[17] = i < n - 1 and facts.parents[facts.owner[i + 1]] == p
                row[18] = facts.hidden[e]
                box = facts.box[e]
                if box >= 0:
                    if box == e and not facts.counts[box]:
                        row[19] = 1
                        row[20] = facts.logs[i]
                        row[21] = facts.density[i]
                        row[22] = facts.good[i]
                    else:
                        row[19] = facts.counts[box]
                        row[20] = log(<double>(facts.all_chars[box] + 1))
                        row[21] = facts.link_chars[box] / <double>facts.all_chars[box]
                        row[22] = <double>facts.good_chars[box] / <double>facts.all_chars[box]
                row += 23
                heading = facts.heading[i]
                between = before - title_at if before >= title_at else title_at - before
                way = log(<double>(1 + between))
                row[0] = <double>i / <double>n
                row[1] = <double>before / <double>total
                row[2] = good_before / total_good
                row[3] = i - first
                row[4] = i - last
                row[5] = i - title
                row[6] = way if i > title else -way
                row[7] = since
                row[8] = until[i]
                row[9] = i - heading if heading >= 0 else -1
                row[10] = facts.codes[heading] if heading >= 0 else 0
                row[11] = h1_before
                row[12] = h1_count
                row[13] = min(n, COLUMN_BLOCKS) if column else n
                row[14] = log_good
                row[15] = min(goods, COLUMN_GOOD) if column else goods
                row += 16
                beside(facts, i - 1, row)
                beside(facts, i + 1, row + 5)
                farther(facts, i - 2, row + 10)
                farther(facts, i + 2, row + 13)
            before += facts.chars[i]
            since = 1 if facts.good[i] else since + 1
            if facts.good[i]:
                good_before += facts.chars[i]
            h1_before += facts.codes[i] == H1
        return 0


cdef void beside(Facts facts, Py_ssize_t i, double* row) noexcept:
    if 0 <= i < facts.n:
        row[0] = facts.logs[i]
        row[1] = facts.density[i]
        row[2] = facts.end[i]
        row[3] = facts.good[i]
        row[4] = facts.codes[i]


cdef void farther(Facts facts, Py_ssize_t i, double* row) noexcept:
    if 0 <= i < facts.n:
        row[0] = facts.logs[i]
        row[1] = facts.density[i]
        row[2] = facts.good[i]


cdef int tag_code(Facts facts, int element) except -1:
    """The number of an element's tag; 0 for none."""
    if element < 0:
        return 0
    code = TAG_CODES.get(facts.tags[element])
    return OTHER_TAG if code is None else <int>code


cdef Py_ssize_t title_block(Facts facts, tuple titles) except -2:
    """Return the block that shows the headline; -1: none."""
    cdef Py_ssize_t first_good = 0
    cdef Py_ssize_t found = -1
    cdef Py_ssize_t i
    for i in range(facts.n):
        if facts.good[i]:
            first_good = i
            break
    for i in range(facts.n):
        if facts.codes[i] == H1 or facts.lower[i] in titles:
            found = i
            break
    for i in range(found + 1, first_good):
        if facts.codes[i] == H1:
            found = i
    return found


cdef class Branches:
    """How elements hang together with the container; the last one is remembered, for blocks come in families."""

    cdef Facts facts
    cdef int parent
    cdef int levels
    cdef double share

    def __init__(self, Facts facts):
        self.facts = facts
        self.parent = -2

    cdef void find(self, int parent) noexcept:
        cdef Facts facts = self.facts
        cdef int container = facts.container
        cdef int e = parent
        cdef int child = -1
        if parent == self.parent:
            return
        self.parent = parent
        self.levels = 0
        self.share = 0.0
        if container < 0:
            return
        if container <= parent < facts.container_end:
            while e != container:
                child = e
                e = facts.parents[e]
                self.levels += 1
            self.share = -1.0 if child < 0 else facts.good_chars[child] / <double>(facts.total_good or 1)
            if child < 0:
                self.levels = 0
            return
        while e >= 0 and not (e <= container < facts.end_of[e]):
            e = facts.parents[e]
            self.levels += 1
        self.levels = -1 - self.levels


cdef Extremes extremes(Source source, Table table) noexcept:
    """(largest, smallest, sum) of the weights of an element's words that a table knows."""
    cdef Extremes found
    found.high = found.low = found.total = 0.0
    cdef double[1024] weights
    cdef int n = 0
    cdef int k
    cdef double* weight
    for k in range(source.count):
        weight = table.known(source.words[k])
        if weight is not NULL and n < 1024:
            weights[n] = weight[0]
            found.high = weight[0] if not n else max(found.high, weight[0])
            found.low = weight[0] if not n else min(found.low, weight[0])
            n += 1
    found.total = exact_sum(weights, n)
    return found


cdef class TokenReader:
    """The token columns of the first stage."""

    cdef Facts facts
    cdef Table own, parent, grand, far, text
    cdef Extremes* far_of

    def __init__(self, Facts facts, Table own, Table parent, Table grand, Table far, Table text):
        self.facts = facts
        self.own, self.parent, self.grand, self.far, self.text = own, parent, grand, far, text
        self.far_of = <Extremes*>facts.arena.take(facts.elements, sizeof(Extremes))
        self.climb()

    cdef int fill(self, FirstRows first) except -1:
        cdef Facts facts = self.facts
        cdef double* row
        cdef double* parent_row = NULL
        cdef double heading_min = 0.0
        cdef int heading_at = -1
        cdef int parent_at = -2
        cdef int heading, e, p, g
        cdef Py_ssize_t k, i
        for k in range(first.count):
            i = first.wanted[k]
            row = first.rows + k * FIRST_COLUMNS + FIRST_COLUMNS - 17
            e = facts.owner[i]
            p = facts.parents[e]
            put(row, extremes(<Source>facts.element_sources[e], self.own))
            if p == parent_at:
                memcpy(row + 3, parent_row, 9 * sizeof(double))
            else:
                if p >= 0:
                    put(row + 3, extremes(<Source>facts.element_sources[p], self.parent))
                    g = facts.parents[p]
                    if g >= 0:
                        put(row + 6, extremes(<Source>facts.element_sources[g], self.grand))
                        if facts.parents[g] >= 0:
                            put(row + 9, self.far_of[facts.parents[g]])
                parent_at = p
                parent_row = row + 3
            heading = facts.heading[i]
            if heading != heading_at:
                heading_at = heading
                heading_min = self.text_weights(heading, NULL) if heading >= 0 else 0.0
            self.text_weights(i, row + 12)
            row[16] = heading_min
        return 0

    cdef double text_weights(self, Py_ssize_t i, double* row) noexcept:
        """Return the smallest weight of the first words of a text; fill (largest, smallest, mean, sum of three)."""
        cdef Text lower = text_of(<str>self.facts.lower[i])
        cdef Words words
        if lower.size < SHORT_TEXT:
            read_words(&lower, 0, lower.size, 14, False, &words)
        else:
            read_words(&lower, 0, 80, 5, False, &words)
        cdef double[14] weights
        cdef double high = 0.0
        cdef double low = 0.0
        cdef int n = 0
        cdef Py_ssize_t k
        cdef double* weight
        for k in range(words.size):
            weight = self.text.known(words.hashes[k])
            if weight is not NULL:
                weights[n] = weight[0]
                high = weight[0] if not n else max(high, weight[0])
                low = weight[0] if not n else min(low, weight[0])
                n += 1
        if row is not NULL and n:
            row[0] = high
            row[1] = low
            row[2] = exact_sum(weights, n) / n
            row[3] = exact_sum(weights, min(n, 3))
        return low

    cdef int climb(self) except -1:
        """Find (largest, smallest, sum) of the weights of the words of each element and of all around it."""
        cdef Facts facts = self.facts
        cdef Py_ssize_t k
        cdef Extremes above, own
        cdef int e, p
        for k in range(facts.touched_count):  # parents come before their children
            e = facts.order[k]
            p = facts.parents[e]
            own = extremes(<Source>facts.element_sources[e], self.far)
            if p >= 0:
                above = self.far_of[p]
            else:
                above.high = above.low = above.total = 0.0
            above.high = max(above.high, own.high)
            above.low = min(above.low, own.low)
            above.total += own.total
            self.far_of[e] = above
        return 0


cdef inline void put(double* row, Extremes found) noexcept:
    row[0] = found.high
    row[1] = found.low
    row[2] = found.total
