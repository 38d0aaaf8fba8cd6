"""Clauses and questions as weighted word stems: how much of a question's words a clause has."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.bank import Bank, Numbers
from knowledge.language import stem, word_set

_STOP = word_set("stop")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question's stems by weight; `total` counts those nobody uses too."""

    weights: Numbers
    total: float


class Terms:
    """The clauses of a protocol and the bank as weighted word stems."""

    def __init__(self, texts: Sequence[str], bank: Bank) -> None:
        clauses = [Counter(stems_of(text.split(), keep=True)) for text in texts]
        wordings = [Counter(stems_of(text.split(), keep=True)) for text in bank.wordings]
        found = Counter(term for terms in (*clauses, *wordings) for term in terms)
        questions = [Counter(stems_of(text.split(), keep=True)) for text in bank.questions]
        for text in (*bank.questions, *bank.silences):
            found.update({term: 0 for term in stems_of(text.split(), keep=True)})
        total = len(clauses) + len(wordings)
        self._place = {term: at for at, term in enumerate(sorted(found))}
        self._weight = np.zeros(len(self._place), np.float32)
        for term, at in self._place.items():
            self._weight[at] = math.log(1 + total / (0.5 + found[term]))
        self._unknown = math.log(1 + total / 0.5)
        counted = self._matrix(clauses, len(texts))
        self._unit = _unit(counted)
        self._unit_terms = np.ascontiguousarray(self._unit.T)
        self._present = np.ascontiguousarray((counted > 0).T.astype(np.float32))
        self._questions = np.ascontiguousarray(_unit(self._matrix(questions, len(questions))).T)
        self._wordings = _unit(self._matrix(wordings, len(wordings)))
        silences = [self._known_only(text) for text in bank.silences]
        self._silences = np.ascontiguousarray(_unit(self._matrix(silences, len(silences))).T)
        self.vocabulary = frozenset(w for text in (*texts, *bank.wordings) for w in text.split())
        self.known = frozenset(
            w for text in texts for w in text.split() if len(w) > 5 and w.isalpha()
        )

    def question(self, tokens: Sequence[str]) -> Weighed:
        vector = np.zeros(len(self._place), np.float32)
        terms = set(stems_of(tokens))
        for term in terms & self._place.keys():
            vector[self._place[term]] = self._weight[self._place[term]]
        return Weighed(
            vector, float(vector.sum()) + self._unknown * len(terms - self._place.keys())
        )

    def coverage(self, question: Weighed) -> Numbers:
        """Share of the question's weight that each clause's words cover."""
        covered = _product(self._present, question.weights)
        return covered / max(question.total, 1e-6)

    def overlap(self, question: Weighed) -> Numbers:
        """Cosine with each clause."""
        return _cosine(self._unit_terms, question)

    def against_bank(self, question: Weighed) -> Numbers:
        """Cosine with each question of the bank."""
        return _cosine(self._questions, question)

    def against_silences(self, question: Weighed) -> Numbers:
        """Cosine with each question of the bank that no protocol answers."""
        return _cosine(self._silences, question)

    def shared(self, tokens: Sequence[str], texts: Sequence[Sequence[str]]) -> Numbers:
        """Share of the question's weight that each text's words cover."""
        question = self.question(tokens)
        own = [[self._place[t] for t in {*stems_of(text)} & self._place.keys()] for text in texts]
        covered = [float(question.weights[places].sum()) for places in own]
        return np.array(covered, np.float32) / max(question.total, 1e-6)

    def kinds_of_clauses(self, bank: Bank) -> Numbers:
        """How near each clause is to each kind's wordings."""
        return bank.by_wording(self._unit @ self._wordings.T)

    def _known_only(self, text: str) -> Counter[str]:
        return Counter(term for term in stems_of(text.split()) if term in self._place)

    def _matrix(self, counted: Sequence[Counter[str]], rows: int) -> Numbers:
        matrix = np.zeros((rows, len(self._place)), np.float32)
        for row, terms in enumerate(counted):
            for term, count in terms.items():
                at = self._place[term]
                matrix[row, at] = self._weight[at] * (1 + math.log(count))
        return matrix


def _cosine(by_term: Numbers, question: Weighed) -> Numbers:
    return _product(by_term, question.weights / max(float(np.linalg.norm(question.weights)), 1e-6))


def _product(by_term: Numbers, question: Numbers) -> Numbers:
    """The product with a question of few terms, from only their rows."""
    terms = np.flatnonzero(question)
    found: Numbers = question[terms] @ by_term[terms]
    return found


def stems_of(tokens: Sequence[str], *, keep: bool = False) -> Iterator[str]:
    """The stems of the words that tell something; `keep` as for `stem`."""
    return (stem(t, keep=keep) for t in tokens if t.isalnum() and t not in _STOP)


def _unit(matrix: Numbers) -> Numbers:
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Numbers = matrix / np.maximum(norms, 1e-6)
    return unit
