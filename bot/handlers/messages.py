"""Everything people write: danger first, then personal information, then questions."""

from collections.abc import Sequence

from bot.desk import Desk, in_danger
from bot.effects import Effect
from bot.handlers.asking import answer, without
from bot.handlers.commands import call, on_command, which_protocol
from bot.handlers.conflict import conflict, declares_conflict
from bot.handlers.danger import safety
from bot.handlers.noticing import notice
from bot.handlers.uploads import on_upload
from bot.incoming import Incoming
from knowledge.hygiene.finding import Scan


async def on_message(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """The effects of one message; its words are forgotten when it is done, but for the two-minute window."""
    if incoming.sender.is_bot or not incoming.sender.id:
        return []
    asked = incoming.mentioned or incoming.asks_privately
    scan = await desk.scan(incoming)
    effects = [] if asked else list(await safety(incoming, desk))
    effects += await notice(incoming, desk, scan)
    effects += await _reply(incoming, desk, scan, asked=asked)
    question = without(incoming.text, scan.findings) if asked else None
    desk.window.add(
        incoming.conversation.id, incoming.sender.id, incoming.id, incoming.text, question
    )
    return effects


async def _reply(incoming: Incoming, desk: Desk, scan: Scan, *, asked: bool) -> Sequence[Effect]:
    """What is said back, if anything: to a file, a command, a conflict or a question. Danger waits for none of them."""
    if incoming.files and incoming.conversation.is_private:
        return await on_upload(incoming, desk)
    declared = declares_conflict(incoming.text, asked=asked)
    if not (asked or declared):
        return []
    danger = in_danger(incoming)
    if asked and not danger and (done := await on_command(incoming, desk)) is not None:
        return done
    if declared and not danger:
        return await call(conflict, incoming, desk)
    if not asked:
        return []
    if not danger and (which := await which_protocol(incoming, desk)):
        return which
    return await answer(incoming, desk, scan.findings if scan.warn else ())
