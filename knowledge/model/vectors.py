"""What the matcher needs of a sentence model."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]

# Vectors of single words are dropped after so many texts.
AT_ONCE = 128


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

    @abstractmethod
    def outcomes(self, question: Vectors, clause: Vectors) -> Mapping[str, float]:
        """The chance of each outcome, were the clause to answer the question; empty where that was not taught."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""
        vectors = np.zeros((len(texts), 384), np.float32)
        for start in range(0, len(texts), AT_ONCE):
            for at, sentence in enumerate(self.read(texts[start : start + AT_ONCE]), start):
                vectors[at] = sentence.vector
        return vectors
