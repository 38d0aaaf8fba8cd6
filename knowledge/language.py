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
_BETWEEN_SENTENCES = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĀĒĪŌŪ(“'])")
_STEMMER = snowballstemmer.stemmer("english")


def fold(text: str) -> str:
    """Lower case, without macrons or apostrophes: `Whānau's` is `whanaus`."""
    decomposed = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text))
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).lower()


def words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def sentences(text: str) -> list[str]:
    """The text's sentences, and what stands between semicolons before a capital, as they stand."""
    return _BETWEEN_SENTENCES.split(text)


def stem(word: str, *, keep: bool = False) -> str:
    """The word's stem; `keep` remembers it, for words of protocols and never for those of people."""
    found = _STEMS.get(word) or str(_STEMMER.stemWord(word))
    if keep:
        _STEMS[word] = found
    return found


_STEMS: dict[str, str] = {}


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
    """Common words and whole words of the sentence model's vocabulary: what is spelt so is no slip."""
    here = resources.files("knowledge")
    pieces: Iterable[str] = json.loads(here.joinpath("model", "tokenizer.json").read_text("utf-8"))[
        "model"
    ]["vocab"]
    common = here.joinpath("names", "english_common.txt").read_text("utf-8").split()
    return frozenset(word for word in (*pieces, *common) if len(word) > 2 and word.isalpha())


@cache
def vocabulary(name: str) -> Mapping[str, Any]:
    """One of the word lists in `knowledge/vocabulary/`."""
    text = resources.files("knowledge").joinpath("vocabulary", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def word_set(name: str) -> frozenset[str]:
    """One of the sets in `words.toml`."""
    return frozenset(vocabulary("words")[name].split())


def glossed(tokens: Sequence[str]) -> list[str]:
    """Slang, text-speak, abbreviations, product names and te reo read as plain English.

    A te reo word that English also has (`he`, `take`) is read as te reo only in a te reo sentence.
    """
    everyday, te_reo = _glosses()
    tables = (te_reo, everyday) if _in_te_reo(tokens) else (everyday,)
    out: list[str] = []
    at = 0
    while at < len(tokens):
        length, gloss = _longest(tokens, at, tables)
        out.extend(gloss if length else (tokens[at],))
        at += length or 1
    return out


Glosses = Mapping[tuple[str, ...], Sequence[str]]


def _longest(
    tokens: Sequence[str], at: int, tables: Sequence[Glosses]
) -> tuple[int, Sequence[str]]:
    for length in (4, 3, 2, 1):
        phrase = tuple(tokens[at : at + length])
        for table in tables:
            if len(phrase) == length and phrase in table:
                return length, table[phrase]
    return 0, ()


@cache
def _glosses() -> tuple[Glosses, Glosses]:
    everyday: dict[tuple[str, ...], Sequence[str]] = {}
    te_reo: dict[tuple[str, ...], Sequence[str]] = {}
    for group, entries in vocabulary("glossary").items():
        for phrase, gloss in entries.items():
            key = tuple(fold(phrase).split("_"))
            te_reo_only = group == "te_reo" and len(key) == 1 and _is_english(key[0])
            (te_reo if te_reo_only else everyday)[key] = tuple(words(gloss))
    return everyday, te_reo


def _is_english(word: str) -> bool:
    return len(word) < 4 or word in common_english()


_TE_REO = word_set("te_reo_little")


def _in_te_reo(tokens: Sequence[str]) -> bool:
    """Whether most of the little words are te reo."""
    count = sum(token in _TE_REO for token in tokens)
    return count >= 2 and count >= 0.4 * len(tokens)
