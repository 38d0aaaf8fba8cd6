"""Publishing: what is read, who may, what changes, and what stays on record."""

from pathlib import Path

from bot.library import digest
from bot.storage.meetings import MeetingRecords
from cards import wording
from tests.support.agreements import rows
from tests.support.protocols import ClauseRow, protocol_docx
from tests.test_bot.companion import (
    HINE,
    buttons,
    last_card,
    newest,
    places,
    put_in_force,
    text_of,
    two_meetings,
    word,
)
from tests.test_bot.rig import MERE, TOM


async def test_unsigned_protocol_is_shown_as_a_draft_without_a_publish_button(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        sent = await first.upload(MERE, word("housing"))
    offered = [action["title"] for action in buttons(last_card(sent))]
    assert [wording.DISCARD] == offered
    assert wording.PUBLISH_REFUSED in text_of(sent)
    assert "Harbourlight" in text_of(sent)


async def test_typed_signatures_do_not_publish_where_digital_ones_are_asked_for(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path, signature_policy="digital") as (first, _):
        sent = await first.upload(MERE, word("attendance"))
    assert wording.PUBLISH not in [action["title"] for action in buttons(last_card(sent))]


async def test_anyone_may_send_a_draft_but_only_a_facilitator_publishes(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        draft = last_card(await first.upload(TOM, word("attendance")))
        refused = await first.press(TOM, draft, wording.PUBLISH)
        none = await first.say(MERE, "use protocol")
    assert wording.SHORT["only_facilitators"] in text_of(refused)
    assert wording.USE_NONE in text_of(none)


async def test_discarded_draft_cannot_be_published(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        draft = last_card(await first.upload(MERE, word("attendance")))
        await first.press(MERE, draft, wording.DISCARD)
        kept = await MeetingRecords(first.room.bot.store).published([MERE.id])
        gone = await first.room.bot.store.protocol(digest(word("attendance")))
    assert ((), None) == (kept, gone)


async def test_only_that_meetings_facilitator_puts_a_protocol_in_force(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        second.room.connector.members[second.place.id].append(MERE)
        second.room.connector.roles[str(MERE.aad)] = "Presenter"
        refused = await second.say(MERE, "use protocol")
        asked = await second.say(TOM, "use protocol")
    assert [(second.place.id, MERE.id), (second.place.id, TOM.id)] == places([*refused, *asked])
    assert wording.SHORT["only_facilitators"] in text_of(refused)


async def test_protocol_of_strangers_is_not_offered(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        offered = await second.say(HINE, "use protocol")
    assert wording.USE_NONE in text_of(offered)


async def test_protocol_of_the_operators_facilitator_is_offered_in_every_meeting(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path, facilitators=(MERE.aad,)) as (first, second):
        await put_in_force(first, MERE, "attendance")
        told = await second.say(HINE, "use protocol")
    assert wording.IN_FORCE_NOW in text_of(told)


async def test_new_version_says_what_changed_and_the_old_one_stays_on_record(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        told = await put_in_force(first, MERE, "youth_offending")
        history = await MeetingRecords(first.room.bot.store).bindings(first.place.id)
    assert [(first.place.id, None)] == places(told)
    assert wording.CHANGES in text_of(told)
    assert 2 == len({binding.protocol for binding in history})


async def test_reading_of_a_new_version_says_what_changed_before_it_is_published(
    tmp_path: Path,
) -> None:
    later = [_later(row) for row in rows("attendance")]
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        shown = text_of(await first.upload(MERE, protocol_docx(later)))
    assert wording.changes_counted(0, 0, 2) in shown


async def test_protocol_shows_title_signatures_and_dates(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        shown = text_of(await first.say(TOM, "protocol"))
    assert [True] * 4 == [
        part in shown
        for part in ("attendance protocol", wording.SINCE, "24 November 2026", "16 March 2027")
    ]


async def test_register_lists_every_protocol_in_force(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        await put_in_force(second, HINE, "youth_offending")
        shown = text_of(await first.write(TOM, "protocols"))
    assert [True, True] == [f"{one} protocol" in shown for one in ("attendance", "youth_offending")]


async def test_person_of_two_meetings_is_asked_which_and_stays_with_it(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        await put_in_force(second, HINE, "youth_offending")
        asked = last_card(await first.write(TOM, "Who may receive the attendance rate?"))
        assert wording.WHICH_MEETING in text_of([asked])
        await first.press(TOM, asked, wording.WHICH_MEETING_SAVE, meeting=second.place.id)
        answered = text_of(await first.write(TOM, "may I use it later"))
    assert "J5" in answered
    assert newest(asked) in {first.place.id, second.place.id}


async def test_button_with_a_meeting_of_others_does_nothing(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        await put_in_force(second, HINE, "youth_offending")
        asked = last_card(await first.write(TOM, "review"))
        refused = await first.press(
            MERE, asked, wording.WHICH_MEETING_SAVE, meeting=second.place.id
        )
    assert wording.SHORT["no_meeting"] in text_of(refused)


def _later(row: ClauseRow) -> ClauseRow:
    row = row.copy()
    row["text"] = row["text"].replace("five working days", "ten working days")
    return row
