"""Which agency a person is there for: asked once, suggested, theirs to change (design decision 9)."""

from collections import Counter
from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect, Seat
from bot.incoming import Person
from bot.storage.meetings import MeetingRecords
from cards.agency import NONE
from knowledge.domains import party_of_domain


async def agency(call: Call, desk: Desk, then: str | None = None) -> Sequence[Effect]:
    """The parties to choose from; the choice comes back under the verb `then`, if another asked for it."""
    return [call.show("agency", suggested=await _suggested(call, desk), then=then)]


async def choose(call: Call, desk: Desk) -> Sequence[Effect]:
    """Keep the choice and show what it means; anything but a party's place is no choice."""
    if call.data.get("agency") == NONE:
        return [Seat(call.meeting.id, call.person, None), call.tell("not_a_party")]
    name = chosen(call)
    if name is None:
        return await agency(call, desk)
    return [Seat(call.meeting.id, call.person, name), call.tell("checklist", agency=name)]


def chosen(call: Call) -> str | None:
    """The party that was chosen; None for anything else a client may send."""
    place, parties = call.data.get("agency", ""), call.book.protocol.agencies
    return parties[int(place)] if place.isdecimal() and int(place) < len(parties) else None


async def agencies(call: Call, desk: Desk) -> Sequence[Effect]:
    """Who is there for which agency, for a facilitator to put right."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    return [call.tell("agencies")]


async def correct(call: Call, desk: Desk) -> Sequence[Effect]:
    """Another person's agency, put right by a facilitator; that person is told."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    name, person = chosen(call), call.data.get("person", "")
    here = {one.id for one in await desk.roster.people(call.meeting)}
    if person not in here or name is None:
        return [call.tell("agencies")]
    seat = Seat(call.meeting.id, person, name)
    told = call.whisper(person, "checklist", agency=seat.agency)
    return [seat, told, call.tell("words", words="agency_corrected")]


async def _suggested(call: Call, desk: Desk) -> str | None:
    """What they chose before; what most of their colleagues here chose; the party their e-mail domain belongs to."""
    seats = await MeetingRecords(desk.store).seats(call.meeting.id)
    people = await desk.roster.people(call.meeting)
    me = next((person for person in people if person.id == call.person), None)
    if me is None or seats.get(me.id):
        return seats.get(call.person)
    theirs = Counter(seat for p in people if _colleagues(me, p) and (seat := seats.get(p.id)))
    if theirs:
        return theirs.most_common(1)[0][0]
    return party_of_domain(me.domain, call.book.protocol) if me.domain else None


def _colleagues(one: Person, other: Person) -> bool:
    """Whether both work for the same employer: by e-mail domain where it is known, else by tenant."""
    if one.domain or other.domain:
        return one.domain == other.domain
    visiting = one.is_guest or other.is_guest
    return one.tenant_id is not None and one.tenant_id == other.tenant_id and not visiting
