"""What handlers work with, put together once in `app.py`."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.declined import Declined
from bot.incoming import Conversation, Incoming
from bot.latest import Latest
from bot.library import Book, Library
from bot.meetings import Meetings
from bot.pace import Pace
from bot.papers import Papers
from bot.policy import SignaturePolicy
from bot.roster import Roster
from bot.storage.store import Store
from bot.teams.connector import Connector
from bot.teams.files import Files
from bot.window import Window
from knowledge.danger import speaks_of_danger
from knowledge.hygiene.finding import Scan

Scanner = Callable[[str, Sequence[str], Sequence[str]], Awaitable[Scan]]


@dataclass(frozen=True, slots=True)
class Desk:
    """Reads only: whatever a handler decides it returns as effects."""

    store: Store
    library: Library
    roster: Roster
    meetings: Meetings
    window: Window
    met: Latest[str, Conversation]
    declined: Declined
    connector: Connector
    files: Files
    papers: Papers
    scanner: Scanner
    new_id: Callable[[], str]
    now: Callable[[], datetime]
    facilitators: frozenset[str]
    questions: Pace
    signature_policy: SignaturePolicy

    async def book(self, incoming: Incoming) -> Book | None:
        """The protocol that speaks here; in 1:1 that of the person's meeting (design decision 9)."""
        meetings = await self.meetings.of(incoming)
        where = meetings[0] if meetings else incoming.conversation
        return await self.library.protocol_for(where, incoming.sender)

    async def scan(self, incoming: Incoming) -> Scan:
        """Personal information in the text, seen beside the table's names and what the sender said just before.

        Kinds the sender declined here are left out.
        """
        where, who = incoming.conversation.id, incoming.sender.id
        names = await self.roster.names(incoming.conversation)
        people = [*names, *incoming.names, *filter(None, [incoming.sender.name])]
        roster = tuple(dict.fromkeys(people))  # as often as can be the same for everyone in a chat
        earlier = self.window.earlier(where, who, besides=incoming.id)
        found = await self.scanner(incoming.text, roster, earlier)
        return found.without(self.declined.kinds(where, who))


def in_danger(incoming: Incoming) -> bool:
    """Whether the text speaks of danger now (design decision 1)."""
    return speaks_of_danger(incoming.text)
