"""How far the sentence model is from reading a protocol right, as a number that training lowers. Needs torch.

Questions are pulled towards the clauses that answer them and away from the protocol's other clauses, by their whole
vectors and word by word, as `knowledge.meaning` compares them; questions a protocol does not answer towards none (a
threshold learned with the weights). Beside it a small head learns the outcome of a question and its clause.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from knowledge.bank import OUTCOMES
from knowledge.training.head import Head
from knowledge.training.minilm import Encoder

TOKENIZER = Path(__file__).parent.parent / "model" / "tokenizer.json"
SCALE, WORD_SHARE, OUTCOME_SHARE = 20.0, 0.5, 0.4
CLAUSE_TOKENS, QUESTION_TOKENS = 64, 36
TOGETHER = 24  # texts of like length, so that little is padded
PIECES = 30522


@dataclass(frozen=True)
class Question:
    text: str
    context: Sequence[str]
    relevant: Sequence[int]
    outcome: str

    @property
    def spoken(self) -> str:
        """The question after the one before it."""
        return " ".join([*self.context[-1:], self.text])


@dataclass(frozen=True)
class Lesson:
    name: str
    half: int
    clauses: Sequence[str]
    questions: Sequence[Question]


@dataclass(frozen=True)
class Read:
    """Texts as read: a vector each, and one for each piece; `inner` are the pieces between the marks of the ends."""

    vectors: Tensor
    words: Tensor
    pieces: Tensor
    inner: Tensor


class Teacher:
    def __init__(self, encoder: Encoder) -> None:
        self.encoder, self.head = encoder, Head()
        self.null = nn.Parameter(torch.tensor(0.4))
        self._tokenizer = Tokenizer.from_file(str(TOKENIZER))
        self._tokenizer.no_padding()

    def loss(self, lesson: Lesson, asked: Sequence[Question]) -> Tensor:
        """Cross-entropy over every clause of the lesson (or silence), by vectors and by words, and over the outcomes."""
        questions, clauses, right, asked = self._read(lesson, asked)
        vectors, queries = _vectors(clauses), _vectors(questions)
        answered = right.any(1)
        near = torch.cat([queries @ vectors.T, self.null.expand(len(asked), 1)], dim=1)
        ranked = _surprise(near, torch.cat([right, ~answered[:, None]], dim=1))
        if not answered.any():
            return ranked
        worded = _surprise(by_word(questions, clauses)[answered], right[answered])
        told = self.head(queries[answered], vectors[right[answered].float().argmax(1)])
        judged = nn.functional.cross_entropy(told, _outcomes(asked), label_smoothing=0.05)
        return ranked + WORD_SHARE * worded + OUTCOME_SHARE * judged

    def _read(
        self, lesson: Lesson, asked: Sequence[Question]
    ) -> tuple[list[Read], list[Read], Tensor, list[Question]]:
        """Questions and clauses in groups of like length, which clauses answer which, and the questions in that order."""
        asked = sorted(asked, key=lambda question: len(question.spoken))
        order = sorted(range(len(lesson.clauses)), key=lambda at: len(lesson.clauses[at]))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            questions = self._groups([question.spoken for question in asked], QUESTION_TOKENS)
            clauses = self._groups([lesson.clauses[at] for at in order], CLAUSE_TOKENS)
        right = torch.tensor([[at in question.relevant for at in order] for question in asked])
        return questions, clauses, right, asked

    def _groups(self, texts: Sequence[str], longest: int) -> list[Read]:
        starts = range(0, len(texts), TOGETHER)
        return [self._group(texts[start : start + TOGETHER], longest) for start in starts]

    def _group(self, texts: Sequence[str], longest: int) -> Read:
        pieces, mask = self._pieces(texts, longest)
        states, weights = self.encoder(pieces, mask).float(), mask[:, :, None].float()
        whole = nn.functional.normalize((states * weights).sum(1) / weights.sum(1), dim=1)
        inner = mask.clone()
        inner[:, 0] = inner[torch.arange(len(texts)), mask.sum(1) - 1] = 0
        return Read(whole, nn.functional.normalize(states, dim=2), pieces, inner.bool())

    def _pieces(self, texts: Sequence[str], longest: int) -> tuple[Tensor, Tensor]:
        self._tokenizer.enable_truncation(longest)
        pieces = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        ids = torch.zeros(len(pieces), max(map(len, pieces)), dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, sequence in enumerate(pieces):
            ids[row, : len(sequence)] = torch.tensor(sequence)
            mask[row, : len(sequence)] = 1
        return ids, mask

    def report(self, lesson: Lesson) -> str:
        """hit@1 and hit@3 of vectors and words together, and how often the head tells the outcome given the clause."""
        known = [question for question in lesson.questions if question.relevant]
        with torch.no_grad():
            questions, clauses, right, asked = self._read(lesson, known)
            vectors, queries = _vectors(clauses), _vectors(questions)
            near = queries @ vectors.T + by_word(questions, clauses)
            told = self.head.eval()(queries, vectors[right.float().argmax(1)]).argmax(1)
        best = right.gather(1, near.topk(3, dim=1).indices)
        found = (best[:, 0], best.any(1), told == _outcomes(asked))
        shares = [f"{share.float().mean().item():.3f}" for share in found]
        return f"{lesson.name:24} hit@1 {shares[0]}  hit@3 {shares[1]}  outcome {shares[2]}"


def by_word(questions: Sequence[Read], clauses: Sequence[Read]) -> Tensor:
    """Each word of a question against the nearest word of each clause: a row per question, a column per clause.

    Words few clauses have weigh more, as in `knowledge.meaning`.
    """
    having = torch.zeros(PIECES)
    for group in clauses:
        for pieces, inner in zip(group.pieces, group.inner, strict=True):
            having[pieces[inner].unique()] += 1
    rarity = torch.log(1 + sum(len(group.pieces) for group in clauses) / (0.5 + having))
    return torch.cat([_nearest(group, clauses, rarity) for group in questions])


def _nearest(questions: Read, clauses: Sequence[Read], rarity: Tensor) -> Tensor:
    weights = rarity[questions.pieces] * questions.inner
    shares = weights / weights.sum(1, keepdim=True).clamp(min=1e-6)
    asked, found = questions.words.flatten(0, 1).bfloat16(), []
    for group in clauses:
        near = asked @ group.words.flatten(0, 1).bfloat16().T
        near = near.view(*questions.inner.shape, *group.inner.shape)
        nearest = near.masked_fill(~group.inner, -1.0).amax(3).float()
        found.append((nearest * shares[:, :, None]).sum(1))
    return torch.cat(found, dim=1)


def _vectors(groups: Sequence[Read]) -> Tensor:
    return torch.cat([group.vectors for group in groups])


def _outcomes(asked: Sequence[Question]) -> Tensor:
    return torch.tensor(
        [OUTCOMES.index(question.outcome) for question in asked if question.relevant]
    )


def _surprise(near: Tensor, right: Tensor) -> Tensor:
    """Mean of minus the logarithm of the share that the right columns of each row take."""
    logits = SCALE * near
    inside = logits.masked_fill(~right, -1e9).logsumexp(1)
    return (logits.logsumexp(1) - inside).mean()
