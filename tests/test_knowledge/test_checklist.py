"""The attendee's checklist holds this protocol's clauses for this agency, and silence where there are none."""

import pytest

from knowledge.checklist import Check, Checklist, checklist
from protocols.model import Clause
from tests.support.agreements import written as protocol


def cites(found: Checklist, check: Check) -> list[str]:
    return [clause.cite for item in found.items if item.check == check for clause in item.clauses]


def test_shared_rows_are_those_of_the_agency_alone() -> None:
    found = checklist(protocol("attendance"), "Oranga Tamariki")
    assert ["Table 2, row 5"] == cites(found, "share")


def test_received_rows_are_those_that_list_the_agency() -> None:
    found = checklist(protocol("attendance"), "Ministry of Social Development")
    assert ["Table 2, row 1", "Table 2, row 4"] == [clause.cite for clause in found.received]


def test_purpose_is_the_agencys_own_row() -> None:
    found = checklist(protocol("attendance"), "New Zealand Police")
    assert ["Table 1, row 3"] == [clause.cite for clause in found.purpose]


def test_purpose_is_found_under_the_agencys_short_name() -> None:
    found = checklist(protocol("family_harm"), "Oranga Tamariki—Ministry for Children")
    assert ["Table 1, row 2"] == [clause.cite for clause in found.purpose]


@pytest.mark.parametrize(
    ("stem", "check", "cite"),
    [
        ("attendance", "attend", "18.2"),
        ("attendance", "limits", "4.1"),
        ("attendance", "limits", "10.1"),
        ("attendance", "consult", "8.2"),
        ("attendance", "method", "9.2(a)"),
        ("attendance", "use", "6.2"),
        ("attendance", "conflicts", "15.2"),
        ("attendance", "outcome", "6.4"),
        ("youth_offending", "limits", "F2"),
        ("youth_offending", "conflicts", "N1"),
        ("housing", "attend", "14.1"),
        ("iwi_led", "attend", "13.1"),
        ("reintegration", "consult", "8(c)"),
    ],
)
def test_question_is_answered_by_the_clause(stem: str, check: Check, cite: str) -> None:
    found = checklist(protocol(stem), protocol(stem).agencies[0])
    assert cite in cites(found, check)


def test_question_the_protocol_is_silent_on_has_no_clause() -> None:
    found = checklist(protocol("iwi_led"), protocol("iwi_led").agencies[0])
    assert [] == cites(found, "outcome")


def test_stranger_gets_no_rows() -> None:
    found = checklist(protocol("attendance"), "Fire and Emergency")
    nothing: tuple[Clause, ...] = ()
    assert (nothing, [], nothing) == (found.purpose, cites(found, "share"), found.received)
