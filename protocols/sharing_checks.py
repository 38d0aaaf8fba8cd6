"""Checks on who shares what: items, recipients, authorities, agencies that are no party."""

import re
from collections.abc import Callable, Iterator

from protocols.gathered import Gathered
from protocols.mentions import mentioned, strangers_in
from protocols.model import Clause, Finding
from protocols.rules import sharing_columns
from protocols.tables import column_role
from protocols.wording import any_of, fold, vocabulary

_66C = re.compile(r"\b(?:section|s\.?)\s*66C\b", re.IGNORECASE)
_20 = re.compile(
    r"(?:Family Violence Act[^.;]*\b(?:section|s\.?)\s*20\b|\bsection 20\b[^.;]*Family Violence Act)",
    re.IGNORECASE,
)
_ACTS = {
    "66C": (
        _66C,
        "section 66C of the Oranga Tamariki Act 1989",
        "child welfare and protection agencies or independent persons",
    ),
    "20": (
        _20,
        "section 20 of the Family Violence Act 2018",
        "family violence agencies or social services practitioners",
    ),
}
_ROLES = ("agency", "name", "purpose", "information", "date")
_BROAD_WORDS = 4


def _rules(read: Gathered) -> Iterator[Finding]:
    for clause in read.clauses:
        values = sharing_columns(clause, read.parties)
        if not values:
            continue
        if "authority" in values and not values["authority"].strip():
            yield Finding(
                "authority_missing",
                "error",
                "This row names no legal authority. Add the Act and section, or take the row out.",
                clause.cite,
            )
        if not values.get("recipients", "?").strip():
            yield Finding(
                "recipients_missing",
                "error",
                "This row names no recipient. Say which agencies may receive it.",
                clause.cite,
            )
        if is_broad(values["information"]):
            yield Finding(
                "information_broad",
                "warning",
                f"“{values['information']}” is too broad to act on. Name the items and the period, for example an attendance rate over a stated number of months.",
                clause.cite,
            )
    if (
        read.rules
        and not any(rule.legal_authority for rule in read.rules)
        and not read.within("legal_authority")
    ):
        yield Finding(
            "authority_missing",
            "error",
            "No legal authority stands beside any sharing rule. Name the Act and section for each purpose.",
            read.rules[0].clause,
        )


def is_broad(information: str) -> bool:
    """Whether an item names a whole kind of information ("health information") instead of particular facts."""
    words = fold(information).split()
    if any_of(vocabulary().broad, fold(information)) and len(words) <= _BROAD_WORDS + 2:
        return not re.search(r"\d|\(", information)
    return len(words) <= _BROAD_WORDS and words[-1:] in (
        ["information"],
        ["records"],
        ["data"],
        ["history"],
        ["details"],
        ["file"],
        ["files"],
    )


def _strangers(read: Gathered) -> Iterator[Finding]:
    if not read.parties:
        return
    for clause in read.clauses:
        for cell in _agency_cells(clause, read):
            for stranger in strangers_in(cell, read.parties):
                message = f"“{stranger}” is not among the parties. Correct the name, or add the agency to the parties and have it sign."
                yield Finding("agency_not_party", "warning", message, clause.cite)


def _agency_cells(clause: Clause, read: Gathered) -> Iterator[str]:
    values = sharing_columns(clause, read.parties)
    if values:
        yield from (values[role] for role in ("sharer", "recipients") if role in values)
    elif clause.cells and clause.section in (
        "sharing_purpose",
        "relationship_management",
        "approvals",
    ):
        yield from (v for c, v in clause.cells.items() if column_role(c, _ROLES) == "agency")


def _purposes(read: Gathered) -> Iterator[Finding]:
    own = read.within("sharing_purpose")
    if not own or not read.parties:
        return
    named = {name for clause in own for name in mentioned(_subject(clause), read.parties)}
    everyone = any(
        any_of((" each agency ", " all agencies ", " every agency "), fold(c.text)) for c in own
    )
    if len(named) < 2 and everyone:
        return
    for party in read.parties:
        if party.name not in named:
            message = f"No purpose is given for {party.name}. Say why it shares or receives."
            yield Finding("purpose_missing", "warning", message, own[0].cite)


def _subject(clause: Clause) -> str:
    return next(iter(clause.cells.values())) if clause.cells else clause.text


def _eligibility(read: Gathered) -> Iterator[Finding]:
    for code, (pattern, name, who) in _ACTS.items():
        used = next(
            (rule.clause for rule in read.rules if pattern.search(rule.legal_authority or "")), None
        )
        spoken = next(
            (
                clause.cite
                for clause in read.within("legal_authority")
                if pattern.search(clause.text)
            ),
            None,
        )
        if used or spoken:
            message = f"{name[0].upper()}{name[1:]} works only between {who}. Confirm with a privacy or legal adviser that each agency using it is one."
            yield Finding(f"eligibility_{code.lower()}", "note", message, spoken or used)
        if spoken and not used and any(rule.legal_authority for rule in read.rules):
            yield Finding(
                "authority_unused",
                "note",
                f"{name[0].upper()}{name[1:]} is named, but no sharing row relies on it. Delete it if it was left over.",
                spoken,
            )


def _consultation(read: Gathered) -> Iterator[Finding]:
    uses = next(
        (rule.clause for rule in read.rules if _66C.search(rule.legal_authority or "")), None
    )
    told = any(
        any_of(
            (" representative ", " consult", " views ", " before sharing ", " 66c "), fold(c.text)
        )
        for c in read.within("transparency")
    )
    if uses and not told:
        message = "Section 66C asks that the child or their representative is told first where practicable and appropriate. Add who does this, or the reason not to."
        yield Finding("consultation_missing", "warning", message, uses)


def _lead(read: Gathered) -> Iterator[Finding]:
    if read.parties and read.lead is None:
        cite = next((clause.cite for clause in read.within("parties")), None)
        yield Finding(
            "lead_missing",
            "warning",
            "No lead agency was found. Name the agency that calls the meeting and keeps the protocol.",
            cite,
        )


def _managers(read: Gathered) -> Iterator[Finding]:
    named = {contact.agency for contact in read.contacts if contact.role == "relationship_manager"}
    cite = next((clause.cite for clause in read.within("relationship_management")), None)
    for party in read.parties if cite else ():
        if party.name not in named:
            yield Finding(
                "relationship_manager_missing",
                "note",
                f"{party.name} names no relationship manager. Ask it for one.",
                cite,
            )


SHARING_CHECKS: tuple[Callable[[Gathered], Iterator[Finding]], ...] = (
    _rules,
    _strangers,
    _purposes,
    _eligibility,
    _consultation,
    _lead,
    _managers,
)
