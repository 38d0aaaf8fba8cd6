"""`pause` and `resume`: a facilitator stops notices or starts them again, and everyone in the meeting is told."""

from collections.abc import Sequence

from bot.desk import Desk
from bot.effects import Effect, Pause, Say
from bot.incoming import Incoming


async def pause(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """No notices in this meeting until somebody resumes them."""
    return await _set(incoming, desk, paused=True)


async def resume(incoming: Incoming, desk: Desk) -> Sequence[Effect]:
    """Notices again."""
    return await _set(incoming, desk, paused=False)


async def _set(incoming: Incoming, desk: Desk, *, paused: bool) -> Sequence[Effect]:
    meetings = await desk.meetings.of(incoming)
    if len(meetings) != 1:
        return [_alone(incoming, "in_the_meeting" if meetings else "no_meeting")]
    meeting = meetings[0]
    if not await desk.meetings.facilitates(incoming.sender, meeting):
        return [_alone(incoming, "only_facilitator")]
    words = "paused" if paused else "resumed"
    told = Say(f"pause:{incoming.key}", meeting.id, "words", {"words": words})
    elsewhere = incoming.conversation.id != meeting.id
    return [
        Pause(meeting.id, paused),
        told,
        *([_alone(incoming, words)] if elsewhere or incoming.targeted else []),
    ]


def _alone(incoming: Incoming, words: str) -> Say:
    return Say(
        key=f"pause:{incoming.key}:alone",
        conversation=incoming.conversation.id,
        card="words",
        data={"words": words},
        person=incoming.sender.id,
    )
