"""A conflict of interest: the steps, and a private word to the facilitator. Who it is about is never asked."""

import re
from collections.abc import Sequence

from bot.call import Call
from bot.desk import Desk
from bot.effects import Effect, Happened
from bot.handlers.telling import told

_DECLARED = re.compile(
    r"\b(i|we)\b.{0,25}\b(have|has|got|declare|declaring)\b.{0,20}\bconflicts?\b", re.IGNORECASE
)
_KNOWS = re.compile(
    r"\b(i|we)( \w+)? know (this|that|the|these|them|him|her|one of)\b"
    r"|\b(he|she|they|this|that|it)( is| are|'s|'re|’s|’re) (my|our) (\w+ )?(son|daughter|child|kid|mum|dad|mother"
    r"|father|brother|sister|cousin|aunt|uncle|niece|nephew|partner|wife|husband|ex|friend|mate|neighbour|moko|whānau"
    r"|whanau|family|relative|tenant|boss)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\b(if|what|who|how|when|do i|should|can|may|would)\b|\?", re.IGNORECASE)


def declares_conflict(text: str, *, asked: bool) -> bool:
    """Whether somebody says that they have a conflict, rather than asks about one.

    Knowing the people counts when it is said to the bot: in the chat it may be how somebody introduces a case.
    """
    said = _DECLARED.search(text) or (asked and _KNOWS.search(text))
    return len(text) < 300 and bool(said) and not _ASKED.search(text)


async def conflict(call: Call, desk: Desk) -> Sequence[Effect]:
    """The steps, with a button that tells the facilitator."""
    return [call.tell("conflict")]


async def declare(call: Call, desk: Desk) -> Sequence[Effect]:
    """Count it, tell the facilitator that there is one, and thank the person."""
    happened = Happened("conflict", call.meeting.id, call.book.id)
    facilitators = await desk.meetings.facilitators(call.meeting)
    return [happened, *await told(call, desk, "conflict_alert", "conflict_told", facilitators)]
