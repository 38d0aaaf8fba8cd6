"""Guests, federated and anonymous people and those of another tenant: what each gets, and what nobody of them may do.

The meeting is one tenant's. Teams names that tenant in every event of the chat, whoever it comes from.
"""

from pathlib import Path

import pytest

from bot.demo.records import Member, Sent
from cards import wording
from tests.test_bot.companion import (
    ANONYMOUS,
    FEDERATED,
    GUEST,
    HINE,
    Hui,
    every,
    last_card,
    newest,
    places,
    put_in_force,
    text_of,
    two_meetings,
)
from tests.test_bot.rig import MERE, TOM

VISITORS = [
    pytest.param(GUEST, id="guest"),
    pytest.param(FEDERATED, id="federated"),
    pytest.param(ANONYMOUS, id="anonymous"),
    pytest.param(TOM, id="of another tenant"),
]
FACILITATORS_ONLY = (
    "remind",
    "remind at 10:30",
    "report",
    "acknowledgements",
    "agencies",
    "use protocol",
)


@pytest.mark.parametrize("visitor", VISITORS)
async def test_visitor_prepares_declares_and_reports_alone(visitor: Member, tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await _seat(first, visitor)
        for words, title in (
            ("acknowledge", None),
            ("conflict", wording.CONFLICT_TELL),
            ("breach", wording.BREACH_TELL),
        ):
            sent = await first.say(visitor, words)
            told = await first.press(visitor, last_card(sent), title) if title else []
            assert {(first.place.id, visitor.id)} == set(places(sent))
            assert {visitor.id, MERE.id} >= {one.recipient for one in told}
        report = text_of(await first.say(MERE, "report"))
        listed = text_of(await first.say(MERE, "acknowledgements"))
        everybody = len(first.room.connector.members[first.place.id])
    assert wording.acknowledged_count(1, everybody) in listed
    assert [f"{wording.REPORT_ROWS[kind]} 1" in report for kind in ("conflicts", "breaches")] == [True] * 2  # fmt: skip


@pytest.mark.parametrize("visitor", VISITORS)
async def test_visitor_has_a_view_of_their_own(visitor: Member, tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        shown = await _seat(first, visitor)
        said = await first.press_in_place(visitor, shown, wording.ACKNOWLEDGE_BUTTON)
    assert "You confirmed on" in str(said["value"])


@pytest.mark.parametrize("visitor", VISITORS)
@pytest.mark.parametrize("words", FACILITATORS_ONLY)
async def test_visitor_facilitates_nothing(visitor: Member, words: str, tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await _seat(first, visitor)
        refused = await first.say(visitor, words)
    assert [(first.place.id, visitor.id)] == places(refused)
    assert wording.SHORT["only_facilitators"] in text_of(refused)


@pytest.mark.parametrize("visitor", VISITORS)
async def test_what_teams_does_not_let_through_in_private_never_becomes_public(
    visitor: Member, tmp_path: Path
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await _seat(first, visitor)
        first.room.connector.blocked.add(visitor.id)
        first.room.connector.fail_next(403, times=9, on="targeted", code="NotEnoughPermissions")
        sent = await first.say(visitor, "conflict")
    assert [] == sent


async def test_facilitator_of_another_tenant_is_known_by_their_own(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (_, second):
        await put_in_force(second, HINE, "attendance")
        posted = await second.say(HINE, "remind")
        without = await second.say(FEDERATED, "remind")
    assert ([(second.place.id, None)], [(second.place.id, FEDERATED.id)]) == (
        places(posted),
        places(without),
    )


async def test_agency_is_suggested_from_the_e_mail_domain_not_from_others(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await _seat(first, FEDERATED)
        other = last_card(await first.say(MERE, "agency"))
        await first.press(MERE, other, wording.AGENCY_SAVE, agency="0")
        asked = last_card(await first.say(FEDERATED, "agency"))
    assert "New Zealand Police" == _suggested(asked)


async def test_agency_is_suggested_from_colleagues_before_the_domain(tmp_path: Path) -> None:
    colleague = Member("29:ana", "Ana Fifita", "aad-ana", "tenant-x", "ana@police.govt.nz")
    async with two_meetings(tmp_path) as (first, _):
        await _seat(first, FEDERATED)
        first.room.connector.members[first.place.id].append(colleague)
        first.clock.move(minutes=11)  # Teams is asked again who is there
        asked = last_card(await first.say(FEDERATED, "agency"))
        await first.press(FEDERATED, asked, wording.AGENCY_SAVE, agency=newest(asked))
        theirs = last_card(await first.say(colleague, "agency"))
    assert "Ministry of Education" == _suggested(theirs)


@pytest.mark.parametrize("visitor", [GUEST, ANONYMOUS], ids=["guest", "anonymous"])
async def test_hosts_agency_is_not_suggested_to_people_who_visit_its_tenant(
    visitor: Member, tmp_path: Path
) -> None:
    async with two_meetings(tmp_path) as (first, _):
        await _seat(first, visitor)
        asked = last_card(await first.say(MERE, "agency"))
        await first.press(MERE, asked, wording.AGENCY_SAVE, agency="1")
        theirs = last_card(await first.say(visitor, "agency"))
    assert None is _suggested(theirs)


async def _seat(hui: Hui, visitor: Member) -> Sent:
    """Mere's meeting with a protocol in force and the visitor among its people; what was announced."""
    people = hui.room.connector.members[hui.place.id]
    if visitor not in people:
        people.append(visitor)
    return last_card(await put_in_force(hui, MERE, "attendance"))


def _suggested(card: Sent) -> str | None:
    """The title of the choice that stands there already."""
    choice = next(item for item in every(card.card) if item.get("type") == "Input.ChoiceSet")
    choices = choice["choices"]
    assert isinstance(choices, list)
    return next((one["title"] for one in choices if one["value"] == choice.get("value")), None)
