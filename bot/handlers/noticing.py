"""Personal information in a message: told to its sender alone, and closed when it is gone."""

from collections.abc import Sequence

from bot.desk import Desk, in_danger
from bot.effects import ClosedBy, CloseNotice, Effect, OpenNotice, Say
from bot.incoming import Incoming
from bot.library import Book
from bot.storage.store import Notice
from cards.notice import NOT_PERSONAL, ON_PURPOSE, REMOVED
from knowledge.hygiene.finding import Scan

_LONG = 1500
_PRESSED: dict[str, ClosedBy] = {
    REMOVED: "removed",
    NOT_PERSONAL: "not_personal",
    ON_PURPOSE: "on_purpose",
}


def notice(incoming: Incoming, desk: Desk, scan: Scan, book: Book | None) -> Sequence[Effect]:
    """A new notice about this message, for its sender alone. Unasked danger had a card of its own before it."""
    asked = incoming.mentioned or incoming.asks_privately
    notice_id = desk.new_id()
    conversation, person = incoming.conversation.id, incoming.sender.id
    return [
        OpenNotice(notice_id, conversation, incoming.id, person, scan.kinds),
        Say(
            key=_key(notice_id),
            conversation=conversation,
            card="notice",
            data={
                "notice": notice_id,
                "kinds": list(scan.kinds),
                "protocol": book.id if book else None,
                "danger": asked and in_danger(incoming),
                "long": len(incoming.text) > _LONG,
            },
            person=person,
        ),
    ]


async def on_edited(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """An edit both adds and removes personal information: scan again. Some edits come without text: leave them."""
    if incoming.sender.is_bot or not incoming.text:
        return []
    open_notice = await desk.store.open_notice(incoming.conversation.id, incoming.id)
    scan = await desk.scan(incoming)
    if scan.warn and open_notice is None:
        if await desk.store.is_paused(incoming.conversation.id):
            return []
        return notice(incoming, desk, scan, await desk.book(incoming))
    if not scan.warn and open_notice is not None:
        return _close(open_notice, "edited")
    return []


async def on_deleted(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Deleted is dealt with: say thank you."""
    open_notice = await desk.store.open_notice(incoming.conversation.id, incoming.id)
    return _close(open_notice, "deleted") if open_notice else []


async def on_pressed(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """A button on a notice, pressed by the person it is for; anybody else's press changes nothing."""
    press = incoming.press
    if press is None or press.verb not in _PRESSED:
        return []
    found = await desk.store.notice(press.data.get("notice", ""))
    if found is None or found.closed_by or found.person != incoming.sender.id:
        return []
    return _close(found, _PRESSED[press.verb])


def _close(found: Notice, by: ClosedBy) -> Sequence[Effect]:
    return [
        CloseNotice(found.id, by),
        Say(
            key=f"closed:{found.id}",
            conversation=found.conversation,
            card="notice_closed",
            data={"notice": found.id, "instead_of": _key(found.id)},
            person=found.person,
        ),
    ]


def _key(notice_id: str) -> str:
    return f"notice:{notice_id}"
