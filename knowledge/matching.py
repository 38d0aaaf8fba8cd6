"""How well each clause of a protocol fits a question: a row of signals per clause.

Words, the bank of questions by kind of clause, the section a question belongs to, the agencies it names,
and the sentence model when there is one. What weighs how much is learned (`make train`).
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

import numpy as np

from knowledge.agencies import Agencies
from knowledge.bank import Bank, Numbers
from knowledge.language import stem
from knowledge.model.vectors import Embedder
from knowledge.questions import Asked, ask, said
from protocols.model import Clause, Protocol, SectionKey, SharingRule

SECTIONS: tuple[SectionKey, ...] = get_args(SectionKey)
SIGNALS = (
    "cosine", "cosine_view", "cosine_rank", "kind", "kind_rank", "coverage", "overlap", "kind_words",
    "section", "section_words", "agency", "sharer", "recipient", "rule", "rule_asked", "row", "long",
    "agency_missing", "exception", "number", "cosine_section", "context", "cosine_bare", "bare_rank",
    "holder_asked", "danger", "time", "person", "permission_rule", "overlap_view",
    "cosine_best",
)  # fmt: skip
SHARPNESS = 20.0
_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_STOP = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "for",
        "and",
        "or",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "do",
        "does",
        "did",
        "i",
        "we",
        "you",
        "he",
        "she",
        "it",
        "they",
        "them",
        "his",
        "her",
        "my",
        "our",
        "your",
        "their",
        "this",
        "that",
        "these",
        "those",
        "with",
        "from",
        "by",
        "as",
        "if",
        "so",
        "can",
        "may",
        "will",
        "would",
        "could",
        "should",
        "have",
        "has",
        "had",
        "me",
        "us",
        "about",
        "not",
        "no",
        "any",
        "there",
        "what",
        "who",
        "when",
        "how",
        "which",
        "while",
        "just",
        "get",
        "got",
        "im",
        "up",
        "out",
    ]
)


class Matcher:
    """The clauses of one protocol as numbers, ready to be compared with questions."""

    def __init__(self, protocol: Protocol, bank: Bank, embedder: Embedder | None) -> None:
        self.clauses = protocol.clauses
        self.agencies = Agencies(protocol)
        self.bank = bank
        self.embedder = embedder
        self.rules = _rules(protocol)
        texts = {clause.cite: clause.text for clause in self.clauses}
        self.said = [
            said(self.agencies, c.heading, texts.get(c.lead_in or "", ""), c.text)
            for c in self.clauses
        ]
        self.parties = [
            frozenset(m.agency for m in self.agencies.mentions(text.split())) for text in self.said
        ]
        self._words = _Words(self.said, bank)
        self._static = self._fixed_signals()
        self._threat = self._column(float(bool(_THREAT.search(text))) for text in self.said)
        self._time = self._column(float(bool(_TIME.search(text))) for text in self.said)
        self._person = self._column(float(bool(_PERSON.search(c.text))) for c in self.clauses)
        self._sections = np.array([SECTIONS.index(c.section) for c in self.clauses])
        self._kinds_words = self._words.kinds_of_clauses(bank)
        self._views: Numbers | None = None
        self._kinds_meant: Numbers | None = None
        if embedder is not None:
            self._embed(embedder)

    @property
    def known(self) -> frozenset[str]:
        """The protocol's own long words, towards which slips in questions are mended."""
        return self._words.known

    def read(self, question: str) -> Asked:
        return ask(self.agencies, question, self.known)

    def signals(
        self, asked: Asked, context: Sequence[Asked] = ()
    ) -> tuple[Numbers, Numbers | None]:
        """A row of SIGNALS per clause, and the question's vector when there is a model."""
        words = self._words.question(asked.tokens)
        table = {name: np.zeros(len(self.clauses), np.float32) for name in SIGNALS}
        table.update(self._static)
        vector = None
        if self.embedder is not None and self._views is not None and self._kinds_meant is not None:
            same = asked.bare == asked.heard or not asked.bare
            vectors = self.embedder.embed([asked.heard] if same else [asked.heard, asked.bare])
            vector = vectors[0]
            table["cosine_best"] = np.maximum.reduceat(self._views @ vector, self._starts)
            table.update(self._meant(vector))
            table.update(self._meant_bare(vectors[-1]))
        table.update(self._worded(asked, words))
        table.update(self._named(asked))
        if context:
            before = self._words.question(context[-1].tokens)
            table["context"] = self._words.coverage(before)
        return np.stack([table[name] for name in SIGNALS], axis=1), vector

    @property
    def vocabulary(self) -> frozenset[str]:
        """Every word of the clauses and of the bank's."""
        return self._words.vocabulary

    def nearest_words(self, asked: Asked) -> tuple[float, float]:
        """By words alone: how near the question is to a silence, and to a question of the bank."""
        words = self._words.question(asked.tokens)
        return float(self._words.against_silences(words).max()), float(
            self._words.against_bank(words).max()
        )

    def nearest_reason(self, asked: Asked, vector: Numbers | None) -> str:
        """Why the nearest of the silences is one."""
        if vector is not None:
            near = self.bank.silence_vectors @ vector
        else:
            near = self._words.against_silences(self._words.question(asked.tokens))
        return self.bank.reasons[int(near.argmax())]

    def bank_strength(self, place: int, asked: Asked, vector: Numbers | None) -> Numbers:
        """How near each question of the bank is to this one, and its kind to this clause."""
        if vector is not None and self._kinds_meant is not None:
            kinds, near = self._kinds_meant[place], self.bank.question_vectors @ vector
        else:
            words = self._words.question(asked.tokens)
            kinds, near = self._kinds_words[place], self._words.against_bank(words)
        strength: Numbers = np.maximum(kinds, 0)[self.bank.kind_of] * near
        return strength

    def _meant(self, vector: Numbers) -> Mapping[str, Numbers]:
        assert self._views is not None
        assert self._kinds_meant is not None
        cosines = self._views @ vector
        best = np.maximum.reduceat(cosines, self._starts)
        whole = cosines[self._starts]
        asked = self.bank.by_kind(self.bank.question_vectors @ vector)
        kind = np.maximum(asked, 0)[None, :] * np.maximum(self._kinds_meant, 0)
        strength: Numbers = kind.max(axis=1)
        by_section = _section_scores(asked, self.bank)
        section = by_section[self._sections]
        highest = np.full(len(SECTIONS), -1.0, np.float32)
        np.maximum.at(highest, self._sections, best)
        return {
            "cosine": whole, "cosine_view": best, "cosine_rank": _log_share(np.maximum(whole, best)),
            "kind": strength, "kind_rank": _log_share(strength), "section": section,
            "cosine_section": highest[self._sections],
        }  # fmt: skip

    def _meant_bare(self, vector: Numbers) -> Mapping[str, Numbers]:
        """The question without its agencies against what a row or a sentence is about."""
        assert self._views is not None
        cosines = self._views @ vector
        cosines[self._starts[self._has_parts]] = -1
        best = np.maximum.reduceat(cosines, self._starts)
        return {"cosine_bare": best, "bare_rank": _log_share(best)}

    def _worded(self, asked: Asked, words: Numbers) -> Mapping[str, Numbers]:
        by_kind = self.bank.by_kind(self._words.against_bank(words))
        kind = (by_kind[None, :] * self._kinds_words).max(axis=1)
        section = _section_scores(by_kind, self.bank)[self._sections]
        digits = {token for token in asked.tokens if token.isdigit()}
        number = [float(bool(digits & set(text.split()))) for text in self.said]
        return {
            "overlap_view": self._words.overlap(self._words.question(asked.bare.split())),
            "coverage": self._words.coverage(words), "overlap": self._words.overlap(words),
            "kind_words": kind, "section_words": section,
            "number": np.array(number, np.float32) if digits else np.zeros(len(number), np.float32),
        }  # fmt: skip

    def _named(self, asked: Asked) -> Mapping[str, Numbers]:
        named = set(asked.agencies)
        share = [len(named & parties) / max(1, len(named)) for parties in self.parties]
        sharers = {agency.party for agency in asked.sharers}
        recipients = {agency.party for agency in asked.recipients}
        rules = [self.rules.get(clause.cite, ()) for clause in self.clauses]
        sharer = [
            max((float(rule.agency in sharers) for rule in own), default=0.0) for own in rules
        ]
        listed = [
            max((len(recipients & {*rule.recipients}) / max(1, len(recipients)) for rule in own), default=0.0)
            for own in rules
        ]  # fmt: skip
        asks = float(asked.is_permission and bool(named))
        return {
            "agency": np.array(share, np.float32), "sharer": np.array(sharer, np.float32),
            "recipient": np.array(listed, np.float32),
            "rule_asked": self._static["rule"] * asks,
            "holder_asked": np.array([float(any(r.agency in recipients and not recipients & {*r.recipients} for r in own)) for own in rules], np.float32),
            "danger": self._threat * float(asked.danger),
            "time": self._time * float("when" in asked.shape),
            "person": self._person * float("who" in asked.shape),
            "permission_rule": self._static["rule"] * float(asked.is_permission),
            "agency_missing": np.array([float(bool(p) and not p & named) for p in self.parties], np.float32) * float(bool(named)),
        }  # fmt: skip

    def _column(self, values: Iterator[float]) -> Numbers:
        return np.fromiter(values, np.float32, len(self.clauses))

    def _fixed_signals(self) -> dict[str, Numbers]:
        return {
            "rule": self._column(float(c.cite in self.rules) for c in self.clauses),
            "row": self._column(float(c.kind == "table_row") for c in self.clauses),
            "long": self._column(math.log(1 + len(text.split())) / 5 for text in self.said),
            "exception": self._column(float(bool(_EXCEPTION.search(c.text))) for c in self.clauses),
        }

    def _embed(self, embedder: Embedder) -> None:
        views = [
            list(self._views_of(c, text)) for c, text in zip(self.clauses, self.said, strict=True)
        ]
        self._has_parts = np.array([len(own) > 1 for own in views])
        self._starts = np.cumsum([0, *(len(own) for own in views)])[:-1]
        self._views = embedder.embed([view for own in views for view in own])
        whole = self._views[self._starts]
        self._kinds_meant = self.bank.by_wording(whole @ self.bank.wording_vectors.T)

    def _views_of(self, clause: Clause, text: str) -> Iterator[str]:
        """The whole clause first; then what its rules share, or its sentences under the heading."""
        yield text
        heading, _, rest = text.partition(" . ")
        rules = self.rules.get(clause.cite, ())
        if rules:
            yield from (said(self.agencies, "", "", rule.information) for rule in rules)
            return
        parts = [part for part in re.split(r"(?<= [.;]) ", rest) if len(part) > 20]
        if len(parts) > 1:
            yield from (f"{heading} . {part}" for part in parts)


_THREAT = re.compile(r"\b(serious threat|immediate danger|in danger|111|threat to)\b")
_TIME = re.compile(
    r"\b(days?|weeks?|months?|years?|hours?|minutes|january|february|march|april|may \d|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|noon|am|pm|annual|yearly|as soon as|at once|immediately)\b"
)
_PERSON = re.compile(
    r"\b[A-ZĀĒĪŌŪ][\wāēīōū'’-]+ [A-ZĀĒĪŌŪ][\wāēīōū'’-]+\b|coordinator|chair|manager|officer|facilitator|lead",
    re.UNICODE,
)
_EXCEPTION = re.compile(r"\b(Despite|In spite of|does not apply|exception|except that)\b")


def _section_scores(by_kind: Numbers, bank: Bank) -> Numbers:
    """For each section, how near the question is to the nearest kind of it, against the nearest of all."""
    best: Numbers = np.full(len(SECTIONS), by_kind.min(initial=0.0), np.float32)
    places = np.array([SECTIONS.index(section) for section in bank.sections])
    np.maximum.at(best, places, by_kind)
    best -= best.max()
    return best


def _log_share(values: Numbers) -> Numbers:
    scaled = SHARPNESS * (values - values.max())
    total = math.log(float(np.exp(scaled).sum()))
    share: Numbers = np.asarray((scaled - total) / 10, np.float32)
    return share


def _rules(protocol: Protocol) -> Mapping[str, Sequence[SharingRule]]:
    rules: dict[str, list[SharingRule]] = {}
    for rule in protocol.rules:
        rules.setdefault(rule.clause, []).append(rule)
    return rules


class _Words:
    """Clauses and bank as weighted word stems."""

    def __init__(self, texts: Sequence[str], bank: Bank) -> None:
        clauses = [Counter(_stems(text.split())) for text in texts]
        wordings = [Counter(_stems(text.split())) for text in bank.wordings]
        found = Counter(term for terms in (*clauses, *wordings) for term in terms)
        questions = [Counter(_stems(text.split())) for text in bank.questions]
        for text in (*bank.questions, *bank.silences):
            found.update({term: 0 for term in _stems(text.split())})
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
        self._total = self._unknown
        self.vocabulary = frozenset(w for text in (*texts, *bank.wordings) for w in text.split())
        self.known = frozenset(
            w for text in texts for w in text.split() if len(w) > 5 and w.isalpha()
        )

    def question(self, tokens: Sequence[str]) -> Numbers:
        """Its stems' weights; the unknown ones count towards `unknown`."""
        vector = np.zeros(len(self._place), np.float32)
        terms = set(_stems(tokens))
        for term in terms & self._place.keys():
            vector[self._place[term]] = self._weight[self._place[term]]
        self._total = float(vector.sum()) + self._unknown * len(terms - self._place.keys())
        return vector

    def coverage(self, question: Numbers) -> Numbers:
        """Share of the question's weight that a clause's words cover."""
        covered = _product(self._present, question)
        return covered / max(self._total, 1e-6)

    def overlap(self, question: Numbers) -> Numbers:
        return _product(self._unit_terms, question / max(float(np.linalg.norm(question)), 1e-6))

    def against_bank(self, question: Numbers) -> Numbers:
        return _product(self._questions, question / max(float(np.linalg.norm(question)), 1e-6))

    def against_silences(self, question: Numbers) -> Numbers:
        return _product(self._silences, question / max(float(np.linalg.norm(question)), 1e-6))

    def _known_only(self, text: str) -> Counter[str]:
        return Counter(term for term in _stems(text.split()) if term in self._place)

    def kinds_of_clauses(self, bank: Bank) -> Numbers:
        return bank.by_wording(self._unit @ self._wordings.T)

    def _matrix(self, counted: Sequence[Counter[str]], rows: int) -> Numbers:
        matrix = np.zeros((rows, len(self._place)), np.float32)
        for row, terms in enumerate(counted):
            for term, count in terms.items():
                at = self._place[term]
                matrix[row, at] = self._weight[at] * (1 + math.log(count))
        return matrix


def _product(by_term: Numbers, question: Numbers) -> Numbers:
    """The product with a question of few terms, from only their rows."""
    terms = np.flatnonzero(question)
    found: Numbers = question[terms] @ by_term[terms]
    return found


def _stems(tokens: Sequence[str]) -> Iterator[str]:
    return (stem(token) for token in tokens if token.isalnum() and token not in _STOP)


def _unit(matrix: Numbers) -> Numbers:
    norms = np.linalg.norm(matrix, axis=1, keepdims=True)
    unit: Numbers = matrix / np.maximum(norms, 1e-6)
    return unit
