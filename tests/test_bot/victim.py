"""The real bot as a process that may be killed: settings from the environment, its port on standard output."""

import asyncio
import sys

from bot.app import serve
from bot.assembly import Surroundings
from bot.logs import write_logs
from bot.settings import Settings


def main() -> None:
    write_logs()
    around = Surroundings(model=lambda: None)
    asyncio.run(serve(Settings(), asyncio.Event(), _tell, around))


def _tell(address: str) -> None:
    sys.stdout.write(f"{address}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
