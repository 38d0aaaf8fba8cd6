"""New Zealand time for reminders: the next time a clock shows what somebody wrote."""

import re
from datetime import UTC, datetime, time, timedelta

from cards.wording import NEW_ZEALAND

_TIME = re.compile(r"\b(?:at )?(\d{1,2})(?:[:.](\d{2}))? ?(am|pm)?\b", re.IGNORECASE)


def next_time(words: str, now: datetime) -> datetime | None:
    """The next moment it is that time in New Zealand, tomorrow if it says so; None when no time is named.

    A time that daylight saving skips is moved on with the clocks; one that comes twice means the first.
    """
    found = _TIME.search(words)
    clock = _clock(*found.groups()) if found else None
    if clock is None:
        return None
    today = now.astimezone(NEW_ZEALAND).date()
    first = 1 if "tomorrow" in words.lower() else 0
    moments = (
        datetime.combine(today + timedelta(days=day), clock, NEW_ZEALAND).astimezone(UTC)
        for day in (first, first + 1)
    )
    return next(moment for moment in moments if moment > now)


def _clock(hour: str, minute: str | None, half: str | None) -> time | None:
    """A bare number is no time: `10:30`, `10.30 am` and `9 pm` are."""
    if minute is None and half is None:
        return None
    hours, minutes = int(hour), int(minute or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    return time(hours, minutes) if hours < 24 and minutes < 60 else None
