"""A command or a pressed button: who, about which meeting, under which protocol."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.effects import CardKind, Json, Say
from bot.incoming import Conversation, Incoming
from bot.library import Book


@dataclass(frozen=True, slots=True)
class Call:
    """`words` is what stood behind the command; `data` the ids a button carried: check them."""

    incoming: Incoming
    meeting: Conversation
    book: Book
    words: str = field(default="", repr=False)

    @property
    def person(self) -> str:
        return self.incoming.sender.id

    @property
    def data(self) -> Mapping[str, str]:
        return self.incoming.press.data if self.incoming.press else {}

    def tell(self, card: CardKind, *, part: str = "", **data: Json) -> Say:
        """To the person who called, alone; `part` tells several of one kind apart."""
        return Say(
            key=f"{card}{part}:{self.incoming.key}",
            conversation=self.incoming.conversation.id,
            card=card,
            data={**self._about(), **data},
            person=self.person,
        )

    def whisper(self, person: str, card: CardKind, **data: Json) -> Say:
        """To somebody else in the meeting, alone."""
        return Say(
            key=f"{card}:{self.incoming.key}:{person}",
            conversation=self.meeting.id,
            card=card,
            data={**self._about(), **data},
            person=person,
        )

    def post(
        self, card: CardKind, *, key: str = "", due: datetime | None = None, **data: Json
    ) -> Say:
        """To everyone in the meeting."""
        return Say(
            key=key or f"{card}:{self.incoming.key}",
            conversation=self.meeting.id,
            card=card,
            data={**self._about(), **data},
            due=due,
        )

    def _about(self) -> dict[str, Json]:
        return {"protocol": self.book.id, "meeting": self.meeting.id}
