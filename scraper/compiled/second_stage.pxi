"""Second stage: a closer reading of the blocks asked about; the twin of `body/classifier/context.py` and `body/classifier/phrases.py`."""

cdef object filler_share = _context.filler_share
cdef int FEW_WORDS = _claims.FEW_WORDS
cdef int HEAD = _context._HEAD
cdef int LABEL = _context._LABEL
cdef int KEY = _context._KEY
cdef int INNERMOST = _context._INNERMOST
cdef int TOPIC_BLOCKS = _context._TOPIC_BLOCKS
cdef double NONE = _context._NONE
cdef double KEPT = _context._KEPT
cdef int SECOND_COLUMNS = len(_context.SECOND_STAGE)
cdef int EDGE_WORDS = _tokens.EDGE_WORDS
cdef int COLON_WITHIN = _tokens._COLON_WITHIN
cdef int PHRASE_CHARS = _phrases._CHARS
cdef int PHRASE_WORDS = _phrases._MOST
cdef int OPENING = _phrases._OPENING
cdef int FIRST_WORDS = _phrases._FIRST
cdef int LAST_WORDS = _phrases._LAST
cdef int SHORT_WORDS = _phrases._SHORT

_note(",、，،", COMMA)
_note("".join(_context._SEPARATORS), SEPARATOR)
_note("".join([mark for mark in _context._MARKS if len(mark) == 1]), MARK)
_note("".join(_context._OPENERS), OPENER)
_note("".join(_context._DASHES), DASH)
_note("".join(_context._ENDS) + ".", SENTENCE)

cdef dict _filler_words = {word: 1.0 for word in _context._FILLER}
cdef Table FILLER = weights_of(_filler_words)


cdef enum:
    LONG_WORD = 3
    FILLER_WORDS = 40
    LEAST_FILLER = 4
    TITLE_CHARS = 400
    CLAIM_CHARS = 1200  # 600, of which a capital I with a dot makes two in lower case
    CLAIM_WORDS = 450
    MOST_EDGES = 128
    MOST_PHRASES = 128

cdef struct EdgeWeights:
    int count
    double[128] values

cdef struct Phrased:
    int size
    int known
    double[128] weights


cdef class Phrasebook:
    """The tables of `phrases.Phrases`."""

    cdef Table anywhere, first, last, opening, pairs
    cdef double bias

    def __init__(self, list content):
        self.anywhere, self.first, self.last = weights_of(content[0]), weights_of(content[1]), weights_of(content[2])
        self.opening, self.pairs = weights_of(content[3]), weights_of(content[4])
        self.bias = content[5]


cdef void sort(double* values, Py_ssize_t count) noexcept:
    """Sort a few numbers, in place, ascending (insertion sort)."""
    cdef Py_ssize_t i, j
    cdef double value
    for i in range(1, count):
        value = values[i]
        j = i
        while j > 0 and values[j - 1] > value:
            values[j] = values[j - 1]
            j -= 1
        values[j] = value


cdef Hash pair(const Text* text, const Words* words, Py_ssize_t k) noexcept:
    """Return the hash of a word, a space and the word after it."""
    return hash_of(text[0], words.starts[k + 1], words.stops[k + 1], mixed(words.hashes[k], u" "))


cdef class Titles:
    """Words of what the page claims its article is."""

    cdef Table titles, descriptions
    """Word -> the sum of 2^k over the k titles, descriptions that have it."""
    cdef int title_count, description_count
    cdef Py_ssize_t[16] title_sizes
    cdef Py_ssize_t[16] description_sizes
    cdef str body
    cdef tuple texts

    def __init__(self, claims):
        self.texts = claims.titles
        self.titles = Table(64)
        self.descriptions = Table(64)
        self.body = claims.body
        self.title_count = self.read(self.texts, -1, self.titles, self.title_sizes)
        self.description_count = self.read(claims.descriptions, FEW_WORDS, self.descriptions, self.description_sizes)

    cdef int read(self, tuple texts, int few, Table table, Py_ssize_t* sizes) except -1:
        """Note the words of each text that has more than `few`, each word once."""
        cdef int k = 0
        cdef Hash[450] keys
        cdef int count, m
        cdef double* known
        cdef Few seen = Few()
        cdef str text, word
        cdef WordWalk walk
        cdef Text view
        for text in texts:
            if k == 16:
                raise ValueError("more claims than there is room for")
            view = text_of(text)
            if view.size > CLAIM_CHARS:
                raise ValueError("a claim of more characters than there is room for")
            count = 0
            seen.clear()
            walk = walk_of(&view, False)
            while next_run(&view, &walk):
                if count == CLAIM_WORDS:
                    raise ValueError("a claim of more words than there is room for")
                if seen.add(walk.hash):
                    keys[count] = walk.hash
                    count += 1
            if count <= few:
                continue
            sizes[k] = count
            for m in range(count):
                known = table.find(keys[m])
                table.put(keys[m], (known[0] if known is not NULL else 0.0) + (1 << k))
            k += 1
        return k


cdef bint next_run(const Text* text, WordWalk* walk) noexcept:
    """Go on by one word of r"\\w+"; False at the end."""
    cdef Py_ssize_t start
    while walk.at < walk.stop and not is_word(at(text, walk.at)):
        walk.at += 1
    if walk.at >= walk.stop:
        return False
    start = walk.at
    walk.hash = EMPTY
    while walk.at < walk.stop and is_word(at(text, walk.at)):
        walk.hash = mixed(walk.hash, at(text, walk.at))
        walk.at += 1
    walk.size = walk.at - start
    return True


cdef double share_of_filler(const Text* text) noexcept:
    """Twin of `filler_share` of scraper/body/classifier/context.py for a text whose words stand between white space."""
    cdef WordWalk walk = walk_of(text, False)
    cdef Py_ssize_t count = 0, found = 0
    cdef Py_ssize_t start, stop, i
    cdef Hash state
    while count < FILLER_WORDS and next_word(text, &walk):
        count += 1
        stop = walk.at
        start = stop - walk.size
        while start < stop and is_point(at(text, start)):
            start += 1
        while stop > start and is_point(at(text, stop - 1)):
            stop -= 1
        state = walk.hash
        if stop - start < walk.size:
            state = EMPTY
            for i in range(start, stop):
                state = mixed(state, at(text, i))
        found += FILLER.has(state)
    return <double> found / <double> count if count > LEAST_FILLER else 0.0


cdef inline bint is_point(Py_UCS4 char) noexcept:
    return char == 46 or char == 44


cdef class SecondRows:
    """Rows of `SECOND_STAGE` of the blocks asked about."""

    cdef Facts facts
    cdef Titles titles
    cdef Few few
    cdef const double* scores
    cdef int* plausible
    cdef Py_ssize_t plausible_count
    cdef int* asked
    cdef Py_ssize_t count
    cdef double* rows

    def __init__(self, Facts facts, Titles titles):
        self.facts = facts
        self.titles = titles
        self.few = Few()
        self.plausible = <int*>facts.arena.take(facts.n, sizeof(int))
        self.asked = <int*>facts.arena.take(facts.n, sizeof(int))

    cdef int fill(self, const double* scores) except -1:
        """Fill all columns but the first stage's and those of trained tables."""
        cdef Py_ssize_t k
        self.scores = scores
        cdef int offset = FIRST_COLUMNS
        self.read(offset)
        offset += 22
        self.look_around(offset)
        offset += 7
        self.weigh(offset)
        return 0

    cdef int read(self, int offset) except -1:
        """Closer features of the text of each block asked about (`_read`)."""
        cdef Facts facts = self.facts
        cdef Py_ssize_t n = facts.n
        cdef Py_ssize_t k, i, m, size, head
        cdef double* row
        cdef str text
        cdef Text view
        cdef Py_UCS4 char, start, stop
        cdef unsigned short mark, marks
        cdef int commas, questions, breaks, colons, digits, capitals
        cdef Table first_of = Table(n)
        cdef Table last_of = Table(n)
        cdef Hash* keys = <Hash*>facts.arena.take(n, sizeof(Hash))
        for i in range(n):
            view = text_of(<str>facts.block_texts[i])
            keys[i] = hash_of(view, 0, min(view.size, <Py_ssize_t>KEY), EMPTY)
            if first_of.find(keys[i]) is NULL:
                first_of.put(keys[i], <double>i)
            last_of.put(keys[i], <double>i)
        cdef double* repeats = self.repeats()
        cdef Table topic = self.topic()
        for k in range(self.count):
            i = self.asked[k]
            row = self.rows + k * SECOND_COLUMNS + offset
            text = <str>facts.block_texts[i]
            view = text_of(text)
            size = view.size
            head = min(size, <Py_ssize_t>HEAD)
            commas = questions = breaks = colons = digits = capitals = 0
            marks = 0
            for m in range(size):
                char = at(&view, m)
                mark = marks_of(char)
                marks |= mark
                commas += (mark & COMMA) != 0
                questions += char == u"?"
                breaks += char == u"\n"
                colons += char == u":"
                if m < head:
                    if char < 128:
                        digits += u"0" <= char <= u"9"
                        capitals += u"A" <= char <= u"Z"
                    else:
                        digits += Py_UNICODE_ISDIGIT(char) != 0
                        capitals += Py_UNICODE_ISUPPER(char) != 0
            start = at(&view, 0)
            stop = at(&view, size - 1)
            row[0] = <double>digits / <double>head
            row[1] = <double>capitals / <double>head
            row[2] = commas
            row[3] = 1 if Py_UNICODE_ISLOWER(start) else 0 if Py_UNICODE_ISALNUM(start) else 2
            row[4] = (marks & SEPARATOR) != 0
            row[5] = (marks & MARK) != 0 or "http" in text
            row[6] = questions
            mark = marks_of(start)
            row[7] = 1 if mark & OPENER else 2 if mark & DASH else 0
            row[8] = breaks
            row[9] = (start == u"(" or start == u"[" or start == u"（" or start == u"【") and (
                stop == u")" or stop == u"]" or stop == u"）" or stop == u"】"
            )
            row[10] = colons
            self.claimed(<str>facts.lower[i], row + 11)
            row[14] = first_of.find(keys[i])[0] < i
            row[15] = last_of.find(keys[i])[0] > i
            if self.titles.body:
                row[16] = 2 if size > 15 and text[:60] in self.titles.body else 1
            row[17] = repeats[2 * k]
            row[18] = repeats[2 * k + 1]
            self.topical(i, topic, row + 19)
            row[21] = self.emphasis(i)
        return 0

    cdef double* repeats(self) except NULL:
        """Return the shares of sentences, by length, that an earlier, a later block has too, of each asked block."""
        cdef Facts facts = self.facts
        cdef Table first = Table(64)
        cdef Table last = Table(64)
        cdef double* found = <double*>facts.arena.take(2 * self.count, sizeof(double))
        cdef Py_ssize_t k, i, j, m
        cdef Sentences sentences
        cdef long long total, before, after
        cdef list kept = []
        k = 0
        for j in range(self.plausible_count):
            i = self.plausible[j]
            sentences = read_sentences(<str>facts.lower[i])
            for m in range(sentences.count):
                if first.find(sentences.hashes[m]) is NULL:
                    first.put(sentences.hashes[m], <double>i)
                last.put(sentences.hashes[m], <double>i)
            if k < self.count and self.asked[k] == i:
                kept.append(sentences)
                k += 1
        for k in range(self.count):
            i = self.asked[k]
            sentences = <Sentences>kept[k]
            total = before = after = 0
            for j in range(sentences.count):
                total += sentences.sizes[j]
                if first.find(sentences.hashes[j])[0] < i:
                    before += sentences.sizes[j]
                if last.find(sentences.hashes[j])[0] > i:
                    after += sentences.sizes[j]
            if not total:
                total = 1
            found[2 * k] = <double>before / <double>total
            found[2 * k + 1] = <double>after / <double>total
        return found

    cdef Table topic(self):
        """Return the longer words of the titles and of the first good blocks."""
        cdef Facts facts = self.facts
        cdef Table topic = Table(512)
        cdef Py_ssize_t j, i
        cdef Text view
        cdef int left = TOPIC_BLOCKS
        cdef WordWalk walk
        cdef str title
        for title in self.titles.texts[:3]:
            view = text_of(title)
            walk = walk_of(&view, False)
            while next_run(&view, &walk):
                if walk.size > LONG_WORD:
                    topic.put(walk.hash, 1.0)
        for j in range(self.plausible_count):
            i = self.plausible[j]
            if facts.good[i] and facts.inside[i]:
                view = text_of(<str>facts.lower[i])
                walk = walk_of(&view, facts.cjk[i])
                while next_word(&view, &walk):
                    if walk.size > (1 if facts.cjk[i] else LONG_WORD):
                        topic.put(walk.hash, 1.0)
                left -= 1
                if not left:
                    break
        return topic

    cdef int topical(self, Py_ssize_t i, Table topic, double* row) except -1:
        """Fill (share of the longer words that are on topic, share of placeholder Latin)."""
        cdef Facts facts = self.facts
        cdef str lower = <str>facts.lower[i]
        cdef Text view = text_of(lower)
        cdef WordWalk walk = walk_of(&view, facts.cjk[i])
        cdef Py_ssize_t longer = 0
        cdef Py_ssize_t common = 0
        cdef Py_ssize_t count = 0
        cdef bint filler = False
        while next_word(&view, &walk):
            if walk.size > (1 if facts.cjk[i] else LONG_WORD):
                longer += 1
                common += topic.has(walk.hash)
            filler = filler or (count < FILLER_WORDS and FILLER.has(walk.hash))
            count += 1
        row[0] = <double>common / <double>longer if longer else -1.0
        if filler and facts.cjk[i]:  # hardly ever
            row[1] = filler_share([lower[k : k + 2] for k in range(min(len(lower) - 1, FILLER_WORDS))])
        elif filler:  # "at" and "est" are such words
            row[1] = share_of_filler(&view)
        return 0

    cdef int claimed(self, str lower, double* row) except -1:
        """Fill (Jaccard overlap with a title, share of the words in a title, overlap with a description)."""
        cdef Titles titles = self.titles
        cdef Text view = text_of(lower)
        cdef Py_ssize_t stop = view.size
        cdef bint titled = view.size < TITLE_CHARS
        if not titled:
            stop = min(view.size, 300)
        cdef int[16] in_titles
        cdef int[16] in_descriptions
        memset(in_titles, 0, sizeof(in_titles))
        memset(in_descriptions, 0, sizeof(in_descriptions))
        cdef Py_ssize_t i = 0
        cdef int mine = 0
        cdef int k, bits
        cdef Hash state
        cdef double* found
        self.few.clear()  # 200 words at the most: 399 characters
        while i < stop:
            if not is_word(at(&view, i)):
                i += 1
                continue
            state = EMPTY
            while i < stop and is_word(at(&view, i)):
                state = mixed(state, at(&view, i))
                i += 1
            if not self.few.add(state):
                continue
            mine += 1
            if titled:
                found = titles.titles.find(state)
                if found is not NULL:
                    bits = <int>found[0]
                    for k in range(titles.title_count):
                        in_titles[k] += (bits >> k) & 1
            found = titles.descriptions.find(state)
            if found is not NULL:
                bits = <int>found[0]
                for k in range(titles.description_count):
                    in_descriptions[k] += (bits >> k) & 1
        if titled:
            for k in range(titles.title_count):
                if in_titles[k]:
                    row[0] = max(row[0], <double>in_titles[k] / <double>(mine + titles.title_sizes[k] - in_titles[k]))
                    row[1] = max(row[1], <double>in_titles[k] / <double>mine)
        if view.size > 20 and mine:
            for k in range(titles.description_count):
                row[2] = max(
                    row[2], <double>in_descriptions[k] / <double>min(<Py_ssize_t>mine, titles.description_sizes[k])
                )
        return 0

    cdef double emphasis(self, Py_ssize_t i) except? -2:
        """Return the share of the text in <b> or <strong>, less the share in <i> or <em>."""
        cdef Facts facts = self.facts
        cdef int element = facts.owner[i]
        cdef Py_ssize_t start = facts.blocks[i].start
        cdef Py_ssize_t stop = facts.blocks[i].end
        cdef Py_ssize_t k, n, first
        cdef long long bold = 0
        cdef long long total = 0
        cdef int e, step
        cdef Text view
        cdef str tag
        if not 0 <= start <= stop <= len(facts.texts):
            raise ValueError("a block outside the page")
        for k in range(start, stop):
            view = text_of(<str>facts.texts[k])
            n = view.size
            while n and Py_UNICODE_ISSPACE(at(&view, n - 1)):
                n -= 1
            first = 0
            while first < n and Py_UNICODE_ISSPACE(at(&view, first)):
                first += 1
            n -= first
            if not n:
                continue
            total += n
            e = facts.text_parents[k]
            for step in range(INNERMOST):
                if e <= element or e >= facts.elements:
                    break
                tag = <str>facts.tags[e]
                if tag == "b" or tag == "strong":
                    bold += n
                    break
                if tag == "i" or tag == "em":
                    bold -= n
                    break
                e = facts.parents[e]
        return <double>bold / <double>total if total else 0.0

    cdef int look_around(self, int offset) except -1:
        """Features of repeated containers, dates and short lines around each block (`_surroundings`)."""
        cdef Facts facts = self.facts
        cdef Py_ssize_t n = facts.n
        cdef Py_ssize_t i, j, k
        cdef double* row
        cdef int p
        cdef unsigned char* seen = <unsigned char*>facts.arena.take(n, 1)
        cdef unsigned char* times = <unsigned char*>facts.arena.take(n, 1)
        cdef int* short_before = <int*>facts.arena.take(n + 1, sizeof(int))
        cdef Groups groups = Groups(facts)
        for i in range(n):
            short_before[i + 1] = short_before[i] + (facts.chars[i] < 40)
        for k in range(self.count):
            i = self.asked[k]
            for j in range(max(0, i - 3), min(n, i + 3)):
                if not seen[j]:
                    seen[j] = True
                    times[j] = facts.chars[j] < LABEL and shows_time(<str>facts.block_texts[j])
        for k in range(self.count):
            i = self.asked[k]
            row = self.rows + k * SECOND_COLUMNS + offset
            p = facts.parents[facts.owner[i]]
            if p >= 0:
                row[0] = groups.ordinal[p]
                row[1] = groups.members[p]
            row[2] = times[i]
            for j in range(max(0, i - 3), i):
                row[3] += times[j]
            for j in range(i + 1, min(n, i + 3)):
                row[4] += times[j]
            row[5] = short_before[i] - short_before[max(0, i - 6)]
            row[6] = short_before[min(n, i + 7)] - short_before[min(n, i + 1)]
        return 0

    cdef int weigh(self, int offset) except -1:
        """Features made of the first stage's scores of each block and of those around it (`_score_context`)."""
        cdef Facts facts = self.facts
        cdef Arena arena = facts.arena
        cdef const double* scores = self.scores
        cdef Py_ssize_t n = facts.n
        cdef Py_ssize_t i, k, m, start, stop
        cdef double* mass = <double*>arena.take(n, sizeof(double))
        cdef double* before = <double*>arena.take(n + 1, sizeof(double))
        cdef double* sums = <double*>arena.take(n + 1, sizeof(double))
        cdef double* best_before = <double*>arena.take(n + 1, sizeof(double))
        cdef double* best_after = <double*>arena.take(n + 1, sizeof(double))
        cdef double* run = <double*>arena.take(n, sizeof(double))
        cdef double* section_mean = <double*>arena.take(n, sizeof(double))
        cdef double* section_score = <double*>arena.take(n, sizeof(double))
        cdef double* section_chars = <double*>arena.take(n, sizeof(double))
        cdef double* section_blocks = <double*>arena.take(n, sizeof(double))
        cdef int* up = <int*>arena.take(n, sizeof(int))
        cdef int* over = <int*>arena.take(n, sizeof(int))
        cdef long long length
        cdef double best = 0.0
        cdef int kept = 0
        cdef int unsure = 0
        cdef bint headed
        cdef double mean
        for i in range(n):
            mass[i] = scores[i] * facts.chars[i]
            up[i] = facts.parents[facts.owner[i]]
            over[i] = facts.parents[up[i]] if up[i] >= 0 else -1
            before[i + 1] = before[i] + mass[i]
            sums[i + 1] = sums[i] + scores[i]
            best_before[i + 1] = max(best_before[i], scores[i])
            best = max(best, scores[i])
            kept += scores[i] > KEPT
            unsure += 0.2 < scores[i] < 0.8
        for i in range(n - 1, -1, -1):
            best_after[i] = max(best_after[i + 1], scores[i])
        cdef double total = exact_sum(mass, n) + 1
        start = 0
        while start < n:
            headed = H1 <= facts.codes[start] <= LAST_HEADING
            stop = start + 1
            while stop < n and not H1 <= facts.codes[stop] <= LAST_HEADING:
                stop += 1
            m = start + 1 if headed else start
            length = 0
            for i in range(m, stop):
                length += facts.chars[i]
            mean = exact_sum(mass + m, stop - m) / length if length else NONE
            for i in range(start, stop):
                section_mean[i] = mean
                section_score[i] = scores[start] if headed else NONE
                section_chars[i] = length
                section_blocks[i] = stop - start
            start = stop
        start = 0
        while start < n:
            stop = start
            while stop < n and (scores[stop] > KEPT) == (scores[start] > KEPT):
                stop += 1
            run[start] = exact_sum(mass + start, stop - start) / total
            for i in range(start + 1, stop):
                run[i] = run[start]
            start = stop
        cdef Gaps since = Gaps(arena, n)
        cdef Gaps until = Gaps(arena, n)
        for i in range(n):
            since.step(i, scores[i] > KEPT, facts.chars[i])
        for i in range(n - 1, -1, -1):
            until.step(i, scores[i] > KEPT, facts.chars[i])
        cdef double* same_before = self.best_same(False)
        cdef double* same_after = self.best_same(True)
        cdef GroupScores of_parent = group_scores(arena, up, facts.elements)
        cdef GroupScores of_grand = group_scores(arena, over, facts.elements)
        cdef GroupScores of_kin = group_scores(arena, facts.kin_of, len(facts.kin_ids))
        for i in range(n):
            of_parent.add(i, mass[i], facts.chars[i])
            of_grand.add(i, mass[i], facts.chars[i])
            of_kin.add(i, mass[i], facts.chars[i])
        cdef double* row
        cdef double after
        for k in range(self.count):
            i = self.asked[k]
            row = self.rows + k * SECOND_COLUMNS + offset
            row[0] = scores[i]
            for m in range(4):
                row[1 + m] = scores[i - 4 + m] if i - 4 + m >= 0 else NONE
                row[5 + m] = scores[i + 1 + m] if i + 1 + m < n else NONE
            of_parent.fill(i, mass[i], facts.chars[i], total, row + 9)
            of_grand.fill(i, mass[i], facts.chars[i], total, row + 12)
            of_kin.fill(i, mass[i], facts.chars[i], total, row + 15)
            row[18] = section_mean[i]
            row[19] = section_score[i]
            row[20] = section_chars[i]
            row[21] = section_blocks[i]
            after = total - before[i + 1]
            row[22] = before[i] / total
            row[23] = after / total
            row[24] = since.blocks[i]
            row[25] = until.blocks[i]
            row[26] = since.chars[i]
            row[27] = until.chars[i]
            row[28] = run[i]
            row[29] = same_before[i]
            row[30] = same_after[i]
            row[31] = best_before[i]
            row[32] = best_after[i + 1]
            start, stop = max(0, i - 3), min(n, i + 4)
            row[33] = (sums[stop] - sums[start]) / (stop - start)
            start, stop = max(0, i - 8), min(n, i + 9)
            row[34] = (sums[stop] - sums[start]) / (stop - start)
            row[35] = log(before[i] + 1)
            row[36] = log(after + 1)
            row[37] = total
            row[38] = kept
            row[39] = best
            row[40] = <double>unsure / <double>n
        return 0

    cdef double* best_same(self, bint backwards) except NULL:
        """Return the best score of the same text before (after) each block."""
        cdef Facts facts = self.facts
        cdef Py_ssize_t n = facts.n
        cdef double* found = <double*>facts.arena.take(n, sizeof(double))
        cdef Table best = Table(n)
        cdef Py_ssize_t i, j
        cdef double* known
        cdef Hash key
        cdef Text view
        for j in range(n):
            i = n - 1 - j if backwards else j
            view = text_of(<str>facts.block_texts[i])
            key = hash_of(view, 0, min(view.size, <Py_ssize_t>KEY), EMPTY)
            known = best.find(key)
            found[i] = NONE if known is NULL else known[0]
            if known is NULL or self.scores[i] > known[0]:
                best.put(key, self.scores[i])
        return found

    cdef int fill_edges(self, int offset, Table own, Table parent, Table grand, Table text) except -1:
        """Fill the columns of trained tables among plausible blocks (`edge_columns`)."""
        cdef Facts facts = self.facts
        cdef Py_ssize_t k, i
        cdef double* row
        cdef Extremes found
        cdef int e, p, g
        for k in range(self.count):
            i = self.asked[k]
            row = self.rows + k * SECOND_COLUMNS + offset
            e = facts.owner[i]
            p = facts.parents[e]
            g = facts.parents[p] if p >= 0 else -1
            found = extremes(<Source>facts.element_sources[e], own)
            row[0], row[1] = found.high, found.total
            if p >= 0:
                found = extremes(<Source>facts.element_sources[p], parent)
                row[2], row[3] = found.high, found.total
            if g >= 0:
                found = extremes(<Source>facts.element_sources[g], grand)
                row[4], row[5] = found.high, found.total
            self.edge_text(<str>facts.lower[i], text, row + 6)
        return 0

    cdef int edge_text(self, str lower, Table table, double* row) except -1:
        """Fill (largest, smallest, sum, sum of the three largest, number) of the weights of `edge_tokens`."""
        cdef Text view = text_of(lower)
        cdef Words words
        cdef Words last
        cdef EdgeWeights weights
        cdef Py_ssize_t k, colon, n
        cdef Py_UCS4 char
        cdef Hash state
        cdef bint short
        weights.count = 0
        self.few.clear()
        read_words(&view, 0, min(view.size, 260), EDGE_WORDS, False, &words)
        n = words.size
        if not n:
            self.weigh_edge(hash_of(view, 0, min(view.size, 3), EMPTY), table, &weights)
        else:
            short = n < EDGE_WORDS
            for k in range(n if short else 8):
                self.weigh_edge(words.hashes[k], table, &weights)
            state = mixed(EMPTY, u"^")
            for k in range(min(n, 3)):
                if k:
                    state = mixed(state, u" ")
                state = hash_of(view, words.starts[k], words.stops[k], state)
                self.weigh_edge(state, table, &weights)
            read_last_words(&view, max(0, view.size - 60), &last)
            state = EMPTY
            if last.size:
                state = hash_of(view, last.starts[last.size - 1], last.stops[last.size - 1], EMPTY)
            self.weigh_edge(mixed(state, u"$"), table, &weights)
            state = EMPTY
            for k in range(last.size):
                if k:
                    state = mixed(state, u" ")
                state = hash_of(view, last.starts[k], last.stops[k], state)
            self.weigh_edge(mixed(state, u"$"), table, &weights)
            char = at(&view, 0)
            if not Py_UNICODE_ISALNUM(char):
                self.weigh_edge(mixed(mixed(EMPTY, u"!"), char), table, &weights)
            char = at(&view, view.size - 1)
            if not Py_UNICODE_ISALNUM(char):
                self.weigh_edge(mixed(mixed(EMPTY, char), u"!"), table, &weights)
            for colon in range(min(view.size, 40)):
                if at(&view, colon) == u":":
                    if colon < COLON_WITHIN:
                        state = hash_of(view, 0, colon, mixed(EMPTY, u"^"))
                        self.weigh_edge(mixed(state, u":"), table, &weights)
                    else:
                        self.weigh_edge(mixed(mixed(EMPTY, u":"), u":"), table, &weights)
                    break
            if short:
                for k in range(n - 1):
                    state = mixed(words.hashes[k], u" ")
                    state = hash_of(view, words.starts[k + 1], words.stops[k + 1], state)
                    self.weigh_edge(state, table, &weights)
        n = weights.count
        if not n:
            return 0
        sort(weights.values, n)
        row[0] = weights.values[n - 1]
        row[1] = weights.values[0]
        row[2] = exact_sum(weights.values, n)
        row[3] = exact_sum(weights.values + max(0, n - 3), min(n, 3))
        row[4] = n
        return 0

    cdef void weigh_edge(self, Hash key, Table table, EdgeWeights* weights) noexcept:
        cdef double* weight
        if self.few.add(key):
            weight = table.known(key)
            if weight is not NULL and weights.count < MOST_EDGES:
                weights.values[weights.count] = weight[0]
                weights.count += 1

    cdef int fill_phrases(self, int offset, Phrasebook book) except -1:
        """Fill the scores of the wording of each block and of its plausible neighbours (`phrase_columns`)."""
        cdef Facts facts = self.facts
        cdef Py_ssize_t count = self.plausible_count
        cdef double* scores = <double*>facts.arena.take(count, sizeof(double))
        cdef unsigned char* known = <unsigned char*>facts.arena.take(count, 1)
        cdef Py_ssize_t at_asked = 0
        cdef Py_ssize_t j, m
        cdef double* row
        for j in range(count):
            if at_asked == self.count or self.asked[at_asked] != self.plausible[j]:
                continue
            for m in range(max(0, j - 1), min(count, j + 2)):
                if not known[m]:
                    known[m] = True
                    scores[m] = self.phrase_score(<str>facts.lower[self.plausible[m]], book)
            row = self.rows + at_asked * SECOND_COLUMNS + offset
            row[0] = scores[j]
            row[1] = scores[j - 1] if j > 0 else 0.0
            row[2] = scores[j + 1] if j + 1 < count else 0.0
            at_asked += 1
        return 0

    cdef double phrase_score(self, str lower, Phrasebook book) noexcept:
        cdef Text view = text_of(lower)
        cdef Words words
        cdef Phrased phrased
        cdef Py_ssize_t k, n
        phrased.size = phrased.known = 0
        read_words(&view, 0, min(view.size, <Py_ssize_t>PHRASE_CHARS), MOST_WORDS, True, &words)
        n = words.size
        self.few.clear()
        for k in range(min(n, <Py_ssize_t>PHRASE_WORDS)):
            self.weigh_phrase(words.hashes[k], book.anywhere, &phrased)
        self.few.clear()
        for k in range(min(n, <Py_ssize_t>FIRST_WORDS)):
            self.weigh_phrase(words.hashes[k], book.first, &phrased)
        self.few.clear()
        for k in range(max(0, n - LAST_WORDS), n):
            self.weigh_phrase(words.hashes[k], book.last, &phrased)
        self.few.clear()
        for k in range(min(n, <Py_ssize_t>OPENING) - 1):
            self.weigh_phrase(pair(&view, &words, k), book.opening, &phrased)
        self.few.clear()
        if n <= SHORT_WORDS:
            for k in range(n - 1):
                self.weigh_phrase(pair(&view, &words, k), book.pairs, &phrased)
        if not phrased.size:
            return book.bias
        return book.bias + exact_sum(phrased.weights, phrased.known) / sqrt(<double>phrased.size)

    cdef void weigh_phrase(self, Hash key, Table table, Phrased* phrased) noexcept:
        cdef double* weight
        if self.few.add(key):
            phrased.size += 1
            weight = table.known(key)
            if weight is not NULL and phrased.known < MOST_PHRASES:
                phrased.weights[phrased.known] = weight[0]
                phrased.known += 1
