"""Adapts all-MiniLM-L6-v2 to questions and clauses. Needs torch, safetensors, onnx; not the product.

    python -m knowledge.training.encoder MATERIAL.json OUT.onnx [--half 0 | --half 1]

Each step reads every clause of one protocol and some of its questions (`knowledge.training.teacher` says what is learned
from them). The head that learns the outcome is written to OUT.npz.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn

from knowledge.training.minilm import Encoder, export, load, published
from knowledge.training.teacher import Lesson, Question, Teacher

WARM, QUIET = 6, 24


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


def train(
    encoder: Encoder,
    taught: Sequence[Lesson],
    quiet: Sequence[Question],
    given: argparse.Namespace,
) -> Teacher:
    teacher, chance = Teacher(encoder.eval()), random.Random(1)
    live = [value for value in encoder.parameters() if value.requires_grad]
    optimiser = torch.optim.AdamW(
        [
            {"params": live, "lr": given.rate},
            {"params": [teacher.null], "lr": 1e-2},
            {"params": teacher.head.parameters(), "lr": 3e-3},
        ],
        weight_decay=0.01,
    )
    epochs = [_batches(taught, given.size, chance) for _ in range(given.epochs)]
    steps = sum(map(len, epochs))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda at: min((at + 1) / WARM, max(0.05, 1 - at / steps))
    )
    started = time.monotonic()
    for number, batches in enumerate(epochs):
        total = 0.0
        for lesson, batch in batches:
            loss = teacher.loss(lesson, [*batch, *chance.sample(list(quiet), QUIET)])
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(live, 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item()
        _tell(f"epoch {number} loss {total / len(batches):.3f} {time.monotonic() - started:.0f} s")
    return teacher


def _batches(
    taught: Sequence[Lesson], size: int, chance: random.Random
) -> list[tuple[Lesson, list[Question]]]:
    """About `size` questions of one lesson together, all lessons mixed."""
    batches = []
    for lesson in taught:
        questions = chance.sample(list(lesson.questions), len(lesson.questions))
        count = max(1, round(len(questions) / size))
        batches += [(lesson, questions[at::count]) for at in range(count)]
    chance.shuffle(batches)
    return batches


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("material", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--half", type=int, help="teach this half alone and measure on the other")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--size", type=int, default=150, help="questions a step, about")
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    torch.manual_seed(1)
    torch.set_num_threads(given.threads)
    every, quiet = read(given.material)
    taught = [lesson for lesson in every if given.half in (None, lesson.half)]
    held = [lesson for lesson in every if lesson not in taught]
    encoder = load(published())
    teacher = train(encoder, taught, quiet, given)
    for lesson in held:
        _tell(teacher.report(lesson))
    export(encoder, given.out)
    teacher.head.save(given.out.with_suffix(".npz"))


if __name__ == "__main__":
    main()
