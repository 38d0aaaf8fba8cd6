"""Each effect as rows, inside the turn's transaction. What two bots may add at once is added once."""

from datetime import datetime

from sqlalchemy import Connection, Row, insert, update

from bot.effects import (
    Bind,
    Cancel,
    CloseNotice,
    Forget,
    KeepProtocol,
    Kept,
    OpenNotice,
    Pause,
    Remember,
    Say,
)
from bot.incoming import Conversation, Scope
from bot.storage.apply_meeting import apply_meeting
from bot.storage.keeping import keep_first, keep_last
from bot.storage.models import (
    BindingRow,
    ConversationRow,
    NoticeRow,
    OutboxRow,
    ProtocolRow,
)

_NOTICE = insert(NoticeRow)
_BINDING = insert(BindingRow)


def apply(effect: Kept, connection: Connection, now: datetime) -> None:
    """Record one effect."""
    match effect:
        case Say():
            _say(effect, connection, now)
        case Cancel(key):
            _cancel(key, connection, now)
        case Remember():
            _remember(effect, connection, now)
        case Forget(conversation):
            _forget(conversation, connection, now)
        case Pause(conversation, paused):
            connection.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation)
                .values(paused=paused)
            )
        case OpenNotice():
            connection.execute(_NOTICE, _notice(effect, now))
        case CloseNotice(notice_id, by, reason):
            connection.execute(
                update(NoticeRow)
                .where(NoticeRow.id == notice_id, NoticeRow.closed_at.is_(None))
                .values(closed_at=now, closed_by=f"{by}:{reason}" if reason else by)
            )
        case KeepProtocol(digest, content, person):
            kept = {"id": digest, "content": content, "person_id": person, "kept_at": now}
            keep_protocol = keep_first if person else keep_last
            keep_protocol(connection, ProtocolRow, kept)
        case Bind():
            connection.execute(_BINDING, _binding(effect, now))
        case _:
            apply_meeting(effect, connection, now)


def _say(say: Say, connection: Connection, now: datetime) -> None:
    due = say.due or now
    row = {
        "key": say.key,
        "lane": say.conversation,
        "card": say.card,
        "data": dict(say.data),
        "person_id": say.person,
        "reply_to": say.reply_to,
        "state": "waiting",
        "step": 0,
        "attempts": 0,
        "repeats": 0,
        "due_at": due,
        "next_at": due,
    }
    keep_first(connection, OutboxRow, row)


def _cancel(key: str, connection: Connection, now: datetime) -> None:
    connection.execute(
        update(OutboxRow)
        .where(OutboxRow.key == key, OutboxRow.state == "waiting")
        .values(state="dropped", done_at=now, reason="cancelled")
    )


def _forget(conversation: str, connection: Connection, now: datetime) -> None:
    connection.execute(
        update(ConversationRow)
        .where(ConversationRow.id == conversation, ConversationRow.installed.is_(True))
        .values(installed=False, removed_at=now)
    )
    connection.execute(
        update(OutboxRow)
        .where(OutboxRow.lane == conversation, OutboxRow.state == "waiting")
        .values(state="dropped", done_at=now, reason="the bot was removed")
    )


def _remember(remember: Remember, connection: Connection, now: datetime) -> None:
    """A pause stays, and so does a meeting that this event does not name."""
    conversation = remember.conversation
    seen = {
        "scope": conversation.scope,
        "service_url": conversation.service_url,
        "tenant_id": conversation.tenant_id,
        "person_id": remember.person,
        "bot_id": conversation.bot_id,
        "bot_name": conversation.bot_name,
        "installed": True,
        "seen_at": now,
        "removed_at": None,
    }
    meeting = conversation.meeting_id
    keep_last(
        connection,
        ConversationRow,
        {"id": conversation.id, "paused": False, "meeting_id": meeting, **seen},
        stays=("paused",) if meeting else ("paused", "meeting_id"),
    )


def as_conversation(row: Row[ConversationRow]) -> Conversation:
    """The reference a row holds."""
    return Conversation(
        id=row.id,
        scope=_SCOPES[row.scope],
        service_url=row.service_url,
        tenant_id=row.tenant_id,
        bot_id=row.bot_id,
        bot_name=row.bot_name,
        meeting_id=row.meeting_id,
    )


_SCOPES: dict[str, Scope] = {"personal": "personal", "group": "group", "channel": "channel"}


def _notice(notice: OpenNotice, now: datetime) -> dict[str, object]:
    return {
        "id": notice.id,
        "conversation_id": notice.conversation,
        "message_id": notice.message,
        "person_id": notice.person,
        "kinds": list(notice.kinds),
        "opened_at": now,
    }


def _binding(bind: Bind, now: datetime) -> dict[str, object]:
    return {
        "conversation_id": bind.conversation,
        "protocol_id": bind.protocol,
        "person_id": bind.person,
        "bound_at": now,
    }
