"""Who has read which version of the protocol: the invitation, the thanks, and the facilitator's list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    button,
    draft_banner,
    fitting,
    heading,
    line,
    message,
    source_line,
    subheading,
    verbatim,
)
from protocols.model import Protocol

ACKNOWLEDGE = "acknowledgement.give"
COPY = "protocol.copy"
NUDGE = "acknowledgement.nudge"
REFRESH = "acknowledgement.refresh"
_FEW = 20


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody at the table; `at` when they acknowledged this version."""

    name: str = field(repr=False)
    agency: str | None
    at: datetime | None


def acknowledge_card(protocol: Protocol, meeting: str, *, again: bool = False) -> CardMessage:
    """Asks one person to read the protocol; `again` when they had read an earlier version."""
    lead = wording.ACKNOWLEDGE_AGAIN if again else wording.ACKNOWLEDGE_LEAD
    body = [
        *draft_banner(protocol),
        heading(wording.ACKNOWLEDGE),
        line(lead),
        source_line(protocol),
    ]
    ids = {"meeting": meeting}
    actions = [
        button(wording.ACKNOWLEDGE_BUTTON, ACKNOWLEDGE, ids, style="positive"),
        button(wording.GET_COPY, COPY, ids),
    ]
    return message(body, f"{wording.ACKNOWLEDGE} {lead}", actions)


def acknowledged_card(protocol: Protocol, at: datetime) -> CardMessage:
    """Thanks, with the time that was recorded."""
    body = [
        line(wording.ACKNOWLEDGED),
        line(wording.acknowledged_on(at), subtle=True),
        source_line(protocol),
    ]
    return message(body, wording.ACKNOWLEDGED)


def acknowledgements_card(
    protocol: Protocol, attendees: Sequence[Attendee], meeting: str, card: str
) -> CardMessage:
    """Who has read this version and who has not, for a facilitator; `card` names it, to refresh it in place."""
    done = [attendee for attendee in attendees if attendee.at]
    waiting = [attendee for attendee in attendees if not attendee.at]
    counted = wording.acknowledged_count(len(done), len(attendees))
    body: list[CardElement] = [
        heading(wording.ACKNOWLEDGEMENTS),
        line(counted),
        *_people(wording.ACKNOWLEDGEMENTS_WAITING, waiting),
        *_people(wording.ACKNOWLEDGEMENTS_DONE, done),
        source_line(protocol),
    ]
    ids = {"meeting": meeting}
    nudge = [button(wording.NUDGE, NUDGE, ids, style="positive")] if waiting else []
    refresh = button(wording.REFRESH, REFRESH, {**ids, "card": card})
    return message(body, counted, [*nudge, refresh])


def _people(title: str, people: Sequence[Attendee]) -> list[CardElement]:
    if not people:
        return []
    lines = [_person(person) for person in people[:_FEW]]
    rest = [line(wording.more_rows(len(people) - _FEW), subtle=True)] if people[_FEW:] else []
    return [subheading(title), *fitting(lines, ROOM // 2, wording.more_rows), *rest]


def _person(person: Attendee) -> CardElement:
    details = [person.agency, wording.when(person.at) if person.at else None]
    said = "; ".join(detail for detail in details if detail)
    return verbatim(
        TextRun(text=person.name, weight="Bolder"), TextRun(text=f"  {said}" if said else "")
    )
