"""Personal information in a message: told to its sender alone, and closed when it is gone."""

from collections.abc import Sequence
from datetime import timedelta

from bot.desk import Desk, in_danger
from bot.effects import ClosedBy, CloseNotice, Effect, OpenNotice, Say
from bot.handlers.danger import safety
from bot.handlers.leaking import tell_breach_contact
from bot.incoming import Incoming
from bot.library import Book
from bot.storage.notices import Notice, NoticeRecords
from cards.notice import NOT_PERSONAL, ON_PURPOSE, REMOVED, TELL_BREACH_CONTACT
from cards.wording import ON_PURPOSE_REASONS
from knowledge.hygiene.finding import Kind, Scan

ONCE_IN = timedelta(minutes=3)
"""A person gets one notice of a kind in this time."""
_LONG = 1500
_PRESSED: dict[str, ClosedBy] = {
    REMOVED: "removed",
    NOT_PERSONAL: "not_personal",
    ON_PURPOSE: "on_purpose",
}


async def notice(incoming: Incoming, desk: Desk, scan: Scan) -> Sequence[Effect]:
    """A notice about this message, for its sender alone; none while paused, nor of kinds they were told of just now."""
    if not scan.warn or await desk.store.is_paused(incoming.conversation.id):
        return []
    kinds = await _untold(incoming, desk, scan)
    return _notice(incoming, desk, scan, kinds, await desk.book(incoming)) if kinds else []


async def on_edited(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """An edit adds danger, adds or removes personal information: look again. Some edits come without text: leave them."""
    if incoming.sender.is_bot or not incoming.text:
        return []
    where, who = incoming.conversation.id, incoming.sender.id
    desk.window.change(where, who, incoming.id, incoming.text)
    effects = list(await safety(incoming, desk))
    scan = await desk.scan(incoming)
    if scan.warn:
        return [*effects, *await notice(incoming, desk, scan)]
    return [*effects, *await _close_all(incoming, desk, "edited")]


async def on_deleted(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Deleted is dealt with: say thank you."""
    desk.window.change(incoming.conversation.id, incoming.sender.id, incoming.id, None)
    return await _close_all(incoming, desk, "deleted")


async def on_pressed(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """A button on a notice, pressed by the person it is for; anybody else's press changes nothing."""
    press = incoming.press
    if press is None:
        return []
    found = await NoticeRecords(desk.store).notice(press.data.get("notice", ""))
    if found is None or found.closed_by or found.person != incoming.sender.id:
        return []
    if press.verb == TELL_BREACH_CONTACT:
        return await tell_breach_contact(found, incoming, desk)
    if press.verb == ON_PURPOSE:
        return await _on_purpose(found, incoming, desk, press.data.get("reason", ""))
    if press.verb == NOT_PERSONAL:
        desk.declined.add(found.conversation, found.person, found.kinds)
    return _close(found, _PRESSED[press.verb]) if press.verb in _PRESSED else []


async def _untold(incoming: Incoming, desk: Desk, scan: Scan) -> tuple[Kind, ...]:
    """The kinds to tell of: not those of an open notice about this message, nor of another one a moment ago."""
    records = NoticeRecords(desk.store)
    where, who = incoming.conversation.id, incoming.sender.id
    since = desk.now() - ONCE_IN
    told = await records.kinds_since(where, who, since, besides=incoming.id)
    about_this = await records.open_about(where, incoming.id)
    told |= {kind for one in about_this for kind in one.kinds}
    return tuple(kind for kind in scan.likely_kinds if kind not in told)


def _notice(
    incoming: Incoming, desk: Desk, scan: Scan, kinds: tuple[Kind, ...], book: Book | None
) -> Sequence[Effect]:
    """Unasked danger had a card of its own before it."""
    asked = incoming.kind == "message" and (incoming.mentioned or incoming.asks_privately)
    notice_id = desk.new_id()
    conversation, person = incoming.conversation.id, incoming.sender.id
    return [
        OpenNotice(notice_id, conversation, incoming.id, person, kinds),
        Say(
            key=_key(notice_id),
            conversation=conversation,
            card="notice",
            data={
                "notice": notice_id,
                "kinds": list(kinds),
                "health": scan.about_health,
                "protocol": book.id if book else None,
                "danger": asked and in_danger(incoming),
                "long": len(incoming.text) > _LONG,
            },
            person=person,
        ),
    ]


async def _on_purpose(
    found: Notice, incoming: Incoming, desk: Desk, reason: str
) -> Sequence[Effect]:
    """Only where no clause forbids it, whatever an old or a made-up card says, and with one of the reasons."""
    meeting = await desk.store.conversation(found.conversation) or incoming.conversation
    book = await desk.library.protocol_for(meeting, incoming.sender)
    if reason not in ON_PURPOSE_REASONS or (book and book.notice.forbidden):
        return []
    return _close(found, "on_purpose", reason)


async def _close_all(incoming: Incoming, desk: Desk, by: ClosedBy) -> Sequence[Effect]:
    notices = await NoticeRecords(desk.store).open_about(incoming.conversation.id, incoming.id)
    return [effect for one in notices for effect in _close(one, by)]


def _close(found: Notice, by: ClosedBy, reason: str | None = None) -> Sequence[Effect]:
    return [
        CloseNotice(found.id, by, reason),
        Say(
            key=f"closed:{found.id}",
            conversation=found.conversation,
            card="notice_closed",
            data={"notice": found.id, "by": by, "instead_of": _key(found.id)},
            person=found.person,
        ),
    ]


def _key(notice_id: str) -> str:
    return f"notice:{notice_id}"
