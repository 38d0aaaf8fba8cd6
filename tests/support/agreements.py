"""Small protocols written as Word files and read back."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from protocols.model import Finding, Protocol
from protocols.reading import read_protocol
from tests.support.protocols import ClauseRow, Numbers, protocol_docx, protocol_rows
from tests.support.word import docx, heading, p, tbl

DATA = Path(__file__).parent.parent / "data" / "protocols"
STEMS = sorted(path.stem for path in DATA.glob("*.jsonl"))
TODAY = date(2026, 11, 22)

PARTIES = (
    heading("Parties"),
    p(
        "The parties are New Zealand Police (Police), Oranga Tamariki and the Kōwhai Trust (the Trust)."
    ),
    p("New Zealand Police is the lead agency."),
)
SIGNED = (
    ("Police", "Ana Reid", "Commander", "2 March 2026"),
    ("Oranga Tamariki", "Tui Hale", "Manager", "3/3/2026"),
    ("The Trust", "Wai Kerr", "Chair", "2026-03-04"),
)


def read(*blocks: str, today: date = TODAY) -> Protocol:
    """The protocol these blocks of a Word document make."""
    return read_protocol(docx(*blocks), today=today)


def shared(
    *rows: Sequence[str],
    columns: Sequence[str] = ("Information", "Shared by", "Shared with", "Legal authority"),
) -> str:
    """A heading and a sharing table."""
    return heading("Information to be shared") + tbl([list(columns), *map(list, rows)])


def signatures(*rows: Sequence[str]) -> str:
    """A heading and a signature table."""
    return heading("Approvals") + tbl(
        [["Agency", "Name", "Position", "Date signed"], *map(list, rows)]
    )


@cache
def rows(stem: str) -> tuple[ClauseRow, ...]:
    """The clauses of a protocol in tests/data/protocols."""
    return protocol_rows(DATA / f"{stem}.jsonl")


@cache
def written(stem: str, numbers: Numbers = "auto") -> Protocol:
    """A protocol of tests/data/protocols, written to Word and read back."""
    return read_protocol(protocol_docx(rows(stem), numbering=numbers), today=TODAY)


def codes(protocol: Protocol) -> set[str]:
    return {finding.code for finding in protocol.findings}


def finding(protocol: Protocol, code: str) -> Finding:
    return next(found for found in protocol.findings if found.code == code)
