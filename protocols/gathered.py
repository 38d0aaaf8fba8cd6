"""Everything read so far, for the checks that compare one part of a protocol with another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from protocols.model import (
    Clause,
    Contact,
    Review,
    Section,
    SectionKey,
    SharingRule,
    SignatureReport,
)
from protocols.parties import Party
from protocols.signing_places import Entry
from protocols.structure import Outline
from protocols.word.model import Document, Paragraph, Row, VerifiedSignature


@dataclass(frozen=True, slots=True)
class Paper:
    """The Word file behind a protocol: what its clauses alone do not tell."""

    document: Document
    outline: Outline
    sources: Mapping[str, Paragraph | Row]
    signatures: tuple[VerifiedSignature, ...]
    orphans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gathered:
    """A protocol before its findings."""

    sections: tuple[Section, ...]
    clauses: tuple[Clause, ...]
    parties: tuple[Party, ...]
    lead: str | None
    classification: str | None
    rules: tuple[SharingRule, ...]
    contacts: tuple[Contact, ...]
    entries: tuple[Entry, ...]
    signature: SignatureReport
    review: Review
    today: date
    paper: Paper | None

    def within(self, *keys: SectionKey) -> tuple[Clause, ...]:
        """The clauses of some sections, in order."""
        return tuple(clause for clause in self.clauses if clause.section in keys)
