"""A meeting chat over real HTTP: what is said, and what each person gets."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.demo import activities
from cards import wording
from tests.test_bot.rig import CHAT, MERE, NHI, TOM, Rig, rig, sample, shown


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Rig]:
    async with rig(tmp_path) as made:
        await made.post(activities.installed(made.chat, MERE, "install"))
        await made.settle()
        made.connector.sent.clear()
        yield made


async def test_installation_says_once_what_the_bot_reads(tmp_path: Path) -> None:
    async with rig(tmp_path) as made:
        await made.post(activities.installed(made.chat, MERE, "i1"))
        await made.post(activities.joined(made.chat, [made.chat.bot], MERE, "i2"))
        sent = await made.settle()
    assert [(CHAT, False)] == [(one.conversation_id, one.targeted) for one in sent]
    assert wording.WELCOME in shown(sent[0])


async def test_first_message_in_an_unknown_chat_says_what_the_bot_reads(tmp_path: Path) -> None:
    async with rig(tmp_path) as made:
        sent = await made.say("kia ora koutou")
    assert [True] == [wording.WELCOME in shown(one) for one in sent]


async def test_joiner_alone_is_told_what_the_bot_reads(room: Rig) -> None:
    await room.post(activities.joined(room.chat, [TOM], MERE, "j1"))
    sent = await room.settle()
    assert [(True, TOM.id)] == [(one.targeted, one.recipient) for one in sent]


async def test_mention_is_answered_in_the_chat(room: Rig) -> None:
    sent = await room.say("who may receive attendance information?", mention=True)
    assert [(CHAT, False)] == [(one.conversation_id, one.targeted) for one in sent]
    assert sent[0].card is not None


async def test_private_question_is_answered_in_private(room: Rig) -> None:
    place = room.direct(TOM)
    sent = await room.say("who may receive attendance information?", TOM, place=place)
    assert [place.id, place.id] == [one.conversation_id for one in sent]
    assert wording.WELCOME in shown(sent[0])


async def test_targeted_question_is_never_answered_in_public(room: Rig) -> None:
    sent = await room.say("who may receive attendance information?", TOM, targeted=True)
    assert [(True, TOM.id)] == [(one.targeted, one.recipient) for one in sent]


async def test_unmentioned_ordinary_message_is_met_with_silence(room: Rig) -> None:
    assert [] == await room.say("shall we move to item three?")


async def test_personal_information_is_told_to_its_sender_alone(room: Rig) -> None:
    sent = await room.say(NHI, TOM)
    assert [(True, TOM.id)] == [(one.targeted, one.recipient) for one in sent]
    assert "ZAC5361" not in shown(sent[0])


async def test_question_with_personal_information_is_answered_to_the_asker_alone(room: Rig) -> None:
    sent = await room.say("may Police receive attendance of NHI ZAC5361?", TOM, mention=True)
    assert [True, True] == [one.targeted for one in sent]
    assert [wording.NOTICE in shown(sent[0]), wording.WITHHELD in shown(sent[1])] == [True, True]


async def test_notice_falls_back_to_a_new_one_to_one(room: Rig) -> None:
    room.connector.fail_next(403, on="targeted")
    sent = await room.say(NHI, TOM)
    assert [(room.connector.one_to_one[TOM.id], False)] == [
        (one.conversation_id, one.targeted) for one in sent
    ]


async def test_notice_nobody_can_get_privately_is_never_public_unasked(room: Rig) -> None:
    room.connector.fail_next(403, on="targeted")
    room.connector.blocked.add(TOM.id)
    assert [] == await room.say(NHI, TOM)


async def test_public_line_names_nobody_where_policy_allows_it(tmp_path: Path) -> None:
    async with rig(tmp_path, public_line=True) as made:
        await made.say("kia ora")
        made.connector.fail_next(403, on="targeted")
        made.connector.blocked.add(TOM.id)
        sent = await made.say(NHI, TOM)
    assert [wording.NOTICE_PUBLIC] == [one.activity["summary"] for one in sent]
    assert "Ashworth" not in shown(sent[0])


async def test_deleted_message_closes_its_notice_with_thanks(room: Rig) -> None:
    message = room.message(NHI, TOM)
    await room.post(message)
    first = (await room.settle())[0]
    await room.post(activities.deleted(message))
    last = (await room.settle())[-1]
    assert ("update", first.activity_id, True) == (last.kind, last.activity_id, last.targeted)
    assert wording.CLOSED in shown(last)


async def test_edit_that_removes_it_closes_the_notice(room: Rig) -> None:
    message = room.message(NHI, TOM)
    await room.post(message)
    await room.settle()
    await room.post(activities.edited(message, "He was at the clinic."))
    assert "update" == (await room.settle())[-1].kind


async def test_edit_that_adds_personal_information_is_noticed(room: Rig) -> None:
    message = room.message("he was at the clinic", TOM)
    await room.post(message)
    await room.post(activities.edited(message, NHI))
    assert [True] == [one.targeted for one in await room.settle()]


async def test_button_closes_the_notice_for_its_sender_only(room: Rig) -> None:
    (notice,) = await room.say(NHI, TOM)
    card = notice.card
    assert card is not None
    actions = card["actions"]
    assert isinstance(actions, list)
    data = actions[0]["data"]
    await room.post(activities.pressed(room.chat, MERE, "p1", notice.activity_id, data))
    assert 1 == len(await room.settle())
    await room.post(activities.pressed(room.chat, TOM, "p2", notice.activity_id, data))
    assert "update" == (await room.settle())[-1].kind


async def test_danger_comes_first_even_unasked(room: Rig) -> None:
    sent = await room.say("he has a knife and he is at her house now", TOM)
    assert [True] == [wording.DANGER in shown(one) for one in sent]


async def test_danger_comes_before_a_notice(room: Rig) -> None:
    sent = await room.say("He has a knife and he is at her house now. NHI ZAC5361", TOM)
    assert [True, False] == [wording.DANGER in shown(one) for one in sent]
    assert [True, True] == [one.targeted for one in sent]


async def test_the_same_activity_twice_has_one_effect(room: Rig) -> None:
    message = room.message(NHI, TOM)
    assert [200, 200] == [await room.post(message), await room.post(message)]
    assert 1 == len(await room.settle())


async def test_somebody_who_asks_without_end_is_told_alone_to_wait(tmp_path: Path) -> None:
    async with rig(tmp_path, questions_per_minute=2) as made:
        await made.say("kia ora")
        asked = [await made.say("who may attend?", TOM, mention=True) for _ in range(3)]
        urgent = await made.say("he has a knife, she is in danger now", TOM, mention=True)
    assert [False, False, True] == [sent[0].targeted for sent in asked]
    assert wording.DANGER in shown(urgent[0])


async def test_help_is_a_card(room: Rig) -> None:
    (sent,) = await room.say("help", mention=True)
    assert wording.HELP in shown(sent)


async def test_uploaded_protocol_is_read_back(room: Rig) -> None:
    address = room.connector.offer_file(sample())
    file = activities.word_file("protocol.docx", address)
    sent = await room.say("", TOM, place=room.direct(TOM), files=[file])
    assert wording.READING in shown(sent[-1])


async def test_upload_that_is_no_word_file_is_refused_with_a_reason(room: Rig) -> None:
    file = activities.word_file("p.docx", room.connector.offer_file(b"%PDF-1.7"))
    sent = await room.say("", TOM, place=room.direct(TOM), files=[file])
    assert wording.READ_FAILED in shown(sent[-1])


async def test_only_the_organiser_pauses_notices(room: Rig) -> None:
    room.connector.roles["aad-mere"] = "Organizer"
    (refused,) = await room.say("pause", TOM, mention=True)
    assert (True, True) == (refused.targeted, wording.SHORT["only_facilitator"] in shown(refused))
    assert 1 == len(await room.say("pause", MERE, mention=True))
    assert [] == await room.say(NHI, TOM)
    await room.say("resume", MERE, mention=True)
    assert 1 == len(await room.say(NHI, TOM))
