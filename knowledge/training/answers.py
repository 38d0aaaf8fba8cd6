"""Learns what weighs how much, and writes `knowledge/model/`.

    python -m knowledge.training.answers HALF0.onnx HALF1.onnx

The weights must not be fitted on questions the encoder was taught: they would trust it too much. So two more encoders,
each taught on one half of the protocols, stand in for the shipped one, each on the half it never saw.
"""

import argparse
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.agencies import Agencies
from knowledge.bank import FILE, OUTCOMES, Bank, Numbers, save
from knowledge.judging import confidence_signals, outcome_signals, readings
from knowledge.matching import SIGNALS, Matcher
from knowledge.model import HERE as MODEL
from knowledge.model import load_model
from knowledge.model.sentences import SentenceModel
from knowledge.model.vectors import Embedder
from knowledge.questions import heard, said
from knowledge.scales import FILE as SCALES
from knowledge.scales import judge_of
from knowledge.training.material import (
    GOLD,
    answering,
    halves,
    kinds,
    pairs,
    protocol,
    questions,
    silences,
    unanswerable,
)

DATA = Path(__file__).parent.parent.parent / "tests" / "data"
# Of a protocol's questions written clause by clause, so many are used to fit weights: enough, and it takes minutes.
DRILLED = 150
GROUPS = 4


@dataclass(frozen=True)
class Case:
    """One question with its signals, as a matcher that never saw its protocol computed them.

    `natural` questions were asked of the whole protocol, answered or not; the others were written for one clause.
    """

    stem: str
    text: str
    context: tuple[str, ...]
    outcome: str
    relevant: frozenset[int]
    table: Numbers
    vector: Numbers | None
    natural: bool = False


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


def cases(data: Path, stem: str, matcher: Matcher) -> list[Case]:
    """Every question asked of one protocol with its signals."""
    place = {clause.id: at for at, clause in enumerate(matcher.clauses)}
    found = []
    for row in questions(data, stem):
        context = tuple(row.get("context") or ())
        table, vector = matcher.signals(*matcher.follow(row["q"], context))
        found.append(
            Case(
                stem, row["q"], context, GOLD.get(row["outcome"], row["outcome"]),
                frozenset(place[r] for r in row["relevant"]), table, vector, natural=True,
            )
        )  # fmt: skip
    return found


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
        asked, before = matcher.follow(case.text, case.context)
        scores = case.table @ weights
        signals = confidence_signals(matcher, asked, case.table, scores, case.vector)
        signals["context"] = float(before is not None)
        rows.append((signals, int(np.argmax(scores)) in case.relevant))
    return rows


def outcome_rows(matcher: Matcher, found: Sequence[Case], weights: Numbers) -> list[Row]:
    """Signals of a clause that answers, and of the first clause where it does not, with the outcome asked for."""
    rows: list[Row] = []
    for case in found:
        if case.relevant:
            scores = case.table @ weights
            right = max(case.relevant, key=lambda at: float(scores[at]))
            for place in {right, int(np.argmax(scores))}:
                rows.append((outcome_of(matcher, case, place), case.outcome))
    return rows


def outcome_of(matcher: Matcher, case: Case, place: int) -> dict[str, float]:
    asked, _ = matcher.follow(case.text, case.context)
    read = readings(matcher, place, asked, case.vector)
    return outcome_signals(matcher, asked, matcher.clauses[place], place, read)


def judge(rows: Sequence[Row], strength: float = 0.1, classes: str | None = None) -> dict[str, Any]:
    """A logistic judgement over standardised signals, as plain numbers for raw ones."""
    from sklearn.linear_model import LogisticRegression

    names = sorted({name for signals, _ in rows for name in signals})
    given = np.array([[signals.get(name, 0.0) for name in names] for signals, _ in rows])
    spread = given.std(axis=0) + 1e-6
    found = LogisticRegression(C=strength, max_iter=3000, class_weight=classes).fit(
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
    rank = fit_rank([case for _, found in asked.values() for case in found])
    rows, chances = _left_out(asked, rank)
    natural = [
        (chances[stem][at], bool(hit), bool(case.relevant))
        for stem, (_, found) in asked.items()
        if any(case.natural and case.relevant for case in found)
        for at, (case, (_, hit)) in enumerate(zip(found, rows[stem], strict=True))
        if case.natural
    ]
    answer = float(np.quantile([chance for chance, _, has in natural if has], 1 - answered))
    slope, offset = _sureness([chance for chance, _, _ in natural], [hit for _, hit, _ in natural])
    outcomes = [row for stem in asked for row in outcome_rows(*asked[stem], rank)]
    return {
        "rank": {name: round(float(w), 5) for name, w in zip(SIGNALS, rank, strict=True)},
        "answerable": judge(_answerable(asked, rows, list(asked)), 0.05, "balanced"), "slope": slope, "offset": offset,
        "outcome": judge(outcomes, 0.03), "answer": round(answer, 4), "nearest": round(answer / 3, 4), "may": may,
    }  # fmt: skip


def _left_out(
    asked: Mapping[str, tuple[Matcher, list[Case]]], rank: Numbers
) -> tuple[dict[str, list[Row]], dict[str, Scores]]:
    """Signals of the best clause and the chance that the protocol answers, by weights of other protocols."""
    groups = [stems for at in range(GROUPS) if (stems := list(asked)[at::GROUPS])]
    rows: dict[str, list[Row]] = {}
    for group in groups:
        others = [case for stem, (_, found) in asked.items() if stem not in group for case in found]
        weights = fit_rank(others, start=rank)
        rows.update({stem: confidence_rows(*asked[stem], weights) for stem in group})
    chances: dict[str, Scores] = {}
    for group in groups:
        known = [stem for stem in asked if stem not in group]
        other = judge_of(judge(_answerable(asked, rows, known), 0.05, "balanced"))
        for stem in group:
            chances[stem] = [other.chances(signals)["True"] for signals, _ in rows[stem]]
    return rows, chances


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


def drilled(data: Path, stem: str, matcher: Matcher, turn: int) -> list[Case]:
    """Questions written for the clauses of a protocol, and a share of those that no protocol answers."""
    place = {clause.id: at for at, clause in enumerate(matcher.clauses)}
    written = list(pairs(data, stem))
    rows = [
        (row["q"], row["outcome"], frozenset(place[clause] for clause in answering(row)))
        for row in random.Random(stem).sample(written, min(DRILLED, len(written)))
    ]
    silent = [
        (row["q"], "not_covered", frozenset[int]()) for row in unanswerable(data)[turn % 7 :: 7]
    ]
    found = []
    for text, outcome, relevant in [*rows, *silent]:
        table, vector = matcher.signals(matcher.read(text))
        found.append(Case(stem, text, (), outcome, relevant, table, vector))
    return found


Studied = dict[str, tuple[Matcher, list[Case]]]


def studied(data: Path, stems: Sequence[str], embedder: Embedder | None) -> Studied:
    """Every question asked of these protocols, as an embedder that never saw them hears it."""
    bank, seen = make_bank(embedder), {}
    for turn, stem in enumerate(stems):
        matcher = Matcher(protocol(data, stem), bank, embedder)
        seen[stem] = (matcher, cases(data, stem, matcher) + drilled(data, stem, matcher, turn))
    return seen


def unseen(data: Path, encoders: Sequence[Path]) -> tuple[Studied, Studied]:
    """Each half of the protocols as the encoder taught on the other half hears it."""
    models = [SentenceModel(encoder, MODEL / "tokenizer.json") for encoder in encoders]
    first, second = halves(data)
    return studied(data, first, models[1]), studied(data, second, models[0])


def main() -> None:
    """Bank, then weights: fitted on protocols that an encoder never saw, for use with the shipped one."""
    parser = argparse.ArgumentParser()
    parser.add_argument("encoders", type=Path, nargs=2, help="taught on one half each")
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    save(make_bank(load_model()), FILE)
    first, second = halves(given.data)
    half0, half1 = unseen(given.data, given.encoders)
    written = {
        "with model": scales({**half0, **half1}),
        "without model": scales(studied(given.data, [*first, *second], None)),
    }
    SCALES.write_text(json.dumps(written, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
