"""Files the bot makes or keeps: the signed protocol, the register, the report."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.library import Book, Library
from bot.reporting import report_of
from bot.roster import Roster
from bot.storage.meetings import MeetingRecords
from bot.storage.store import Store
from cards.file_offer import FileKind
from cards.register import Entry, register_csv
from cards.report import report_csv
from cards.report_page import report_page
from cards.wording import NEW_ZEALAND
from knowledge.report import Report


@dataclass(frozen=True, slots=True)
class Paper:
    """A file's name and bytes."""

    name: str
    content: bytes = field(repr=False)


class Papers:
    """Makes each file from what is on record at that moment."""

    def __init__(self, store: Store, library: Library, roster: Roster) -> None:
        self._store = store
        self._records = MeetingRecords(store)
        self._library = library
        self._roster = roster

    async def make(
        self, kind: FileKind, book: Book, meeting: str, among: Sequence[str], at: datetime
    ) -> Paper | None:
        """The file; `among` are the meetings whose protocols a register may list. None when it is gone."""
        match kind:
            case "protocol":
                content = await self._store.protocol(book.id)
                return Paper("protocol.docx", content) if content else None
            case "register":
                table = register_csv(await self.entries(among))
                return Paper("protocols-in-force.csv", table.encode("utf-8-sig"))
            case "report":
                table = report_csv(await self.report(book, meeting, at))
                return Paper("report.csv", table.encode("utf-8-sig"))
            case "report_page":
                page = report_page(await self.report(book, meeting, at), book.protocol)
                return Paper("report.html", page.encode())

    async def report(self, book: Book, meeting: str, at: datetime) -> Report:
        """The counts of one meeting up to now."""
        where = await self._store.conversation(meeting)
        people = await self._roster.people(where) if where else ()
        return await report_of(self._records, meeting, book.id, len(people), at)

    async def entries(self, among: Sequence[str]) -> Sequence[Entry]:
        """Each protocol in force in these meetings once, since when it first was."""
        since: dict[str, datetime] = {}
        for binding in await self._records.in_force():
            if binding.conversation in among:
                earlier = since.get(binding.protocol, binding.since)
                since[binding.protocol] = min(binding.since, earlier)
        opened = [(await self._library.open(one), first) for one, first in since.items()]
        return [_entry(book, first) for book, first in opened if book]


def _entry(book: Book, since: datetime) -> Entry:
    return Entry(
        title=book.protocol.title,
        version=book.protocol.version,
        lead_agency=book.protocol.lead_agency,
        agencies=book.protocol.agencies,
        state=book.protocol.signature.state,
        since=since.astimezone(NEW_ZEALAND).date(),
        review_due=book.protocol.review.due,
    )
