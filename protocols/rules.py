"""Who may share what, with whom, why and under which law: from tables and from prose."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from protocols.model import Clause, Section, SharingRule
from protocols.parties import Party, mentioned, recipients_in
from protocols.prose import prose_rules
from protocols.tables import column_role

_ROLES = ("sharer", "information", "recipients", "purpose", "authority", "condition", "agency")
_NOT_SHARING = frozenset(
    {"security_controls", "relationship_management", "approvals", "breach", "parties", "other"}
)


def sharing_rules(sections: Sequence[Section], parties: Sequence[Party]) -> tuple[SharingRule, ...]:
    """Every sharing rule in document order; a row gives one, a sentence one per sharer and recipients."""
    rules: list[SharingRule] = []
    for clause in (clause for section in sections for clause in section.clauses):
        if clause.cells is not None:
            rules.extend(_from_row(clause, parties))
        elif clause.section in ("information_shared", "other"):
            rules.extend(prose_rules(clause, parties))
    return tuple(rules)


def sharing_columns(clause: Clause, parties: Sequence[Party]) -> Mapping[str, str]:
    """The cells of a sharing row by role (sharer, information, recipients, purpose, authority); empty for other rows."""
    cells = clause.cells or {}
    roles = _roles(tuple(cells))
    found = {role: column for column, role in roles}
    if "information" not in found or clause.section in _NOT_SHARING:
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
    named = mentioned(values.get("sharer") or clause.heading, parties)
    sharer = named[0] if named else (values.get("sharer") or None)
    yield SharingRule(
        agency=sharer,
        information=values["information"],
        purpose=values.get("purpose") or None,
        legal_authority=values.get("authority") or None,
        recipients=recipients_in(values.get("recipients", ""), parties, sharer),
        clause=clause.cite,
    )
