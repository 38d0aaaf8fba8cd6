"""What docs/privacy.md says of how long things are kept, on every database."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, Row, func, select, text

from bot.effects import (
    Acknowledge,
    Bind,
    EveryMeeting,
    Focus,
    Forget,
    Happened,
    KeepProtocol,
    Kept,
    OpenNotice,
    Publish,
    Remember,
    Say,
    Seat,
)
from bot.incoming import Conversation
from bot.storage.database import migrate
from bot.storage.engine import Database
from bot.storage.errors import NotMigrated
from bot.storage.jobs import Job, Sent
from bot.storage.models import Base, NoticeRow, ProtocolRow
from bot.storage.outbox import Outbox
from bot.storage.purging import Purged, purge_older
from bot.storage.store import Store

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
HUI = Conversation("19:hui", "group", "https://smba.example/", "t1", "28:bot", "Clausewise", "m1")
OTHER = Conversation("19:other", "group", "https://smba.example/", "t1", "28:bot", "Clausewise")
DIRECT = Conversation("a:1", "personal", "https://smba.example/", "t1", "28:bot")


def day(number: int) -> datetime:
    return START + timedelta(days=number)


async def done(store: Store, on: int, *effects: Kept) -> None:
    """Effects of one event, on a day."""
    key = f"{on} {effects}"
    assert await store.commit(key[:300], effects, day(on))


async def purged(store: Store, on: int) -> Purged:
    return await purge_older(store.database, 90, 365, day(on))


async def tables(store: Store) -> dict[str, int]:
    """How many rows each table has, of those that have any."""

    def count(connection: Connection) -> dict[str, int]:
        return {
            name: connection.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }

    return {name: rows for name, rows in (await store.read(count)).items() if rows}


async def notices(store: Store) -> list[Row[NoticeRow]]:
    return list(await store.rows(select(NoticeRow).order_by(NoticeRow.id)))


def life(chat: Conversation) -> list[Kept]:
    """All that can be on record about a chat."""
    return [
        Remember(chat),
        Bind(chat.id, "p1", "29:a"),
        Seat(chat.id, "29:a", "Oranga Tamariki"),
        Acknowledge(chat.id, "29:a", "p1"),
        Happened("question", chat.id, "p1", "health"),
        OpenNotice(f"n {chat.id}", chat.id, "m1", "29:a", ("nhi",)),
        EveryMeeting(chat.id, False),
        Focus("29:a", chat.id),
    ]


async def test_what_waits_stays_and_what_was_sent_goes(store: Store) -> None:
    await done(store, 0, Remember(HUI), Say("a", HUI.id, "help", {}), Say("b", HUI.id, "help", {}))
    outbox = Outbox(store, "one", timedelta(seconds=30))
    job = await outbox.claim(HUI.id, day(0))
    assert isinstance(job, Job)
    await outbox.record(job, Sent("chat", HUI.id, "1"), day(0), go_on=False)
    assert 2 == (await purged(store, 91)).deleted
    assert {"conversations": 1, "lanes": 1, "outbox": 1} == await tables(store)


async def test_person_goes_from_a_notice_first_and_its_count_after_a_year(store: Store) -> None:
    await done(store, 0, OpenNotice("n1", HUI.id, "m1", "29:a", ("nhi",)))
    await done(store, 5, OpenNotice("n2", HUI.id, "m2", "29:a", ("ird",)))
    assert 1 == (await purged(store, 91)).unnamed
    old, young = await notices(store)
    assert ("", "", ["nhi"]) == (old.person_id, old.message_id, old.kinds)
    assert ("29:a", "m2") == (young.person_id, young.message_id)
    assert 0 == (await purged(store, 91)).unnamed
    await purged(store, 366)
    assert ["n2"] == [notice.id for notice in await notices(store)]


async def test_seats_acknowledgements_and_counts_last_a_year(store: Store) -> None:
    people: list[Kept] = [Seat(HUI.id, "29:a", None), Acknowledge(HUI.id, "29:a", "p1")]
    await done(store, 0, *people, Happened("breach", HUI.id, "p1"))
    await purged(store, 365)
    assert {"seats": 1, "acknowledgements": 1, "happenings": 1} == await tables(store)
    await purged(store, 366)
    assert {} == await tables(store)


async def test_all_about_a_chat_goes_after_the_bot_was_removed_from_it(store: Store) -> None:
    await done(store, 0, *life(HUI), Publish("p1", "29:a", False), KeepProtocol("p1", b"file"))
    await done(store, 1, Remember(DIRECT, "29:a"))
    await done(store, 2, Forget(HUI.id))
    await done(store, 3, Forget(HUI.id))
    await purged(store, 92)
    assert 1 == (await tables(store))["seats"]
    await purged(store, 93)
    assert {"conversations": 1, "protocols": 1, "publications": 1} == {
        name: rows for name, rows in (await tables(store)).items() if name != "inbox"
    }


async def test_records_of_the_other_chats_stay(store: Store) -> None:
    await done(store, 0, *life(HUI))
    await done(store, 0, *life(OTHER))
    await done(store, 0, Forget(HUI.id))
    await purged(store, 91)
    left = await tables(store)
    names = ("bindings", "seats", "acknowledgements", "happenings", "notices", "quiets", "focuses")
    assert dict.fromkeys((*names, "conversations"), 1) == left


async def test_chat_that_has_the_bot_again_keeps_its_records(store: Store) -> None:
    await done(store, 0, *life(HUI))
    await done(store, 1, Forget(HUI.id))
    await done(store, 30, Remember(HUI))
    await purged(store, 92)
    assert {"seats": 1, "bindings": 1} == {
        name: rows for name, rows in (await tables(store)).items() if name in ("seats", "bindings")
    }


async def test_focus_goes_with_the_person_who_removed_the_bot(store: Store) -> None:
    await done(store, 0, Remember(DIRECT, "29:a"), Focus("29:a", HUI.id), Focus("29:b", HUI.id))
    await done(store, 0, Forget(DIRECT.id))
    await purged(store, 91)
    assert {"focuses": 1} == await tables(store)


async def test_draft_that_nobody_published_goes(store: Store) -> None:
    drafts: list[Kept] = [
        KeepProtocol(name, b"file", "29:a") for name in ("draft", "published", "bound")
    ]
    await done(store, 0, *drafts, Publish("published", "29:a", False), Bind(HUI.id, "bound"))
    await done(store, 5, KeepProtocol("young", b"file", "29:a"))
    await purged(store, 91)
    kept = await store.rows(select(ProtocolRow.id).order_by(ProtocolRow.id))
    assert ["bound", "published", "young"] == [row.id for row in kept]


@pytest.mark.parametrize("senders", [("29:a", None), (None, "29:a"), (None,)])
async def test_protocol_of_the_operator_is_nobodys_draft(
    store: Store, senders: tuple[str | None, ...]
) -> None:
    for at, person in enumerate(senders):
        await done(store, at, KeepProtocol("p1", b"file", person))
    await purged(store, 300)
    assert b"file" == await store.protocol("p1")


async def test_database_of_another_version_is_left_alone(database: Database) -> None:
    with pytest.raises(NotMigrated, match="clausewise migrate"):
        await purge_older(database, 90, 365)


async def test_chats_left_before_times_were_kept_count_from_the_change(store: Store) -> None:
    def turn_back(connection: Connection) -> None:
        connection.execute(text("ALTER TABLE conversations DROP COLUMN removed_at"))
        connection.execute(text("UPDATE alembic_version SET version_num = 'rates'"))

    await done(store, 0, Remember(HUI), Remember(OTHER))
    await done(store, 0, Forget(HUI.id))
    await store.write(turn_back)
    await migrate(store.database)
    for days, left in ((89, 2), (91, 1)):
        await purge_older(store.database, 90, 365, datetime.now(UTC) + timedelta(days=days))
        assert left == (await tables(store))["conversations"]
