"""The chat lines the scan learns from: written ones, and made ones with names and places in frames."""

import json
import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from knowledge.hygiene.folding import fold
from knowledge.hygiene.lexicon import NAME, WORD, lexicon

CHAT = Path(__file__).parents[2] / "tests" / "data" / "chat"
# author4 and author5 teach nothing: they measure. Half of author5's lines were made hard on purpose.
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
