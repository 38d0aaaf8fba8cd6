"""A whole meeting from upload to report, twice side by side with different protocols."""

from pathlib import Path

import pytest

from bot.demo.records import Member
from cards import wording
from tests.test_bot.companion import (
    ANONYMOUS,
    HINE,
    Hui,
    buttons,
    last_card,
    newest,
    places,
    put_in_force,
    text_of,
    two_meetings,
)
from tests.test_bot.rig import MERE, TOM


async def test_two_meetings_run_from_upload_to_report_each_with_its_own_protocol(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await _whole_meeting(first, MERE, "attendance", chat="9.2(b)", conflict="15.1")
        await _whole_meeting(second, HINE, "youth_offending", chat="D3", conflict="N1")
        first.clock.move(hours=24)
        assert "9.2(b)" in text_of(await first.event("Start"))


async def _whole_meeting(
    hui: Hui, organiser: Member, stem: str, *, chat: str, conflict: str
) -> None:
    """Each step by the words and buttons people have."""
    announced = await put_in_force(hui, organiser, stem)
    assert [(hui.place.id, None)] == places(announced)
    assert wording.IN_FORCE_NOW in text_of(announced)
    await _prepare(hui)
    started = await hui.event("Start")
    assert [(hui.place.id, None)] == places(started)
    assert chat in text_of(started)
    answered = await hui.say(TOM, "Who may receive attendance information?")
    assert [(hui.place.id, None)] == places(answered)
    await _declare(hui, organiser, conflict)
    await _report_breach(hui, organiser)
    ended = await hui.event("End")
    assert wording.REMINDER_HEADINGS["end"] in text_of(ended)
    reported = await hui.say(organiser, "report")
    assert [(hui.place.id, organiser.id)] == places(reported)
    assert wording.REPORT in text_of(reported)


async def _prepare(hui: Hui) -> None:
    """The checklist asks for the agency once; then it is acknowledged."""
    asked = last_card(await hui.say(TOM, "checklist"))
    assert (hui.place.id, TOM.id) == (asked.conversation_id, asked.recipient)
    checklist = await hui.press(TOM, asked, wording.AGENCY_SAVE, agency=newest(asked))
    assert wording.CHECK_PURPOSE in text_of(checklist)
    thanked = await hui.press(TOM, last_card(checklist), wording.ACKNOWLEDGE_BUTTON)
    assert wording.ACKNOWLEDGED in text_of(thanked)
    again = await hui.say(TOM, "my checklist")
    assert wording.CHECK_PURPOSE in text_of(again)


async def _declare(hui: Hui, organiser: Member, clause: str) -> None:
    steps = await hui.say(TOM, "I have a conflict of interest", mention=False)
    assert [(hui.place.id, TOM.id)] == places(steps)
    assert clause in text_of(steps)
    told = await hui.press(TOM, last_card(steps), wording.CONFLICT_TELL)
    assert {(hui.place.id, organiser.id), (hui.place.id, TOM.id)} == set(places(told))
    assert "Tom Ashworth" in text_of(told)


async def _report_breach(hui: Hui, organiser: Member) -> None:
    steps = await hui.say(TOM, "breach")
    assert [(hui.place.id, TOM.id)] == places(steps)
    told = await hui.press(TOM, last_card(steps), wording.BREACH_TELL)
    assert {(hui.place.id, organiser.id), (hui.place.id, TOM.id)} == set(places(told))


async def test_report_counts_what_happened_in_its_own_meeting_only(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        await put_in_force(second, HINE, "youth_offending")
        await first.say(TOM, "Who may receive the attendance rate?")
        await first.write(MERE, "Are meetings recorded?")
        card = last_card(await first.say(TOM, "conflict"))
        await first.press(TOM, card, wording.CONFLICT_TELL)
        mine, theirs = await first.say(MERE, "report"), await second.say(HINE, "report")
    assert f"{wording.REPORT_ROWS['asked']}: 2" in str(last_card(mine).card)
    assert f"{wording.REPORT_ROWS['conflicts']}: 1" in str(last_card(mine).card)
    assert f"{wording.REPORT_ROWS['conflicts']}: 0" in str(last_card(theirs).card)


async def test_anonymous_person_is_told_and_facilitates_nothing(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        refused = await first.say(ANONYMOUS, "remind")
        asked = last_card(await first.say(ANONYMOUS, "checklist"))
        told = await first.press(ANONYMOUS, asked, wording.AGENCY_SAVE, agency="none")
    assert [(first.place.id, ANONYMOUS.id)] == places(refused)
    assert wording.SHORT["only_facilitators"] in text_of(refused)
    assert wording.AGENCY_GUEST in text_of(told)


@pytest.mark.parametrize(
    ("words", "card"),
    [
        ("I know this family", wording.CONFLICT),
        ("He's my cousin", wording.CONFLICT),
        ("declare a conflict of interest", wording.CONFLICT),
        ("privacy breach", wording.BREACH),
        ("I want to report a breach", wording.BREACH),
    ],
)
async def test_people_say_it_in_their_own_words_and_are_answered_alone(
    words: str, card: str, tmp_path: Path
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        shown = await first.say(TOM, words)
        quiet = await first.say(TOM, words, mention=False)
    assert [(first.place.id, TOM.id)] == places(shown)
    assert card in text_of(shown)
    assert [] == quiet


async def test_facilitator_with_a_conflict_is_asked_to_hand_over_the_chair(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        steps = last_card(await first.say(MERE, "conflict"))
        told = await first.press(MERE, steps, wording.CONFLICT_TELL)
    assert [(first.place.id, MERE.id)] == places(told)
    assert wording.CONFLICT_TOLD["self"] in text_of(told)
    assert "15.3" in text_of(told)


async def test_no_word_of_a_declared_conflict_is_kept(tmp_path: Path) -> None:
    secret = "Tamahou Winiata"
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        await first.say(TOM, f"I have a conflict, {secret} is my cousin", mention=False)
    assert secret.encode() not in _kept(tmp_path)


async def test_every_card_of_a_meeting_offers_buttons_with_ids_only(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        for words in ("checklist", "breach", "review", "note", "practise", "reminders", "conflict"):
            await first.say(TOM, words)
        data = [action["data"] for one in first.room.connector.sent for action in buttons(one)]
    assert data
    assert all(isinstance(one, dict) and "verb" in one for one in data)


def _kept(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.glob("bot.sqlite3*"))
