"""A Word document as passages: the paragraphs, list items and table rows people quote, each under its heading."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from protocols.headings import (
    Heading,
    annex_name,
    heading_of,
    is_caption,
    is_contents,
    is_control,
    is_instruction,
    is_prompt,
    is_title,
)
from protocols.model import ClauseKind
from protocols.tables import GridRow, is_control_table, is_layout, paragraphs_in, read_grid
from protocols.template import heading_scores
from protocols.word.model import Block, Document, Paragraph, Row, Table

_TABLE_NUMBER = re.compile(
    r"^(?:(?:Table|Tūtohi)\s+(?P<number>[0-9]{1,3}|(?-i:[A-Z])\d{0,2})(?=\W|$)|(?P<name>(?:\w+\s+){1,3}Table)$)",
    re.IGNORECASE,
)
_SENTENCE_ENDS = (".", "?", "!")
_SENTENCE = 8
_BLANK_RUN = 50


@dataclass(frozen=True, slots=True)
class Passage:
    """A clause before its section is known. `under` is its heading, `above` the heading over that, `heading` the caption where there is one."""

    number: str | None
    kind: ClauseKind
    text: str
    cells: dict[str, str] | None
    notes: tuple[str, ...]
    under: str
    under_number: str | None
    above: str | None
    heading: str
    lead_in: int | None
    source: Paragraph | Row


@dataclass(frozen=True, slots=True)
class Outline:
    """The passages, and apart from them what stands in front: title, title block, document control tables."""

    title: str | None
    front: tuple[Block, ...]
    passages: tuple[Passage, ...]
    instructions: tuple[str, ...]
    prompts: tuple[str, ...]
    headings: tuple[str, ...]


def read_outline(document: Document) -> Outline:
    """Passages in reading order; headings, captions, instructions, contents and prompts are left out.

    A document without headings is all passages.
    """
    blocks = tuple(_unlaid(document.blocks))
    walk = _walked(blocks, _Walk())
    if not walk.passages:
        walk = _walked(blocks, _Walk(heading=Heading("", 1, None)))
    return Outline(
        walk.title,
        tuple(walk.front),
        tuple(walk.passages),
        tuple(walk.instructions),
        tuple(dict.fromkeys(walk.prompts)),
        tuple(walk.headings),
    )


def _walked(blocks: Sequence[Block], walk: "_Walk") -> "_Walk":
    for index, block in enumerate(blocks):
        walk.take(block, _next_shown(blocks, index + 1))
    return walk


def _unlaid(blocks: Sequence[Block]) -> Iterator[Block]:
    for block in blocks:
        if isinstance(block, Table) and is_layout(block):
            for row in block.rows:
                yield from _unlaid(row.cells[0].blocks if row.cells else ())
        else:
            yield block


def _next_shown(blocks: Sequence[Block], start: int) -> Block | None:
    for index in range(start, min(start + _BLANK_RUN, len(blocks))):
        block = blocks[index]
        if isinstance(block, Table) or block.text.strip():
            return block
    return None


@dataclass(slots=True)
class _Walk:
    title: str | None = None
    front: list[Block] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    instructions: list[str] = field(default_factory=list)
    prompts: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    heading: Heading | None = None
    above: list[Heading] = field(default_factory=list)
    caption: str | None = None
    skipping: Heading | None = None
    tables: int = 0
    annexed: Counter[str] = field(default_factory=Counter)
    lead: int | None = None

    def take(self, block: Block, following: Block | None) -> None:
        if isinstance(block, Table):
            self._table(block)
        elif block.text.strip():
            self._paragraph(block, following)

    def _paragraph(self, block: Paragraph, following: Block | None) -> None:
        if block.in_toc:
            return
        if is_title(block):
            self.title = self.title or block.text.strip()
            self.front.append(block)
            return
        if is_caption(block, following):
            self.caption = _with_label(block)
            return
        heading = heading_of(block, following)
        if heading is not None and self._is_title_line(block, heading):
            self.front.append(block)
        elif heading is not None:
            self._open(heading)
        elif self.skipping is not None:
            self.instructions.append(block.text.strip())
        elif is_prompt(block):
            self.prompts.append(self._under()[0])
        elif self.heading is None and not _is_sentence(block):
            self.front.append(block)
        else:
            self._clause(block)

    def _is_title_line(self, block: Paragraph, heading: Heading) -> bool:
        """A line in bold or capitals above the first section names the document, not a section."""
        above = (
            self.heading is None
            and not self.passages
            and block.outline is None
            and not heading.number
        )
        return above and max(heading_scores(heading.text).values(), default=0.0) < 3.0

    def _open(self, heading: Heading) -> None:
        if (
            self.skipping is not None
            and heading.level > self.skipping.level
            and not is_instruction(heading.text)
        ):
            self.instructions.append(heading.text)
            return
        self.skipping = (
            heading if is_instruction(heading.text) or is_contents(heading.text) else None
        )
        if self.skipping is None:
            self.above = [each for each in self.above if each.level < heading.level]
            if self.heading is not None and self.heading.level < heading.level:
                self.above.append(self.heading)
            self.heading = heading
            self.headings.append(heading.text)
        self.lead = None

    def _clause(self, block: Paragraph) -> None:
        number = _cited(block, self.passages, self.heading)
        text = block.text.strip()
        kind: ClauseKind = "list_item" if self._in_list(block, number) else "paragraph"
        self._add(number, kind, text, None, block.notes, block, caption=None)
        if kind == "paragraph":
            self.lead = len(self.passages) - 1 if text.endswith(":") else None

    def _in_list(self, block: Paragraph, number: str | None) -> bool:
        if block.bullet:
            return True
        if number is None or not self.passages or self.passages[-1].under != self._under()[0]:
            return False
        before = self.passages[-1]
        head = self.passages[self.lead] if self.lead is not None else self._numbered_parent(number)
        if head is None:
            return False
        if head.number and _is_below(number, head.number):
            return head.text.endswith(":") or number.endswith(")")
        return not head.number and (before is head or not _closed(self.passages, self.lead))

    def _numbered_parent(self, number: str) -> Passage | None:
        if not number.endswith(")"):
            return None
        stem = number[: number.rindex("(")]
        return next((p for p in reversed(self.passages) if stem and p.number == stem), None)

    def _table(self, table: Table) -> None:
        caption, self.caption = self.caption, None
        in_front = (self.heading is None and caption is None) or is_control_table(table)
        if self.skipping is not None:
            return
        if in_front or is_control(caption or self._under()[0]):
            self.front.append(table)
            return
        rows = read_grid(table)
        if not rows:
            return
        name = self._table_name(caption)
        for row in rows:
            self._row(row, caption, name)

    def _table_name(self, caption: str | None) -> str:
        """What people call a table: as its caption does, else by the schedule it is in, else by its place."""
        found = _TABLE_NUMBER.match(caption or "")
        if found and found["name"]:
            return found["name"]
        if found and not found["number"].isdigit():
            return f"Table {found['number'].upper()}"
        if annex := annex_name(self._under()[0]) if found is None else None:
            self.annexed[annex] += 1
            return annex if self.annexed[annex] == 1 else f"{annex}, table {self.annexed[annex]}"
        self.tables = int(found["number"]) if found else self.tables + 1
        return f"Table {self.tables}"

    def _row(self, row: GridRow, caption: str | None, name: str) -> None:
        text = "; ".join(f"{column}: {value}" for column, value in row.cells.items()).strip()
        notes = tuple(dict.fromkeys(note for p in paragraphs_in(row.source) for note in p.notes))
        self._add(
            f"{name}, row {row.number}",
            "table_row",
            text,
            dict(row.cells),
            notes,
            row.source,
            caption,
        )

    def _add(
        self,
        number: str | None,
        kind: ClauseKind,
        text: str,
        cells: dict[str, str] | None,
        notes: tuple[str, ...],
        source: Paragraph | Row,
        caption: str | None,
    ) -> None:
        under, under_number = self._under()
        lead = self.lead if kind == "list_item" else None
        if kind == "list_item" and lead is None and number:
            parent = self._numbered_parent(number)
            lead = self.passages.index(parent) if parent else None
        self.passages.append(
            Passage(
                number,
                kind,
                text,
                cells,
                notes,
                under,
                under_number,
                self.above[-1].text if self.above else None,
                caption or under,
                lead,
                source,
            )
        )

    def _under(self) -> tuple[str, str | None]:
        if self.heading is None:
            return self.title or "", None
        return self.heading.text, self.heading.number


def _is_sentence(block: Paragraph) -> bool:
    return (
        bool(block.label)
        or block.bullet
        or (len(block.text.split()) >= _SENTENCE and block.text.rstrip().endswith((".", ":")))
    )


def _with_label(block: Paragraph) -> str:
    text = block.text.strip()
    return f"{block.label} {text}" if block.label else text


def _cited(block: Paragraph, passages: Sequence[Passage], heading: Heading | None) -> str | None:
    """The number people cite: Word's label, composed with its parents where it stands in brackets."""
    label = block.label_path or block.label
    if not label:
        return None
    label = label.strip().rstrip(".:")
    if label.endswith(")") and "(" not in label:
        label = f"({label}"
    if heading is not None and annex_name(heading.text) and (block.label or "").startswith("("):
        label = _within(label, passages, heading)
    if not label.startswith("("):
        return label or None
    parent = _last_number(passages, heading)
    stem = parent.split("(")[0] if parent else (heading.number or "").rstrip(".") if heading else ""
    return f"{stem}{label}"


def _last_number(passages: Sequence[Passage], heading: Heading | None) -> str | None:
    """The last number below this very heading; what is lettered below another is no part of it."""
    here = _below(passages, heading)
    return next((p.number for p in here if p.number and p.kind != "table_row"), None)


def _within(label: str, passages: Sequence[Passage], heading: Heading) -> str:
    """The letters alone where the number before them stands above the schedule, whose first line may look like text."""
    stem = label.partition("(")[0]
    shown = any(p.number == stem for p in _below(passages, heading))
    return label if shown or stem == heading.number else label.removeprefix(stem)


def _below(passages: Sequence[Passage], heading: Heading | None) -> Iterator[Passage]:
    """The passages below this very heading, the last first."""
    return takewhile(lambda p: heading is None or p.under == heading.text, reversed(passages))


def _is_below(number: str, parent: str) -> bool:
    """Whether a number goes on from another: 2.1, 2(a) and A1 stand below 2 and A; 2A and 21 stand beside 2."""
    rest = number.removeprefix(parent)
    return rest != number and (rest[:1] in (".", "(") or (rest[:1].isdigit() and parent.isalpha()))


def _closed(passages: Sequence[Passage], lead: int | None) -> bool:
    """Whether a list written with semicolons has come to its full stop."""
    items = [p.text for p in passages[(lead if lead is not None else -1) + 1 :]]
    separated = any(item.endswith((";", ",", "; and", "; or")) for item in items[:-1])
    return separated and items[-1].endswith(_SENTENCE_ENDS)
