"""The review of the protocol: when, who, and an agency's request for one."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect, Happened, Seat
from bot.handlers.agency import agency, choose, chosen
from bot.incoming import Person
from bot.storage.meetings import MeetingRecords
from cards.agency import NONE
from cards.review import ASK
from protocols.model import Protocol


async def review(call: Call, desk: Desk) -> Sequence[Effect]:
    """What the protocol says about its review."""
    return [call.tell("review")]


async def ask(call: Call, desk: Desk) -> Sequence[Effect]:
    """Count the request, tell facilitators and the agency that answers for the protocol. An agency asks, not a person:
    whoever has not said for which they are there is asked that first."""
    if call.data.get("agency") == NONE:
        return await choose(call, desk)
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    said = chosen(call)
    name = said or seats.get(call.person)
    if name not in call.book.protocol.agencies:
        return await agency(call, desk, then=ASK)
    seated = [Seat(call.meeting.id, call.person, said)] if said else []
    happened = Happened("review", call.meeting.id, call.book.id, name)
    people = await _people_to_tell(call, desk)
    alerts = [call.whisper(p.id, "review_alert", agency=name) for p in people if p.id != call.person]  # fmt: skip
    return [*seated, happened, *alerts, call.tell("review_asked")]


async def _people_to_tell(call: Call, desk: Desk) -> Sequence[Person]:
    """Facilitators and those who are there for the responsible agency."""
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    responsible = responsible_agency(call.book.protocol)
    theirs = [p for p in await desk.roster.people(call.meeting) if responsible and seats.get(p.id) == responsible]  # fmt: skip
    return list(dict.fromkeys([*await desk.meetings.facilitators(call.meeting), *theirs]))


def responsible_agency(protocol: Protocol) -> str | None:
    """Who starts the review, when that is a party; else the lead agency."""
    named = protocol.review.responsible
    return named if named in protocol.agencies else protocol.lead_agency
