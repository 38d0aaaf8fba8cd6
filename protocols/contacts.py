"""Whom to ring about a breach, who manages each agency's sharing, who runs the meeting."""

import re
from collections.abc import Iterator, Mapping, Sequence

from protocols.mentions import mentioned
from protocols.model import Clause, Contact, ContactRole, Section
from protocols.parties import Party, names_party
from protocols.tables import column_role
from protocols.wording import any_of, fold, phrases

_ROLES = ("manager", "agency", "name", "position", "phone", "email", "order", "contact")
_TITLES = r"Dr|Rev\.?|Detective Senior Sergeant|Detective Sergeant|Insp\.?|Sgt\.?|Snr Sgt|Mr|Ms|Mrs|Sergeant|Inspector|Superintendent|Senior Sergeant|Constable|Sister|Matua|Whaea|Principal|Judge|Mayor"
_CAPITAL = r"[A-ZĀĒĪŌŪ][\w'’-]+"
_NAME = rf"(?:(?:{_TITLES})\s+)?{_CAPITAL}(?:\s+(?:(?:Te|te|o|van|de)\s+)?{_CAPITAL}){{1,3}}"
_PHONE = r"(?:\+?64[\d ]{7,12}|0\d[\d ]{6,11}\d|0800[\d ]{5,9}|\b555 \d{4})"
_EMAIL = r"[\w.+-]+@[\w.-]+\w"
_DETAIL = re.compile(rf"{_PHONE}|{_EMAIL}")
_PROSE = re.compile(
    rf"(?:^(?:Ring|Call|Phone|Telephone|Tell|Contact|E-?mail)\s+)?(?P<name>{_NAME})"
)
_ENOUGH = 2000
"""Characters of a clause in which managers are named."""
_MANAGER_CUE = phrases(
    (
        "relationship manager*",
        "relationship holder*",
        "agreement keeper",
        "takawaenga",
        "they are",
        "relationship lead*",
    )
)
_ROLE = r"(?i:facilitator|chair|chairperson|coordinator|co-ordinator|kaiwhakahaere|named lead|convenor|convener)"
_RUNS = r"(?i:chairs|facilitates|runs the meeting|is the (?:named lead|facilitator|chair|coordinator|person in charge))"
_CHAIR = re.compile(
    rf"\b{_ROLE}\b(?:,| is| for the meeting is|,? who is [^,.]*,)?\s+(?P<after>{_NAME})|"
    rf"(?P<before>{_NAME})(?:,[^,.;]*){{0,2}}(?:, | ){_RUNS}"
)


def contacts(sections: Sequence[Section], parties: Sequence[Party]) -> tuple[Contact, ...]:
    """Breach contacts first and in their order, then relationship managers, then the facilitator."""
    clauses = [clause for section in sections for clause in section.clauses]
    found = [
        *(c for clause in clauses if clause.section == "breach" for c in _breach(clause, parties)),
        *(c for clause in clauses for c in _managers(clause, parties)),
        *_facilitators(clauses, parties),
    ]
    return tuple(dict.fromkeys(found))


def _breach(clause: Clause, parties: Sequence[Party]) -> Iterator[Contact]:
    if clause.cells is not None:
        yield from _row(clause, "breach", parties)
    else:
        yield from _in_prose(clause, "breach", parties)


def _managers(clause: Clause, parties: Sequence[Party]) -> Iterator[Contact]:
    if clause.cells is not None:
        manages = any(column_role(column, ("manager",)) for column in clause.cells)
        if manages or clause.section == "relationship_management":
            yield from _row(clause, "relationship_manager", parties)
    elif clause.section == "relationship_management":
        pairs = _pairs(clause.text)
        known = [mentioned(agency, parties) for agency, _ in pairs]
        if any_of(_MANAGER_CUE, fold(clause.text)) or sum(map(bool, known)) > 1:
            for (agency, name), named in zip(pairs, known, strict=True):
                who = next(iter(named), agency)
                yield Contact("relationship_manager", who, name, None, clause.cite)


def _pairs(text: str) -> list[tuple[str, str]]:
    """Agencies with their people: "Police – Jo Hall", "for Police, Jo Hall", "Jo Hall (Police)"."""
    text = text[:_ENOUGH]
    return [
        *re.findall(rf"([^;:,]{{1,80}}?)\s+[–—-]\s+({_NAME})", text),
        *re.findall(rf"\b[Ff]or ([^,;:]{{1,80}}), ({_NAME})", text),
        *((agency, name) for name, agency in re.findall(rf"({_NAME})\s*\(([^)]{{1,80}})\)", text)),
    ]


def _row(clause: Clause, role: ContactRole, parties: Sequence[Party]) -> Iterator[Contact]:
    cells: dict[str, str] = {}
    for column, value in (clause.cells or {}).items():
        cells.setdefault(_role(column, cells), value.strip())
    name = (
        (cells.get("manager") if role == "relationship_manager" else None)
        or cells.get("name")
        or next((v for key, v in cells.items() if key not in _ROLES and re.match(_NAME, v)), None)
        or cells.get("contact")
    )
    if not name:
        return
    said = cells.get("agency") or next((v for v in cells.values() if names_party(v, parties)), None)
    agency = next(iter(mentioned(said or name, parties)), said)
    bare, _, rest = name.partition(", ")
    wanted = ("order", "position", "phone", "email", "contact")
    given = (cells.get("order"), rest, *(cells.get(key) for key in wanted[1:]))
    details = ", ".join(dict.fromkeys(d for d in given if d and d != name))
    yield Contact(role, agency, bare, details or None, clause.cite)


def _role(column: str, taken: Mapping[str, str]) -> str:
    """The column's role; a column "Contact" beside one that names the person holds the details."""
    found = column_role(column, _ROLES) or column
    return (
        "contact"
        if found in ("name", "manager")
        and {"name", "manager"} & taken.keys()
        and fold(column) == " contact "
        else found
    )


def _in_prose(clause: Clause, role: ContactRole, parties: Sequence[Party]) -> Iterator[Contact]:
    """People named shortly before a phone number or an address."""
    for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z])", clause.text):
        names = [m for m in _PROSE.finditer(sentence) if _is_person(m.group("name"), parties)]
        details = list(_DETAIL.finditer(sentence))
        for index, name in enumerate(names):
            until = names[index + 1].start() if index + 1 < len(names) else len(sentence)
            own = [d.group().strip() for d in details if name.end() <= d.start() < until]
            if own:
                agency = next(iter(mentioned(sentence, parties)), None)
                yield Contact(role, agency, name.group("name"), ", ".join(own), clause.cite)


def _facilitators(clauses: Sequence[Clause], parties: Sequence[Party]) -> Iterator[Contact]:
    for clause in clauses:
        if clause.cells is not None or clause.section not in (
            "parties",
            "meeting_purpose",
            "method",
            "other",
        ):
            continue
        found = _CHAIR.search(clause.text)
        name = found and (found.group("after") or found.group("before"))
        if found and name and name[0].isupper() and _is_person(name, parties):
            near = clause.text[max(0, found.start() - 80) : found.end() + 120]
            details = [d.group().strip() for d in _DETAIL.finditer(near)]
            agency = next(iter(mentioned(clause.text, parties)), None)
            yield Contact("facilitator", agency, name, ", ".join(details) or None, clause.cite)
            return


def _is_person(name: str, parties: Sequence[Party]) -> bool:
    return not mentioned(name, parties) and not any_of(_NOT_PEOPLE, fold(name))


_NOT_PEOPLE = phrases(
    (
        "privacy",
        "commissioner",
        "information",
        "lead",
        "act",
        "code",
        "table",
        "schedule",
        "trust",
        "ministry",
        "room",
        "officer",
        "manager",
        "the",
        "adviser",
        "assurance",
        "coordinator",
        "meeting",
        "protocol",
        "if",
        "ring",
        "street",
        "road",
        "line",
        "team",
        "contact",
        "refuge",
        "desk",
        "email",
    )
)
