# cython: language_level=3, boundscheck=False, wraparound=False, cdivision=True, initializedcheck=False
"""The compiled twin of `layout`, `features`, `context`, `phrases` and of the trees of `model` in body.classifier.

Those modules are the specification, and where a change begins; names, constants and the order of columns are theirs.
Numbers come out equal to the last bit: sums are exact (`math.fsum`) or made in the same order.
"""

from cpython.mem cimport PyMem_Calloc, PyMem_Free, PyMem_Realloc
from libc.math cimport INFINITY, exp, fabs, log, sqrt
from libc.string cimport memcpy, memset

from scraper.body.classifier import claims as _claims
from scraper.body.classifier import context as _context
from scraper.body.classifier import features as _features
from scraper.body.classifier import layout as _layout
from scraper.body.classifier import model as _model
from scraper.body.decisions import outline as _outline
from scraper.body.classifier import phrases as _phrases
from scraper.body.classifier import tokens as _tokens

include "strings.pxi"
include "lower_text.pxi"

cdef Py_ssize_t MOST_TEXT = _context._MOST_TEXT
cdef int LEAST_SENTENCE = _context._LEAST_SENTENCE
cdef object TIME = _context._TIME

include "hashes.pxi"
include "texts.pxi"
include "layout.pxi"
include "first_stage.pxi"
include "groups.pxi"
include "second_stage.pxi"
include "trees.pxi"


cdef double PLAUSIBLE = _model.PLAUSIBLE
cdef double SURE = _model.SURE
cdef double SETTLED = _model.SETTLED


def scorer_of(dict weights):
    """Return the classifier that `weights` describe, as `body.scores.scorer_of` does."""
    return Scorer(weights).score


def lay_out(snapshot, list blocks):
    """Return the sums that the features are made of, as `lay_out` does."""
    return Facts(snapshot, blocks).layout()


def describe(dict weights, snapshot, list blocks, claims):
    """Return (layout, wanted, first rows, asked, second rows, scores), as `body.scores.describe` does."""
    cdef Description page = Scorer(weights).describe(snapshot, blocks, claims)
    cdef Py_ssize_t k
    return (
        page.facts.layout(),
        [page.first.wanted[k] for k in range(page.first.count)],
        listed(page.first.rows, page.first.count, FIRST_COLUMNS),
        [page.second.asked[k] for k in range(page.second.count)],
        listed(page.second.rows, page.second.count, SECOND_COLUMNS),
        [page.scores[k] for k in range(page.facts.n)],
    )


cdef list listed(const double* rows, Py_ssize_t count, int width):
    return [[rows[i * width + k] for k in range(width)] for i in range(count)]


cdef class Description:
    """What the classifier sees of a page, and what it says."""

    cdef Facts facts
    cdef FirstRows first
    cdef SecondRows second
    cdef double* scores


cdef class Scorer:
    """The learned weights, ready for use; made from the content of `weights.json`."""

    cdef Trees first, second
    cdef Table own, parent, grand, far, text
    cdef Table edge_own, edge_parent, edge_grand, edge_text
    cdef Phrasebook phrases

    def __init__(self, dict weights):
        self.first = Trees(weights["first"], FIRST_COLUMNS)
        self.second = Trees(weights["second"], SECOND_COLUMNS)
        self.own, self.parent, self.grand, self.far, self.text = map(weights_of, weights["tokens"])
        self.edge_own, self.edge_parent, self.edge_grand, self.edge_text = map(weights_of, weights["edges"])
        self.phrases = Phrasebook(weights["phrases"])

    def score(self, snapshot, list blocks, claims):
        """Return (outline, scores) of the blocks of a page.

        Raises:
            ValueError: the blocks are none of the snapshot's.

        """
        cdef Description page = self.describe(snapshot, blocks, claims)
        cdef Py_ssize_t i
        return page.facts.outline(), [page.scores[i] for i in range(page.facts.n)]

    cdef Description describe(self, snapshot, list blocks, claims):
        cdef Facts facts = Facts(snapshot, blocks)
        cdef Arena arena = facts.arena
        cdef FirstRows first = FirstRows(facts, claims.titles)
        cdef SecondRows second = SecondRows(facts, Titles(claims))
        cdef double* found = <double*>arena.take(facts.n, sizeof(double))
        cdef double* first_scores = <double*>arena.take(facts.n, sizeof(double))
        cdef double* scores = <double*>arena.take(facts.n, sizeof(double))
        cdef int* row_of = <int*>arena.take(facts.n, sizeof(int))
        cdef Py_ssize_t i, k
        TokenReader(facts, self.own, self.parent, self.grand, self.far, self.text).fill(first)
        self.first.score(first.rows, first.count, FIRST_COLUMNS, found)
        for k in range(first.count):
            i = first.wanted[k]
            first_scores[i] = found[k]
            if found[k] > PLAUSIBLE:
                second.plausible[second.plausible_count] = <int>i
                second.plausible_count += 1
                if found[k] > SURE:
                    scores[i] = max(found[k], SETTLED)
                else:
                    second.asked[second.count] = <int>i
                    row_of[second.count] = <int>k
                    second.count += 1
        if second.count:
            second.rows = <double*>arena.take(second.count * SECOND_COLUMNS, sizeof(double))
            for k in range(second.count):
                memcpy(
                    second.rows + k * SECOND_COLUMNS, first.rows + row_of[k] * FIRST_COLUMNS,
                    FIRST_COLUMNS * sizeof(double),
                )
            second.fill(first_scores)
            second.fill_edges(SECOND_COLUMNS - 14, self.edge_own, self.edge_parent, self.edge_grand, self.edge_text)
            second.fill_phrases(SECOND_COLUMNS - 3, self.phrases)
            found = <double*>arena.take(second.count, sizeof(double))
            self.second.score(second.rows, second.count, SECOND_COLUMNS, found)
            for k in range(second.count):
                scores[second.asked[k]] = found[k]
        cdef Description page = Description.__new__(Description)
        page.facts, page.first, page.second, page.scores = facts, first, second, scores
        return page
