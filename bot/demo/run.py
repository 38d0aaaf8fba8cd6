"""`clausewise demo`: the real bot and the meeting room beside it, until Ctrl-C."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from bot.commands.files import CommandError, open_protocol
from bot.demo.cast import cast
from bot.demo.gallery import every_card
from bot.demo.process import bot_server, first, free, stop_on_signals, tell
from bot.demo.room import Room
from bot.demo.site import LIBRARIES, PAGE, Site
from cards import wording
from protocols.model import Protocol

TRY_THIS = 'One thing to try: be Tom, choose "Ask the protocol", press Enter.'
Say = Callable[[str], None]


async def run_demo(
    protocol_path: Path,
    port: int = 3978,
    room_port: int = 3979,
    *,
    say: Say = tell,
    stop: asyncio.Event | None = None,
) -> None:
    """Run until Ctrl-C (or `stop`); CommandError says in one line what is in the way."""
    stop = stop or stop_on_signals()
    free(port, ".venv/bin/clausewise demo --port")
    free(room_port, ".venv/bin/clausewise demo --room-port")
    _renderer()
    say(f"Reading {protocol_path.name}")
    protocol = open_protocol(protocol_path)
    say(f"  {len(protocol.clauses)} clauses, {len(protocol.agencies)} agencies")
    say("Starting the bot")
    async with bot_server(protocol_path, port) as server:
        say(f"  listening on http://127.0.0.1:{port}/api/messages")
        room = _room(protocol, port)
        try:
            address = await room.start(room_port)
            say(f"\nThe meeting room is open: {address}\n{TRY_THIS}\nCtrl-C ends it.")
            await first(stop.wait(), server.wait())
        finally:
            await room.stop()
    say("\nEnded.")


def _renderer() -> None:
    modules = PAGE.with_name("node_modules")
    if not all((modules / path).is_file() for path in LIBRARIES.values()):
        raise CommandError(
            "The card renderer is not installed. Run `make setup` first, "
            "or use `clausewise chat FILE.docx`, which needs no Node.js."
        )


def _room(protocol: Protocol, port: int) -> Room:
    source = wording.source(protocol.title, protocol.version, protocol.signature.state)
    players = cast(protocol.agencies, protocol.lead_agency)
    room = Room(f"http://127.0.0.1:{port}/api/messages", players, "Hui: next steps", source)
    Site(room, every_card(protocol))
    return room
