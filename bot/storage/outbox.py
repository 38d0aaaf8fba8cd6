"""The outbox as the worker sees it: whose turn it is, what to send next, what became of it (design decision 8)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, Integer, Row, bindparam, func, insert, or_, select, update

from bot.effects import Remember
from bot.incoming import Conversation
from bot.storage.apply import apply, as_conversation
from bot.storage.jobs import Again, Backlog, Delivered, Ended, Job, Result, Sent, Wait, repeatable
from bot.storage.models import ConversationRow, LaneRow, OutboxRow
from bot.storage.rates import pause, room
from bot.storage.store import Store, Twice

LONGEST_WAIT = timedelta(minutes=15)
_A_WHILE = timedelta(seconds=0.25)
_OPEN = ("waiting", "sending")

_OLDEST = func.min(OutboxRow.next_at)
_WAITING, _SENDING = (OutboxRow.state == state for state in _OPEN)
_DUE = (
    select(OutboxRow.lane)
    .where(
        or_(
            _WAITING & (OutboxRow.next_at <= bindparam("now")),
            _WAITING & (OutboxRow.attempts > 0) & (OutboxRow.next_at > bindparam("never")),
            _SENDING & (OutboxRow.attempted_at <= bindparam("lapsed")),
            _SENDING & (OutboxRow.attempted_at > bindparam("ahead")),
        )
    )
    .group_by(OutboxRow.lane)
    .order_by(_OLDEST)
    .limit(bindparam("most", type_=Integer))
)
"""Waiting long enough; or left half sent by somebody whose lease ran out, or by a clock that jumped."""
_LATER = select(_OLDEST).where(_WAITING, OutboxRow.next_at > bindparam("now"))
_HEAD = (
    select(OutboxRow)
    .where(OutboxRow.lane == bindparam("lane"), OutboxRow.state.in_(_OPEN))
    .where(or_(OutboxRow.due_at <= bindparam("now"), OutboxRow.attempts > 0))
    .order_by(OutboxRow.seq)
    .limit(1)
)
_HELD = select(LaneRow).where(LaneRow.id == bindparam("lane")).with_for_update()
_NEW_LANE = insert(LaneRow)
_LANE = update(LaneRow).where(LaneRow.id == bindparam("lane"))
_OUR_LANE = _LANE.where(LaneRow.owner == bindparam("us"))
_JOB = update(OutboxRow).where(OutboxRow.seq == bindparam("job"))
_OUR_JOB = _JOB.where(_SENDING, OutboxRow.attempts == bindparam("attempt"))
_TO = select(ConversationRow).where(ConversationRow.id == bindparam("lane"))
_DIRECT = (
    select(ConversationRow)
    .where(ConversationRow.person_id == bindparam("person"), ConversationRow.scope == "personal")
    .where(ConversationRow.installed.is_(True))
    .order_by(ConversationRow.seen_at.desc())
    .limit(1)
)
_SENT = select(OutboxRow).where(OutboxRow.key == bindparam("key"))


class Outbox:
    """The worker's side of the database."""

    def __init__(self, store: Store, owner: str, lease: timedelta) -> None:
        self._store = store
        self._owner = owner
        self._lease = lease

    async def ready(self, now: datetime, limit: int) -> tuple[list[str], datetime | None]:
        """Lanes with something due that may be sent now, longest waiting first; else when to look again."""
        due = {
            "now": now,
            "never": now + LONGEST_WAIT,
            "lapsed": now - self._lease,
            "ahead": now + self._lease,
            "most": limit,
        }

        def look(connection: Connection) -> tuple[list[str], datetime | None]:
            most = room(connection, now)
            if most <= 0:
                return [], now + _A_WHILE
            lanes = [row.lane for row in connection.execute(_DUE, due)]
            return (lanes[:most], None) if lanes else ([], connection.scalar(_LATER, {"now": now}))

        return await self._store.read(look)

    async def claim(self, lane: str, now: datetime) -> Job | Wait:
        """The lane's next job, marked as being sent; the lease is ours while there is one."""
        return await self._claimed(
            lambda connection: self._claim(connection, lane, _held(connection, lane), now)
        )

    async def record(
        self, job: Job, result: Result, now: datetime, *, go_on: bool = True
    ) -> Job | Wait:
        """Keep what became of a job, and claim the lane's next one if there is to be one.

        A result that comes too late, after another worker took over, is ignored.
        """
        ended = {"job": job.seq, "attempt": job.attempt, **_values(job, result, now)}

        def work(connection: Connection) -> Job | Wait:
            held = _held(connection, job.lane)
            connection.execute(_OUR_JOB, ended)
            if go_on:
                return self._claim(connection, job.lane, held, now)
            self._release(connection, job.lane, now)
            return Wait(None)

        return await self._claimed(work)

    async def direct(self, person_id: str) -> Conversation | None:
        """The 1:1 conversation with this person, if there is one."""
        row = await self._store.first(_DIRECT, person=person_id)
        return as_conversation(row) if row else None

    async def remember(self, direct: Conversation, person: str, now: datetime) -> None:
        """Keep a 1:1 conversation that was just opened."""
        await self._store.write(lambda connection: apply(Remember(direct, person), connection, now))

    async def delivered(self, key: str) -> Delivered | None:
        """Where the card sent under this key stands."""
        row = await self._store.first(_SENT, key=key)
        if row is None or not (row.delivered_by and row.delivered_to and row.activity_id):
            return None
        return Delivered(row.delivered_by, row.delivered_to, row.activity_id)

    async def backlog(self, now: datetime) -> Backlog:
        """How much waits, how late it is, what was given up."""
        by_state = select(OutboxRow.state, func.count(), func.sum(OutboxRow.repeats))
        late = select(func.min(OutboxRow.due_at)).where(
            OutboxRow.state.in_(_OPEN), OutboxRow.due_at <= now
        )

        def count(connection: Connection) -> Backlog:
            found = connection.execute(by_state.group_by(OutboxRow.state)).all()
            counts = {state: number for state, number, _ in found}
            oldest = connection.scalar(late)
            return Backlog(
                waiting=counts.get("waiting", 0) + counts.get("sending", 0),
                late_seconds=(now - oldest).total_seconds() if oldest else 0.0,
                parked=counts.get("parked", 0),
                unknown=counts.get("unknown", 0),
                repeated=sum(repeats for _, _, repeats in found),
            )

        return await self._store.read(count)

    async def _claimed(self, work: Callable[[Connection], Job | Wait]) -> Job | Wait:
        try:
            return await self._store.write(work)
        except Twice:
            return Wait(None)

    def _claim(
        self, connection: Connection, lane: str, held: Row[LaneRow] | None, now: datetime
    ) -> Job | Wait:
        if held and not self._may_take(held, now):
            return Wait(now + _A_WHILE)
        row = _head(connection, lane, now)
        until = _not_before(connection, row, now) if row else None
        if row is None or until:
            self._release(connection, lane, now)
            return Wait(until)
        self._take(connection, lane, held, now)
        attempt = {"state": "sending", "attempts": row.attempts + 1, "attempted_at": now}
        connection.execute(_JOB, {"job": row.seq, **attempt})
        to = connection.execute(_TO, {"lane": lane}).first()
        conversation = as_conversation(to) if to and to.installed else None
        return _job(row, now + self._lease, conversation)

    def _may_take(self, held: Row[LaneRow], now: datetime) -> bool:
        """A lease that ends later than any lease can is left over from a clock that ran ahead."""
        return held.owner in (None, self._owner) or not now < held.until <= now + self._lease

    def _take(
        self, connection: Connection, lane: str, held: Row[LaneRow] | None, now: datetime
    ) -> None:
        mine = {"owner": self._owner, "until": now + self._lease}
        if held is None:
            connection.execute(_NEW_LANE, {"id": lane, **mine})
        else:
            connection.execute(_LANE, {"lane": lane, **mine})

    def _release(self, connection: Connection, lane: str, now: datetime) -> None:
        """Let others send in this lane."""
        free = {"owner": None, "until": now}
        connection.execute(_OUR_LANE, {"lane": lane, "us": self._owner, **free})


def _held(connection: Connection, lane: str) -> Row[LaneRow] | None:
    """Who has the lane. It is locked before any of its jobs, so that no two wait for each other."""
    return connection.execute(_HELD, {"lane": lane}).first()


def _values(job: Job, result: Result, now: datetime) -> dict[str, object]:
    match result:
        case Sent(by, conversation, activity):
            where = {"delivered_by": by, "delivered_to": conversation, "activity_id": activity}
            return {"state": "sent", "done_at": now, **where}
        case Again(at, step, reason, ambiguous):
            again = {"state": "waiting", "next_at": at, "step": step, "reason": reason}
            return {**again, "repeats": job.repeats + ambiguous}
        case Ended(state, reason):
            return {"state": state, "done_at": now, "reason": reason}


def _head(connection: Connection, lane: str, now: datetime) -> Row[OutboxRow] | None:
    """The first unsent thing that is due: later ones wait behind it, so that order holds.

    Nobody sends here now, so one that is being sent was left so by somebody who stopped.
    """
    head = {"lane": lane, "now": now}
    while (row := connection.execute(_HEAD, head).first()) and row.state == "sending":
        _settle_interrupted(connection, row, now)
    return row


def _settle_interrupted(connection: Connection, row: Row[OutboxRow], now: datetime) -> None:
    """Whoever had it stopped between sending and recording: ambiguous (design decision 8)."""
    values: dict[str, object] = {"state": "waiting", "next_at": now, "repeats": row.repeats + 1}
    if not repeatable(row.card, row.person_id):
        values = {"state": "unknown", "done_at": now, "reason": "interrupted while sending"}
    connection.execute(_JOB, {"job": row.seq, **values})


def _not_before(connection: Connection, row: Row[OutboxRow], now: datetime) -> datetime | None:
    """When this may be sent; None for now. A retry far ahead is explained only by a clock that jumped back."""
    next_at: datetime = row.next_at
    if next_at > now and not (row.attempts and next_at > now + LONGEST_WAIT):
        return next_at
    if (held_back := pause(connection, row.lane, now)) is None:
        return None
    until = now + held_back
    connection.execute(_JOB, {"job": row.seq, "next_at": until})
    return until


def _job(row: Row[OutboxRow], until: datetime, conversation: Conversation | None) -> Job:
    return Job(
        seq=row.seq,
        key=row.key,
        lane=row.lane,
        card=row.card,
        data=row.data,
        person=row.person_id,
        reply_to=row.reply_to,
        step=row.step,
        attempt=row.attempts + 1,
        repeats=row.repeats,
        until=until,
        conversation=conversation,
    )
