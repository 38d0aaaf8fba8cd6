"""The sentence model: like sentences lie close, one row per text, of length one."""

import numpy as np

from knowledge.model import load_model


def test_sentences_become_unit_vectors_in_order() -> None:
    model = load_model()
    assert model is not None
    vectors = model.embed(["may I record the meeting", "x", "can this call be taped"])
    assert vectors.shape == (3, 384)
    assert np.allclose(1, np.linalg.norm(vectors, axis=1), atol=1e-4)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1]
