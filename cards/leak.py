"""Personal information in the chat: what the breach contact is told by its sender's choice, and the sender's receipt."""

from collections.abc import Sequence
from datetime import datetime

from microsoft_teams.cards import CardElement

from cards import wording
from cards.breach import contact_lines, step_lines
from cards.message import CardMessage
from cards.parts import draft_banner, heading, line, message
from knowledge.hygiene.finding import Kind
from protocols.model import Protocol


def leak_told_card(protocol: Protocol, at: datetime, reached: str) -> CardMessage:
    """For the sender: who has been told, and of nothing but time and kind."""
    rest = [line(wording.NOTICE_REMOVE), *contact_lines(protocol)]
    return _card(protocol, wording.LEAK_TOLD[reached], at, rest)


def leak_alert_card(protocol: Protocol, kinds: Sequence[Kind], at: datetime) -> CardMessage:
    """For the contact: when and of what kind, and the protocol's steps. Not who, not what."""
    rest = [line(wording.LEAK_ALERT_NEXT), *step_lines(protocol)]
    return _card(protocol, wording.leak_alert(kinds), at, rest)


def _card(protocol: Protocol, said: str, at: datetime, rest: Sequence[CardElement]) -> CardMessage:
    when = line(wording.posted_at(at), subtle=True)
    return message(
        [*draft_banner(protocol), heading(wording.BREACH), line(said), when, *rest], said
    )
