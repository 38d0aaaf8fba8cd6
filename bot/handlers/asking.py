"""Questions: the protocol's answer, where the question was asked."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast

from bot.desk import Desk, in_danger
from bot.effects import CardKind, Effect, Happened, HappeningKind, Json, Say
from bot.incoming import Incoming
from bot.library import Book
from bot.records import answer_from, answer_record
from knowledge.hygiene.finding import Finding

_COMMANDS: dict[str, CardKind] = {
    "": "help",
    "help": "help",
    "āwhina": "help",
    "protocol": "reading",
    "privacy": "welcome",
}
_MINUTE = timedelta(minutes=1)


async def answer(incoming: Incoming, desk: Desk, findings: Sequence[Finding]) -> Sequence[Effect]:
    """What is said to a question. With personal information in it, the answer goes to the asker alone."""
    question = without(incoming.text, findings)
    book = await desk.book(incoming)
    private = incoming.asks_privately or bool(findings)
    command = _COMMANDS.get(question.strip(" ?!./").lower())
    asked_before = desk.window.questions(incoming.conversation.id, incoming.sender.id)
    if command and not in_danger(incoming):
        paused = await desk.store.is_paused(incoming.conversation.id)
        about: dict[str, Json] = {"protocol": book.id if book else None, "paused": paused}
        return [_reply(incoming, command, about, private)]
    if book is None:
        return _without_protocol(incoming, private)
    if not desk.questions.allows(incoming.sender.id) and not in_danger(incoming):
        return [_reply(incoming, "words", {"words": "slow_down"}, private=True)]
    data = await asyncio.to_thread(_look_up, book, question, asked_before[-3:], in_danger(incoming))
    counted = _counted(await _meeting(incoming, desk), book, data)
    return [counted, _reply(incoming, "answer", {**data, "withheld": bool(findings)}, private)]


def without(text: str, findings: Sequence[Finding]) -> str:
    """The text with every finding cut out; a name leaves "someone", so that it still reads as a question."""
    for finding in sorted(findings, key=lambda f: f.start, reverse=True):
        left = " someone " if finding.kind == "person_name" else " "
        text = f"{text[: finding.start]}{left}{text[finding.end :]}"
    return " ".join(text.split())


def _look_up(
    book: Book, question: str, asked_before: Sequence[str], danger: bool
) -> dict[str, Json]:
    found = book.index.answer(question, context=asked_before)
    found = replace(found, danger=found.danger or danger)
    return {"protocol": book.id, "answer": answer_record(found, book.protocol)}


def _counted(meeting: str, book: Book, data: Mapping[str, Json]) -> Happened:
    """The topic of the clause that answered, or of the closest one: counted for the review, never the words."""
    found = answer_from(cast(Mapping[str, Json], data["answer"]), book.protocol)
    clauses = [*(quote.clause for quote in found.clauses), *found.nearest]
    topic = clauses[0].section if clauses else None
    kind: HappeningKind = "unanswered" if found.outcome == "not_covered" else "question"
    return Happened(kind, meeting, book.id, topic)


async def _meeting(incoming: Incoming, desk: Desk) -> str:
    """The meeting a question is counted for; in 1:1 the one it was answered from."""
    meetings = await desk.meetings.of(incoming)
    return meetings[0].id if meetings else incoming.conversation.id


def _without_protocol(incoming: Incoming, private: bool) -> Sequence[Effect]:
    said = [_reply(incoming, "no_protocol", {}, private)]
    if in_danger(incoming):
        said.insert(0, _reply(incoming, "safety", {}, private))
    return said


def _reply(incoming: Incoming, card: CardKind, data: dict[str, Json], private: bool) -> Say:
    return Say(
        key=f"{card}:{incoming.key}",
        conversation=incoming.conversation.id,
        card=card,
        data=data,
        person=incoming.sender.id if private else None,
        reply_to=None if private else incoming.id or None,
    )
