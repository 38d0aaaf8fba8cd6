"""`migrate`, `backup`, `restore` and `purge`: the database."""

import asyncio
import os
import sqlite3
from collections.abc import Coroutine
from contextlib import closing
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from bot.commands.files import CommandError
from bot.commands.running import settings
from bot.storage.errors import StorageError

Result = TypeVar("Result")
SQLITE = "sqlite:///"


def migrate() -> None:
    """Bring the database to this version."""
    from bot.storage.database import migrate as upgrade
    from bot.storage.database import open_database

    async def run() -> None:
        database = open_database(settings().driver_url)
        try:
            await upgrade(database)
        finally:
            await database.close()

    _run(run())
    print("The database is of this version.")


def backup(
    to: Annotated[
        Path,
        typer.Argument(help="The copy to write; it must not exist yet.", metavar="COPY.sqlite3"),
    ],
) -> None:
    """Copy the database while the bot runs (SQLite). For PostgreSQL use pg_dump."""
    source = _sqlite_file()
    if to.exists():
        raise CommandError(f"{to}: exists already. Name a file that does not.")
    _copy(source, to)
    print(f"Copied to {to}.")


def restore(
    copy: Annotated[Path, typer.Argument(help="A copy made by backup.", metavar="COPY.sqlite3")],
    yes: Annotated[bool, typer.Option("--yes", help="Replace the present database.")] = False,
) -> None:
    """Put a copy in place of the database (SQLite). Stop the bot first."""
    target = _sqlite_file(must_exist=False)
    _check_copy(copy)
    if target.exists() and not yes:
        raise CommandError(
            f"{target}: would be replaced. Stop the bot, back it up, then add --yes."
        )
    fresh = target.with_name(f"{target.name}.restoring")
    fresh.unlink(missing_ok=True)
    _copy(copy, fresh)
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    os.replace(fresh, target)
    print(f"Restored {target}. Run: clausewise migrate")


def purge(
    days: Annotated[
        int, typer.Option(min=0, help="Keep what was for the moment this many days.")
    ] = 90,
    record_days: Annotated[
        int, typer.Option(min=0, help="Keep what reports count this many days.")
    ] = 365,
) -> None:
    """Delete old records, while the bot runs; docs/privacy.md says which when."""
    from bot.storage.database import open_database
    from bot.storage.purging import Purged, purge_older

    if settings().driver_url.startswith(SQLITE):
        _sqlite_file()

    async def run() -> Purged:
        database = open_database(settings().driver_url)
        try:
            return await purge_older(database, days, record_days)
        finally:
            await database.close()

    done = _run(run())
    print(f"Deleted: {done.deleted} rows. Made nobody's: {done.unnamed} notices.")


def _run(work: Coroutine[object, object, Result]) -> Result:
    try:
        return asyncio.run(work)
    except StorageError as error:
        raise CommandError(str(error)) from error


def _sqlite_file(*, must_exist: bool = True) -> Path:
    url = settings().driver_url
    if not url.startswith(SQLITE):
        raise CommandError("DATABASE_URL names PostgreSQL. Use pg_dump and pg_restore for it.")
    path = Path(url.removeprefix(SQLITE))
    if must_exist and not path.is_file():
        raise CommandError(f"{path}: there is no such database. Check DATABASE_URL.")
    return path


def _check_copy(copy: Path) -> None:
    if not copy.is_file():
        raise CommandError(f"{copy}: there is no such file. Check the name and the folder.")
    try:
        with closing(sqlite3.connect(f"file:{copy}?mode=ro", uri=True)) as database:
            sound = database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            ours = database.execute(
                "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
            ).fetchone()
    except sqlite3.DatabaseError:
        sound, ours = False, None
    if not sound or not ours:
        raise CommandError(
            f"{copy}: is not a sound copy of a Clausewise database. Choose another copy."
        )


def _copy(source: Path, target: Path) -> None:
    """A consistent copy, taken page by page while others write."""
    with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
        here.backup(there)
