"""The outbox as the worker sees it: whose turn it is, what to send next, what became of it (design decision 8)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.effects import Json, Remember
from bot.incoming import Conversation
from bot.storage.apply import apply, as_conversation
from bot.storage.models import ConversationRow, LaneRow, OutboxRow
from bot.storage.store import Store, Twice

# Seconds and sends, the longest span last. Per bot per conversation, one less than Teams allows; then all conversations together (facts: rate-limit, 10/2026).
LANE_RATES = ((1, 6), (2, 7), (30, 55), (3600, 1700))
TOTAL_RATES = ((1, 28),)
LONGEST_WAIT = timedelta(minutes=15)
_OPEN = ("waiting", "sending")


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to send now. `step` is the way to try; `attempt` counts from 1."""

    seq: int
    key: str
    lane: str
    card: str
    data: dict[str, Json]
    person: str | None
    reply_to: str | None
    step: int
    attempt: int
    repeats: int
    conversation: Conversation | None


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may be sent in this lane before `until`; None when it is empty or somebody else's."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Sent:
    """Teams took it: by which way, into which conversation, under which id."""

    by: str
    conversation: str
    activity: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """Try again at `at` by way `step`. `ambiguous`: Teams may already have it."""

    at: datetime
    step: int
    reason: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """It goes no further: unknown, parked or dropped, and why."""

    state: str
    reason: str


Result = Sent | Again | Ended


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where a card stands, to change it later."""

    by: str
    conversation: str
    activity: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """Counts for health and the facilitator."""

    waiting: int
    late_seconds: float
    parked: int
    unknown: int
    repeated: int


class Outbox:
    """The worker's side of the database."""

    def __init__(self, store: Store, owner: str, lease: timedelta) -> None:
        self._store = store
        self._owner = owner
        self._lease = lease

    async def ready(self, now: datetime, limit: int) -> tuple[list[str], datetime | None]:
        """Lanes with something due, longest waiting first; and when the next becomes due."""
        stale = now - self._lease
        due = (
            select(OutboxRow.lane, func.min(OutboxRow.next_at))
            .where(
                or_(
                    (OutboxRow.state == "waiting") & (OutboxRow.next_at <= now),
                    (OutboxRow.state == "waiting") & _stranded(now),
                    (OutboxRow.state == "sending") & (OutboxRow.attempted_at <= stale),
                    (OutboxRow.state == "sending") & (OutboxRow.attempted_at > now + self._lease),
                )
            )
            .group_by(OutboxRow.lane)
            .order_by(func.min(OutboxRow.next_at))
            .limit(limit)
        )
        async with self._store.reading() as session:
            lanes = [row.lane for row in await session.execute(due)]
            following = await session.scalar(
                select(func.min(OutboxRow.next_at)).where(
                    OutboxRow.state == "waiting", OutboxRow.next_at > now
                )
            )
        return lanes, following

    async def claim(self, lane: str, now: datetime) -> Job | Wait:
        """The lane's next job, marked as being sent; the lease is ours while it is."""
        try:
            return await self._claim(lane, now)
        except Twice:
            return Wait(None)

    async def _claim(self, lane: str, now: datetime) -> Job | Wait:
        async with self._store.writing() as session:
            taken_over = await self._take(session, lane, now)
            if taken_over is None:
                return Wait(None)
            if taken_over:
                await _settle_interrupted(session, lane, now)
            row = await session.scalar(_head(lane, now))
            if row is None:
                return Wait(None)
            if row.next_at > now and not (row.attempts and row.next_at > now + LONGEST_WAIT):
                return Wait(row.next_at)
            if pause := await _pause(session, lane, now):
                row.next_at = now + pause
                return Wait(row.next_at)
            row.state, row.attempts, row.attempted_at = "sending", row.attempts + 1, now
            conversation = await session.get(ConversationRow, lane)
            return _job(row, conversation)

    async def record(self, job: Job, result: Result, now: datetime) -> None:
        """What became of a job; a result that comes too late, after another worker took over, is ignored."""
        values: dict[str, object]
        match result:
            case Sent(by, conversation, activity):
                values = {
                    "state": "sent",
                    "done_at": now,
                    "delivered_by": by,
                    "delivered_to": conversation,
                    "activity_id": activity,
                }
            case Again(at, step, reason, ambiguous):
                values = {"state": "waiting", "next_at": at, "step": step, "reason": reason}
                values["repeats"] = job.repeats + ambiguous
            case Ended(state, reason):
                values = {"state": state, "done_at": now, "reason": reason}
        async with self._store.writing() as session:
            await session.execute(
                update(OutboxRow)
                .where(OutboxRow.seq == job.seq, OutboxRow.state == "sending")
                .where(OutboxRow.attempts == job.attempt)
                .values(**values)
            )

    async def release(self, lane: str, now: datetime) -> None:
        """Let others send in this lane."""
        async with self._store.writing() as session:
            await session.execute(
                update(LaneRow)
                .where(LaneRow.id == lane, LaneRow.owner == self._owner)
                .values(owner=None, until=now)
            )

    async def direct(self, person_id: str) -> Conversation | None:
        """The 1:1 conversation with this person, if there is one."""
        async with self._store.reading() as session:
            row = await session.scalar(
                select(ConversationRow)
                .where(ConversationRow.person_id == person_id, ConversationRow.scope == "personal")
                .where(ConversationRow.installed.is_(True))
                .order_by(ConversationRow.seen_at.desc())
                .limit(1)
            )
            return as_conversation(row) if row else None

    async def remember(self, direct: Conversation, person: str, now: datetime) -> None:
        """Keep a 1:1 conversation that was just opened."""
        async with self._store.writing() as session:
            await apply(Remember(direct, person), session, now)

    async def delivered(self, key: str) -> Delivered | None:
        """Where the card sent under this key stands."""
        async with self._store.reading() as session:
            row = await session.scalar(select(OutboxRow).where(OutboxRow.key == key))
        if row is None or not (row.delivered_by and row.delivered_to and row.activity_id):
            return None
        return Delivered(row.delivered_by, row.delivered_to, row.activity_id)

    async def backlog(self, now: datetime) -> Backlog:
        """How much waits, how late it is, what was given up."""
        async with self._store.reading() as session:
            found = await session.execute(
                select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
            )
            counts: dict[str, int] = {state: count for state, count in found}
            oldest = await session.scalar(
                select(func.min(OutboxRow.due_at)).where(
                    OutboxRow.state.in_(_OPEN), OutboxRow.due_at <= now
                )
            )
            repeated = await session.scalar(select(func.coalesce(func.sum(OutboxRow.repeats), 0)))
        return Backlog(
            waiting=counts.get("waiting", 0) + counts.get("sending", 0),
            late_seconds=(now - oldest).total_seconds() if oldest else 0.0,
            parked=counts.get("parked", 0),
            unknown=counts.get("unknown", 0),
            repeated=repeated or 0,
        )

    async def _take(self, session: AsyncSession, lane: str, now: datetime) -> bool | None:
        """None: somebody else has the lane. True: it is newly ours. False: it already was.

        A lease that ends later than any lease can is left over from a clock that ran ahead.
        """
        row = await session.get(LaneRow, lane, with_for_update=True)
        until = now + self._lease
        if row is None:
            session.add(LaneRow(id=lane, owner=self._owner, until=until))
            await session.flush()
            return True
        if row.owner not in (None, self._owner) and now < row.until <= until:
            return None
        mine = row.owner == self._owner and now < row.until <= until
        row.owner, row.until = self._owner, until
        return not mine


def _stranded(now: datetime) -> ColumnElement[bool]:
    """A retry so far ahead that only a clock that jumped back explains it."""
    return (OutboxRow.attempts > 0) & (OutboxRow.next_at > now + LONGEST_WAIT)


def _head(lane: str, now: datetime) -> Select[OutboxRow]:
    """The first unsent thing that is due: later ones wait behind it, so that order holds."""
    return (
        select(OutboxRow)
        .where(OutboxRow.lane == lane, OutboxRow.state.in_(_OPEN))
        .where(or_(OutboxRow.due_at <= now, OutboxRow.attempts > 0))
        .order_by(OutboxRow.seq)
        .limit(1)
    )


async def _settle_interrupted(session: AsyncSession, lane: str, now: datetime) -> None:
    """Whoever had the lane stopped between sending and recording: ambiguous (design decision 8)."""
    rows = await session.scalars(
        select(OutboxRow).where(OutboxRow.lane == lane, OutboxRow.state == "sending")
    )
    for row in rows:
        if repeatable(row.card, row.person_id):
            row.state, row.next_at, row.repeats = "waiting", now, row.repeats + 1
        else:
            row.state, row.done_at, row.reason = "unknown", now, "interrupted while sending"


def repeatable(card: str, person: str | None) -> bool:
    """Whether saying it twice is better than perhaps not at all: private things and changes of a card."""
    return person is not None or card == "notice_closed"


async def _pause(session: AsyncSession, lane: str, now: datetime) -> timedelta | None:
    """How long to hold back so that Teams' limits are kept; None when there is room."""
    for where, rates in ((OutboxRow.lane == lane, LANE_RATES), (true(), TOTAL_RATES)):
        for (seconds, most), count in zip(
            rates, await _attempts(session, where, rates, now), strict=True
        ):
            if count >= most:
                return timedelta(seconds=max(seconds / most, 0.25))
    return None


async def _attempts(
    session: AsyncSession,
    where: ColumnElement[bool],
    rates: Sequence[tuple[int, int]],
    now: datetime,
) -> Sequence[int]:
    """How many attempts were made in each rate's last seconds."""
    spans = [OutboxRow.attempted_at > now - timedelta(seconds=seconds) for seconds, _ in rates]
    counts = select(*(func.count(case((span, 1))) for span in spans))
    found = await session.execute(counts.where(spans[-1], OutboxRow.attempted_at <= now, where))
    return tuple(found.one())


def _job(row: OutboxRow, conversation: ConversationRow | None) -> Job:
    return Job(
        seq=row.seq,
        key=row.key,
        lane=row.lane,
        card=row.card,
        data=row.data,
        person=row.person_id,
        reply_to=row.reply_to,
        step=row.step,
        attempt=row.attempts,
        repeats=row.repeats,
        conversation=as_conversation(conversation)
        if conversation and conversation.installed
        else None,
    )
