"""From an event to its effects, on record once, before Teams gets its answer (design decision 8)."""

from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.desk import Desk
from bot.effects import Effect, KeepProtocol, Kept, Say, Show
from bot.handlers.commands import on_pressed
from bot.handlers.membership import introduce, on_joined, on_left, on_uninstalled
from bot.handlers.messages import on_message
from bot.handlers.noticing import on_deleted, on_edited
from bot.handlers.reminders import on_ended, on_started
from bot.incoming import Incoming, IncomingKind
from bot.latest import Latest
from bot.logs import log
from bot.render import Renderer
from bot.storage.errors import StorageError
from cards.message import CardMessage

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
_SEEN = 10_000


class Router:
    """Reads, asks the handlers, commits once; then wakes whoever sends."""

    def __init__(self, desk: Desk, renderer: Renderer) -> None:
        self._desk = desk
        self._renderer = renderer
        self.wake: Callable[[], None] = lambda: None
        self.unsaved: deque[tuple[str, Sequence[Kept]]] = deque(maxlen=_HELD)
        self._seen: Latest[str, bool] = Latest(_SEEN)

    async def receive(self, incoming: Incoming) -> CardMessage | None:
        """Give an event its effect; the card that takes the place of one that was pressed, if there is one.

        A copy of an earlier event has no effect again, but a look at a card is answered as often as it is asked.
        Most copies are known by memory; the record, which all bots share, has the last word.
        """
        in_place = incoming.press is not None and incoming.press.in_place
        if not in_place and self._seen.get(incoming.key):
            log.info("repeated", kind=incoming.kind, conversation=incoming.conversation.id)
            return None
        effects = await self._effects(incoming)
        shown = [effect for effect in effects if isinstance(effect, Show)]
        await self._keep(incoming, [effect for effect in effects if not isinstance(effect, Show)])
        self._seen.keep(incoming.key, True)
        return await self._drawn(shown[0]) if shown else None

    async def _keep(self, incoming: Incoming, effects: Sequence[Kept]) -> None:
        """Put effects on record; where there are none there is nothing to keep from happening twice."""
        try:
            done = bool(effects) and await self._desk.store.commit(
                incoming.key, effects, self._desk.now()
            )
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

    def _hold(self, key: str, effects: Sequence[Kept]) -> None:
        """Decisions hold no words, so they may wait in memory; files are too large to wait."""
        if not any(isinstance(effect, KeepProtocol) for effect in effects):
            self.unsaved.append((key, effects))

    async def _drawn(self, show: Show) -> CardMessage | None:
        card = await self._renderer.render(show.card, show.data)
        return card if isinstance(card, CardMessage) else None

    async def _effects(self, incoming: Incoming) -> Sequence[Effect]:
        """The introduction comes first. Memory will do for what chats are full of: a message that has no effect."""
        handler = HANDLERS.get(incoming.kind)
        effects = await handler(incoming, self._desk) if handler else []
        if incoming.kind == "uninstalled":
            return effects
        idle = incoming.kind == "message" and not effects
        return [*await introduce(incoming, self._desk, by_memory=idle), *effects]
