"""From a draft to a protocol in force. Who may is asked of Teams at the moment of use (design decision 9)."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Bind, CardKind, Discard, Effect, Json, Publish, Say
from bot.incoming import Incoming
from bot.library import Book
from bot.policy import refusal
from bot.storage.meetings import MeetingRecords


async def publish(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Make a draft available to meetings; refused while the signature policy is not met."""
    book = await _draft(incoming, desk)
    if book is None:
        return [_tell(incoming, "words", words="draft_gone")]
    if not await _facilitates_any(incoming, desk):
        return [_tell(incoming, "words", words="only_facilitators")]
    if refusal(book.protocol, desk.signature_policy):
        return [_tell(incoming, "reading", protocol=book.id, draft=True)]
    everywhere = incoming.sender.aad_id in desk.facilitators
    done = Publish(book.id, incoming.sender.id, everywhere)
    return [done, _tell(incoming, "published", protocol=book.id)]


async def discard(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Forget a draft of one's own."""
    book = await _draft(incoming, desk)
    if book is None or not await desk.store.is_kept_by(book.id, incoming.sender.id):
        return [_tell(incoming, "words", words="draft_gone")]
    return [Discard(book.id), _tell(incoming, "discarded")]


async def use(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """`use protocol` in a meeting chat: its facilitator chooses from what its people or the operator's published."""
    if incoming.conversation.is_private:
        return [_tell(incoming, "words", words="in_the_meeting")]
    meeting = (await desk.meetings.of(incoming))[0]
    if not await desk.meetings.facilitates(incoming.sender, meeting):
        return [_tell(incoming, "words", words="only_facilitators")]
    people = [person.id for person in await desk.roster.people(meeting)]
    published = await MeetingRecords(desk.store).published(people)
    chosen = incoming.press.data.get("protocol", "") if incoming.press else ""
    if chosen in published:
        return await _bind(incoming, desk, chosen)
    if len(published) == 1:
        return await _bind(incoming, desk, published[0])
    return [_tell(incoming, "use", protocols=list(published[:25]))]


async def in_force(call: Call, desk: Desk) -> Sequence[Effect]:
    """The protocol of this meeting."""
    return [call.show("in_force")]


async def announced(call: Call, desk: Desk) -> Sequence[Effect]:
    """The protocol of this meeting as news: what changed, and what it means for this person's agency."""
    return [call.show("in_force", new=True)]


async def register(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Every protocol in force in the person's meetings."""
    among: list[Json] = list(await desk.meetings.may_list(incoming.sender))
    return [_tell(incoming, "register", among=among)]


async def _bind(incoming: Incoming, desk: Desk, protocol: str) -> Sequence[Effect]:
    """The earlier one stays on record with its dates; everybody is told what changed."""
    meeting = incoming.conversation.id
    if await desk.store.bound(meeting) == protocol:
        return [_tell(incoming, "words", words="already_in_force")]
    announced = Say(
        key=f"in_force:{incoming.key}",
        conversation=meeting,
        card="in_force",
        data={"protocol": protocol, "meeting": meeting, "new": True},
    )
    return [Bind(meeting, protocol, incoming.sender.id), announced]


async def _draft(incoming: Incoming, desk: Desk) -> Book | None:
    named = incoming.press.data.get("protocol", "") if incoming.press else ""
    return await desk.library.open(named) if named else None


async def _facilitates_any(incoming: Incoming, desk: Desk) -> bool:
    person = incoming.sender
    if person.aad_id in desk.facilitators:
        return True
    meetings = await desk.meetings.attended(person)
    return any([await desk.meetings.facilitates(person, meeting) for meeting in meetings])


def _tell(incoming: Incoming, card: CardKind, **data: Json) -> Say:
    return Say(f"{card}:{incoming.key}", incoming.conversation.id, card, data, incoming.sender.id)
