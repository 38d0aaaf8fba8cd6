"""Answers to questions from one protocol: its clauses, word for word, or silence."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.agencies import Agency
from knowledge.answers import Answer, Fact, Outcome, Quote, Silence
from knowledge.bank import Bank, Numbers, load_bank
from knowledge.judging import confidence_signals, is_free, listing, outcome_signals, readings
from knowledge.limits import Limits
from knowledge.matching import Matcher
from knowledge.model.vectors import Embedder
from knowledge.questions import Asked, parts_of
from knowledge.scales import Scales, load_scales
from protocols.model import Clause, Contact, Protocol

QUOTED = 5
NEAREST = 3
# `may` needs a first clause that answers more likely than not: a row about other information must not permit.
MAY_FROM = 0.5
# A clause that sets a condition is said to, unless another outcome is much likelier: no flat refusal where "if" is written.
CONDITION = 1.8
_OUTCOMES: tuple[Outcome, ...] = ("may", "may_not", "conditional", "information")
# The most restrictive outcome speaks for a question of several parts.
_STRICTEST: tuple[Outcome, ...] = ("may_not", "conditional", "information", "may", "not_covered")


class ClauseIndex:
    """The clauses of one protocol, ready to be asked; `model` is the sentence model or None."""

    def __init__(
        self,
        protocol: Protocol,
        model: Embedder | None = None,
        scales: Scales | None = None,
        bank: Bank | None = None,
    ) -> None:
        self._protocol = protocol
        self._matcher = Matcher(protocol, bank or load_bank(), model)
        self._scales = scales or load_scales(model is not None)
        self._limits = Limits(protocol, self._matcher.rules)

    def answer(
        self, question: str, context: Sequence[str] = (), asker: str | None = None
    ) -> Answer:
        """The clauses that answer, best first, and what they say; or why there is silence.

        `context` holds earlier questions of the same person, oldest first; `asker` names their agency.
        """
        whole = self._answer(question, context, asker)
        pieces = parts_of(question)
        if len(pieces) < 2:
            return whole
        parts = tuple(self._answer(piece, context, asker) for piece in pieces)
        answered = [part for part in parts if part.outcome != "not_covered"]
        if len({part.clauses[0].clause.cite for part in answered}) < 2:
            return whole
        return _together(question, whole if whole.clauses else answered[0], parts)

    def _answer(self, question: str, context: Sequence[str], asker: str | None) -> Answer:
        asked, before = self._matcher.follow(question, context)
        asked = self._for(asked, asker)
        table, vector = self._matcher.signals(asked, before)
        scores = table @ self._scales.rank
        order = [int(at) for at in np.argsort(-scores, kind="stable")[:QUOTED]]
        signals = confidence_signals(self._matcher, asked, table, scores, vector)
        signals["context"] = float(before is not None)
        chance = self._scales.answerable.chances(signals)["True"]
        confidence = self._scales.confidence(chance)
        if asked.outsiders and asked.is_permission:
            order = self._naming(asked.outsiders, scores)
            if not order:
                return self._silent(question, asked, "non_party", confidence / 4, order, asker)
        if chance < self._scales.answer:
            reason = self._reason(asked, vector)
            near = order if chance >= self._scales.nearest else []
            return self._silent(question, asked, reason, confidence, near, asker)
        return self._speak(question, asked, confidence, order, scores, vector)

    def _naming(self, outsiders: Sequence[Agency], scores: Numbers) -> list[int]:
        """The clauses that name agencies which have not signed, best first; without one, silence."""
        naming = [
            at
            for at, named in enumerate(self._matcher.parties)
            if any(agency in named for agency in outsiders)
        ]
        return sorted(naming, key=lambda at: -float(scores[at]))[:QUOTED]

    def _for(self, asked: Asked, asker: str | None) -> Asked:
        """The asker's own agency in the role the question leaves open."""
        own = self._matcher.agencies.agency(asker) if asker else None
        if own and not asked.recipients and asked.receives and "first" in asked.shape:
            return replace(asked, recipients=(own,))
        if own and not asked.sharers and "first" in asked.shape and not asked.receives:
            return replace(asked, sharers=(own,))
        return asked

    def _speak(
        self, question: str, asked: Asked, confidence: float, order: Sequence[int],
        scores: Numbers, vector: Numbers | None,
    ) -> Answer:  # fmt: skip
        shares = np.exp(scores[order] - scores[order[0]]) * confidence
        quotes = tuple(
            Quote(self._matcher.clauses[at], float(share), self._matcher.matched(at, asked, vector))
            for at, share in zip(order, shares, strict=True)
        )
        first = quotes[0].clause
        return Answer(
            question,
            self._outcome(asked, order[0], vector, confidence),
            None,
            confidence,
            quotes,
            legal_authority=self._authority(first),
            restrictions=self._limits.on(first, [quote.clause for quote in quotes[:1]]),
            facts=self._facts(asked, first),
            danger=asked.danger,
            danger_clause=self._limits.threat if asked.danger else None,
        )

    def _outcome(
        self, asked: Asked, place: int, vector: Numbers | None, confidence: float
    ) -> Outcome:
        """Whom a sharing clause lists decides first; the rest is judged (design, section 4)."""
        clause = self._matcher.clauses[place]
        listed = listing(self._matcher, asked, clause)
        if listed is False and asked.is_permission:
            return "may_not"
        read = readings(self._matcher, place, asked, vector)
        signals = outcome_signals(self._matcher, asked, clause, place, read)
        chances = self._scales.outcome.chances(signals)
        if signals["clause conditions"]:
            chances["conditional"] *= CONDITION
        if asked.asks_leave and is_free(self._matcher, asked, clause):
            chances = {"may": 1.0, "information": chances["information"]}
        if listed and clause.kind == "table_row":
            chances.pop("may_not", None)
        unsure = confidence < MAY_FROM or chances["may"] < self._scales.may
        if listed is False or asked.outsiders or unsure:
            chances.pop("may")
        return max(_OUTCOMES, key=lambda name: chances.get(name, 0.0))

    def _silent(
        self, question: str, asked: Asked, reason: Silence, confidence: float,
        order: Sequence[int], asker: str | None,
    ) -> Answer:  # fmt: skip
        near = order[:NEAREST] if reason != "small_talk" else []
        return Answer(
            question,
            "not_covered",
            reason,
            confidence,
            contacts=() if reason == "small_talk" else self._contacts(asker),
            nearest=tuple(self._matcher.clauses[at] for at in near),
            danger=asked.danger,
            danger_clause=self._limits.threat if asked.danger else None,
        )

    def _reason(self, asked: Asked, vector: Numbers | None) -> Silence:
        """The reason the nearest question of the bank's silences has."""
        nearest = self._matcher.nearest_reason(asked, vector)
        known: dict[str, Silence] = {
            "small_talk": "small_talk", "case_fact": "case_fact", "other_law": "other_law",
        }  # fmt: skip
        return known.get(nearest, "no_clause")

    def _authority(self, clause: Clause) -> tuple[str, ...]:
        rules = self._matcher.rules.get(clause.cite, ())
        return tuple(dict.fromkeys(r.legal_authority for r in rules if r.legal_authority))

    def _facts(self, asked: Asked, clause: Clause) -> tuple[Fact, ...]:
        rules = self._matcher.rules.get(clause.cite, ())
        if not rules:
            return ()
        sharers = {rule.agency for rule in rules}
        named = [a.party for a in asked.recipients if a.party and a.party not in sharers]
        if not named:
            return (Fact(clause.cite, None, None),)
        return tuple(
            Fact(clause.cite, name, any(name in rule.recipients for rule in rules))
            for name in named
        )

    def _contacts(self, asker: str | None) -> tuple[Contact, ...]:
        """Whom to ask: the asker's relationship manager and the facilitator."""
        own = self._matcher.agencies.named(asker) if asker else None
        every = self._protocol.contacts
        chosen = [c for c in every if c.role == "relationship_manager" and c.agency == own and own]
        chosen += [c for c in every if c.role == "facilitator"]
        return tuple(chosen or [c for c in every if c.role == "relationship_manager"])


def _together(question: str, whole: Answer, parts: tuple[Answer, ...]) -> Answer:
    """The whole question's best clause, then each part's, then the rest."""
    firsts = [part.clauses[0] for part in parts if part.clauses]
    quotes = {q.clause.cite: q for q in (whole.clauses[0], *firsts, *whole.clauses[1:])}
    outcomes = {part.outcome for part in parts if part.outcome != "not_covered"}
    limits = {c.cite: c for answer in (whole, *parts) for c in answer.restrictions}
    return replace(
        whole,
        question=question,
        outcome=next(outcome for outcome in _STRICTEST if outcome in outcomes),
        clauses=tuple(quotes.values())[:QUOTED],
        restrictions=tuple(limits.values()),
        parts=parts,
    )
