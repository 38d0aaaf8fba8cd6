"""A scenario from the protocol's own rules, and the row that answers it."""

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    button,
    draft_banner,
    heading,
    line,
    message,
    quotation,
    source_line,
    subheading,
    verbatim,
)
from knowledge.practice import Scenario
from protocols.model import Protocol

ANSWER = "practice.answer"
NEXT = "practice.next"


def practice_card(
    scenario: Scenario, protocol: Protocol, meeting: str, agency: str | None = None
) -> CardMessage:
    """The question, with two buttons; `agency` is the one whose rows it was drawn from."""
    body = [*draft_banner(protocol), heading(wording.PRACTICE), *_question(scenario)]
    ids = {"meeting": meeting, "scenario": str(scenario.number), "agency": agency or ""}
    actions = [
        button(wording.PRACTICE_YES, ANSWER, {**ids, "said": "yes"}),
        button(wording.PRACTICE_NO, ANSWER, {**ids, "said": "no"}),
    ]
    asked = wording.practice_question(scenario.sharer, scenario.recipient)
    return message(body, f"{asked} {scenario.information}. {wording.PRACTICE_ASK}", actions)


def practice_answer_card(
    scenario: Scenario, protocol: Protocol, meeting: str, *, said_yes: bool
) -> CardMessage:
    """Whether the row lists the recipient, with the row itself."""
    right = said_yes == scenario.listed
    verdict = wording.PRACTICE_RIGHT if right else wording.PRACTICE_WRONG
    fact = wording.listed(scenario.recipient, scenario.clause.cite, scenario.listed)
    body: list[CardElement] = [
        *draft_banner(protocol),
        heading(fact),
        line(verdict),
        *_asked(scenario),
        quotation(scenario.clause, protocol),
        *([line(wording.PRACTICE_CONDITION)] if scenario.listed else []),
        source_line(protocol),
    ]
    again = button(wording.PRACTICE_NEXT, NEXT, {"meeting": meeting})
    return message(body, f"{verdict} {fact}.", [again])


def no_practice_card() -> CardMessage:
    return message([heading(wording.PRACTICE), line(wording.PRACTICE_NONE)], wording.PRACTICE_NONE)


def _question(scenario: Scenario) -> list[CardElement]:
    return [*_asked(scenario), subheading(wording.PRACTICE_ASK)]


def _asked(scenario: Scenario) -> list[CardElement]:
    asked = wording.practice_question(scenario.sharer, scenario.recipient)
    return [
        verbatim(TextRun(text=asked)),
        verbatim(TextRun(text=scenario.information, weight="Bolder")),
    ]
