"""The companion's effects as rows, inside the turn's transaction."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.effects import (
    Acknowledge,
    Discard,
    EveryMeeting,
    Focus,
    Happened,
    MeetingEffect,
    Publish,
    Seat,
)
from bot.storage.models import (
    AcknowledgementRow,
    BindingRow,
    FocusRow,
    HappeningRow,
    ProtocolRow,
    PublicationRow,
    QuietRow,
    SeatRow,
)


async def apply_meeting(effect: MeetingEffect, session: AsyncSession, now: datetime) -> None:
    """Record one effect; recording the same again changes nothing but its time."""
    match effect:
        case Publish():
            await session.merge(_publication(effect, now))
        case Discard(protocol):
            await _discard(protocol, session)
        case Focus(person, conversation):
            await session.merge(FocusRow(person_id=person, conversation_id=conversation))
        case Seat(conversation, person, agency):
            await session.merge(
                SeatRow(
                    conversation_id=conversation, person_id=person, agency=agency, chosen_at=now
                )
            )
        case Acknowledge(conversation, person, protocol):
            if not await session.get(AcknowledgementRow, (conversation, person, protocol)):
                session.add(
                    AcknowledgementRow(
                        conversation_id=conversation,
                        person_id=person,
                        protocol_id=protocol,
                        at=now,
                    )
                )
        case Happened():
            session.add(_happening(effect, now))
        case EveryMeeting(conversation, on):
            await session.execute(delete(QuietRow).where(QuietRow.conversation_id == conversation))
            if not on:
                session.add(QuietRow(conversation_id=conversation))


def _publication(publish: Publish, now: datetime) -> PublicationRow:
    return PublicationRow(
        protocol_id=publish.protocol,
        person_id=publish.person,
        everywhere=publish.everywhere,
        published_at=now,
    )


async def _discard(protocol: str, session: AsyncSession) -> None:
    """Only a draft goes: what was published or put in force stays on record."""
    published = await session.get(PublicationRow, protocol)
    bound = await session.scalar(
        select(BindingRow.seq).where(BindingRow.protocol_id == protocol).limit(1)
    )
    if not published and bound is None:
        await session.execute(delete(ProtocolRow).where(ProtocolRow.id == protocol))


def _happening(happened: Happened, now: datetime) -> HappeningRow:
    return HappeningRow(
        kind=happened.kind,
        conversation_id=happened.conversation,
        protocol_id=happened.protocol,
        topic=happened.topic,
        at=now,
    )
