"""The database locked, gone, full; the clock jumping: the bot says so in its health, refuses honestly, recovers."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.demo import activities
from bot.demo.records import Member
from tests.test_bot.rig import CHAT, MERE, NHI, QUICK, TOM, Rig, rig


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Rig]:
    async with rig(tmp_path, busy_ms=200) as made:
        await made.post(activities.installed(made.chat, MERE, "install"))
        await made.settle()
        made.connector.sent.clear()
        yield made


async def health(room: Rig) -> tuple[int, dict[str, object]]:
    async with room.session.get(f"{room.url}/readyz") as answer:
        return answer.status, await answer.json()


async def test_healthy_bot_says_so(room: Rig) -> None:
    status, figures = await health(room)
    assert (200, True, []) == (status, figures["ready"], figures["reasons"])


async def locked(database: Path) -> sqlite3.Connection:
    """A connection that holds the only lock, taken without keeping the bot from ending what it was writing."""
    other = sqlite3.connect(database, timeout=0, isolation_level=None)
    await lock(other)
    return other


async def lock(other: sqlite3.Connection) -> None:
    async with asyncio.timeout(30):
        while True:
            try:
                other.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError:
                await asyncio.sleep(0.02)
            else:
                return


async def test_locked_database_is_a_503_and_then_all_is_well(room: Rig, tmp_path: Path) -> None:
    message = room.message(NHI, TOM)
    other = await locked(tmp_path / "bot.sqlite3")
    assert 503 == await room.post(message)
    other.execute("ROLLBACK")
    other.close()
    assert 200 == await room.post(message)
    assert 1 == len(await room.settle())


async def test_locked_database_loses_nothing_even_if_teams_does_not_ask_again(
    room: Rig, tmp_path: Path
) -> None:
    other = await locked(tmp_path / "bot.sqlite3")
    assert 503 == await room.post(room.message(NHI, TOM))
    status, figures = await health(room)
    assert (503, 1) == (status, figures["unsaved"])
    other.execute("ROLLBACK")
    other.close()
    await room.connector.wait_for(1)
    assert (200, 0) == ((found := await health(room))[0], found[1]["unsaved"])


async def test_full_database_says_so_and_loses_nothing(room: Rig) -> None:
    await limit_pages(room, 1)
    people = [Member(f"29:{n}", f"Person {n}", f"aad-{n}", "tenant-a") for n in range(30)]
    room.connector.members[CHAT] += people
    statuses = [await room.post(room.message(NHI, person)) for person in people]
    assert 503 in statuses
    assert (503, False) == ((found := await health(room))[0], found[1]["ready"])
    await limit_pages(room, 1_000_000)
    sent = await room.connector.wait_for(30, within=20)
    assert {person.id for person in people} == {one.recipient for one in sent}


async def limit_pages(room: Rig, most: int) -> None:
    """SQLite never goes below the pages it has: 1 means no more from now on. It counts for one connection."""
    limit = f"PRAGMA max_page_count={most}"
    await room.bot.store.write(lambda writer: writer.exec_driver_sql(limit))


async def test_database_gone_and_back_loses_nothing(room: Rig, tmp_path: Path) -> None:
    assert 200 == await room.post(room.message(NHI, TOM))
    await room.settle()
    other = await locked(tmp_path / "bot.sqlite3")
    other.execute("ALTER TABLE outbox RENAME TO away")
    other.execute("COMMIT")
    message = room.message(NHI, MERE)
    assert 503 == await room.post(message)
    await asyncio.sleep(0.7)
    assert 503 == (await health(room))[0]
    await lock(other)
    other.execute("ALTER TABLE away RENAME TO outbox")
    other.execute("COMMIT")
    other.close()
    assert 200 == await room.post(message)
    assert 2 == len(await room.settle())
    await asyncio.sleep(0.7)
    assert 200 == (await health(room))[0]


@pytest.mark.parametrize("jump", [timedelta(days=-30), timedelta(days=30)])
async def test_clock_that_jumps_stops_nothing(jump: timedelta, tmp_path: Path) -> None:
    shift = [timedelta()]
    around = replace(QUICK, now=lambda: datetime.now(UTC) + shift[0])
    async with rig(tmp_path, around) as made:
        await made.say("kia ora")
        made.connector.fail_next(429, retry_after=1.0)
        await made.post(made.message(NHI, TOM))
        await asyncio.sleep(0.2)
        shift[0] = jump
        before = len(made.connector.sent)
        assert 200 == await made.post(made.message(NHI, MERE))
        sent = (await made.settle())[before:]
    assert {TOM.id, MERE.id} == {one.recipient for one in sent}
