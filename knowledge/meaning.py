"""The clauses of a protocol as the sentence model reads them, and how near a question comes to each."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from knowledge.bank import Bank, Numbers
from knowledge.model.vectors import Embedder, Sentence

SHARPNESS = 20.0
CLOSEST = 100


class Meaning:
    """Each clause in one or more views (texts): the whole clause first, then its parts.

    `clauses` holds the vector of each whole clause.
    """

    def __init__(self, embedder: Embedder, views: Sequence[Sequence[str]]) -> None:
        self._starts = np.cumsum([0, *(len(own) for own in views)])[:-1]
        self._in_parts = np.array([len(own) > 1 for own in views])
        whole = embedder.read([own[0] for own in views])
        self.clauses: Numbers = np.stack([sentence.vector for sentence in whole])
        self._words = [sentence.words for sentence in whole]
        self._views = np.zeros((sum(map(len, views)), self.clauses.shape[1]), np.float32)
        is_part = np.ones(len(self._views), bool)
        is_part[self._starts] = False
        self._views[self._starts] = self.clauses
        self._views[is_part] = embedder.embed([part for own in views for part in own[1:]])
        self._weights = _rarity(whole)
        self._unseen = math.log(1 + len(whole) / 0.5)

    def near(self, question: Sentence, bare: Sentence) -> Mapping[str, Numbers]:
        """Cosines with the whole clauses, with their nearest views, and word by word.

        `bare` is the question without its agencies, against what a row or a sentence is about.
        """
        cosines = self._views @ question.vector
        whole, best = cosines[self._starts], np.maximum.reduceat(cosines, self._starts)
        cosines = self._views @ bare.vector
        cosines[self._starts[self._in_parts]] = -1
        bare_best = np.maximum.reduceat(cosines, self._starts)
        by_word, bare_by_word = self._by_word((question, bare), best)
        return {
            "cosine": whole, "cosine_view": best, "cosine_rank": log_share(np.maximum(whole, best)),
            "cosine_bare": bare_best, "bare_rank": log_share(bare_best),
            "by_word": by_word, "by_word_rank": log_share(by_word), "bare_by_word": bare_by_word,
        }  # fmt: skip

    def parts(self, place: int, vector: Numbers) -> Numbers:
        """Cosines with the parts of one clause, in their order."""
        start = int(self._starts[place]) + 1
        ends = [*self._starts[1:], len(self._views)]
        return self._views[start : int(ends[place])] @ vector

    def _by_word(self, questions: Sequence[Sentence], near: Numbers) -> list[Numbers]:
        """Each word of a question against the nearest word of each clause; words few clauses have weigh more.

        Only the nearest clauses are read so closely; the others get what the last of those does.
        Khattab and Zaharia, ColBERT (2020), section 3.2, with weights.
        """
        closest = np.sort(np.argsort(-near, kind="stable")[:CLOSEST])
        words = [self._words[at] for at in closest]
        starts = np.cumsum([0, *map(len, words)])[:-1]
        asked = np.concatenate([question.words for question in questions])
        nearest = np.maximum.reduceat(np.concatenate(words) @ asked.T, starts, axis=0)
        found, at = [], 0
        for question in questions:
            own = nearest[:, at : at + len(question.pieces)]
            at += len(question.pieces)
            read = own @ self._shares(question)
            scores = np.full(len(near), read.min(), np.float32)
            scores[closest] = read
            found.append(scores)
        return found

    def _shares(self, question: Sentence) -> Numbers:
        """How much each of its words counts; all together 1."""
        weights = [self._weights.get(piece, self._unseen) for piece in question.pieces]
        return np.array(weights, np.float32) / max(sum(weights), 1e-6)


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
