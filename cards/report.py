"""The report for a review: a short table on a card, and the same counts as CSV."""

from collections.abc import Mapping, Sequence

from microsoft_teams.cards import (
    CardElement,
    ColumnDefinition,
    Table,
    TableCell,
    TableRow,
    TextBlock,
)

from cards import wording
from cards.message import CardMessage
from cards.parts import button, heading, line, message, source_line, subheading
from cards.register import csv_text
from knowledge.report import Report
from protocols.model import Protocol

FILES = "report.files"
_TOP = 5


def report_card(report: Report, protocol: Protocol, meeting: str) -> CardMessage:
    """Counts of the span, then the topics asked about most and those no clause answered."""
    body: list[CardElement] = [
        heading(wording.REPORT),
        line(wording.span(report.first, report.last), subtle=True),
        _table(totals(report)),
        *_topics(wording.REPORT_TOPICS, report.questions),
        *_topics(wording.REPORT_UNANSWERED, report.unanswered),
        line(wording.REPORT_PRIVACY, subtle=True),
        source_line(protocol),
    ]
    said = ", ".join(f"{name}: {count}" for name, count in totals(report))
    files = button(wording.REPORT_FILES, FILES, {"meeting": meeting})
    return message(body, f"{wording.REPORT}. {said}", [files])


def report_csv(report: Report) -> str:
    """Every count with the group it belongs to."""
    groups = [(wording.REPORT, totals(report)), *charts(report)]
    rows = [(group, name, count) for group, counted in groups for name, count in counted]
    return csv_text((wording.REPORT, *wording.REPORT_COLUMNS), rows)


def totals(report: Report) -> list[tuple[str, str]]:
    """The figures that stand for the whole span, in words."""
    label = wording.REPORT_ROWS
    return [
        (label["asked"], str(report.asked)),
        (label["unanswered"], str(sum(report.unanswered.values()))),
        (label["notices"], str(report.notices)),
        (label["acknowledged"], wording.acknowledged_of(report.acknowledged, report.attendees)),
        (label["conflicts"], str(sum(report.conflicts.values()))),
        (label["breaches"], str(sum(report.breaches.values()))),
        (label["reviews"], str(report.reviews)),
    ]


def charts(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each group of counts with its title, largest first, months in order."""
    return [
        (wording.REPORT_TOPICS, _ranked(report.questions, wording.SECTIONS)),
        (wording.REPORT_UNANSWERED, _ranked(report.unanswered, wording.SECTIONS)),
        (wording.REPORT_KINDS, _ranked(report.kinds, wording.KINDS)),
        (wording.REPORT_MONTHS["conflicts"], _monthly(report.conflicts)),
        (wording.REPORT_MONTHS["breaches"], _monthly(report.breaches)),
    ]


def _topics(title: str, counts: Mapping[str, int]) -> list[CardElement]:
    if not counts:
        return []
    return [subheading(title), _table(_ranked(counts, wording.SECTIONS)[:_TOP])]


def _ranked(counts: Mapping[str, int], names: Mapping[str, str]) -> list[tuple[str, str]]:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(names[key], str(count)) for key, count in ordered]


def _monthly(counts: Mapping[str, int]) -> list[tuple[str, str]]:
    return [(wording.month(key), str(counts[key])) for key in sorted(counts)]


def _table(rows: Sequence[tuple[str, str]]) -> Table:
    return Table(
        columns=[ColumnDefinition(width=4), ColumnDefinition(width=1)],
        show_grid_lines=False,
        spacing="Small",
        rows=[_row(wording.REPORT_COLUMNS, bold=True), *(_row(row, bold=False) for row in rows)],
    )


def _row(cells: tuple[str, str], *, bold: bool) -> TableRow:
    return TableRow(cells=[TableCell(items=[_cell(text, bold=bold)]) for text in cells])


def _cell(text: str, *, bold: bool) -> TextBlock:
    return TextBlock(text=text, wrap=True, weight="Bolder" if bold else "Default")
