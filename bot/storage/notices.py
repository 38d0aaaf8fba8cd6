"""What is on record about notices: ids, kinds and times."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import Row, bindparam, select

from bot.storage.models import NoticeRow, OutboxRow
from bot.storage.store import Store
from knowledge.hygiene.finding import Kind

_NOTICE = select(NoticeRow).where(NoticeRow.id == bindparam("id"))
_OPEN_ABOUT = (
    select(NoticeRow)
    .where(NoticeRow.conversation_id == bindparam("conversation"))
    .where(NoticeRow.message_id == bindparam("message"), NoticeRow.closed_at.is_(None))
    .order_by(NoticeRow.opened_at)
)
_KINDS = (
    select(NoticeRow.kinds)
    .where(NoticeRow.conversation_id == bindparam("conversation"))
    .where(NoticeRow.person_id == bindparam("person"), NoticeRow.opened_at >= bindparam("since"))
    .where(NoticeRow.message_id != bindparam("besides"))
)
_SAID = select(OutboxRow.seq).where(OutboxRow.key == bindparam("key"))


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as recorded."""

    id: str
    conversation: str
    message: str
    person: str
    kinds: tuple[Kind, ...]
    opened_at: datetime
    closed_by: str | None


class NoticeRecords:
    """Reads only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def notice(self, notice_id: str) -> Notice | None:
        """The notice with this id."""
        row = await self._store.first(_NOTICE, id=notice_id)
        return _as_notice(row) if row else None

    async def open_about(self, conversation_id: str, message_id: str) -> Sequence[Notice]:
        """The notices about this message that nobody has dealt with."""
        rows = await self._store.rows(_OPEN_ABOUT, conversation=conversation_id, message=message_id)
        return [_as_notice(row) for row in rows]

    async def kinds_since(
        self, conversation_id: str, person_id: str, since: datetime, besides: str
    ) -> frozenset[Kind]:
        """Kinds this person had a notice of since then, about messages `besides` this one."""
        rows = await self._store.rows(
            _KINDS, conversation=conversation_id, person=person_id, since=since, besides=besides
        )
        return frozenset(cast(Kind, kind) for row in rows for kind in row.kinds)

    async def is_said(self, key: str) -> bool:
        """Whether a card stands in the outbox under this key."""
        return await self._store.first(_SAID, key=key) is not None


def _as_notice(row: Row[NoticeRow]) -> Notice:
    return Notice(
        row.id,
        row.conversation_id,
        row.message_id,
        row.person_id,
        tuple(row.kinds),
        row.opened_at,
        row.closed_by,
    )
