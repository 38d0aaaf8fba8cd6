"""What the matcher needs of a sentence model."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vectors: TypeAlias = npt.NDArray[np.float32]


class Embedder(ABC):
    """Sentences as unit vectors of 384 numbers: the cosine of two says how alike they are."""

    @abstractmethod
    def embed(self, texts: Sequence[str]) -> Vectors:
        """One row per text."""
