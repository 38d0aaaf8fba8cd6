"""What the sample protocol answers to an attendee, read from its Word file."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.clauses import ClauseIndex
from knowledge.model import load_model
from protocols.reading import read_protocol
from protocols.samples import sample_path


@pytest.fixture(scope="module")
def sample() -> ClauseIndex:
    content = Path(sample_path()).read_bytes()
    return ClauseIndex(read_protocol(content, today=date(2026, 11, 22)), load_model())


def test_information_no_row_is_about_is_never_permitted(sample: ClauseIndex) -> None:
    answer = sample.answer("can I tell Police about his attendance?")
    assert answer.outcome != "may"


def test_recording_is_forbidden_by_its_clause(sample: ClauseIndex) -> None:
    answer = sample.answer("can we record this meeting?")
    assert ("may_not", "9.2(b)") == (answer.outcome, answer.clauses[0].clause.cite)


def test_a_recipient_no_row_lists_may_not_be_told(sample: ClauseIndex) -> None:
    answer = sample.answer("Can Police tell Kāinga Ora about a family violence callout?")
    assert ("may_not", "Table 2, row 1") == (answer.outcome, answer.clauses[0].clause.cite)
