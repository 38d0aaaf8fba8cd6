"""Words, numbers, days and times that more than one kind of card needs."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

NEW_ZEALAND = ZoneInfo("Pacific/Auckland")
DANGER = "If someone is in danger now, call 111."
DRAFT = "Draft: not every agency has signed this protocol yet."
CHOOSE_ONE = "Please choose one"
CLAUSE_GOES_ON = "(the clause goes on in the protocol)"
UNKNOWN = "not stated"
SOMEBODY = "Somebody in the meeting"
SILENT = "This protocol does not say. Please ask the facilitator or your own agency's privacy team."
NOT_SAID = "not in the protocol"


def more_clauses(count: int) -> str:
    return f"and {count_of(count, 'more clause')}, in the protocol"


def more_rows(count: int) -> str:
    return f"and {count} more"


def show_check(title: str, count: int) -> str:
    return f"{title} ({count or NOT_SAID})"


def at_time(moment: datetime) -> str:
    return f"Recorded on {when(moment)}."


def when(moment: datetime) -> str:
    """A moment in New Zealand time: Tuesday 24 November 2026, 10.30 am."""
    local = moment.astimezone(NEW_ZEALAND)
    return f"{local:%A} {day(local)}, {clock(local)}"


def clock(moment: datetime) -> str:
    """New Zealand time of day: 10.30 am."""
    local = moment.astimezone(NEW_ZEALAND)
    return f"{local.hour % 12 or 12}.{local:%M} {'am' if local.hour < 12 else 'pm'}"


def day(date_: date) -> str:
    return f"{date_.day} {date_:%B %Y}"


def month(key: str) -> str:
    """`2026-11` as November 2026."""
    return f"{date.fromisoformat(f'{key}-01'):%B %Y}"


def span(first: date, last: date) -> str:
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def opening(text: str, most: int = 80) -> str:
    """The first words, whole; all of them when they fit."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(',;:')} …"


def series(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def count_of(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
