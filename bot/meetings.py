"""Which meeting an event is about, and who may do what there: asked of Teams at the moment of use (decision 9)."""

from collections.abc import Sequence

from bot.incoming import Conversation, Incoming, Person
from bot.logs import log
from bot.roster import Roster
from bot.storage.meetings import MeetingRecords
from bot.storage.store import Store
from bot.teams.connector import Connector
from bot.teams.errors import TeamsError

_MOST_CHATS = 40


class Meetings:
    """Meetings and roles. `configured` are the facilitators an operator named, by directory id."""

    def __init__(
        self, store: Store, roster: Roster, connector: Connector, configured: frozenset[str]
    ) -> None:
        self._store = store
        self._records = MeetingRecords(store)
        self._roster = roster
        self._connector = connector
        self._configured = configured

    async def of(self, incoming: Incoming) -> tuple[Conversation, ...]:
        """The chat it came from; the meeting a button names, for its people only; in 1:1 the person's meetings,
        those with a protocol of their own if there are any."""
        if not incoming.conversation.is_private:
            known = await self._store.conversation(incoming.conversation.id)
            return (known or incoming.conversation,)
        named = incoming.press.data.get("meeting") if incoming.press else None
        focus = named or await self._records.focus(incoming.sender.id)
        if focus and (found := await self._store.conversation(focus)):
            if await self.has(found, incoming.sender):
                return (found,)
            if named:
                return ()
        attended = await self.attended(incoming.sender)
        bound = [meeting for meeting in attended if await self._store.bound(meeting.id)]
        return tuple(bound) or attended

    async def attended(self, person: Person) -> tuple[Conversation, ...]:
        """The chats whose roster holds the person, the most recent first."""
        chats = (await self._records.chats())[:_MOST_CHATS]
        return tuple([chat for chat in chats if await self.has(chat, person)])

    async def may_list(self, person: Person) -> tuple[str, ...]:
        """Ids of the meetings whose protocol a register for this person lists: all for configured facilitators."""
        if person.aad_id in self._configured:
            return tuple(meeting.id for meeting in await self._records.chats())
        return tuple(meeting.id for meeting in await self.attended(person))

    async def has(self, meeting: Conversation, person: Person) -> bool:
        """Whether the person is on the roster."""
        return await self._seen(person, meeting) is not None

    async def facilitates(self, person: Person, meeting: Conversation) -> bool:
        """Whether the person, who is in the meeting, is its organiser or configured; no when Teams does not say."""
        found = await self._seen(person, meeting)
        if found is None or not found.aad_id:
            return False
        if found.aad_id in self._configured:
            return True
        tenant = found.tenant_id or meeting.tenant_id or ""
        try:
            return await self._connector.role(meeting, found.aad_id, tenant) == "Organizer"
        except TeamsError as error:
            log.warning("role unknown", conversation=meeting.id, reason=error.reason)
            return False

    async def facilitators(self, meeting: Conversation) -> tuple[Person, ...]:
        """Those to tell: the organiser and the configured who are in the meeting."""
        people = await self._roster.people(meeting)
        wanted = self._configured | await self._organiser(meeting)
        found = tuple(person for person in people if person.aad_id in wanted)
        return found or await self._by_role(people, meeting)

    async def _seen(self, person: Person, meeting: Conversation) -> Person | None:
        """The person as the meeting's roster has them, with their own tenant: an event names the meeting's."""
        people = await self._roster.people(meeting)
        return next((one for one in people if one.id == person.id), None)

    async def _organiser(self, meeting: Conversation) -> frozenset[str]:
        try:
            organiser = (await self._connector.meeting(meeting)).organiser_aad_id
        except TeamsError as error:
            log.warning("organiser unknown", conversation=meeting.id, reason=error.reason)
            return frozenset()
        return frozenset([organiser] if organiser else [])

    async def _by_role(self, people: Sequence[Person], meeting: Conversation) -> tuple[Person, ...]:
        return tuple([person for person in people[:30] if await self.facilitates(person, meeting)])
