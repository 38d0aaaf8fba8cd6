"""What the sentence model and the scales are trained on, written to one JSON file.

    python -m knowledge.training.material DATA OUT.json

Three sources: the bank (questions keyed to kinds of clause), worlds made of it and of the kinds of information
sharing rows speak of, and the protocols in DATA with the questions asked of them.
"""

import json
import random
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
WORLDS = 3


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the positions of the clauses that answer it; none when the protocol is silent."""

    text: str
    context: tuple[str, ...]
    relevant: tuple[int, ...]
    outcome: str


@dataclass(frozen=True, slots=True)
class Lesson:
    """Clauses of one protocol and questions, as the sentence model sees them."""

    name: str
    clauses: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of clause of the template: its wordings, and questions with the outcome they would get."""

    section: str
    name: str
    wordings: tuple[str, ...]
    questions: tuple[tuple[str, str], ...]


def lessons(data: Path) -> list[Lesson]:
    """Every world, and every protocol in `data` that has questions."""
    stems = sorted(path.stem for path in (data / "questions").glob("*.jsonl"))
    return [*(world(seed) for seed in range(WORLDS)), *(_asked(data, stem) for stem in stems)]


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


def world(seed: int) -> Lesson:
    """A protocol that might be: one wording of every kind, and rows for many kinds of information."""
    chance = random.Random(seed)
    agencies = Agencies()
    clauses: list[str] = []
    questions: list[Question] = []
    for kind in kinds():
        if kind.name.startswith("row-") and chance.random() < 0.5:
            continue
        at = len(clauses)
        wordings = kind.wordings if chance.random() < 0.3 else (chance.choice(kind.wordings),)
        clauses.extend(
            said(agencies, kind.section.replace("_", " "), "", text) for text in wordings
        )
        place = tuple(range(at, len(clauses)))
        picked = chance.sample(kind.questions, max(1, len(kind.questions) // 2))
        questions.extend(
            Question(heard(agencies, text), (), place, outcome) for text, outcome in picked
        )
    for row, asked in _sharing_rows(chance):
        questions.extend(
            Question(heard(agencies, text), (), (len(clauses),), outcome) for text, outcome in asked
        )
        clauses.append(said(agencies, "information shared", "", row))
    return Lesson(f"world {seed}", tuple(clauses), tuple(questions))


HOLDERS = {
    "school": ["Ministry of Education", "the school", "Kahu Park College", "the Kāhui Ako"],
    "police": ["New Zealand Police", "Police"],
    "ot": ["Oranga Tamariki"],
    "corrections": ["Corrections", "Department of Corrections"],
    "health": ["Health New Zealand", "Health NZ", "the practice", "Te Aka Hauora Trust"],
    "msd": ["MSD", "Ministry of Social Development"],
    "housing": ["Kāinga Ora", "Whare Ora Housing Trust", "Lighthouse Lodge"],
    "provider": ["Tautoko Trust", "Women's Refuge", "New Steps Mentoring", "Turning Point"],
    "iwi": ["Te Rūnanga o Ngāti Rehu", "Te Puna Whānau"],
    "council": ["the Council", "Riverside District Council"],
}
NICK = {
    "Ministry of Education": ["MoE", "education", "min of ed", "the ministry of ed"],
    "New Zealand Police": ["police", "the cops", "cops", "nga pirihimana"],
    "Police": ["police", "the cops", "cops"],
    "Oranga Tamariki": ["OT", "oranga tamariki", "cyfs"],
    "Corrections": ["corrections", "probation"],
    "Department of Corrections": ["probation", "corrections", "community corrections"],
    "Health New Zealand": ["health", "health nz", "the hospital", "te whatu ora"],
    "Health NZ": ["health", "health nz", "te whatu ora"],
    "MSD": ["winz", "msd", "work and income"],
    "Ministry of Social Development": ["msd", "winz"],
    "Kāinga Ora": ["KO", "kainga ora", "housing nz"],
    "Women's Refuge": ["refuge", "the refuge"],
}
FORMS = [
    "Information: {x}; Shared by: {a}; Shared with: {r}; Legal authority: {l}",
    "What: {x}; Held by: {a}; May be given to: {r}; Conditions: {c}; Authority: {l}",
    "Agency sharing: {a}; Information: {x}; Who receives it: {r}; Legal basis: {l}",
    "Information: {x}; Recipients: {r}; Purpose: {p}; Legal authority: {l}; Limits: {c}",
    "Who has it: {a}; What they may tell: {x}; Who may hear it: {r}",
    "{a} may tell {r} {x}. {c}.",
    "{x} may be given by {a} to {r}. {c}.",
]
LAWS = [
    "Privacy Act 2020, IPP 11(1)(a)", "Privacy Act 2020, IPP 11(1)(c)", "Family Violence Act 2018, section 20",
    "Oranga Tamariki Act 1989, section 66C", "Health Information Privacy Code 2020, rule 11(1)(b)",
]  # fmt: skip
LIMITS = [
    "Verbally only", "No narrative", "Only with the person's agreement", "Dates and counts only", "Form required",
    "Only where it affects safety", "Summary only", "With the manager's authorisation", "No amounts",
]  # fmt: skip
FRAMES = [
    "can {a} tell {b} {x}", "can {b} be told {x}", "does {b} get told {x}", "is {b} allowed to know {x}",
    "{x}, ok for {b}?", "{b} wants to know {x}, can {a} say", "are we right to let {b} know {x}",
    "who gets to hear {x}", "can i mention {x}", "{b} is asking {x}. do we tell them", "can {a} bring up {x}",
    "im from {b}, can i hear {x}", "nothing stopping {b} hearing {x} is there", "{x}. can {a} share that",
    "how far back can we go on {x}", "who tells us {x}", "which agency brings {x}", "what law covers {x}",
    "is it ok to say {x}", "should {b} be in on {x}", "how much can {a} say about {x}", "do {b} hear {x} too",
    "{b} reckon they need {x}. is that allowed", "am i good to tell {b} {x}", "so {b} doesnt get {x}?",
    "isnt {b} meant to be told {x}", "{a} has {x} on file, can that be shared", "can someone tell me {x}",
    "whats {a} allowed to say about {x}", "is there anything stopping {a} from telling us {x}", "{x}?",
    "can the group hear {x}", "can i pass {x} on to {b}", "do i have to keep {x} to myself", "is {x} off limits",
    "ka taea te korero mo {x}", "can {a} give {b} {x} in writing", "{b} here, need {x} for the plan, can {a} help",
]  # fmt: skip


def _sharing_rows(chance: random.Random) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    parties = {holder: chance.choice(names) for holder, names in HOLDERS.items()}
    form = chance.choice(FORMS)
    for line in chance.sample(list(_lines("information.txt")), 60):
        holder, wordings, ways = (part.strip() for part in line.split(" | "))
        sharer = parties[holder] if holder in parties else chance.choice(list(parties.values()))
        others = [name for name in parties.values() if name != sharer]
        recipients = chance.sample(others, chance.randint(1, 4))
        row = (form if chance.random() < 0.7 else chance.choice(FORMS)).format(
            x=chance.choice(wordings.split(" / ")), a=sharer, r="; ".join(recipients),
            l=chance.choice(LAWS), c=chance.choice(LIMITS), p="To make the plan work",
        )  # fmt: skip
        picked = chance.sample(ways.split(" / "), min(3, len(ways.split(" / "))))
        yield row, [_asked_of(chance, way, sharer, recipients, others) for way in picked]


def _asked_of(
    chance: random.Random, way: str, sharer: str, recipients: Sequence[str], others: Sequence[str]
) -> tuple[str, str]:
    recipient = chance.choice(recipients if chance.random() < 0.5 else others)
    frame = chance.choice(FRAMES)
    text = frame.format(x=way, a=_nick(chance, sharer), b=_nick(chance, recipient))
    if "{b}" not in frame:
        return text, "information"
    return text, "may" if recipient in recipients else "may_not"


def _nick(chance: random.Random, name: str) -> str:
    return chance.choice(NICK.get(name, [name.lower()]))


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


def questions(data: Path, stem: str) -> list[Mapping[str, Any]]:
    return list(_rows(data / "questions" / f"{stem}.jsonl"))


def _asked(data: Path, stem: str) -> Lesson:
    agreed = protocol(data, stem)
    agencies = Agencies(agreed)
    place = {clause.id: at for at, clause in enumerate(agreed.clauses)}
    texts = {clause.cite: clause.text for clause in agreed.clauses}
    return Lesson(
        stem,
        tuple(
            said(agencies, c.heading, texts.get(c.lead_in or "", ""), c.text)
            for c in agreed.clauses
        ),
        tuple(
            Question(
                heard(agencies, row["q"]),
                tuple(heard(agencies, text) for text in row.get("context") or ()),
                tuple(place[clause] for clause in row["relevant"]),
                row["outcome"],
            )
            for row in questions(data, stem)
        ),
    )


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
        "silences": [heard(agencies, text) for text, _ in silences()],
    }
    out.write_text(json.dumps(written, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
