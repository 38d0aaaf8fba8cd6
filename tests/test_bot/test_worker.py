"""The worker leaves alone what must wait: it asks again when it is time, not all the time."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.delivery.sending import Sender
from bot.delivery.worker import Worker
from bot.effects import Remember, Say
from bot.storage.database import migrate, open_database
from bot.storage.jobs import Again, Job, Result, Wait
from bot.storage.outbox import Outbox
from bot.storage.store import Store
from tests.test_bot.test_storage import HUI, LEASE


class Counted(Outbox):
    """Counts how often it is asked."""

    claims = 0

    async def claim(self, lane: str, now: datetime) -> Job | Wait:
        self.claims += 1
        return await super().claim(lane, now)


class Refusing(Sender):
    """Teams says to come back in a minute."""

    def __init__(self) -> None:
        pass

    async def attempt(self, job: Job) -> Result:
        return Again(now() + timedelta(minutes=1), job.step, "429")


def now() -> datetime:
    return datetime.now(UTC)


async def recover() -> None:
    pass


@pytest.mark.parametrize("somebody_elses", [False, True])
async def test_conversation_that_must_wait_is_asked_about_rarely(
    somebody_elses: bool, tmp_path: Path
) -> None:
    database = open_database(f"sqlite:///{tmp_path}/x.sqlite3")
    await migrate(database)
    store = Store(database)
    says = [Say(str(number), HUI.id, "help") for number in range(3)]
    await store.commit("e", [Remember(HUI), *says], now())
    if somebody_elses:
        await Outbox(store, "another", LEASE).claim(HUI.id, now())
    outbox = Counted(store, "one", LEASE)
    worker = Worker(store, outbox, Refusing(), recover, now)
    worker.start()
    await asyncio.sleep(1)
    await worker.stop()
    await database.close()
    assert outbox.claims in range(1, 9)
