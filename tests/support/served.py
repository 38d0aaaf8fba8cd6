"""The real bot as a process for measuring and killing: tokens are checked, given out by the stand-in for Teams.

Settings come from the environment; `STAND_IN` is the stand-in's address, `SEMANTIC` whether the sentence model runs.
"""

import asyncio
import os
import signal
import sys
from functools import partial

from bot.app import serve
from bot.assembly import Surroundings
from bot.logs import write_logs
from bot.settings import Settings
from bot.teams.tokens import KeptTokens
from knowledge.model import load_model
from tests.test_bot.rig import fetch_token


def main() -> None:
    write_logs()
    asyncio.run(_serve())


async def _serve() -> None:
    stopped = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stopped.set)
    around = Surroundings(
        model=load_model if os.environ.get("SEMANTIC") else lambda: None,
        tokens=lambda _: KeptTokens(partial(fetch_token, os.environ["STAND_IN"])),
    )
    await serve(Settings(), stopped, _tell, around)


def _tell(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
