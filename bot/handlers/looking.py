"""Cards that say what is true now, for the person who looks at them, and the word of a person that they have read."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Acknowledge, Effect
from bot.handlers.acknowledgement import acknowledgements
from bot.handlers.checklist import checklist
from bot.handlers.publishing import announced, in_force
from bot.storage.meetings import MeetingRecords
from cards.looking import Look

_LOOKS: Mapping[Look, Callable[[Call, Desk], Awaitable[Sequence[Effect]]]] = {
    "announced": announced,
    "in_force": in_force,
    "checklist": checklist,
    "acknowledgements": acknowledgements,
}


async def look(call: Call, desk: Desk) -> Sequence[Effect]:
    """The card afresh; whoever may not see it any more is told so."""
    for name, draw in _LOOKS.items():
        if name == call.data.get("look"):
            return await draw(call, desk)
    return []


async def acknowledge(call: Call, desk: Desk) -> Sequence[Effect]:
    """Put on record that this person has read this version; the card it was said on says so from then on."""
    done = Acknowledge(call.meeting.id, call.person, call.book.id)
    if call.in_place and (seen := await look(call, desk)):
        return [done, *seen]
    before = await MeetingRecords(desk.store).acknowledged(call.meeting.id, call.book.id)
    at = before.get(call.person, desk.now())
    return [done, call.show("acknowledged", at=at.isoformat())]
