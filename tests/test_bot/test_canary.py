"""A word said on every path, success and failure, is found nowhere afterwards: database, logs, health, reprs."""

import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot.demo import activities
from bot.logs import write_logs
from bot.turn import read_activity
from tests.test_bot.rig import CHAT, MERE, TOM, Rig, rig, sample

CANARY = "Quetzalcoatlus"
SAID = f"{CANARY} Piripi, NHI ZAC5361, was seen in Ōtaki; may Police know?"


@pytest.fixture
def logs(caplog: pytest.LogCaptureFixture) -> Iterator[StringIO]:
    stream = StringIO()
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.CRITICAL, "aiohttp.access")  # the connector's own, not the bot's
    write_logs(stream)
    yield stream
    structlog.reset_defaults()


async def say_everywhere(room: Rig, tmp_path: Path) -> None:
    """Each way a word can come in, while things go well and while they do not."""
    message = room.message(SAID, TOM)
    for activity in (
        message,
        activities.edited(message, f"{SAID} again"),
        activities.restored(message),
        activities.deleted(message),
        room.message(SAID, TOM, mention=True),
        room.message(SAID, TOM, targeted=True),
        room.message(SAID, TOM, place=room.direct(TOM)),
        room.message(f"{CANARY} has a knife and is at her house now", TOM),
        room.message(f"what is {CANARY}?", MERE, mention=True),
        activities.pressed(room.chat, TOM, "p", "1", {"verb": CANARY, "notice": CANARY}),
        activities.executed(room.chat, TOM, "x", "1", CANARY, {"notice": CANARY}),
        activities.meeting_event(room.chat, MERE, "s", "Start", CANARY),
    ):
        assert 200 == await room.post(activity)
    await room.settle()
    for name, content in ((f"{CANARY}.docx", sample()), (f"{CANARY}.pdf", CANARY.encode())):
        file = activities.word_file(name, room.connector.offer_file(content, name))
        await room.post(room.message(CANARY, TOM, place=room.direct(TOM), files=[file]))
    for status in (429, 500, 403, 0):
        room.connector.fail_next(status, on="send", code=CANARY)
        room.connector.fail_next(status, on="members")
        await room.post(room.message(SAID, TOM, mention=True))
    await room.settle(20)
    await fail_everywhere(room)


async def fail_everywhere(room: Rig) -> None:
    """Refused at the door, broken in the turn, and with the database away."""
    await room.post(room.message(SAID) | {"serviceUrl": f"https://{CANARY}.example/"})
    await room.post({"type": "message", "text": CANARY})
    await room.post([CANARY])
    async with room.session.post(f"{room.url}/api/messages", data=CANARY) as answer:
        assert 415 == answer.status
    book = await room.bot.library.open(next(iter(room.bot.library.opened)))
    assert book is not None
    object.__setattr__(book.index, "answer", None)
    assert 500 == await room.post(room.message(f"may {CANARY} know?", MERE, mention=True))
    await room.bot.store.engine.dispose()
    async with room.bot.store.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE outbox")
    assert 503 == await room.post(room.message(SAID, TOM))


async def test_what_is_said_is_found_nowhere(
    tmp_path: Path, logs: StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    async with rig(tmp_path, send_timeout=0.5) as room:
        await say_everywhere(room, tmp_path)
        async with room.session.get(f"{room.url}/readyz") as answer:
            health = await answer.text()
        sent = [str(one.activity) for one in room.connector.sent]
        files = read_files(tmp_path)
    assert {"bot.sqlite3", "bot.sqlite3-shm", "bot.sqlite3-wal"} == set(files)
    places = {name: content.decode("latin-1") for name, content in files.items()}
    places |= {"log": logs.getvalue(), "library logs": caplog.text, "health": health}
    places |= {f"sent {number}": text for number, text in enumerate(sent)}
    assert [] == [name for name, text in places.items() if CANARY in text or "ZAC5361" in text]
    assert 20 < len(logs.getvalue().splitlines())
    assert CHAT in logs.getvalue()


def read_files(folder: Path) -> dict[str, bytes]:
    """The database's own files, while it is open: pages, write-ahead log and its index."""
    return {path.name: path.read_bytes() for path in folder.glob("bot.sqlite3*")}


def test_event_does_not_show_its_words() -> None:
    place = activities.Place(CHAT, "http://x", "t", MERE)
    event = read_activity(activities.message(place, TOM, "1", SAID))  # type: ignore[arg-type]  # JSON
    assert (SAID, False) == (event.text, CANARY in repr(event) or "Ashworth" in repr(event))
