"""Run every benchmark, or those named: `python -m tests.benchmarks reading answers hygiene turn load`."""

import importlib
import os
import platform
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main(names: list[str]) -> None:
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    for name in names or sorted(path.stem for path in HERE.glob("[a-z]*.py")):
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"tests.benchmarks.{name}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
