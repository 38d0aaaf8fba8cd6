"""How well each clause of a protocol fits a question: a row of signals per clause.

Words, the bank of questions by kind of clause, the section a question belongs to, the agencies it names,
and the sentence model when there is one. What weighs how much is learned (`make train`).
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import get_args

import numpy as np

from knowledge.agencies import Agencies
from knowledge.bank import Bank, Numbers
from knowledge.language import fold, sentences
from knowledge.limits import limits
from knowledge.meaning import Meaning, log_share, section_scores
from knowledge.model.vectors import Embedder
from knowledge.questions import Asked, ask, follow, leans_back, said
from knowledge.terms import Terms, Weighed
from protocols.model import Clause, Protocol, SectionKey, SharingRule

SECTIONS: tuple[SectionKey, ...] = get_args(SectionKey)
SIGNALS = (
    "cosine", "cosine_view", "cosine_rank", "kind", "kind_rank", "coverage", "overlap", "kind_words",
    "section", "section_words", "agency", "sharer", "recipient", "rule", "rule_asked", "row", "long",
    "agency_missing", "exception", "number", "cosine_section", "context", "cosine_bare", "bare_rank",
    "holder_asked", "danger", "time", "person", "permission_rule", "overlap_view",
    "by_word", "by_word_rank", "bare_by_word",
)  # fmt: skip
# A clause of so many letters is shortened to the sentences that matched about as well as the best one.
LONG, NEARLY = 480, 0.08


class Matcher:
    """The clauses of one protocol as numbers, ready to be compared with questions."""

    def __init__(self, protocol: Protocol, bank: Bank, embedder: Embedder | None) -> None:
        self.clauses = protocol.clauses
        self.agencies = Agencies(protocol)
        self.bank = bank
        self.embedder = embedder
        self.rules = _rules(protocol)
        self._rules_at = [
            (at, self.rules[c.cite]) for at, c in enumerate(self.clauses) if c.cite in self.rules
        ]
        texts = {clause.cite: clause.text for clause in self.clauses}
        self.said = [
            said(self.agencies, c.heading, texts.get(c.lead_in or "", ""), c.text)
            for c in self.clauses
        ]
        self.parties = [
            frozenset(m.agency for m in self.agencies.mentions(text.split())) for text in self.said
        ]
        self._words = Terms(self.said, bank)
        self._static = self._fixed_signals()
        self._threat = self._column(float(bool(_THREAT.search(text))) for text in self.said)
        self._time = self._column(float(bool(_TIME.search(text))) for text in self.said)
        self._person = self._column(float(bool(_PERSON.search(c.text))) for c in self.clauses)
        self._numbers = [{token for token in text.split() if token.isdigit()} for text in self.said]
        self._sections = np.array([SECTIONS.index(c.section) for c in self.clauses])
        self._kinds_words = self._words.kinds_of_clauses(bank)
        self._meaning: Meaning | None = None
        if embedder is not None:
            self._meaning = Meaning(embedder, [*map(self._views_of, self.clauses, self.said)])
            self._kinds_meant = bank.by_wording(self._meaning.clauses @ bank.wording_vectors.T)

    @property
    def known(self) -> frozenset[str]:
        """The protocol's own long words, towards which slips in questions are mended."""
        return self._words.known

    def read(self, question: str) -> Asked:
        return ask(self.agencies, question, self.known)

    def follow(self, question: str, context: Sequence[str]) -> tuple[Asked, Asked | None]:
        """The question read after earlier ones, oldest first, and the one it leans on if it cannot stand alone."""
        asked = self.read(question)
        if not context or not leans_back(asked):
            return asked, None
        before = [self.read(text) for text in context]
        return follow(asked, before), before[-1]

    def signals(self, asked: Asked, before: Asked | None = None) -> tuple[Numbers, Numbers | None]:
        """A row of SIGNALS per clause, and the question's vector when there is a model."""
        words = self._words.question(asked.tokens)
        table = {name: np.zeros(len(self.clauses), np.float32) for name in SIGNALS}
        table.update(self._static)
        vector = None
        if self.embedder is not None and self._meaning is not None:
            same = asked.bare == asked.heard or not asked.bare
            read = self.embedder.read([asked.heard] if same else [asked.heard, asked.bare])
            vector = read[0].vector
            table.update(self._meaning.near(read[0], read[-1]))
            table.update(self._kinds_asked(vector))
            highest = np.full(len(SECTIONS), -1.0, np.float32)
            np.maximum.at(highest, self._sections, table["cosine_view"])
            table["cosine_section"] = highest[self._sections]
        table.update(self._worded(asked, words))
        table.update(self._named(asked))
        if before:
            table["context"] = self._words.coverage(self._words.question(before.tokens))
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
        if vector is not None:
            kinds, near = self._kinds_meant[place], self.bank.question_vectors @ vector
        else:
            words = self._words.question(asked.tokens)
            kinds, near = self._kinds_words[place], self._words.against_bank(words)
        strength: Numbers = np.maximum(kinds, 0)[self.bank.kind_of] * near
        return strength

    def meant(self, place: int, vector: Numbers | None) -> Mapping[str, float]:
        """The chance of each outcome as the sentence model reads question and clause; empty without one."""
        if vector is None or self._meaning is None or self.embedder is None:
            return {}
        return self.embedder.outcomes(vector, self._meaning.clauses[place])

    def matched(self, place: int, asked: Asked, vector: Numbers | None) -> tuple[int, ...]:
        """The places of a long clause's sentences that speak to the question, and of all that limit it.

        None when the clause is best read whole.
        """
        clause = self.clauses[place]
        parts = sentences(clause.text)
        if len(clause.text) < LONG or len(parts) < 3 or clause.cite in self.rules:
            return ()
        if vector is not None and self._meaning is not None:
            near = self._meaning.parts(place, vector)
        else:
            near = self._words.shared(asked.tokens, [part.split() for part in map(fold, parts)])
        kept = tuple(
            at
            for at, (part, score) in enumerate(zip(parts, near, strict=True))
            if score >= near.max() - NEARLY or limits(part)
        )
        return kept if sum(len(parts[at]) for at in kept) < 0.75 * len(clause.text) else ()

    def _kinds_asked(self, vector: Numbers) -> Mapping[str, Numbers]:
        """By way of the bank: the kinds of clause a question asks for, and the kinds each clause is."""
        asked = self.bank.by_kind(self.bank.question_vectors @ vector)
        strength: Numbers = (np.maximum(asked, 0)[None, :] * np.maximum(self._kinds_meant, 0)).max(
            axis=1
        )
        section = section_scores(asked, self.bank, SECTIONS)[self._sections]
        return {"kind": strength, "kind_rank": log_share(strength), "section": section}

    def _worded(self, asked: Asked, words: Weighed) -> Mapping[str, Numbers]:
        by_kind = self.bank.by_kind(self._words.against_bank(words))
        kind = (by_kind[None, :] * self._kinds_words).max(axis=1)
        section = section_scores(by_kind, self.bank, SECTIONS)[self._sections]
        digits = {token for token in asked.tokens if token.isdigit()}
        return {
            "overlap_view": self._words.overlap(self._words.question(asked.bare.split())),
            "coverage": self._words.coverage(words), "overlap": self._words.overlap(words),
            "kind_words": kind, "section_words": section,
            "number": self._column(float(bool(digits & own)) for own in self._numbers),
        }  # fmt: skip

    def _named(self, asked: Asked) -> Mapping[str, Numbers]:
        named = set(asked.agencies)
        sharers = {agency.party for agency in asked.sharers}
        recipients = {agency.party for agency in asked.recipients}
        return {
            "agency": self._column(len(named & own) / max(1, len(named)) for own in self.parties),
            "agency_missing": self._column(float(bool(named and own and not own & named)) for own in self.parties),
            "sharer": self._ruled(lambda rule: float(rule.agency in sharers)),
            "recipient": self._ruled(lambda rule: len(recipients & {*rule.recipients}) / max(1, len(recipients))),
            "holder_asked": self._ruled(lambda rule: float(rule.agency in recipients and not recipients & {*rule.recipients})),
            "rule_asked": self._static["rule"] * float(asked.is_permission and bool(named)),
            "permission_rule": self._static["rule"] * float(asked.is_permission),
            "danger": self._threat * float(asked.danger),
            "time": self._time * float("when" in asked.shape),
            "person": self._person * float("who" in asked.shape),
        }  # fmt: skip

    def _ruled(self, fits: Callable[[SharingRule], float]) -> Numbers:
        """How well the best rule of each clause fits; 0 where there is none."""
        found = np.zeros(len(self.clauses), np.float32)
        for at, own in self._rules_at:
            found[at] = max(map(fits, own))
        return found

    def _column(self, values: Iterator[float]) -> Numbers:
        return np.fromiter(values, np.float32, len(self.clauses))

    def _fixed_signals(self) -> dict[str, Numbers]:
        return {
            "rule": self._column(float(c.cite in self.rules) for c in self.clauses),
            "row": self._column(float(c.kind == "table_row") for c in self.clauses),
            "long": self._column(math.log(1 + len(text.split())) / 5 for text in self.said),
            "exception": self._column(float(bool(_EXCEPTION.search(c.text))) for c in self.clauses),
        }

    def _views_of(self, clause: Clause, text: str) -> list[str]:
        """The whole clause first; then what its rules share, or its sentences under the heading."""
        rules = self.rules.get(clause.cite, ())
        parts = sentences(clause.text)
        if rules:
            shared = dict.fromkeys(rule.information for rule in rules)
            parts = [said(self.agencies, "", "", information) for information in shared]
        elif len(parts) > 1:
            parts = [said(self.agencies, clause.heading, "", part) for part in parts]
        else:
            parts = []
        return [text, *parts]


_THREAT = re.compile(r"\b(serious threat|immediate danger|in danger|111|threat to)\b")
_TIME = re.compile(
    r"\b(days?|weeks?|months?|years?|hours?|minutes|january|february|march|april|may \d|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|noon|am|pm|annual|yearly|as soon as|at once|immediately)\b"
)
_PERSON = re.compile(
    r"\b[A-ZĀĒĪŌŪ][\wāēīōū'’-]+ [A-ZĀĒĪŌŪ][\wāēīōū'’-]+\b|coordinator|chair|manager|officer|facilitator|lead",
    re.UNICODE,
)
_EXCEPTION = re.compile(r"\b(Despite|In spite of|does not apply|exception|except that)\b")


def _rules(protocol: Protocol) -> Mapping[str, Sequence[SharingRule]]:
    rules: dict[str, list[SharingRule]] = {}
    for rule in protocol.rules:
        rules.setdefault(rule.clause, []).append(rule)
    return rules
