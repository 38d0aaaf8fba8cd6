"""Who sits at the table: names from Teams, held in memory for ten minutes and never stored."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.incoming import Conversation
from bot.logs import log
from bot.teams.connector import Connector
from bot.teams.errors import TeamsError

_FRESH = timedelta(minutes=10)
_SOON = timedelta(seconds=30)


class Roster:
    """Names of the people in a conversation; when Teams does not say, those known last."""

    def __init__(self, connector: Connector, now: Callable[[], datetime]) -> None:
        self._connector = connector
        self._now = now
        self._known: dict[str, tuple[datetime, tuple[str, ...]]] = {}

    async def names(self, conversation: Conversation) -> tuple[str, ...]:
        """Display names of everyone in the conversation."""
        until, names = self._known.get(conversation.id, (self._now(), ()))
        if not self._now() < until <= self._now() + _FRESH:
            until, names = await self._ask(conversation, names)
            self._known[conversation.id] = until, names
        return names

    def forget(self, conversation_id: str) -> None:
        """Somebody came or left: ask again next time."""
        self._known.pop(conversation_id, None)

    async def _ask(
        self, conversation: Conversation, last: tuple[str, ...]
    ) -> tuple[datetime, tuple[str, ...]]:
        try:
            people = await self._connector.members(conversation)
        except TeamsError as error:
            log.warning("roster unknown", conversation=conversation.id, reason=error.reason)
            return self._now() + _SOON, last
        return self._now() + _FRESH, tuple(person.name for person in people if person.name)
