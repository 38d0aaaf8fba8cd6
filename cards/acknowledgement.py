"""Who has read which version of the protocol: the invitation, the thanks, and the facilitator's list."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.looking import Look, button_in_place, looked_at
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    Button,
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


@dataclass(frozen=True, slots=True)
class Reader:
    """The person a card is drawn for: whom they are there for, and when they acknowledged this version."""

    id: str
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
    actions: list[Button] = [
        button_in_place(wording.ACKNOWLEDGE_BUTTON, ACKNOWLEDGE, ids, style="positive"),
        button(wording.GET_COPY, COPY, ids),
    ]
    return message(body, f"{wording.ACKNOWLEDGE} {lead}", actions)


def read_lines(reader: Reader | None) -> list[CardElement]:
    """When this person acknowledged it; nothing before they did."""
    return [line(wording.acknowledged_on(reader.at), subtle=True)] if reader and reader.at else []


def read_buttons(
    reader: Reader | None, meeting: str, look: Look, people: Sequence[str]
) -> list[Button]:
    """The button to acknowledge, for whoever has not; in place on a card that some of `people` look at."""
    if reader and reader.at:
        return []
    ids = {"meeting": meeting}
    if looked_at(look, meeting, people) is None:
        return [button(wording.ACKNOWLEDGE_BUTTON, ACKNOWLEDGE, ids, style="positive")]
    ids["look"] = look
    return [button_in_place(wording.ACKNOWLEDGE_BUTTON, ACKNOWLEDGE, ids, style="positive")]


def acknowledged_card(protocol: Protocol, at: datetime) -> CardMessage:
    """Thanks, with the time that was recorded."""
    body = [
        line(wording.ACKNOWLEDGED),
        line(wording.acknowledged_on(at), subtle=True),
        source_line(protocol),
    ]
    return message(body, wording.ACKNOWLEDGED)


def acknowledgements_card(
    protocol: Protocol, attendees: Sequence[Attendee], meeting: str, card: str, facilitator: str
) -> CardMessage:
    """Who has read this version and who has not, afresh whenever the facilitator looks; `card` names it for clients
    that only know plain buttons."""
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
    again = button_in_place(wording.REFRESH, REFRESH, {**ids, "card": card})
    look = looked_at("acknowledgements", meeting, [facilitator])
    return message(body, counted, [*nudge, again], look)


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
