"""The table of `make eval`: how well questions are answered, beside peers in the same run.

With the model as shipped: nothing was taught or fitted on the examinations (EXAM), nor on `attendance`, but the bank of
questions was written beside that one. With `--halves HALF0.onnx HALF1.onnx` (`make train` leaves them behind)
every other protocol is measured by an encoder taught, and weights fitted, on the other half of the protocols alone.
Without the model the weights are those of the other half too.
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
from knowledge.language import words
from knowledge.model import HERE as MODEL
from knowledge.model import load_model, load_published_model
from knowledge.model.sentences import SentenceModel
from knowledge.model.vectors import Embedder
from knowledge.scales import scales_of
from knowledge.terms import stems_of
from knowledge.training.answers import make_bank, scales, studied
from knowledge.training.material import APART, EXAM, GOLD, halves, protocol, questions
from protocols.model import Protocol
from tests.reliability import calibration_error, plot

DATA = Path(__file__).parent / "data"
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
    said: list[tuple[float, bool]] = field(default_factory=list)

    def add(
        self, row: Mapping[str, Any], found: Sequence[str], confidence: float, outcome: str | None
    ) -> None:
        gold, relevant = GOLD.get(row["outcome"], row["outcome"]), set(row["relevant"])
        self.wrong_may.append(outcome == "may" != gold)
        self.said.append((confidence, bool(relevant & {*found[:1]})))
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
        cells += [_mean([*self.outcomes, *self.silenced]) if judged else None]
        cells += [auroc(self.answerable, self.silent), oos_at(self.answerable, self.silent)]
        cells += [_mean(self.wrong_may) if judged else None]
        shown = " ".join(f"{cell:8.3f}" if cell is not None else " " * 8 for cell in cells)
        return f"{name:38} {len(self.first):4} {len(self.silent):4} {shown}"


HEAD = f"{'':38} {'in':>4} {'out':>4} " + " ".join(
    f"{name:>8}"
    for name in ("hit@1", "hit@3", "MRR", "outcome", "of all", "AUROC", "oos@90", "may!")
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
    parser.add_argument("--halves", type=Path, nargs=2, help="encoders taught on one half each")
    parser.add_argument("--plot", type=Path, help="where to draw how reliable the confidence is")
    given = parser.parse_args()
    both = halves(DATA)
    asked = [stem for half in both for stem in half if _asks(stem)]
    _describe((*EXAM, APART, *asked))
    print(
        "\nin/out: answerable and out-of-scope questions; outcome: of the answerable, then of all; may!: `may` said where it is not.\n"
    )
    print(HEAD)
    _measure_peers((*EXAM, *asked))
    said = _measure("clausewise as shipped: never seen", EXAM, _shipped(EXAM, load_model()))
    _measure("clausewise as shipped: known to the bank", (APART,), _shipped((APART,), load_model()))
    if given.halves:
        models = [SentenceModel(encoder, MODEL / "tokenizer.json") for encoder in given.halves]
        said += _measure("clausewise, by the other half", asked, _crossed(both, models))
    print(f"\nexpected calibration error {calibration_error(said):.3f} over {len(said)} questions")
    if given.plot:
        given.plot.write_text(
            plot(said, "Confidence against truth on protocols never seen"), "utf-8"
        )
    _measure("clausewise without the model: never seen", EXAM, _shipped(EXAM, None))
    _measure("clausewise without the model, by the other half", asked, _crossed(both, (None, None)))


def _asks(stem: str) -> bool:
    return any(row["relevant"] for row in questions(DATA, stem))


def _describe(stems: Sequence[str]) -> None:
    """How far the questions are from their clauses' words, and how many stand twice."""
    print(
        f"{'questions':24} {'all':>5} {'twice':>6}   share of a question's stems that its first clause has"
    )
    for stem in stems:
        rows = questions(DATA, stem)
        texts = {
            clause.id: f"{clause.heading} {clause.text}" for clause in protocol(DATA, stem).clauses
        }
        twice = len(rows) - len({(row["q"].lower(), *(row.get("context") or ())) for row in rows})
        shares = [_shared(row["q"], texts[row["relevant"][0]]) for row in rows if row["relevant"]]
        print(f"{stem:24} {len(rows):5} {twice:6}   {statistics.fmean(shares):.2f}")


def _shared(question: str, clause: str) -> float:
    asked, said = set(stems_of(words(question))), set(stems_of(words(clause)))
    return len(asked & said) / max(1, len(asked))


def _shipped(stems: Sequence[str], model: Embedder | None) -> Iterator[tuple[str, ClauseIndex]]:
    for stem in stems:
        yield stem, ClauseIndex(protocol(DATA, stem), model)


def _crossed(
    both: Sequence[Sequence[str]], models: Sequence[Embedder | None]
) -> Iterator[tuple[str, ClauseIndex]]:
    """Each half read by the encoder taught on the other, with weights fitted on the other as its own stranger heard it."""
    for at, half in enumerate(both):
        learned = scales_of(scales(studied(DATA, both[1 - at], models[at])))
        model, bank = models[1 - at], make_bank(models[1 - at])
        for stem in filter(_asks, half):
            yield stem, ClauseIndex(protocol(DATA, stem), model, learned, bank)


def _measure_peers(stems: Sequence[str]) -> None:
    model = load_published_model()
    tallies: dict[str, Tally] = {}
    for stem in stems:
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


def _measure(
    name: str, stems: Sequence[str], indexes: Iterator[tuple[str, ClauseIndex]]
) -> list[tuple[float, bool]]:
    whole, kinds, spent = Tally(), dict[str, Tally](), Scores()
    print(f"\n{name}")
    for stem, index in indexes:
        own = Tally()
        for row in questions(DATA, stem):
            began = time.perf_counter()
            answer = index.answer(row["q"], row.get("context") or ())
            spent.append(1000 * (time.perf_counter() - began))
            found = [quote.clause.id for quote in answer.clauses]
            tallies = [own, whole, *(kinds.setdefault(kind, Tally()) for kind in _kinds(row))]
            for tally in tallies:
                tally.add(row, found, answer.confidence, answer.outcome)
        print(own.line(f"  {stem}"), flush=True)
    if len(stems) > 1:
        print(whole.line("  all"))
    for kind, tally in sorted(kinds.items()):
        if len(tally.first) + len(tally.silent) > 9:
            print(tally.line(f"    {kind}"))
    median, late = statistics.median(spent), sorted(spent)[int(0.95 * len(spent))]
    print(f"  median {median:.1f} ms, p95 {late:.1f} ms")
    return whole.said


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
