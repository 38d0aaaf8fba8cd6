"""The places where a protocol is signed: rows of a table, forms down the page, sentences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from protocols.dates import parse_date
from protocols.mentions import mentioned
from protocols.model import Clause, Section
from protocols.parties import Party, names_party
from protocols.tables import column_role, paragraphs_of
from protocols.word.model import Control, Paragraph, Picture, Row, SignatureLine
from protocols.wording import fold

_ROLES = ("agency", "name", "position", "date", "signature")
_BLANK = re.compile(r"^[\s_.…–—\-□☐\[\]{}<>()]*$")
_PROMPT = re.compile(
    r"^[\[{<].*[\]}>]$|^(?:dd?\W?mm?\W?yy(?:yy)?|tb[cad]|n/?a|pending|awaiting\b.*|not (?:yet )?signed.*|to be (?:confirmed|signed).*)$",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^(?P<label>[A-Za-zāēīōūĀĒĪŌŪ ()/-]{2,40}?)\s*[:_…]\s*(?P<value>.*)$")
_SMALLEST = (40, 10)
_ENOUGH = 2000
"""Characters of a clause in which signatures are told."""
_PERSON = re.compile(r"(?:[A-ZĀĒĪŌŪ][^\s,]*\s+|(?:te|o|van|de)\s+)+[A-ZĀĒĪŌŪ][^\s,]*(?:,|$)")
_SIGNED = re.compile(
    r"\b[Ff]or (?P<agency>[^,;]{2,80}?) by (?P<name>[A-ZĀĒĪŌŪ][^,;]{2,60}?)(?:, (?P<position>[^;]{2,100}?))?,? on (?P<day>\d{1,2} \w+ \d{4})"
)
"""A signature told in a sentence: "Signed for the Trust by Sefa Leota, Chair, on 3 March 2026"."""


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
    """The places to sign, from signature tables, sentences and forms; `sources` gives the Word row of a clause by id.

    `logos` are the digests of pictures that also stand in a header or footer: no signature.
    """
    clauses = [clause for section in sections for clause in section.clauses]
    entries = [entry for clause in clauses if (entry := _from_row(clause, parties, sources))]
    if not entries:
        approvals = [clause for clause in clauses if clause.section == "approvals"]
        entries = [*_from_sentences(approvals, parties)] or [
            *_from_forms(approvals, parties, sources)
        ]
    return tuple(replace(e, picture=None) if e.picture in logos else e for e in entries)


def is_blank(text: str | None) -> bool:
    """Whether a field was left open: empty, dots or lines only, a bracketed prompt, "TBC", "dd/mm/yyyy"."""
    return text is None or bool(_BLANK.match(text)) or bool(_PROMPT.match(text.strip()))


def _from_row(
    clause: Clause, parties: Sequence[Party], sources: Mapping[str, Paragraph | Row]
) -> Entry | None:
    cells = clause.cells or {}
    roles: dict[str, str] = {}
    for column in cells:
        role = column_role(column, _ROLES)
        if role == "name" and "agency" not in roles and names_party(cells[column], parties):
            role = "agency"
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
    name, position = value.get("name"), value.get("position")
    if name and "position" not in roles and _PERSON.match(name):
        name, _, position = name.partition(", ")
    return Entry(
        agency=named[0] if named else agency,
        clause=clause.cite,
        name=name,
        position=position or None,
        day=_day(value.get("date"), row),
        signature=value.get("signature"),
        asks_signature="signature" in roles,
        picture=_picture(row),
        lines=_lines(row),
    )


def _from_sentences(clauses: Sequence[Clause], parties: Sequence[Party]) -> Iterator[Entry]:
    for clause in clauses:
        told = clause.cells is None and " signed " in fold(clause.text)
        for found in _SIGNED.finditer(clause.text[:_ENOUGH]) if told else ():
            named = mentioned(found["agency"], parties)
            if len(named) == 1:
                yield Entry(
                    agency=named[0],
                    clause=clause.cite,
                    name=found["name"],
                    position=found["position"],
                    day=parse_date(found["day"]),
                    signature=None,
                    asks_signature=False,
                    picture=None,
                    lines=(),
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
