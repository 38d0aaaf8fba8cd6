"""Who has read the protocol and who has not: seen by the facilitator, who can nudge."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect
from bot.storage.meetings import MeetingRecords


async def acknowledgements(call: Call, desk: Desk) -> Sequence[Effect]:
    """Who has and who has not, for a facilitator."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.show("words", words="only_facilitators")]
    return [call.show("acknowledgements", card_key=f"acknowledgements:{call.incoming.key}")]


async def refresh(call: Call, desk: Desk) -> Sequence[Effect]:
    """The same list as of now, in place of the one whose button was pressed."""
    shown = call.data.get("card", "")
    if call.in_place or not shown.startswith("acknowledgements:"):
        return await acknowledgements(call, desk)
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    return [call.tell("acknowledgements", part="-again", card_key=shown, instead_of=shown)]


async def nudge(call: Call, desk: Desk) -> Sequence[Effect]:
    """A private reminder to everyone in the meeting who has not acknowledged this version."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    done = await MeetingRecords(desk.store).acknowledged(call.meeting.id, call.book.id)
    people = await desk.roster.people(call.meeting)
    waiting = [person.id for person in people if person.id not in {*done, call.person}]
    invitations = [call.whisper(person, "acknowledge") for person in waiting]
    return [*invitations, call.tell("words", words="nudged")]
