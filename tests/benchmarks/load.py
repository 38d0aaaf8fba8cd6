"""Whole bots as processes of their own, one and three: tokens, scanning, a database on disk, a Teams that takes 50 ms.

The stand-in for Teams and the people who write run in this process, beside the bots. `cpu` is the bots' own time for one
message, what is sent because of it included; 1000 / cpu is what one core can do. Either the next message comes as soon as
one is answered, or so many come a second, each timed from when it was due. `python -m tests.benchmarks.load grow` shows
the cost as chats become many, each written to in turn; `… memory 100000` memory over so many messages.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from itertools import count, cycle, islice
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo import activities
from bot.demo.activities import Activity, Place
from bot.demo.connector import FakeConnector
from bot.demo.records import Member
from tests.support.bots import APP_ID, bots
from tests.test_bot.rig import BOT

DATA = Path(__file__).parents[1] / "data"
CHATS, PEOPLE, AT_ONCE = 200, 10, 8


@dataclass(frozen=True, slots=True)
class Case:
    """`known`: the bot is in all chats from before; `offered`: so many messages a second, 0 for as many as it takes."""

    database: str
    processes: int
    semantic: bool
    messages: int = 1000
    chats: int = CHATS
    known: bool = False
    offered: int = 0

    def bots(self) -> AbstractAsyncContextManager[tuple[FakeConnector, list[str]]]:
        known = self.chats if self.known else 0
        return bots(self.database, self.processes, semantic=self.semantic, known=known)

    def __str__(self) -> str:
        model = "with model" if self.semantic else "no model"
        offered = f"{self.offered}/s offered" if self.offered else ""
        return (
            f"{self.database:10} {self.processes} process{'es' * (self.processes > 1):2} "
            f"{model:10} {offered}"
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
    alone = sys.argv[0].endswith("load.py")
    what, *rest = sys.argv[1:] if alone and sys.argv[1:] else ["table"]
    if what == "memory":
        asyncio.run(_memory(int(rest[0]) if rest else 100_000))
    elif what == "grow":
        for chats in (10, 100, 1000, 10_000):
            case = Case("sqlite", 1, False, messages=max(1000, chats), chats=chats, known=True)
            show(f"{chats:6} chats", asyncio.run(measure(case)))
    else:
        for case in _cases():
            show(str(case), asyncio.run(measure(case)))


def _cases() -> Iterator[Case]:
    for kind in ("sqlite", "postgresql"):
        for semantic in (False, True):
            for processes in (1, 3):
                yield Case(kind, processes, semantic)
        yield Case(kind, 1, False, offered=150)
        yield Case(kind, 1, True, offered=60)


async def measure(case: Case) -> Figures:
    """One run: warm up, then so many messages, several at once, each to the next process."""
    async with case.bots() as (connector, addresses):
        people = People(connector, case.chats)
        async with aiohttp.ClientSession(headers=people.headers) as session:
            if not case.known:
                await _write(session, addresses, people.first_words())
            await _all_sent(session, addresses[0])
            before = [await _own(session, address) for address in addresses]
            started = time.perf_counter()
            messages = people.messages(case.messages)
            if case.offered:
                taken = await _offer(session, addresses, messages, case.offered)
            else:
                taken = await _write(session, addresses, messages)
            seconds = time.perf_counter() - started
            await _all_sent(session, addresses[0])
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
        f"{name:48} {found.per_second:6.0f}/s   cpu {found.cpu_ms:6.2f} ms   p50 {found.p50:6.0f} ms"
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
            turn = number + number // 20  # so that every chat has its share of questions
            place = self._places[turn % len(self._places)]
            person = self._people[turn // len(self._places) % PEOPLE]
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
            taken.append(await _post(session, next(turns), message, time.perf_counter()))

    await asyncio.gather(*(write() for _ in range(AT_ONCE)))
    return taken


async def _offer(
    session: aiohttp.ClientSession,
    addresses: Sequence[str],
    messages: Iterator[Activity],
    per_second: int,
) -> list[tuple[float, int]]:
    """Seconds and status of each message, from the moment it was due, whether or not earlier ones are answered."""
    began, posts = time.perf_counter(), []
    for number, (message, address) in enumerate(zip(messages, cycle(addresses), strict=False)):
        due = began + number / per_second
        await asyncio.sleep(due - time.perf_counter())
        posts.append(asyncio.create_task(_post(session, address, message, due)))
    return await asyncio.gather(*posts)


async def _post(
    session: aiohttp.ClientSession, address: str, message: Activity, since: float
) -> tuple[float, int]:
    async with session.post(f"{address}/api/messages", json=message) as answer:
        await answer.read()
    return time.perf_counter() - since, answer.status


async def _all_sent(session: aiohttp.ClientSession, address: str) -> None:
    """Wait until nothing waits in the outbox."""
    while True:
        async with session.get(f"{address}/readyz") as answer:
            if (await answer.json())["waiting"] == 0:
                return
        await asyncio.sleep(0.2)


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


async def _memory(messages: int) -> None:
    """Memory of one process as messages pass, without and with the sentence model."""
    for semantic in (False, True):
        case = Case("sqlite", 1, semantic)
        async with case.bots() as (connector, addresses):
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
