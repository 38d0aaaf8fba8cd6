"""A conflict of interest: the steps for the attendee, a private word to the facilitator. Never who it is about."""

from collections.abc import Sequence
from datetime import datetime

from microsoft_teams.cards import CardElement

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    button,
    draft_banner,
    heading,
    line,
    message,
    quotations,
    source_line,
    subheading,
)
from cards.telling import Reached, alert_card, told_card
from knowledge.themes import theme_clauses
from protocols.model import Clause, Protocol

START = "conflict.start"
DECLARE = "conflict.declare"


def conflict_card(protocol: Protocol, meeting: str) -> CardMessage:
    """The protocol's steps, and a button that tells the facilitator that there is a conflict."""
    body = [
        *draft_banner(protocol),
        heading(wording.CONFLICT),
        line(wording.CONFLICT_LEAD),
        *_steps(theme_clauses(protocol, "conflicts"), protocol),
        source_line(protocol),
    ]
    tell = button(wording.CONFLICT_TELL, DECLARE, {"meeting": meeting}, style="positive")
    return message(body, f"{wording.CONFLICT}. {wording.CONFLICT_LEAD}", [tell])


def conflict_told_card(protocol: Protocol, at: datetime, reached: Reached) -> CardMessage:
    """What has been told, if there was anybody to tell, and what the protocol asks next.

    Whoever facilitates gets the whole section: it may say who takes the chair.
    """
    said = wording.CONFLICT_TOLD[reached]
    whole = [clause for clause in protocol.clauses if clause.section == "conflicts"]
    theme = theme_clauses(protocol, "conflicts")
    steps = _steps(whole if reached == "self" and whole else theme, protocol)
    return told_card(protocol, wording.CONFLICT, said, at, steps)


def conflict_alert_card(
    protocol: Protocol, who: str, agency: str | None, at: datetime
) -> CardMessage:
    """For the facilitator: who has a conflict, when they said so, what the protocol asks."""
    said = wording.conflict_alert(who, agency)
    steps = _steps(theme_clauses(protocol, "conflicts"), protocol)
    rest = [line(wording.CONFLICT_ALERT_NEXT), *steps]
    return alert_card(protocol, wording.CONFLICT, said, at, rest)


def _steps(clauses: Sequence[Clause], protocol: Protocol) -> list[CardElement]:
    if not clauses:
        return [line(wording.SILENT), line(wording.CONFLICT_USUAL)]
    return [subheading(wording.CONFLICT_STEPS), *quotations(clauses, protocol)]
