"""Practice: a scenario from this protocol's rules, then the row that answers it."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect
from bot.storage.meetings import MeetingRecords

_SCENARIOS = 10_000


async def practise(call: Call, desk: Desk) -> Sequence[Effect]:
    """A new scenario, from the person's own agency's rows when it is known."""
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    number = int.from_bytes(desk.new_id().encode()) % _SCENARIOS
    return [call.tell("practice", number=number, agency=seats.get(call.person))]


async def answer(call: Call, desk: Desk) -> Sequence[Effect]:
    """Whether the row says so."""
    number, agency = call.data.get("scenario", ""), call.data.get("agency") or None
    if not number.isdecimal():
        return []
    said_yes = call.data.get("said") == "yes"
    return [
        call.tell("practice_answer", number=int(number) % _SCENARIOS, agency=agency, yes=said_yes)
    ]
