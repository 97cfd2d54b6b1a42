"""Texts as code points: words, hashes and marks of a `str` without making another."""

cdef struct Text:
    int kind
    const void* data
    Py_ssize_t size


cdef inline Text text_of(str text) noexcept:
    """Return a view of a text; good for as long as the text is."""
    cdef Text view
    view.kind = PyUnicode_KIND(text)
    view.data = PyUnicode_DATA(text)
    view.size = PyUnicode_GET_LENGTH(text)
    return view


cdef inline Py_UCS4 at(const Text* text, Py_ssize_t i) noexcept:
    return PyUnicode_READ(text.kind, text.data, i)


cdef inline bint is_word(Py_UCS4 char) noexcept:
    """Whether r"\\w" matches."""
    if char < 128:
        return ASCII_MARKS[char] & WORD
    return Py_UNICODE_ISALNUM(char)


cdef Hash hash_of(Text text, Py_ssize_t start, Py_ssize_t stop, Hash state) noexcept:
    """Return `state`, gone on with over a stretch of a text."""
    cdef Py_ssize_t i
    for i in range(start, stop):
        state = mixed(state, at(&text, i))
    return state


cdef Table weights_of(dict weights):
    """Return the table of a mapping from words to weights."""
    cdef Table table = Table(len(weights))
    for word, weight in weights.items():
        if not table.put(hash_of(text_of(word), 0, len(word), EMPTY), weight):
            raise ValueError(f"two words have one hash: {word!r}")
    table.finish()
    return table


cdef enum:
    MOST_WORDS = 800

cdef struct Words:
    Py_ssize_t size
    Py_ssize_t[800] starts
    Py_ssize_t[800] stops
    Hash[800] hashes


cdef void read_words(const Text* text, Py_ssize_t start, Py_ssize_t stop, int most, bint marks, Words* words) noexcept:
    """Read the first words of a stretch, 800 at most; with `marks`, each of "!?:" is a word, too."""
    cdef Py_ssize_t i = start
    cdef Py_UCS4 char
    cdef Hash state
    cdef Py_ssize_t n = 0
    while i < stop and n < most:
        char = at(text, i)
        if is_word(char):
            words.starts[n] = i
            state = EMPTY
            while is_word(char):
                state = mixed(state, char)
                i += 1
                if i >= stop:
                    break
                char = at(text, i)
            words.stops[n] = i
            words.hashes[n] = state
            n += 1
        else:
            if marks and (char == u"!" or char == u"?" or char == u":"):
                words.starts[n] = i
                words.stops[n] = i + 1
                words.hashes[n] = mixed(EMPTY, char)
                n += 1
            i += 1
    words.size = n


cdef void read_last_words(const Text* text, Py_ssize_t start, Words* words) noexcept:
    """Read the last two words of the text from `start` on, in their order."""
    cdef Py_ssize_t i = text.size
    cdef Py_ssize_t stop
    cdef int n = 0
    cdef Py_ssize_t[2] starts
    cdef Py_ssize_t[2] stops
    while i > start and n < 2:
        if not is_word(at(text, i - 1)):
            i -= 1
            continue
        stop = i
        while i > start and is_word(at(text, i - 1)):
            i -= 1
        starts[n] = i
        stops[n] = stop
        n += 1
    cdef int k
    for k in range(n):
        words.starts[k] = starts[n - 1 - k]
        words.stops[k] = stops[n - 1 - k]
    words.size = n


# What a character is, in bits: one table for ASCII, a short list for the rest.
cdef enum:
    WORD = 1
    COMMA = 2
    SEPARATOR = 4
    MARK = 8
    CLOSER = 16
    ENDS = 32
    OPENER = 64
    DASH = 128
    SENTENCE = 256

cdef unsigned short[128] ASCII_MARKS
cdef Py_UCS4[64] WIDE_CHARS
cdef unsigned short[64] WIDE_MARKS
cdef int WIDE = 0
cdef unsigned char[256] WIDE_MAYBE


cdef int _note(str chars, unsigned short mark) except -1:
    global WIDE
    cdef Py_UCS4 char
    cdef int k
    for char in chars:
        if char < 128:
            ASCII_MARKS[char] |= mark
            continue
        for k in range(WIDE):
            if WIDE_CHARS[k] == char:
                WIDE_MARKS[k] |= mark
                break
        else:
            if WIDE == 64:
                raise ValueError("more marks than there is room for")
            WIDE_CHARS[WIDE] = char
            WIDE_MARKS[WIDE] = mark
            WIDE_MAYBE[<unsigned int>char & 255] = 1
            WIDE += 1
    return 0


cdef inline unsigned short marks_of(Py_UCS4 char) noexcept:
    cdef int k
    if char < 128:
        return ASCII_MARKS[char]
    if WIDE_MAYBE[<unsigned int>char & 255]:
        for k in range(WIDE):
            if WIDE_CHARS[k] == char:
                return WIDE_MARKS[k]
    return 0


cdef inline bint is_cjk(Py_UCS4 char) noexcept:
    return (
        0x0E00 <= char <= 0x0E7F or 0x3040 <= char <= 0x30FF or 0x3400 <= char <= 0x9FFF or 0xAC00 <= char <= 0xD7AF
    )


cdef double exact_sum(const double* numbers, Py_ssize_t count) noexcept:
    """Return what `math.fsum` does (Shewchuk, 1997), for finite numbers: the order makes no difference."""
    cdef double[64] partials
    cdef int n = 0
    cdef int i, j
    cdef Py_ssize_t k
    cdef double x, y, high, low
    if count == 1:
        return numbers[0]
    for k in range(count):
        x = numbers[k]
        i = 0
        for j in range(n):
            y = partials[j]
            if fabs(x) < fabs(y):
                x, y = y, x
            high = x + y
            low = y - (high - x)
            if low != 0.0:
                partials[i] = low
                i += 1
            x = high
        n = i
        if x != 0.0:
            partials[n] = x
            n += 1
    if n == 0:
        return 0.0
    n -= 1
    high = partials[n]
    low = 0.0
    while n > 0:
        x = high
        n -= 1
        y = partials[n]
        high = x + y
        low = y - (high - x)
        if low != 0.0:
            break
    if n > 0 and ((low < 0.0 and partials[n - 1] < 0.0) or (low > 0.0 and partials[n - 1] > 0.0)):
        y = low * 2.0
        x = high + y
        if y == x - high:
            high = x
    return high


cdef struct WordWalk:
    Py_ssize_t at
    Py_ssize_t stop
    bint pairs
    Hash hash
    Py_ssize_t size


cdef WordWalk walk_of(const Text* text, bint pairs) noexcept:
    """Return a walk over what stands between white space; with `pairs`, over pairs of characters."""
    cdef WordWalk walk
    walk.at = 0
    walk.stop = min(text.size, MOST_TEXT)
    walk.pairs = pairs
    walk.hash = EMPTY
    walk.size = 0
    return walk


cdef bint next_word(const Text* text, WordWalk* walk) noexcept:
    """Go on by one word; False at the end."""
    cdef Py_ssize_t start
    if walk.pairs:
        if walk.at + 1 >= walk.stop:
            return False
        walk.hash = mixed(mixed(EMPTY, at(text, walk.at)), at(text, walk.at + 1))
        walk.size = 2
        walk.at += 1
        return True
    while walk.at < walk.stop and is_space(at(text, walk.at)):
        walk.at += 1
    if walk.at >= walk.stop:
        return False
    start = walk.at
    walk.hash = EMPTY
    while walk.at < walk.stop and not is_space(at(text, walk.at)):
        walk.hash = mixed(walk.hash, at(text, walk.at))
        walk.at += 1
    walk.size = walk.at - start
    return True


cdef inline bint is_space(Py_UCS4 char) noexcept:
    if 32 < char < 127:
        return False
    return Py_UNICODE_ISSPACE(char)


cdef class Sentences:
    """The longer sentences of a text: their hashes and sizes."""

    cdef Hash* hashes
    cdef Py_ssize_t* sizes
    cdef Py_ssize_t count

    def __dealloc__(self):
        PyMem_Free(self.hashes)
        PyMem_Free(self.sizes)


cdef Sentences read_sentences(str text):
    """Return the sentences of more than 20 characters of a text in lower case (`_sentences`)."""
    cdef Sentences found = Sentences.__new__(Sentences)
    cdef Text view = text_of(text)
    cdef Py_ssize_t room = view.size // LEAST_SENTENCE + 1
    found.hashes = <Hash*>PyMem_Calloc(room, sizeof(Hash))
    found.sizes = <Py_ssize_t*>PyMem_Calloc(room, sizeof(Py_ssize_t))
    if found.hashes is NULL or found.sizes is NULL:
        raise MemoryError
    cdef Py_ssize_t start = 0
    cdef Py_ssize_t stop, first, last
    while start <= view.size:
        stop = start
        while stop < view.size and not marks_of(at(&view, stop)) & SENTENCE:
            stop += 1
        first, last = start, stop
        while first < last and is_space(at(&view, first)):
            first += 1
        while last > first and is_space(at(&view, last - 1)):
            last -= 1
        if last - first > LEAST_SENTENCE:
            found.hashes[found.count] = hash_of(view, first, last, EMPTY)
            found.sizes[found.count] = last - first
            found.count += 1
        start = stop + 1
    return found


cdef bint shows_time(str text) except -1:
    """Whether a short text shows a time or a year."""
    cdef Text view = text_of(text)
    cdef Py_ssize_t i
    for i in range(view.size):
        if Py_UNICODE_ISDECIMAL(at(&view, i)):
            return TIME.search(text) is not None
    return False
