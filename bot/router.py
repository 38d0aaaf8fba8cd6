"""From an event to its effects, on record once, before Teams gets its answer (design decision 8)."""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.desk import Desk
from bot.effects import Effect, KeepProtocol, Say
from bot.handlers.commands import on_pressed
from bot.handlers.membership import introduce, on_joined, on_left, on_uninstalled
from bot.handlers.messages import on_message
from bot.handlers.noticing import on_deleted, on_edited
from bot.handlers.reminders import on_ended, on_started
from bot.incoming import Incoming, IncomingKind
from bot.logs import log
from bot.storage.errors import StorageError

Handler = Callable[[Incoming, Desk], Awaitable[Sequence[Effect]]]
HANDLERS: Mapping[IncomingKind, Handler] = {
    "message": on_message,
    "edited": on_edited,
    "restored": on_edited,
    "deleted": on_deleted,
    "pressed": on_pressed,
    "joined": on_joined,
    "left": on_left,
    "uninstalled": on_uninstalled,
    "meeting_started": on_started,
    "meeting_ended": on_ended,
}


_HELD = 1000


class Router:
    """Reads, asks the handlers, commits once; then wakes whoever sends."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.wake: Callable[[], None] = lambda: None
        self.unsaved: deque[tuple[str, Sequence[Effect]]] = deque(maxlen=_HELD)

    async def receive(self, incoming: Incoming) -> None:
        """Give an event its effect. A copy of an earlier event has none."""
        if await self._desk.store.seen(incoming.key):
            log.info("repeated", kind=incoming.kind, conversation=incoming.conversation.id)
            return
        effects = await self._effects(incoming)
        try:
            done = await self._desk.store.commit(incoming.key, effects, self._desk.now())
        except StorageError:
            self._hold(incoming.key, effects)
            raise
        names = [type(effect).__name__ for effect in effects] if done else []
        log.info("turn", kind=incoming.kind, conversation=incoming.conversation.id, effects=names)
        if any(isinstance(effect, Say) for effect in effects):
            self.wake()

    async def catch_up(self) -> None:
        """Record what could not be recorded. Teams was told so and may have sent it again: then it has no effect."""
        while self.unsaved:
            key, effects = self.unsaved[0]
            await self._desk.store.commit(key, effects, self._desk.now())
            self.unsaved.popleft()
            log.info("caught up", left=len(self.unsaved))

    def _hold(self, key: str, effects: Sequence[Effect]) -> None:
        """Decisions hold no words, so they may wait in memory; files are too large to wait."""
        if not any(isinstance(effect, KeepProtocol) for effect in effects):
            self.unsaved.append((key, effects))

    async def _effects(self, incoming: Incoming) -> Sequence[Effect]:
        effects: list[Effect] = []
        if incoming.kind != "uninstalled":
            effects += await introduce(incoming, self._desk)
        if handler := HANDLERS.get(incoming.kind):
            effects += await handler(incoming, self._desk)
        return effects
