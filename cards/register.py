"""Protocols in force with their review dates: the register an agency keeps, on a card and as CSV."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import ROOM, button, fitting, heading, line, message, verbatim
from protocols.model import SignatureState

FILE = "register.file"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Entry:
    """One protocol in force. Unknown values are None."""

    title: str | None
    version: str | None
    lead_agency: str | None
    agencies: tuple[str, ...]
    state: SignatureState
    since: date
    review_due: date | None


def register_card(entries: Sequence[Entry], meeting: str) -> CardMessage:
    """Every protocol in force, next review first; `meeting` is one of theirs, for the file."""
    ordered = sorted(entries, key=lambda entry: entry.review_due or date.max)
    rows: list[CardElement] = [_row(entry) for entry in ordered]
    shown = fitting(rows, ROOM, wording.more_rows) if rows else [line(wording.REGISTER_NONE)]
    save = [button(wording.REGISTER_FILE, FILE, {"meeting": meeting})] if rows else []
    return message([heading(wording.REGISTER), *shown], f"{wording.REGISTER}: {len(entries)}", save)


def register_csv(entries: Sequence[Entry]) -> str:
    """The register as a table for a spreadsheet; no cell can act as a formula."""
    columns = ("title", "version", "lead agency", "agencies", "signatures", "in force since", "review due")  # fmt: skip
    return csv_text(
        columns,
        [
            (
                entry.title or "",
                entry.version or "",
                entry.lead_agency or "",
                "; ".join(entry.agencies),
                wording.SIGNED[entry.state],
                entry.since.isoformat(),
                entry.review_due.isoformat() if entry.review_due else "",
            )
            for entry in entries
        ],
    )


def csv_text(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Comma separated values (RFC 4180); a cell that a spreadsheet would calculate is made text.

    https://owasp.org/www-community/attacks/CSV_Injection
    """
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return written.getvalue()


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(entry: Entry) -> CardElement:
    due = wording.day(entry.review_due) if entry.review_due else wording.UNKNOWN
    name = wording.source(entry.title, entry.version, entry.state)
    return verbatim(
        TextRun(text=name, weight="Bolder"),
        TextRun(text=f"  {wording.SINCE} {wording.day(entry.since)}. {wording.REVIEW_DUE}: {due}."),
    )
