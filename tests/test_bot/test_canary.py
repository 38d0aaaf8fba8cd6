"""A word said on every path, success and failure, is found nowhere afterwards: database, logs, health, reprs."""

import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import structlog

from bot.demo import activities
from bot.logs import write_logs
from bot.turn import read_activity
from bot.window import Window
from cards import wording
from tests.test_bot.companion import buttons
from tests.test_bot.rig import CHAT, MERE, TOM, Rig, rig, sample, shown

ROOT = Path(__file__).parents[2]
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


async def say_everywhere(room: Rig) -> None:
    """Each way a word can come in, while things go well and while they do not."""
    message = room.message(SAID, TOM)
    calm = room.message("he was at kura", TOM)
    for activity in (
        message,
        activities.edited(message, f"{SAID} again"),
        activities.restored(message),
        activities.deleted(message),
        room.message(SAID, TOM, mention=True),
        room.message(SAID, TOM, targeted=True),
        room.message(SAID, TOM, place=room.direct(TOM)),
        room.message(f"{CANARY} has a knife and is at her house now", TOM),
        calm,
        activities.edited(calm, f"{CANARY} has a knife and is at her house now"),
        room.message("\n".join([SAID] * 40), MERE),
        room.message(f"what is {CANARY}?", MERE, mention=True),
        room.message(f"remind {CANARY}", MERE, mention=True),
        room.message(f"I have a conflict, {CANARY} is my cousin", MERE),
        activities.pressed(room.chat, TOM, "p", "1", {"verb": CANARY, "notice": CANARY}),
        activities.executed(room.chat, TOM, "x", "1", CANARY, {"notice": CANARY}),
        activities.meeting_event(room.chat, MERE, "s", "Start", CANARY),
    ):
        assert 200 == await room.post(activity)
    await room.settle()
    await press_everything(room)
    await pause_and_resume(room)
    for name, content in ((f"{CANARY}.docx", sample()), (f"{CANARY}.pdf", CANARY.encode())):
        file = activities.word_file(name, room.connector.offer_file(content, name))
        await room.post(room.message(CANARY, TOM, place=room.direct(TOM), files=[file]))
    for status in (429, 500, 403, 0):
        room.connector.fail_next(status, on="send", code=CANARY)
        room.connector.fail_next(status, on="members")
        await room.post(room.message(SAID, TOM, mention=True))
    await room.settle(20)
    await fail_everywhere(room)


async def press_everything(room: Rig) -> None:
    """Every button of every notice, with more in it than was asked for."""
    for notice in [one for one in room.connector.sent if wording.NOTICE in shown(one)]:
        for number, button in enumerate(buttons(notice)):
            data = button["data"]
            assert isinstance(data, dict)
            said = {**data, "reason": CANARY, "text": SAID}
            press = activities.pressed(
                room.chat, TOM, f"{notice.activity_id}:{number}", notice.activity_id, said
            )
            assert 200 == await room.post(press)
    await room.settle()


async def pause_and_resume(room: Rig) -> None:
    """While notices are paused, and for people who may not pause them."""
    room.connector.roles["aad-mere"] = "Organizer"
    await room.post(room.message("pause", MERE, mention=True))
    await room.post(room.message(SAID, TOM))
    await room.post(room.message(f"pause {CANARY}", TOM, mention=True))
    await room.post(room.message("pause", TOM, mention=True))
    await room.post(room.message("resume", MERE, mention=True))
    await room.settle()


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
    await room.bot.store.write(lambda database: database.exec_driver_sql("DROP TABLE outbox"))
    assert 503 == await room.post(room.message(SAID, replace(TOM, id="29:new")))


async def test_what_is_said_is_found_nowhere(
    tmp_path: Path, logs: StringIO, caplog: pytest.LogCaptureFixture
) -> None:
    async with rig(tmp_path, send_timeout=0.5) as room:
        await say_everywhere(room)
        pages = {path: await page(room, path) for path in ("healthz", "readyz", "metrics")}
        sent = [str(one.activity) for one in room.connector.sent]
        files = read_files(tmp_path)
    assert {"bot.sqlite3", "bot.sqlite3-shm", "bot.sqlite3-wal"} == set(files)
    places = {name: content.decode("latin-1") for name, content in files.items()}
    places |= {"log": logs.getvalue(), "library logs": caplog.text, **pages}
    places |= {f"sent {number}": text for number, text in enumerate(sent)}
    assert [] == [name for name, text in places.items() if CANARY in text or "ZAC5361" in text]
    assert "clausewise_calls_total" in pages["metrics"]
    assert 20 < len(logs.getvalue().splitlines())
    assert CHAT in logs.getvalue()


async def page(room: Rig, path: str) -> str:
    async with room.session.get(f"{room.url}/{path}") as answer:
        return await answer.text()


def read_files(folder: Path) -> dict[str, bytes]:
    """The database's own files, while it is open: pages, write-ahead log and its index."""
    return {path.name: path.read_bytes() for path in folder.glob("bot.sqlite3*")}


def test_memory_does_not_show_what_it_remembers() -> None:
    window = Window(lambda: datetime(2026, 11, 22, tzinfo=UTC))
    window.add(CHAT, TOM.id, "1", SAID, SAID)
    assert (SAID,) == window.earlier(CHAT, TOM.id)
    assert CANARY not in repr(vars(window))


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (["-"], SAID),
        (["-", "--json"], SAID),
        ([SAID], ""),
        (["--messages", "broken.jsonl"], ""),
        (["--messages", "wrong.jsonl", "--json"], ""),
        (["--messages", "good.jsonl", "--json"], ""),
    ],
)
def test_scan_at_the_command_line_says_kinds_and_never_the_words(
    arguments: list[str], given: str, tmp_path: Path
) -> None:
    (tmp_path / "broken.jsonl").write_text(f'{{"text": "{SAID}', encoding="utf-8")
    (tmp_path / "wrong.jsonl").write_text(f'{{"id": "1", "text": ["{SAID}"]}}', encoding="utf-8")
    (tmp_path / "good.jsonl").write_text(f'{{"id": "1", "text": "{SAID}"}}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "scan", *arguments],
        input=given,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    said = done.stdout + done.stderr
    assert said
    assert [] == [word for word in (CANARY, "ZAC5361") if word in said]


def test_event_does_not_show_its_words() -> None:
    place = activities.Place(CHAT, "http://x", "t", MERE)
    event = read_activity(activities.message(place, TOM, "1", SAID))  # type: ignore[arg-type]  # JSON
    assert (SAID, False) == (event.text, CANARY in repr(event) or "Ashworth" in repr(event))
