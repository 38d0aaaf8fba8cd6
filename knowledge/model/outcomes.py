"""How a question and a clause read together: the outcome that was taught beside the sentence model."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.bank import OUTCOMES
from knowledge.model.vectors import Vectors

SCALE = 4.0


@dataclass(frozen=True, slots=True)
class OutcomeHead:
    """Two layers over a question's vector, a clause's, their product and their distance."""

    inner: Vectors
    inner_bias: Vectors
    outer: Vectors
    outer_bias: Vectors

    def chances(self, question: Vectors, clause: Vectors) -> Mapping[str, float]:
        """The chance of each of OUTCOMES."""
        pair = np.concatenate([question, clause, question * clause, np.abs(question - clause)])
        hidden = np.maximum(self.inner @ (SCALE * pair) + self.inner_bias, 0)
        logits = self.outer @ hidden + self.outer_bias
        share = np.exp(logits - logits.max())
        return dict(zip(OUTCOMES, (share / share.sum()).tolist(), strict=True))


def load_head(file: Path) -> OutcomeHead:
    """The head that `make train` wrote."""
    with np.load(file, allow_pickle=False) as found:
        return OutcomeHead(
            *(found[name].astype(np.float32) for name in OutcomeHead.__dataclass_fields__)
        )
