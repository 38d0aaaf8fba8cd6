"""Words the bot knows and buttons people press: what they call, and about which meeting."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import CardKind, Effect, Focus, Json, Say
from bot.handlers import (
    acknowledgement,
    agency,
    breach,
    checklist,
    conflict,
    files,
    keeping,
    looking,
    noticing,
    pausing,
    practice,
    publishing,
    reminders,
    report,
    review,
)
from bot.incoming import Incoming
from cards.acknowledgement import ACKNOWLEDGE, COPY, NUDGE, REFRESH
from cards.agency import CHANGE, CHECKLIST, CHOOSE, CORRECT
from cards.breach import TELL
from cards.conflict import DECLARE, START
from cards.file_offer import ACCEPT
from cards.looking import LOOK
from cards.practice import ANSWER, NEXT
from cards.publishing import DISCARD, PUBLISH, USE
from cards.register import FILE
from cards.reminder import CANCEL
from cards.report import FILES
from cards.review import ASK
from cards.storage_note import MAKE
from cards.which_meeting import CHOOSE as CHOOSE_MEETING

Handler = Callable[[Call, Desk], Awaitable[Sequence[Effect]]]
Door = Callable[[Incoming, Desk], Awaitable[Sequence[Effect]]]

_WORDS: Mapping[str, Handler] = {
    r"remind(?: me| us)?": reminders.remind,
    r"remind (?P<words>[\w:. ]{1,40})": reminders.remind,
    r"(?:(?:cancel|stop|show|list)(?: all| the| my)? )?reminders?": reminders.reminders,
    r"(?:my )?checklist": checklist.checklist,
    r"(?:my )?agency": agency.agency,
    r"agencies": agency.agencies,
    r"acknowledge|i have read and understood the protocol": looking.acknowledge,
    r"acknowledg(?:e)?ments|who has (?:not )?(?:read|acknowledged)(?: it| the protocol)?": acknowledgement.acknowledgements,
    r"(?:(?:i )?declare )?(?:a |my )?conflict(?: of interest)?": conflict.conflict,
    r"(?:(?:i (?:want|need|have) to )?(?:report|tell) )?(?:a |an |the )?(?:privacy |security |data )?(?:breach|incident)": breach.breach,
    r"(?:storage )?note": keeping.note,
    r"(?:may|can) i use it later": keeping.later_use,
    r"practi[sc]e": practice.practise,
    r"send me the protocol": files.protocol,
    r"review": review.review,
    r"ask for a review": review.ask,
    r"report": report.report,
    r"protocol": publishing.in_force,
}
_DOORS: Mapping[str, Door] = {
    r"pause": pausing.pause,
    r"resume": pausing.resume,
    r"use protocol": publishing.use,
    r"protocols": publishing.register,
}
_PRESSED: Mapping[str, Handler] = {
    CANCEL: reminders.cancel,
    CHECKLIST: checklist.checklist,
    CHANGE: agency.agency,
    CHOOSE: agency.choose,
    ACKNOWLEDGE: looking.acknowledge,
    LOOK: looking.look,
    NUDGE: acknowledgement.nudge,
    REFRESH: acknowledgement.refresh,
    CORRECT: agency.correct,
    START: conflict.conflict,
    DECLARE: conflict.declare,
    TELL: breach.tell_them,
    MAKE: keeping.make_note,
    COPY: files.protocol,
    FILES: files.report,
    FILE: files.register,
    ACCEPT: files.accepted,
    NEXT: practice.practise,
    ANSWER: practice.answer,
    ASK: review.ask,
}
_PRESSED_DOORS: Mapping[str, Door] = {
    PUBLISH: publishing.publish,
    DISCARD: publishing.discard,
    USE: publishing.use,
}


async def on_command(incoming: Incoming, desk: Desk) -> Sequence[Effect] | None:
    """What a command does; None when the text is none."""
    text = " ".join(incoming.text.strip(" ?!./").lower().split())
    if text == "meeting" and incoming.conversation.is_private:
        return await _which(incoming, desk)
    for pattern, door in _DOORS.items():
        if re.fullmatch(pattern, text):
            return await door(incoming, desk)
    for pattern, handler in _WORDS.items():
        if found := re.fullmatch(pattern, text):
            return await call(handler, incoming, desk, found.groupdict().get("words") or "")
    return None


async def on_pressed(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """What a button does. Its ids come from the client: who may do what is asked again."""
    verb = incoming.press.verb if incoming.press else ""
    if verb == CHOOSE_MEETING:
        return await _choose_meeting(incoming, desk)
    if verb in _PRESSED_DOORS:
        return await _PRESSED_DOORS[verb](incoming, desk)
    if verb in _PRESSED:
        return await call(_PRESSED[verb], incoming, desk)
    return await noticing.on_pressed(incoming, desk)


async def call(
    handler: Handler, incoming: Incoming, desk: Desk, words: str = ""
) -> Sequence[Effect]:
    """Run a handler for the meeting the event is about; ask which when there are several."""
    meetings = await desk.meetings.of(incoming)
    if len(meetings) > 1:
        return await _which(incoming, desk)
    if not meetings and incoming.press and "meeting" in incoming.press.data:
        return [_tell(incoming, "words", words="no_meeting")]
    meeting = meetings[0] if meetings else incoming.conversation
    book = await desk.library.protocol_for(meeting, incoming.sender)
    if book is None:
        return [_tell(incoming, "no_protocol")]
    return await handler(Call(incoming, meeting, book, words), desk)


async def which_protocol(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """The question which meeting is meant, where its answer would change the protocol; else nothing."""
    meetings = await desk.meetings.of(incoming)
    bound = {await desk.store.bound(meeting.id) for meeting in meetings}
    return await _which(incoming, desk) if len(bound) > 1 else []


async def _which(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    meetings = await desk.meetings.attended(incoming.sender)
    if not meetings:
        return [_tell(incoming, "words", words="no_meeting")]
    return [_tell(incoming, "which_meeting", meetings=[meeting.id for meeting in meetings])]


async def _choose_meeting(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    chosen = await desk.meetings.of(incoming)
    if len(chosen) != 1 or not incoming.conversation.is_private:
        return [_tell(incoming, "words", words="no_meeting")]
    return [Focus(incoming.sender.id, chosen[0].id), _tell(incoming, "words", words="focused")]


def _tell(incoming: Incoming, card: CardKind, **data: Json) -> Say:
    return Say(f"{card}:{incoming.key}", incoming.conversation.id, card, data, incoming.sender.id)
