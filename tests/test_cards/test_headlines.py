"""The headline states a fact of the text, with the information the row is about."""

import pytest

from cards import wording


@pytest.mark.parametrize(
    ("listed", "information", "expected"),
    [
        (True, "Attendance rate", "Police is listed to receive “Attendance rate” (Table 2, row 1)"),
        (False, "Callouts", "Police is not listed to receive “Callouts” (Table 2, row 1)"),
        (True, None, "Police is listed to receive this (Table 2, row 1)"),
        (True, "A *starred* item", "Police is listed to receive this (Table 2, row 1)"),
    ],
)
def test_headline_names_what_the_row_is_about(
    listed: bool, information: str | None, expected: str
) -> None:
    assert expected == wording.listed("Police", "Table 2, row 1", listed, information)


def test_headline_ends_at_a_whole_word() -> None:
    words = wording.listed("Police", "4.1", True, "word " * 40)
    assert "word …”" in words
    assert len(words) < 140
