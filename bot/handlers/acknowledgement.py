"""Who has read the protocol: said by each person, seen by the facilitator, who can nudge."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Acknowledge, Effect
from bot.storage.meetings import MeetingRecords


async def acknowledge(call: Call, desk: Desk) -> Sequence[Effect]:
    """Put on record that this person has read this version."""
    done = Acknowledge(call.meeting.id, call.person, call.book.id)
    return [done, call.tell("acknowledged", at=desk.now().isoformat())]


async def acknowledgements(call: Call, desk: Desk) -> Sequence[Effect]:
    """Who has and who has not, for a facilitator."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    key = f"acknowledgements:{call.incoming.key}"
    return [call.tell("acknowledgements", card_key=key)]


async def refresh(call: Call, desk: Desk) -> Sequence[Effect]:
    """The same list as of now, in place of the one whose button was pressed."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    shown = call.data.get("card", "")
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
