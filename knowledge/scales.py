"""What was learned (`make train`): how much each signal weighs, for use with and without the sentence model."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from knowledge.bank import Numbers
from knowledge.matching import SIGNALS

FILE = Path(__file__).parent / "model" / "scales.json"


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic judgement: the chance of each of `classes` given named signals."""

    names: tuple[str, ...]
    classes: tuple[str, ...]
    weights: Numbers
    bias: Numbers

    def chances(self, signals: Mapping[str, float]) -> dict[str, float]:
        given = np.array([signals.get(name, 0.0) for name in self.names], np.float32)
        logits = self.weights @ given + self.bias
        if len(self.classes) == 2 and len(logits) == 1:
            logits = np.array([0.0, float(logits[0])])
        share = np.exp(logits - logits.max())
        return dict(zip(self.classes, (share / share.sum()).tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class Scales:
    """`rank` weighs SIGNALS; `answerable` judges whether the protocol answers at all.

    Answers come from a chance of `answer` up, nearest clauses from `nearest` up, `may` from a chance of `may` up.
    """

    rank: Numbers
    answerable: Judge
    slope: float
    offset: float
    outcome: Judge
    answer: float
    nearest: float
    may: float

    def confidence(self, chance: float) -> float:
        """The chance that the first clause answers, given the chance that any does."""
        odds = math.log(max(chance, 1e-6) / max(1 - chance, 1e-6))
        return 1 / (1 + math.exp(-(self.slope * odds + self.offset)))


@cache
def load_scales(with_model: bool, file: Path = FILE) -> Scales:
    return scales_of(
        json.loads(file.read_text("utf-8"))["with model" if with_model else "without model"]
    )


def scales_of(found: Mapping[str, Any]) -> Scales:
    """Scales from the plain numbers `make train` writes."""
    weights = {**dict.fromkeys(SIGNALS, 0.0), **found["rank"]}
    return Scales(
        np.array([weights[name] for name in SIGNALS], np.float32),
        judge_of(found["answerable"]),
        found["slope"],
        found["offset"],
        judge_of(found["outcome"]),
        found["answer"],
        found["nearest"],
        found["may"],
    )


def judge_of(found: Mapping[str, Any]) -> Judge:
    weights: Sequence[Sequence[float]] = found["weights"]
    return Judge(
        tuple(found["names"]),
        tuple(found["classes"]),
        np.array(weights, np.float32),
        np.array(found["bias"], np.float32),
    )
