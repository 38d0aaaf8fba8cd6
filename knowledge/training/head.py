"""Learns the outcome beside the sentence model; `knowledge.model.outcomes` runs what was learned. Needs torch."""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from knowledge.bank import OUTCOMES
from knowledge.model.outcomes import SCALE


class Head(nn.Module):
    """The outcome from a question's vector and a clause's."""

    def __init__(self) -> None:
        super().__init__()
        self.inner, self.outer = nn.Linear(4 * 384, 128), nn.Linear(128, len(OUTCOMES))
        self.drop = nn.Dropout(0.2)

    def forward(self, questions: Tensor, clauses: Tensor) -> Tensor:
        pairs = [questions, clauses, questions * clauses, (questions - clauses).abs()]
        return self.outer(self.drop(self.inner(SCALE * torch.cat(pairs, dim=1)).relu()))

    def save(self, out: Path) -> None:
        """Its weights as `OutcomeHead` reads them."""
        layers = {"inner": self.inner, "outer": self.outer}
        found = {name: layer.weight for name, layer in layers.items()}
        found |= {f"{name}_bias": layer.bias for name, layer in layers.items()}
        halves: dict[str, Any] = {
            name: value.detach().numpy().astype(np.float16) for name, value in found.items()
        }
        np.savez_compressed(out, **halves)
