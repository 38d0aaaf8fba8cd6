"""Old records go: what is finished and older than the operator's limit."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import delete

from bot.storage.database import Database
from bot.storage.models import InboxRow, NoticeRow, OutboxRow

FINISHED = ("sent", "unknown", "parked", "dropped")


async def purge_older(database: Database, days: int, now: datetime | None = None) -> int:
    """Delete finished sends, closed notices and seen events older than `days`; how many rows went.

    What still waits to be sent and notices still open stay, whatever their age.
    """
    before = (now or datetime.now(UTC)) - timedelta(days=days)
    old = (
        delete(InboxRow).where(InboxRow.at < before),
        delete(OutboxRow).where(OutboxRow.state.in_(FINISHED), OutboxRow.done_at < before),
        delete(NoticeRow).where(NoticeRow.closed_at < before),
    )
    return await database.write(
        lambda connection: sum(connection.execute(statement).rowcount for statement in old)
    )
