"""The migrations, run on a connection. Imported only where they are needed: they bring 10 MB of alembic along."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, func, select

from bot.storage.errors import StorageError

_MIGRATING = 0x636C6175  # any number that others on the same server do not use


def upgrade(connection: Connection) -> None:
    """Bring the tables to this version; of several that try at once the others wait."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_MIGRATING)))
    config = _config()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError:
        raise StorageError(
            "The database is of a newer version. Run that version, or restore the copy made before the upgrade."
        ) from None


def newest() -> str | None:
    """The last of the migrations."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
