"""Sends what is due: several conversations beside each other, each in order (design decision 8)."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import partial

from bot.delivery.sending import Sender
from bot.logs import log
from bot.storage.errors import StorageError
from bot.storage.jobs import Ended, Job, Result, Sent, Wait
from bot.storage.outbox import Outbox
from bot.storage.store import Store

LANES = 8
_IDLE = 2.0
_AWAY = 0.5


class Worker:
    """Runs until stopped. `recover` is called once the database takes writes again after it did not."""

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        sender: Sender,
        recover: Callable[[], Awaitable[None]],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._sender = sender
        self._recover = recover
        self._now = now
        self._woken = asyncio.Event()
        self._stopping = False
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._resting: dict[str, datetime] = {}
        self._running: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._running = asyncio.create_task(self._run(), name="outbox")

    def wake(self) -> None:
        """Something new may be due."""
        self._woken.set()

    @property
    def alive(self) -> bool:
        return self._running is not None and not self._running.done()

    async def stop(self, within: float = 10.0) -> None:
        """Finish what is being sent; the rest stays in the outbox."""
        self._stopping = True
        self.wake()
        if self._running:
            await self._running
        if self._busy:
            _, late = await asyncio.wait(self._busy.values(), timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self) -> None:
        while not self._stopping:
            self._woken.clear()
            wait = await self._start_lanes()
            try:
                async with asyncio.timeout(wait):
                    await self._woken.wait()
            except TimeoutError:
                pass

    async def _start_lanes(self) -> float:
        """Start what is due; how long there is nothing to do."""
        now = self._now()
        try:
            if self._store.trouble:
                await self._store.probe(now)
                await self._recover()
                self._store.recovered()
            self._resting = {
                lane: until
                for lane, until in self._resting.items()
                if now < until <= now + timedelta(seconds=_IDLE)
            }
            aside = {*self._busy, *self._resting}
            lanes, following = await self._outbox.ready(now, LANES + len(aside))
        except StorageError:
            return _AWAY
        free = [lane for lane in lanes if lane not in aside][: LANES - len(self._busy)]
        for lane in free:
            task = asyncio.create_task(self._drain(lane), name="lane")
            self._busy[lane] = task
            task.add_done_callback(partial(self._finished, lane))
        if free:
            return _AWAY
        moments = [*self._resting.values(), *([following] if following else [])]
        ahead = (min(moments) - now).total_seconds() if moments else _IDLE
        return min(max(ahead, 0.02), _IDLE)

    def _finished(self, lane: str, task: asyncio.Task[None]) -> None:
        del self._busy[lane]
        if not task.cancelled() and (error := task.exception()):
            log.error("lane stopped", error=type(error).__name__)
        elif not self._stopping:
            self.wake()

    async def _drain(self, lane: str) -> None:
        """Everything due in one conversation, in order; one that must wait is left alone for that time."""
        try:
            job = await self._outbox.claim(lane, self._now())
            while isinstance(job, Job):
                job = await self._record(job, await self._attempt(job))
            if job.until:
                self._resting[lane] = min(job.until, self._now() + timedelta(seconds=_IDLE))
        except StorageError:
            await asyncio.sleep(_AWAY)

    async def _attempt(self, job: Job) -> Result:
        try:
            return await self._sender.attempt(job)
        except StorageError:
            raise
        except Exception as error:
            log.error("not sendable", key=job.key, card=job.card, error=type(error).__name__)
            return Ended("parked", type(error).__name__)

    async def _record(self, job: Job, result: Result) -> Job | Wait:
        """Keep trying to record: while the database is away a second send would be a duplicate."""
        way = result.by if isinstance(result, Sent) else type(result).__name__.lower()
        reason = None if isinstance(result, Sent) else result.reason
        log.info("delivery", key=job.key, card=job.card, by=way, attempt=job.attempt, reason=reason)
        for _ in range(240):
            try:
                return await self._outbox.record(job, result, self._now(), go_on=not self._stopping)
            except StorageError:
                await asyncio.sleep(_AWAY)
        return Wait(None)
