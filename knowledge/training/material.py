"""What the sentence model is taught on, written to one JSON file; and the bank and the protocols in DATA.

    python -m knowledge.training.material DATA OUT.json

Taught: the protocols in DATA with the questions asked of them, the questions written for each of their clauses, and
questions that no protocol answers.
"""

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from knowledge.agencies import Agencies
from knowledge.questions import heard, said
from protocols.model import Clause, Protocol
from protocols.reading import protocol_from_clauses

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the positions of the clauses that answer it; none when the protocol is silent."""

    text: str
    context: tuple[str, ...]
    relevant: tuple[int, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """Clauses of one protocol and questions, as the sentence model sees them; `half` is 0 or 1."""

    name: str
    half: int
    clauses: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of clause of the template: its wordings, and questions with the outcome they would get."""

    section: str
    name: str
    wordings: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]


# What the labels of whole question sets are called among the outcomes.
GOLD = {"who": "information", "when": "information", "how": "information", "what": "information"}
# Nothing is taught or fitted on these; the bank of questions was written beside APART.
EXAM = ("crisis", "older_persons", "pacific_hub", "boarding_houses", "community_panel")
APART = "attendance"


def lessons(data: Path) -> list[Lesson]:
    """Every protocol of `data` that may be taught, with whatever was asked of it."""
    return [_asked(data, stem, at) for at, half in enumerate(halves(data)) for stem in half]


def halves(data: Path) -> tuple[list[str], list[str]]:
    """The protocols that may be taught, in two halves: what learned from one is measured on the other."""
    found = sorted(path.stem for path in (data / "protocols").glob("*.jsonl"))
    taught = [stem for stem in found if stem not in (*EXAM, APART)]
    asked = [stem for stem in taught if pairs(data, stem) and len(questions(data, stem)) > 50]
    others = [stem for stem in taught if stem not in asked]
    return asked[::2] + others[::2], asked[1::2] + others[1::2]


def kinds() -> list[Kind]:
    """The bank."""
    found: list[tuple[str, list[str], list[tuple[str, str]]]] = []
    for line in _lines("bank.txt"):
        if line.startswith("## "):
            found.append((line[3:], [], []))
        elif line.startswith("= "):
            found[-1][1].append(line[2:])
        else:
            found[-1][2].append((line[2:], OUTCOMES[line[0]]))
    return [
        Kind(head.split(": ")[0], head.split(": ")[1], tuple(wordings), tuple(questions))
        for head, wordings, questions in found
    ]


OUTCOMES = {"m": "may", "n": "may_not", "c": "conditional", "i": "information"}


def silences() -> list[tuple[str, str]]:
    """Questions no protocol answers, with their kind."""
    found, kind = [], ""
    for line in _lines("silence.txt"):
        if line.startswith("## "):
            kind = line[3:]
        else:
            found.append((line, kind))
    return found


def protocol(data: Path, stem: str) -> Protocol:
    """A protocol of `data` as the product reads it."""
    clauses: list[Clause] = []
    lead_in: str | None = None
    for row in _rows(data / "protocols" / f"{stem}.jsonl"):
        cite = row["number"] or row["id"]
        if row["kind"] != "list_item":
            lead_in = cite if row["text"].rstrip().endswith(":") else None
        clauses.append(
            Clause(
                row["id"], row["number"], cite, row["kind"], row["text"], row.get("cells"), (),
                row["section"], row["heading"], lead_in if row["kind"] == "list_item" else None,
            )
        )  # fmt: skip
    return protocol_from_clauses(stem, clauses, date(2026, 11, 22))


def questions(data: Path, stem: str) -> Sequence[Mapping[str, Any]]:
    """Questions asked of the whole protocol, some of which it does not answer; none where nobody asked any."""
    return _rows_of(data / "questions" / f"{stem}.jsonl")


def pairs(data: Path, stem: str) -> Sequence[Mapping[str, Any]]:
    """Questions written for one clause each; none where nobody wrote any."""
    return _rows_of(data / "pairs" / f"{stem}.jsonl")


def unanswerable(data: Path) -> Sequence[Mapping[str, Any]]:
    """Questions that no protocol answers."""
    return [*pairs(data, "unanswerable"), *pairs(data, "unanswerable2")]


def answering(pair: Mapping[str, Any]) -> tuple[str, ...]:
    """The clauses that answer the question of a pair: the one it was written for, and any that does as well."""
    return (pair["clause"], *pair.get("also", ()))


def _asked(data: Path, stem: str, half: int) -> Lesson:
    agreed = protocol(data, stem)
    agencies = Agencies(agreed)
    place = {clause.id: at for at, clause in enumerate(agreed.clauses)}
    texts = {clause.cite: clause.text for clause in agreed.clauses}
    clauses = [
        said(agencies, c.heading, texts.get(c.lead_in or "", ""), c.text) for c in agreed.clauses
    ]
    asked = [
        Question(
            heard(agencies, row["q"]),
            tuple(heard(agencies, text) for text in row.get("context") or ()),
            tuple(place[clause] for clause in row["relevant"]),
            GOLD.get(row["outcome"], row["outcome"]),
        )
        for row in questions(data, stem)
    ]
    drilled = [
        Question(
            heard(agencies, row["q"]), (), tuple(place[c] for c in answering(row)), row["outcome"]
        )
        for row in pairs(data, stem)
    ]
    return Lesson(stem, half, tuple(clauses), (*asked, *drilled))


def _rows_of(path: Path) -> list[dict[str, Any]]:
    return list(_rows(path)) if path.is_file() else []


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _lines(name: str) -> Iterator[str]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("# "):
            yield line


def main() -> None:
    data, out = map(Path, sys.argv[1:])
    agencies = Agencies()
    written = {
        "lessons": [asdict(lesson) for lesson in lessons(data)],
        "silences": [
            heard(agencies, text)
            for text in (*dict(silences()), *(row["q"] for row in unanswerable(data)))
        ],
    }
    out.write_text(json.dumps(written, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
