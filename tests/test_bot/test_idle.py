"""Messages that decide nothing cost no database; what memory says of a chat never decides anything."""

from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from bot.effects import Forget
from bot.latest import Latest
from bot.storage.models import InboxRow
from tests.test_bot.rig import CHAT, NHI, TOM, Rig, rig


async def events(room: Rig) -> int:
    """How many events are on record."""
    ((number,),) = await room.bot.store.rows(select(func.count()).select_from(InboxRow))
    return number


async def test_message_without_effect_leaves_no_record_and_its_copy_has_none(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path) as room:
        await room.say("kia ora")
        before = await events(room)
        plain = room.message("shall we move on?")
        assert [200, 200] == [await room.post(plain), await room.post(plain)]
        assert before == await events(room)


async def test_chat_another_bot_was_removed_from_and_added_to_again_gets_its_notice(
    tmp_path: Path,
) -> None:
    async with rig(tmp_path) as room:
        await room.say("kia ora")
        await room.say("shall we move on?")
        await room.bot.store.commit("elsewhere", [Forget(CHAT)], datetime.now(UTC))
        sent = await room.say(NHI, TOM)
    assert TOM.id in {one.recipient for one in sent}


def test_memory_keeps_what_was_used_last() -> None:
    memory: Latest[str, int] = Latest(2)
    memory.keep("a", 1)
    memory.keep("b", 2)
    assert 1 == memory.get("a")
    memory.keep("c", 3)
    assert (("a", "c"), None) == (memory.keys, memory.get("b"))
