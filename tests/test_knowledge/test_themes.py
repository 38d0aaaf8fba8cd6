"""Themes find the clause a reminder or a notice quotes, in protocols of many hands."""

import pytest

from knowledge.themes import (
    AT_END,
    AT_START,
    Theme,
    chat_breach_clause,
    chat_clause,
    points,
    theme_clauses,
)
from tests.support.agreements import written as protocol

ALL = ["attendance", "disability_transition", "family_harm", "health_hub", "housing", "iwi_led", "reintegration", "youth_offending"]  # fmt: skip


@pytest.mark.parametrize(
    ("stem", "theme", "cite"),
    [
        ("attendance", "chat", "9.2(b)"),
        ("attendance", "recording", "9.2(c)"),
        ("attendance", "overheard", "9.2(f)"),
        ("attendance", "after", "13.4"),
        ("attendance", "conflicts", "15.1"),
        ("family_harm", "recording", "9.3(b)"),
        ("family_harm", "overheard", "9.3(c)"),
        ("disability_transition", "overheard", "41"),
        ("housing", "recording", "7.2.2"),
        ("iwi_led", "recording", "11.5"),
        ("reintegration", "recording", "11(e)"),
        ("reintegration", "after", "11(c)"),
        ("youth_offending", "chat", "D3"),
        ("youth_offending", "recording", "D4"),
        ("youth_offending", "later", "J5"),
    ],
)
def test_theme_finds_the_clause(stem: str, theme: Theme, cite: str) -> None:
    assert cite in [clause.cite for clause in theme_clauses(protocol(stem), theme)]


@pytest.mark.parametrize("stem", ALL)
@pytest.mark.parametrize(
    "theme", ["chat", "recording", "classification", "conflicts", "breach", "tikanga", "later"]
)
def test_every_protocol_speaks_of_the_common_themes(stem: str, theme: Theme) -> None:
    assert theme_clauses(protocol(stem), theme)


def test_theme_a_protocol_is_silent_on_has_no_clause() -> None:
    assert () == theme_clauses(protocol("health_hub"), "overheard")


def test_breach_clause_about_the_chat_is_found_where_there_is_one() -> None:
    found = chat_breach_clause(protocol("attendance"))
    assert ("14.4", None) == (
        found.cite if found else None,
        chat_breach_clause(protocol("iwi_led")),
    )


def test_sentence_goes_before_a_table_row() -> None:
    found = chat_clause(protocol("family_harm"))
    assert "table_row" != (found.kind if found else "table_row")


@pytest.mark.parametrize("stem", ALL)
def test_points_say_each_clause_once(stem: str) -> None:
    said = [
        c.id for point in points(protocol(stem), (*AT_START, *AT_END), 3) for c in point.clauses
    ]
    assert sorted(set(said)) == sorted(said)


def test_points_name_the_silent_theme() -> None:
    found = points(protocol("health_hub"), ("overheard",), 3)
    assert [("overheard", ())] == [(point.theme, point.clauses) for point in found]
