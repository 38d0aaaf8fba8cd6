"""`clausewise demo` says in one line what is in its way, and leaves nothing running."""

import asyncio
import json
import socket
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.commands.files import CommandError
from bot.demo.process import bot_server
from bot.demo.run import run_demo
from protocols.samples import sample_path
from tests.support.ports import free_port, listening


async def test_taken_port_is_named_with_the_way_to_choose_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            await run_demo(sample_path(), port, free_port())
        with pytest.raises(CommandError) as refused_room:
            await run_demo(sample_path(), free_port(), port)
    said = f"Port {port} is taken by another program. Choose another: .venv/bin/clausewise demo"
    assert (f"{said} --port {port + 10}", f"{said} --room-port {port + 10}") == (
        str(refused.value),
        str(refused_room.value),
    )


async def test_file_that_is_no_protocol_is_refused_before_anything_starts(tmp_path: Path) -> None:
    path, port = tmp_path / "notes.docx", free_port()
    path.write_bytes(b"not a zip")
    with pytest.raises(CommandError, match=r"notes\.docx: .*Word"):
        await run_demo(path, port, free_port(), stop=asyncio.Event())
    assert not listening(port)


async def test_server_that_cannot_start_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(b"not a zip")
    with pytest.raises(CommandError, match=r"stopped while starting: .*notes\.docx"):
        async with bot_server(path, free_port()):
            pass


async def killed_at_once() -> None:
    async with bot_server(sample_path(), free_port()) as server:
        server.kill()
        await server.wait()


async def test_server_that_stops_by_itself_is_told_with_its_last_words() -> None:
    with pytest.raises(CommandError, match=r"stopped by itself: \S"):
        await killed_at_once()


async def test_demo_tells_its_progress_answers_and_ends_all_it_started() -> None:
    said: list[str] = []
    port, room_port, stop = free_port(), free_port(), asyncio.Event()
    demo = asyncio.create_task(run_demo(sample_path(), port, room_port, say=said.append, stop=stop))
    async with asyncio.timeout(60):
        while not listening(room_port):  # noqa: ASYNC110 - the demo is a program of its own here
            await asyncio.sleep(0.2)
    async with ClientSession() as session:
        async with session.get(f"http://127.0.0.1:{port}/healthz") as bot:
            pass
        async with session.get(f"http://127.0.0.1:{room_port}/") as page:
            assert (200, 200) == (bot.status, page.status)
    stop.set()
    await demo
    assert ["Reading sample.docx", "Starting the bot"] == [said[0], said[2]]
    assert f"http://127.0.0.1:{room_port}" in said[-2]
    assert (False, False) == (listening(port), listening(room_port))


def test_lock_file_names_packages_and_checksums_but_no_address() -> None:
    demo = Path(__file__).parents[2] / "bot" / "demo"
    lock = json.loads((demo / "package-lock.json").read_text())
    packages = [found for path, found in lock["packages"].items() if path]
    assert [] == [found for found in packages if "integrity" not in found or "resolved" in found]
    assert "registry=" not in (demo / ".npmrc").read_text()
