"""The clauses of one protocol on a theme a notice or a reminder speaks of: chat, recording, breach and so on.

What each theme is for: government guidance (2024), sections on method of sharing, security controls, retention, breach.
"""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from knowledge.language import fold
from protocols.model import Clause, Protocol

Theme = Literal[
    "chat",
    "chat_breach",
    "recording",
    "overheard",
    "classification",
    "conflicts",
    "retention",
    "method",
    "breach",
    "tikanga",
    "after",
    "attend",
    "limits",
    "consult",
    "use",
    "later",
    "outcome",
]
THEMES: tuple[Theme, ...] = get_args(Theme)
REMINDERS: tuple[Theme, ...] = (
    "chat",
    "recording",
    "overheard",
    "classification",
    "conflicts",
    "retention",
    "method",
    "breach",
    "tikanga",
    "after",
)
AT_START: tuple[Theme, ...] = ("chat", "recording", "overheard", "classification", "conflicts")
AT_END: tuple[Theme, ...] = ("after", "retention")


@dataclass(frozen=True, slots=True)
class Point:
    """What a protocol says on one theme; `clauses` is empty when it does not cover it."""

    theme: Theme
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class _Rule:
    sections: frozenset[str]
    cues: tuple[re.Pattern[str], ...]
    against: tuple[re.Pattern[str], ...]
    needs_cue: bool
    only_home: bool
    rows: bool
    most: int


def theme_clauses(protocol: Protocol, theme: Theme, most: int = 9) -> tuple[Clause, ...]:
    """The clauses that say most about a theme, in document order; empty when the protocol does not cover it."""
    rule = _rules()[theme]
    weighed = [
        (weight, clause) for clause in protocol.clauses if (weight := _weight(clause, rule)) > 0
    ]
    best = sorted(weighed, key=lambda pair: -pair[0])[: min(rule.most, most)]
    chosen = {clause.id for weight, clause in best if weight >= best[0][0] / 2}
    return tuple(clause for clause in protocol.clauses if clause.id in chosen)


def points(protocol: Protocol, themes: Sequence[Theme], most: int) -> tuple[Point, ...]:
    """At most `most` clauses for each theme, each clause once. A theme said elsewhere already is left out."""
    said: set[str] = set()
    found: list[Point] = []
    for theme in themes:
        clauses = theme_clauses(protocol, theme, most)
        fresh = tuple(clause for clause in clauses if clause.id not in said)
        if fresh or not clauses:
            found.append(Point(theme, fresh))
        said |= {clause.id for clause in fresh}
    return tuple(found)


def chat_clause(protocol: Protocol) -> Clause | None:
    """The clause on personal information in the meeting chat."""
    about = [c for c in theme_clauses(protocol, "chat") if _CHAT.search(c.text)]
    return next(iter(sorted(about, key=_is_row)), None)


def chat_breach_clause(protocol: Protocol) -> Clause | None:
    """The clause that makes a chat post a breach, if there is one."""
    return next(iter(theme_clauses(protocol, "chat_breach")), None)


_CHAT = re.compile(r"\bchat\b", re.IGNORECASE)


def _is_row(clause: Clause) -> bool:
    """A sentence reads better than a table row, so it goes first."""
    return clause.kind == "table_row"


def _weight(clause: Clause, rule: _Rule) -> float:
    if clause.kind == "table_row" and not rule.rows:
        return 0
    text = fold(clause.text)
    cues = sum(bool(cue.search(text)) for cue in rule.cues)
    at_home = clause.section in rule.sections
    if cues == 0 and (rule.needs_cue or not at_home):
        return 0
    if not at_home and (rule.only_home or cues < 2):
        return 0
    against = sum(bool(cue.search(text)) for cue in rule.against)
    return cues + 0.5 * at_home + 0.1 - 1.5 * against


@cache
def _rules() -> dict[Theme, _Rule]:
    text = files("knowledge.vocabulary").joinpath("themes.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return {theme: _rule(table[theme]) for theme in THEMES}


def _rule(row: dict[str, object]) -> _Rule:
    sections, cues, against = row["sections"], row["cues"], row["against"]
    assert isinstance(sections, list)
    assert isinstance(cues, list)
    assert isinstance(against, list)
    return _Rule(
        frozenset(sections),
        tuple(re.compile(cue, re.IGNORECASE) for cue in cues),
        tuple(re.compile(cue, re.IGNORECASE) for cue in against),
        bool(row["needs_cue"]),
        bool(row["only_home"]),
        bool(row.get("rows", True)),
        int(str(row["most"])),
    )
