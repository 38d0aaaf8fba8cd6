"""Cards from what the outbox keeps, built when they are sent (design decision 7)."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import cast

from bot.effects import Json
from bot.library import Book, Library
from bot.records import answer_from
from bot.render_meeting import MeetingRenderer
from bot.storage.notices import NoticeRecords
from bot.storage.store import Store
from cards import wording
from cards.answer import answer_card
from cards.file_offer import FileOffer
from cards.help import help_card, no_protocol_card, welcome_card
from cards.leak import leak_alert_card, leak_told_card
from cards.message import CardMessage
from cards.notice import closed_notice_card, notice_card
from cards.parts import line, message
from cards.protocol import unreadable_card
from cards.safety import safety_card
from knowledge.hygiene.finding import Kind

Data = Mapping[str, Json]


class Renderer:
    """Builds the card a row stands for; None when there is nothing to say any more."""

    def __init__(self, library: Library, store: Store, meetings: MeetingRenderer) -> None:
        self._meetings = meetings
        self._library = library
        self._store = store
        self._by_kind: Mapping[str, Callable[[Data], Awaitable[CardMessage | None]]] = {
            "answer": self._answer,
            "help": self._help,
            "welcome": self._welcome,
            "no_protocol": self._no_protocol,
            "notice": self._notice,
            "notice_closed": self._notice_closed,
            "notice_public": self._notice_public,
            "leak_told": self._leak_told,
            "leak_alert": self._leak_alert,
            "safety": self._safety,
            "unreadable": self._unreadable,
            "words": self._words,
        }

    async def render(self, card: str, data: Data) -> CardMessage | FileOffer | None:
        if draw := self._by_kind.get(card):
            return await draw(data)
        return await self._meetings.render(card, data)

    async def _answer(self, data: Data) -> CardMessage | None:
        if not (book := await self._book(data)):
            return None
        answer = answer_from(cast(Data, data["answer"]), book.protocol)
        note = wording.WITHHELD if data.get("withheld") else None
        return answer_card(answer, book.protocol, note=note)

    async def _help(self, data: Data) -> CardMessage:
        book = await self._book(data)
        return help_card(book.protocol if book else None)

    async def _welcome(self, data: Data) -> CardMessage:
        book = await self._book(data)
        return welcome_card(book.protocol if book else None, paused=bool(data.get("paused")))

    async def _no_protocol(self, data: Data) -> CardMessage:
        return no_protocol_card()

    async def _notice(self, data: Data) -> CardMessage | None:
        notice = await NoticeRecords(self._store).notice(str(data["notice"]))
        if notice is None or notice.closed_by:
            return None
        book = await self._book(data)
        protocol = book.protocol if book else None
        return notice_card(
            cast(list[Kind], data["kinds"]),
            notice.id,
            protocol,
            book.notice if book else None,
            health=bool(data.get("health")),
            long_paste=bool(data.get("long")),
            danger=bool(data.get("danger")),
        )

    async def _notice_closed(self, data: Data) -> CardMessage:
        return closed_notice_card(declined=data.get("by") == "not_personal")

    async def _leak_told(self, data: Data) -> CardMessage | None:
        book, at = await self._book(data), datetime.fromisoformat(str(data["at"]))
        return leak_told_card(book.protocol, at, str(data["reached"])) if book else None

    async def _leak_alert(self, data: Data) -> CardMessage | None:
        book, at = await self._book(data), datetime.fromisoformat(str(data["at"]))
        kinds = cast(list[Kind], data["kinds"])
        return leak_alert_card(book.protocol, kinds, at) if book else None

    async def _notice_public(self, data: Data) -> CardMessage:
        return message([line(wording.NOTICE_PUBLIC)], wording.NOTICE_PUBLIC)

    async def _safety(self, data: Data) -> CardMessage:
        book = await self._book(data)
        if book is None:
            return safety_card(None, None)
        clause = next((c for c in book.protocol.clauses if c.id == data.get("clause")), None)
        return safety_card(book.protocol, clause)

    async def _unreadable(self, data: Data) -> CardMessage:
        return unreadable_card(str(data["reason"]))

    async def _words(self, data: Data) -> CardMessage:
        said = wording.SHORT[str(data["words"])]
        return message([line(said)], said)

    async def _book(self, data: Data) -> Book | None:
        protocol_id = data.get("protocol")
        return await self._library.open(str(protocol_id)) if protocol_id else None
