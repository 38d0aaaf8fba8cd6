"""What people do around a meeting: acknowledge, practise, keep a record, hear of a review."""

import gc
from pathlib import Path

from bot.reviews import step_of
from cards import wording
from tests.test_bot.companion import (
    ANONYMOUS,
    GUEST,
    Hui,
    last_card,
    newest,
    places,
    put_in_force,
    settled,
    text_of,
    two_meetings,
)
from tests.test_bot.rig import MERE, TOM, rig
from tests.test_cards.sample import sample_protocol


async def test_facilitator_sees_who_has_read_it_and_nudges_the_others_alone(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        await first.say(TOM, "I have read and understood the protocol")
        listed = await first.say(MERE, "who has read the protocol?")
        assert [(first.place.id, MERE.id)] == places(listed)
        assert "1 of 4 here have read this version." in text_of(listed)
        nudged = await first.press(MERE, last_card(listed), wording.NUDGE)
        refused = await first.press(TOM, last_card(listed), wording.NUDGE)
    told = [GUEST.id, ANONYMOUS.id, MERE.id]
    assert [(first.place.id, person) for person in told] == places(nudged)
    assert wording.SHORT["only_facilitators"] in text_of(refused)


async def test_new_version_is_acknowledged_afresh(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        await first.say(TOM, "acknowledge")
        await put_in_force(first, MERE, "youth_offending")
        listed = text_of(await first.say(MERE, "acknowledgements"))
    assert "0 of 4 here have read this version." in listed


async def test_agency_is_suggested_from_colleagues_and_can_be_changed(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        asked = last_card(await first.say(TOM, "agency"))
        await first.press(TOM, asked, wording.AGENCY_SAVE, agency="2")
        changed = await first.press(TOM, asked, wording.AGENCY_SAVE, agency="1")
        wrong = await first.press(TOM, asked, wording.AGENCY_SAVE, agency="99")
    assert wording.checklist_for("Oranga Tamariki") in text_of(changed)
    assert wording.AGENCY in text_of(wrong)


async def test_list_is_refreshed_where_it_stands(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        listed = last_card(await first.say(MERE, "acknowledgements"))
        await first.say(TOM, "acknowledge")
        again = await first.press(MERE, listed, wording.REFRESH)
    assert [("update", listed.activity_id)] == [(one.kind, one.activity_id) for one in again]
    assert "1 of 4 here have read this version." in text_of(again)


async def test_facilitator_puts_an_agency_right_and_the_person_is_shown(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        listed = last_card(await first.say(MERE, "agencies"))
        chosen = {"person": TOM.id, "agency": "2"}
        refused = await first.press(TOM, listed, wording.AGENCIES_SAVE, **chosen)
        done = await first.press(MERE, listed, wording.AGENCIES_SAVE, **chosen)
    assert wording.SHORT["only_facilitators"] in text_of(refused)
    assert [(first.place.id, TOM.id), (first.place.id, MERE.id)] == places(done)
    assert wording.checklist_for("New Zealand Police") in text_of(done)


async def test_record_to_keep_is_made_from_the_rule_chosen(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        asked = last_card(await first.say(TOM, "storage note"))
        made = await first.press(TOM, asked, wording.NOTE_MAKE, rule=newest(asked))
    assert [True] * 3 == [
        part in text_of(made)
        for part in ("Ministry of Education", "section 66C", "24 November 2026")
    ]


async def test_practice_asks_and_shows_the_row_that_answers(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        asked = last_card(await first.write(TOM, "practise"))
        answered = await first.press(TOM, asked, wording.PRACTICE_YES)
    assert "listed to receive this (Table 2, row" in text_of(answered)


async def test_request_for_a_review_reaches_the_facilitator_with_the_agency_that_asks(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        card = last_card(await first.say(TOM, "review"))
        asked = await first.press(TOM, card, wording.REVIEW_ASK)
        told = await first.press(TOM, last_card(asked), wording.AGENCY_SAVE, agency="2")
        again = await first.press(TOM, card, wording.REVIEW_ASK)
    everybody = {(first.place.id, MERE.id), (first.place.id, TOM.id)}
    assert [(first.place.id, TOM.id)] == places(asked)
    assert (everybody, everybody) == (set(places(told)), set(places(again)))
    assert wording.review_alert("New Zealand Police") in text_of(told)


async def test_review_is_announced_30_7_and_0_days_before_each_once(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")  # due on 16 March 2027
        said = [await _days_on(first, days) for days in (80, 3, 23, 1, 6)]
    assert [[], [MERE.id], [MERE.id], [], [MERE.id]] == said


async def test_bot_that_stops_at_once_leaves_no_connection_open(tmp_path: Path) -> None:
    for _ in range(3):
        async with rig(tmp_path):
            pass
        gc.collect()  # an open connection would warn, and warnings are errors


def test_step_is_none_while_nobody_knows_when_the_review_is() -> None:
    due = sample_protocol().review.due
    assert due is not None
    assert (0, 7, 30, None) == tuple(
        step_of(sample_protocol(), day)
        for day in (due, due.replace(day=9), due.replace(month=2), due.replace(month=1))
    )


async def _days_on(hui: Hui, days: int) -> list[str | None]:
    """Whom the bot tells when it looks twice, some days later."""
    hui.clock.move(days=days)
    before = len(hui.room.connector.sent)
    await hui.room.bot.reviews.look()
    await hui.room.bot.reviews.look()
    return [one.recipient for one in (await settled(hui.room, hui.clock))[before:]]
