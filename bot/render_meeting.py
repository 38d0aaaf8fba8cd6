"""The companion's cards from what the outbox keeps: ids, places, times; names come from Teams when it is sent."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime
from typing import cast

from microsoft_teams.cards import CardElement

from bot.effects import Json
from bot.incoming import Person
from bot.library import Book, Library
from bot.papers import Papers
from bot.policy import SignaturePolicy, refusal
from bot.roster import Roster
from bot.storage.meetings import MeetingRecords
from bot.storage.store import Store
from bot.teams.connector import Connector
from bot.teams.errors import TeamsError
from cards import wording
from cards.acknowledgement import (
    Attendee,
    Reader,
    acknowledge_card,
    acknowledged_card,
    acknowledgements_card,
)
from cards.agency import agencies_card, agency_card, not_a_party_card
from cards.breach import breach_alert_card, breach_card, breach_told_card
from cards.changes import change_lines
from cards.checklist import checklist_card
from cards.conflict import conflict_alert_card, conflict_card, conflict_told_card
from cards.file_offer import FileKind, FileOffer
from cards.message import CardMessage
from cards.parts import button
from cards.practice import no_practice_card, practice_answer_card, practice_card
from cards.protocol import reading_card
from cards.publishing import (
    DISCARD,
    PUBLISH,
    discarded_card,
    in_force_card,
    published_card,
    use_card,
)
from cards.register import register_card
from cards.reminder import EVERY, About, PlannedReminder, reminder_card, reminders_card
from cards.report import report_card
from cards.review import review_alert_card, review_asked_card, review_card, review_due_card
from cards.storage_note import choose_rule_card, later_use_card, storage_note_card
from cards.telling import Reached
from cards.which_meeting import which_meeting_card
from knowledge.checklist import checklist
from knowledge.practice import scenario
from knowledge.storage_note import receivable, storage_note
from protocols.changes import changes

Data = Mapping[str, Json]
Draw = Callable[[Book, Data], Awaitable[CardMessage | None]]


class MeetingRenderer:
    """One method a card; longer than most files because it is one list, read top to bottom."""

    def __init__(
        self,
        library: Library,
        store: Store,
        roster: Roster,
        connector: Connector,
        papers: Papers,
        now: Callable[[], datetime],
        policy: SignaturePolicy,
    ) -> None:
        self._library = library
        self._store = store
        self._records = MeetingRecords(store)
        self._roster = roster
        self._connector = connector
        self._papers = papers
        self._now = now
        self._policy = policy
        self._drawn: Mapping[str, Draw] = {
            "reading": self._reading,
            "published": self._published,
            "in_force": self._in_force,
            "reminder": self._reminder,
            "reminders": self._reminders,
            "agency": self._agency,
            "agencies": self._agencies,
            "not_a_party": self._not_a_party,
            "checklist": self._checklist,
            "acknowledge": self._acknowledge,
            "acknowledged": self._acknowledged,
            "acknowledgements": self._acknowledgements,
            "conflict": self._conflict,
            "conflict_told": self._conflict_told,
            "conflict_alert": self._conflict_alert,
            "breach": self._breach,
            "breach_told": self._breach_told,
            "breach_alert": self._breach_alert,
            "note_choose": self._note_choose,
            "note": self._note,
            "later_use": self._later_use,
            "practice": self._practice,
            "practice_answer": self._practice_answer,
            "review": self._review,
            "review_asked": self._review_asked,
            "review_alert": self._review_alert,
            "review_due": self._review_due,
            "report": self._report,
        }

    async def render(self, card: str, data: Data) -> CardMessage | FileOffer | None:
        """The card; None when its protocol is gone."""
        match card:
            case "discarded":
                return discarded_card()
            case "use":
                return await self._use(data)
            case "register":
                return await self._register(data)
            case "file_offer":
                return _offer(data)
            case "which_meeting":
                return await self._which_meeting(data)
        book = await self._library.open(str(data.get("protocol")))
        return await self._drawn[card](book, data) if book else None

    async def _reading(self, book: Book, data: Data) -> CardMessage:
        if not data.get("draft"):
            return reading_card(book.protocol)
        refused = refusal(book.protocol, self._policy)
        ids = {"protocol": book.id}
        told = await self._changes(book, cast(str | None, data.get("before")))
        publish = [] if refused else [button(wording.PUBLISH, PUBLISH, ids, style="positive")]
        return reading_card(
            book.protocol,
            refusal=refused,
            changes=told,
            actions=[*publish, button(wording.DISCARD, DISCARD, ids)],
        )

    async def _published(self, book: Book, data: Data) -> CardMessage:
        return published_card(book.protocol)

    async def _use(self, data: Data) -> CardMessage:
        ids = cast(list[str], data["protocols"])
        books = [book for one in ids if (book := await self._library.open(one))]
        return use_card([(book.id, book.protocol) for book in books])

    async def _in_force(self, book: Book, data: Data) -> CardMessage:
        """For one person, or for all; then each person of the meeting may look at their own."""
        meeting, new = _meeting(data), bool(data.get("new"))
        bindings = await self._records.bindings(meeting)
        place = max((at for at, one in enumerate(bindings) if one.protocol == book.id), default=-1)
        before = bindings[place - 1].protocol if new and place > 0 else None
        reader = await self._reader(book, data) if "person" in data else None
        return in_force_card(
            book.protocol,
            meeting,
            _day(bindings[place].since) if place >= 0 else None,
            new=new,
            changes=await self._changes(book, before, reader.agency if reader else None),
            reader=reader,
            people=() if reader else [person.id for person in await self._people(data)],
        )

    async def _changes(
        self, book: Book, before: str | None, agency: str | None = None
    ) -> list[CardElement]:
        """What is different from the version before; nothing when there was none."""
        earlier = await self._library.open(before) if before else None
        if earlier is None:
            return []
        return change_lines(changes(earlier.protocol, book.protocol), book.protocol, agency)

    async def _reader(self, book: Book, data: Data) -> Reader:
        """The person a card is for, with what is on record of them here."""
        meeting, person = _meeting(data), str(data["person"])
        seats = await self._records.seats(meeting)
        done = await self._records.acknowledged(meeting, book.id)
        return Reader(person, seats.get(person), done.get(person))

    async def _people(self, data: Data) -> tuple[Person, ...]:
        """Everyone in the meeting; nobody when the bot is not in it any more."""
        meeting = await self._store.conversation(_meeting(data))
        return await self._roster.people(meeting) if meeting else ()

    async def _register(self, data: Data) -> CardMessage:
        among = cast(list[str], data["among"])
        return register_card(await self._papers.entries(among), next(iter(among), ""))

    async def _which_meeting(self, data: Data) -> CardMessage:
        ids = cast(list[str], data["meetings"])
        return which_meeting_card([(one, await self._title(one)) for one in ids])

    async def _reminder(self, book: Book, data: Data) -> CardMessage:
        """With the words of the protocol that is in force when it is posted, not when it was planned."""
        bound = await self._store.bound(_meeting(data))
        now_in_force = await self._library.open(bound) if bound else None
        return reminder_card((now_in_force or book).protocol, cast(About, data["about"]))

    async def _reminders(self, book: Book, data: Data) -> CardMessage:
        meeting = _meeting(data)
        planned = [
            PlannedReminder(one.key, cast(About, one.data["about"]), one.due)
            for one in await self._records.planned(meeting, self._now())
        ]
        every = (
            [PlannedReminder(EVERY, "now", None)] if await self._records.reminds(meeting) else []
        )
        return reminders_card([*planned, *every], meeting, cancels=bool(data.get("cancels")))

    async def _agency(self, book: Book, data: Data) -> CardMessage:
        suggested, then = (cast(str | None, data.get(name)) for name in ("suggested", "then"))
        return agency_card(book.protocol, _meeting(data), suggested, then)

    async def _agencies(self, book: Book, data: Data) -> CardMessage:
        seats = await self._records.seats(_meeting(data))
        people = [
            (person.id, person.name or wording.SOMEBODY, seats.get(person.id))
            for person in await self._people(data)
        ]
        return agencies_card(book.protocol, people, _meeting(data))

    async def _not_a_party(self, book: Book, data: Data) -> CardMessage:
        return not_a_party_card(book.protocol)

    async def _checklist(self, book: Book, data: Data) -> CardMessage:
        found = checklist(book.protocol, str(data["agency"]))
        reader = await self._reader(book, data)
        return checklist_card(found, book.protocol, _meeting(data), reader)

    async def _acknowledge(self, book: Book, data: Data) -> CardMessage:
        return acknowledge_card(book.protocol, _meeting(data))

    async def _acknowledged(self, book: Book, data: Data) -> CardMessage:
        return acknowledged_card(book.protocol, _at(data))

    async def _acknowledgements(self, book: Book, data: Data) -> CardMessage:
        meeting, key = _meeting(data), str(data["card_key"])
        done = await self._records.acknowledged(meeting, book.id)
        seats = await self._records.seats(meeting)
        people = [
            Attendee(person.name or wording.SOMEBODY, seats.get(person.id), done.get(person.id))
            for person in await self._people(data)
        ]
        return acknowledgements_card(book.protocol, people, meeting, key, str(data["person"]))

    async def _conflict(self, book: Book, data: Data) -> CardMessage:
        return conflict_card(book.protocol, _meeting(data))

    async def _conflict_told(self, book: Book, data: Data) -> CardMessage:
        return conflict_told_card(book.protocol, _at(data), cast(Reached, data["reached"]))

    async def _conflict_alert(self, book: Book, data: Data) -> CardMessage:
        who = await self._name(data)
        return conflict_alert_card(book.protocol, who, _agency(data), _at(data))

    async def _breach(self, book: Book, data: Data) -> CardMessage:
        return breach_card(book.protocol, _meeting(data))

    async def _breach_told(self, book: Book, data: Data) -> CardMessage:
        return breach_told_card(book.protocol, _at(data), cast(Reached, data["reached"]))

    async def _breach_alert(self, book: Book, data: Data) -> CardMessage:
        who = await self._name(data)
        return breach_alert_card(book.protocol, who, _agency(data), _at(data))

    async def _note_choose(self, book: Book, data: Data) -> CardMessage:
        rules = receivable(book.protocol, _agency(data))
        return choose_rule_card(book.protocol, rules, _meeting(data))

    async def _note(self, book: Book, data: Data) -> CardMessage:
        rule = book.protocol.rules[cast(int, data["rule"])]
        day = date.fromisoformat(str(data["day"]))
        return storage_note_card(storage_note(rule, book.protocol, day), book.protocol)

    async def _later_use(self, book: Book, data: Data) -> CardMessage:
        return later_use_card(book.protocol)

    async def _practice(self, book: Book, data: Data) -> CardMessage:
        asked = scenario(book.protocol, cast(int, data["number"]), _agency(data))
        if asked is None:
            return no_practice_card()
        return practice_card(asked, book.protocol, _meeting(data), _agency(data))

    async def _practice_answer(self, book: Book, data: Data) -> CardMessage:
        asked = scenario(book.protocol, cast(int, data["number"]), _agency(data))
        if asked is None:
            return no_practice_card()
        yes = bool(data["yes"])
        return practice_answer_card(asked, book.protocol, _meeting(data), said_yes=yes)

    async def _review(self, book: Book, data: Data) -> CardMessage:
        return review_card(book.protocol, _meeting(data))

    async def _review_asked(self, book: Book, data: Data) -> CardMessage:
        return review_asked_card(book.protocol)

    async def _review_alert(self, book: Book, data: Data) -> CardMessage:
        return review_alert_card(book.protocol, _agency(data))

    async def _review_due(self, book: Book, data: Data) -> CardMessage:
        return review_due_card(book.protocol, _day(self._now()))

    async def _report(self, book: Book, data: Data) -> CardMessage:
        made = await self._papers.report(book, _meeting(data), _at(data))
        return report_card(made, book.protocol, _meeting(data))

    async def _name(self, data: Data) -> str:
        """The display name, from Teams; never kept."""
        people = await self._people(data)
        names = [person.name for person in people if person.id == data["who"] and person.name]
        return names[0] if names else wording.SOMEBODY

    async def _title(self, conversation: str) -> str | None:
        meeting = await self._store.conversation(conversation)
        if meeting is None:
            return None
        try:
            if title := (await self._connector.meeting(meeting)).title:
                return title
        except TeamsError:
            pass
        bound = await self._store.bound(conversation)
        book = await self._library.open(bound) if bound else None
        return book.protocol.title if book else None


def _offer(data: Data) -> FileOffer:
    kind = cast(FileKind, data["file"])
    return FileOffer(kind, str(data["name"]), cast(int, data["size"]), {"meeting": _meeting(data)})


def _meeting(data: Data) -> str:
    return str(data["meeting"])


def _agency(data: Data) -> str | None:
    return cast(str | None, data.get("agency"))


def _at(data: Data) -> datetime:
    return datetime.fromisoformat(str(data["at"]))


def _day(moment: datetime) -> date:
    return moment.astimezone(wording.NEW_ZEALAND).date()
