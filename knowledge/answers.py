"""What an attendee is told: quoted clauses and an outcome, or an honest silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from knowledge.language import sentences
from protocols.model import Clause, Contact

Outcome = Literal["may", "may_not", "conditional", "information", "not_covered"]
Silence = Literal["non_party", "case_fact", "other_law", "small_talk", "no_clause"]


@dataclass(frozen=True, slots=True)
class Quote:
    """A clause and how well it matches, 0..1.

    `matched` are the places of the sentences of a long clause that speak to the question or limit the clause, in
    order; empty when the clause is best read whole.
    """

    clause: Clause
    score: float
    matched: tuple[int, ...] = ()

    @property
    def excerpt(self) -> str:
        """The matched sentences word for word, with dots where others stand between them; else the whole text."""
        every, pieces, at = sentences(self.clause.text), list[str](), 0
        if not self.matched or self.matched[-1] >= len(every):
            return self.clause.text
        for place in self.matched:
            pieces += ["…"] if place > at else []
            pieces.append(every[place])
            at = place + 1
        return " ".join([*pieces, *(["…"] if at < len(every) else [])])


@dataclass(frozen=True, slots=True)
class Fact:
    """What the text says of an agency and a row, for the headline; never permission.

    `listed` is True when the row names `recipient`, False when it does not, None when no recipient was asked about.
    """

    cite: str
    recipient: str | None
    listed: bool | None


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question. Field names are those of `clausewise ask --json` (design section 4).

    `confidence` is the chance, 0..1, that the first clause answers, comparable over all questions.
    `clauses` best first, at most 5, empty when `outcome` is not_covered; `nearest` then holds the closest ones.
    `restrictions` are clauses that limit what the quoted ones permit, wherever they stand.
    `danger` is True when the question speaks of immediate danger: the safety line comes first, whatever the outcome.
    """

    question: str
    outcome: Outcome
    reason: Silence | None
    confidence: float
    clauses: tuple[Quote, ...] = ()
    legal_authority: tuple[str, ...] = ()
    restrictions: tuple[Clause, ...] = ()
    contacts: tuple[Contact, ...] = ()
    nearest: tuple[Clause, ...] = ()
    parts: tuple["Answer", ...] = ()
    facts: tuple[Fact, ...] = ()
    danger: bool = False
    danger_clause: Clause | None = None

    def to_json(self) -> Mapping[str, object]:
        """The contract's dictionary, ready for json.dumps."""
        return {
            "question": self.question,
            "outcome": self.outcome,
            "reason": self.reason,
            "confidence": round(self.confidence, 4),
            "clauses": [_quote_json(quote) for quote in self.clauses],
            "legal_authority": list(self.legal_authority),
            "restrictions": [{"cite": c.cite, "text": c.text} for c in self.restrictions],
            "contacts": [
                {
                    "role": c.role,
                    "agency": c.agency,
                    "name": c.name,
                    "details": c.details,
                    "clause": c.clause,
                }
                for c in self.contacts
            ],
            "nearest": [
                {"cite": c.cite, "section": c.section, "heading": c.heading} for c in self.nearest
            ],
            "parts": [part.to_json() for part in self.parts],
        }

    def __repr__(self) -> str:
        """Kinds and citations only: a question may hold personal information (design decision 7)."""
        cites = ", ".join(quote.clause.cite for quote in self.clauses)
        return f"Answer(outcome={self.outcome!r}, reason={self.reason!r}, clauses=[{cites}])"


def _quote_json(quote: Quote) -> Mapping[str, object]:
    clause = quote.clause
    return {
        "number": clause.number,
        "cite": clause.cite,
        "section": clause.section,
        "heading": clause.heading,
        "text": clause.text,
        "cells": dict(clause.cells) if clause.cells is not None else None,
        "score": round(quote.score, 4),
    }
