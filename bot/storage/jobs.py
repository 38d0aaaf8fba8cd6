"""What the worker takes from the outbox and what it brings back."""

from dataclasses import dataclass
from datetime import datetime

from bot.effects import Json
from bot.incoming import Conversation


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to send now, and no later than `until`: then others may send in the lane.

    `step` is the way to try; `attempt` counts from 1.
    """

    seq: int
    key: str
    lane: str
    card: str
    data: dict[str, Json]
    person: str | None
    reply_to: str | None
    step: int
    attempt: int
    repeats: int
    until: datetime
    conversation: Conversation | None


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing may be sent in this lane before `until`; None when it is empty."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Sent:
    """Teams took it: by which way, into which conversation, under which id."""

    by: str
    conversation: str
    activity: str | None


@dataclass(frozen=True, slots=True)
class Again:
    """Try again at `at` by way `step`. `ambiguous`: Teams may already have it."""

    at: datetime
    step: int
    reason: str
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """It goes no further: unknown, parked or dropped, and why."""

    state: str
    reason: str


Result = Sent | Again | Ended


@dataclass(frozen=True, slots=True)
class Delivered:
    """Where a card stands, to change it later."""

    by: str
    conversation: str
    activity: str


@dataclass(frozen=True, slots=True)
class Backlog:
    """Counts for health and the facilitator."""

    waiting: int
    late_seconds: float
    parked: int
    unknown: int
    repeated: int


def repeatable(card: str, person: str | None) -> bool:
    """Whether saying it twice is better than perhaps not at all: private things and changes of a card."""
    return person is not None or card == "notice_closed"
