"""The database: pieces of work run in it, each in one go; and its migrations.

Work is a plain function of a connection. On SQLite it runs in a thread of its own, on PostgreSQL in the driver's
greenlet, so that a whole transaction costs the event loop one wait.
"""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.storage.errors import StorageError

Result = TypeVar("Result")
_MIGRATING = 0x636C6175  # any number that others on the same server do not use
_READERS = 2


class Database(ABC):
    """Runs work; what the driver raises comes through, without the statement's parameters."""

    name: str

    @abstractmethod
    async def read(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` finds; each of its statements sees what was committed before it."""

    @abstractmethod
    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """What `work` did, all of it committed; nothing of it when it raises."""

    @abstractmethod
    async def close(self) -> None:
        """End every connection, once the work at hand is done."""


def open_database(url: str, busy_ms: int = 4000) -> Database:
    """A database on SQLite or PostgreSQL; StorageError for what is neither."""
    if url.startswith("sqlite:"):
        return _Sqlite(url, busy_ms)
    if url.startswith("postgresql"):
        try:
            return _Postgres(url)
        except (ArgumentError, ValueError):
            raise StorageError(
                "DATABASE_URL is not an address like postgresql://USER:PASSWORD@HOST/DATABASE."
            ) from None
    raise StorageError("DATABASE_URL must begin with sqlite:/// or postgresql://.")


async def migrate(database: Database) -> None:
    """Bring the tables to this version; of several that try at once the others wait."""
    with answering():
        await database.write(_upgrade)


async def is_current(database: Database) -> bool:
    """Whether the tables are those of this version."""
    with answering():
        return await database.read(_revision) == _scripts().get_current_head()


@contextmanager
def answering() -> Iterator[None]:
    """For an operator's commands: what a database raises in it arrives as `StorageError` with the next step."""
    try:
        yield
    except CommandError:
        raise StorageError(
            "The database is of a newer version. Run that version, or restore the copy made before the upgrade."
        ) from None
    except (SQLAlchemyError, OSError) as error:
        raise StorageError(
            f"The database does not answer ({type(error).__name__}). "
            "Check the address in DATABASE_URL, the password, the rights and the network."
        ) from None


class _Sqlite(Database):
    """Readers beside one writer (WAL). The writer is one thread: writers queue here, rather than poll for the lock."""

    name = "sqlite"

    def __init__(self, url: str, busy_ms: int) -> None:
        self._reader = _sqlite_engine(url, busy_ms, _READERS)
        self._writer = _sqlite_engine(url, busy_ms, 1)
        event.listen(self._writer, "begin", _begin)
        self._reading = ThreadPoolExecutor(_READERS, "reading")
        self._writing = ThreadPoolExecutor(1, "writing")

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        return await self._run(self._reading, partial(_read, self._reader, work))

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        return await self._run(self._writing, partial(_write, self._writer, work))

    async def close(self) -> None:
        for threads in (self._writing, self._reading):
            await asyncio.to_thread(threads.shutdown)
        for engine in (self._writer, self._reader):
            engine.dispose()

    async def _run(self, threads: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(threads, work)


def _read(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    with engine.connect() as connection:
        return work(connection)


def _write(engine: Engine, work: Callable[[Connection], Result]) -> Result:
    with engine.begin() as connection:
        return work(connection)


def _sqlite_engine(url: str, busy_ms: int, connections: int) -> Engine:
    """Every commit on disk, what is deleted overwritten; transactions begin only where `_begin` says so.

    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
    """
    engine = create_engine(url, hide_parameters=True, pool_size=connections, max_overflow=0)

    @event.listens_for(engine, "connect")
    def configure(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"busy_timeout={busy_ms}",
            "secure_delete=ON",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _begin(connection: Connection) -> None:
    """Other processes that write wait their turn before they read."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


class _Postgres(Database):
    """Connections in a pool; a read is no transaction."""

    name = "postgresql"

    def __init__(self, url: str) -> None:
        from sqlalchemy.ext.asyncio import create_async_engine  # SQLite needs none of it

        self._engine = create_async_engine(url, hide_parameters=True, pool_pre_ping=True)
        self._reader = self._engine.execution_options(isolation_level="AUTOCOMMIT")

    async def read(self, work: Callable[[Connection], Result]) -> Result:
        async with self._reader.connect() as connection:
            return await connection.run_sync(work)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        async with self._engine.begin() as connection:
            return await connection.run_sync(work)

    async def close(self) -> None:
        await self._engine.dispose()


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
