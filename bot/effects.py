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
]
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
    """The message it was about was edited or deleted, or its sender dealt with it."""

    id: str
    by: ClosedBy


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


Effect = Say | Cancel | Remember | Forget | Pause | OpenNotice | CloseNotice | KeepProtocol | Bind
