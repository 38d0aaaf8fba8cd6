"""A connection to the database, tuned so that what was committed stays; and its migrations."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, func, select
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry

WRITES = "clausewise_writes"
_MIGRATING = 0x636C6175  # any number that others on the same server do not use


def open_database(url: str, busy_ms: int = 4000) -> AsyncEngine:
    """An engine for SQLite or PostgreSQL; parameters never show in its errors."""
    engine = create_async_engine(
        url, hide_parameters=True, pool_pre_ping=not url.startswith("sqlite")
    )
    if engine.dialect.name == "sqlite":
        _tune_sqlite(engine, busy_ms)
    return engine


async def migrate(engine: AsyncEngine) -> None:
    """Bring the tables to this version; of several that try at once the others wait."""
    async with engine.execution_options(**{WRITES: True}).begin() as connection:
        if engine.dialect.name == "postgresql":
            await connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
        await connection.run_sync(_upgrade)


async def is_current(engine: AsyncEngine) -> bool:
    """Whether the tables are those of this version."""
    async with engine.connect() as connection:
        return await connection.run_sync(_revision) == _scripts().get_current_head()


def _upgrade(connection: Connection) -> None:
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


def _tune_sqlite(engine: AsyncEngine, busy_ms: int) -> None:
    """Readers beside one writer (WAL), every commit on disk, writers wait their turn before they read.

    A read is one statement as a rule and needs no transaction: each step more is a hop to the driver's thread.

    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html#serializable-isolation-savepoints-transactional-ddl
    """

    @event.listens_for(engine.sync_engine, "connect")
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

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql("BEGIN IMMEDIATE")
