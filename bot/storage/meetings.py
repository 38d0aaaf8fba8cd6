"""What is on record about meetings: which protocol since when, who is there for whom, who has read it, what happened."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, select

from bot.effects import Json
from bot.incoming import Conversation
from bot.storage.apply import as_conversation
from bot.storage.models import (
    AcknowledgementRow,
    BindingRow,
    ConversationRow,
    FocusRow,
    HappeningRow,
    NoticeRow,
    OutboxRow,
    PublicationRow,
    QuietRow,
    SeatRow,
)
from bot.storage.store import Store

_FOCUS = select(FocusRow.conversation_id).where(FocusRow.person_id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Binding:
    """A protocol put in force in a conversation."""

    conversation: str
    protocol: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """A reminder that waits in the outbox."""

    key: str
    data: Mapping[str, Json]
    due: datetime


class MeetingRecords:
    """Reads only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def chats(self) -> tuple[Conversation, ...]:
        """Every meeting chat, group chat and channel the bot is in."""
        rows = await self._store.rows(
            select(ConversationRow)
            .where(ConversationRow.installed.is_(True), ConversationRow.scope != "personal")
            .order_by(ConversationRow.seen_at.desc())
        )
        return tuple(as_conversation(row) for row in rows)

    async def bindings(self, conversation_id: str) -> tuple[Binding, ...]:
        """Every protocol that was ever in force there, the current one last."""
        chosen = select(BindingRow).where(BindingRow.conversation_id == conversation_id)
        rows = await self._store.rows(chosen.order_by(BindingRow.seq))
        return tuple(Binding(r.conversation_id, r.protocol_id, r.bound_at) for r in rows)

    async def in_force(self) -> tuple[Binding, ...]:
        """The current protocol of every conversation that has one."""
        newest = select(func.max(BindingRow.seq)).group_by(BindingRow.conversation_id)
        rows = await self._store.rows(select(BindingRow).where(BindingRow.seq.in_(newest)))
        return tuple(Binding(r.conversation_id, r.protocol_id, r.bound_at) for r in rows)

    async def published(self, people: Collection[str]) -> tuple[str, ...]:
        """Ids of protocols that these people published or that are for every meeting, newest first."""
        rows = await self._store.rows(
            select(PublicationRow.protocol_id)
            .where(PublicationRow.everywhere.is_(True) | PublicationRow.person_id.in_(people))
            .order_by(PublicationRow.published_at.desc())
        )
        return tuple(row.protocol_id for row in rows)

    async def focus(self, person_id: str) -> str | None:
        """The meeting this person speaks of in 1:1."""
        row = await self._store.first(_FOCUS, person=person_id)
        return row.conversation_id if row else None

    async def seats(self, conversation_id: str) -> Mapping[str, str | None]:
        """Agency by person, for those who chose; None when theirs has not signed."""
        rows = await self._store.rows(
            select(SeatRow).where(SeatRow.conversation_id == conversation_id)
        )
        return {row.person_id: row.agency for row in rows}

    async def acknowledged(self, conversation_id: str, protocol_id: str) -> Mapping[str, datetime]:
        """When each person acknowledged this version."""
        rows = await self._store.rows(
            select(AcknowledgementRow)
            .where(AcknowledgementRow.conversation_id == conversation_id)
            .where(AcknowledgementRow.protocol_id == protocol_id)
        )
        return {row.person_id: row.at for row in rows}

    async def reminds(self, conversation_id: str) -> bool:
        """Whether reminders go out at the start and the end of this meeting."""
        quiet = select(QuietRow).where(QuietRow.conversation_id == conversation_id)
        return await self._store.first(quiet) is None

    async def planned(self, conversation_id: str, now: datetime) -> tuple[Planned, ...]:
        """Reminders still to come, earliest first."""
        rows = await self._store.rows(
            select(OutboxRow)
            .where(OutboxRow.lane == conversation_id, OutboxRow.card == "reminder")
            .where(OutboxRow.state == "waiting", OutboxRow.due_at > now)
            .order_by(OutboxRow.due_at)
        )
        return tuple(Planned(row.key, row.data, row.due_at) for row in rows)

    async def happenings(
        self, conversation_id: str, since: datetime
    ) -> Sequence[tuple[str, str | None, datetime]]:
        """Kind, topic and time of everything counted."""
        rows = await self._store.rows(
            select(HappeningRow)
            .where(HappeningRow.conversation_id == conversation_id, HappeningRow.at >= since)
            .order_by(HappeningRow.seq)
        )
        return [(row.kind, row.topic, row.at) for row in rows]

    async def notices(self, conversation_id: str, since: datetime) -> Sequence[Sequence[str]]:
        """The kinds of each notice."""
        rows = await self._store.rows(
            select(NoticeRow.kinds)
            .where(NoticeRow.conversation_id == conversation_id)
            .where(NoticeRow.opened_at >= since)
        )
        return [row.kinds for row in rows]
