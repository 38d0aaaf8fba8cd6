"""Old records go: first who was meant, later that it happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Delete, Select, Update, delete, exists, select, update

from bot.storage.database import answering, is_current
from bot.storage.engine import Database
from bot.storage.errors import NotMigrated
from bot.storage.models import (
    AcknowledgementRow,
    BindingRow,
    ConversationRow,
    FocusRow,
    HappeningRow,
    InboxRow,
    LaneRow,
    NoticeRow,
    OutboxRow,
    ProtocolRow,
    PublicationRow,
    QuietRow,
    SeatRow,
)

FINISHED = ("sent", "unknown", "parked", "dropped")
NOBODY = ""


@dataclass(frozen=True, slots=True)
class Purged:
    """How many rows went, and of how many notices nobody can tell any more whose they were."""

    deleted: int
    unnamed: int


async def purge_older(
    database: Database, days: int, record_days: int, now: datetime | None = None
) -> Purged:
    """Delete what was for the moment after `days`, what is counted in reports after `record_days`.

    What still waits to be sent stays, whatever its age. Each statement is a transaction of its own: the bot may write
    in between, and what is left after a fault goes the next time.
    """
    if not await is_current(database):
        raise NotMigrated("The database is of another version. Run: clausewise migrate")
    now = now or datetime.now(UTC)
    before, long_before = now - timedelta(days=days), now - timedelta(days=record_days)
    deleted = 0
    for statement in (
        *_moments(before),
        *_records(long_before),
        *_removed(before),
        _drafts(before),
    ):
        deleted += await _rows(database, statement)
    return Purged(deleted, await _rows(database, _unnamed(before)))


async def _rows(database: Database, statement: Delete | Update) -> int:
    with answering():
        return await database.write(lambda connection: connection.execute(statement).rowcount)


def _moments(before: datetime) -> Iterator[Delete]:
    """What was needed to have each effect once."""
    yield delete(InboxRow).where(InboxRow.at < before)
    yield delete(OutboxRow).where(OutboxRow.state.in_(FINISHED), OutboxRow.done_at < before)


def _records(before: datetime) -> Iterator[Delete]:
    """What reports count and facilitators look up."""
    yield delete(NoticeRow).where(NoticeRow.opened_at < before)
    yield delete(HappeningRow).where(HappeningRow.at < before)
    yield delete(AcknowledgementRow).where(AcknowledgementRow.at < before)
    yield delete(SeatRow).where(SeatRow.chosen_at < before)


def _removed(before: datetime) -> Iterator[Delete]:
    """All about chats that the bot was removed from; the chat itself last, so that a fault loses none of them."""
    gone: Select[str] = select(ConversationRow.id).where(ConversationRow.removed_at < before)
    people = gone.with_only_columns(ConversationRow.person_id)
    for table in (NoticeRow, HappeningRow, AcknowledgementRow, SeatRow, BindingRow, QuietRow):
        yield delete(table).where(table.conversation_id.in_(gone))
    yield delete(FocusRow).where(
        FocusRow.conversation_id.in_(gone) | FocusRow.person_id.in_(people)
    )
    yield delete(LaneRow).where(LaneRow.id.in_(gone))
    yield delete(ConversationRow).where(ConversationRow.removed_at < before)


def _drafts(before: datetime) -> Delete:
    """Files that somebody sent and nobody published or put in force."""
    return (
        delete(ProtocolRow)
        .where(ProtocolRow.kept_at < before, ProtocolRow.person_id.is_not(None))
        .where(~exists().where(PublicationRow.protocol_id == ProtocolRow.id))
        .where(~exists().where(BindingRow.protocol_id == ProtocolRow.id))
    )


def _unnamed(before: datetime) -> Update:
    """Notices become counts: of which kinds, when, in which chat."""
    return (
        update(NoticeRow)
        .where(NoticeRow.opened_at < before, NoticeRow.person_id != NOBODY)
        .values(person_id=NOBODY, message_id=NOBODY)
    )
