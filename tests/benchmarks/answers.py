"""Time a question takes, and an index, on protocols of 100, 250 and 1,000 clauses; each matcher in a process of its own.

The larger protocols are several of `tests/data` in one: the clauses of all, the parties of the first.
"""

import multiprocessing
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from knowledge.clauses import ClauseIndex
from knowledge.model import load_model, load_published_model
from knowledge.training.material import protocol, questions
from protocols.model import Clause, Protocol
from protocols.reading import protocol_from_clauses
from tests.eval_answers import peers

DATA = Path(__file__).parents[1] / "data"
SIZES = (100, 250, 1000)
STEMS = (
    "family_harm",
    "housing",
    "reintegration",
    "youth_offending",
    "iwi_led",
    "disability_transition",
)
ASKED = 60
MATCHERS = (
    "clausewise, with the model", "clausewise, words alone", "MiniLM, published", "bm25s, stemmed", "TF-IDF",
    "rapidfuzz token_set_ratio",
)  # fmt: skip
Figures = tuple[float, float, float, float]


def main() -> None:
    for size in SIZES:
        found = {name: _apart(name, size) for name in MATCHERS}
        ours = found["clausewise, words alone"][1]
        print(f"{size} clauses, {ASKED} questions; memory above the same process before the index")
        print(f"  {'':28} {'index s':>8} {'median ms':>10} {'ratio':>7} {'p95 ms':>8} {'MB':>7}")
        for name, (index, median, late, memory) in found.items():
            print(
                f"  {name:28} {index:8.2f} {median:10.2f} {median / ours:6.1f}x {late:8.2f} {memory:7.1f}"
            )


def _apart(name: str, size: int) -> Figures:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (name, size))


def _measured(name: str, size: int) -> Figures:
    """Seconds to index, median and 95th percentile of milliseconds a question, and megabytes."""
    agreed = _of_size(size)
    texts = [row["q"] for row in questions(DATA, STEMS[0])][:ASKED]
    before, began = _peak(), time.perf_counter()
    ask = _matcher(name, agreed)
    ask(texts[0])
    indexed, spent = time.perf_counter() - began, []
    for text in texts:
        start = time.perf_counter()
        ask(text)
        spent.append(1000 * (time.perf_counter() - start))
    late = sorted(spent)[int(0.95 * len(spent))]
    return indexed, statistics.median(spent), late, _peak() - before


def _matcher(name: str, agreed: Protocol) -> Callable[[str], object]:
    if name.startswith("clausewise"):
        index = ClauseIndex(agreed, load_model() if "model" in name else None)
        return lambda text: index.answer(text)
    published = load_published_model() if "MiniLM" in name else None
    return dict(peers(agreed, published))[name]


def _of_size(size: int) -> Protocol:
    return protocol_from_clauses("Bench", list(islice(_clauses(), size)), date(2026, 11, 22))


def _clauses() -> Iterator[Clause]:
    for turn, stem in enumerate(cycle(STEMS)):
        for clause in protocol(DATA, stem).clauses:
            cite = f"{turn}/{clause.cite}"
            lead_in = f"{turn}/{clause.lead_in}" if clause.lead_in else None
            yield replace(clause, id=cite, number=cite, cite=cite, lead_in=lead_in)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
