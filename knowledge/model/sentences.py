"""The small sentence model: runs offline, on one core, from files in the installed packages."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from knowledge.model.outcomes import load_head
from knowledge.model.runtime import onnxruntime
from knowledge.model.vectors import Embedder, Sentence, Vectors

LONGEST = 128
BATCH = 4  # measured: larger ones leave the cache


class SentenceModel(Embedder):
    """Sentences as unit vectors of 384 numbers: the cosine of two says how alike they are."""

    def __init__(self, weights: Path, tokenizer: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(weights), options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(LONGEST)
        self._tokenizer.no_padding()
        taught = weights.with_suffix(".npz")
        self._head = load_head(taught) if taught.is_file() else None

    def read(self, texts: Sequence[str]) -> list[Sentence]:
        """One sentence per text; batches hold texts of like length, so that little is padded."""
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        order = sorted(range(len(pieces)), key=lambda at: len(pieces[at]))
        found: dict[int, Sentence] = {}
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            found.update(zip(chosen, self._read([pieces[at] for at in chosen]), strict=True))
        return [found[at] for at in range(len(pieces))]

    def outcomes(self, question: Vectors, clause: Vectors) -> Mapping[str, float]:
        """The chance of each outcome; empty for a model without a head beside it."""
        return self._head.chances(question, clause) if self._head else {}

    def _read(self, pieces: Sequence[Sequence[int]]) -> Iterator[Sentence]:
        ids = np.zeros((len(pieces), max(map(len, pieces))), np.int64)
        mask = np.zeros_like(ids)
        for row, sequence in enumerate(pieces):
            ids[row, : len(sequence)] = sequence
            mask[row, : len(sequence)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(
            None, {name: value for name, value in given.items() if name in self._inputs}
        )[0]
        for row, sequence in enumerate(pieces):
            own = states[row, : len(sequence)]
            # The first and the last piece only mark the ends.
            yield Sentence(_unit(own.mean(axis=0)), _unit(own[1:-1]), tuple(sequence[1:-1]))


def _unit(states: Vectors) -> Vectors:
    norms = np.linalg.norm(states, axis=-1, keepdims=True)
    unit: Vectors = (states / np.maximum(norms, 1e-6)).astype(np.float32)
    return unit
