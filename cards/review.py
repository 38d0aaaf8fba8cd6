"""The review of the protocol: what it says about it, a request for one, and the reminder when it is due."""

from datetime import date

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    button,
    draft_banner,
    heading,
    line,
    message,
    quotations,
    source_line,
    subheading,
    verbatim,
)
from protocols.model import Protocol

ASK = "review.ask"


def review_card(protocol: Protocol, meeting: str) -> CardMessage:
    """When a review is due and who starts it, with a button for any agency to ask for one."""
    body = [
        *draft_banner(protocol),
        heading(wording.REVIEW),
        *_said(protocol),
        source_line(protocol),
    ]
    ask = button(wording.REVIEW_ASK, ASK, {"meeting": meeting}, style="positive")
    return message(body, _summary(protocol), [ask])


def review_asked_card(protocol: Protocol) -> CardMessage:
    """Thanks to the person who asked."""
    return message([line(wording.REVIEW_ASKED), source_line(protocol)], wording.REVIEW_ASKED)


def review_alert_card(protocol: Protocol, agency: str | None) -> CardMessage:
    """For the facilitator and whoever answers for the protocol: an agency asks for a review."""
    said = wording.review_alert(agency)
    body = [
        *draft_banner(protocol),
        heading(wording.REVIEW),
        verbatim(TextRun(text=said)),
        *_said(protocol),
        line(wording.REVIEW_STEPS),
        source_line(protocol),
    ]
    return message(body, said)


def review_due_card(protocol: Protocol, today: date) -> CardMessage:
    """A reminder before the review is due, and on the day."""
    days = (protocol.review.due - today).days if protocol.review.due else 0
    said = wording.review_due(days)
    body = [
        *draft_banner(protocol),
        heading(said),
        *_said(protocol),
        line(wording.REVIEW_STEPS),
        source_line(protocol),
    ]
    return message(body, said)


def _said(protocol: Protocol) -> list[CardElement]:
    review = protocol.review
    clauses = [clause for clause in protocol.clauses if clause.section == "review"]
    return [
        *([_fact(wording.REVIEW_DUE, wording.day(review.due))] if review.due else []),
        *([_fact(wording.REVIEW_RESPONSIBLE, review.responsible)] if review.responsible else []),
        subheading(wording.REVIEW_WHAT),
        *(quotations(clauses, protocol, ROOM // 2) or [line(wording.SILENT)]),
    ]


def _fact(title: str, value: str) -> CardElement:
    return verbatim(TextRun(text=f"{title}: ", weight="Bolder"), TextRun(text=value))


def _summary(protocol: Protocol) -> str:
    due = protocol.review.due
    return f"{wording.REVIEW}. {wording.REVIEW_DUE}: {wording.day(due)}" if due else wording.REVIEW
