"""SQLite's writer commits together what waits for it: each as if alone, and nobody is told before it is on disk."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.storage.database import open_database
from bot.storage.engine import Database

Work = Callable[[Connection], object]


@asynccontextmanager
async def opened(path: Path, busy_ms: int = 4000) -> AsyncIterator[Database]:
    database = open_database(f"sqlite:///{path}", busy_ms)
    await database.write(run("CREATE TABLE said (number INTEGER PRIMARY KEY)"))
    try:
        yield database
    finally:
        await database.close()


def run(sql: str) -> Work:
    return lambda connection: connection.exec_driver_sql(sql)


def say(number: int) -> Work:
    return run(f"INSERT INTO said VALUES ({number})")


def breaks(connection: Connection) -> None:
    say(7)(connection)
    raise ZeroDivisionError


def gives_up(connection: Connection) -> None:
    """As SQLite does when the disk is full: the whole transaction is undone."""
    run("ROLLBACK")(connection)
    raise ZeroDivisionError


@asynccontextmanager
async def busy(database: Database) -> AsyncIterator[None]:
    """What is written meanwhile has to wait for the writer."""
    begun, held = Event(), Event()

    def hold(_: Connection) -> None:
        begun.set()
        held.wait(10)

    holding = asyncio.create_task(database.write(hold))
    await asyncio.to_thread(begun.wait, 10)
    try:
        yield
        await asyncio.sleep(0)
    finally:
        held.set()
        await holding


async def together(database: Database, *works: Work) -> list[object]:
    """What became of works that waited together: which error they raised, or None."""
    async with busy(database):
        tasks = [asyncio.create_task(database.write(work)) for work in works]
    done = await asyncio.gather(*tasks, return_exceptions=True)
    return [type(one) if isinstance(one, Exception) else None for one in done]


def said(path: Path) -> list[int]:
    """What is on disk, seen by another program."""
    with closing(sqlite3.connect(path)) as database:
        return [number for (number,) in database.execute("SELECT number FROM said ORDER BY number")]


async def test_what_waits_shares_a_transaction(tmp_path: Path) -> None:
    seen: list[object] = []
    async with opened(tmp_path / "x") as database:
        await together(database, *[lambda c: seen.append(c.get_transaction())] * 3)
    assert (3, 1) == (len(seen), len(set(map(id, seen))))


async def test_one_that_fails_leaves_its_neighbours(tmp_path: Path) -> None:
    async with opened(tmp_path / "x") as database:
        done = await together(database, say(1), say(1), breaks, say(2))
    assert [None, IntegrityError, ZeroDivisionError, None] == done
    assert [1, 2] == said(tmp_path / "x")


async def test_all_fail_when_the_whole_transaction_is_undone(tmp_path: Path) -> None:
    async with opened(tmp_path / "x") as database:
        assert [OperationalError] * 3 == await together(database, say(1), gives_up, say(2))
        assert [None] == await together(database, say(3))
    assert [3] == said(tmp_path / "x")


async def test_all_fail_while_another_program_writes(tmp_path: Path) -> None:
    async with opened(tmp_path / "x", busy_ms=1) as database:
        with closing(sqlite3.connect(tmp_path / "x", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            tried = [database.write(say(number)) for number in (1, 2)]
            failed = await asyncio.gather(*tried, return_exceptions=True)
        assert [OperationalError] * 2 == [type(one) for one in failed]
        await database.write(say(3))
    assert [3] == said(tmp_path / "x")


async def test_whoever_is_told_finds_it_on_disk(tmp_path: Path) -> None:
    async def write(number: int) -> None:
        await database.write(say(number))
        assert number in said(tmp_path / "x")

    async with opened(tmp_path / "x") as database:
        await asyncio.gather(*map(write, range(50)))


async def test_work_nobody_waits_for_any_more_is_left_out(tmp_path: Path) -> None:
    async with opened(tmp_path / "x") as database:
        async with busy(database):
            given_up, wanted = (asyncio.create_task(database.write(say(n))) for n in (1, 2))
            await asyncio.sleep(0)
            given_up.cancel()
        await wanted
        with pytest.raises(asyncio.CancelledError):
            await given_up
    assert [2] == said(tmp_path / "x")
