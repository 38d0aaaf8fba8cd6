"""Who may share what, with whom, why and under which law: from tables and from prose."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from protocols.mentions import mentioned, recipients_in, sharers_in, strangers_in
from protocols.model import Clause, Section, SharingRule
from protocols.parties import Party
from protocols.prose import forbids, prose_rules
from protocols.tables import column_role
from protocols.wording import any_of, fold, vocabulary

_ROLES = (
    "sharer",
    "information",
    "recipients",
    "purpose",
    "authority",
    "condition",
    "omitted",
    "agency",
)
_NOT_SHARING = frozenset(
    {"security_controls", "relationship_management", "approvals", "breach", "parties", "other"}
)
_LAW = re.compile(
    r"\b(?:Act|Code) (?:19|20)\d\d\b|\b(?:section|principle|rule|IPP) \d+", re.IGNORECASE
)
_SHORT = 8
_SOME = re.compile(r"\b(?:all|any|every|each)\b[^;,]*\s(?:that|who|which)\s", re.IGNORECASE)
_CELL = 500
"""Characters of a cell in which recipients are told apart."""
_NOTHING = re.compile(
    r"(?:none|nil|no|not applicable|n/?a|[A-Z]?\d+|no (?:further |special |other )?(?:conditions?|limits?|restrictions?))?[\W_]*$",
    re.IGNORECASE,
)
"""A cell that sets no condition: empty, `None`, or the number of its row."""


def sharing_rules(sections: Sequence[Section], parties: Sequence[Party]) -> tuple[SharingRule, ...]:
    """Every sharing rule in document order; a row gives one, a sentence one per sharer and recipients."""
    rules: list[SharingRule] = []
    clauses = [clause for section in sections for clause in section.clauses]
    leads = {clause.cite: clause.text for clause in clauses}
    for clause in clauses:
        if clause.cells is not None:
            rules.extend(_from_row(clause, parties))
        elif clause.section in ("information_shared", "other"):
            lead = leads.get(clause.lead_in or "", "")
            if not forbids(lead):
                rules.extend(prose_rules(clause, parties, lead))
    return tuple(rules)


def sharing_columns(clause: Clause, parties: Sequence[Party]) -> Mapping[str, str]:
    """The cells of a sharing row by role (sharer, information, recipients, purpose, authority, condition); empty for
    other rows."""
    cells = clause.cells or {}
    if not cells or clause.section in _NOT_SHARING:
        return {}
    found = {role: column for column, role in _roles(tuple(cells))}
    if clause.section == "information_shared":
        found |= _by_contents(cells, found, parties)
    if "information" not in found:
        return {}
    if (
        "recipients" not in found
        and "sharer" not in found
        and not ("agency" in found and "authority" in found)
    ):
        return {}
    values = {role: cells[column] for role, column in found.items()}
    if "sharer" not in values and "agency" in values:
        values["sharer"] = values["agency"]
    return values


def _by_contents(
    cells: Mapping[str, str], found: Mapping[str, str], parties: Sequence[Party]
) -> dict[str, str]:
    """Roles of columns whose names say nothing: parties alone share or receive, an Act is the authority."""
    told: dict[str, str] = {}
    open_columns = [column for column in cells if column not in found.values()]
    for column in open_columns:
        role = _content_role(cells[column], parties)
        if role == "agency":
            role = "sharer" if not {"sharer", "agency"} & {*found, *told} else "recipients"
        if role and role not in found and role not in told:
            told[role] = column
    if "information" not in found and "recipients" in {*found, *told}:
        rest = [column for column in open_columns if column not in told.values()]
        said = [column for column in rest if not _NOTHING.match(cells[column])]
        told |= {"information": said[0]} if said else {}
    return told


def _content_role(cell: str, parties: Sequence[Party]) -> str | None:
    if _LAW.search(cell) and len(cell.split()) <= _SHORT * 2:
        return "authority"
    if any_of(vocabulary().everyone, fold(cell)) and len(cell.split()) <= _SHORT:
        return "recipients"
    named = mentioned(cell, parties)
    if not named or strangers_in(cell, parties) or len(cell.split()) > _SHORT * len(named):
        return None
    return "agency" if len(named) == 1 else "recipients"


@lru_cache(maxsize=128)
def _roles(columns: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    taken: dict[str, str] = {}
    for column in columns:
        role = column_role(column, _ROLES)
        if role and role not in taken:
            taken[role] = column
    return tuple((column, role) for role, column in taken.items())


def _from_row(clause: Clause, parties: Sequence[Party]) -> Iterator[SharingRule]:
    values = sharing_columns(clause, parties)
    if not values:
        return
    told = values.get("sharer") or None
    for sharer in sharers_in(told or clause.heading, parties) or (told,):
        yield SharingRule(
            agency=sharer,
            information=values["information"],
            purpose=values.get("purpose") or None,
            legal_authority=values.get("authority") or None,
            recipients=recipients_in(values.get("recipients", ""), parties, sharer),
            clause=clause.cite,
            conditions=_conditions(clause.cells or {}, values),
        )


def _conditions(cells: Mapping[str, str], values: Mapping[str, str]) -> str | None:
    """What stands in the columns without another role; None where they say none.

    Each with its column's name where there are several, or where one says what to leave out. Recipients that are told
    apart from the rest ("All members that will visit") are a condition.
    """
    told_to = values.get("recipients", "")
    some = told_to if _SOME.search(told_to[:_CELL]) else None
    others = {cell for role, cell in values.items() if role not in ("condition", "omitted")}
    said = {
        column: cell
        for column, cell in cells.items()
        if (cell not in others and not _NOTHING.match(cell)) or cell == some
    }
    if len(said) > 1 or values.get("omitted") in said.values():
        return "; ".join(f"{column}: {cell}" for column, cell in said.items())
    return next(iter(said.values()), None)
