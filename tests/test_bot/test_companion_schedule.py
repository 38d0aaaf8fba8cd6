"""New Zealand time: the next moment a clock there shows what was written, on days when clocks change too."""

from datetime import UTC, datetime

import pytest

from bot.schedule import next_time


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "now", "expected"),
    [
        ("at 10:30", "2026-11-23T20:00", "2026-11-23T21:30"),  # 9 am in summer
        ("at 10.30 am", "2026-11-23T20:00", "2026-11-23T21:30"),
        ("10:30", "2026-11-23T22:00", "2026-11-24T21:30"),  # gone by: tomorrow
        ("tomorrow at 9 am", "2026-11-23T18:00", "2026-11-24T20:00"),
        ("at 2:15 pm chat", "2026-06-10T00:00", "2026-06-10T02:15"),  # winter
        ("12 am", "2026-11-23T20:00", "2026-11-24T11:00"),
        ("at 9:00", "2026-09-25T22:00", "2026-09-26T20:00"),  # clocks go forward that night
        ("at 2:30", "2026-09-26T10:00", "2026-09-26T14:30"),  # skipped: shown as 3.30
        ("at 2:30", "2026-04-04T10:00", "2026-04-04T13:30"),  # twice: the first
        ("at 9:00", "2026-04-03T21:00", "2026-04-04T21:00"),  # clocks have gone back
    ],
)
def test_next_time_in_new_zealand(words: str, now: str, expected: str) -> None:
    assert at(expected) == next_time(words, at(now))


@pytest.mark.parametrize("words", ["", "at 10", "at 25:00", "at 10:75", "13 pm", "chat"])
def test_what_is_no_time_is_none(words: str) -> None:
    assert next_time(words, at("2026-11-23T20:00")) is None
