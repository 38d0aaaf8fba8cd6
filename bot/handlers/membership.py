"""The bot's own coming and going, and people's: they are told what it reads (design decision 10)."""

from collections.abc import Sequence

from bot.desk import Desk
from bot.effects import Effect, Forget, Remember, Say
from bot.incoming import Incoming


async def introduce(incoming: Incoming, desk: Desk, *, by_memory: bool = False) -> Sequence[Effect]:
    """Keep how to write to this conversation; on the first sight of it, say what Clausewise reads.

    `by_memory`: what this process knew of it will do, although another may have been told of its removal since.
    """
    conversation = incoming.conversation
    person = incoming.sender.id if conversation.is_private else None
    known = desk.met.get(conversation.id) if by_memory else None
    known = known or await desk.store.conversation(conversation.id)
    if known is not None:
        desk.met.keep(conversation.id, known)
    if known is None:
        return [Remember(conversation, person), await _welcome(incoming, desk)]
    moved = known.service_url != conversation.service_url
    met = conversation.meeting_id not in (None, known.meeting_id)
    return [Remember(conversation, person)] if moved or met else []


async def on_joined(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Each joiner is told, alone."""
    desk.roster.forget(incoming.conversation.id)
    book = await desk.book(incoming)
    paused = await desk.store.is_paused(incoming.conversation.id)
    return [
        Say(
            key=f"welcome:{incoming.conversation.id}:{person.id}",
            conversation=incoming.conversation.id,
            card="welcome",
            data={"protocol": book.id if book else None, "paused": paused},
            person=person.id,
        )
        for person in incoming.people
        if not person.is_bot and not incoming.conversation.is_private
    ]


async def on_left(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    desk.roster.forget(incoming.conversation.id)
    return []


async def on_uninstalled(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Nothing more is sent there."""
    desk.met.forget(incoming.conversation.id)
    return [Forget(incoming.conversation.id)]


async def _welcome(incoming: Incoming, desk: Desk) -> Say:
    """Installation is told twice by Teams, as two kinds of event: one welcome a minute is enough."""
    book = await desk.book(incoming)
    return Say(
        key=f"welcome:{incoming.conversation.id}:{desk.now():%Y-%m-%dT%H:%M}",
        conversation=incoming.conversation.id,
        card="welcome",
        data={"protocol": book.id if book else None},
    )
