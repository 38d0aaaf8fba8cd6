"""A Word table as named columns and numbered rows."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from protocols.headings import clean
from protocols.word.model import Block, Cell, Paragraph, Row, Table
from protocols.wording import fold, vocabulary

_VALUE = re.compile(r"\d{3,}|@")
_LONG_NAME = 12


class GridRow(NamedTuple):
    """A row, counted without the header, with its cells by column and the Word row they came from."""

    number: int
    cells: Mapping[str, str]
    source: Row


def read_grid(table: Table) -> tuple[GridRow, ...]:
    """The rows of a table with the header's names on their cells; empty and repeated header rows are left out."""
    head = _header_height(table)
    width = max((sum(cell.span for cell in row.cells) for row in table.rows), default=0)
    columns = _column_names([_spread(row) for row in table.rows[:head]], width)
    top = [_spread(row) for row in table.rows[:head]]
    rows = []
    for number, row in enumerate(table.rows[head:], 1):
        if not any(cell_text(cell) for cell in row.cells) or _spread(row) in top:
            continue
        rows.append(GridRow(number, dict(_named(columns, row)), row))
    return tuple(rows)


def is_layout(table: Table) -> bool:
    """Whether a table only places text on the page: one column."""
    return all(len(row.cells) == 1 for row in table.rows)


def is_control_table(table: Table) -> bool:
    """Whether a table only gives particulars of the document: two columns, labels such as "Version" down the first."""
    if len(table.rows) < 2 or any(len(row.cells) != 2 for row in table.rows):
        return False
    labels = [fold(clean(cell_text(row.cells[0]))) for row in table.rows]
    known = [label for label in labels if label in vocabulary().outside["labels"]]
    return len(known) * 2 > len(labels) and any(
        "version" in k or "document" in k or "review" in k for k in known
    )


def cell_text(cell: Cell) -> str:
    """What a cell shows, a line per paragraph; unanswered placeholders show nothing."""
    return "\n".join(line for line in _lines(cell.blocks) if line)


def paragraphs_in(row: Row) -> Iterator[Paragraph]:
    """Every paragraph of a row, nested tables included."""
    for cell in row.cells:
        yield from _paragraphs(cell.blocks)


def paragraphs_of(source: Paragraph | Row) -> Iterator[Paragraph]:
    """The paragraph itself, or every paragraph of a row."""
    if isinstance(source, Paragraph):
        yield source
    else:
        yield from paragraphs_in(source)


@lru_cache(maxsize=2048)
def column_role(name: str, roles: tuple[str, ...]) -> str | None:
    """Which of the roles a column's name speaks for: a whole name first, then the longest phrase in it."""
    folded = fold(name)
    best: tuple[int, str] | None = None
    for role in roles:
        for phrase in vocabulary().columns[role]:
            length = (
                1000
                if phrase == folded
                else len(phrase)
                if phrase in folded and len(phrase) > 5
                else 0
            )
            if length and (best is None or length > best[0]):
                best = (length, role)
    return best[1] if best else None


def _header_height(table: Table) -> int:
    if len(table.rows) < 2:
        return 0
    flagged = 0
    for row in table.rows[:-1]:
        if not row.header:
            break
        flagged += 1
    return flagged or int(_reads_as_header(table.rows[0], table.rows[1:]))


def _reads_as_header(first: Row, rest: Sequence[Row]) -> bool:
    names = [cell_text(cell) for cell in first.cells]
    if any(
        not name or len(name.split()) > _LONG_NAME or _VALUE.search(name) or name.endswith(".")
        for name in names
    ):
        return False
    if len(set(names)) < len(names):
        return False
    known = sum(column_role(name, tuple(vocabulary().columns)) is not None for name in names)
    looks = all(_stands_out(cell) for cell in first.cells)
    stands_alone = not all(_stands_out(cell) for row in rest for cell in row.cells[:1])
    return (known * 2 > len(names) and not _labels_down(first, rest)) or (looks and stands_alone)


def _labels_down(first: Row, rest: Sequence[Row]) -> bool:
    """A form with labels in its first column ("Name | ..." over "Position | ...") has no header."""
    if len(first.cells) != 2:
        return False
    down = [cell_text(row.cells[0]) for row in rest if row.cells]
    return sum(column_role(label, _FORM_ROLES) is not None for label in down) * 2 > len(down)


_FORM_ROLES = ("name", "position", "date", "signature", "phone", "email")


def _stands_out(cell: Cell) -> bool:
    shown = [p for p in _paragraphs(cell.blocks) if p.text.strip()]
    return cell.shaded or (bool(shown) and all(p.bold or p.outline is not None for p in shown))


def _spread(row: Row) -> list[str]:
    return [cell_text(cell) for cell in row.cells for _ in range(cell.span)]


def _column_names(head: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    names: list[str] = []
    for index in range(width):
        parts = list(
            dict.fromkeys(
                clean(row[index]) for row in head if index < len(row) and row[index].strip()
            )
        )
        name = " ".join(" ".join(parts).split()) or f"Column {index + 1}"
        again = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({again + 1})" if again else name)
    return tuple(names)


def _named(columns: Sequence[str], row: Row) -> Iterator[tuple[str, str]]:
    at = 0
    for cell in row.cells:
        if at < len(columns):
            yield columns[at], cell_text(cell)
        at += cell.span
    if len(row.cells) > 1:
        yield from ((column, "") for column in columns[at:])


def _lines(blocks: Sequence[Block]) -> Iterator[str]:
    for paragraph in _paragraphs(blocks):
        if not paragraph.prompt:
            text = paragraph.text.strip()
            label = paragraph.label if paragraph.typed_label else None
            yield f"{label} {text}" if label else text


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                yield from paragraphs_in(row)
