"""What the bot knows between turns, and the one way to change it: a turn's effects, all or none, once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar, TypeVarTuple

from sqlalchemy import Connection, Row, Select, bindparam, insert, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from bot.effects import Kept
from bot.incoming import Conversation
from bot.logs import log
from bot.storage.apply import apply, as_conversation
from bot.storage.engine import Database
from bot.storage.errors import StorageError
from bot.storage.keeping import keep_last
from bot.storage.models import (
    BindingRow,
    ConversationRow,
    InboxRow,
    LaneRow,
    ProtocolRow,
)

Result = TypeVar("Result")
Columns = TypeVarTuple("Columns")

_EVENT = insert(InboxRow)
_SEEN = select(InboxRow.key).where(InboxRow.key == bindparam("key"))
_CONVERSATION = (
    select(ConversationRow)
    .where(ConversationRow.id == bindparam("id"))
    .where(ConversationRow.installed.is_(True))
)
_PAUSED = select(ConversationRow.paused).where(ConversationRow.id == bindparam("id"))
_CONTENT = select(ProtocolRow.content).where(ProtocolRow.id == bindparam("id"))
_KEPT_BY = select(ProtocolRow.person_id).where(ProtocolRow.id == bindparam("id"))
_BOUND = (
    select(BindingRow.protocol_id)
    .where(BindingRow.conversation_id == bindparam("id"))
    .order_by(BindingRow.seq.desc())
    .limit(1)
)


class Store:
    """Reads and turns. Whatever the database throws arrives as `StorageError`, without its parameters.

    `trouble` says why an attempt failed, until `recovered` is called.
    """

    def __init__(self, database: Database) -> None:
        self.database = database
        self.trouble: str | None = None

    async def commit(self, key: str, effects: Sequence[Kept], now: datetime) -> bool:
        """Whether the effects took place: False when this event already had its effect."""

        def record(connection: Connection) -> None:
            connection.execute(_EVENT, {"key": key, "at": now})
            for effect in effects:
                apply(effect, connection, now)

        try:
            await self.write(record)
        except Twice:
            return False
        return True

    async def seen(self, key: str) -> bool:
        """Whether this event already had its effect."""
        return await self.first(_SEEN, key=key) is not None

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """The conversation, if the bot is in it."""
        row = await self.first(_CONVERSATION, id=conversation_id)
        return as_conversation(row) if row else None

    async def is_paused(self, conversation_id: str) -> bool:
        """Whether a facilitator stopped notices here."""
        row = await self.first(_PAUSED, id=conversation_id)
        return row is not None and row.paused

    async def protocol(self, protocol_id: str) -> bytes | None:
        """The bytes of a protocol file."""
        row = await self.first(_CONTENT, id=protocol_id)
        return row.content if row else None

    async def is_kept_by(self, protocol_id: str, person_id: str) -> bool:
        """Whether this person sent this protocol file."""
        row = await self.first(_KEPT_BY, id=protocol_id)
        return row is not None and row.person_id == person_id

    async def bound(self, conversation_id: str) -> str | None:
        """The id of the protocol this conversation answers from."""
        row = await self.first(_BOUND, id=conversation_id)
        return row.protocol_id if row else None

    async def probe(self, now: datetime) -> None:
        """Write a little; raises while the database takes nothing."""
        lane = {"id": "probe", "owner": None, "until": now}
        await self.write(lambda connection: keep_last(connection, LaneRow, lane))

    def recovered(self) -> None:
        """All that could not be written is written now."""
        log.info("database", trouble=None)
        self.trouble = None

    async def first(self, chosen: Select[*Columns], **given: object) -> Row[*Columns] | None:
        """The first of the chosen rows, its columns as attributes; `given` are what the statement leaves open."""
        return await self.read(lambda connection: connection.execute(chosen, given).first())

    async def rows(self, chosen: Select[*Columns], **given: object) -> Sequence[Row[*Columns]]:
        """The chosen rows, their columns as attributes."""
        return await self.read(lambda connection: connection.execute(chosen, given).all())

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        try:
            return await self.database.read(work)
        except SQLAlchemyError as error:
            raise self._failed("cannot read the database", error) from None

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` did, committed."""
        try:
            return await self.database.write(work)
        except IntegrityError:
            raise Twice("somebody else was first") from None
        except SQLAlchemyError as error:
            raise self._failed("cannot write to the database", error) from None

    def _failed(self, what: str, error: SQLAlchemyError) -> StorageError:
        trouble = f"{what} ({type(error).__name__})"
        if trouble != self.trouble:
            log.warning("database", trouble=trouble)
        self.trouble = trouble
        return StorageError(trouble)


class Twice(StorageError):
    """Two did the same thing at once and the other was first."""
