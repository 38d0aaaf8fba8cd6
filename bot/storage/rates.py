"""How much one bot may send: Teams' limits, kept by counting what all copies attempted in the last seconds."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, ScalarSelect, case, func, select

from bot.storage.models import OutboxRow

# Seconds and sends, the longest span last. Per bot per conversation, one less than Teams allows; then all conversations together (facts: rate-limit, 10/2026).
LANE_RATES = ((1, 6), (2, 7), (30, 55), (3600, 1700))
TOTAL_RATES = ((1, 28),)


def pause(connection: Connection, lane: str, now: datetime) -> timedelta | None:
    """How long to hold back in a lane so that the limits are kept; None when there is room."""
    starts = [now - timedelta(seconds=seconds) for seconds, _ in LANE_RATES]
    counts = (func.count(case((OutboxRow.attempted_at > start, 1))) for start in starts)
    found = connection.execute(
        select(*counts, *_totals(now))
        .where(OutboxRow.lane == lane)
        .where(OutboxRow.attempted_at > starts[-1], OutboxRow.attempted_at <= now)
    ).one()
    for (seconds, most), count in zip((*LANE_RATES, *TOTAL_RATES), found, strict=True):
        if count >= most:
            return timedelta(seconds=max(seconds / most, 0.25))
    return None


def room(connection: Connection, now: datetime) -> int:
    """How many sends may begin now, in whichever lanes."""
    found = connection.execute(select(*_totals(now))).one()
    left: int = min(most - count for (_, most), count in zip(TOTAL_RATES, found, strict=True))
    return left


def _totals(now: datetime) -> list[ScalarSelect[int]]:
    return [
        select(func.count())
        .where(OutboxRow.attempted_at > now - timedelta(seconds=seconds))
        .where(OutboxRow.attempted_at <= now)
        .correlate(None)
        .scalar_subquery()
        for seconds, _ in TOTAL_RATES
    ]
