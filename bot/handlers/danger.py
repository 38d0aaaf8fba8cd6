"""Words of danger that were not a question: 111 and the protocol's clause on threats, for the sender alone."""

import asyncio
from collections.abc import Sequence

from bot.desk import Desk, in_danger
from bot.effects import Effect, Say
from bot.incoming import Incoming


async def safety(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """The safety card, once a message however often it is edited, so that the chat stays calm; nothing without danger."""
    if not in_danger(incoming):
        return []
    book = await desk.book(incoming)
    found = await asyncio.to_thread(book.index.answer, incoming.text) if book else None
    clause = found.danger_clause if found else None
    return [
        Say(
            key=f"safety:{incoming.conversation.id}:{incoming.id or incoming.key}",
            conversation=incoming.conversation.id,
            card="safety",
            data={"protocol": book.id if book else None, "clause": clause.id if clause else None},
            person=incoming.sender.id,
        )
    ]
