"""The checklist of an attendee, for the agency they are there for."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect
from bot.handlers.agency import agency
from bot.storage.meetings import MeetingRecords


async def checklist(call: Call, desk: Desk) -> Sequence[Effect]:
    """The checklist; before that, once for each meeting, the question which agency it is for."""
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    if call.person not in seats:
        return await agency(call, desk)
    chosen = seats[call.person]
    if chosen not in call.book.protocol.agencies:
        return [call.show("not_a_party")] if chosen is None else await agency(call, desk)
    return [call.show("checklist", agency=chosen)]
