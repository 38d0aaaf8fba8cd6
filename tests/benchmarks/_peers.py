"""How peers are timed beside ours: median time of a call, and the ratio to ours."""

import statistics
import time
from collections.abc import Callable, Mapping
from importlib.util import find_spec


def median_ms(call: Callable[[], object], times: int) -> float:
    """Milliseconds of wall time a call takes, the median of so many after one to warm up."""
    call()
    spent = []
    for _ in range(times):
        began = time.perf_counter()
        call()
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent)


def table(title: str, ours: str, figures: Mapping[str, float]) -> None:
    """Prints each figure and how many times ours it is."""
    print(title)
    for name, figure in figures.items():
        print(f"  {name:28} {figure:9.2f} ms  {figure / figures[ours]:7.2f} x")


def installed(package: str) -> bool:
    """Whether a peer is here; `pip install -e '.[bench]'` brings them."""
    return find_spec(package) is not None
