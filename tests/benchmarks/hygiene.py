"""Lines a second, the time a line takes, memory and what is found, beside Presidio, scrubadub and DataFog on the same lines.

Every detector runs in a process of its own, peers in an environment of their own (detectors.txt), with the settings
they come with. A line counts as warned about when the detector finds anything at all in it.
"""

import json
import os
import statistics
import subprocess
import sys
import venv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks._detectors import DETECTORS

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CHAT = ROOT / "tests" / "data" / "chat"
PEERS = ROOT / "build" / "detectors"
AUTHORS = ("dev", "author1", "author2", "author3", "author4")
TIMES = 3
OURS = "clausewise, rules"


def main() -> None:
    rows = [
        json.loads(line)
        for author in AUTHORS
        for line in (CHAT / f"{author}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    peers = _peers()
    figures = {
        name: _run(name, rows, Path(sys.executable) if name.startswith("clausewise") else peers)
        for name in DETECTORS
    }
    print(f"{len(rows)} chat lines, {TIMES} times each; p99 CPU is processor time, whatever else runs")  # fmt: skip
    print(f"  {'':31} {'lines/s':>8} {'x':>6} {'p50 ms':>7} {'p99 ms':>7} {'p99 CPU':>7} {'MB':>5} {'load s':>6} {'precision':>9} {'recall':>6}")  # fmt: skip
    base = statistics.fmean(figures[OURS]["clock"])
    for name, found in figures.items():
        print(f"  {name:31} {_line(found, base, rows)}")


def _line(found: Mapping[str, Any], base: float, rows: Sequence[Mapping[str, Any]]) -> str:
    mean = statistics.fmean(found["clock"])
    precision, recall = _quality(found["warned"], [row["warn"] for row in rows])
    return (
        f"{1000 / mean:8.0f} {mean / base:6.2f} {statistics.median(found['clock']):7.2f} {_late(found['clock']):7.2f} "
        f"{_late(found['processor']):7.2f} {found['memory']:5.0f} {found['load']:6.1f} {precision:9.2f} {recall:6.2f}"
    )


def _late(spent: Sequence[float]) -> float:
    return sorted(spent)[int(0.99 * len(spent))]


def _quality(warned: Sequence[bool], wanted: Sequence[bool | str]) -> tuple[float, float]:
    """Precision and recall; lines on which reasonable people differ are left out."""
    hits = sum(said and want is True for said, want in zip(warned, wanted, strict=True))
    alarms = sum(said and want is False for said, want in zip(warned, wanted, strict=True))
    return hits / max(hits + alarms, 1), hits / sum(want is True for want in wanted)


def _run(name: str, rows: Sequence[Mapping[str, Any]], python: Path) -> Any:
    asked = {"lines": [(row["text"], row["roster"]) for row in rows], "times": TIMES}
    done = subprocess.run(
        [python, HERE / "_detectors.py", name],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return json.loads(done.stdout)


def _peers() -> Path:
    """The interpreter of the peers' environment, made the first time."""
    python = PEERS / "bin" / "python"
    if not (PEERS / "done").exists():
        print("Installing the peers into build/detectors (once)", flush=True)
        venv.create(PEERS, with_pip=True)
        subprocess.run(
            [python, "-m", "pip", "install", "--quiet", "-r", HERE / "detectors.txt"], check=True
        )
        (PEERS / "done").touch()
    return python
