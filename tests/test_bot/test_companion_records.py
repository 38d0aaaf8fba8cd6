"""What is on record about meetings, on every database: kept once, read back, the current protocol last."""

from datetime import UTC, datetime, timedelta
from itertools import count

from bot.effects import (
    Acknowledge,
    Bind,
    Discard,
    EveryMeeting,
    Focus,
    Happened,
    KeepProtocol,
    Kept,
    Publish,
    Remember,
    Say,
    Seat,
)
from bot.incoming import Conversation
from bot.storage.meetings import MeetingRecords
from bot.storage.store import Store

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
_NUMBERS = count()
HUI = Conversation("19:hui", "group", "https://smba.example/", "t1", "28:bot", "Clausewise", "m1")


async def test_protocol_in_force_is_the_newest_and_the_earlier_one_stays(store: Store) -> None:
    await _done(store, Bind(HUI.id, "p1"), Bind("19:other", "p1"), Bind(HUI.id, "p2"))
    records = MeetingRecords(store)
    assert ["p1", "p2"] == [binding.protocol for binding in await records.bindings(HUI.id)]
    assert {(HUI.id, "p2"), ("19:other", "p1")} == {
        (binding.conversation, binding.protocol) for binding in await records.in_force()
    }


async def test_published_is_seen_by_its_people_or_by_all(store: Store) -> None:
    await _done(store, Publish("p1", "29:mere", False), Publish("p2", "29:admin", True))
    records = MeetingRecords(store)
    assert ({"p1", "p2"}, {"p2"}) == (
        set(await records.published(["29:mere"])),
        set(await records.published(["29:hine"])),
    )


async def test_draft_is_discarded_but_not_what_was_published_or_bound(store: Store) -> None:
    for name in ("draft", "published", "bound"):
        await _done(store, KeepProtocol(name, b"docx", "29:mere"))
    await _done(store, Publish("published", "29:mere", False), Bind(HUI.id, "bound"))
    await _done(store, *(Discard(name) for name in ("draft", "published", "bound")))
    kept = [await store.protocol(name) for name in ("draft", "published", "bound")]
    assert [None, b"docx", b"docx"] == kept


async def test_seat_and_focus_hold_the_last_choice(store: Store) -> None:
    await _done(store, Seat(HUI.id, "29:tom", "Police"), Focus("29:tom", HUI.id))
    await _done(store, Seat(HUI.id, "29:tom", None), Focus("29:tom", "19:other"))
    records = MeetingRecords(store)
    assert ({"29:tom": None}, "19:other") == (
        await records.seats(HUI.id),
        await records.focus("29:tom"),
    )


async def test_first_acknowledgement_of_a_version_is_the_one_that_counts(store: Store) -> None:
    await _done(store, Acknowledge(HUI.id, "29:tom", "p1"))
    await _done(store, Acknowledge(HUI.id, "29:tom", "p1"), later=timedelta(days=1))
    assert {"29:tom": NOW} == await MeetingRecords(store).acknowledged(HUI.id, "p1")


async def test_meeting_is_reminded_until_told_otherwise(store: Store) -> None:
    records, said = MeetingRecords(store), []
    for on in (None, False, False, True):
        if on is not None:
            await _done(store, EveryMeeting(HUI.id, on))
        said.append(await records.reminds(HUI.id))
    assert [True, False, False, True] == said


async def test_planned_reminders_are_those_still_to_come(store: Store) -> None:
    late, soon = NOW + timedelta(hours=2), NOW + timedelta(hours=1)
    await _done(store, Remember(HUI), *(
        Say(f"reminder:{due:%H}", HUI.id, "reminder", {"about": "chat"}, due=due)
        for due in (late, soon)
    ))  # fmt: skip
    records = MeetingRecords(store)
    assert [soon, late] == [one.due for one in await records.planned(HUI.id, NOW)]
    assert [late] == [one.due for one in await records.planned(HUI.id, soon)]


async def test_happenings_are_counted_from_a_day_on(store: Store) -> None:
    await _done(store, Happened("question", HUI.id, "p1", "use"))
    await _done(store, Happened("breach", HUI.id, "p1"), later=timedelta(days=2))
    found = await MeetingRecords(store).happenings(HUI.id, NOW + timedelta(days=1))
    assert [("breach", None, NOW + timedelta(days=2))] == list(found)


async def _done(store: Store, *effects: Kept, later: timedelta = timedelta()) -> None:
    assert await store.commit(f"event {next(_NUMBERS)}", effects, NOW + later)
