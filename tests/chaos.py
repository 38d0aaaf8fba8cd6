"""`make chaos`: kill the bot as often as asked under load and print what was lost."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.test_bot.killing import kill_often


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    seed = int(time.time())
    with tempfile.TemporaryDirectory(prefix="clausewise-chaos-") as folder:
        toll = asyncio.run(kill_often(Path(folder), kills, seed))
    print(f"seed              {seed:>6}\n{toll}")
    lost = toll.notices_lost + toll.scheduled_lost + toll.public_repeated
    sys.exit(1 if lost or toll.notices_due != toll.notices_recorded else 0)


if __name__ == "__main__":
    main()
