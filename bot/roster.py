"""Who sits at the table: people as Teams names them, held in memory for ten minutes and never stored."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.incoming import Conversation, Person
from bot.latest import Latest
from bot.logs import log
from bot.teams.connector import Connector
from bot.teams.errors import TeamsError

_FRESH = timedelta(minutes=10)
_SOON = timedelta(seconds=30)
_MOST = 2000


class Roster:
    """People in a conversation; when Teams does not say, those known last."""

    def __init__(self, connector: Connector, now: Callable[[], datetime]) -> None:
        self._connector = connector
        self._now = now
        self._known: Latest[str, tuple[datetime, tuple[Person, ...]]] = Latest(_MOST)

    async def names(self, conversation: Conversation) -> tuple[str, ...]:
        """Display names of everyone in the conversation."""
        return tuple(person.name for person in await self.people(conversation) if person.name)

    async def people(self, conversation: Conversation) -> tuple[Person, ...]:
        """Everyone in the conversation, bots left out."""
        until, people = self._known.get(conversation.id) or (self._now(), ())
        if not self._now() < until <= self._now() + _FRESH:
            until, people = await self._ask(conversation, people)
            self._known.keep(conversation.id, (until, people))
        return people

    def forget(self, conversation_id: str) -> None:
        """Somebody came or left: ask again next time."""
        self._known.forget(conversation_id)

    async def _ask(
        self, conversation: Conversation, last: tuple[Person, ...]
    ) -> tuple[datetime, tuple[Person, ...]]:
        try:
            people = await self._connector.members(conversation)
        except TeamsError as error:
            log.warning("roster unknown", conversation=conversation.id, reason=error.reason)
            return self._now() + _SOON, last
        return self._now() + _FRESH, tuple(person for person in people if not person.is_bot)
