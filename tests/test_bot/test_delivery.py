"""Teams refuses, stalls and breaks off: what is sent again, what is not, and what becomes of it."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Row, select

from bot.demo import activities
from bot.effects import Say
from bot.storage.models import OutboxRow
from tests.test_bot.rig import CHAT, MERE, NHI, TOM, Rig, rig, shown

ASK = "who may receive attendance information?"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Rig]:
    async with rig(tmp_path, send_timeout=0.5) as made:
        await made.post(activities.installed(made.chat, MERE, "install"))
        await made.settle()
        made.connector.sent.clear()
        yield made


async def last_row(room: Rig) -> Row[OutboxRow]:
    row = await room.bot.store.first(select(OutboxRow).order_by(OutboxRow.seq.desc()))
    assert row is not None
    return row


async def test_storm_of_429_is_waited_out_in_order(room: Rig) -> None:
    room.connector.fail_next(429, times=6, retry_after=0.1)
    for _ in range(3):
        await room.post(room.message(ASK, mention=True))
    sent = await room.settle()
    replies = [str(one.activity["replyToId"]) for one in sent]
    assert (3, sorted(replies)) == (len(sent), replies)


async def test_retry_after_is_respected(room: Rig) -> None:
    room.connector.fail_next(429, retry_after=1.0)
    before = datetime.now(UTC)
    (sent,) = await room.say(ASK, mention=True)
    assert timedelta(seconds=1) <= sent.at - before


@pytest.mark.parametrize("status", [500, 502, 503, 504, 0])
async def test_private_notice_is_sent_again_when_nobody_knows(status: int, room: Rig) -> None:
    room.connector.fail_next(status, after_accept=True)
    sent = await room.say(NHI, TOM)
    assert [TOM.id, TOM.id] == [one.recipient for one in sent]


@pytest.mark.parametrize("status", [500, 503, 0])
async def test_public_answer_is_not_sent_again_when_nobody_knows(status: int, room: Rig) -> None:
    room.connector.fail_next(status, after_accept=True)
    sent = await room.say(ASK, mention=True)
    row = await last_row(room)
    assert (1, "unknown") == (len(sent), row.state)


async def test_slow_teams_counts_as_unknown_for_public_answers(room: Rig) -> None:
    room.connector.latency = 0.8
    await room.say(ASK, mention=True)
    assert "unknown" == (await last_row(room)).state


async def test_nothing_is_sent_once_others_may_send_in_the_conversation(tmp_path: Path) -> None:
    async with rig(tmp_path, lease_seconds=0.5) as room:
        await room.say("kia ora")
        room.connector.latency = 1.5
        await room.say(ASK, mention=True)
        row = await last_row(room)
    assert ("unknown", "the lease ran out") == (row.state, row.reason)


async def test_nothing_listening_is_tried_again(room: Rig) -> None:
    place = room.chat
    port = room.connector.url.rpartition(":")[2]
    await room.connector.stop()
    assert 200 == await room.post(room.message(ASK, mention=True, place=place))
    await room.connector.start(port=int(port))
    assert 1 == len(await room.settle())


async def test_gone_conversation_is_parked_with_a_reason(room: Rig) -> None:
    room.connector.fail_next(404, code="ConversationNotFound")
    await room.say(ASK, mention=True)
    row = await last_row(room)
    assert ("parked", "404 ConversationNotFound") == (row.state, row.reason)


async def test_way_a_notice_went_is_on_record(room: Rig) -> None:
    ways = []
    await room.say(NHI, TOM)
    ways.append((await last_row(room)).delivered_by)
    for other_kind in ("her IRD number is 49-091-850", "his passport is LA123456"):
        room.connector.fail_next(403, on="targeted")
        await room.say(other_kind, TOM)
        ways.append((await last_row(room)).delivered_by)
    assert ["targeted", "new_direct", "known_direct"] == ways


async def test_notice_closed_before_it_was_sent_is_never_sent(room: Rig) -> None:
    room.connector.fail_next(429, retry_after=0.5)
    message = room.message(NHI, TOM)
    await room.post(message)
    await room.post(activities.deleted(message))
    assert [] == await room.settle()


async def test_notice_that_went_one_to_one_is_closed_there(room: Rig) -> None:
    room.connector.fail_next(403, on="targeted")
    message = room.message(NHI, TOM)
    await room.post(message)
    (first,) = await room.settle()
    await room.post(activities.deleted(message))
    last = (await room.settle())[-1]
    assert ("update", first.conversation_id, first.activity_id, False) == (
        last.kind,
        last.conversation_id,
        last.activity_id,
        last.targeted,
    )


async def test_send_at_a_time_waits_for_it(room: Rig) -> None:
    due = datetime.now(UTC) + timedelta(seconds=1)
    await room.bot.store.commit("plan", [Say("later", CHAT, "help", due=due)], datetime.now(UTC))
    room.bot.worker.wake()
    (sent,) = await room.settle()
    assert due <= sent.at


async def test_retry_does_not_hold_up_other_conversations(room: Rig) -> None:
    room.connector.fail_next(429, retry_after=2.0)
    await room.post(room.message(ASK, mention=True))
    place = room.direct(TOM)
    await room.post(room.message("help", TOM, place=place))
    first = (await room.connector.wait_for(1))[0]
    assert place.id == first.conversation_id


async def test_targeted_send_never_loses_its_parameter(room: Rig) -> None:
    for person in (TOM, MERE):
        await room.say(NHI, person)
    assert [True, True] == [one.targeted for one in room.connector.sent]
    assert not any("ZAC5361" in shown(one) for one in room.connector.sent)
