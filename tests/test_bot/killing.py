"""Kill the bot at random moments under load, bring it back, and count what was lost (design decision 8)."""

import asyncio
import os
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path

import aiohttp
from sqlalchemy import func, select

from bot.demo import activities
from bot.demo.activities import Activity, Place
from bot.demo.connector import FakeConnector
from bot.demo.records import Member
from bot.effects import Remember, Say
from bot.incoming import Conversation
from bot.settings import Settings
from bot.storage.database import migrate, open_database
from bot.storage.models import NoticeRow, OutboxRow
from bot.storage.store import Store
from cards import wording
from tests.test_bot.rig import BOT, sample

CHATS = 8
LEASE = 2.0


@dataclass(frozen=True, slots=True)
class Toll:
    """What the kills did. Lost things must be none; the rest is counted."""

    kills: int
    events: int
    notices_due: int
    notices_recorded: int
    notices_lost: int
    notices_repeated: int
    scheduled: int
    scheduled_lost: int
    public: int
    public_repeated: int
    public_missing: int
    out_of_order: int
    unknown: int
    parked: int

    def __str__(self) -> str:
        pairs = ((name, getattr(self, name)) for name in self.__slots__)
        return "\n".join(f"{name.replace('_', ' '):18}{value:6}" for name, value in pairs)


@dataclass
class Load:
    """People who write until told to stop; each writes once, so that what they got can be told apart.

    Like Teams, it sends an event again until the bot takes it.
    """

    connector: FakeConnector
    chance: random.Random
    numbers: "count[int]" = field(default_factory=count)
    warned: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    posted: int = 0
    stopped: bool = False
    urls: list[str] = field(default_factory=list)

    async def write(self) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session:
            while not self.stopped:
                await self._deliver(session, self._event())
                await asyncio.sleep(self.chance.uniform(0.02, 0.12))

    def _event(self) -> Activity:
        number = next(self.numbers)
        person = Member(f"29:{number}", f"Person {number}", f"aad-{number}", "t")
        place = chat(self.connector, number % CHATS)
        self.connector.members[place.id].append(person)
        if self.chance.random() < 0.3:
            self.asked.append(message_id := f"q{number}")
            return activities.message(place, person, message_id, "who may ask?", mention=True)
        self.warned.append(person.id)
        return activities.message(place, person, f"m{number}", "NHI ZAC5361 was seen at the clinic")

    async def _deliver(self, session: aiohttp.ClientSession, event: Activity) -> None:
        while True:
            with suppress(aiohttp.ClientError, TimeoutError, IndexError):
                url = self.chance.choice(self.urls)
                async with session.post(f"{url}/api/messages", json=event) as answer:
                    if answer.status == 200:
                        self.posted += 1
                        return
            await asyncio.sleep(0.1)


async def kill_often(
    folder: Path, kills: int, seed: int, *, url: str | None = None, beside: int = 0
) -> Toll:
    """Run the load, kill `kills` times, let the bot finish, and count.

    `beside` bots that nobody kills work on the same database: `url`, or SQLite in `folder`.
    """
    url = url or f"sqlite:///{folder}/bot.sqlite3"
    chance = random.Random(seed)
    connector = FakeConnector()
    for number in range(CHATS):
        connector.members[f"19:chat{number}"] = []
    await connector.start()
    connector.latency = 0.03
    (folder / "protocol.docx").write_bytes(sample())
    store = await _prepared(url)
    scheduled = await _schedule(store, connector, kills)
    load = Load(connector, chance)
    async with AsyncExitStack() as stack, asyncio.TaskGroup() as group:
        for _ in range(beside):
            await stack.enter_async_context(_victim(folder, load, url))
        writers = [group.create_task(load.write()) for _ in range(3)]
        for _ in range(kills):
            async with _victim(folder, load, url) as victim:
                await _some_events(load, chance)
                victim.kill()
        async with _victim(folder, load, url):
            await asyncio.sleep(0.5)
            load.stopped = True
            await asyncio.wait(writers)
            await _settled(store)
    toll = await _count(store, connector, load, scheduled, kills)
    await store.database.close()
    await connector.stop()
    return toll


async def _some_events(load: Load, chance: random.Random) -> None:
    """Let a few events through, however slow the machine, then a moment more so that sends are under way."""
    goal = load.posted + chance.randint(1, 8)
    with suppress(TimeoutError):
        async with asyncio.timeout(6):
            while load.posted < goal:  # noqa: ASYNC110  # the writers have no event for each count
                await asyncio.sleep(0.01)
    await asyncio.sleep(chance.uniform(0, 0.3))


def chat(connector: FakeConnector, number: int) -> Place:
    return Place(f"19:chat{number}", connector.url, "t", BOT, f"meeting{number}")


async def _prepared(url: str) -> Store:
    database = open_database(Settings.model_validate({"database_url": url}).driver_url)
    await migrate(database)
    return Store(database)


async def _schedule(store: Store, connector: FakeConnector, kills: int) -> list[str]:
    """Sends at a time, spread over the run, each to somebody alone."""
    now = datetime.now(UTC)
    people = [f"29:scheduled{number}" for number in range(kills)]
    for number, person in enumerate(people):
        place = chat(connector, number % CHATS)
        connector.members[place.id].append(Member(person, person, None, "t"))
        where = Conversation(place.id, "group", place.service_url, "t", BOT.id, BOT.name)
        due = now + timedelta(seconds=2 + number * 2)
        say = Say(f"due:{number}", place.id, "help", {}, person, due=due)
        await store.commit(f"schedule:{number}", [Remember(where), say], now)
    return people


@asynccontextmanager
async def _victim(folder: Path, load: Load, url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    settings = {
        "CLAUSEWISE_INSECURE_LOCAL": "true",
        "CLAUSEWISE_PROTOCOL": str(folder / "protocol.docx"),
        "CLAUSEWISE_PORT": "0",
        "CLAUSEWISE_LEASE_SECONDS": str(LEASE),
        "CLAUSEWISE_SEND_TIMEOUT": "1.0",
        "DATABASE_URL": url,
    }
    with (folder / "bot.log").open("ab") as log:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.test_bot.victim"),
            env=os.environ | settings,
            stdout=asyncio.subprocess.PIPE,
            stderr=log,
        )
        assert process.stdout is not None
        address = (await process.stdout.readline()).decode().strip()
        load.urls.append(address)
        try:
            yield process
        finally:
            load.urls.remove(address)
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def _settled(store: Store, within: float = 120.0) -> None:
    async with asyncio.timeout(within):
        while await _open(store):  # noqa: ASYNC110  # the other process has no event of ours to set
            await asyncio.sleep(0.2)


async def _out_of_order(store: Store, connector: FakeConnector) -> int:
    """Public replies that came before one that was decided earlier in the same chat."""
    rows = await store.rows(
        select(OutboxRow.reply_to, OutboxRow.seq).where(OutboxRow.card == "answer")
    )
    decided: dict[str | None, int] = {reply: seq for reply, seq in rows}
    late = 0
    for number in range(CHATS):
        sent = connector.sent_to(f"19:chat{number}")
        order = [decided[str(r)] for one in sent if (r := one.activity.get("replyToId")) in decided]
        late += sum(later < earlier for earlier, later in pairwise(order))
    return late


async def _open(store: Store) -> int:
    """Rows not ended, those due later included."""
    waiting = OutboxRow.state.in_(("waiting", "sending"))
    ((number,),) = await store.rows(select(func.count()).select_from(OutboxRow).where(waiting))
    return number


async def _count(
    store: Store, connector: FakeConnector, load: Load, scheduled: list[str], kills: int
) -> Toll:
    got = Counter(sent.recipient for sent in connector.sent if sent.recipient)
    replies = Counter(
        str(sent.activity.get("replyToId") or "")
        for sent in connector.sent
        if not sent.targeted and wording.WELCOME not in str(sent.activity)
    )
    ((recorded,),) = await store.rows(select(func.count()).select_from(NoticeRow))
    by_state = select(OutboxRow.state, func.count()).group_by(OutboxRow.state)
    states = {state: number for state, number in await store.rows(by_state)}
    return Toll(
        kills=kills,
        events=load.posted,
        notices_due=len(load.warned),
        notices_recorded=recorded,
        notices_lost=sum(person not in got for person in load.warned),
        notices_repeated=sum(got[person] - 1 for person in load.warned if person in got),
        scheduled=len(scheduled),
        scheduled_lost=sum(person not in got for person in scheduled),
        public=len(load.asked),
        public_repeated=sum(number - 1 for reply, number in replies.items() if number > 1),
        public_missing=sum(asked not in replies for asked in load.asked),
        out_of_order=await _out_of_order(store, connector),
        unknown=states.get("unknown", 0),
        parked=states.get("parked", 0),
    )
