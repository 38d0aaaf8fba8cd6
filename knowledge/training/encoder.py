"""Adapts all-MiniLM-L6-v2 to questions and clauses. Needs torch, safetensors, onnx; not the product.

    python -m knowledge.training.encoder MATERIAL.json OUT.onnx [--half 0 | --half 1]

Questions are pulled towards the clauses that answer them and away from the protocol's other clauses;
questions a protocol does not answer towards none (a threshold learned with the weights). Beside it a small head learns
the outcome from the vectors of a question and its clause; it is written to OUT.npz.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from knowledge.bank import OUTCOMES
from knowledge.training.head import Head
from knowledge.training.minilm import Encoder, export, load, published

TOKENIZER = Path(__file__).parent.parent / "model" / "tokenizer.json"
SCALE, OUTCOME_SHARE = 20.0, 0.4
CLAUSE_TOKENS, QUESTION_TOKENS = 64, 36


@dataclass(frozen=True)
class Question:
    text: str
    context: Sequence[str]
    relevant: Sequence[int]
    outcome: str


@dataclass(frozen=True)
class Lesson:
    name: str
    half: int
    clauses: Sequence[str]
    questions: Sequence[Question]


def read(material: Path) -> tuple[list[Lesson], list[Question]]:
    """The lessons and the questions no protocol answers, as `material` wrote them."""
    found = json.loads(material.read_text("utf-8"))
    lessons = [
        Lesson(
            one["name"],
            one["half"],
            one["clauses"],
            [Question(**asked) for asked in one["questions"]],
        )
        for one in found["lessons"]
    ]
    return lessons, [Question(text, (), (), "not_covered") for text in found["silences"]]


class Teacher:
    def __init__(self, encoder: Encoder, seed: int = 1) -> None:
        self.encoder, self.head = encoder, Head()
        self.tokenizer = Tokenizer.from_file(str(TOKENIZER))
        self.tokenizer.no_padding()
        self.random = random.Random(seed)
        self.null = nn.Parameter(torch.tensor(0.4))

    def embed(self, texts: Sequence[str], longest: int) -> Tensor:
        ids, mask = self._pieces(texts, longest)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder(ids, mask)
        states, weights = states.float(), mask[:, :, None].float()
        return nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)

    def _pieces(self, texts: Sequence[str], longest: int) -> tuple[Tensor, Tensor]:
        self.tokenizer.enable_truncation(longest)
        pieces = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        ids = torch.zeros(len(pieces), max(map(len, pieces)), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, sequence in enumerate(pieces):
            ids[row, : len(sequence)] = torch.tensor(sequence)
            mask[row, : len(sequence)] = 1
        return ids, mask

    @torch.no_grad()
    def embed_all(self, texts: Sequence[str], longest: int) -> Tensor:
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        out = torch.zeros(len(texts), 384)
        for start in range(0, len(order), 32):
            chosen = order[start : start + 32]
            out[chosen] = self.embed([texts[at] for at in chosen], longest)
        return out

    def loss(self, lesson: Lesson, cached: Tensor, asked: Sequence[Question]) -> Tensor:
        """Cross-entropy over every clause of the lesson and silence, and over the outcomes; positives carry gradients."""
        chosen = {at: self.random.choice(q.relevant) for at, q in enumerate(asked) if q.relevant}
        fresh = sorted(set(chosen.values()))
        queries, clauses = self.embed([spoken(q) for q in asked], QUESTION_TOKENS), cached.clone()
        if fresh:
            clauses[fresh] = self.embed([lesson.clauses[at] for at in fresh], CLAUSE_TOKENS)
        logits = SCALE * torch.cat([queries @ clauses.T, self.null.expand(len(asked), 1)], dim=1)
        right = torch.zeros_like(logits, dtype=torch.bool)
        for row, question in enumerate(asked):
            right[row, list(question.relevant) or [len(lesson.clauses)]] = True
        hit = logits.masked_fill(~right, -1e9).logsumexp(1)
        ranked = (logits.logsumexp(1) - hit).mean()
        if not chosen:
            return ranked
        read = self.head(queries[list(chosen)], clauses[list(chosen.values())])
        outcomes = torch.tensor([OUTCOMES.index(asked[at].outcome) for at in chosen])
        judged = nn.functional.cross_entropy(read, outcomes, label_smoothing=0.05)
        return ranked + OUTCOME_SHARE * judged


def spoken(question: Question) -> str:
    return " ".join([*question.context[-1:], question.text])


def train(
    encoder: Encoder, taught: Sequence[Lesson], quiet: Sequence[Question], epochs: int, rate: float
) -> Teacher:
    teacher = Teacher(encoder)
    live = [value for value in encoder.parameters() if value.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": live, "lr": rate},
            {"params": [teacher.null], "lr": 1e-2},
            {"params": teacher.head.parameters(), "lr": 1e-3},
        ],
        weight_decay=0.01,
    )
    size = 32
    steps = epochs * sum(-(-len(lesson.questions) // size) for lesson in taught)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / 20, max(0.05, 1 - at / steps))
    )
    started = time.monotonic()
    for epoch in range(epochs):
        encoder.eval()
        cached = {
            lesson.name: teacher.embed_all(lesson.clauses, CLAUSE_TOKENS) for lesson in taught
        }
        batches = [
            (lesson, batch) for lesson in taught for batch in _batches(teacher, lesson, size)
        ]
        teacher.random.shuffle(batches)
        total = 0.0
        for lesson, batch in batches:
            extra = teacher.random.sample(list(quiet), 6)
            loss = teacher.loss(lesson, cached[lesson.name], [*batch, *extra])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(live, 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        _tell(f"epoch {epoch} loss {total / len(batches):.3f} {time.monotonic() - started:.0f} s")
    return teacher


def _batches(teacher: Teacher, lesson: Lesson, size: int) -> list[list[Question]]:
    """Questions of about one length together, so that little is padded."""
    questions = sorted(
        lesson.questions, key=lambda asked: len(spoken(asked)) + 25 * teacher.random.random()
    )
    return [questions[start : start + size] for start in range(0, len(questions), size)]


def report(teacher: Teacher, lesson: Lesson) -> str:
    """hit@1 and hit@3 of the cosine alone, and how often the head tells the outcome given the clause."""
    clauses = teacher.embed_all(lesson.clauses, CLAUSE_TOKENS)
    asked = [question for question in lesson.questions if question.relevant]
    queries = teacher.embed_all([spoken(question) for question in asked], QUESTION_TOKENS)
    read = teacher.head.eval()(queries, clauses[[q.relevant[0] for q in asked]]).argmax(1)
    outcome = sum(OUTCOMES[o] == q.outcome for o, q in zip(read.tolist(), asked, strict=True))
    best = (queries @ clauses.T).topk(3, dim=1).indices.tolist()
    first = sum(row[0] in q.relevant for row, q in zip(best, asked, strict=True))
    three = sum(bool({*row} & {*q.relevant}) for row, q in zip(best, asked, strict=True))
    shares = [f"{found / len(asked):.3f}" for found in (first, three, outcome)]
    return f"{lesson.name:24} hit@1 {shares[0]}  hit@3 {shares[1]}  outcome {shares[2]}"


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("material", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--half", type=int, help="teach this half alone and measure on the other")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(given.threads)
    every, quiet = read(given.material)
    taught = [lesson for lesson in every if given.half in (None, lesson.half)]
    held = [lesson for lesson in every if lesson not in taught]
    encoder = load(published())
    teacher = train(encoder, taught, quiet, given.epochs, given.rate)
    encoder.eval()
    for lesson in held:
        _tell(report(teacher, lesson))
    export(encoder, given.out)
    teacher.head.save(given.out.with_suffix(".npz"))


if __name__ == "__main__":
    main()
