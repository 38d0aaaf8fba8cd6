"""A command or a pressed button: who, about which meeting, under which protocol."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.effects import CardKind, Json, Say, Show
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

    @property
    def in_place(self) -> bool:
        """Whether the reply may take the place of the card that was pressed."""
        return self.incoming.press is not None and self.incoming.press.in_place

    def tell(self, card: CardKind, *, part: str = "", **data: Json) -> Say:
        """To the person who called, alone; `part` tells several of one kind apart."""
        return Say(
            key=f"{card}{part}:{self.incoming.key}",
            conversation=self.incoming.conversation.id,
            card=card,
            data={**self._about(), "person": self.person, **data},
            person=self.person,
        )

    def show(self, card: CardKind, *, part: str = "", **data: Json) -> Say | Show:
        """To the person who called, alone: in place of the card they pressed where Teams can do that."""
        if self.in_place:
            return Show(card, {**self._about(), "person": self.person, **data})
        return self.tell(card, part=part, **data)

    def whisper(self, person: str, card: CardKind, **data: Json) -> Say:
        """To somebody else in the meeting, alone."""
        return Say(
            key=f"{card}:{self.incoming.key}:{person}",
            conversation=self.meeting.id,
            card=card,
            data={**self._about(), "person": person, **data},
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
