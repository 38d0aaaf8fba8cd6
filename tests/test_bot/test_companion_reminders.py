"""Reminders: now, at a time, at every start and end; only by the facilitator; none lost, none twice."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo.records import Member, Sent
from cards import wording
from tests.test_bot.companion import (
    ANONYMOUS,
    FEDERATED,
    GUEST,
    HINE,
    Clock,
    Hui,
    buttons,
    last_card,
    places,
    put_in_force,
    settled,
    text_of,
    two_meetings,
)
from tests.test_bot.rig import MERE, QUICK, TOM, Rig, rig


async def test_facilitator_reminds_everyone_of_one_theme(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        sent = await first.say(MERE, "remind recording")
    assert [(first.place.id, None)] == places(sent)
    assert "9.2(c)" in text_of(sent)


@pytest.mark.parametrize("person", [TOM, GUEST, ANONYMOUS], ids=lambda one: one.role)
async def test_others_are_told_kindly_and_nothing_is_posted(tmp_path: Path, person: Member) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        sent = await first.say(person, "remind chat")
    assert [(first.place.id, person.id)] == places(sent)
    assert wording.SHORT["only_facilitators"] in text_of(sent)


async def test_facilitator_of_one_meeting_is_none_in_another(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(second, HINE, "attendance")
        first.room.connector.roles[str(FEDERATED.aad)] = "Presenter"
        sent = await second.say(FEDERATED, "remind")
    assert wording.SHORT["only_facilitators"] in text_of(sent)


async def test_reminder_at_a_time_is_listed_and_posted_then_once(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        planned = await first.say(MERE, "remind at 10:30 chat")
        assert "Tuesday 24 November 2026, 10.30 am" in text_of(planned)
        first.clock.move(minutes=89)
        early = await _what_comes(first)
        first.clock.move(minutes=2)
        due = await _what_comes(first)
        first.clock.move(hours=1)
        later = await _what_comes(first)
    assert ([], [(first.place.id, None)], []) == (places(early), places(due), places(later))
    assert "9.2(b)" in text_of(due)


async def test_cancelled_reminder_is_not_posted(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        planned = last_card(await first.say(MERE, "remind at 10:30"))
        refused = await first.press(TOM, planned, wording.CANCEL_REMINDER)
        done = await first.press(MERE, planned, wording.CANCEL_REMINDER)
        first.clock.move(hours=3)
        due = await _what_comes(first)
    assert wording.SHORT["only_facilitators"] in text_of(refused)
    assert (True, []) == (wording.SHORT["cancelled"] in text_of(done), places(due))


async def test_attendee_sees_what_is_planned_without_buttons_they_may_not_use(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        await first.say(MERE, "remind at 10:30")
        theirs, mine = await first.say(TOM, "reminders"), await first.say(MERE, "cancel reminders")
    assert ["10.30 am" in text_of(seen) for seen in (theirs, mine)] == [True, True]
    assert ([], 2) == (list(buttons(last_card(theirs))), len(list(buttons(last_card(mine)))))


async def test_reminders_at_start_and_end_can_be_turned_off_and_on(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        every = last_card(await first.say(MERE, "reminders"))
        await first.press(MERE, every, wording.CANCEL_REMINDER)
        quiet = await first.event("Start")
        await first.say(MERE, "remind every meeting")
        told = await first.event("Start")
        without_protocol = await second.event("Start")
    assert ([], [(first.place.id, None)], []) == (places(quiet), places(told), without_protocol)


async def test_start_told_twice_is_one_reminder(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        told = [*await first.event("Start"), *await first.event("Start")]
    assert [(first.place.id, None)] == places(told)


async def test_restart_loses_no_reminder_and_repeats_none(tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    around = replace(QUICK, now=clock.now)
    async with rig(tmp_path, around) as room:
        _organised_by_mere(room)
        hui = Hui(room, room.chat, clock)
        await hui.say(MERE, "remind at 10:30")
    clock.move(hours=2)
    after, again = await _restart(tmp_path, clock), await _restart(tmp_path, clock)
    assert ([(hui.place.id, None)], []) == (places(after), places(again))


async def _restart(path: Path, clock: Clock) -> list[Sent]:
    """What another process sends with the same database; a word in the chat says where Teams is now."""
    async with rig(path, replace(QUICK, now=clock.now)) as room:
        return await Hui(room, room.chat, clock).say(TOM, "kia ora", mention=False)


def _organised_by_mere(room: Rig) -> None:
    room.connector.roles[str(MERE.aad)] = "Organizer"


async def _what_comes(hui: Hui) -> list[Sent]:
    before = len(hui.room.connector.sent)
    return (await settled(hui.room, hui.clock))[before:]
