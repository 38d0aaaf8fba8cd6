"""The companion's effects as rows, inside the turn's transaction."""

from datetime import datetime

from sqlalchemy import Connection, delete, exists, insert

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
from bot.storage.keeping import keep_first, keep_last
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

_HAPPENING = insert(HappeningRow)


def apply_meeting(effect: MeetingEffect, connection: Connection, now: datetime) -> None:
    """Record one effect; recording the same again changes nothing but its time."""
    match effect:
        case Publish(protocol, person, everywhere):
            published = {"protocol_id": protocol, "person_id": person, "everywhere": everywhere}
            keep_last(connection, PublicationRow, {**published, "published_at": now})
        case Discard(protocol):
            _discard(protocol, connection)
        case Focus(person, conversation):
            keep_last(connection, FocusRow, {"person_id": person, "conversation_id": conversation})
        case Seat(conversation, person, agency):
            seat = {"conversation_id": conversation, "person_id": person, "agency": agency}
            keep_last(connection, SeatRow, {**seat, "chosen_at": now})
        case Acknowledge(conversation, person, protocol):
            read = {"conversation_id": conversation, "person_id": person, "protocol_id": protocol}
            keep_first(connection, AcknowledgementRow, {**read, "at": now})
        case Happened():
            connection.execute(_HAPPENING, _happening(effect, now))
        case EveryMeeting(conversation, True):
            connection.execute(delete(QuietRow).where(QuietRow.conversation_id == conversation))
        case EveryMeeting(conversation):
            keep_first(connection, QuietRow, {"conversation_id": conversation})


def _discard(protocol: str, connection: Connection) -> None:
    """Only a draft goes: what was published or put in force stays on record."""
    connection.execute(
        delete(ProtocolRow)
        .where(ProtocolRow.id == protocol)
        .where(~exists().where(PublicationRow.protocol_id == protocol))
        .where(~exists().where(BindingRow.protocol_id == protocol))
    )


def _happening(happened: Happened, now: datetime) -> dict[str, object]:
    return {
        "kind": happened.kind,
        "conversation_id": happened.conversation,
        "protocol_id": happened.protocol,
        "topic": happened.topic,
        "at": now,
    }
