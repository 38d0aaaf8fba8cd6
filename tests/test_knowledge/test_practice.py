"""Practice scenarios come from the protocol's own rules and never claim what the row does not say."""

import pytest

from knowledge.practice import scenario
from protocols.model import Protocol
from tests.support.agreements import written as protocol

ALL = ["attendance", "disability_transition", "family_harm", "health_hub", "housing", "iwi_led", "reintegration", "youth_offending"]  # fmt: skip


@pytest.mark.parametrize("stem", ALL)
def test_listed_is_what_the_rule_of_that_row_says(stem: str) -> None:
    for number in range(60):
        found = scenario(protocol(stem), number)
        assert found is not None
        rule = next(rule for rule in protocol(stem).rules if rule.information == found.information)
        said = (found.recipient in rule.recipients, rule.agency, rule.clause)
        assert said == (found.listed, found.sharer, found.clause.cite)
        assert found.recipient != found.sharer


def test_same_number_is_the_same_scenario() -> None:
    assert scenario(protocol("housing"), 7) == scenario(protocol("housing"), 7)


def test_both_answers_come_up() -> None:
    said = {found.listed for n in range(30) if (found := scenario(protocol("attendance"), n))}
    assert {True, False} == said


def test_agency_practises_its_own_rows() -> None:
    asked = {found.sharer for n in range(30) if (found := scenario(protocol("attendance"), n, "New Zealand Police"))}  # fmt: skip
    assert {"New Zealand Police"} == asked


def test_protocol_without_rules_has_nothing_to_practise() -> None:
    empty = protocol("attendance")
    bare = Protocol(
        **{name: getattr(empty, name) for name in Protocol.__slots__ if name != "rules"}, rules=()
    )
    assert scenario(bare, 1) is None
