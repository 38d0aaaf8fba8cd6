"""What came from Teams, in our own words. Activities are turned into these once, in `turn.py`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

Scope = Literal["personal", "group", "channel"]
IncomingKind = Literal[
    "message",
    "edited",
    "restored",
    "deleted",
    "installed",
    "uninstalled",
    "joined",
    "left",
    "meeting_started",
    "meeting_ended",
    "pressed",
    "other",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a conversation; `id` is per bot, `aad_id` is missing for anonymous people.

    `domain` is their employer's, from their e-mail address, which is not kept; `is_guest` when the tenant they are in
    is not their own.
    """

    id: str
    name: str | None = field(default=None, repr=False)
    aad_id: str | None = None
    tenant_id: str | None = None
    domain: str | None = None
    is_guest: bool = False

    @property
    def is_bot(self) -> bool:
        return self.id.startswith("28:")


@dataclass(frozen=True, slots=True)
class Conversation:
    """All that is needed to write to a conversation later (design section 2: ids, service URL, tenant)."""

    id: str
    scope: Scope
    service_url: str
    tenant_id: str | None
    bot_id: str
    bot_name: str = ""
    meeting_id: str | None = None

    @property
    def is_private(self) -> bool:
        return self.scope == "personal"


@dataclass(frozen=True, slots=True)
class File:
    """A file somebody sent in 1:1; its address lets anyone fetch it, so it is never shown."""

    name: str = field(repr=False)
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: what it is called and the ids it carries. It comes from the client: check again.

    `in_place`: an Action.Execute, pressed or looked at afresh, whose reply may be a card for this person alone.
    """

    verb: str
    data: Mapping[str, str] = field(repr=False)
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event. `key` is the same for every copy Teams sends of it.

    `text` has the bot's mention removed; `mentioned` says it was there; `targeted` that only the bot can see the
    message. `people` are those who joined or left; `names` whom the text mentions.
    """

    key: str
    kind: IncomingKind
    id: str
    at: datetime
    conversation: Conversation
    sender: Person
    text: str = field(default="", repr=False)
    mentioned: bool = False
    targeted: bool = False
    names: tuple[str, ...] = field(default=(), repr=False)
    files: tuple[File, ...] = ()
    press: Press | None = None
    people: tuple[Person, ...] = ()

    @property
    def asks_privately(self) -> bool:
        """The asker alone sees the question, so only the asker may see the reply."""
        return self.conversation.is_private or self.targeted
