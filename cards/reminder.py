"""Reminders: the points this protocol makes, at the start, at the end, on one theme; and the list of planned ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from microsoft_teams.cards import ActionSet, CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    button,
    draft_banner,
    fitting,
    heading,
    line,
    message,
    quotations,
    source_line,
    subheading,
    verbatim,
)
from knowledge.themes import AT_END, AT_START, THEMES, Point, Theme, points
from protocols.model import Protocol

CANCEL = "reminder.cancel"
EVERY = "every"
Occasion = Literal["now", "start", "end"]
About = Occasion | Theme


@dataclass(frozen=True, slots=True)
class PlannedReminder:
    """`at` is None for a reminder of every meeting."""

    id: str
    about: About
    at: datetime | None


def reminder_card(protocol: Protocol, about: About) -> CardMessage:
    """What this protocol says on the occasion or theme; themes it does not cover are named as such."""
    said, silent = _said(protocol, about)
    title = wording.theme_reminder(about) if about in THEMES else wording.REMINDER_HEADINGS[about]
    lead = wording.REMINDER_LEADS.get(about)
    body: list[CardElement] = [
        *draft_banner(protocol),
        heading(title),
        *([line(lead)] if lead else []),
        *(element for point in said for element in _point(point, protocol, len(said))),
        *([line(wording.not_covered(silent), subtle=True)] if silent else []),
        source_line(protocol),
    ]
    cites = ", ".join(clause.cite for point in said for clause in point.clauses)
    return message(body, f"{title}. {cites or wording.not_covered(silent)}")


def reminders_card(
    planned: Sequence[PlannedReminder], meeting: str, *, cancels: bool
) -> CardMessage:
    """Planned reminders; for somebody who `cancels` them, each with its button, and how to plan one."""
    rows = [element for reminder in planned for element in _row(reminder, meeting, cancels)]
    body: list[CardElement] = [
        heading(wording.REMINDERS),
        *(fitting(rows, ROOM, wording.more_rows) if rows else [line(wording.NO_REMINDERS)]),
        *([line(wording.REMINDERS_HINT, subtle=True)] if cancels else []),
    ]
    times = "; ".join(_time(reminder) for reminder in planned) or wording.NO_REMINDERS
    return message(body, f"{wording.REMINDERS}: {times}")


def _said(protocol: Protocol, about: About) -> tuple[list[Point], list[Theme]]:
    themes = {"now": AT_START, "start": AT_START, "end": AT_END}
    if about in themes:
        found = points(protocol, themes[about], 1 if about != "end" else 3)
    else:
        found = points(protocol, [theme for theme in THEMES if theme == about], 4)
    return [p for p in found if p.clauses], [p.theme for p in found if not p.clauses]


def _point(point: Point, protocol: Protocol, count: int) -> list[CardElement]:
    title = [subheading(wording.THEMES[point.theme])] if count > 1 else []
    return [*title, *quotations(point.clauses, protocol, ROOM // count)]


def _row(reminder: PlannedReminder, meeting: str, cancels: bool) -> list[CardElement]:
    name = wording.THEMES.get(reminder.about) or wording.REMINDER_HEADINGS[reminder.about]
    cancel = button(wording.CANCEL_REMINDER, CANCEL, {"reminder": reminder.id, "meeting": meeting})
    return [
        verbatim(TextRun(text=_time(reminder), weight="Bolder"), TextRun(text=f"  {name}")),
        *([ActionSet(actions=[cancel], spacing="Small")] if cancels else []),
    ]


def _time(reminder: PlannedReminder) -> str:
    return wording.when(reminder.at) if reminder.at else wording.EVERY_MEETING
