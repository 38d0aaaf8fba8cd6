"""The tables. Nothing in them is said by anyone: ids, kinds, citations, counts and times (design decision 7)."""

from datetime import UTC, datetime
from typing import ClassVar

from sqlalchemy import JSON, DateTime, Index, LargeBinary, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from bot.effects import Json


class Utc(TypeDecorator[datetime]):
    """Aware times in, aware times out, on databases with and without time zones."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {
        datetime: Utc,
        str: String(400),
        dict[str, Json]: JSON,
        list[str]: JSON,
        bytes: LargeBinary,
    }


class InboxRow(Base):
    """An event that has had its effect."""

    __tablename__ = "inbox"
    key: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)


class ConversationRow(Base):
    """A conversation reference: enough to write to it later. `removed_at`: since when it is not installed."""

    __tablename__ = "conversations"
    id: Mapped[str] = mapped_column(primary_key=True)
    scope: Mapped[str]
    service_url: Mapped[str]
    tenant_id: Mapped[str | None]
    bot_id: Mapped[str]
    bot_name: Mapped[str]
    meeting_id: Mapped[str | None]
    person_id: Mapped[str | None] = mapped_column(index=True)
    installed: Mapped[bool]
    paused: Mapped[bool]
    seen_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class OutboxRow(Base):
    """One thing to say, and how far it has come.

    `state`: waiting, sending, sent, unknown (nobody can tell whether Teams took it), parked (given up), dropped (no
    longer true). `step` is the way of delivery being tried. `due_at` is when it was meant for, `next_at` when to try.
    """

    __tablename__ = "outbox"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(unique=True)
    lane: Mapped[str]
    card: Mapped[str]
    data: Mapped[dict[str, Json]]
    person_id: Mapped[str | None]
    reply_to: Mapped[str | None]
    state: Mapped[str]
    step: Mapped[int]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    next_at: Mapped[datetime]
    attempted_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    delivered_by: Mapped[str | None]
    delivered_to: Mapped[str | None]
    activity_id: Mapped[str | None]
    reason: Mapped[str | None]
    repeats: Mapped[int]
    __table_args__ = (
        Index(None, "state", "next_at"),
        Index(None, "lane", "state", "seq"),
        Index(None, "lane", "attempted_at"),
        Index(None, "attempted_at"),
    )


class LaneRow(Base):
    """Who may send in a conversation now: order within it rests on this lease."""

    __tablename__ = "lanes"
    id: Mapped[str] = mapped_column(primary_key=True)
    owner: Mapped[str | None]
    until: Mapped[datetime]


class NoticeRow(Base):
    """Personal information of some kinds in one message, until it is dealt with."""

    __tablename__ = "notices"
    id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str]
    message_id: Mapped[str]
    person_id: Mapped[str]
    kinds: Mapped[list[str]]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    __table_args__ = (Index(None, "conversation_id", "message_id"),)


class ProtocolRow(Base):
    """A protocol file as it was read, under the digest of its bytes."""

    __tablename__ = "protocols"
    id: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]
    person_id: Mapped[str | None]
    kept_at: Mapped[datetime]


class BindingRow(Base):
    """Which protocol a conversation answers from; the newest counts, the others are history."""

    __tablename__ = "bindings"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(index=True)
    protocol_id: Mapped[str]
    person_id: Mapped[str | None]
    bound_at: Mapped[datetime]


class PublicationRow(Base):
    """A protocol that met the signature policy when somebody published it; `everywhere` when for every meeting."""

    __tablename__ = "publications"
    protocol_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str]
    everywhere: Mapped[bool]
    published_at: Mapped[datetime]


class FocusRow(Base):
    """The meeting a person speaks of in 1:1."""

    __tablename__ = "focuses"
    person_id: Mapped[str] = mapped_column(primary_key=True)
    conversation_id: Mapped[str]


class SeatRow(Base):
    """The agency a person is in a meeting for."""

    __tablename__ = "seats"
    conversation_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    agency: Mapped[str | None]
    chosen_at: Mapped[datetime]


class AcknowledgementRow(Base):
    """Who has read which version, and when."""

    __tablename__ = "acknowledgements"
    conversation_id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(primary_key=True)
    protocol_id: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class HappeningRow(Base):
    """One thing to count: a question by topic, a conflict, a breach, a request for a review."""

    __tablename__ = "happenings"
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kind: Mapped[str]
    conversation_id: Mapped[str]
    protocol_id: Mapped[str]
    topic: Mapped[str | None]
    at: Mapped[datetime]
    __table_args__ = (Index(None, "conversation_id", "at"),)


class QuietRow(Base):
    """A meeting whose facilitator wants no reminders at its start and end."""

    __tablename__ = "quiets"
    conversation_id: Mapped[str] = mapped_column(primary_key=True)
