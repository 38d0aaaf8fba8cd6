"""The clauses of a protocol as the sentence model reads them, and how near a question comes to each."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.bank import Bank, Numbers
from knowledge.model.vectors import Embedder, Sentence

SHARPNESS = 20.0


class Meaning:
    """Each clause in one or more views (texts): the whole clause first, then its parts.

    `clauses` holds the vector of each whole clause.
    """

    def __init__(self, embedder: Embedder, views: Sequence[Sequence[str]]) -> None:
        read = embedder.read([view for own in views for view in own])
        self._starts = np.cumsum([0, *(len(own) for own in views)])[:-1]
        self._in_parts = np.array([len(own) > 1 for own in views])
        self._views = np.stack([sentence.vector for sentence in read])
        whole = [read[at] for at in self._starts]
        self.clauses: Numbers = self._views[self._starts]
        self._words = np.concatenate([sentence.words for sentence in whole])
        self._word_starts = np.cumsum([0, *(len(sentence.words) for sentence in whole)])[:-1]
        self._weights = _rarity(whole)
        self._unseen = math.log(1 + len(whole) / 0.5)

    def near(self, question: Sentence) -> Mapping[str, Numbers]:
        """Cosines with the whole clauses, with their nearest views, and word by word."""
        cosines = self._views @ question.vector
        whole, best = cosines[self._starts], np.maximum.reduceat(cosines, self._starts)
        by_word = self.by_word(question)
        return {
            "cosine": whole, "cosine_view": best, "cosine_rank": log_share(np.maximum(whole, best)),
            "by_word": by_word, "by_word_rank": log_share(by_word),
        }  # fmt: skip

    def near_bare(self, question: Sentence) -> Mapping[str, Numbers]:
        """The question without its agencies against what a row or a sentence is about."""
        cosines = self._views @ question.vector
        cosines[self._starts[self._in_parts]] = -1
        best = np.maximum.reduceat(cosines, self._starts)
        return {
            "cosine_bare": best,
            "bare_rank": log_share(best),
            "bare_by_word": self.by_word(question),
        }

    def parts(self, place: int, vector: Numbers) -> Numbers:
        """Cosines with the parts of one clause, in their order."""
        start = int(self._starts[place]) + 1
        ends = [*self._starts[1:], len(self._views)]
        return self._views[start : int(ends[place])] @ vector

    def by_word(self, question: Sentence) -> Numbers:
        """Each word of the question against the nearest word of each clause; words few clauses have weigh more.

        Khattab and Zaharia, ColBERT (2020), section 3.2, with weights.
        """
        if not question.pieces:
            return np.zeros(len(self.clauses), np.float32)
        nearest = np.maximum.reduceat(self._words @ question.words.T, self._word_starts, axis=0)
        weights = np.array(
            [self._weights.get(p, self._unseen) for p in question.pieces], np.float32
        )
        found: Numbers = nearest @ (weights / weights.sum())
        return found


def section_scores(by_kind: Numbers, bank: Bank, sections: Sequence[str]) -> Numbers:
    """For each section, how near the question is to the nearest kind of it, against the nearest of all."""
    best: Numbers = np.full(len(sections), by_kind.min(initial=0.0), np.float32)
    np.maximum.at(best, np.array([sections.index(section) for section in bank.sections]), by_kind)
    best -= best.max()
    return best


def log_share(values: Numbers) -> Numbers:
    """The logarithm of each value's share among all (softmax), in tens."""
    scaled = SHARPNESS * (values - values.max())
    total = math.log(float(np.exp(scaled).sum()))
    share: Numbers = np.asarray((scaled - total) / 10, np.float32)
    return share


def _rarity(clauses: Sequence[Sentence]) -> Mapping[int, float]:
    """Inverse document frequency of each piece."""
    having = Counter(piece for clause in clauses for piece in set(clause.pieces))
    return {piece: math.log(1 + len(clauses) / (0.5 + n)) for piece, n in having.items()}
