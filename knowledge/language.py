"""Words as people type them, brought to one form: case, macrons, apostrophes, endings, slips."""

import json
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

import snowballstemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

_WORD = re.compile(r"[a-z0-9]+")
_APOSTROPHES = re.compile(r"['’‘`ʻ]")
_STEMMER = snowballstemmer.stemmer("english")


def fold(text: str) -> str:
    """Lower case, without macrons or apostrophes: `Whānau's` is `whanaus`."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).lower()


def words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


@cache
def stem(word: str) -> str:
    return str(_STEMMER.stemWord(word))


def repair(tokens: Sequence[str], known: frozenset[str]) -> list[str]:
    """Tokens with slips mended towards `known` words; a word English knows is left alone."""
    return [_mend(token, known) for token in tokens]


def _mend(token: str, known: frozenset[str]) -> str:
    if len(token) < 5 or token in known or token in common_english() or not token.isalpha():
        return token
    near = [
        word for word in _by_initial(known).get(token[0], ()) if abs(len(word) - len(token)) < 3
    ]
    found = process.extractOne(token, near, scorer=OSA.normalized_similarity, score_cutoff=0.74)
    return found[0] if found else token


@cache
def _by_initial(known: frozenset[str]) -> Mapping[str, Sequence[str]]:
    table: dict[str, list[str]] = {}
    for word in sorted(known):
        if len(word) > 3:
            table.setdefault(word[0], []).append(word)
    return table


@cache
def common_english() -> frozenset[str]:
    """Whole words of the sentence model's vocabulary: what is spelt so is no slip."""
    text = resources.files("knowledge").joinpath("model", "tokenizer.json").read_text("utf-8")
    vocabulary: Iterable[str] = json.loads(text)["model"]["vocab"]
    return frozenset(word for word in vocabulary if len(word) > 2 and word.isalpha())


@cache
def vocabulary(name: str) -> Mapping[str, Any]:
    """One of the word lists in `knowledge/vocabulary/`."""
    text = resources.files("knowledge").joinpath("vocabulary", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)
