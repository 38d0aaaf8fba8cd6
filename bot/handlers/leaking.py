"""Personal information in the chat, told to the breach contact by its sender's choice: when and of what kind, no more."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import CardKind, Effect, Happened, Json, Say
from bot.handlers.breach import contacts_here
from bot.incoming import Incoming
from bot.storage.notices import Notice, NoticeRecords


async def tell_breach_contact(found: Notice, incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Once: to the contacts in this meeting, else to its facilitator; and what was said, to the sender."""
    meeting = await desk.store.conversation(found.conversation)
    book = await desk.library.protocol_for(meeting, incoming.sender) if meeting else None
    thanks = f"leak:{found.id}"
    if meeting is None or book is None or await NoticeRecords(desk.store).is_said(thanks):
        return []
    contacts = await contacts_here(Call(incoming, meeting, book), desk)
    people = contacts or await desk.meetings.facilitators(meeting)
    others = [person.id for person in people if person.id != found.person]
    reached = "contact" if contacts else "facilitator" if others else "nobody"

    def say(key: str, card: CardKind, person: str, **data: Json) -> Say:
        said: dict[str, Json] = {"protocol": book.id, "at": found.opened_at.isoformat(), **data}
        return Say(key, meeting.id, card, said, person)

    alerts = [
        say(f"{thanks}:{other}", "leak_alert", other, kinds=list(found.kinds)) for other in others
    ]
    return [
        Happened("breach", meeting.id, book.id),
        *alerts,
        say(thanks, "leak_told", found.person, reached=reached),
    ]
