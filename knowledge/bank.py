"""Questions keyed to kinds of clause of the template, and questions no protocol answers.

They were written for this; `make train` puts them with their vectors into `knowledge/model/bank.npz`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from protocols.model import SectionKey

Numbers = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

FILE = Path(__file__).parent / "model" / "bank.npz"
OUTCOMES = ("may", "may_not", "conditional", "information")


@dataclass(frozen=True, slots=True)
class Bank:
    """`questions` of kind `kind_of`, sorted by kind; `wordings` of kind `kind_said`; `silences` with reasons.

    The vectors are the sentence model's, in the same order.
    """

    sections: tuple[SectionKey, ...]
    questions: tuple[str, ...]
    kind_of: Places
    outcome_of: Places
    wordings: tuple[str, ...]
    kind_said: Places
    silences: tuple[str, ...]
    reasons: tuple[str, ...]
    question_vectors: Numbers
    wording_vectors: Numbers
    silence_vectors: Numbers

    @property
    def kinds(self) -> int:
        return len(self.sections)

    def by_kind(self, scores: Numbers) -> Numbers:
        """The best score of each kind's questions."""
        starts = np.searchsorted(self.kind_of, np.arange(self.kinds))
        return np.maximum.reduceat(scores, starts)

    def by_wording(self, scores: Numbers) -> Numbers:
        """The best score of each kind's wordings, for rows of clause scores."""
        starts = np.searchsorted(self.kind_said, np.arange(self.kinds))
        best: Numbers = np.maximum.reduceat(scores, starts, axis=1)
        return best


def save(bank: Bank, file: Path) -> None:
    texts = {name: np.array(getattr(bank, name)) for name in _TEXTS}
    places = {name: getattr(bank, name).astype(np.int16) for name in _PLACES}
    vectors = {name: getattr(bank, name).astype(np.float16) for name in _VECTORS}
    np.savez_compressed(file, **texts, **places, **vectors)  # type: ignore[arg-type]  # numpy types **kwds as bool


@cache
def load_bank(file: Path = FILE) -> Bank:
    with np.load(file, allow_pickle=False) as found:
        texts = {name: _texts(found[name]) for name in _TEXTS}
        places = {name: found[name].astype(np.int64) for name in _PLACES}
        vectors = {name: found[name].astype(np.float32) for name in _VECTORS}
    return Bank(**texts, **places, **vectors)  # type: ignore[arg-type]  # the names are the fields'


def _texts(values: npt.NDArray[np.str_]) -> Sequence[str]:
    return tuple(str(value) for value in values)


_TEXTS = ("sections", "questions", "wordings", "silences", "reasons")
_PLACES = ("kind_of", "outcome_of", "kind_said")
_VECTORS = ("question_vectors", "wording_vectors", "silence_vectors")
