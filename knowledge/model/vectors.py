"""What the matcher needs of a sentence model."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A text read: its vector, and a vector for each of its `pieces` (words or parts of words, by number).

    All vectors have 384 numbers and length one.
    """

    vector: Vectors
    words: Vectors
    pieces: tuple[int, ...]


class Embedder(ABC):
    """Sentences as unit vectors of 384 numbers: the cosine of two says how alike they are."""

    @abstractmethod
    def read(self, texts: Sequence[str]) -> list[Sentence]:
        """One sentence per text."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""
        if not texts:
            return np.zeros((0, 384), np.float32)
        return np.stack([sentence.vector for sentence in self.read(texts)])
