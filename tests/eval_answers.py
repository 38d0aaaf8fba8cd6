"""The table of `make eval`: how well questions are answered, beside peers in the same run.

Every figure of ours is of protocols left out: what weighs how much was learned from the other seven, and the maps
on the sentence model from the other six (`tests/data/left_out`, named after the two they never saw).
The bank of questions was written beside the attendance set, whose figures are therefore flattered.
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import snowballstemmer
from rapidfuzz import fuzz
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.clauses import ClauseIndex
from knowledge.model import load_published_model
from knowledge.model.vectors import Embedder
from knowledge.scales import scales_of
from knowledge.training.answers import cases, left_out, make_bank, scales
from knowledge.training.material import protocol, questions
from protocols.model import Protocol

DATA = Path(__file__).parent / "data"
FLATTERED = "attendance"
GOLD = dict.fromkeys(("who", "when", "how", "what"), "information")
Scores = list[float]


@dataclass
class Tally:
    """What happened to a set of questions."""

    first: list[bool] = field(default_factory=list)
    three: list[bool] = field(default_factory=list)
    ranks: Scores = field(default_factory=list)
    outcomes: list[bool] = field(default_factory=list)
    answerable: Scores = field(default_factory=list)
    silent: Scores = field(default_factory=list)
    silenced: list[bool] = field(default_factory=list)
    wrong_may: list[bool] = field(default_factory=list)

    def add(
        self, row: Mapping[str, Any], found: Sequence[str], confidence: float, outcome: str | None
    ) -> None:
        gold, relevant = GOLD.get(row["outcome"], row["outcome"]), set(row["relevant"])
        self.wrong_may.append(outcome == "may" != gold)
        if not relevant:
            self.silent.append(confidence)
            self.silenced.append(outcome == "not_covered")
            return
        self.answerable.append(confidence)
        self.first.append(bool(relevant & {*found[:1]}))
        self.three.append(bool(relevant & {*found[:3]}))
        self.ranks.append(next((1 / at for at, c in enumerate(found, 1) if c in relevant), 0.0))
        self.outcomes.append(outcome == gold)

    def line(self, name: str, judged: bool = True) -> str:
        cells = [_mean(self.first), _mean(self.three), _mean(self.ranks)]
        cells += [_mean(self.outcomes) if judged else None]
        cells += [auroc(self.answerable, self.silent), oos_at(self.answerable, self.silent)]
        cells += [_mean(self.wrong_may) if judged else None]
        shown = " ".join(f"{cell:8.3f}" if cell is not None else " " * 8 for cell in cells)
        return f"{name:38} {len(self.first):4} {len(self.silent):4} {shown}"


HEAD = f"{'':38} {'in':>4} {'out':>4} " + " ".join(
    f"{name:>8}" for name in ("hit@1", "hit@3", "MRR", "outcome", "AUROC", "oos@90", "may!")
)


def auroc(answerable: Sequence[float], silent: Sequence[float]) -> float | None:
    """Chance that an answerable question has more confidence than one out of scope; ties count half."""
    if not answerable or not silent:
        return None
    wins = sum((a > b) + 0.5 * (a == b) for a in answerable for b in silent)
    return wins / (len(answerable) * len(silent))


def oos_at(
    answerable: Sequence[float], silent: Sequence[float], share: float = 0.9
) -> float | None:
    """Share of the out-of-scope answered when the threshold lets `share` of the answerable pass."""
    if not answerable or not silent:
        return None
    passing = sorted(answerable, reverse=True)
    threshold = passing[max(0, int(share * len(passing) + 0.999) - 1)]
    return sum(score >= threshold for score in silent) / len(silent)


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None


Rank = Callable[[str], np.ndarray[Any, Any]]


def peers(agreed: Protocol, model: Embedder | None) -> Iterator[tuple[str, Rank]]:
    """Off-the-shelf matchers over headings and texts of the clauses."""
    texts = [f"{clause.heading}. {clause.text}" for clause in agreed.clauses]
    yield (
        "rapidfuzz token_set_ratio",
        lambda q: np.array([fuzz.token_set_ratio(q.lower(), t.lower()) for t in texts]),
    )
    stemmer = snowballstemmer.stemmer("english")

    def split(text: str) -> list[str]:
        return [str(word) for word in stemmer.stemWords(re.findall(r"\w+", text.lower()))]

    lexical = bm25s.BM25()
    lexical.index([split(text) for text in texts], show_progress=False)
    yield "bm25s, stemmed", lambda q: np.asarray(lexical.get_scores(split(q)))
    vectorizer = TfidfVectorizer(stop_words="english")
    matrix = vectorizer.fit_transform(texts)
    yield "TF-IDF", lambda q: (matrix @ vectorizer.transform([q]).T).toarray()[:, 0]
    if model is not None:
        vectors = model.embed(texts)
        yield "MiniLM, published", lambda q: vectors @ model.embed([q])[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--without-model", action="store_true")
    given = parser.parse_args()
    stems = sorted(path.stem for path in (DATA / "questions").glob("*.jsonl"))
    print(
        "Leave one protocol out. in/out: answerable and out-of-scope questions; may!: `may` said where it is not.\n"
    )
    print(HEAD)
    _measure_peers(stems)
    if not given.without_model:
        _measure("clausewise", stems, with_model=True)
    _measure("clausewise, no model", stems, with_model=False)


def _measure_peers(stems: Sequence[str]) -> None:
    model = load_published_model()
    tallies: dict[str, Tally] = {}
    for stem in stems:
        if stem == FLATTERED:
            continue
        agreed = protocol(DATA, stem)
        for name, rank in peers(agreed, model):
            tally = tallies.setdefault(name, Tally())
            for row in questions(DATA, stem):
                scores = rank(" ".join([*(row.get("context") or ())[-1:], row["q"]]))
                order = np.argsort(-scores, kind="stable")[:5]
                tally.add(
                    row, [agreed.clauses[at].id for at in order], float(scores[order[0]]), None
                )
    for name, tally in tallies.items():
        print(tally.line(name, judged=False))


def _measure(name: str, stems: Sequence[str], with_model: bool) -> None:
    models = {stem: left_out(DATA, stem) if with_model else None for stem in stems}
    seen = {stem: cases(DATA, stem, models[stem]) for stem in stems}
    whole, kinds, spent = Tally(), dict[str, Tally](), Scores()
    print(f"\n{name}")
    for stem in stems:
        learned = scales_of(scales({other: seen[other] for other in stems if other != stem}))
        model = models[stem]
        bank = make_bank(model) if model else None
        index, own = ClauseIndex(protocol(DATA, stem), model, learned, bank), Tally()
        for row in questions(DATA, stem):
            began = time.perf_counter()
            answer = index.answer(row["q"], row.get("context") or ())
            spent.append(1000 * (time.perf_counter() - began))
            found = [quote.clause.id for quote in answer.clauses]
            tallies = [own] if stem == FLATTERED else [own, whole]
            tallies += [kinds.setdefault(k, Tally()) for k in _kinds(row) if stem != FLATTERED]
            for tally in tallies:
                tally.add(row, found, answer.confidence, answer.outcome)
        print(own.line(f"  {stem}" + (" (flattered)" if stem == FLATTERED else "")))
    print(whole.line("  all but the flattered"))
    for kind, tally in sorted(kinds.items()):
        if len(tally.first) + len(tally.silent) > 9:
            print(tally.line(f"    {kind}"))
    print(
        f"  median {statistics.median(spent):.1f} ms, p95 {sorted(spent)[int(0.95 * len(spent))]:.1f} ms"
    )


_PHENOMENA = (
    "slang",
    "typo",
    "te reo",
    "abbrev",
    "negation",
    "indirect",
    "exception",
    "multi",
    "definition",
)


def _kinds(row: Mapping[str, Any]) -> Iterator[str]:
    """What makes the question hard, by its author's notes."""
    notes = str(row.get("notes") or "").lower()
    yield from (kind for kind in _PHENOMENA if kind in notes)
    if row.get("context"):
        yield "follow-up"


if __name__ == "__main__":
    main()
