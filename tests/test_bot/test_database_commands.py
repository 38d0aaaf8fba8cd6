"""`migrate`, `backup`, `restore` and `purge` on a real SQLite file."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.commands.database import migrate, purge
from bot.commands.files import CommandError

OLD = datetime.now(UTC) - timedelta(days=100)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "bot.sqlite3"
    assert 0 == clausewise(path, "migrate").returncode
    return path


def clausewise(database: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot.cli", *arguments],
        env=os.environ | {"DATABASE_URL": f"sqlite:///{database}"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def seen(database: Path, *, key: str | None = None, at: datetime = OLD) -> list[str]:
    """Keys of the events on record, after adding one."""
    with closing(sqlite3.connect(database)) as connection, connection:
        if key:
            moment = at.replace(tzinfo=None).isoformat(sep=" ")
            connection.execute("INSERT INTO inbox (key, at) VALUES (?, ?)", (key, moment))
        return [row[0] for row in connection.execute("SELECT key FROM inbox ORDER BY key")]


def test_a_copy_brings_back_what_was_there(database: Path, tmp_path: Path) -> None:
    seen(database, key="before")
    copy = tmp_path / "copy.sqlite3"
    assert 0 == clausewise(database, "backup", str(copy)).returncode
    seen(database, key="after")
    assert 0 == clausewise(database, "restore", str(copy), "--yes").returncode
    assert ["before"] == seen(database)


def test_a_copy_is_never_written_over(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("mine")
    done = clausewise(database, "backup", str(copy))
    assert (2, "mine") == (done.returncode, copy.read_text())


def test_a_database_is_replaced_only_when_told_so(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    clausewise(database, "backup", str(copy))
    seen(database, key="after")
    done = clausewise(database, "restore", str(copy))
    assert (2, True) == (done.returncode, "--yes" in done.stderr)
    assert ["after"] == seen(database)


def test_what_is_no_copy_is_refused(database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.sqlite3"
    copy.write_text("not a database")
    seen(database, key="kept")
    done = clausewise(database, "restore", str(copy), "--yes")
    assert (2, 1) == (done.returncode, len(done.stderr.strip().splitlines()))
    assert ["kept"] == seen(database)


def test_purge_deletes_what_is_old_and_keeps_the_rest(database: Path) -> None:
    seen(database, key="old")
    seen(database, key="young", at=datetime.now(UTC))
    done = clausewise(database, "purge", "--days", "90")
    said = "Deleted: 1 rows. Made nobody's: 0 notices."
    assert (0, said) == (done.returncode, done.stdout.strip())
    assert ["young"] == seen(database)


@pytest.mark.parametrize("command", [migrate, purge])
@pytest.mark.parametrize(
    ("url", "named"),
    [
        ("sqlite:////nowhere/bot.sqlite3", "DATABASE_URL"),
        ("postgresql://bot:hunter2@127.0.0.1:9/clausewise", "ConnectionRefusedError"),
        ("postgresql://bot:hunter2@db:port/clausewise", "not an address like"),
        ("mysql://bot:hunter2@127.0.0.1/clausewise", "must begin with sqlite"),
    ],
)
def test_database_that_does_not_answer_is_named_with_what_to_check(
    command: Callable[[], None], url: str, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(CommandError, match=named) as refused:
        command()
    assert "hunter2" not in str(refused.value)


@pytest.mark.parametrize("command", [migrate, purge])
def test_database_of_a_newer_version_is_left_alone(
    command: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/bot.sqlite3")
    migrate()
    with closing(sqlite3.connect(tmp_path / "bot.sqlite3")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = 'later'")
    with pytest.raises(CommandError, match="version"):
        command()
