"""Layout: sums over blocks and elements, in arrays; the twin of `body/classifier/layout.py`."""

cdef dict TAG_CODES = _layout._TAG_CODES
cdef int OTHER_TAG = _layout._OTHER_TAG
cdef dict FLAGS = _layout._FLAGS
cdef frozenset BOXES = _layout._BOXES
cdef int GOOD_CHARS = _layout._GOOD_CHARS
cdef double GOOD_LINKS = _layout._GOOD_LINKS
cdef double MAIN_SHARE = _layout._MAIN_SHARE
cdef double HALF_SHARE = _layout._HALF_SHARE

cdef enum:
    H1 = 3
    LAST_HEADING = 7

_note("".join([chr(c) for c in range(128) if chr(c).isalnum()]) + "_", WORD)
_note(_layout._CLOSERS, CLOSER)
_note("".join(_layout._ENDS), ENDS)


cdef class Source:
    """What the attributes of one element say: its class, the hashes of its naming words, whether they hide it."""

    cdef str class_name
    cdef bint hides
    cdef Hash* words
    cdef int count

    def __dealloc__(self):
        PyMem_Free(self.words)


cdef class Facts:
    """The blocks of a page and the elements around them; arrays run parallel to the blocks or to the elements."""

    cdef Arena arena
    cdef dict sources_seen
    cdef list tags, sources, parents_list, ends, texts, text_parents, blocks
    cdef Py_ssize_t n, elements
    # of blocks
    cdef long long* chars
    cdef long long* words
    cdef long long* link_count
    cdef double* density
    cdef double* logs
    cdef int* end
    cdef unsigned char* good
    cdef unsigned char* cjk
    cdef unsigned char* inside
    cdef int* codes
    cdef int* owner
    cdef int* heading
    cdef int* kin_of
    cdef list block_texts, lower, kin
    cdef dict kin_ids
    cdef long long* kin_good
    # of elements
    cdef int* parents
    cdef int* end_of
    cdef unsigned char* touched
    cdef long long* good_chars
    cdef long long* all_chars
    cdef double* link_chars
    cdef int* counts
    cdef int* good_counts
    cdef int* flags
    cdef int* depth
    cdef unsigned char* hidden
    cdef int* box
    cdef list element_sources
    cdef int* order
    cdef Py_ssize_t touched_count
    cdef long long total_good
    cdef int container, half
    cdef int container_end, half_end

    def __init__(self, snapshot, list blocks):
        self.arena = Arena()
        self.sources_seen = {}
        self.tags, self.sources, self.parents_list = snapshot.tags, snapshot.sources, snapshot.parents
        self.ends, self.texts, self.text_parents = snapshot.ends, snapshot.texts, snapshot.text_parents
        self.blocks = blocks
        self.n = len(blocks)
        self.elements = len(self.tags)
        if not len(self.sources) == len(self.parents_list) == len(self.ends) == self.elements:
            raise ValueError("a snapshot's lists of elements differ in length")
        if len(self.texts) != len(self.text_parents):
            raise ValueError("a snapshot's lists of texts differ in length")
        self.read_blocks()
        self.sum_up()
        self.inherit()
        self.find_kin()
        self.find_container()

    cdef int read_blocks(self) except -1:
        cdef Py_ssize_t i
        cdef Arena arena = self.arena
        cdef Py_ssize_t n = self.n
        self.chars = <long long*>arena.take(n, sizeof(long long))
        self.words = <long long*>arena.take(n, sizeof(long long))
        self.link_count = <long long*>arena.take(n, sizeof(long long))
        self.density = <double*>arena.take(n, sizeof(double))
        self.logs = <double*>arena.take(n, sizeof(double))
        self.end = <int*>arena.take(n, sizeof(int))
        self.good = <unsigned char*>arena.take(n, 1)
        self.cjk = <unsigned char*>arena.take(n, 1)
        self.inside = <unsigned char*>arena.take(n, 1)
        self.codes = <int*>arena.take(n, sizeof(int))
        self.owner = <int*>arena.take(n, sizeof(int))
        self.heading = <int*>arena.take(n, sizeof(int))
        self.block_texts = []
        self.lower = []
        cdef str text
        cdef int last = -1
        for i in range(n):
            block = self.blocks[i]
            text = block.text
            if not text:
                raise ValueError("a block without text")
            self.owner[i] = block.element
            if not 0 <= self.owner[i] < self.elements:
                raise ValueError("a block outside the page")
            self.link_count[i] = block.links
            self.block_texts.append(text)
            self.lower.append(lower_text(text))
            self.read_text(i, text, block.link_chars)
            code = TAG_CODES.get(self.tags[self.owner[i]])
            self.codes[i] = OTHER_TAG if code is None else code
            self.heading[i] = last
            if H1 <= self.codes[i] <= LAST_HEADING:
                last = <int>i
        return 0

    cdef int read_text(self, Py_ssize_t i, str text, long long link_chars) except -1:
        cdef Text view = text_of(text)
        cdef long long n = view.size
        cdef long long count = 1
        cdef Py_ssize_t k, head, wide
        cdef double dense = <double>link_chars / <double>n
        for k in range(view.size):
            count += at(&view, k) == 32
        if not PyUnicode_IS_ASCII(text):
            head = min(view.size, 200)
            wide = 0
            for k in range(head):
                wide += is_cjk(at(&view, k))
            if wide * 3 > head:
                self.cjk[i] = True
                count = max(count, n // 2)
                n *= 2
        k = view.size - 1
        while k >= 0 and marks_of(at(&view, k)) & CLOSER:
            k -= 1
        if k >= 0:
            last = at(&view, k)
            if marks_of(last) & ENDS:
                self.end[i] = 2
            elif last == u":" or last == u";":
                self.end[i] = 1
        self.chars[i] = n
        self.words[i] = count
        self.density[i] = dense
        self.logs[i] = log(<double>(n + 1))
        self.good[i] = n >= GOOD_CHARS and dense < GOOD_LINKS and self.end[i] == 2
        return 0

    cdef int sum_up(self) except -1:
        """Sum over the blocks that each element holds."""
        cdef Py_ssize_t i
        cdef Arena arena = self.arena
        cdef Py_ssize_t n = self.elements
        cdef int e, p
        cdef Py_ssize_t k
        self.parents = <int*>arena.take(n, sizeof(int))
        self.end_of = <int*>arena.take(n, sizeof(int))
        self.touched = <unsigned char*>arena.take(n, 1)
        self.good_chars = <long long*>arena.take(n, sizeof(long long))
        self.all_chars = <long long*>arena.take(n, sizeof(long long))
        self.link_chars = <double*>arena.take(n, sizeof(double))
        self.counts = <int*>arena.take(n, sizeof(int))
        self.good_counts = <int*>arena.take(n, sizeof(int))
        for i in range(n):
            self.parents[i] = self.parents_list[i]
            self.end_of[i] = self.ends[i]
            if not -1 <= self.parents[i] < i:
                raise ValueError("a parent must come before its children")
        for i in range(self.n):
            self.touched[self.owner[i]] = True
            e = self.parents[self.owner[i]]
            if e >= 0:
                if self.good[i]:
                    self.good_chars[e] += self.chars[i]
                    self.good_counts[e] += 1
                self.all_chars[e] += self.chars[i]
                self.link_chars[e] += self.chars[i] * self.density[i]
                self.counts[e] += 1
            while e >= 0 and not self.touched[e]:
                self.touched[e] = True
                e = self.parents[e]
        self.touched_count = 0
        for i in range(n):
            self.touched_count += self.touched[i]
        self.order = <int*>arena.take(self.touched_count, sizeof(int))
        k = 0
        for i in range(n):
            if self.touched[i]:
                self.order[k] = <int>i
                k += 1
        for k in range(self.touched_count - 1, -1, -1):
            e = self.order[k]
            p = self.parents[e]
            if p >= 0 and self.counts[e]:
                self.good_chars[p] += self.good_chars[e]
                self.all_chars[p] += self.all_chars[e]
                self.link_chars[p] += self.link_chars[e]
                self.counts[p] += self.counts[e]
                self.good_counts[p] += self.good_counts[e]
        return 0

    cdef int inherit(self) except -1:
        """Find what elements have from those around them."""
        cdef Arena arena = self.arena
        cdef Py_ssize_t n = self.elements
        cdef Py_ssize_t k
        cdef int e, p
        cdef str tag
        cdef Source source
        self.flags = <int*>arena.take(n, sizeof(int))
        self.depth = <int*>arena.take(n, sizeof(int))
        self.hidden = <unsigned char*>arena.take(n, 1)
        self.box = <int*>arena.take(n, sizeof(int))
        self.element_sources = [None] * self.elements
        for k in range(self.touched_count):
            e = self.order[k]
            p = self.parents[e]
            tag = self.tags[e]
            source = self.source_of(self.sources[e])
            self.element_sources[e] = source
            flag = FLAGS.get(tag)
            self.flags[e] = (self.flags[p] if p >= 0 else 0) | (0 if flag is None else <int>flag)
            self.depth[e] = self.depth[p] + 1 if p >= 0 else 0
            self.hidden[e] = source.hides or (p >= 0 and self.hidden[p])
            self.box[e] = e if tag in BOXES else (self.box[p] if p >= 0 else -1)
        return 0

    cdef Source source_of(self, str text):
        found = self.sources_seen.get(text)
        if found is None:
            found = self.sources_seen[text] = read_source(text)
        return <Source>found

    cdef int find_kin(self) except -1:
        cdef Py_ssize_t i
        cdef int e, p
        cdef list keys = []  # one of each is kept
        self.kin = []
        self.kin_ids = {}
        self.kin_of = <int*>self.arena.take(self.n, sizeof(int))
        self.kin_good = <long long*>self.arena.take(self.n, sizeof(long long))
        for i in range(self.n):
            e = self.owner[i]
            p = self.parents[e]
            if p >= 0:
                key = (
                    self.tags[e], (<Source>self.element_sources[e]).class_name,
                    self.tags[p], (<Source>self.element_sources[p]).class_name,
                )
            else:
                key = (self.tags[e], (<Source>self.element_sources[e]).class_name, "", "")
            known = self.kin_ids.get(key)
            if known is None:
                known = self.kin_ids[key] = len(self.kin_ids)
                keys.append(key)
            self.kin_of[i] = known
            self.kin.append(keys[self.kin_of[i]])
            if self.good[i]:
                self.kin_good[self.kin_of[i]] += self.chars[i]
        return 0

    cdef int find_container(self) except -1:
        cdef Py_ssize_t i, k
        cdef int e
        self.total_good = 0
        for i in range(self.n):
            if self.good[i]:
                self.total_good += self.chars[i]
        self.container = self.half = -1
        if self.total_good:
            for k in range(self.touched_count):
                e = self.order[k]
                if self.counts[e]:
                    if self.good_chars[e] >= MAIN_SHARE * self.total_good:
                        self.container = e
                    if self.good_chars[e] >= HALF_SHARE * self.total_good:
                        self.half = e
        self.container_end = self.end_of[self.container] if self.container >= 0 else 0
        self.half_end = self.end_of[self.half] if self.half >= 0 else 0
        for i in range(self.n):
            self.inside[i] = self.container < 0 or self.container < self.owner[i] < self.container_end
        return 0

    cdef object outline(self):
        """Return the `Outline` that everything after the scores reads."""
        cdef Py_ssize_t i, k
        cdef Py_ssize_t n = self.n
        cdef int depth = -1
        for k in range(self.touched_count):
            depth = max(depth, self.depth[self.order[k]])
        return _outline.Outline(
            [self.chars[i] for i in range(n)], [self.density[i] for i in range(n)],
            [<bint>self.good[i] for i in range(n)], [<bint>self.inside[i] for i in range(n)],
            [self.codes[i] for i in range(n)], self.kin, [self.box[self.owner[i]] for i in range(n)],
            [<bint>self.hidden[self.owner[i]] for i in range(n)], depth,
        )

    cdef object layout(self):
        """Return the `Layout`, all of it."""
        cdef Py_ssize_t i, k
        cdef Py_ssize_t n = self.n
        cdef int e
        cdef list order = []
        cdef dict good_chars = {}
        cdef dict all_chars = {}
        cdef dict link_chars = {}
        cdef dict counts = {}
        cdef dict good_counts = {}
        cdef dict class_of = {}
        cdef dict flags = {-1: 0}
        cdef dict depth = {-1: -1}
        cdef dict hidden = {-1: False}
        cdef dict box = {-1: -1}
        for k in range(self.touched_count):
            e = self.order[k]
            element = e
            order.append(element)
            if self.counts[e]:
                good_chars[element] = self.good_chars[e]
                all_chars[element] = self.all_chars[e]
                link_chars[element] = self.link_chars[e]
                counts[element] = self.counts[e]
                good_counts[element] = self.good_counts[e]
            class_of[element] = (<Source>self.element_sources[e]).class_name
            flags[element] = self.flags[e]
            depth[element] = self.depth[e]
            hidden[element] = <bint>self.hidden[e]
            box[element] = self.box[e]
        return _layout.Layout(
            [self.chars[i] for i in range(n)], [self.words[i] for i in range(n)], [self.density[i] for i in range(n)],
            [self.end[i] for i in range(n)], [<bint>self.good[i] for i in range(n)],
            [<bint>self.cjk[i] for i in range(n)], [self.codes[i] for i in range(n)], self.kin, self.lower, order,
            good_chars, all_chars, link_chars, counts, good_counts, class_of, flags, depth, hidden, box,
            self.total_good, self.container, self.half, [<bint>self.inside[i] for i in range(n)],
            [self.heading[i] for i in range(n)],
            {key: self.kin_good[<int>k] for key, k in self.kin_ids.items()}, self.parents_list,
        )


cdef str CLASS = 'class="'
cdef dict _naming = {name: 1.0 for name in _tokens._NAMING}
cdef Table NAMING = weights_of(_naming)
cdef int LONGEST_VALUE = _tokens._LONGEST


cdef Source read_source(str text):
    """Return what the attributes of an element say; `text` as serialised."""
    cdef Source source = Source.__new__(Source)
    source.class_name = class_of_source(text)
    cdef Text view = text_of(text)
    source.hides = ("hidden" in text or "none" in text) and says_hidden(&view)
    cdef Py_ssize_t i = 0
    cdef Py_ssize_t name, stop, value
    while i < view.size:
        # r"\s([^\s=>]+)=\"([^\"]{1,200})", the way `findall` goes
        if not Py_UNICODE_ISSPACE(at(&view, i)):
            i += 1
            continue
        name = stop = i + 1
        while stop < view.size and not ends_name(at(&view, stop)):
            stop += 1
        if stop == name or stop + 2 >= view.size or at(&view, stop) != u"=" or at(&view, stop + 1) != u'"':
            i += 1
            continue
        value = stop + 2
        i = value
        while i < view.size and i - value < LONGEST_VALUE and at(&view, i) != u'"':
            i += 1
        if i > value and NAMING.known(hash_of(view, name, stop, EMPTY)) is not NULL:
            source.words = <Hash*>PyMem_Realloc(source.words, (source.count + (i - value) // 2 + 1) * sizeof(Hash))
            if source.words is NULL:
                raise MemoryError
            source.count = read_names(&view, value, i, source.words, source.count)
    return source


cdef bint says_hidden(const Text* text) noexcept:
    """Whether `layout._HIDDEN` is found: each of its ways to say so has "none" or "hidden" in it."""
    cdef Py_ssize_t i, behind
    for i in range(text.size - 3):
        if at(text, i) == u"n":
            if stands(text, i, b"none") and stands(text, back_over_space(text, i) - 8, b"display:"):
                return True
        elif at(text, i) == u"h" and stands(text, i, b"hidden"):
            behind = i + 6
            if i > 0 and Py_UNICODE_ISSPACE(at(text, i - 1)):
                if behind == text.size or at(text, behind) == u"=" or Py_UNICODE_ISSPACE(at(text, behind)):
                    return True
            if stands(text, i - 5, b"aria-") and stands(text, behind, b'="true"'):
                return True
            if stands(text, back_over_space(text, i) - 11, b"visibility:"):
                return True
    return False


cdef inline bint stands(const Text* text, Py_ssize_t start, const char* word) noexcept:
    """Whether a word of ASCII stands at a place."""
    if start < 0:
        return False
    while word[0]:
        if start >= text.size or at(text, start) != <Py_UCS4>word[0]:
            return False
        start += 1
        word += 1
    return True


cdef inline Py_ssize_t back_over_space(const Text* text, Py_ssize_t i) noexcept:
    while i > 0 and Py_UNICODE_ISSPACE(at(text, i - 1)):
        i -= 1
    return i


cdef inline bint ends_name(Py_UCS4 char) noexcept:
    return char == u"=" or char == u">" or Py_UNICODE_ISSPACE(char)


cdef int read_names(const Text* text, Py_ssize_t start, Py_ssize_t stop, Hash* words, int count) noexcept:
    """Add the hashes of r"[A-Z]?[a-z]+|[A-Z]+" of two letters or more, in lower case, each once; return how many."""
    cdef Py_ssize_t i = start
    cdef Py_ssize_t begin
    cdef Py_UCS4 char
    cdef Hash state
    cdef int k
    while i < stop:
        char = at(text, i)
        begin = i
        if u"A" <= char <= u"Z":
            if i + 1 < stop and u"a" <= at(text, i + 1) <= u"z":
                i += 1
                while i < stop and u"a" <= at(text, i) <= u"z":
                    i += 1
            else:
                while i < stop and u"A" <= at(text, i) <= u"Z":
                    i += 1
        elif u"a" <= char <= u"z":
            while i < stop and u"a" <= at(text, i) <= u"z":
                i += 1
        else:
            i += 1
            continue
        if i - begin < 2:
            continue
        state = EMPTY
        for k in range(<int>(i - begin)):
            state = mixed(state, <Py_UCS4>(<unsigned int>at(text, begin + k) | 32))
        for k in range(count):
            if words[k] == state:
                break
        else:
            words[count] = state
            count += 1
    return count


cdef str class_of_source(str text):
    r"""Return what r"\sclass=\"([^\"]*)\"" finds, or ""."""
    cdef Py_ssize_t start = text.find(CLASS)
    cdef Py_ssize_t stop
    while start >= 0:
        if start > 0 and Py_UNICODE_ISSPACE(text[start - 1]):
            stop = text.find('"', start + 7)
            return text[start + 7 : stop] if stop >= 0 else ""
        start = text.find(CLASS, start + 1)
    return ""
