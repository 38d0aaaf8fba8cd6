"""What is kept and used: the record that goes with it, and the clauses on using it later."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect
from bot.storage.meetings import MeetingRecords
from cards.wording import NEW_ZEALAND


async def note(call: Call, desk: Desk) -> Sequence[Effect]:
    """The rules under which the person's agency receives, to choose one."""
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    return [call.tell("note_choose", agency=seats.get(call.person))]


async def make_note(call: Call, desk: Desk) -> Sequence[Effect]:
    """The record for the rule chosen, dated today in New Zealand."""
    rule = call.data.get("rule", "")
    if not rule.isdecimal() or int(rule) >= len(call.book.protocol.rules):
        return []
    today = desk.now().astimezone(NEW_ZEALAND).date()
    return [call.tell("note", rule=int(rule), day=today.isoformat())]


async def later_use(call: Call, desk: Desk) -> Sequence[Effect]:
    """The clauses on secondary use."""
    return [call.tell("later_use")]
