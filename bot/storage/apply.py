"""Each effect as rows, inside the turn's transaction."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

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
from bot.storage.models import (
    BindingRow,
    ConversationRow,
    NoticeRow,
    OutboxRow,
    ProtocolRow,
)


async def apply(effect: Kept, session: AsyncSession, now: datetime) -> None:
    """Record one effect."""
    match effect:
        case Say():
            await _say(effect, session, now)
        case Cancel(key):
            await _cancel(key, session, now)
        case Remember():
            await _remember(effect, session, now)
        case Forget(conversation):
            await _forget(conversation, session, now)
        case Pause(conversation, paused):
            await session.execute(
                update(ConversationRow)
                .where(ConversationRow.id == conversation)
                .values(paused=paused)
            )
        case OpenNotice():
            session.add(_notice_row(effect, now))
        case CloseNotice(notice_id, by, reason):
            await session.execute(
                update(NoticeRow)
                .where(NoticeRow.id == notice_id, NoticeRow.closed_at.is_(None))
                .values(closed_at=now, closed_by=f"{by}:{reason}" if reason else by)
            )
        case KeepProtocol(digest, content, person):
            if not await session.get(ProtocolRow, digest):
                session.add(ProtocolRow(id=digest, content=content, person_id=person, kept_at=now))
        case Bind(conversation, protocol, person):
            session.add(
                BindingRow(
                    conversation_id=conversation,
                    protocol_id=protocol,
                    person_id=person,
                    bound_at=now,
                )
            )
        case _:
            await apply_meeting(effect, session, now)


async def _say(say: Say, session: AsyncSession, now: datetime) -> None:
    if await session.scalar(select(OutboxRow.seq).where(OutboxRow.key == say.key)):
        return
    due = say.due or now
    row = OutboxRow(
        key=say.key,
        lane=say.conversation,
        card=say.card,
        data=dict(say.data),
        person_id=say.person,
        reply_to=say.reply_to,
        state="waiting",
        step=0,
        attempts=0,
        repeats=0,
        due_at=due,
        next_at=due,
    )
    session.add(row)
    await session.flush()


async def _cancel(key: str, session: AsyncSession, now: datetime) -> None:
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.key == key, OutboxRow.state == "waiting")
        .values(state="dropped", done_at=now, reason="cancelled")
    )


async def _forget(conversation: str, session: AsyncSession, now: datetime) -> None:
    await session.execute(
        update(ConversationRow).where(ConversationRow.id == conversation).values(installed=False)
    )
    await session.execute(
        update(OutboxRow)
        .where(OutboxRow.lane == conversation, OutboxRow.state == "waiting")
        .values(state="dropped", done_at=now, reason="the bot was removed")
    )


async def _remember(remember: Remember, session: AsyncSession, now: datetime) -> None:
    conversation = remember.conversation
    row = await session.get(ConversationRow, conversation.id)
    if row is None:
        row = ConversationRow(id=conversation.id, paused=False, meeting_id=None)
        session.add(row)
    row.scope, row.service_url = conversation.scope, conversation.service_url
    row.tenant_id, row.person_id = conversation.tenant_id, remember.person
    row.bot_id, row.bot_name = conversation.bot_id, conversation.bot_name
    row.meeting_id = conversation.meeting_id or row.meeting_id
    row.installed, row.seen_at = True, now


def as_conversation(row: ConversationRow) -> Conversation:
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


def _notice_row(notice: OpenNotice, now: datetime) -> NoticeRow:
    return NoticeRow(
        id=notice.id,
        conversation_id=notice.conversation,
        message_id=notice.message,
        person_id=notice.person,
        kinds=list(notice.kinds),
        opened_at=now,
    )
