"""What there is to say about the bot's health."""

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.delivery.worker import Worker
from bot.effects import Json
from bot.router import Router
from bot.storage.errors import StorageError
from bot.storage.outbox import Outbox
from bot.storage.store import Store

_LATE = 60.0


class Health:
    """Asks the database and looks at who does the work."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        worker: Worker,
        router: Router,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._worker = worker
        self._router = router
        self._now = now

    async def report(self) -> tuple[bool, Mapping[str, Json]]:
        """Whether the bot can do its work, and the figures behind it."""
        try:
            backlog = await self._outbox.backlog(self._now())
        except StorageError as error:
            return False, {"reasons": [str(error)], "unsaved": len(self._router.unsaved)}
        reasons: list[Json] = []
        if not self._worker.alive:
            reasons.append("nothing is being sent")
        if self._store.trouble:
            reasons.append(self._store.trouble)
        ready = not reasons
        if backlog.late_seconds > _LATE:
            reasons.append("sending is late")
        return ready, {
            "waiting": backlog.waiting,
            "late_seconds": round(backlog.late_seconds, 1),
            "parked": backlog.parked,
            "unknown": backlog.unknown,
            "repeated": backlog.repeated,
            "unsaved": len(self._router.unsaved),
            "reasons": reasons,
        }
