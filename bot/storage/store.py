"""What the bot knows between turns, and the one way to change it: a turn's effects, all or none, once."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, nullcontext
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from bot.effects import Kept
from bot.incoming import Conversation
from bot.logs import log
from bot.storage.apply import apply, as_conversation
from bot.storage.database import WRITES
from bot.storage.errors import StorageError
from bot.storage.models import (
    BindingRow,
    ConversationRow,
    InboxRow,
    LaneRow,
    ProtocolRow,
)


class Store:
    """Reads and turns. Whatever the database throws arrives as `StorageError`, without its parameters.

    SQLite has one writer at a time: here they queue, rather than poll for its lock.
    `trouble` says why an attempt failed, until `recovered` is called.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self.engine = engine
        self.trouble: str | None = None
        self._queue = asyncio.Lock() if engine.dialect.name == "sqlite" else nullcontext()
        self._readers = async_sessionmaker(engine, expire_on_commit=False)
        self._writers = async_sessionmaker(
            engine.execution_options(**{WRITES: True}), expire_on_commit=False
        )

    async def commit(self, key: str, effects: Sequence[Kept], now: datetime) -> bool:
        """Whether the effects took place: False when this event already had its effect."""
        try:
            async with self.writing() as session:
                if await session.get(InboxRow, key):
                    return False
                session.add(InboxRow(key=key, at=now))
                for effect in effects:
                    await apply(effect, session, now)
        except Twice:
            return False
        return True

    async def seen(self, key: str) -> bool:
        """Whether this event already had its effect."""
        async with self.reading() as session:
            return await session.get(InboxRow, key) is not None

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """The conversation, if the bot is in it."""
        async with self.reading() as session:
            row = await session.get(ConversationRow, conversation_id)
            return as_conversation(row) if row and row.installed else None

    async def is_paused(self, conversation_id: str) -> bool:
        """Whether a facilitator stopped notices here."""
        async with self.reading() as session:
            row = await session.get(ConversationRow, conversation_id)
            return row is not None and row.paused

    async def protocol(self, protocol_id: str) -> bytes | None:
        """The bytes of a protocol file."""
        async with self.reading() as session:
            row = await session.get(ProtocolRow, protocol_id)
            return row.content if row else None

    async def is_kept_by(self, protocol_id: str, person_id: str) -> bool:
        """Whether this person sent this protocol file."""
        async with self.reading() as session:
            row = await session.get(ProtocolRow, protocol_id)
            return row is not None and row.person_id == person_id

    async def bound(self, conversation_id: str) -> str | None:
        """The id of the protocol this conversation answers from."""
        async with self.reading() as session:
            return await session.scalar(
                select(BindingRow.protocol_id)
                .where(BindingRow.conversation_id == conversation_id)
                .order_by(BindingRow.seq.desc())
                .limit(1)
            )

    async def probe(self, now: datetime) -> None:
        """Write a little; raises while the database takes nothing."""
        async with self.writing() as session:
            await session.merge(LaneRow(id="probe", owner=None, until=now))

    def recovered(self) -> None:
        """All that could not be written is written now."""
        log.info("database", trouble=None)
        self.trouble = None

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        try:
            async with self._readers() as session:
                yield session
        except SQLAlchemyError as error:
            raise self._failed("cannot read the database", error) from None

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        try:
            async with self._queue, self._writers.begin() as session:
                yield session
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
