"""The record to keep with information that is kept: where it came from, under which law, what for, when, which limits.

Government guidance (2024), "Noting what is kept": its sample table leaves the restrictions out, ours does not.
Nothing about the person concerned is in it.
"""

from dataclasses import dataclass
from datetime import date

from knowledge.themes import points
from protocols.model import Clause, Protocol, SharingRule


@dataclass(frozen=True, slots=True)
class StorageNote:
    """Unknown values are None: the protocol does not say."""

    source: str | None
    information: str
    legal_authority: str | None
    purpose: str | None
    shared_on: date
    clause: str
    restrictions: tuple[Clause, ...]


def storage_note(rule: SharingRule, protocol: Protocol, shared_on: date) -> StorageNote:
    """The record for information received under one sharing rule on a day."""
    return StorageNote(
        source=rule.agency,
        information=rule.information,
        legal_authority=rule.legal_authority,
        purpose=rule.purpose or _purpose_of(rule, protocol),
        shared_on=shared_on,
        clause=rule.clause,
        restrictions=_restrictions(protocol),
    )


def receivable(protocol: Protocol, agency: str | None) -> tuple[SharingRule, ...]:
    """The rules under which an agency receives information; every rule when the agency is not known."""
    return tuple(rule for rule in protocol.rules if agency is None or agency in rule.recipients)


def _purpose_of(rule: SharingRule, protocol: Protocol) -> str | None:
    """The sharer's own purpose, word for word, where the row has none: only from a row of that agency alone."""
    for clause in protocol.clauses:
        if clause.section == "sharing_purpose" and clause.cells:
            values = list(clause.cells.values())
            if rule.agency in values and len(values) == 2:
                return next(value for value in values if value != rule.agency)
    return None


def _restrictions(protocol: Protocol) -> tuple[Clause, ...]:
    said = points(protocol, ("use", "later", "retention"), 2)
    return tuple(clause for point in said for clause in point.clauses)
