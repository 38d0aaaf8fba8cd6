"""How much one bot may send: Teams' limits, kept by counting what all copies attempted in the last seconds."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, ScalarSelect, bindparam, case, func, select

from bot.storage.models import OutboxRow

# Seconds and sends, the longest span last. Per bot per conversation, one less than Teams allows; then all conversations together (facts: rate-limit, 10/2026).
LANE_RATES = ((1, 6), (2, 7), (30, 55), (3600, 1700))
TOTAL_RATES = ((1, 28),)
_RATES = (*LANE_RATES, *TOTAL_RATES)


def pause(connection: Connection, lane: str, now: datetime) -> timedelta | None:
    """How long to hold back in a lane so that the limits are kept; None when there is room."""
    found = connection.execute(_IN_LANE, {"lane": lane, **_times(now)}).one()
    for (seconds, most), count in zip(_RATES, found, strict=True):
        if count >= most:
            return timedelta(seconds=max(seconds / most, 0.25))
    return None


def room(connection: Connection, now: datetime) -> int:
    """How many sends may begin now, in whichever lanes."""
    found = connection.execute(_IN_ALL, _times(now)).one()
    left: int = min(most - count for (_, most), count in zip(TOTAL_RATES, found, strict=True))
    return left


def _times(now: datetime) -> Mapping[str, datetime]:
    """Now, and when each span began."""
    began = {f"last_{seconds}": now - timedelta(seconds=seconds) for seconds, _ in _RATES}
    return {"now": now, **began}


def _since(seconds: int) -> ColumnElement[bool]:
    return OutboxRow.attempted_at > bindparam(f"last_{seconds}")


def _total(seconds: int) -> ScalarSelect[int]:
    attempted = select(func.count()).where(_since(seconds), _UNTIL_NOW)
    return attempted.correlate(None).scalar_subquery()


_UNTIL_NOW = OutboxRow.attempted_at <= bindparam("now")
_TOTALS = [_total(seconds) for seconds, _ in TOTAL_RATES]
_IN_ALL = select(*_TOTALS)
_IN_LANE = (
    select(*(func.count(case((_since(seconds), 1))) for seconds, _ in LANE_RATES), *_TOTALS)
    .where(OutboxRow.lane == bindparam("lane"))
    .where(_since(LANE_RATES[-1][0]), _UNTIL_NOW)
)
