"""The signed agreement as finished, frozen values. Field names are those of `clausewise read --json`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

SectionKey = Literal[
    "parties",
    "meeting_purpose",
    "sharing_purpose",
    "information_shared",
    "legal_authority",
    "use",
    "secondary_use",
    "transparency",
    "method",
    "security_classification",
    "security_controls",
    "tikanga",
    "retention",
    "breach",
    "conflicts",
    "relationship_management",
    "review",
    "approvals",
    "other",
]
ClauseKind = Literal["paragraph", "list_item", "table_row"]
Evidence = Literal["typed", "image", "digital", "none"]
SignatureState = Literal["signed", "partly_signed", "unsigned", "invalid"]
Integrity = Literal["intact", "partial", "altered", "unreadable"]
Trust = Literal["trusted", "untrusted", "expired", "unknown"]
Severity = Literal["error", "warning", "note"]
ContactRole = Literal["breach", "relationship_manager", "facilitator"]


@dataclass(frozen=True, slots=True)
class Clause:
    """A quotable unit: a paragraph, a list item or a table row.

    `number` is what Word shows and people cite (`4.2(b)`, `Table 2, row 7`, `Schedule A, row 3`), None when Word shows none.
    `cite` is always there and unique in the protocol. `text` is word for word, tracked changes accepted,
    without its label; for a row `Column: value; Column: value`. `lead_in` is the cite of the paragraph a
    list item reads on from.
    """

    id: str
    number: str | None
    cite: str
    kind: ClauseKind
    text: str
    cells: Mapping[str, str] | None
    notes: tuple[str, ...]
    section: SectionKey
    heading: str
    lead_in: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    key: SectionKey
    number: str | None
    heading: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class SharingRule:
    """One row of agency x information x recipients, from a table or from prose; a row with two sharers makes two.

    `agency` is the sharer. `recipients` are party names as in `Protocol.agencies`; ("All attending
    agencies",) is expanded to every other party. `conditions` is what a row's further columns say; a sentence
    says its conditions itself. Unknown values are None, never ''.
    """

    agency: str | None
    information: str
    purpose: str | None
    legal_authority: str | None
    recipients: tuple[str, ...]
    clause: str
    conditions: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    role: ContactRole
    agency: str | None
    name: str
    details: str | None
    clause: str


@dataclass(frozen=True, slots=True)
class Signatory:
    agency: str
    name: str | None
    position: str | None
    date: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    signer: str | None
    signed_at: datetime | None
    integrity: Integrity
    trust: Trust
    uncovered: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class SignatureReport:
    state: SignatureState
    reason: str
    digital: tuple[DigitalSignature, ...]


@dataclass(frozen=True, slots=True)
class Review:
    period: str | None
    due: date | None
    responsible: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    code: str
    severity: Severity
    message: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class Protocol:
    title: str | None
    version: str | None
    security_classification: str | None
    agencies: tuple[str, ...]
    lead_agency: str | None
    sections: tuple[Section, ...]
    rules: tuple[SharingRule, ...]
    contacts: tuple[Contact, ...]
    signatories: tuple[Signatory, ...]
    signature: SignatureReport
    review: Review
    findings: tuple[Finding, ...]

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """Every clause in document order."""
        return tuple(clause for section in self.sections for clause in section.clauses)

    @property
    def is_draft(self) -> bool:
        """Not every party has signed: answers must say so (design decision 4)."""
        return self.signature.state != "signed"
