"""Everything people write: danger first, then personal information, then questions."""

import asyncio
from collections.abc import Sequence

from bot.desk import Desk, in_danger
from bot.effects import Effect, Pause, Say
from bot.handlers.asking import answer, without
from bot.handlers.commands import call, on_command, which_protocol
from bot.handlers.conflict import conflict, declares_conflict
from bot.handlers.noticing import notice
from bot.handlers.uploads import on_upload
from bot.incoming import Incoming
from bot.logs import log
from bot.teams.errors import TeamsError
from knowledge.hygiene.finding import Scan

_PAUSES = {"pause": True, "resume": False}


async def on_message(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """The effects of one message; its words are forgotten when it is done, but for the two-minute window."""
    if incoming.sender.is_bot or not incoming.sender.id:
        return []
    if incoming.files and incoming.conversation.is_private:
        return await on_upload(incoming, desk)
    asked = incoming.mentioned or incoming.asks_privately
    if asked and incoming.text.lower() in _PAUSES:
        return await _pause(incoming, desk, paused=_PAUSES[incoming.text.lower()])
    if asked and not in_danger(incoming):
        done = await on_command(incoming, desk)
        if done is not None:
            return done
    scan = await desk.scan(incoming)
    warn = scan.warn and not await desk.store.is_paused(incoming.conversation.id)
    effects: list[Effect] = []
    if in_danger(incoming) and not asked:
        effects.append(await _safety(incoming, desk))
    if warn:
        effects += notice(incoming, desk, scan, await desk.book(incoming))
    if declares_conflict(incoming.text) and not in_danger(incoming):
        effects += await call(conflict, incoming, desk)
    elif asked:
        effects += await _reply(incoming, desk, scan)
    _remember(incoming, desk, scan, asked=asked)
    return effects


async def _reply(incoming: Incoming, desk: Desk, scan: Scan) -> Sequence[Effect]:
    """The answer; in 1:1 with several protocols, which of them first. Danger does not wait for that."""
    if not in_danger(incoming) and (asked := await which_protocol(incoming, desk)):
        return asked
    return await answer(incoming, desk, scan.findings if scan.warn else ())


async def _safety(incoming: Incoming, desk: Desk) -> Say:
    """Not a question: 111 and the protocol's clause on threats for the sender alone, so that the chat stays calm."""
    book = await desk.book(incoming)
    found = await asyncio.to_thread(book.index.answer, incoming.text) if book else None
    clause = found.danger_clause if found else None
    return Say(
        key=f"safety:{incoming.key}",
        conversation=incoming.conversation.id,
        card="safety",
        data={"protocol": book.id if book else None, "clause": clause.id if clause else None},
        person=incoming.sender.id,
    )


async def _pause(incoming: Incoming, desk: Desk, *, paused: bool) -> Sequence[Effect]:
    try:
        allowed = await desk.is_facilitator(incoming)
    except TeamsError as error:
        log.warning("role unknown", conversation=incoming.conversation.id, reason=error.reason)
        allowed = False
    words = ("paused" if paused else "resumed") if allowed else "only_facilitator"
    said = Say(
        key=f"pause:{incoming.key}",
        conversation=incoming.conversation.id,
        card="words",
        data={"words": words},
        person=None if allowed else incoming.sender.id,
    )
    return [Pause(incoming.conversation.id, paused), said] if allowed else [said]


def _remember(incoming: Incoming, desk: Desk, scan: Scan, *, asked: bool) -> None:
    question = without(incoming.text, scan.findings) if asked else None
    desk.window.add(incoming.conversation.id, incoming.sender.id, incoming.text, question)
