"""Telling people in private that something happened: who said so and when, nothing else."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import CardKind, Effect
from bot.incoming import Person
from bot.storage.meetings import MeetingRecords
from cards.telling import Reached


async def told(
    call: Call, desk: Desk, alert: CardKind, thanks: CardKind, people: Sequence[Person]
) -> Sequence[Effect]:
    """An alert to each of them, and thanks that say whether there was anybody to tell."""
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    at, agency = desk.now().isoformat(), seats.get(call.person)
    others = [person for person in people if person.id != call.person]
    alerts = [call.whisper(p.id, alert, who=call.person, agency=agency, at=at) for p in others]
    reached: Reached = "others" if others else "self" if people else "nobody"
    return [*alerts, call.tell(thanks, at=at, reached=reached)]
