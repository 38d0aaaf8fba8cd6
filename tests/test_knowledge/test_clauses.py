"""What an attendee is told, with the sentence model and without."""

from functools import cache

import pytest

from knowledge.answers import Answer
from knowledge.clauses import ClauseIndex
from knowledge.language import _STEMS
from knowledge.model import load_model
from tests.test_knowledge.small import small_protocol


@cache
def index(with_model: bool) -> ClauseIndex:
    return ClauseIndex(small_protocol(), load_model() if with_model else None)


@pytest.fixture(params=[True, False], ids=["with the model", "without it"], scope="module")
def asked(request: pytest.FixtureRequest) -> ClauseIndex:
    return index(request.param)


def first(answer: Answer) -> str | None:
    return answer.clauses[0].clause.cite if answer.clauses else None


@pytest.mark.parametrize(
    ("question", "cite"),
    [
        ("can i record the meeting", "6.1"),
        ("who is the lead agency", "1.2"),
        ("when are meetings held", "2.2"),
        ("when do i shred my notes", "7.1"),
        ("i think there's been a privacy breach, who do i ring", "8.1"),
        ("can education tell police about attendance", "Table 1, row 1"),
        ("when is the review", "10.1"),
    ],
)
def test_the_clause_that_answers_comes_first(asked: ClauseIndex, question: str, cite: str) -> None:
    assert cite == first(asked.answer(question))


@pytest.mark.parametrize(
    "question",
    ["can police tell MSD about family harm callouts", "can education tell winz about attendance"],
)
def test_a_party_the_row_does_not_list_may_not_receive(asked: ClauseIndex, question: str) -> None:
    assert asked.answer(question).outcome == "may_not"


def test_the_headline_fact_says_whether_the_recipient_is_listed(asked: ClauseIndex) -> None:
    told = asked.answer("can education tell police about attendance")
    untold = asked.answer("can education tell winz about attendance")
    assert [True, False] == [fact.listed for answer in (told, untold) for fact in answer.facts]


def test_a_recipient_that_has_not_signed_is_met_by_silence_with_the_reason(
    asked: ClauseIndex,
) -> None:
    answer = asked.answer("can police tell Barnardos about family harm callouts")
    assert ("not_covered", "non_party", ()) == (answer.outcome, answer.reason, answer.clauses)


def test_a_follow_up_changes_only_the_agency(asked: ClauseIndex) -> None:
    answer = asked.answer("and MSD?", ["can education tell police about attendance"])
    assert ("Table 1, row 1", "may_not") == (first(answer), answer.outcome)


@pytest.mark.parametrize("question", ["when do i shred my notes", "thanks heaps"])
def test_a_question_that_stands_alone_is_answered_as_if_asked_first(
    asked: ClauseIndex, question: str
) -> None:
    alone = asked.answer(question)
    after = asked.answer(question, ["can education tell police about attendance"])
    assert (alone.outcome, alone.clauses) == (after.outcome, after.clauses)


def test_a_follow_up_about_a_stranger_is_never_allowed(asked: ClauseIndex) -> None:
    answer = asked.answer("and Corrections?", ["can education tell police about attendance"])
    assert answer.outcome == "not_covered"


@pytest.mark.parametrize("greeting", ["kia ora", "thanks heaps", "ngā mihi", "hello there"])
def test_small_talk_gets_no_clauses_and_no_contacts(asked: ClauseIndex, greeting: str) -> None:
    answer = asked.answer(greeting)
    assert ("not_covered", "small_talk", (), ()) == (
        answer.outcome, answer.reason, answer.clauses, answer.contacts,
    )  # fmt: skip


def test_danger_is_marked_whatever_the_outcome(asked: ClauseIndex) -> None:
    answer = asked.answer("he says hes going to kill her tonight")
    assert answer.danger
    assert answer.danger_clause is not None
    assert answer.danger_clause.cite == "4.1"


def test_an_exception_is_shown_with_the_rule_it_limits(asked: ClauseIndex) -> None:
    answer = asked.answer("can i record the meeting")
    assert "6.2" in [clause.cite for clause in answer.restrictions]


def test_the_duty_that_comes_with_an_authority_is_a_restriction(asked: ClauseIndex) -> None:
    answer = asked.answer("can education tell police about attendance")
    assert ["5.1"] == [clause.cite for clause in answer.restrictions]
    assert answer.legal_authority == ("Oranga Tamariki Act 1989, section 66C",)


def test_every_quoted_text_is_a_clause_word_for_word(asked: ClauseIndex) -> None:
    texts = {clause.text for clause in small_protocol().clauses}
    for question in ("can i email the plan", "who runs this", "what may msd share"):
        assert {quote.clause.text for quote in asked.answer(question).clauses} <= texts


def test_confidence_is_given_also_when_silent(asked: ClauseIndex) -> None:
    answer = asked.answer("who won the rugby")
    assert answer.outcome == "not_covered"
    assert 0 <= answer.confidence < 0.3


def test_the_same_question_gets_the_same_answer(asked: ClauseIndex) -> None:
    question = "how do i email the plan"
    assert asked.answer(question) == asked.answer(question)


def test_two_questions_in_one_are_answered_in_parts(asked: ClauseIndex) -> None:
    answer = asked.answer("who is the lead agency and when are meetings held?")
    assert {"1.2", "2.2"} <= {quote.clause.cite for quote in answer.clauses[:3]}
    assert [first(part) for part in answer.parts] == ["1.2", "2.2"]


def test_an_asker_who_wants_to_be_told_is_the_recipient(asked: ClauseIndex) -> None:
    answer = asked.answer("can we be told about attendance", asker="MSD")
    assert answer.outcome == "may_not"


def test_a_repr_holds_no_words_of_the_question(asked: ClauseIndex) -> None:
    assert "Zebedee" not in repr(asked.answer("can i record Zebedee"))


def test_no_word_of_a_question_is_remembered(asked: ClauseIndex) -> None:
    asked.answer("can qwertybert record the meeting")
    assert "record" in _STEMS
    assert "qwertybert" not in _STEMS
