"""Several bots on one database: they change its tables one at a time, and share its work when one is killed."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from bot.storage.database import is_current, migrate, open_database
from tests.support.bots import database
from tests.test_bot.killing import kill_often


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    with database(request.param, tmp_path) as made:
        yield made


async def test_bots_that_start_together_change_the_tables_one_at_a_time(url: str) -> None:
    address = Settings.model_validate({"database_url": url}).driver_url
    opened = [open_database(address) for _ in range(3)]
    await asyncio.gather(*(migrate(one) for one in opened))
    assert [True] * 3 == [await is_current(one) for one in opened]
    for one in opened:
        await one.close()


async def test_nothing_is_lost_when_one_of_three_is_killed(tmp_path: Path, url: str) -> None:
    toll = await kill_often(tmp_path, kills=4, seed=20261122, url=url, beside=2)
    print(toll)
    assert (0, 0, 0, 0) == (
        toll.notices_lost,
        toll.scheduled_lost,
        toll.public_repeated,
        toll.out_of_order,
    )
    assert toll.notices_due == toll.notices_recorded
    assert toll.public_missing <= toll.unknown
