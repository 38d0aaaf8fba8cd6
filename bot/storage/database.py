"""The database an address names, and its migrations."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from bot.storage.engine import Database, Result
from bot.storage.errors import StorageError
from bot.storage.sqlite import Sqlite

TABLES = "removals"
"""The migration that makes the tables what `models` says they are."""


def open_database(url: str, busy_ms: int = 4000) -> Database:
    """A database on SQLite or PostgreSQL; StorageError for what is neither."""
    if url.startswith("sqlite:"):
        return Sqlite(url, busy_ms)
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
        if not await is_current(database):
            from bot.storage.upgrading import upgrade

            await database.write(upgrade)


async def is_current(database: Database) -> bool:
    """Whether the tables are those of this version."""
    with answering():
        return await database.read(_version) == TABLES


@contextmanager
def answering() -> Iterator[None]:
    """For an operator's commands: what a database raises in it arrives as `StorageError` with the next step."""
    try:
        yield
    except (SQLAlchemyError, OSError) as error:
        raise StorageError(
            f"The database does not answer ({type(error).__name__}). "
            "Check the address in DATABASE_URL, the password, the rights and the network."
        ) from None


class _Postgres(Database):
    """Connections in a pool, work in the driver's greenlet; a read is no transaction."""

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


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.exec_driver_sql(
        "SELECT version_num FROM alembic_version"
    ).scalar()
    return found
