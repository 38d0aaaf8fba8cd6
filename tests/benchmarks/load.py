"""One process, many meetings at once: calls answered in a second, and how long until everything is sent."""

import asyncio
import tempfile
import time
from pathlib import Path

import structlog

from bot.assembly import Surroundings
from bot.demo.activities import Place
from bot.demo.records import Member
from tests.test_bot.rig import BOT, Rig, rig

MEETINGS = 25
MESSAGES = 6


def main() -> None:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    asyncio.run(_measure())


async def _measure() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with rig(Path(folder), Surroundings()) as room:
            start = time.perf_counter()
            slowest = await asyncio.gather(*(_meeting(room, n) for n in range(MEETINGS)))
            answered = time.perf_counter() - start
            await room.settle(within=120)
            sent = time.perf_counter() - start
    calls = MEETINGS * MESSAGES
    print(f"{calls} messages in {MEETINGS} meetings, every second one with personal information")
    print(f"answered {calls / answered:6.1f} a second, slowest call {max(slowest):5.2f} s")
    print(f"all sent after {sent:5.1f} s: {len(room.connector.sent)} cards")


async def _meeting(room: Rig, number: int) -> float:
    """Seconds of the slowest call of one meeting."""
    person = Member(f"29:p{number}", f"Person {number}", None, "tenant-a")
    place = Place(f"19:load{number}", room.connector.url, "tenant-a", BOT, f"m{number}")
    room.connector.members[place.id] = [person]
    slowest = 0.0
    for at in range(MESSAGES):
        text = "his NHI is ZAC5361" if at % 2 else "shall we move on?"
        start = time.perf_counter()
        assert await room.post(room.message(text, person, place=place)) == 200
        slowest = max(slowest, time.perf_counter() - start)
    return slowest


if __name__ == "__main__":
    main()
