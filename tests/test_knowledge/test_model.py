"""The sentence model: like sentences lie close, one row per text, of length one."""

import numpy as np

from knowledge.bank import OUTCOMES
from knowledge.model import load_model, load_published_model


def test_sentences_become_unit_vectors_in_order() -> None:
    model = load_model()
    assert model is not None
    vectors = model.embed(["may I record the meeting", "x", "can this call be taped"])
    assert vectors.shape == (3, 384)
    assert np.allclose(1, np.linalg.norm(vectors, axis=1), atol=1e-4)
    assert vectors[0] @ vectors[2] > vectors[0] @ vectors[1]


def test_a_pair_read_together_gets_a_chance_for_each_outcome() -> None:
    model = load_model()
    assert model is not None
    question, forbids, lets = model.embed(
        [
            "can i record the meeting",
            "nobody records the meeting . no recording is made",
            "anyone may record the meeting and need not ask",
        ]
    )
    unlike, like = model.outcomes(question, forbids), model.outcomes(question, lets)
    assert abs(sum(unlike.values()) - 1) < 1e-5
    assert list(OUTCOMES) == list(like)
    assert unlike["may_not"] > like["may_not"]
    assert unlike["may"] < like["may"]


def test_a_model_that_was_not_taught_outcomes_gives_none() -> None:
    published = load_published_model()
    assert published is not None
    question, clause = published.embed(["can i record", "nobody records"])
    assert {} == published.outcomes(question, clause)
