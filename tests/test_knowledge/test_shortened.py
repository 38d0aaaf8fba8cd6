"""A long clause is shortened to whole sentences: those that speak to the question and those that limit it."""

from datetime import date

import pytest

from knowledge.answers import Quote
from knowledge.clauses import ClauseIndex
from knowledge.model import load_model
from protocols.model import Clause
from protocols.reading import protocol_from_clauses
from tests.test_knowledge.small import small_protocol

SENTENCES = (
    "Paper is handed out by the chair at the start of each meeting and numbered on its first page.",
    "The coordinator orders tea and kai for the room and pays the provider within the month.",
    "Printed lists are collected and shredded by the coordinator before people leave the room.",
    "No printed list leaves the building.",
    "Chairs and tables are put back against the wall, and the windows are shut by whoever is last out.",
    "The room is booked for the year in January, and the booking is confirmed by e-mail with each party.",
    "The projector and its cables stay with the front desk, and a key is signed for.",
)


@pytest.fixture(scope="module", params=[True, False], ids=["with the model", "without it"])
def quotes(request: pytest.FixtureRequest) -> tuple[Quote, ...]:
    long = Clause(
        "7.2", "7.2", "7.2", "paragraph", " ".join(SENTENCES), None, (), "retention", "Paper"
    )
    agreed = protocol_from_clauses(
        "A small protocol", [*small_protocol().clauses, long], date(2026, 11, 22)
    )
    index = ClauseIndex(agreed, load_model() if request.param else None)
    return index.answer("who shreds the printed lists").clauses


def long_one(quotes: tuple[Quote, ...]) -> Quote:
    return next(quote for quote in quotes if quote.clause.cite == "7.2")


def test_the_sentence_that_matched_is_kept_with_the_one_that_limits_it(
    quotes: tuple[Quote, ...],
) -> None:
    matched = long_one(quotes).matched
    assert {2, 3} <= {*matched}
    assert 6 not in matched


def test_sentences_are_kept_in_order_and_word_for_word(quotes: tuple[Quote, ...]) -> None:
    excerpt = long_one(quotes).excerpt
    pieces = [piece.strip() for piece in excerpt.split("…") if piece.strip()]
    assert all(piece in long_one(quotes).clause.text for piece in pieces)
    assert pieces == sorted(pieces, key=long_one(quotes).clause.text.index)


def test_short_clauses_are_quoted_whole(quotes: tuple[Quote, ...]) -> None:
    assert {()} == {quote.matched for quote in quotes if len(quote.clause.text) < 300}
