"""The report for a review: counts for facilitators, on a card and as files."""

from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect


async def report(call: Call, desk: Desk) -> Sequence[Effect]:
    """The last twelve months of this meeting."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    return [call.tell("report", at=desk.now().isoformat())]
