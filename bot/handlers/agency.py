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
    return [call.tell("agency", suggested=await _suggested(call, desk))]


async def choose(call: Call, desk: Desk) -> Sequence[Effect]:
    """Keep the choice and show what it means; anything but a party's place is no choice."""
    chosen, parties = call.data.get("agency", ""), call.book.protocol.agencies
    if chosen == NONE:
        return [Seat(call.meeting.id, call.person, None), call.tell("not_a_party")]
    if not chosen.isdecimal() or int(chosen) >= len(parties):
        return await agency(call, desk)
    name = parties[int(chosen)]
    return [Seat(call.meeting.id, call.person, name), call.tell("checklist", agency=name)]


async def _suggested(call: Call, desk: Desk) -> str | None:
    """The agency most people of the same tenant chose in this meeting."""
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    tenant = call.incoming.sender.tenant_id
    colleagues = [p.id for p in await desk.roster.people(call.meeting) if tenant and p.tenant_id == tenant]  # fmt: skip
    chosen = Counter(seat for person in colleagues if (seat := seats.get(person)))
    return chosen.most_common(1)[0][0] if chosen else None
