"""Who has signed for each party, on what evidence, and what that makes of the protocol (design decision 4)."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from protocols.dates import parse_date
from protocols.mentions import mentioned
from protocols.model import (
    Clause,
    DigitalSignature,
    Evidence,
    Section,
    Signatory,
    SignatureReport,
    SignatureState,
)
from protocols.parties import Party
from protocols.tables import column_role, paragraphs_of
from protocols.word.model import Control, Paragraph, Picture, Row, SignatureLine, VerifiedSignature
from protocols.wording import fold

_ROLES = ("agency", "name", "position", "date", "signature")
_BLANK = re.compile(r"^[\s_.…–—\-□☐\[\]{}<>()]*$")
_PROMPT = re.compile(
    r"^[\[{<].*[\]}>]$|^(?:dd?\W?mm?\W?yy(?:yy)?|tb[cad]|n/?a|pending|awaiting\b.*|not (?:yet )?signed.*|to be (?:confirmed|signed).*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?P<label>[A-Za-zāēīōūĀĒĪŌŪ ()/-]{2,40}?)\s*[:_…]\s*(?P<value>.*)$")
_TYPED = re.compile(
    r"^(?:/s/|s/)|signed (?:electronically|digitally)|approved by e-?mail|envelope id|signed|yes",
    re.IGNORECASE,
)
_SMALLEST = (40, 10)


@dataclass(frozen=True, slots=True)
class Entry:
    """One party's place to sign: what stands in it, and whether the table asks for a signature of its own."""

    agency: str
    clause: str
    name: str | None
    position: str | None
    day: date | None
    signature: str | None
    asks_signature: bool
    picture: str | None
    lines: tuple[str, ...]


def signing_entries(
    sections: Sequence[Section],
    parties: Sequence[Party],
    sources: Mapping[str, Paragraph | Row],
    logos: frozenset[str] = frozenset(),
) -> tuple[Entry, ...]:
    """The places to sign, from signature tables, forms and lines; `sources` gives the Word row of a clause by id.

    `logos` are the digests of pictures that also stand in a header or footer: no signature.
    """
    clauses = [clause for section in sections for clause in section.clauses]
    entries = [entry for clause in clauses if (entry := _from_row(clause, parties, sources))]
    if not entries:
        approvals = [clause for clause in clauses if clause.section == "approvals"]
        entries = [*_from_forms(approvals, parties, sources)]
    return tuple(replace(e, picture=None) if e.picture in logos else e for e in entries)


def signatories(
    entries: Sequence[Entry], parties: Sequence[Party], signers: Sequence[VerifiedSignature]
) -> tuple[Signatory, ...]:
    """Who signed for each party, with the best evidence there is."""
    return tuple(
        Signatory(e.agency, e.name, e.position, e.day, _evidence(e, parties, signers))
        for e in entries
    )


def verdict(
    entries: Sequence[Entry],
    parties: Sequence[Party],
    signers: Sequence[VerifiedSignature],
    today: date,
) -> SignatureReport:
    """Signed, partly signed, unsigned or invalid, with the reason in one sentence."""
    digital = tuple(_report(signer) for signer in signers)
    broken = next((d for d in digital if d.integrity in ("altered", "unreadable")), None)
    if broken:
        return SignatureReport("invalid", broken.reason, digital)
    if not parties:
        return SignatureReport(
            "unsigned", "No parties were found, so nobody can have signed.", digital
        )
    signed = [
        party.name for party in parties if _has_signed(party, entries, parties, signers, today)
    ]
    missing = [party.name for party in parties if party.name not in signed]
    state: SignatureState = "signed" if not missing else "partly_signed" if signed else "unsigned"
    return SignatureReport(state, _reason(len(signed), missing, entries, parties, signers), digital)


def _report(signer: VerifiedSignature) -> DigitalSignature:
    return DigitalSignature(
        signer.signer,
        signer.signed_at,
        signer.integrity,
        signer.trust,
        signer.uncovered,
        signer.reason,
    )


def is_blank(text: str | None) -> bool:
    """Whether a field was left open: empty, dots or lines only, a bracketed prompt, "TBC", "dd/mm/yyyy"."""
    return text is None or bool(_BLANK.match(text)) or bool(_PROMPT.match(text.strip()))


def complete(entry: Entry, today: date) -> bool:
    """Whether name, date and, where asked for, signature stand there, and the date is not in the future."""
    shown = not entry.asks_signature or not is_blank(entry.signature) or entry.picture is not None
    return bool(entry.name) and entry.day is not None and entry.day <= today and shown


def linked_party(
    signer: VerifiedSignature, parties: Sequence[Party], entries: Sequence[Entry]
) -> str | None:
    """The party a digital signature counts for, if any."""
    for party in parties:
        own = [entry for entry in entries if entry.agency == party.name]
        if any(_linked(signer, party, entry) for entry in (*own, None)):
            return party.name
    return None


def _from_row(
    clause: Clause, parties: Sequence[Party], sources: Mapping[str, Paragraph | Row]
) -> Entry | None:
    cells = clause.cells or {}
    roles: dict[str, str] = {}
    for column in cells:
        role = column_role(column, _ROLES)
        if role and role not in roles:
            roles[role] = column
    if (
        "date" not in roles
        or not {"name", "agency"} & roles.keys()
        or clause.section not in ("approvals", "parties", "other")
    ):
        return None
    value = {
        role: None if is_blank(cells[column]) else cells[column].strip()
        for role, column in roles.items()
    }
    agency = value.get("agency") or value.get("name")
    if agency is None:
        return None
    named = mentioned(agency, parties)
    row = sources.get(clause.id)
    return Entry(
        agency=named[0] if named else agency,
        clause=clause.cite,
        name=value.get("name"),
        position=value.get("position"),
        day=_day(value.get("date"), row),
        signature=value.get("signature"),
        asks_signature="signature" in roles,
        picture=_picture(row),
        lines=_lines(row),
    )


def _from_forms(
    clauses: Sequence[Clause], parties: Sequence[Party], sources: Mapping[str, Paragraph | Row]
) -> Iterator[Entry]:
    """Signature blocks written down the page: "Signed for X", "Name: ...", "Date: ..."."""
    agency: str | None = None
    cite = ""
    fields: dict[str, str] = {}
    rows: list[Paragraph | Row] = []
    for clause in clauses:
        label, value = _field(clause)
        role = column_role(label, _ROLES) if label else None
        named = mentioned(value if role == "agency" else clause.text, parties)
        if named and role in (None, "agency") and len(clause.text.split()) <= 20:
            if agency and fields:
                yield _entry(agency, cite, fields, rows)
            agency, cite, fields, rows = named[0], clause.cite, {}, []
        elif role and role not in fields:
            fields[role] = value
        if clause.id in sources:
            rows.append(sources[clause.id])
    if agency and fields:
        yield _entry(agency, cite, fields, rows)


def _field(clause: Clause) -> tuple[str, str]:
    if clause.cells is not None:
        values = list(clause.cells.values())
        return (values[0], values[1]) if len(values) == 2 else ("", "")
    found = _LABEL.match(clause.text)
    return (found.group("label"), found.group("value")) if found else ("", "")


def _entry(
    agency: str, cite: str, fields: Mapping[str, str], rows: Sequence[Paragraph | Row]
) -> Entry:
    value = {role: None if is_blank(text) else text.strip() for role, text in fields.items()}
    pictures = [picture for row in rows if (picture := _picture(row))]
    return Entry(
        agency=agency,
        clause=cite,
        name=value.get("name"),
        position=value.get("position"),
        day=next((d for row in rows if (d := _control_day(row))), None)
        or parse_date(value.get("date") or ""),
        signature=value.get("signature"),
        asks_signature="signature" in fields,
        picture=pictures[0] if pictures else None,
        lines=tuple(line for row in rows for line in _lines(row)),
    )


def _paragraphs(source: Paragraph | Row | None) -> list[Paragraph]:
    return [] if source is None else list(paragraphs_of(source))


def _day(text: str | None, source: Paragraph | Row | None) -> date | None:
    return _control_day(source) or (parse_date(text) if text else None)


def _control_day(source: Paragraph | Row | None) -> date | None:
    controls: Iterator[Control] = (control for p in _paragraphs(source) for control in p.controls)
    return next(
        (c.date for c in controls if c.kind == "date" and c.date and not c.placeholder), None
    )


def _picture(source: Paragraph | Row | None) -> str | None:
    pictures: Iterator[Picture] = (picture for p in _paragraphs(source) for picture in p.pictures)
    return next((p.digest for p in pictures if _may_be_signature(p)), None)


def _may_be_signature(picture: Picture) -> bool:
    logo = " logo " in fold(picture.alt or "")
    return picture.width >= _SMALLEST[0] and picture.height >= _SMALLEST[1] and not logo


def _lines(source: Paragraph | Row | None) -> tuple[str, ...]:
    lines: Iterator[SignatureLine] = (
        line for p in _paragraphs(source) for line in p.signature_lines
    )
    return tuple(line.setup_id for line in lines)


def _evidence(
    entry: Entry, parties: Sequence[Party], signers: Sequence[VerifiedSignature]
) -> Evidence:
    party = next((p for p in parties if p.name == entry.agency), None)
    if any(_linked(signer, party, entry) for signer in signers):
        return "digital"
    if entry.picture and not entry.lines:
        return "image"
    if entry.name and (entry.day or (entry.signature and _TYPED.search(entry.signature))):
        return "typed"
    return "none"


def _linked(signer: VerifiedSignature, party: Party | None, entry: Entry | None) -> bool:
    """A signature speaks for a party when intact, trusted, and tied to it by signature line or certificate name."""
    if signer.integrity != "intact" or signer.trust != "trusted":
        return False
    if entry is not None and signer.setup_id is not None and signer.setup_id in entry.lines:
        return True
    if party is not None and mentioned(signer.signer or "", (party,)):
        return True
    return (
        entry is not None
        and entry.name is not None
        and fold(entry.name) in fold(signer.signer or "")
    )


def _has_signed(
    party: Party,
    entries: Sequence[Entry],
    parties: Sequence[Party],
    signers: Sequence[VerifiedSignature],
    today: date,
) -> bool:
    own = [entry for entry in entries if entry.agency == party.name]
    if any(linked_party(signer, (party,), own) for signer in signers):
        return True
    return any(complete(entry, today) for entry in own)


def _reason(
    signed: int,
    missing: Sequence[str],
    entries: Sequence[Entry],
    parties: Sequence[Party],
    signers: Sequence[VerifiedSignature],
) -> str:
    total = len(parties)
    if not entries and not signers:
        return "No signatures, names or dates were found. If it was signed as a PDF or on paper, ask for that copy."
    kinds = sorted({_evidence(entry, parties, signers) for entry in entries} - {"none"})
    shown = {
        "typed": "typed names and dates, asserted and not proven",
        "image": "signature pictures",
        "digital": "digital signatures",
    }
    evidence = f" on {' and '.join(shown[kind] for kind in kinds)}" if kinds and signed else ""
    counted = f"{signed} of {total} parties have signed{evidence}."
    return counted if not missing else f"{counted} Still to sign: {', '.join(missing)}."
