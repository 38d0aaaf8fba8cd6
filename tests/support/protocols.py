"""Protocols in the clause format of tests/data/protocols, written out as Word files."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Literal, TypedDict

from protocols.word.ordinals import spell
from tests.support.word import BULLETS, Level, List, caption, docx, heading, p, tbl, title

Numbers = Literal["auto", "typed"]
_TOKEN = re.compile(r"\([a-z]+\)|\.?\d+|[A-Z]+")
_ROW = ", row "
_SCHEDULE = re.compile(
    r"(?:Schedule|Sch) (?P<name>\w+)(?:, (?:[a-z]+ )?(?P<own>\d+)|(?P<item>\([a-z]+\))|, [a-z]+)"
)
_COUNTED = re.compile(r"Table (\d+), row \d+")


class ClauseRow(TypedDict, total=False):
    """A line of tests/data/protocols/*.jsonl."""

    id: str
    section: str
    heading: str
    number: str | None
    kind: str
    text: str
    cells: Mapping[str, str]


def protocol_rows(path: Path) -> tuple[ClauseRow, ...]:
    """The clauses of a file; a cell that its author left out of a row is an empty one, and a row is cited by what the
    page shows of its table."""
    rows = [_as_shown(json.loads(line)) for line in path.read_text("utf-8").splitlines()]
    found: list[ClauseRow] = []
    tables = 0
    for (_, kind), group in groupby(rows, key=lambda row: (row["heading"], row["kind"])):
        clauses = list(group)
        if kind == "table_row":
            clauses = _named(clauses, tables + 1)
            counted = _COUNTED.fullmatch(clauses[0]["number"] or "")
            tables = int(counted[1]) if counted else tables
        found += clauses
    return tuple(found)


def _named(table: Sequence[ClauseRow], place: int) -> list[ClauseRow]:
    """The rows with all their cells; those cited by a name that stands nowhere above them (`Schedule 4, line 3` below
    another heading) by the place of their table instead."""
    name = (table[0]["number"] or "").partition(",")[0]
    shown = bool(name) and (name.startswith("Table ") or table[0]["heading"].startswith(name))
    columns = tuple(dict.fromkeys(column for row in table for column in row["cells"]))
    rows = [_whole(row, columns) for row in table]
    return (
        rows
        if shown
        else [{**row, "number": f"Table {place}{_ROW}{at}"} for at, row in enumerate(rows, 1)]
    )


def _as_shown(row: ClauseRow) -> ClauseRow:
    """What a page shows of a number cited with its schedule: `Schedule 2, 1` and `Sch 2, para 1` stand as `1` under
    the schedule's heading, `Schedule 2(a)` as `(a)`, and `Schedule 2, note` shows nothing; nor does a row of its table
    (`Sch 2, item 1`), so it is counted."""
    found = _SCHEDULE.fullmatch(row["number"] or "")
    name = f"Schedule {found['name']}" if found else ""
    if found is None or not row["heading"].startswith(name):
        return row
    in_table = row["kind"] == "table_row"
    return {
        **row,
        "number": f"{name}{_ROW}{found['own']}" if in_table else found["own"] or found["item"],
    }


def _whole(row: ClauseRow, columns: Sequence[str]) -> ClauseRow:
    cells = {column: row["cells"].get(column, "") for column in columns}
    text = "; ".join(f"{column}: {value}" for column, value in cells.items()).strip()
    return (
        row
        if cells == row["cells"] and text == row["text"]
        else {**row, "cells": cells, "text": text}
    )


def protocol_docx(
    rows: Sequence[ClauseRow],
    numbering: Numbers = "auto",
    name: str = "Information Sharing Protocol",
) -> bytes:
    """A Word file that shows exactly these clauses, numbers, headings and tables."""
    numberer: _Auto | _Typed = _Auto(rows) if numbering == "auto" else _Typed()
    blocks = [title(name), *_blocks(rows, numberer)]
    return docx(*blocks, lists=numberer.lists, title=name)


def _blocks(rows: Sequence[ClauseRow], numberer: "_Auto | _Typed") -> Iterator[str]:
    shown: list[str] = []
    current = None
    for (above, in_table), group in groupby(
        rows, key=lambda row: (row["heading"], row["kind"] == "table_row")
    ):
        clauses = list(group)
        if in_table and _is_caption(above, clauses[0]["number"]):
            yield caption(above)
        elif above != current:
            current = above
            prefix = _heading_number(clauses, shown)
            yield numberer.heading(
                above, prefix, below=prefix is None and _continues(clauses, shown)
            )
            shown = shown if prefix is None else [prefix]
            numberer.seen.update(shown)
        if in_table:
            yield _table(clauses)
            continue
        for clause in clauses:
            shown = _tokens(clause["number"]) or shown
            yield numberer.clause(clause)


def _is_caption(above: str, number: str | None) -> bool:
    """Whether rows stand under a caption (`Table 2: ...`, or the very name they are cited by), not a heading."""
    return above.startswith("Table ") or above == (number or "").split(_ROW)[0]


def _heading_number(clauses: Sequence[ClauseRow], shown: Sequence[str]) -> str | None:
    """The number a heading must show for its clauses' numbers to follow from it."""
    tokens = next(
        (found for clause in clauses if len(found := _tokens(clause["number"])) > 1), None
    )
    single = any(len(_tokens(clause["number"])) == 1 for clause in clauses)
    if not tokens or single:
        return None
    if clauses[0]["heading"].startswith("Schedule") and tokens[0].isdigit():
        return None
    again = clauses[0]["heading"].startswith(f"{tokens[0]}. ")
    return tokens[0] if again or tokens[0] not in shown[:1] else None


def _continues(clauses: Sequence[ClauseRow], shown: Sequence[str]) -> bool:
    """Whether the clauses go on with the numbers of the heading above: theirs is a lower heading."""
    tokens = next((found for clause in clauses if (found := _tokens(clause["number"]))), [])
    return len(tokens) > 1 and tokens[:1] == list(shown[:1])


def _tokens(number: str | None) -> list[str]:
    """`4.2(b)` is 4, .2, (b); a table row's number is none of a paragraph's."""
    return [] if number is None or _ROW in number else _TOKEN.findall(number)


def _table(clauses: Sequence[ClauseRow]) -> str:
    return tbl([list(clauses[0]["cells"]), *(list(clause["cells"].values()) for clause in clauses)])


@dataclass(slots=True)
class _Typed:
    """Numbers typed by hand before a tab."""

    lists: list[List] = field(default_factory=lambda: [BULLETS])
    seen: set[str] = field(default_factory=set)

    def heading(self, text: str, number: str | None, below: bool) -> str:
        return heading(text if number is None else f"{number}\t{text}", 2 if below else 1)

    def clause(self, clause: ClauseRow) -> str:
        tokens = _tokens(clause["number"])
        if not tokens:
            return p(clause["text"], number=(1, 0) if clause["kind"] == "list_item" else None)
        label = "".join(tokens)
        self.seen.add(label)
        if tokens[-1].startswith("("):
            label = _stem(tokens, self.seen) + tokens[-1]
        return p(f"{label}\t{clause['text']}")


@dataclass(slots=True)
class _Auto:
    """Word's own numbering: one multilevel list, in which a number out of sequence starts its level afresh.

    Items in brackets that are spelt another way than the list's, or that hang below a number nobody shows, make a
    list of their own, and so do numbers (`2.1`) in a document whose list counts otherwise above them (`A1`) or has
    come to another number there (`S2.1` where no heading shows S2).
    """

    rows: Sequence[ClauseRow]
    lists: list[List] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    romans: frozenset[str] = frozenset()
    levels: Sequence[Level] = ()
    counters: list[int] = field(default_factory=lambda: [0] * 9)
    own: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        numbers = [tokens for row in self.rows if (tokens := _tokens(row["number"]))]
        self.romans = _romans(numbers)
        self.levels = _levels(numbers, self.romans)
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
        form = _form(tokens, self.romans)
        self.seen.add("".join(tokens))
        wanted = _value(tokens[-1], form)
        own = self._own_text(tokens)
        if own or form != self.levels[level].format or not self._below(tokens):
            return self._own("".join(tokens[:-1]), Level(form, own or "(%1)", wanted)), 0
        natural = self.counters[level] + 1
        self.counters[level + 1 :] = [0] * (8 - level)
        self.counters[level] = wanted
        if wanted == natural:
            return 2, level
        self.lists.append(List(like=2, starts={level: wanted}))
        return len(self.lists), level

    def _own_text(self, tokens: Sequence[str]) -> str:
        """How a list of its own shows a number that the document's list cannot; '' where it can."""
        if tokens[-1].startswith("("):
            stem = _stem(tokens, self.seen)
            return f"{stem}(%1)" if stem else ""
        fits = all(
            _form(tokens[: place + 1], self.romans) == level.format
            for place, level in enumerate(self.levels[: len(tokens)])
        )
        if fits and self._below(tokens):
            return ""
        return "".join(tokens[:-1]) + re.sub(r"\w+", "%1", tokens[-1])

    def _below(self, tokens: Sequence[str]) -> bool:
        """Whether the list has come to the numbers above the last one; Word shows the first of a level it skips."""
        above = [
            _value(token, _form(tokens[: place + 1], self.romans))
            for place, token in enumerate(tokens[:-1])
        ]
        return above == [count or 1 for count in self.counters[: len(above)]]

    def _own(self, parent: str, level: Level) -> int:
        if parent not in self.own:
            self.lists.append(List((level,)))
            self.own[parent] = len(self.lists)
        return self.own[parent]


def _stem(tokens: Sequence[str], seen: Collection[str]) -> str:
    """What an item in brackets must show of its parents: nothing below a number that is shown."""
    parent = "".join(tokens[:-1])
    return "" if parent in seen else parent


def _romans(numbers: Iterable[Sequence[str]]) -> frozenset[str]:
    """The numbers whose items in brackets count in romans: the first of them is (i)."""
    first: dict[str, str] = {}
    for tokens in numbers:
        if tokens[-1].startswith("("):
            first.setdefault("".join(tokens[:-1]), tokens[-1])
    return frozenset(parent for parent, token in first.items() if token == "(i)")


def _levels(numbers: Sequence[Sequence[str]], romans: Collection[str]) -> list[Level]:
    """One list level for each place in the numbers, in the form of the first clause that has it, brackets last."""
    levels: list[Level] = []
    for place in range(max((len(tokens) for tokens in numbers), default=0)):
        there = [tokens[: place + 1] for tokens in numbers if len(tokens) > place]
        tokens = min(there, key=lambda each: each[-1].startswith("("))
        levels.append(_level(tokens[-1], place, levels, _form(tokens, romans)))
    return levels


def _level(token: str, place: int, above: Sequence[Level], form: str) -> Level:
    if token.startswith("("):
        return Level(form, f"(%{place + 1})")
    parents = above[-1].text.rstrip(".") if above else ""
    dot = "." if token.startswith(".") else ""
    return Level(form, f"{parents}{dot}%{place + 1}" + ("." if not above else ""))


def _form(tokens: Sequence[str], romans: Collection[str]) -> str:
    if tokens[-1].startswith("("):
        return "lowerRoman" if "".join(tokens[:-1]) in romans else "lowerLetter"
    return "decimal" if tokens[-1].lstrip(".").isdigit() else "upperLetter"


def _value(token: str, form: str) -> int:
    inner = token.strip(".()")
    return next(value for value in range(1, 1000) if spell(value, form) == inner)
