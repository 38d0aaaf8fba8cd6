"""Something went wrong: whom to ring at once, and a word to them without details."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect, Happened
from bot.handlers.telling import told
from bot.incoming import Person
from knowledge.language import fold


async def breach(call: Call, desk: Desk) -> Sequence[Effect]:
    """The contact and the first steps."""
    return [call.tell("breach")]


async def tell_them(call: Call, desk: Desk) -> Sequence[Effect]:
    """Count it, and tell the facilitator and the contact that something happened."""
    happened = Happened("breach", call.meeting.id, call.book.id)
    facilitators = await desk.meetings.facilitators(call.meeting)
    contacts = await contacts_here(call, desk)
    people = list(dict.fromkeys([*facilitators, *contacts]))
    return [happened, *await told(call, desk, "breach_alert", "breach_told", people)]


async def contacts_here(call: Call, desk: Desk) -> Sequence[Person]:
    """The protocol's breach contacts who are in this meeting, known by their names."""
    named = {fold(c.name) for c in call.book.protocol.contacts if c.role == "breach"}
    return [p for p in await desk.roster.people(call.meeting) if p.name and fold(p.name) in named]
