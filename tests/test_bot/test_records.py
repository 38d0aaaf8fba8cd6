"""An answer comes back from the outbox as it was, without the question."""

import json
from dataclasses import replace

from bot.records import answer_from, answer_record
from knowledge.answers import Answer, Quote
from tests.test_cards.sample import sample_protocol

PROTOCOL = sample_protocol()
ANSWER = Answer(
    "may I tell them about Hemi?",
    "conditional",
    None,
    0.8,
    clauses=(Quote(PROTOCOL.clauses[3], 0.8, (1, 3)), Quote(PROTOCOL.clauses[4], 0.1)),
    restrictions=(PROTOCOL.clauses[5],),
    contacts=PROTOCOL.contacts[:1],
)


def test_an_answer_is_the_same_again_but_for_its_question() -> None:
    kept = json.loads(json.dumps(answer_record(ANSWER, PROTOCOL)))
    assert replace(ANSWER, question="") == answer_from(kept, PROTOCOL)
    assert "Hemi" not in json.dumps(kept)


def test_an_answer_kept_before_sentences_were_is_still_read() -> None:
    kept = answer_record(ANSWER, PROTOCOL)
    kept["clauses"] = [[PROTOCOL.clauses[3].id, 0.8]]
    assert (Quote(PROTOCOL.clauses[3], 0.8),) == answer_from(kept, PROTOCOL).clauses
