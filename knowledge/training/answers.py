"""Learns what weighs how much, measured on protocols left out, and writes `knowledge/model/`.

    python -m knowledge.training.answers UNSEEN.onnx

The weights must not be fitted on questions the encoder was taught: they would trust it too much. So a second encoder,
taught without three protocols, stands in for the shipped one on those three.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.agencies import Agencies
from knowledge.bank import FILE, OUTCOMES, Bank, Numbers, save
from knowledge.judging import confidence_signals, outcome_signals, votes
from knowledge.matching import SIGNALS, Matcher
from knowledge.model import HERE as MODEL
from knowledge.model import load_model
from knowledge.model.sentences import SentenceModel
from knowledge.model.vectors import Embedder
from knowledge.questions import follow, heard, said
from knowledge.scales import FILE as SCALES
from knowledge.scales import judge_of
from knowledge.training.material import kinds, pairs, protocol, questions, silences

UNSEEN = ("attendance", "family_harm", "health_hub")
EXAM = ("crisis",)
DATA = Path(__file__).parent.parent.parent / "tests" / "data"
GOLD = {"who": "information", "when": "information", "how": "information", "what": "information"}


@dataclass(frozen=True)
class Case:
    """One question with its signals, as a matcher that never saw its protocol computed them."""

    stem: str
    text: str
    context: tuple[str, ...]
    outcome: str
    relevant: frozenset[int]
    table: Numbers
    vector: Numbers | None


Row = tuple[dict[str, float], object]
Scores = list[float]


def make_bank(embedder: Embedder | None) -> Bank:
    """The bank with vectors of this encoder."""
    agencies = Agencies()
    every = sorted(kinds(), key=lambda kind: kind.section)
    asked = [
        (at, heard(agencies, q), o) for at, kind in enumerate(every) for q, o in kind.questions
    ]
    worded = [
        (at, said(agencies, kind.section.replace("_", " "), "", text))
        for at, kind in enumerate(every)
        for text in kind.wordings
    ]
    quiet = [(heard(agencies, text), reason) for text, reason in silences()]
    texts = [
        [text for _, text, _ in asked],
        [text for _, text in worded],
        [text for text, _ in quiet],
    ]
    empty = [np.zeros((len(group), 384), np.float32) for group in texts]
    vectors = _bank_vectors(embedder, texts) if embedder else empty
    return Bank(
        sections=tuple(kind.section for kind in every),  # type: ignore[misc]  # bank.txt uses section keys
        questions=tuple(texts[0]), kind_of=np.array([at for at, _, _ in asked]),
        outcome_of=np.array([OUTCOMES.index(outcome) for _, _, outcome in asked]),
        wordings=tuple(texts[1]), kind_said=np.array([at for at, _ in worded]),
        silences=tuple(texts[2]), reasons=tuple(reason for _, reason in quiet),
        question_vectors=vectors[0], wording_vectors=vectors[1], silence_vectors=vectors[2],
    )  # fmt: skip


def _bank_vectors(embedder: Embedder, texts: Sequence[Sequence[str]]) -> list[Numbers]:
    return [embedder.embed(group) for group in texts]


def cases(data: Path, stem: str, embedder: Embedder | None) -> tuple[Matcher, list[Case]]:
    """Every question of one protocol with its signals."""
    matcher = Matcher(protocol(data, stem), make_bank(embedder), embedder)
    place = {clause.id: at for at, clause in enumerate(matcher.clauses)}
    found = []
    for row in questions(data, stem):
        context = tuple(row.get("context") or ())
        before = [matcher.read(text) for text in context]
        table, vector = matcher.signals(follow(matcher.read(row["q"]), before), before)
        found.append(
            Case(
                stem, row["q"], context, GOLD.get(row["outcome"], row["outcome"]),
                frozenset(place[r] for r in row["relevant"]), table, vector,
            )
        )  # fmt: skip
    return matcher, found


def fit_rank(train: Sequence[Case], decay: float = 0.02, start: Numbers | None = None) -> Numbers:
    """Weights under which the right clauses take the largest share (softmax over the protocol)."""
    from scipy.optimize import minimize  # type: ignore[import-untyped]  # ships no types

    lists = [(case.table, list(case.relevant)) for case in train if case.relevant]
    width = lists[0][0].shape[1]
    scale = np.concatenate([table for table, _ in lists]).std(axis=0) + 1e-6

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = 0.0, np.zeros(width)
        for table, right in lists:
            scores = (table / scale) @ weights
            share = np.exp(scores - scores.max())
            inside = share[right]
            total += np.log(share.sum()) - np.log(inside.sum())
            slope += (share / share.sum()) @ (table / scale)
            slope -= (inside / inside.sum()) @ (table[right] / scale)
        count = len(lists)
        return total / count + decay * (weights**2).sum(), slope / count + 2 * decay * weights

    begin = np.zeros(width) if start is None else start * scale
    found = minimize(loss, begin, jac=True, method="L-BFGS-B")
    weights: Numbers = (found.x / scale).astype(np.float32)
    return weights


def confidence_rows(matcher: Matcher, found: Sequence[Case], weights: Numbers) -> list[Row]:
    """Signals of the best clause, and whether it answers."""
    rows: list[Row] = []
    for case in found:
        asked, scores = matcher.read(case.text), case.table @ weights
        signals = confidence_signals(matcher, asked, case.table, scores, case.vector)
        signals["context"] = float(bool(case.context))
        rows.append((signals, int(np.argmax(scores)) in case.relevant))
    return rows


def outcome_rows(matcher: Matcher, found: Sequence[Case], weights: Numbers) -> list[Row]:
    """Signals of a clause that answers and the outcome it gives; where it was missed, of the first one."""
    rows: list[Row] = []
    for case in found:
        if case.relevant:
            scores = case.table @ weights
            place = max(case.relevant, key=lambda at: float(scores[at]))
            rows.append((outcome_of(matcher, case, place), case.outcome))
    return rows


def outcome_of(matcher: Matcher, case: Case, place: int) -> dict[str, float]:
    asked = follow(matcher.read(case.text), [matcher.read(text) for text in case.context])
    said_by_bank = votes(matcher, place, asked, case.vector)
    return outcome_signals(matcher, asked, matcher.clauses[place], place, said_by_bank)


def judge(rows: Sequence[Row], strength: float = 0.1) -> dict[str, Any]:
    """A logistic judgement over standardised signals, as plain numbers for raw ones."""
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for signals, _ in rows for name in signals})
    given = np.array([[signals.get(name, 0.0) for name in names] for signals, _ in rows])
    spread = given.std(axis=0) + 1e-6
    found = LogisticRegression(C=strength, max_iter=3000).fit(
        (given - given.mean(axis=0)) / spread, [str(label) for _, label in rows]
    )
    weights = found.coef_ / spread
    bias = found.intercept_ - weights @ given.mean(axis=0)
    return {
        "names": names, "classes": [str(name) for name in found.classes_],
        "weights": weights.round(5).tolist(), "bias": bias.round(5).tolist(),
    }  # fmt: skip


def scales(
    asked: Mapping[str, tuple[Matcher, list[Case]]], answered: float = 0.92, may: float = 0.8
) -> dict[str, Any]:
    """Weights from all protocols; the threshold lets `answered` of the answerable pass where they were left out."""
    every = [case for _, found in asked.values() for case in found]
    rank = fit_rank(every)
    left_out = {stem: fit_rank([c for c in every if c.stem != stem], start=rank) for stem in asked}
    rows = {stem: confidence_rows(*asked[stem], left_out[stem]) for stem in asked}
    chances, right = Scores(), list[bool]()
    for stem in asked:
        other = judge_of(
            judge(_answerable(asked, rows, [name for name in asked if name != stem]), 0.05)
        )
        chances += [other.chances(signals)["True"] for signals, _ in rows[stem]]
        right += [bool(hit) for _, hit in rows[stem]]
    passing = [c for c, case in zip(chances, every, strict=True) if case.relevant]
    answer = float(np.quantile(passing, 1 - answered))
    slope, offset = _sureness(chances, right)
    outcomes = [row for stem in asked for row in outcome_rows(*asked[stem], left_out[stem])]
    return {
        "rank": {name: round(float(w), 5) for name, w in zip(SIGNALS, rank, strict=True)},
        "answerable": judge(_answerable(asked, rows, list(asked)), 0.05), "slope": slope, "offset": offset,
        "outcome": judge(outcomes), "answer": round(answer, 4), "nearest": round(answer / 3, 4), "may": may,
    }  # fmt: skip


def _answerable(
    asked: Mapping[str, tuple[Matcher, list[Case]]],
    rows: Mapping[str, list[Row]],
    stems: Sequence[str],
) -> list[Row]:
    """The signals with whether the protocol answers, not whether the first clause does."""
    return [
        (signals, bool(case.relevant))
        for stem in stems
        for (signals, _), case in zip(rows[stem], asked[stem][1], strict=True)
    ]


def _sureness(chances: Sequence[float], right: Sequence[bool]) -> tuple[float, float]:
    """Slope and offset that turn the odds of an answer into those of the first clause being it."""
    from sklearn.linear_model import LogisticRegression

    bounded = np.clip(np.array(chances), 1e-6, 1 - 1e-6)
    found = LogisticRegression(C=100.0).fit(np.log(bounded / (1 - bounded))[:, None], right)
    return round(float(found.coef_[0, 0]), 4), round(float(found.intercept_[0]), 4)


def drilled(data: Path, stem: str, matcher: Matcher, of: int, turn: int) -> list[Case]:
    """The questions written for every clause of a protocol, and its share of those no protocol answers."""
    place = {clause.id: at for at, clause in enumerate(matcher.clauses)}
    rows = [
        (row["q"], row["outcome"], frozenset({place[row["clause"]]}))
        for row in pairs(data, stem)
        if row["clause"] in place
    ]
    silent = [
        (row["q"], "not_covered", frozenset[int]()) for row in pairs(data, "unanswerable")[turn::of]
    ]
    found = []
    for text, outcome, relevant in [*rows, *silent]:
        table, vector = matcher.signals(follow(matcher.read(text), []), [])
        found.append(Case(stem, text, (), outcome, relevant, table, vector))
    return found


def studied(
    data: Path, stems: Sequence[str], embedder: Embedder | None
) -> dict[str, tuple[Matcher, list[Case]]]:
    """Every question asked of these protocols, as an embedder that never saw them hears it."""
    seen = {}
    for turn, stem in enumerate(stems):
        matcher, found = cases(data, stem, embedder)
        seen[stem] = (matcher, found + drilled(data, stem, matcher, len(stems), turn))
    return seen


def main() -> None:
    """Bank, then weights: fitted on protocols that the encoder `--unseen` never saw, for use with the shipped one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("unseen", type=Path, help="an encoder taught without the protocols of --on")
    parser.add_argument("--on", nargs="+", default=list(UNSEEN), help="the protocols it never saw")
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    save(make_bank(load_model()), FILE)
    stranger = SentenceModel(given.unseen, MODEL / "tokenizer.json")
    every = sorted(path.stem for path in (given.data / "questions").glob("*.jsonl"))
    plain = {stem: cases(given.data, stem, None) for stem in every if stem not in EXAM}
    written = {
        "with model": scales(studied(given.data, given.on, stranger)),
        "without model": scales(plain),
    }
    SCALES.write_text(json.dumps(written, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
