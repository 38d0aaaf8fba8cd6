"""From an event to its effects, on record once, before Teams gets its answer (design decision 8)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.desk import Desk
from bot.effects import Effect
from bot.handlers.membership import introduce, on_joined, on_left, on_uninstalled
from bot.handlers.messages import on_message
from bot.handlers.noticing import on_deleted, on_edited, on_pressed
from bot.incoming import Incoming, IncomingKind
from bot.logs import log

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
}


class Router:
    """Reads, asks the handlers, commits once; then wakes whoever sends."""

    def __init__(self, desk: Desk, wake: Callable[[], None]) -> None:
        self._desk = desk
        self._wake = wake

    async def receive(self, incoming: Incoming) -> None:
        """Give an event its effect. A copy of an earlier event has none."""
        if await self._desk.store.seen(incoming.key):
            log.info("repeated", kind=incoming.kind, conversation=incoming.conversation.id)
            return
        effects = await self._effects(incoming)
        done = await self._desk.store.commit(incoming.key, effects, self._desk.now())
        names = [type(effect).__name__ for effect in effects] if done else []
        log.info("turn", kind=incoming.kind, conversation=incoming.conversation.id, effects=names)
        self._wake()

    async def _effects(self, incoming: Incoming) -> Sequence[Effect]:
        effects: list[Effect] = []
        if incoming.kind != "uninstalled":
            effects += await introduce(incoming, self._desk)
        if handler := HANDLERS.get(incoming.kind):
            effects += await handler(incoming, self._desk)
        return effects
