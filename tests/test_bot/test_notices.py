"""The notice over HTTP: what it quotes and offers, how often it comes, how it ends, and what others get to know."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.demo import activities
from bot.demo.records import Member, Sent
from bot.storage.models import NoticeRow
from cards import wording
from cards.notice import ON_PURPOSE, TELL_BREACH_CONTACT
from tests.support.protocols import protocol_docx
from tests.test_bot.companion import HINE, Hui, buttons, last_card, put_in_force, two_meetings
from tests.test_bot.rig import DATA, MERE, NHI, TOM, shown

CONTACT = Member("29:contact", "Hinewai Parata-Lowe", "aad-contact", "tenant-a")
PHONE = "his mum is on 021 555 0134"
IRD = "his IRD number is 49-091-850"
HEALTH = "Tamati Wehi was diagnosed with ADHD last week"


@pytest.fixture
async def huis(tmp_path: Path) -> AsyncIterator[tuple[Hui, Hui]]:
    """Two meetings; in the first a chat post is a breach, in the second nothing is said about the chat."""
    async with two_meetings(tmp_path) as (first, second):
        await put_in_force(first, MERE, "attendance")
        await in_force(second, HINE, silent())
        yield first, second


@pytest.fixture
def hui(huis: tuple[Hui, Hui]) -> Hui:
    return huis[0]


@pytest.fixture
def silent_hui(huis: tuple[Hui, Hui]) -> Hui:
    return huis[1]


def silent() -> bytes:
    """The attendance protocol without a word about the chat or a way to share."""
    lines = (DATA / "attendance.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return protocol_docx(
        [row for row in rows if row["section"] != "method" and "chat" not in row["text"]]
    )


async def in_force(hui: Hui, organiser: Member, content: bytes) -> None:
    await hui.press(organiser, last_card(await hui.upload(organiser, content)), "Publish")
    await hui.say(organiser, "use protocol")


async def post(hui: Hui, by: Member, text: str) -> list[Sent]:
    """Said in the chat, to nobody in particular."""
    return await hui.say(by, text, mention=False)


def titles(card: Sent) -> list[str]:
    return [str(action["title"]) for action in buttons(card)]


def told(sent: list[Sent]) -> list[tuple[str | None, bool]]:
    return [(one.recipient, one.targeted) for one in sent]


# --- what it says ----------------------------------------------------------------------------------------------------
async def test_notice_quotes_chat_breach_and_method_and_says_how_to_remove_it(hui: Hui) -> None:
    (notice,) = await post(hui, TOM, PHONE)
    for said in (
        "Personal information is not typed into the meeting chat, the whiteboard, polls or reactions.",
        "Personal information posted in the meeting chat is treated as a breach",
        "At the meeting information is shared by voice. Only the facilitator shares a screen",
        wording.NOTICE_REMOVE,
        "a phone number",
    ):
        assert said in shown(notice)
    assert "0134" not in shown(notice)


async def test_sentence_to_post_instead_quotes_the_agreed_method(hui: Hui) -> None:
    (notice,) = await post(hui, TOM, PHONE)
    sentence = "I have information on this item; I will share it by the agreed method: “At the meeting information is shared by voice” (9.2(a))."
    assert sentence in text_of(notice)


async def test_sentence_says_so_when_the_protocol_names_no_method(silent_hui: Hui) -> None:
    (notice,) = await post(silent_hui, TOM, PHONE)
    assert [wording.INSTEAD_UNKNOWN in text_of(notice), wording.NOTICE_METHOD in shown(notice)] == [
        True,
        False,
    ]


@pytest.mark.parametrize(("text", "is_quoted"), [(HEALTH, True), (NHI, True), (PHONE, False)])
async def test_health_detail_alone_brings_the_row_on_health(
    hui: Hui, text: str, is_quoted: bool
) -> None:
    (notice,) = await post(hui, TOM, text)
    said = ("Table 2, row 8", "Current mental health diagnoses that affect attendance")
    assert [is_quoted, is_quoted] == [words in text_of(notice) for words in said]


async def test_health_detail_is_called_one(hui: Hui) -> None:
    (notice,) = await post(hui, TOM, HEALTH)
    assert wording.HEALTH_DETAIL in shown(notice)


@pytest.mark.parametrize(("lines", "is_said"), [(1, False), (60, True)])
async def test_long_paste_is_asked_to_become_a_summary(hui: Hui, lines: int, is_said: bool) -> None:
    text = "\n".join([NHI, *["seen at home, all well, nothing to add"] * lines])
    (notice,) = await post(hui, TOM, text)
    assert is_said == (wording.NOTICE_SUMMARISE in shown(notice))


# --- its buttons -----------------------------------------------------------------------------------------------------
async def test_shared_on_purpose_is_offered_only_where_no_clause_forbids_it(
    hui: Hui, silent_hui: Hui
) -> None:
    (forbidden,) = await post(hui, TOM, PHONE)
    (free,) = await post(silent_hui, TOM, PHONE)
    always = [wording.REMOVED, wording.NOT_PERSONAL]
    assert [*always, wording.TELL_BREACH_CONTACT] == titles(forbidden)
    assert [*always, wording.ON_PURPOSE] == titles(free)
    reasons = [title in shown(free) for title in wording.ON_PURPOSE_REASONS.values()]
    assert ([True] * 4, False) == (reasons, wording.ON_PURPOSE_REASON in shown(forbidden))


async def test_reason_for_sharing_on_purpose_is_on_record(silent_hui: Hui) -> None:
    (notice,) = await post(silent_hui, TOM, PHONE)
    (closed,) = await silent_hui.press(TOM, notice, wording.ON_PURPOSE, reason="consent")
    assert ("update", ["on_purpose:consent"]) == (closed.kind, await closings(silent_hui))


@pytest.mark.parametrize("reason", ["", "because", "consent"])
async def test_made_up_press_shares_nothing_on_purpose_where_it_is_forbidden(
    hui: Hui, silent_hui: Hui, reason: str
) -> None:
    where = hui if reason == "consent" else silent_hui
    (notice,) = await post(where, TOM, PHONE)
    ids = next(buttons(notice))["data"]
    assert isinstance(ids, dict)
    data = {**ids, "verb": ON_PURPOSE, "reason": reason}
    press = activities.pressed(where.place, TOM, "made-up", notice.activity_id, data)
    assert ([], [None]) == (await where.after(press), await closings(where))


async def test_breach_contact_is_told_time_and_kind_and_nothing_else(hui: Hui) -> None:
    hui.room.connector.members[hui.place.id].append(CONTACT)
    await hui.after(activities.joined(hui.place, [CONTACT], MERE, "contact-joins"))
    (notice,) = await post(hui, TOM, NHI)
    alert, receipt = await hui.press(TOM, notice, wording.TELL_BREACH_CONTACT)
    assert [(CONTACT.id, True), (TOM.id, True)] == told([alert, receipt])
    assert wording.leak_alert(["nhi"]) in shown(alert)
    assert "It was posted on Tuesday 24 November 2026, 9." in shown(alert)
    assert [] == [word for word in ("Tom", "Ashworth", "29:tom", "ZAC5361") if word in shown(alert)]
    assert wording.LEAK_TOLD["contact"] in shown(receipt)


async def test_without_the_contact_here_the_facilitator_is_told_and_the_number_given(
    hui: Hui,
) -> None:
    (notice,) = await post(hui, TOM, NHI)
    alert, receipt = await hui.press(TOM, notice, wording.TELL_BREACH_CONTACT)
    assert [(MERE.id, True), (TOM.id, True)] == told([alert, receipt])
    assert "Ashworth" not in shown(alert)
    assert [True, True] == [
        said in shown(receipt) for said in (wording.LEAK_TOLD["facilitator"], "03 555 0143")
    ]


async def test_breach_contact_is_told_once_and_only_by_the_writer(hui: Hui) -> None:
    (notice,) = await post(hui, TOM, NHI)
    data = {"verb": TELL_BREACH_CONTACT, **ids_of(notice)}
    stranger = activities.pressed(hui.place, MERE, "stranger", notice.activity_id, data)
    assert [] == await hui.after(stranger)
    assert 2 == len(await hui.press(TOM, notice, wording.TELL_BREACH_CONTACT))
    assert [] == await hui.press(TOM, notice, wording.TELL_BREACH_CONTACT)
    report = last_card(await hui.say(MERE, "report"))
    assert f"{wording.REPORT_ROWS['breaches']}: 1" in str(report.card)


async def test_breach_contact_can_be_told_from_a_notice_that_went_one_to_one(hui: Hui) -> None:
    hui.room.connector.fail_next(403, on="targeted")
    (notice,) = await post(hui, TOM, NHI)
    assert not notice.targeted
    alert, _ = await hui.press(TOM, notice, wording.TELL_BREACH_CONTACT)
    assert [(MERE.id, True)] == told([alert])


# --- how often -------------------------------------------------------------------------------------------------------
async def test_one_notice_a_kind_in_a_few_minutes(hui: Hui) -> None:
    assert 1 == len(await post(hui, TOM, PHONE))
    assert [] == await post(hui, TOM, "and his nan is on 021 555 0177")
    (other,) = await post(hui, TOM, f"{IRD}, phone 021 555 0188")
    assert [True, False] == [kind in shown(other) for kind in ("an IRD number", "a phone number")]
    assert 1 == len(await post(hui, MERE, PHONE))
    hui.clock.move(minutes=4)
    assert 1 == len(await post(hui, TOM, PHONE))


async def test_declined_kind_is_quiet_for_its_writer_in_that_meeting_alone(
    hui: Hui, silent_hui: Hui
) -> None:
    (notice,) = await post(hui, TOM, PHONE)
    (closed,) = await hui.press(TOM, notice, wording.NOT_PERSONAL)
    assert wording.DECLINED in shown(closed)
    hui.clock.move(minutes=4)
    assert [] == await post(hui, TOM, PHONE)
    assert [1, 1, 1] == [
        len(await post(where, by, text))
        for where, by, text in ((hui, MERE, PHONE), (hui, TOM, IRD), (silent_hui, TOM, PHONE))
    ]


async def test_declined_kind_beside_another_is_left_unnamed(hui: Hui) -> None:
    (notice,) = await post(hui, TOM, PHONE)
    await hui.press(TOM, notice, wording.NOT_PERSONAL)
    hui.clock.move(minutes=4)
    (other,) = await post(hui, TOM, f"{IRD}, phone 021 555 0188")
    assert [True, False] == [kind in shown(other) for kind in ("an IRD number", "a phone number")]


async def test_what_was_declined_is_in_memory_only(hui: Hui, tmp_path: Path) -> None:
    (notice,) = await post(hui, TOM, PHONE)
    await hui.press(TOM, notice, wording.NOT_PERSONAL)
    assert ["not_personal"] == await closings(hui)
    hui.clock.move(hours=13)
    assert 1 == len(await post(hui, TOM, PHONE))


# --- edits -----------------------------------------------------------------------------------------------------------
async def test_edit_that_adds_danger_brings_111_once(hui: Hui) -> None:
    message = hui.room.message("we spoke with him this morning", TOM, place=hui.place)
    assert [] == await hui.after(message)
    worse = "we spoke with him this morning, he has a knife"
    (safety,) = await hui.after(activities.edited(message, worse))
    assert (TOM.id, True, True) == (
        safety.recipient,
        safety.targeted,
        wording.DANGER in shown(safety),
    )
    assert [] == await hui.after(activities.edited(message, f"{worse}!"))


async def test_edit_that_adds_another_kind_is_noticed_and_deleting_closes_both(hui: Hui) -> None:
    message = hui.room.message(PHONE, TOM, place=hui.place)
    assert 1 == len(await hui.after(message))
    (second,) = await hui.after(activities.edited(message, f"{PHONE}, {IRD}"))
    assert [True, False] == [kind in shown(second) for kind in ("an IRD number", "a phone number")]
    assert ["update", "update"] == [
        one.kind for one in await hui.after(activities.deleted(message))
    ]


async def test_words_taken_out_by_an_edit_no_longer_count(hui: Hui) -> None:
    message = hui.room.message("Hemi Walker", TOM, place=hui.place)
    await hui.after(message)
    await hui.after(activities.edited(message, "sorry, wrong chat"))
    assert [] == await post(hui, TOM, "14/03/2011")


async def test_name_and_date_of_two_messages_are_put_together(hui: Hui) -> None:
    await post(hui, TOM, "Hemi Walker")
    (notice,) = await post(hui, TOM, "14/03/2011")
    assert "a date of birth" in shown(notice)


async def test_message_brought_back_is_noticed_again(hui: Hui) -> None:
    message = hui.room.message(PHONE, TOM, place=hui.place)
    await hui.after(message)
    await hui.after(activities.deleted(message))
    (again,) = await hui.after(activities.restored(message))
    assert (TOM.id, True) == (again.recipient, wording.NOTICE in shown(again))


# --- questions, commands, counts -------------------------------------------------------------------------------------
async def test_command_with_personal_information_is_noticed_too(hui: Hui) -> None:
    sent = await hui.say(MERE, "remind Hemi Walker 021 555 0134")
    assert [True] == [one.targeted for one in sent if wording.NOTICE in shown(one)]


async def test_facilitator_sees_counts_and_neither_people_nor_words(hui: Hui) -> None:
    await post(hui, TOM, f"{IRD}, {PHONE}")
    report = last_card(await hui.say(MERE, "report"))
    assert f"{wording.REPORT_ROWS['notices']}: 1" in str(report.card)
    assert [] == [
        word for word in ("Ashworth", "29:tom", "49-091", "0134") if word in shown(report)
    ]


# --- pause -----------------------------------------------------------------------------------------------------------
async def test_pause_from_one_to_one_stops_the_meetings_notices_and_everyone_is_told(
    hui: Hui,
) -> None:
    paused = await hui.write(MERE, "pause")
    assert wording.SHORT["paused"] in "".join(shown(one) for one in paused)
    assert [False] == [one.targeted for one in paused if one.conversation_id == hui.place.id]
    assert [] == await post(hui, TOM, PHONE)
    resumed = await hui.say(MERE, "Resume.")
    assert [(hui.place.id, False)] == [(one.conversation_id, one.targeted) for one in resumed]
    assert 1 == len(await post(hui, TOM, PHONE))


async def test_joiner_of_a_paused_meeting_is_told_so(hui: Hui) -> None:
    await hui.say(MERE, "pause")
    (paused,) = await hui.after(activities.joined(hui.place, [TOM], MERE, "j1"))
    await hui.say(MERE, "resume")
    hui.room.connector.members[hui.place.id].append(CONTACT)
    (resumed,) = await hui.after(activities.joined(hui.place, [CONTACT], MERE, "j2"))
    assert [True, False] == [wording.SHORT["paused"] in shown(one) for one in (paused, resumed)]


async def test_danger_is_met_while_notices_are_paused(hui: Hui) -> None:
    await hui.say(MERE, "pause")
    (safety,) = await post(hui, TOM, "he has a knife and he is at her house now")
    assert wording.DANGER in shown(safety)


def text_of(sent: Sent) -> str:
    """What a card shows, marks and all."""
    return shown(sent).replace('\\"', '"')


def ids_of(notice: Sent) -> dict[str, object]:
    data = next(buttons(notice))["data"]
    assert isinstance(data, dict)
    return {"notice": data["notice"]}


async def closings(hui: Hui) -> list[str | None]:
    rows = await hui.room.bot.store.rows(select(NoticeRow.closed_by))
    return [row.closed_by for row in rows]
