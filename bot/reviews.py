"""Reviews that come due: the people who answer for a protocol are told 30, 7 and 0 days before."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime

from bot.effects import Say
from bot.handlers.review import responsible_agency
from bot.incoming import Conversation, Person
from bot.library import Library
from bot.logs import log
from bot.meetings import Meetings
from bot.roster import Roster
from bot.storage.errors import StorageError
from bot.storage.meetings import Binding, MeetingRecords
from bot.storage.store import Store
from cards.wording import NEW_ZEALAND
from protocols.errors import ProtocolError
from protocols.model import Protocol

STEPS = (30, 7, 0)
_EVERY = 3600.0


class Reviews:
    """Looks once an hour. Each step is said once to each person, whatever restarts in between."""

    def __init__(
        self,
        store: Store,
        library: Library,
        meetings: Meetings,
        roster: Roster,
        now: Callable[[], datetime],
        wake: Callable[[], None],
    ) -> None:
        self._store = store
        self._records = MeetingRecords(store)
        self._library = library
        self._meetings = meetings
        self._roster = roster
        self._now = now
        self._wake = wake
        self._stopping = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._running = asyncio.create_task(self._run(), name="reviews")

    async def stop(self) -> None:
        """Finish the look at hand: a database must not be left in the middle of a sentence."""
        self._stopping.set()
        if self._running:
            await self._running

    async def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                await self.look()
            except (StorageError, ProtocolError) as error:
                log.warning("reviews not looked at", reason=type(error).__name__)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), _EVERY)

    async def look(self) -> None:
        """Tell whoever should hear of a review today and has not."""
        today = self._now().astimezone(NEW_ZEALAND).date()
        for binding in await self._records.in_force():
            book = await self._library.open(binding.protocol)
            meeting = await self._store.conversation(binding.conversation)
            step = step_of(book.protocol, today) if book else None
            if book and meeting and step is not None:
                await self._tell(binding, meeting, book.protocol, step)

    async def _tell(
        self, binding: Binding, meeting: Conversation, protocol: Protocol, step: int
    ) -> None:
        for person in await self._people(meeting, protocol):
            key = f"review_due:{binding.conversation}:{binding.protocol}:{step}:{person.id}"
            data = {"protocol": binding.protocol, "meeting": meeting.id}
            said = Say(key, meeting.id, "review_due", data, person.id)
            if await self._store.commit(key, [said], self._now()):
                self._wake()

    async def _people(self, meeting: Conversation, protocol: Protocol) -> tuple[Person, ...]:
        """Facilitators, and those who are there for the responsible agency."""
        seats = await self._records.seats(meeting.id)
        responsible = responsible_agency(protocol)
        people = await self._roster.people(meeting)
        theirs = [
            person for person in people if responsible and seats.get(person.id) == responsible
        ]
        return tuple(dict.fromkeys([*await self._meetings.facilitators(meeting), *theirs]))


def step_of(protocol: Protocol, today: date) -> int | None:
    """The last step that was reached; None while the review is further away, or nobody knows when it is."""
    if protocol.review.due is None:
        return None
    days = (protocol.review.due - today).days
    return min((step for step in STEPS if days <= step), default=None)
