"""Outcomes that a sharing row decides: whom it lists, and what its further columns say of them."""

from functools import cache

import pytest

from knowledge.clauses import ClauseIndex
from knowledge.model import load_model
from tests.support.agreements import PARTIES, read, shared
from tests.support.word import heading, p

_COLUMNS = ("Information", "Shared by", "Shared with", "Legal authority", "Conditions")
_ACT = "Family Violence Act 2018, section 20"
_ROWS = (
    ("Bail conditions that apply now", "Police", "Oranga Tamariki", _ACT, "None"),
    ("Call-outs to the home in the past year", "Police", "Oranga Tamariki; the Trust", _ACT, "The Trust is told only the month"),
    ("Dates of visits by the social worker", "Oranga Tamariki", "the Trust", "Privacy Act 2020, IPP 11(1)(c)", "None"),
    ("Names of pets in the home", "the Trust", "Police; Oranga Tamariki", _ACT, "By telephone, never in writing"),
    ("Languages spoken in the home", "the Trust", "Police; Oranga Tamariki", _ACT, "None"),
)  # fmt: skip


@cache
def index(with_model: bool) -> ClauseIndex:
    found = read(*PARTIES, shared(*_ROWS, columns=_COLUMNS))
    return ClauseIndex(found, load_model() if with_model else None)


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        ("can police tell oranga tamariki the bail conditions", "may"),
        ("can police tell the trust the bail conditions", "may_not"),
        ("can police tell oranga tamariki about call-outs to the home", "may"),
        ("can police tell the trust about call-outs to the home", "conditional"),
        ("can the trust tell police the names of pets in the home", "conditional"),
        ("can the trust tell everyone which languages are spoken in the home", "may"),
        ("can the trust tell everyone at the hui which languages are spoken in the home", "may"),
        ("can police tell everyone the bail conditions", "may_not"),
    ],
)
def test_a_row_decides_for_whom_it_lists(question: str, outcome: str) -> None:
    assert outcome == index(True).answer(question).outcome


@pytest.mark.parametrize("where", ["at school", "on facebook"])
def test_everyone_elsewhere_is_not_everyone_who_has_signed(where: str) -> None:
    question = f"can the trust tell everyone {where} which languages are spoken in the home"
    assert "may" != index(True).answer(question).outcome


def test_a_follow_up_about_everyone_is_not_about_the_one_before() -> None:
    before = ("can police tell oranga tamariki the bail conditions",)
    assert "may_not" == index(True).answer("and tell everyone?", before).outcome


def test_without_the_model_a_row_forbids_only_whom_it_does_not_list() -> None:
    answers = [
        index(False).answer(f"can police tell {whom} the bail conditions")
        for whom in ("the trust", "oranga tamariki")
    ]
    assert "may_not" == answers[0].outcome
    assert "may_not" != answers[1].outcome


def test_a_row_whose_law_asks_for_agreement_never_says_may() -> None:
    answer = index(True).answer("can OT tell the trust the dates of visits by the social worker")
    assert "Table 1, row 3" == answer.clauses[0].clause.cite
    assert "may" != answer.outcome


@pytest.mark.parametrize(
    "question",
    [
        "which law lets police tell oranga tamariki the bail conditions",
        "when can police tell oranga tamariki the bail conditions",
    ],
)
def test_a_free_row_says_no_may_to_a_question_after_something_else(question: str) -> None:
    answer = index(True).answer(question)
    assert "Table 1, row 1" == answer.clauses[0].clause.cite
    assert "may" != answer.outcome


def test_a_clause_that_sets_a_condition_says_so_before_it_refuses() -> None:
    paper = "The carrier may take a printed list to a home visit in a locked satchel, provided it is back by the next working day."
    asked = ClauseIndex(read(*PARTIES, heading("How we share"), p(paper)), load_model())
    answer = asked.answer("we are visiting tomorrow, can the printed list come with us")
    assert "conditional" == answer.outcome
