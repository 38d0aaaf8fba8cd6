"""Passages as clauses with their section and a citation nobody else has, and clauses as sections."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from protocols.headings import annex_name
from protocols.model import Clause, Section, SectionKey
from protocols.structure import Passage
from protocols.tables import column_role
from protocols.template import Group, Wording, section_keys

_ROLES = (
    "information", "recipients", "sharer", "purpose", "authority", "agency", "date", "manager", "phone", "email",
    "contact",
)  # fmt: skip


def make_clauses(passages: Sequence[Passage]) -> tuple[Clause, ...]:
    """The passages as clauses, in order, each with its section and a unique citation."""
    keys = [key for found in section_keys(list(_groups(passages))) for key in found]
    cites = list(_cites(passages))
    return tuple(
        Clause(
            id=f"c{index + 1:03}",
            number=passage.number,
            cite=cites[index],
            kind=passage.kind,
            text=passage.text,
            cells=passage.cells,
            notes=passage.notes,
            section=keys[index],
            heading=passage.heading,
            lead_in=None if passage.lead_in is None else cites[passage.lead_in],
        )
        for index, passage in enumerate(passages)
    )


def make_sections(
    clauses: Sequence[Clause], headings: Mapping[str, tuple[str, str | None]]
) -> tuple[Section, ...]:
    """Runs of clauses with one section under one heading; `headings` gives a clause's own heading and its number by id."""
    under = dict(zip((c.id for c in clauses), _headings(clauses, headings), strict=True))
    runs = groupby(clauses, key=lambda clause: (clause.section, under[clause.id]))
    return tuple(
        Section(key, number, heading, tuple(run)) for (key, (heading, number)), run in runs
    )


def with_cites(clauses: Sequence[Clause]) -> tuple[Clause, ...]:
    """The same clauses with a unique citation where one is missing or doubled."""
    wanted = Counter(clause.cite for clause in clauses)
    if "" not in wanted and max(wanted.values(), default=1) == 1:
        return tuple(clauses)
    cites = _unique((c.number, c.kind, c.heading) for c in clauses)
    return tuple(replace(clause, cite=cite) for clause, cite in zip(clauses, cites, strict=True))


def _groups(passages: Sequence[Passage]) -> Iterator[Group]:
    for (heading, _, above), run in groupby(
        passages, key=lambda p: (p.under, p.under_number, p.above)
    ):
        yield Group(
            heading,
            tuple(Wording(p.number, p.kind, p.text, _caption(p), _columns(p)) for p in run),
            above,
        )


def _caption(passage: Passage) -> str | None:
    return passage.heading if passage.heading != passage.under else None


def _columns(passage: Passage) -> SectionKey | None:
    """What the columns of a row's table speak for, whatever its heading says."""
    roles = {column_role(column, _ROLES) for column in passage.cells or ()}
    if "recipients" in roles and roles & {"information", "sharer"}:
        return "information_shared"
    if "agency" not in roles or "information" in roles:
        return None
    if "date" in roles:
        return "approvals"
    if "purpose" in roles:
        return "sharing_purpose"
    told = roles & {"manager", "phone", "email", "contact"}
    return "relationship_management" if told else None


def _cites(passages: Sequence[Passage]) -> Iterator[str]:
    return _unique((p.number, p.kind, p.under or "Opening") for p in passages)


def _unique(labels: Iterator[tuple[str | None, str, str]]) -> Iterator[str]:
    """Schedule and number where there is a schedule; heading and count where Word shows no number."""
    counts: Counter[tuple[str, str]] = Counter()
    used: Counter[str] = Counter()
    for number, kind, heading in labels:
        annex = annex_name(heading)
        if number is None:
            unit = "bullet" if kind == "list_item" else "paragraph"
            counts[heading, unit] += 1
            cite = f"{heading}, {unit} {counts[heading, unit]}"
        elif annex and kind != "table_row":
            cite = f"{annex}{number}" if number.startswith("(") else f"{annex}, {number}"
        else:
            cite = number if number not in used else f"{heading}, {number}"
        used[cite] += 1
        yield cite if used[cite] == 1 else f"{cite} ({used[cite]})"


def _headings(
    clauses: Sequence[Clause], headings: Mapping[str, tuple[str, str | None]]
) -> Iterator[tuple[str, str | None]]:
    """Each clause's section heading; a table row given without one stands under the heading before its caption."""
    before: tuple[str, str | None] | None = None
    section = None
    for clause in clauses:
        known = headings.get(clause.id)
        if known is None:
            stays = clause.kind == "table_row" and before is not None and section == clause.section
            known = before if stays and before is not None else (clause.heading, None)
        before, section = known, clause.section
        yield known
