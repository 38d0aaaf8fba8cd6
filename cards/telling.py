"""Two cards that a breach and a conflict share: what has been told, and what somebody is told."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import draft_banner, heading, line, message, verbatim
from protocols.model import Protocol

Reached = Literal["others", "self", "nobody"]
"""Whether there was anybody else to tell: whoever facilitates a meeting is not told of what they said themselves."""


def told_card(
    protocol: Protocol, title: str, said: str, at: datetime, rest: Sequence[CardElement]
) -> CardMessage:
    """For the person who told: what was said and when, then `rest` of the protocol."""
    when = line(wording.at_time(at), subtle=True)
    return message([*draft_banner(protocol), heading(title), line(said), when, *rest], said)


def alert_card(
    protocol: Protocol, title: str, said: str, at: datetime, rest: Sequence[CardElement]
) -> CardMessage:
    """For the person who is told: who said so and when, then `rest`; names go in word for word."""
    when = line(wording.at_time(at), subtle=True)
    who = verbatim(TextRun(text=said))
    return message([*draft_banner(protocol), heading(title), who, when, *rest], said)
