"""A protocol sent in 1:1: kept as a draft, and what was read in it shown."""

from collections.abc import Sequence

from bot.desk import Desk
from bot.effects import CardKind, Effect, Json, KeepProtocol, Say
from bot.incoming import File, Incoming
from bot.library import Book, digest
from bot.logs import log
from bot.teams.errors import TeamsError
from bot.teams.files import TooLarge
from protocols.errors import ProtocolError


async def on_upload(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """For each file what was read in it, or why it could not be."""
    effects: list[Effect] = []
    for position, file in enumerate(incoming.files[:3]):
        effects += await _read(file, f"{incoming.key}:{position}", incoming, desk)
    return effects


async def _read(file: File, key: str, incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    def say(card: CardKind, data: dict[str, Json]) -> Say:
        return Say(f"upload:{key}", incoming.conversation.id, card, data, incoming.sender.id)

    try:
        content = await desk.files.fetch(file.url)
        book = await desk.library.read(content)
    except TeamsError as error:
        log.warning(
            "upload not fetched", conversation=incoming.conversation.id, reason=error.reason
        )
        words = "upload_too_large" if isinstance(error, TooLarge) else "upload_failed"
        return [say("words", {"words": words})]
    except ProtocolError as error:
        return [say("unreadable", {"reason": str(error)})]
    return [
        KeepProtocol(digest(content), content, incoming.sender.id),
        say(
            "reading",
            {"protocol": book.id, "draft": True, "before": await _before(book, desk, incoming)},
        ),
    ]


async def _before(book: Book, desk: Desk, incoming: Incoming) -> str | None:
    """The protocol in force in one of the sender's meetings that this one is a version of: most parties alike."""
    parties, found = set(book.protocol.agencies), None
    most = len(parties) / 2
    for meeting in await desk.meetings.attended(incoming.sender):
        bound = await desk.store.bound(meeting.id)
        other = await desk.library.open(bound) if bound and bound != book.id else None
        alike = len(parties & set(other.protocol.agencies)) if other else 0
        if other and alike > most:
            most, found = alike, other.id
    return found
