"""Answers to questions from one protocol: its clauses, word for word, or silence."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from knowledge.answers import Answer, Outcome, Quote
from knowledge.danger import speaks_of_danger
from knowledge.language import stem, words
from knowledge.model.sentences import SentenceModel
from protocols.model import Clause, Protocol

FLOOR = 0.35


class ClauseIndex:
    """The clauses of one protocol, ready to be asked."""

    def __init__(self, protocol: Protocol, model: SentenceModel | None = None) -> None:
        self._protocol = protocol
        self._clauses = protocol.clauses
        self._model = model
        self._terms = [Counter(map(stem, words(f"{c.heading} {c.text}"))) for c in self._clauses]
        found = Counter(term for terms in self._terms for term in terms)
        self._weight = {
            term: math.log(1 + len(self._clauses) / count) for term, count in found.items()
        }
        texts = [f"{clause.heading}. {clause.text}" for clause in self._clauses]
        self._vectors = model.embed(texts) if model else None

    def answer(
        self, question: str, context: Sequence[str] = (), asker: str | None = None
    ) -> Answer:
        """The best clauses and what they say of the question; earlier questions oldest first."""
        whole = " ".join([*context, question])
        scores = self._scores(whole)
        order = np.argsort(-scores, kind="stable")[:5]
        confidence = float(scores[order[0]]) if len(order) else 0.0
        quotes = tuple(Quote(self._clauses[at], float(scores[at])) for at in order)
        danger = speaks_of_danger(question)
        if confidence < FLOOR:
            nearest = tuple(quote.clause for quote in quotes[:3])
            contacts = self._protocol.contacts
            return Answer(question, "not_covered", "no_clause", confidence, contacts=contacts,
                          nearest=nearest, danger=danger)  # fmt: skip
        return Answer(
            question, _outcome(whole, quotes[0].clause), None, confidence, quotes, danger=danger
        )

    def _scores(self, question: str) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        asked = {stem(word) for word in words(question)}
        total = sum(self._weight.get(term, 3.0) for term in asked) or 1.0
        lexical = np.array(
            [sum(self._weight[t] for t in asked & terms.keys()) / total for terms in self._terms]
        )
        if self._model is None or self._vectors is None:
            return np.asarray(np.clip(lexical, 0, 1))
        cosine = self._vectors @ self._model.embed([question])[0]
        return np.asarray(np.clip(0.4 * lexical + 0.8 * cosine, 0, 1))


def _outcome(question: str, clause: Clause) -> Outcome:
    asked = set(words(question))
    if not asked & {"can", "may", "ok", "allowed", "could", "should"}:
        return "information"
    said = set(words(clause.text))
    if said & {"not", "never", "no", "nobody"}:
        return "may_not"
    return "conditional"
