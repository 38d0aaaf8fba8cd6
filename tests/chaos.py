"""`make chaos`: kill a bot as often as asked under load and print what was lost: alone, and beside two others."""

import asyncio
import sys
import tempfile
import time
from pathlib import Path

from tests.support.bots import database
from tests.test_bot.killing import Toll, kill_often

RUNS = (("sqlite", 0), ("sqlite", 2), ("postgresql", 2))


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    seed = int(time.time())
    print(f"{kills} kills a run, seed {seed}")
    tolls = [_run(kind, beside, kills, seed) for kind, beside in RUNS]
    sys.exit(0 if all(map(_nothing_lost, tolls)) else 1)


def _run(kind: str, beside: int, kills: int, seed: int) -> Toll:
    with tempfile.TemporaryDirectory(prefix="clausewise-chaos-") as folder:
        path = Path(folder)
        with database(kind, path) as url:
            toll = asyncio.run(kill_often(path, kills, seed, url=url, beside=beside))
    print(f"\n== {kind}, {beside + 1} at a time\n{toll}", flush=True)
    return toll


def _nothing_lost(toll: Toll) -> bool:
    lost = toll.notices_lost + toll.scheduled_lost + toll.public_repeated + toll.out_of_order
    return lost == 0 and toll.notices_due == toll.notices_recorded


if __name__ == "__main__":
    main()
