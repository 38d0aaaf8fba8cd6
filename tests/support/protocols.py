"""Protocols in the clause format of tests/data/protocols, written out as Word files."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, TypedDict

from tests.support.word import BULLETS, Level, List, caption, docx, heading, p, tbl, title

Numbers = Literal["auto", "typed"]
_TOKEN = re.compile(r"\([a-z]+\)|\.?\d+|[A-Z]+")


class ClauseRow(TypedDict, total=False):
    """A line of tests/data/protocols/*.jsonl."""

    id: str
    section: str
    heading: str
    number: str | None
    kind: str
    text: str
    cells: Mapping[str, str]


def protocol_docx(
    rows: Sequence[ClauseRow],
    numbering: Numbers = "auto",
    name: str = "Information Sharing Protocol",
) -> bytes:
    """A Word file that shows exactly these clauses, numbers, headings and tables."""
    numberer: _Auto | _Typed = _Auto(_levels(rows)) if numbering == "auto" else _Typed()
    blocks = [title(name), *_blocks(rows, numberer)]
    return docx(*blocks, lists=numberer.lists, title=name)


def _blocks(rows: Sequence[ClauseRow], numberer: "_Auto | _Typed") -> Iterator[str]:
    shown: list[str] = []
    current = None
    for (above, in_table), group in groupby(
        rows, key=lambda row: (row["heading"], row["kind"] == "table_row")
    ):
        clauses = list(group)
        if in_table and above.startswith("Table "):
            yield caption(above)
        elif above != current:
            current = above
            prefix = _heading_number(clauses, shown)
            yield numberer.heading(
                above, prefix, below=prefix is None and _continues(clauses, shown)
            )
            shown = shown if prefix is None else [prefix]
        if in_table:
            yield _table(clauses)
            continue
        for clause in clauses:
            shown = _tokens(clause["number"]) or shown
            yield numberer.clause(clause)


def _heading_number(clauses: Sequence[ClauseRow], shown: Sequence[str]) -> str | None:
    """The number a heading must show for its clauses' numbers to follow from it."""
    tokens = next(
        (found for clause in clauses if len(found := _tokens(clause["number"])) > 1), None
    )
    single = any(len(_tokens(clause["number"])) == 1 for clause in clauses)
    return tokens[0] if tokens and not single and tokens[0] not in shown[:1] else None


def _continues(clauses: Sequence[ClauseRow], shown: Sequence[str]) -> bool:
    """Whether the clauses go on with the numbers of the heading above: theirs is a lower heading."""
    tokens = next((found for clause in clauses if (found := _tokens(clause["number"]))), [])
    return len(tokens) > 1 and tokens[:1] == list(shown[:1])


def _tokens(number: str | None) -> list[str]:
    """`4.2(b)` is 4, .2, (b); a table row's number is none of a paragraph's."""
    return [] if number is None or number.startswith("Table") else _TOKEN.findall(number)


def _table(clauses: Sequence[ClauseRow]) -> str:
    return tbl([list(clauses[0]["cells"]), *(list(clause["cells"].values()) for clause in clauses)])


@dataclass(slots=True)
class _Typed:
    """Numbers typed by hand before a tab."""

    lists: list[List] = field(default_factory=lambda: [BULLETS])

    def heading(self, text: str, number: str | None, below: bool) -> str:
        return heading(text if number is None else f"{number}\t{text}", 2 if below else 1)

    def clause(self, clause: ClauseRow) -> str:
        tokens = _tokens(clause["number"])
        if not tokens:
            return p(clause["text"], number=(1, 0) if clause["kind"] == "list_item" else None)
        label = tokens[-1] if tokens[-1].startswith("(") else clause["number"]
        return p(f"{label}\t{clause['text']}")


@dataclass(slots=True)
class _Auto:
    """Word's own multilevel numbering; a number out of sequence starts its level afresh."""

    levels: Sequence[Level]
    lists: list[List] = field(default_factory=list)
    counters: list[int] = field(default_factory=lambda: [0] * 9)

    def __post_init__(self) -> None:
        self.lists.extend((BULLETS, List(self.levels)))

    def heading(self, text: str, number: str | None, below: bool) -> str:
        return heading(text, 2 if below else 1, None if number is None else self._number([number]))

    def clause(self, clause: ClauseRow) -> str:
        tokens = _tokens(clause["number"])
        bullet = (1, 0) if clause["kind"] == "list_item" else None
        return p(clause["text"], number=self._number(tokens) if tokens else bullet)

    def _number(self, tokens: Sequence[str]) -> tuple[int, int]:
        """The list and level that show the last token here."""
        level = len(tokens) - 1
        wanted = _value(tokens[-1])
        natural = self.counters[level] + 1
        self.counters[level + 1 :] = [0] * (8 - level)
        self.counters[level] = wanted
        if wanted == natural:
            return 2, level
        self.lists.append(List(like=2, starts={level: wanted}))
        return len(self.lists), level


def _levels(rows: Sequence[ClauseRow]) -> list[Level]:
    """One list level for each place in the numbers, its form taken from the first clause that has it."""
    numbers = [tokens for row in rows if (tokens := _tokens(row["number"]))]
    levels: list[Level] = []
    for place in range(max((len(tokens) for tokens in numbers), default=0)):
        token = next(tokens[place] for tokens in numbers if len(tokens) > place)
        levels.append(_level(token, place, levels))
    return levels


def _level(token: str, place: int, above: Sequence[Level]) -> Level:
    if token.startswith("("):
        return Level("lowerLetter", f"(%{place + 1})")
    parents = above[-1].text.rstrip(".") if above else ""
    dot = "." if token.startswith(".") else ""
    form = "decimal" if token.lstrip(".").isdigit() else "upperLetter"
    return Level(form, f"{parents}{dot}%{place + 1}" + ("." if not above else ""))


def _value(token: str) -> int:
    inner = token.strip(".()")
    return int(inner) if inner.isdigit() else len(inner) * 26 - 26 + ord(inner[0].lower()) - 96
