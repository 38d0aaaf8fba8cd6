"""Protocols ready to be asked, and which of them speaks where."""

import asyncio
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.incoming import Conversation, Person
from bot.latest import Latest
from bot.storage.store import Store
from knowledge.clauses import ClauseIndex
from knowledge.notice_clauses import NoticeClauses, notice_clauses
from protocols.model import Protocol

if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel

_KEPT = 32


@dataclass(frozen=True, slots=True)
class Book:
    """A protocol under the digest of its file, its clauses ready to be asked, and those that notices quote."""

    id: str
    protocol: Protocol
    index: ClauseIndex
    notice: NoticeClauses


class Library:
    """Opens protocols from storage and keeps the last ones open."""

    def __init__(
        self,
        store: Store,
        read: Callable[[bytes], Protocol],
        model: "SentenceModel | None",
        configured: str | None,
    ) -> None:
        self._store = store
        self._read = read
        self._model = model
        self._configured = configured
        self._open: Latest[str, Book] = Latest(_KEPT)

    @property
    def opened(self) -> tuple[str, ...]:
        """Ids of the protocols kept open, the last used last."""
        return self._open.keys

    async def protocol_for(self, conversation: Conversation, person: Person) -> Book | None:
        """The protocol that answers here: the one bound to the meeting, else the configured one."""
        bound = await self._store.bound(conversation.id)
        protocol_id = bound or self._configured
        return await self.open(protocol_id) if protocol_id else None

    async def open(self, protocol_id: str) -> Book | None:
        """The protocol with this id; None when it is not kept."""
        if book := self._open.get(protocol_id):
            return book
        content = await self._store.protocol(protocol_id)
        return await self.read(content) if content is not None else None

    async def read(self, content: bytes) -> Book:
        """The protocol in a file's bytes, read away from the event loop. Raises ProtocolError."""
        book = await asyncio.to_thread(self._book, content)
        self._open.keep(book.id, book)
        return book

    def _book(self, content: bytes) -> Book:
        protocol = self._read(content)
        return Book(
            id=digest(content),
            protocol=protocol,
            index=ClauseIndex(protocol, self._model),
            notice=notice_clauses(protocol),
        )


def digest(content: bytes) -> str:
    """The id of a protocol file: what is in it, not what it is called."""
    return hashlib.sha256(content).hexdigest()
