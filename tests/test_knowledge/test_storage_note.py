"""The record kept with information: five things and the restrictions, all from the protocol."""

from datetime import date

from knowledge.storage_note import receivable, storage_note
from tests.support.agreements import written as protocol

DAY = date(2026, 11, 23)


def test_note_takes_source_law_and_clause_from_the_rule() -> None:
    note = storage_note(protocol("housing").rules[0], protocol("housing"), DAY)
    assert ("Ministry of Social Development", "Privacy Act 2020, IPP 11(1)(a)", "To match the household to a vacancy", DAY, "Table 3, row 1") == (note.source, note.legal_authority, note.purpose, note.shared_on, note.clause)  # fmt: skip


def test_purpose_comes_from_the_sharers_own_row_where_the_rule_has_none() -> None:
    police = [rule for rule in protocol("attendance").rules if rule.agency == "New Zealand Police"]
    note = storage_note(police[0], protocol("attendance"), DAY)
    assert (note.purpose or "").startswith("To flag safety concerns at home")


def test_what_the_protocol_does_not_say_stays_unknown() -> None:
    note = storage_note(protocol("youth_offending").rules[0], protocol("youth_offending"), DAY)
    assert (None, None) == (note.legal_authority, note.purpose)


def test_restrictions_are_clauses_on_use_later_use_and_retention() -> None:
    note = storage_note(protocol("attendance").rules[0], protocol("attendance"), DAY)
    assert {"use", "secondary_use", "retention"} == {c.section for c in note.restrictions}


def test_only_rules_that_list_the_agency_are_offered() -> None:
    agency = "New Zealand Police"
    assert all(agency in rule.recipients for rule in receivable(protocol("attendance"), agency))


def test_every_rule_is_offered_when_the_agency_is_not_known() -> None:
    assert protocol("attendance").rules == receivable(protocol("attendance"), None)
