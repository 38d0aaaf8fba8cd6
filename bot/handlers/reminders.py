"""Reminders: now, at a time, at the start and the end; only facilitators post them."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Cancel, Effect, EveryMeeting, Say
from bot.incoming import Incoming
from bot.schedule import next_time
from bot.storage.meetings import MeetingRecords
from cards.reminder import EVERY, About
from knowledge.themes import REMINDERS

_ABOUT: dict[str, About] = {theme: theme for theme in REMINDERS}


async def remind(call: Call, desk: Desk) -> Sequence[Effect]:
    """`remind`, `remind chat`, `remind at 10:30 chat`, `remind every meeting`."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    words = call.words.lower()
    if words.startswith("every"):
        return [EveryMeeting(call.meeting.id, on=True), call.tell("words", words="every_meeting")]
    about: About = next((_ABOUT[word] for word in words.split() if word in _ABOUT), "now")
    if not any(character.isdigit() for character in words):
        known = about != "now" or not words
        return [call.post("reminder", about=about) if known else call.tell("words", words="theme")]
    due = next_time(words, desk.now())
    if due is None:
        return [call.tell("words", words="time")]
    key = f"reminder:{desk.new_id()}"
    planned = call.post("reminder", key=key, due=due, about=about)
    return [planned, call.tell("reminders", cancels=True)]


async def reminders(call: Call, desk: Desk) -> Sequence[Effect]:
    """What is planned for this meeting; whoever may cancel it gets the buttons."""
    cancels = await desk.meetings.facilitates(call.incoming.sender, call.meeting)
    return [call.tell("reminders", cancels=cancels)]


async def cancel(call: Call, desk: Desk) -> Sequence[Effect]:
    """Take back a planned reminder of this meeting."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    key = call.data.get("reminder", "")
    if key == EVERY:
        return [EveryMeeting(call.meeting.id, on=False), call.tell("words", words="cancelled")]
    planned = await MeetingRecords(desk.store).planned(call.meeting.id, desk.now())
    if key not in {reminder.key for reminder in planned}:
        return [call.tell("words", words="too_late")]
    return [Cancel(key), call.tell("words", words="cancelled")]


async def on_started(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """The points for a virtual meeting, once for each start."""
    return await _automatic(incoming, desk, "start")


async def on_ended(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """What must happen now, once for each end."""
    return await _automatic(incoming, desk, "end")


async def _automatic(incoming: Incoming, desk: Desk, about: About) -> Sequence[Effect]:
    """Teams may tell of one start more than once: one reminder an hour is enough."""
    conversation = incoming.conversation.id
    book = await desk.book(incoming)
    if book is None or not await MeetingRecords(desk.store).reminds(conversation):
        return []
    return [
        Say(
            key=f"reminder:{about}:{conversation}:{desk.now():%Y-%m-%dT%H}",
            conversation=conversation,
            card="reminder",
            data={"protocol": book.id, "meeting": conversation, "about": about},
        )
    ]
