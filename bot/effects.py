"""What a turn decides. Handlers return these; the store commits them together (design decision 8)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from bot.incoming import Conversation

CardKind = Literal[
    "answer",
    "help",
    "welcome",
    "notice",
    "notice_closed",
    "notice_public",
    "safety",
    "reading",
    "unreadable",
    "no_protocol",
    "words",
    "reminder",
    "reminders",
    "which_meeting",
    "agency",
    "agencies",
    "not_a_party",
    "checklist",
    "acknowledge",
    "acknowledged",
    "acknowledgements",
    "conflict",
    "conflict_told",
    "conflict_alert",
    "breach",
    "breach_told",
    "breach_alert",
    "leak_told",
    "leak_alert",
    "note_choose",
    "note",
    "later_use",
    "practice",
    "practice_answer",
    "review",
    "review_asked",
    "review_alert",
    "review_due",
    "published",
    "discarded",
    "use",
    "in_force",
    "register",
    "report",
    "file_offer",
]
HappeningKind = Literal["question", "unanswered", "conflict", "breach", "review"]
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
ClosedBy = Literal["edited", "deleted", "removed", "not_personal", "on_purpose"]


@dataclass(frozen=True, slots=True)
class Say:
    """Send a card. `data` holds ids, kinds and citations only; the card is built when it is sent.

    `person` given: nobody else may see it. `key` makes it happen once. `due` is for later; None means now.
    """

    key: str
    conversation: str
    card: CardKind
    data: Mapping[str, Json] = field(default_factory=dict)
    person: str | None = None
    reply_to: str | None = None
    due: datetime | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """Answer a press with a card that takes the place of the one pressed, for the presser alone. Never stored."""

    card: CardKind
    data: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cancel:
    """Take back what has not been sent yet."""

    key: str


@dataclass(frozen=True, slots=True)
class Remember:
    """The bot is in this conversation; `person` when it is that person's 1:1."""

    conversation: Conversation
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Forget:
    """The bot was removed from this conversation."""

    conversation: str


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop notices in this conversation, or start them again."""

    conversation: str
    paused: bool


@dataclass(frozen=True, slots=True)
class OpenNotice:
    """A message carries personal information of these kinds."""

    id: str
    conversation: str
    message: str
    person: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CloseNotice:
    """The message it was about was edited or deleted, or its sender dealt with it, giving a reason or not."""

    id: str
    by: ClosedBy
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class KeepProtocol:
    """A protocol file, kept under the digest of its bytes."""

    id: str
    content: bytes = field(repr=False)
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Bind:
    """This conversation answers from this protocol from now on."""

    conversation: str
    protocol: str
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Publish:
    """This protocol may be put in force from now on: where the person is, or `everywhere`."""

    protocol: str
    person: str
    everywhere: bool


@dataclass(frozen=True, slots=True)
class Discard:
    """Forget a draft that is in force nowhere."""

    protocol: str


@dataclass(frozen=True, slots=True)
class Focus:
    """In 1:1, this person speaks of this meeting until they say otherwise."""

    person: str
    conversation: str


@dataclass(frozen=True, slots=True)
class Seat:
    """The person is in this meeting for an agency; None when theirs has not signed."""

    conversation: str
    person: str
    agency: str | None


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """The person has read and understood this version."""

    conversation: str
    person: str
    protocol: str


@dataclass(frozen=True, slots=True)
class Happened:
    """Something to count for the review; `topic` is a section key, for a review the agency that asks for it.

    Never what was said, by whom or about whom.
    """

    kind: HappeningKind
    conversation: str
    protocol: str
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class EveryMeeting:
    """Remind at the start and the end of this meeting from now on, or no longer."""

    conversation: str
    on: bool


MeetingEffect = Publish | Discard | Focus | Seat | Acknowledge | Happened | EveryMeeting
Kept = (
    Say
    | Cancel
    | Remember
    | Forget
    | Pause
    | OpenNotice
    | CloseNotice
    | KeepProtocol
    | Bind
    | MeetingEffect
)
Effect = Kept | Show
