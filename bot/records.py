"""An answer as the outbox keeps it: outcome and citations, from which the card is built when it is sent.

The question is not in it, nor any word that could come from the question (design decision 7).
"""

from collections.abc import Mapping
from typing import cast

from bot.effects import Json
from knowledge.answers import Answer, Fact, Outcome, Quote, Silence
from protocols.model import Clause, Protocol


def answer_record(answer: Answer, protocol: Protocol) -> dict[str, Json]:
    """What must be kept to show this answer again from the same protocol."""
    return {
        "outcome": answer.outcome,
        "reason": answer.reason,
        "confidence": round(answer.confidence, 4),
        "clauses": [
            [quote.clause.id, round(quote.score, 4), list(quote.matched)]
            for quote in answer.clauses
        ],
        "legal_authority": list(answer.legal_authority),
        "restrictions": [clause.id for clause in answer.restrictions],
        "contacts": [protocol.contacts.index(c) for c in answer.contacts if c in protocol.contacts],
        "nearest": [clause.id for clause in answer.nearest],
        "parts": [answer_record(part, protocol) for part in answer.parts],
        "facts": [
            [fact.cite, fact.recipient, fact.listed]
            for fact in answer.facts
            if fact.recipient is None or fact.recipient in protocol.agencies
        ],
        "danger": answer.danger,
        "danger_clause": answer.danger_clause.id if answer.danger_clause else None,
    }


def answer_from(record: Mapping[str, Json], protocol: Protocol) -> Answer:
    """The answer a record stands for, its question left empty. KeyError when the protocol is another."""
    clauses = {clause.id: clause for clause in protocol.clauses}
    danger_clause = record["danger_clause"]
    return Answer(
        question="",
        outcome=cast(Outcome, record["outcome"]),
        reason=cast(Silence | None, record["reason"]),
        confidence=cast(float, record["confidence"]),
        clauses=tuple(
            Quote(clauses[i], score, tuple(*matched))
            for i, score, *matched in cast(list[tuple[str, float, list[int]]], record["clauses"])
        ),
        legal_authority=tuple(cast(list[str], record["legal_authority"])),
        restrictions=_clauses(record["restrictions"], clauses),
        contacts=tuple(protocol.contacts[at] for at in cast(list[int], record["contacts"])),
        nearest=_clauses(record["nearest"], clauses),
        parts=tuple(
            answer_from(part, protocol) for part in cast(list[dict[str, Json]], record["parts"])
        ),
        facts=tuple(
            Fact(*fact) for fact in cast(list[tuple[str, str | None, bool | None]], record["facts"])
        ),
        danger=bool(record["danger"]),
        danger_clause=clauses[str(danger_clause)] if danger_clause else None,
    )


def _clauses(ids: Json, clauses: Mapping[str, Clause]) -> tuple[Clause, ...]:
    return tuple(clauses[clause_id] for clause_id in cast(list[str], ids))
