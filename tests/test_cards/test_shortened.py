"""A long clause on the answer card."""

import json
from dataclasses import replace

from cards.answer import answer_card
from knowledge.answers import Answer, Quote
from tests.test_cards.sample import sample_protocol


def test_long_clause_is_shown_as_the_sentences_that_matched_and_whole_on_request() -> None:
    protocol = sample_protocol()
    text = "First one. Second one, which matched. Third one. Not the last one."
    clause = replace(protocol.clauses[0], text=text)
    quote = Quote(clause, 0.9, (1, 3))
    card = answer_card(Answer("", "information", None, 0.9, clauses=(quote,)), protocol)
    quoted = next(e for e in card.content()["body"] if len(e.get("items", ())) == 3)
    short, whole, actions = quoted["items"]
    assert "… Second one, which matched. … Not the last one." in json.dumps(
        short, ensure_ascii=False
    )
    assert text in json.dumps(whole)
    assert not whole["isVisible"]
    assert [short["id"], whole["id"]] == actions["actions"][0]["targetElements"]


def test_sentences_counted_otherwise_since_leave_the_clause_whole() -> None:
    clause = replace(sample_protocol().clauses[0], text="First one. Second one.")
    assert clause.text == Quote(clause, 0.9, (1, 7)).excerpt
