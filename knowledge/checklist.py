"""What an attendee of one agency goes through before a meeting, from this protocol alone.

The questions: government guidance (2024), attendee checklist (who should attend, what can I share, what can I use,
how do I share, conflict, sharing outcomes).
"""

from dataclasses import dataclass
from typing import Literal

from knowledge.themes import Theme, points
from protocols.mentions import mentioned
from protocols.model import Clause, Protocol
from protocols.parties import party_names

Check = Literal["attend", "share", "limits", "consult", "method", "use", "conflicts", "outcome"]
_MOST = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One question of the checklist and the clauses that answer it; none when the protocol is silent."""

    check: Check
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Checklist:
    """`received` are the rows that name the agency as a recipient."""

    agency: str
    purpose: tuple[Clause, ...]
    items: tuple[Item, ...]
    received: tuple[Clause, ...]
    legal_authority: tuple[str, ...]


def checklist(protocol: Protocol, agency: str) -> Checklist:
    """The attendee checklist for a party; an agency that is no party gets one without rows."""
    shared = _rows(protocol, [rule.clause for rule in protocol.rules if rule.agency == agency])
    return Checklist(
        agency=agency,
        purpose=_purpose(protocol, agency),
        items=(
            Item("attend", _said(protocol, "attend")),
            Item("share", shared),
            Item("limits", _limits(protocol)),
            Item("consult", _said(protocol, "consult")),
            Item("method", _said(protocol, "method")),
            Item("use", _said(protocol, "use")),
            Item("conflicts", _said(protocol, "conflicts")),
            Item("outcome", _said(protocol, "outcome")),
        ),
        received=_rows(
            protocol, [rule.clause for rule in protocol.rules if agency in rule.recipients]
        ),
        legal_authority=_authorities(protocol, agency),
    )


def _rows(protocol: Protocol, cites: list[str]) -> tuple[Clause, ...]:
    return tuple(clause for clause in protocol.clauses if clause.cite in cites)


def _said(protocol: Protocol, theme: Theme) -> tuple[Clause, ...]:
    return points(protocol, (theme,), _MOST)[0].clauses


def _limits(protocol: Protocol) -> tuple[Clause, ...]:
    """Up to date and relevant, classified, tikanga: what binds information however it is listed."""
    about = points(protocol, ("limits",), _MOST) + points(
        protocol, ("classification", "tikanga"), 2
    )
    return tuple(clause for point in about for clause in point.clauses)


def _purpose(protocol: Protocol, agency: str) -> tuple[Clause, ...]:
    """The clauses that say what this agency is there for: its own row, else a sentence that names it."""
    parties = party_names(protocol.sections)
    stated = [clause for clause in protocol.clauses if clause.section == "sharing_purpose"]
    rows = [clause for clause in stated if agency in mentioned(_first_cell(clause), parties)]
    named = [c for c in stated if not c.cells and agency in mentioned(c.text, parties)]
    return tuple(rows or named)[:2]


def _first_cell(clause: Clause) -> str:
    return next(iter(clause.cells.values()), "") if clause.cells else ""


def _authorities(protocol: Protocol, agency: str) -> tuple[str, ...]:
    rules = [rule for rule in protocol.rules if rule.agency == agency]
    return tuple(dict.fromkeys(rule.legal_authority for rule in rules if rule.legal_authority))
