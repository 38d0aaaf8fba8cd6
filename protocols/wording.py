"""Words made comparable, and the vocabulary by which the parts of a protocol are recognised."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_PLAIN = str.maketrans("āēīōūàèéêëïôöüç’‘ʻ`", "aeiouaeeeeioouc" + "'" * 4)
_NOT_WORD = re.compile(r"[^0-9a-z]+")


class SectionWords(NamedTuple):
    """What speaks for a section: whole titles, phrases in a heading, phrases in a clause."""

    titles: tuple[str, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    clause: tuple[str, ...]


class Vocabulary(NamedTuple):
    """The contents of vocabulary.toml, folded; phrases are padded so that `phrase in fold(text)` finds whole words."""

    sections: dict[str, SectionWords]
    neighbours: tuple[frozenset[str], ...]
    exceptions: tuple[str, ...]
    changes: tuple[str, ...]
    outside: dict[str, tuple[str, ...]]
    columns: dict[str, tuple[str, ...]]
    government: tuple[tuple[str, ...], ...]
    public_words: tuple[str, ...]
    maori_words: tuple[str, ...]
    everyone: tuple[str, ...]
    but_not: tuple[str, ...]
    broad: tuple[str, ...]
    checks: dict[str, tuple[str, ...]]


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """The words of a text, lower case, without macrons or punctuation, padded with a space at both ends."""
    plain = text.casefold().translate(_PLAIN)
    if not plain.isascii():
        plain = "".join(
            c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c)
        )
    spaced = _NOT_WORD.sub(" ", plain.replace("'", "")).strip()
    return f" {spaced} "


def phrases(raw: Iterable[str]) -> tuple[str, ...]:
    """Phrases ready for `in fold(text)`; a trailing * leaves the end of the word open."""
    return tuple(fold(p)[:-1] if p.endswith("*") else fold(p) for p in raw)


def any_of(needles: Iterable[str], folded: str) -> bool:
    """Whether one of the phrases stands in the folded text."""
    for needle in needles:  # noqa: SIM110  # a generator costs three times as much, and reading time is promised
        if needle in folded:
            return True
    return False


def words(text: str) -> list[str]:
    """The folded words of a text."""
    return fold(text).split()


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    raw = tomllib.loads((files("protocols") / "vocabulary.toml").read_text(encoding="utf-8"))
    return Vocabulary(
        sections={
            key: SectionWords(*(phrases(entry[name]) for name in SectionWords._fields))
            for key, entry in raw["section"].items()
        },
        neighbours=tuple(frozenset(group) for group in raw["neighbours"]["groups"]),
        exceptions=phrases(raw["neighbours"]["exceptions"]),
        changes=phrases(raw["neighbours"]["changes"]),
        outside={key: phrases(entry) for key, entry in raw["outside"].items()},
        columns={role: phrases(entry) for role, entry in raw["column"].items()},
        government=tuple(tuple(names) for names in raw["agencies"]["government"]),
        public_words=phrases(raw["agencies"]["public_words"]),
        maori_words=phrases(raw["agencies"]["maori_words"]),
        everyone=phrases(raw["everyone"]["all"]),
        but_not=phrases(raw["everyone"]["except"]),
        broad=phrases(raw["checks"]["broad"]),
        checks={name: phrases(entry) for name, entry in raw["checks"].items()},
    )
