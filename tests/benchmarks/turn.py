"""One turn: the SDK as it comes beside ours, then whole turns over HTTP with the database on disk."""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from types import SimpleNamespace

import structlog
from botbuilder.core import TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botbuilder.schema import Activity

from bot.assembly import Surroundings
from bot.auth import Caller
from bot.demo import activities
from bot.demo.records import Member
from bot.incoming import Incoming
from bot.turn import Turns, read_activity
from tests.test_bot.rig import CHAT, Rig, rig

TURNS = 100
PLACE = activities.Place(CHAT, "http://127.0.0.1:9", "t", Member("28:bot", "Bot", None, "t"), "m")
BODY = activities.message(PLACE, Member("29:a", "Ana", "aad-a", "t"), "1", "kia ora koutou")


def main() -> None:
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    asyncio.run(_measure())


async def _measure() -> None:
    show("empty handler, SDK's clients per turn", await timed(_sdk()))
    show("empty handler, ours", await timed(_ours()))
    with tempfile.TemporaryDirectory() as folder:
        async with rig(Path(folder), Surroundings()) as room:
            for name, text, asked in (
                ("message without anything in it", "shall we move to item three?", False),
                ("message with an NHI", "his NHI is ZAC5361", False),
                ("question", "who may receive attendance information?", True),
            ):
                show(name, await timed(_post(room, text, asked), turns=40))


def _sdk() -> Callable[[int], Awaitable[None]]:
    adapter = CloudAdapter(
        ConfigurationBotFrameworkAuthentication(SimpleNamespace(APP_ID="", APP_PASSWORD=""))
    )

    async def empty(_: TurnContext) -> None:
        return None

    async def turn(_: int) -> None:
        await adapter.process_activity("", Activity().deserialize(dict(BODY)), empty)

    return turn


def _ours() -> Callable[[int], Awaitable[None]]:
    async def empty(_: Incoming) -> None:
        return None

    turns = Turns(empty)

    async def turn(_: int) -> None:
        await turns.run(BODY, read_activity(BODY), Caller({}))  # type: ignore[arg-type]  # JSON

    return turn


def _post(room: Rig, text: str, asked: bool) -> Callable[[int], Awaitable[None]]:
    async def turn(number: int) -> None:
        person = Member(f"29:{text[:5]}{number}", "Somebody", None, "tenant-a")
        assert await room.post(room.message(text, person, mention=asked)) == 200

    return turn


async def timed(turn: Callable[[int], Awaitable[None]], turns: int = TURNS) -> list[float]:
    """Milliseconds of each turn, the first ones left out."""
    taken = []
    for number in range(turns + 5):
        start = time.perf_counter()
        await turn(number)
        taken.append((time.perf_counter() - start) * 1000)
    return taken[5:]


def show(name: str, taken: list[float]) -> None:
    slow = statistics.quantiles(taken, n=20)[-1]
    print(f"{name:40} median {statistics.median(taken):7.2f} ms   95% below {slow:7.2f} ms")


if __name__ == "__main__":
    main()
