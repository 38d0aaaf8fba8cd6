"""The decision about a line: what its names, its situation and its meaning say together."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import exp, log
from typing import TYPE_CHECKING

import numpy as np

from knowledge.hygiene.situation import masked, situation
from knowledge.hygiene.tokens import Token
from knowledge.hygiene.weights import Weights, load_weights

if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel

PROBE = "Has anyone seen PERSON since Friday?"


def personal(
    text: str,
    read: Sequence[Token],
    at_table: Mapping[str, int],
    about: Sequence[str],
    name: float,
    weights: Weights,
    model: "SentenceModel | None",
) -> float:
    """How sure it is that the folded line tells of a particular person away from the table."""
    scene = weights.situation[""] + sum(
        weights.situation.get(feature, 0.0) for feature in situation(text, read, at_table, about)
    )
    opinions = [logit(name), logit(squash(scene))]
    shares = weights.rules_verdict
    if model is not None:
        vector = model.embed([masked(text, read, at_table)])[0]
        opinions.append(
            logit(squash(float(np.dot(weights.meaning[:-1], vector) + weights.meaning[-1])))
        )
        shares = weights.full_verdict
    return squash(
        shares[-1] + sum(share * one for share, one in zip(shares, opinions, strict=False))
    )


@cache
def understands(model: "SentenceModel") -> bool:
    """Whether the weights were learned with this very model; those of another would mislead."""
    return float(np.dot(model.embed([PROBE])[0], load_weights().probe)) > 0.99


def squash(value: float) -> float:
    """The logistic function."""
    return 1 / (1 + exp(-max(-30.0, min(30.0, value))))


def logit(chance: float) -> float:
    """Its inverse, held within what a thousand lines can tell apart."""
    held = min(max(chance, 1e-3), 1 - 1e-3)
    return log(held / (1 - held))
