"""The contract every database passes: effects once, all or none; the outbox in order; nothing only one of them can."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection

from bot.effects import (
    Bind,
    Cancel,
    CloseNotice,
    Forget,
    KeepProtocol,
    OpenNotice,
    Pause,
    Remember,
    Say,
)
from bot.incoming import Conversation
from bot.storage.database import TABLES, is_current
from bot.storage.jobs import Again, Ended, Job, Sent, Wait
from bot.storage.models import Base
from bot.storage.notices import NoticeRecords
from bot.storage.outbox import Outbox
from bot.storage.rates import LANE_RATES, TOTAL_RATES
from bot.storage.store import Store
from bot.storage.upgrading import newest

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LEASE = timedelta(seconds=15)
HUI = Conversation("19:hui", "group", "https://smba.example/", "t1", "28:bot", "Clausewise", "m1")
DIRECT = Conversation("a:1", "personal", "https://smba.example/", "t1", "28:bot")


@pytest.fixture
async def outbox(store: Store) -> Outbox:
    await store.commit("hui", [Remember(HUI)], NOW)
    return Outbox(store, "one", LEASE)


def say(key: str, lane: str = HUI.id, **more: object) -> Say:
    return Say(key=key, conversation=lane, card="help", **more)  # type: ignore[arg-type]  # passed on


def key_of(claimed: Job | Wait) -> str | None:
    return claimed.key if isinstance(claimed, Job) else None


async def take(outbox: Outbox, now: datetime = NOW) -> Job:
    claimed = await outbox.claim(HUI.id, now)
    assert isinstance(claimed, Job)
    return claimed


async def test_migrations_make_the_tables_the_models_name(store: Store) -> None:
    def differences(connection: Connection) -> object:
        return compare_metadata(MigrationContext.configure(connection), Base.metadata)

    assert [] == await store.read(differences)
    assert await is_current(store.database)
    assert newest() == TABLES


async def test_event_has_its_effect_once(store: Store, outbox: Outbox) -> None:
    assert await store.commit("event", [say("a")], NOW)
    assert not await store.commit("event", [say("b")], NOW)
    assert 1 == (await outbox.backlog(NOW)).waiting


async def test_copies_that_arrive_together_have_one_effect(store: Store, outbox: Outbox) -> None:
    notice = OpenNotice("n1", HUI.id, "m1", "29:a", ("nhi",))
    done = await asyncio.gather(*(store.commit("e", [notice, say("a")], NOW) for _ in range(5)))
    assert [False] * 4 + [True] == sorted(done)
    assert 1 == (await outbox.backlog(NOW)).waiting


async def test_effects_take_place_all_or_none(store: Store, outbox: Outbox) -> None:
    notice = OpenNotice("n1", HUI.id, "m1", "29:a", ("nhi",))
    await store.commit("one", [notice], NOW)
    assert not await store.commit("two", [say("a"), notice], NOW)
    assert (0, False) == ((await outbox.backlog(NOW)).waiting, await store.seen("two"))


async def test_same_key_is_said_once(store: Store, outbox: Outbox) -> None:
    await store.commit("one", [say("welcome")], NOW)
    await store.commit("two", [say("welcome")], NOW)
    assert 1 == (await outbox.backlog(NOW)).waiting


async def test_events_that_meet_a_new_chat_at_once_all_have_their_effect(store: Store) -> None:
    done = await asyncio.gather(
        *(
            store.commit(f"e{n}", [Remember(HUI), say("welcome"), say(f"own {n}")], NOW)
            for n in range(5)
        )
    )
    assert [True] * 5 == done
    assert 6 == (await Outbox(store, "one", LEASE).backlog(NOW)).waiting


async def test_lane_is_sent_in_order(store: Store, outbox: Outbox) -> None:
    await store.commit("e", [say("a"), say("b"), say("c")], NOW)
    job, order = await outbox.claim(HUI.id, NOW), []
    while isinstance(job, Job):
        order.append(job.key)
        job = await outbox.record(job, Sent("chat", HUI.id, "1"), NOW)
    assert ["a", "b", "c"] == order


async def test_later_things_wait_behind_a_retry(store: Store, outbox: Outbox) -> None:
    await store.commit("e", [say("a"), say("b")], NOW)
    later = NOW + timedelta(seconds=30)
    assert Wait(later) == await outbox.record(await take(outbox), Again(later, 0, "429"), NOW)
    assert Wait(later) == await outbox.claim(HUI.id, NOW)
    assert ("a", 2) == ((job := await take(outbox, later)).key, job.attempt)


async def test_what_is_for_later_does_not_hold_up_the_rest(store: Store, outbox: Outbox) -> None:
    soon = NOW + timedelta(hours=1)
    await store.commit("e", [say("reminder", due=soon), say("a")], NOW)
    assert Wait(None) == await outbox.record(
        job := await take(outbox), Sent("chat", HUI.id, "1"), NOW
    )
    assert "a" == job.key
    lanes, following = await outbox.ready(NOW, 9)
    assert ([], soon) == (lanes, following)
    assert [HUI.id] == (await outbox.ready(soon, 9))[0]


async def test_cancelled_thing_is_not_sent(store: Store, outbox: Outbox) -> None:
    await store.commit("e", [say("a")], NOW)
    await store.commit("f", [Cancel("a")], NOW)
    assert Wait(None) == await outbox.claim(HUI.id, NOW)


async def test_two_workers_never_have_one_lane(store: Store, outbox: Outbox) -> None:
    await store.commit("e", [say("a"), say("b")], NOW)
    other = Outbox(store, "two", LEASE)
    both = await asyncio.gather(
        outbox.claim(HUI.id, NOW), other.claim(HUI.id, NOW), return_exceptions=True
    )
    assert 1 == sum(isinstance(one, Job) for one in both)


async def test_interrupted_private_thing_is_sent_again_and_public_is_not(
    store: Store, outbox: Outbox
) -> None:
    await store.commit("e", [say("public"), say("private", person="29:a")], NOW)
    await take(outbox)
    after = NOW + LEASE + timedelta(seconds=1)
    other = Outbox(store, "two", LEASE)
    second = await take(other, after)
    assert ("private", 1) == (second.key, (await outbox.backlog(after)).unknown)
    third = await take(Outbox(store, "three", LEASE), after + LEASE + timedelta(seconds=1))
    assert ("private", 2, 1) == (third.key, third.attempt, third.repeats)


async def test_result_that_comes_too_late_changes_nothing(store: Store, outbox: Outbox) -> None:
    await store.commit("e", [say("private", person="29:a")], NOW)
    slow = await take(outbox)
    after = NOW + LEASE + timedelta(seconds=1)
    other = Outbox(store, "two", LEASE)
    quick = await take(other, after)
    await outbox.record(slow, Ended("parked", "late"), after)
    await other.record(quick, Sent("targeted", HUI.id, "right"), after)
    await outbox.record(slow, Ended("parked", "later still"), after)
    delivered = await outbox.delivered("private")
    assert "right" == (delivered.activity if delivered else None)


async def test_late_result_and_takeover_never_wait_for_each_other(
    store: Store, outbox: Outbox
) -> None:
    other = Outbox(store, "two", LEASE)
    for number in range(25):
        await store.commit(f"e{number}", [say(f"{number}", person="29:a")], NOW)
        at = NOW + timedelta(hours=number)
        slow, after = await take(outbox, at), at + LEASE + timedelta(seconds=1)
        taken, _ = await asyncio.gather(
            other.claim(HUI.id, after), outbox.record(slow, Sent("chat", HUI.id, "1"), after)
        )
        if isinstance(taken, Job):
            await other.record(taken, Sent("chat", HUI.id, "1"), after)
    assert (None, 0) == (store.trouble, (await outbox.backlog(NOW)).waiting)


async def test_rate_of_one_conversation_is_kept(store: Store, outbox: Outbox) -> None:
    await store.commit("e", [say(str(n)) for n in range(10)], NOW)
    job, sent = await outbox.claim(HUI.id, NOW), 0
    while isinstance(job, Job):
        job = await outbox.record(job, Sent("chat", HUI.id, "1"), NOW)
        sent += 1
    assert LANE_RATES[0][1] == sent
    assert isinstance(job, Wait)
    assert job.until is not None
    assert NOW < job.until


async def test_no_lane_is_ready_while_all_together_send_what_teams_takes(
    store: Store, outbox: Outbox
) -> None:
    most = TOTAL_RATES[0][1]
    chats = [f"19:{number}" for number in range(most + 2)]
    await store.commit("e", [say(chat, chat) for chat in chats], NOW)
    for chat in chats[:-1]:
        await outbox.claim(chat, NOW)
    lanes, again = await outbox.ready(NOW, 9)
    assert ([], True) == (lanes, again is not None and again > NOW)
    assert 2 == len((await outbox.ready(NOW + timedelta(seconds=1.1), 9))[0])


async def test_worker_that_stops_gives_the_lane_back_and_claims_no_more(
    store: Store, outbox: Outbox
) -> None:
    await store.commit("e", [say("a"), say("b")], NOW)
    job = await take(outbox)
    assert Wait(None) == await outbox.record(job, Sent("chat", HUI.id, "1"), NOW, go_on=False)
    assert "b" == (await take(Outbox(store, "two", LEASE))).key


async def test_clock_that_jumped_back_strands_nothing(store: Store, outbox: Outbox) -> None:
    ahead = NOW + timedelta(days=30)
    await store.commit("e", [say("a"), say("b")], NOW)
    job = await take(outbox, ahead)
    await outbox.record(job, Again(ahead + timedelta(minutes=1), 0, "429"), ahead)
    other = Outbox(store, "two", LEASE)
    assert [HUI.id] == (await other.ready(NOW, 9))[0]
    assert "a" == (await take(other, NOW)).key


async def test_ready_lists_what_somebody_left_half_sent(store: Store, outbox: Outbox) -> None:
    await store.commit("e", [say("a", person="29:a")], NOW)
    await take(outbox)
    assert [] == (await outbox.ready(NOW, 9))[0]
    assert [HUI.id] == (await outbox.ready(NOW + LEASE * 2, 9))[0]


async def test_removed_bot_says_nothing_more_there(store: Store, outbox: Outbox) -> None:
    await store.commit("e", [say("a")], NOW)
    await store.commit("f", [Forget(HUI.id)], NOW)
    assert (None, 0) == (await store.conversation(HUI.id), (await outbox.backlog(NOW)).waiting)


async def test_conversation_is_kept_as_it_was_last_seen(store: Store, outbox: Outbox) -> None:
    assert HUI == await store.conversation(HUI.id)
    await store.commit("d", [Remember(DIRECT, "29:a")], NOW)
    assert (DIRECT, None) == (await outbox.direct("29:a"), await outbox.direct("29:b"))


async def test_pause_survives_what_is_seen_later(store: Store, outbox: Outbox) -> None:
    await store.commit("p", [Pause(HUI.id, True)], NOW)
    await store.commit("q", [Remember(HUI)], NOW)
    assert await store.is_paused(HUI.id)


async def test_notice_is_open_until_closed(store: Store) -> None:
    await store.commit("o", [OpenNotice("n1", HUI.id, "m1", "29:a", ("nhi", "phone"))], NOW)
    notices = NoticeRecords(store)
    found = await notices.open_about(HUI.id, "m1")
    assert [("n1", ("nhi", "phone"), NOW)] == [(one.id, one.kinds, one.opened_at) for one in found]
    await store.commit("c", [CloseNotice("n1", "on_purpose", "consent")], NOW)
    closed = await notices.notice("n1")
    assert ([], "on_purpose:consent") == (
        await notices.open_about(HUI.id, "m1"),
        closed.closed_by if closed else None,
    )


async def test_kinds_told_of_are_one_persons_of_late_about_other_messages(store: Store) -> None:
    opened = [
        OpenNotice("n1", HUI.id, "m1", "29:a", ("nhi",)),
        OpenNotice("n2", HUI.id, "m2", "29:a", ("phone", "nhi")),
        OpenNotice("n3", HUI.id, "m3", "29:b", ("ird",)),
        OpenNotice("n4", "19:other", "m4", "29:a", ("email",)),
    ]
    await store.commit("old", [OpenNotice("n0", HUI.id, "m0", "29:a", ("nsn",))], NOW)
    await store.commit("new", opened, NOW + timedelta(minutes=5))
    notices, since = NoticeRecords(store), NOW + timedelta(minutes=2)
    assert {"nhi"} == await notices.kinds_since(HUI.id, "29:a", since, besides="m2")


async def test_newest_binding_counts(store: Store) -> None:
    await store.commit("k", [KeepProtocol("p1", b"one"), Bind(HUI.id, "p1")], NOW)
    await store.commit("l", [Bind(HUI.id, "p2")], NOW)
    assert ("p2", b"one") == (await store.bound(HUI.id), await store.protocol("p1"))


async def test_times_come_back_as_they_went_in(store: Store, outbox: Outbox) -> None:
    pacific = datetime(2026, 11, 22, 22, 0, tzinfo=UTC).astimezone()
    await store.commit("e", [say("a", due=pacific)], NOW)
    assert pacific == (await outbox.ready(NOW, 9))[1]
