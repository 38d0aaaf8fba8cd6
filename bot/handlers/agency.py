"""Which agency a person is there for: asked once, suggested, theirs to change (design decision 9)."""

from collections import Counter
from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect, Seat
from bot.storage.meetings import MeetingRecords
from cards.agency import NONE


async def agency(call: Call, desk: Desk) -> Sequence[Effect]:
    """The parties to choose from."""
    return [call.show("agency", suggested=await _suggested(call, desk))]


async def choose(call: Call, desk: Desk) -> Sequence[Effect]:
    """Keep the choice and show what it means; anything but a party's place is no choice."""
    chosen, parties = call.data.get("agency", ""), call.book.protocol.agencies
    if chosen == NONE:
        return [Seat(call.meeting.id, call.person, None), call.tell("not_a_party")]
    if not chosen.isdecimal() or int(chosen) >= len(parties):
        return await agency(call, desk)
    name = parties[int(chosen)]
    return [Seat(call.meeting.id, call.person, name), call.tell("checklist", agency=name)]


async def agencies(call: Call, desk: Desk) -> Sequence[Effect]:
    """Who is there for which agency, for a facilitator to put right."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    return [call.tell("agencies")]


async def correct(call: Call, desk: Desk) -> Sequence[Effect]:
    """Another person's agency, put right by a facilitator; that person is told."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    chosen, person = call.data.get("agency", ""), call.data.get("person", "")
    parties = call.book.protocol.agencies
    here = {one.id for one in await desk.roster.people(call.meeting)}
    if person not in here or not chosen.isdecimal() or int(chosen) >= len(parties):
        return [call.tell("agencies")]
    seat = Seat(call.meeting.id, person, parties[int(chosen)])
    told = call.whisper(person, "checklist", agency=seat.agency)
    return [seat, told, call.tell("words", words="agency_corrected")]


async def _suggested(call: Call, desk: Desk) -> str | None:
    """The agency most people of the same tenant chose in this meeting."""
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    tenant = call.incoming.sender.tenant_id
    colleagues = [p.id for p in await desk.roster.people(call.meeting) if tenant and p.tenant_id == tenant]  # fmt: skip
    chosen = Counter(seat for person in colleagues if (seat := seats.get(person)))
    return chosen.most_common(1)[0][0] if chosen else None
