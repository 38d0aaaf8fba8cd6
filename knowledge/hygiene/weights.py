"""What `make train` learned, as read from weights.npz."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from io import BytesIO

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by name of the evidence ('' is the bias), and how the verdict weighs the three opinions."""

    names: Mapping[str, float]
    situation: Mapping[str, float]
    meaning: npt.NDArray[np.float32]
    probe: npt.NDArray[np.float32]
    rules_verdict: tuple[float, ...]
    full_verdict: tuple[float, ...]

    def judging_as(self, other: "Weights") -> "Weights":
        """These weights with the verdict of `other`."""
        return replace(self, rules_verdict=other.rules_verdict, full_verdict=other.full_verdict)


@cache
def load_weights() -> Weights:
    """The shipped weights."""
    content = files("knowledge.hygiene").joinpath("weights.npz").read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        return Weights(
            _named(stored, "names"),
            _named(stored, "situation"),
            stored["meaning"].astype(np.float32),
            stored["probe"].astype(np.float32),
            tuple(map(float, stored["rules_verdict"])),
            tuple(map(float, stored["full_verdict"])),
        )


def store_weights(weights: Weights) -> bytes:
    """The content of weights.npz."""
    content = BytesIO()
    np.savez_compressed(
        content,
        names_text=_text(weights.names),
        names_value=np.array(list(weights.names.values()), np.float32),
        situation_text=_text(weights.situation),
        situation_value=np.array(list(weights.situation.values()), np.float32),
        meaning=weights.meaning,
        probe=weights.probe,
        rules_verdict=np.array(weights.rules_verdict),
        full_verdict=np.array(weights.full_verdict),
    )
    return content.getvalue()


def _named(stored: Mapping[str, npt.NDArray[np.generic]], part: str) -> dict[str, float]:
    names = stored[f"{part}_text"].tobytes().decode().split("\n")
    return dict(zip(names, stored[f"{part}_value"].tolist(), strict=True))


def _text(weights: Mapping[str, float]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(name.replace("\n", "¶") for name in weights).encode(), np.uint8)
