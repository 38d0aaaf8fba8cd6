"""One attempt to say one thing: which way to try, and what to make of what Teams said (design decisions 6 and 8)."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.logs import log
from bot.render import Renderer
from bot.storage.jobs import Again, Ended, Job, Result, Sent, repeatable
from bot.storage.outbox import Outbox
from bot.teams.connector import Connector
from bot.teams.errors import Ambiguous, NotSent, Refused
from cards.file_offer import FileOffer
from cards.message import CardMessage

GIVE_UP_AFTER = 40
MOST_REPEATS = 5
_LONGEST = 300.0


class Sender:
    """Tries a job once. `jitter` gives 0..1, so that retries do not come in step."""

    def __init__(
        self,
        connector: Connector,
        renderer: Renderer,
        outbox: Outbox,
        now: Callable[[], datetime],
        jitter: Callable[[], float],
        *,
        public_line: bool,
    ) -> None:
        self._connector = connector
        self._renderer = renderer
        self._outbox = outbox
        self._now = now
        self._jitter = jitter
        self._public_line = public_line

    async def attempt(self, job: Job) -> Result:
        """What became of the job. Never raises for what Teams says."""
        if job.conversation is None:
            return Ended("parked", "the bot is not in this conversation")
        ways = self._ways(job)
        try:
            return await self._by(ways[min(job.step, len(ways) - 1)], job)
        except NotSent as error:
            if job.attempt >= GIVE_UP_AFTER:
                return Ended("parked", f"gave up: {error.reason}")
            return Again(self._later(job.attempt, error.retry_after), job.step, error.reason)
        except Ambiguous as error:
            if not repeatable(job.card, job.person) or job.repeats >= MOST_REPEATS:
                return Ended("unknown", error.reason)
            return Again(self._later(job.attempt), job.step, error.reason, ambiguous=True)
        except Refused as error:
            if job.step + 1 < len(ways):
                return Again(self._now(), job.step + 1, error.reason)
            return Ended("parked", error.reason)

    def _ways(self, job: Job) -> tuple[str, ...]:
        """Private first; a line in the chat only for notices and only where the operator allows it."""
        if "instead_of" in job.data:
            return ("update",)
        if job.card == "file_offer" and job.conversation and not job.conversation.is_private:
            return ("known_direct", "new_direct")
        if job.person is None or (job.conversation and job.conversation.is_private):
            return ("here",)
        public = ("public_line",) if job.card == "notice" and self._public_line else ()
        return ("targeted", "known_direct", "new_direct", *public)

    async def _by(self, way: str, job: Job) -> Result:
        """Nothing leaves once others may send in the lane: it would come after what they send."""
        message = await self._renderer.render(job.card, job.data)
        if message is None:
            return Ended("dropped", "no longer true")
        left = (job.until - self._now()).total_seconds()
        if left <= 0:
            raise NotSent("the lease ran out")
        try:
            async with asyncio.timeout(left):
                return await self._go(way, job, message)
        except TimeoutError:
            raise Ambiguous("the lease ran out") from None

    async def _go(self, way: str, job: Job, message: CardMessage | FileOffer) -> Result:
        match way:
            case "targeted":
                return await self._targeted(job, message)
            case "known_direct":
                return await self._known_direct(job, message)
            case "new_direct":
                return await self._new_direct(job, message)
            case "public_line":
                return await self._public(job)
            case "update":
                return await self._update(job, message)
        return await self._here(job, message)

    async def _here(self, job: Job, message: CardMessage | FileOffer) -> Result:
        """To everyone in the conversation; in a 1:1 that is the person alone."""
        assert job.conversation is not None
        private = job.conversation.is_private
        if job.person is not None and not private:
            raise Refused("meant for one person")
        sent = await self._connector.send(job.conversation, _activity(message), job.reply_to)
        return Sent("direct" if private else "chat", job.conversation.id, sent)

    async def _targeted(self, job: Job, message: CardMessage | FileOffer) -> Result:
        assert job.conversation is not None
        assert job.person is not None
        sent = await self._connector.send_targeted(job.conversation, _activity(message), job.person)
        return Sent("targeted", job.conversation.id, sent)

    async def _known_direct(self, job: Job, message: CardMessage | FileOffer) -> Result:
        direct = await self._outbox.direct(job.person or "")
        if direct is None:
            raise Refused("no 1:1 known")
        return Sent(
            "known_direct", direct.id, await self._connector.send(direct, _activity(message))
        )

    async def _new_direct(self, job: Job, message: CardMessage | FileOffer) -> Result:
        assert job.conversation is not None
        assert job.person is not None
        direct = await self._connector.open_direct(job.conversation, job.person)
        await self._outbox.remember(direct, job.person, self._now())
        return Sent("new_direct", direct.id, await self._connector.send(direct, _activity(message)))

    async def _public(self, job: Job) -> Result:
        """A line that names nobody and quotes nothing."""
        assert job.conversation is not None
        said = await self._renderer.render("notice_public", {})
        assert said is not None
        sent = await self._connector.send(job.conversation, _activity(said))
        return Sent("public_line", job.conversation.id, sent)

    async def _update(self, job: Job, message: CardMessage | FileOffer) -> Result:
        """In place of the card sent before, where it stands."""
        assert job.conversation is not None
        stands = await self._outbox.delivered(str(job.data["instead_of"]))
        if stands is None or stands.by == "public_line":
            return Ended("dropped", "there is no card to change")
        where = job.conversation
        if stands.conversation != where.id:
            where = replace(where, id=stands.conversation, scope="personal")
        targeted = stands.by == "targeted"
        await self._connector.update(where, stands.activity, _activity(message), targeted=targeted)
        return Sent("update", where.id, stands.activity)

    def _later(self, attempt: int, retry_after: float | None = None) -> datetime:
        """When Teams said, else doubling from half a second; always a little later than that."""
        backoff = min(0.5 * 2 ** min(attempt, 12), _LONGEST)
        seconds = retry_after if retry_after is not None else backoff
        wait = seconds * (1 + 0.25 * self._jitter()) + 0.05
        log.info("send later", seconds=round(wait, 2), attempt=attempt)
        return self._now() + timedelta(seconds=wait)


def _activity(message: CardMessage | FileOffer) -> dict[str, Any]:
    return {"type": "message", "summary": message.summary, "attachments": [message.attachment()]}
