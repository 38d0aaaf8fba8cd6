"""From a Word file, or from clauses alone, to the finished Protocol."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from cryptography import x509

from protocols.checks import findings
from protocols.clauses import make_clauses, make_sections, with_cites
from protocols.contacts import contacts
from protocols.errors import NothingToRead, UnsafeDocx
from protocols.gathered import Gathered, Paper
from protocols.mentions import lead_agency
from protocols.model import Clause, Protocol, Section
from protocols.particulars import (
    find_classification,
    find_review,
    find_title,
    find_version,
    start_date,
)
from protocols.parties import party_names
from protocols.rules import sharing_rules
from protocols.signing import signatories, verdict
from protocols.signing_places import signing_entries
from protocols.structure import read_outline
from protocols.word.blocks import read_document
from protocols.word.model import Block, Document, Table
from protocols.word.package import open_package
from protocols.word.signatures import orphan_signatures, verify_signatures

MAX_LINES = 5_000
"""Paragraphs and rows a protocol may hold; two hundred pages have about three thousand."""


def read_protocol(data: bytes, *, today: date, trust: Sequence[x509.Certificate] = ()) -> Protocol:
    """The protocol a Word file holds; raises ProtocolError with one line fit for its sender."""
    package = open_package(data)
    document = read_document(package)
    _refuse_endless(document)
    outline = read_outline(document)
    if not outline.passages:
        raise NothingToRead(
            "The document holds no clause to read. Upload the protocol itself as a Word file."
        )
    clauses = make_clauses(outline.passages)
    headings = {
        c.id: (p.under, p.under_number) for c, p in zip(clauses, outline.passages, strict=True)
    }
    sources = {c.id: p.source for c, p in zip(clauses, outline.passages, strict=True)}
    sections = make_sections(clauses, headings)
    title = find_title(document, outline.title, outline.front, next(iter(outline.headings), None))
    now = datetime.combine(today, time.max, UTC)
    signatures = verify_signatures(package, trust, now)
    return _assemble(
        title,
        sections,
        today,
        Paper(document, outline, sources, signatures, orphan_signatures(package)),
    )


def _refuse_endless(document: Document) -> None:
    shown = sum(_lines(block) for block in document.blocks)
    if shown > MAX_LINES:
        raise UnsafeDocx(
            f"The document holds {shown:,} paragraphs and rows, far more than a protocol. "
            "Upload the protocol on its own."
        )


def _lines(block: Block) -> int:
    return len(block.rows) if isinstance(block, Table) else bool(block.text)


def protocol_from_clauses(title: str | None, clauses: Sequence[Clause], today: date) -> Protocol:
    """The protocol that these clauses make, without a Word file behind them."""
    return _assemble(title, make_sections(with_cites(clauses), {}), today, None)


def _assemble(
    title: str | None, sections: tuple[Section, ...], today: date, paper: Paper | None
) -> Protocol:
    clauses = tuple(clause for section in sections for clause in section.clauses)
    document = paper.document if paper else None
    parties = party_names(sections)
    lead = lead_agency(sections, parties)
    entries = signing_entries(sections, parties, paper.sources if paper else {}, _logos(document))
    signers = paper.signatures if paper else ()
    signed = signatories(entries, parties, signers)
    read = Gathered(
        sections=sections,
        clauses=clauses,
        parties=parties,
        lead=lead,
        classification=find_classification(document, clauses),
        rules=sharing_rules(sections, parties),
        contacts=contacts(sections, parties),
        entries=entries,
        signature=verdict(entries, parties, signers, today),
        review=find_review(sections, parties, lead, start_date(clauses, signed)),
        today=today,
        paper=paper,
    )
    return Protocol(
        title=title,
        version=find_version(document, paper.outline.front if paper else (), clauses),
        security_classification=read.classification,
        agencies=tuple(party.name for party in parties),
        lead_agency=lead,
        sections=sections,
        rules=read.rules,
        contacts=read.contacts,
        signatories=signed,
        signature=read.signature,
        review=read.review,
        findings=findings(read),
    )


def _logos(document: Document | None) -> frozenset[str]:
    """Pictures of the headers and footers: letterhead, not signatures."""
    margins = (*document.headers, *document.footers) if document else ()
    return frozenset(picture.digest for line in margins for picture in line.pictures)
