"""Findings: what is missing, vague or left over, each with its clause and the next step."""

from datetime import date

import pytest

from protocols.model import Protocol
from protocols.sharing_checks import is_broad
from tests.support.agreements import PARTIES, SIGNED, codes, finding, read, shared, signatures
from tests.support.word import control, dele, heading, ins, p, tbl

ROW = ("Bail conditions", "Police", "Oranga Tamariki", "Family Violence Act 2018, section 20")


def _with(*blocks: str) -> Protocol:
    return read(*PARTIES, *blocks)


@pytest.mark.parametrize(
    ("code", "found", "clause"),
    [
        ("authority_missing", _with(shared((*ROW[:3], ""))), "Table 1, row 1"),
        ("recipients_missing", _with(shared((*ROW[:2], "", ROW[3]))), "Table 1, row 1"),
        ("information_broad", _with(shared(("Health information", *ROW[1:]))), "Table 1, row 1"),
        ("agency_not_party", _with(shared((*ROW[:2], "Corrections", ROW[3]))), "Table 1, row 1"),
        ("eligibility_20", _with(shared(ROW)), "Table 1, row 1"),
        ("consultation_missing", _with(shared((*ROW[:3], "Oranga Tamariki Act 1989, section 66C"))), "Table 1, row 1"),
        ("purpose_missing", _with(heading("Purpose of sharing"), p("Police shares so that people are safe.")), "Purpose of sharing, paragraph 1"),
        ("classification_missing", _with(), None),
        ("classification_low", _with(heading("Security classification"), p("It is classified UNCLASSIFIED.")), "Security classification, paragraph 1"),
        ("handling_not_agreed", _with(heading("Security classification"), p("It is classified IN-CONFIDENCE.")), "Security classification, paragraph 1"),
        ("breach_contact_missing", _with(heading("Breach management"), p("Tell someone.")), "Breach management, paragraph 1"),
        ("review_period_missing", _with(heading("Review"), p("Anyone may ask for a review.")), "Review, paragraph 1"),
        ("review_overdue", _with(heading("Review"), p("Police starts a review in May 2026.")), "Review, paragraph 1"),
        ("period_open", _with(heading("Retention"), p("Emails are deleted after X months.")), "Retention, paragraph 1"),
        ("placeholder", _with(heading("Review"), p("Police reviews it every [insert number] years.")), "Review, paragraph 1"),
        ("placeholder", _with(heading("Review"), p(control("Choose an item.", "drop_down", placeholder=True))), None),
        ("personal_information", _with(heading("Use"), p("For example Ana, born 3/4/2011.")), "Use, paragraph 1"),
        ("meeting_documents_not_covered", _with(heading("Retention"), p("Emails are deleted.")), "Retention, paragraph 1"),
        ("chat_rule_missing", _with(), None),
        ("assistant_not_disclosed", _with(heading("Method of sharing"), p("Nothing goes in the chat.")), "Method of sharing, paragraph 1"),
        ("section_missing", _with(), None),
        ("section_empty", _with(heading("Legal authority"), heading("Use"), p("Only to help.")), None),
        ("tracked_changes", _with(heading("Use"), p("Only to ", dele("hinder"), ins("help"), ".")), None),
        ("instructions_left", _with(heading("How to use this template"), p("Fill in the fields."), heading("Use"), p("To help.")), None),
        ("relationship_manager_missing", _with(heading("Relationship managers"), p("Each agency names one.")), "Relationship managers, paragraph 1"),
        ("not_signed", _with(signatures(*SIGNED[:2])), None),
        ("specialist_check_missing", _with(signatures(*SIGNED)), "Table 1, row 1"),
    ],
)  # fmt: skip
def test_each_finding_names_its_clause_and_a_next_step(
    code: str, found: Protocol, clause: str | None
) -> None:
    assert clause in [f.clause for f in found.findings if f.code == code]
    assert finding(found, code).message.endswith(".")


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("authority_missing", _with(shared(ROW))),
        ("agency_not_party", _with(shared(ROW))),
        ("agency_not_party", _with(shared((*ROW[:2], "All attending agencies", ROW[3])))),
        ("handling_not_agreed", _with(heading("Security classification"), p("It is classified IN-CONFIDENCE and the Trust may hold it."))),
        ("classification_missing", _with(heading("Security classification"), p("Classified IN CONFIDENCE."))),
        ("not_signed", _with(signatures(*SIGNED))),
        ("lead_missing", _with()),
        ("assistant_not_disclosed", _with(heading("Method"), p("Clausewise, an assistant that reads the chat, keeps no words."))),
    ],
)  # fmt: skip
def test_what_is_there_gives_no_finding(code: str, found: Protocol) -> None:
    assert code not in codes(found)


@pytest.mark.parametrize(
    ("item", "broad"),
    [
        ("Health information", True),
        ("Police records", True),
        ("Any other information", True),
        ("Attendance rate for the last two terms", False),
        ("Current mental health diagnoses that affect attendance", False),
        ("Health information from the last 12 months (medication only)", False),
    ],
)
def test_a_whole_kind_of_information_is_too_broad(item: str, broad: bool) -> None:
    assert broad == is_broad(item)


def test_the_gravest_findings_come_first() -> None:
    severities = [found.severity for found in _with().findings]
    assert sorted(severities, key=["error", "warning", "note"].index) == severities


def test_personal_information_is_never_repeated_in_its_finding() -> None:
    found = _with(heading("Use"), p("For example Ana, born 3/4/2011."))
    assert "2011" not in finding(found, "personal_information").message


def test_a_review_in_time_is_no_finding() -> None:
    review = (heading("Review"), p("Police starts a review in May 2026."))
    assert "review_overdue" not in codes(read(*PARTIES, *review, today=date(2026, 4, 1)))


def test_a_table_of_controls_is_no_sharing_table() -> None:
    table = tbl([["Type", "Control", "Applies to"], ["Restriction", "No USB sticks", "Everyone"]])
    assert () == _with(heading("Security controls"), table).rules
