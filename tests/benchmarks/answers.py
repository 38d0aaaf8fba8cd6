"""Time a question takes, and an index, on protocols of 82 to 135 clauses, with and without the sentence model."""

import itertools
import statistics
import time
from pathlib import Path

from rapidfuzz import fuzz, process

from knowledge.clauses import ClauseIndex
from knowledge.model import load_model
from knowledge.training.material import protocol, questions
from tests.benchmarks._peers import table

DATA = Path(__file__).parents[1] / "data"
STEMS = ("disability_transition", "housing", "family_harm")


def main() -> None:
    model = load_model()
    for stem in STEMS:
        agreed = protocol(DATA, stem)
        texts = [row["q"] for row in questions(DATA, stem)]
        figures: dict[str, float] = {}
        for name, used in (
            ("clausewise, with the model", model),
            ("clausewise, words alone", None),
        ):
            began = time.perf_counter()
            index = ClauseIndex(agreed, used)
            indexed = time.perf_counter() - began
            print(f"{stem}, {len(agreed.clauses)} clauses: index {indexed:.2f} s ({name})")
            figures[name] = _median(lambda q, at=index: at.answer(q), texts)
        words = [clause.text for clause in agreed.clauses]
        figures["rapidfuzz token_set_ratio"] = _median(
            lambda q, own=words: process.extractOne(q, own, scorer=fuzz.token_set_ratio),
            texts,
        )
        table(f"{stem}, a question", "clausewise, with the model", figures)


def _median(call: object, texts: list[str]) -> float:
    assert callable(call)
    spent = []
    for text in itertools.chain(texts[:3], texts):
        began = time.perf_counter()
        call(text)
        spent.append(1000 * (time.perf_counter() - began))
    return statistics.median(spent[3:])
