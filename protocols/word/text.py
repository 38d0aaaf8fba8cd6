"""A Word document as plain lines: what `clausewise read --text` prints."""

from collections.abc import Iterable, Iterator

from protocols.word.model import Block, Document, Paragraph, Row

BULLET = "·"


def plain_text(document: Document) -> str:
    """One block a line, label TAB text; notes after their paragraph, table cells joined by ` | `."""
    return "\n".join(_lines((*document.headers, *document.blocks, *document.footers)))


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield from _paragraph(block)
        else:
            yield from map(_row, block.rows)


def _paragraph(paragraph: Paragraph) -> Iterator[str]:
    if paragraph.in_toc:
        return
    text = " ".join(paragraph.text.split("\n"))
    label = paragraph.label or (BULLET if paragraph.bullet else None)
    if text or paragraph.label:
        yield f"{label}\t{text}" if label else text
    yield from paragraph.notes


def _row(row: Row) -> str:
    return " | ".join(" ".join(_lines(cell.blocks)) for cell in row.cells)
