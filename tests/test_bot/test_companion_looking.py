"""Cards that are different for each person who looks: who has read what, afresh, without a word to anybody else."""

from pathlib import Path

from bot.demo.activities import executed
from bot.demo.records import Member, Sent
from cards import wording
from cards.looking import LOOK, MOST_LOOKING
from tests.test_bot.companion import (
    ANONYMOUS,
    GUEST,
    HINE,
    every,
    last_card,
    newest,
    places,
    put_in_force,
    text_of,
    two_meetings,
    words_of,
)
from tests.test_bot.rig import MERE, TOM

CARD = "application/vnd.microsoft.card.adaptive"


async def test_announcement_asks_for_a_view_of_their_own_for_everybody(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        shown = last_card(await put_in_force(first, MERE, "attendance"))
    assert [MERE.id, TOM.id, GUEST.id, ANONYMOUS.id] == _looking(shown)


async def test_whoever_has_read_it_sees_so_and_the_others_do_not(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        shown = last_card(await put_in_force(first, MERE, "attendance"))
        before = len(first.room.connector.sent)
        mine = await first.look(TOM, shown)
        said = await first.press_in_place(TOM, shown, wording.ACKNOWLEDGE_BUTTON)
        again, theirs = await first.look(TOM, shown), await first.look(GUEST, shown)
        sent = first.room.connector.sent[before:]
    assert [False, True, True, False] == [_has_read(view) for view in (mine, said, again, theirs)]
    assert [True, False, False, True] == [_asks(view) for view in (mine, said, again, theirs)]
    assert [] == sent


async def test_news_says_first_what_it_means_for_the_readers_own_agency(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        shown = last_card(await put_in_force(first, MERE, "youth_offending"))
        asked = last_card(await first.say(TOM, "agency"))
        await first.press(TOM, asked, wording.AGENCY_SAVE, agency=newest(asked))
        mine, theirs = await first.look(TOM, shown), await first.look(GUEST, shown)
    means = wording.changes_for("Oranga Tamariki")
    assert (True, False) == (means in _words(mine), means in _words(theirs))
    assert wording.CHANGES_RULES in _words(theirs)


async def test_meeting_larger_than_teams_refreshes_gets_plain_buttons(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        crowd = [Member(f"29:{n}", f"Tangata {n}", f"aad-{n}", "tenant-a") for n in range(MOST_LOOKING)]  # fmt: skip
        first.room.connector.members[first.place.id] += crowd
        shown = last_card(await put_in_force(first, MERE, "attendance"))
        thanked = await first.press(TOM, shown, wording.ACKNOWLEDGE_BUTTON)
    assert "refresh" not in (shown.card or {})
    assert "Action.Execute" not in {item.get("type") for item in every(shown.card)}
    assert [(first.place.id, TOM.id)] == places(thanked)
    assert wording.ACKNOWLEDGED in text_of(thanked)


async def test_checklist_says_in_its_place_that_it_was_read(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        asked = last_card(await first.say(TOM, "checklist"))
        shown = last_card(await first.press(TOM, asked, wording.AGENCY_SAVE, agency=newest(asked)))
        said = await first.press_in_place(TOM, shown, wording.ACKNOWLEDGE_BUTTON)
    assert [TOM.id] == _looking(shown)
    assert (True, False) == (_has_read(said), _asks(said))
    assert wording.CHECK_PURPOSE in _words(said)


async def test_facilitators_list_is_afresh_for_them_and_for_nobody_else(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await put_in_force(first, MERE, "attendance")
        listed = last_card(await first.say(MERE, "acknowledgements"))
        await first.say(TOM, "acknowledge")
        afresh = await first.look(MERE, listed)
        pressed = await first.press_in_place(MERE, listed, wording.REFRESH)
        forged = await first.look(TOM, listed)
    read = "1 of 4 here have read this version."
    assert [True, True, False] == [read in _words(view) for view in (afresh, pressed, forged)]
    assert wording.SHORT["only_facilitators"] in _words(forged)


async def test_view_of_a_meeting_is_for_its_people(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        private = last_card(await first.write(HINE, "help"))
        data: dict[str, object] = {"look": "announced", "meeting": first.place.id}
        number = str(next(second.room.numbers))
        asked = executed(first.room.direct(HINE), HINE, number, private.activity_id, LOOK, data)
        answered = await first.room.invoke(asked)
    assert (200, "") == (answered["statusCode"], answered["value"])


async def test_look_that_teams_sends_twice_is_answered_twice_and_recorded_once(
    tmp_path: Path,
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        shown = last_card(await put_in_force(first, MERE, "attendance"))
        action = next(i for i in every(shown.card) if i.get("type") == "Action.Execute" and "style" in i)  # fmt: skip
        verb, data = str(action["verb"]), action["data"]
        assert isinstance(data, dict)
        sent = executed(first.place, TOM, "1", shown.activity_id, verb, data)
        answers = [await first.room.invoke(sent), await first.room.invoke(sent)]
        listed = await first.say(MERE, "acknowledgements")
    assert [True, True] == [_has_read(answer) for answer in answers]
    assert "1 of 4 here have read this version." in text_of(listed)


def _looking(sent: Sent) -> list[str]:
    refresh = (sent.card or {})["refresh"]
    assert isinstance(refresh, dict)
    people: list[str] = refresh["userIds"]
    return people


def _words(answer: dict[str, object]) -> str:
    assert answer["type"] == CARD
    return words_of(answer["value"])


def _has_read(answer: dict[str, object]) -> bool:
    return "You confirmed on" in _words(answer)


def _asks(answer: dict[str, object]) -> bool:
    return wording.ACKNOWLEDGE_BUTTON in {i.get("title") for i in every(answer["value"])}
