"""Files for one person: offered in 1:1, made afresh and put where Teams says once the person accepts."""

from collections.abc import Sequence
from typing import get_args

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect
from bot.logs import log
from bot.teams.errors import TeamsError
from cards.file_offer import FileKind

_FACILITATORS = ("report", "report_page")


async def protocol(call: Call, desk: Desk) -> Sequence[Effect]:
    """The signed copy of this meeting's protocol."""
    return [await _offer(call, desk, "protocol")]


async def register(call: Call, desk: Desk) -> Sequence[Effect]:
    """The register as a table."""
    return [await _offer(call, desk, "register")]


async def report(call: Call, desk: Desk) -> Sequence[Effect]:
    """The report as a table and as a page."""
    if not await desk.meetings.facilitates(call.incoming.sender, call.meeting):
        return [call.tell("words", words="only_facilitators")]
    return [await _offer(call, desk, "report"), await _offer(call, desk, "report_page")]


async def accepted(call: Call, desk: Desk) -> Sequence[Effect]:
    """Put the file where Teams says. The address is used at once and never kept."""
    kind = next((one for one in get_args(FileKind) if one == call.data.get("file")), None)
    if kind is None or not call.incoming.files:
        return []
    if kind in _FACILITATORS and not await desk.meetings.facilitates(
        call.incoming.sender, call.meeting
    ):
        return [call.tell("words", words="only_facilitators")]
    among = await desk.meetings.may_list(call.incoming.sender)
    paper = await desk.papers.make(kind, call.book, call.meeting.id, among, desk.now())
    if paper is None:
        return [call.tell("words", words="file_not_sent")]
    try:
        await desk.files.put(call.incoming.files[0].url, paper.content)
    except TeamsError as error:
        log.warning("file not sent", kind=kind, reason=error.reason)
        return [call.tell("words", words="file_not_sent")]
    return [call.tell("words", words="file_sent")]


async def _offer(call: Call, desk: Desk, kind: FileKind) -> Effect:
    among = await desk.meetings.may_list(call.incoming.sender)
    paper = await desk.papers.make(kind, call.book, call.meeting.id, among, desk.now())
    if paper is None:
        return call.tell("words", words="file_not_sent")
    size = len(paper.content)
    return call.tell("file_offer", part=kind, file=kind, name=paper.name, size=size)
