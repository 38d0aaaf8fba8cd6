"""A Word file read as it is shown: paragraphs and tables in order, labels beside them."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from lxml import etree

from protocols.errors import UnsafeDocx
from protocols.word.citing import Citing, split_label
from protocols.word.controls import Bindings, is_contents, is_prompt, make_control
from protocols.word.inline import Inline, Line, choose
from protocols.word.model import Block, Cell, Document, Paragraph, Row, Table
from protocols.word.names import MC, VAL, W
from protocols.word.numbering import Label, Numbering
from protocols.word.package import Package
from protocols.word.properties import external_targets, has_macros, read_properties
from protocols.word.styles import (
    NOTHING,
    OwnProperties,
    Style,
    Styles,
    first_child,
    flag,
    number,
    own_properties,
)

MAX_SPAN = 63
"""Columns a Word table can have."""
MAX_PARAGRAPHS = 50_000
MAX_REPEATED = 20_000_000
"""Characters that merged cells may repeat before the file counts as hostile."""


def read_document(package: Package) -> Document:
    """Everything the reader of the printed pages sees, tracked changes accepted."""
    main = package.main
    root = _root(package, main)
    body = first_child(root, W + "body")
    shared = _Shared(package)
    blocks = Story(shared, main).read(root if body is None else body)
    headers, footers = (
        tuple(
            _paragraphs(
                block for part in package.related(main, kind) for block in shared.story(part)
            )
        )
        for kind in ("header", "footer")
    )
    return Document(
        blocks=tuple(blocks),
        headers=headers,
        footers=footers,
        properties=read_properties(package),
        tracked_changes=sum(1 for _ in root.iter(*_CHANGES)),
        comments=sum(
            1
            for part in package.related(main, "comments")
            for _ in _root(package, part).iter(W + "comment")
        ),
        has_macros=has_macros(package),
        external=external_targets(package),
        unread=tuple(package.related(main, "aFChunk")),
    )


class _Shared:
    """What the stories of one document have in common: styles, lists, bound data, notes."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.styles = Styles(self._part("styles"))
        self.numbering = self._part("numbering")
        self.bindings = Bindings(package)
        self.repeated = 0
        self.paragraphs = 0
        self._notes: dict[str, dict[str, tuple[str, etree._Element]]] = {}

    def count_paragraph(self) -> None:
        """Refuses a file with more paragraphs than anybody writes."""
        self.paragraphs += 1
        if self.paragraphs > MAX_PARAGRAPHS:
            raise UnsafeDocx(
                f"The file holds more than {MAX_PARAGRAPHS:,} paragraphs, so it was not read."
            )

    def story(self, part: str) -> list[Block]:
        """The blocks of a header or footer."""
        return Story(self, part).read(_root(self.package, part))

    def note(self, kind: str, note_id: str) -> str:
        """The text of a footnote or endnote; '' when it does not exist."""
        if kind not in self._notes:
            self._notes[kind] = {
                element.get(W + "id", ""): (part, element)
                for part in self.package.related(self.package.main, kind)
                for element in _root(self.package, part)
            }
        if note_id not in self._notes[kind]:
            return ""
        part, element = self._notes[kind].pop(note_id)
        story = Story(self, part, notes=False)
        return " ".join(each.text for each in _paragraphs(story.read(element)) if each.text)

    def _part(self, kind: str) -> etree._Element | None:
        parts = self.package.related(self.package.main, kind)
        return next((_root(self.package, part) for part in parts), None)


class Story:
    """One run of text read downwards: the body, a header, a footer, a note."""

    def __init__(self, shared: _Shared, part: str, notes: bool = True) -> None:
        self._shared = shared
        self._styles = shared.styles
        self._numbering = Numbering(shared.numbering, shared.styles)
        self._citing = Citing()
        self._inline = Inline(
            shared.package, part, shared.styles, shared.bindings, shared.note if notes else None
        )
        self._carried: Line | None = None
        self._in_table = 0
        self._in_box = 0

    def read(self, container: etree._Element) -> list[Block]:
        """The blocks of a container, in order."""
        blocks: list[Block] = []
        self._walk(container, blocks)
        self._flush(blocks)
        return blocks

    def _walk(self, container: etree._Element, blocks: list[Block]) -> None:
        for child in container:
            tag = child.tag
            if tag == _PARAGRAPH:
                self._paragraph(child, blocks)
            elif tag == _TABLE:
                table = Table(tuple(self._rows(child)))
                if table.rows:
                    blocks.append(table)
            elif tag == _SDT:
                self._control(child, blocks)
            elif tag in _TRANSPARENT:
                self._walk(child, blocks)
            elif tag == _ALTERNATE:
                self._walk(choose(child), blocks)

    def _paragraph(self, element: etree._Element, blocks: list[Block]) -> None:
        self._shared.count_paragraph()
        own = own_properties(next(element.iterchildren(_PARAGRAPH_PROPERTIES), None))
        line, self._carried = self._carried or Line(), None
        style = self._styles.paragraph(own.style)
        self._inline.read(element, style, line)
        if own.mark is not None:
            if any(first_child(own.mark, tag) is not None for tag in _DELETED_MARK):
                line.tracked = True
                self._carried = line
                return
            line.tracked = line.tracked or first_child(own.mark, W + "ins") is not None
            if flag(own.mark, "vanish") and not "".join(line.parts).strip():
                return
        self._finish(line, own, style, blocks)

    def _finish(self, line: Line, own: OwnProperties, style: Style, blocks: list[Block]) -> None:
        self._carried = None
        label = self._numbering.next(own.num_id, own.level, style)
        outline = style.outline if own.outline is None else own.outline
        made = self._make(line, style, label, outline or None)
        if (
            made.text
            or made.label
            or made.pictures
            or made.signature_lines
            or made.controls
            or made.notes
        ):
            blocks.append(made)
        if line.boxes:
            self._read_boxes(line.boxes, blocks)

    def _make(
        self, line: Line, style: Style, label: Label | None, outline: int | None
    ) -> Paragraph:
        text = unicodedata.normalize("NFC", "".join(line.parts)).strip()
        name = style.name
        in_toc = line.in_toc or (name or "").lower().startswith(("toc ", "table of figures"))
        shown, path, typed = self._cite(text, label, outline, in_toc)
        if typed and shown:
            text = text[len(shown) :].lstrip()
        return Paragraph(
            text=text,
            label=shown,
            label_path=path,
            typed_label=typed,
            bullet=label is not None and label.bullet,
            level=None if label is None else label.level,
            outline=outline,
            style=name,
            bold=line.bold and bool(text),
            italic=line.italic and bool(text),
            caption=line.caption or (name or "").lower() == "caption",
            prompt=bool(text) and not line.answered,
            in_toc=in_toc,
            in_text_box=self._in_box > 0,
            notes=tuple(note for note in line.notes if note),
            controls=tuple(line.controls),
            pictures=tuple(line.pictures),
            signature_lines=tuple(line.signature_lines),
            tracked=line.tracked,
        )

    def _cite(
        self, text: str, label: Label | None, outline: int | None, in_toc: bool
    ) -> tuple[str | None, str | None, bool]:
        """Label, citation, and whether the author typed it."""
        if label is not None:
            shown = label.text.strip() or None
            return shown, self._citing.automatic(label, outline) if shown and text else None, False
        typed = None if in_toc or self._in_table else split_label(text)
        if typed is not None:
            return typed[0], self._citing.typed(typed[0], outline), True
        if outline is not None and text:
            self._citing.heading(outline)
        return None, None, False

    def _read_boxes(self, boxes: Sequence[etree._Element], blocks: list[Block]) -> None:
        self._in_box += 1
        for box in boxes:
            self._walk(box, blocks)
            self._flush(blocks)
        self._in_box -= 1

    def _control(self, control: etree._Element, blocks: list[Block]) -> None:
        properties, content = (
            first_child(control, W + "sdtPr"),
            first_child(control, W + "sdtContent"),
        )
        if content is None:
            return
        if properties is None:
            self._walk(content, blocks)
            return
        inside: list[Block] = []
        self._enter(properties, 1)
        self._walk(content, inside)
        self._enter(properties, -1)
        blocks.extend(self._with_control(properties, inside))

    def _enter(self, properties: etree._Element, step: int) -> None:
        self._inline.prompting += step * is_prompt(properties)
        self._inline.contents += step * is_contents(properties)

    def _with_control(self, properties: etree._Element, inside: list[Block]) -> list[Block]:
        """The blocks of a control, the first paragraph carrying it; a differing bound value replaces its text."""
        shown = "\n".join(each.text for each in islice(_paragraphs(inside), 20))
        made = make_control(properties, shown, self._shared.bindings.value(properties))
        at = next((i for i, block in enumerate(inside) if isinstance(block, Paragraph)), None)
        if at is None:
            return inside
        first = inside[at]
        assert isinstance(first, Paragraph)
        if made.stale is not None or (is_prompt(properties) and not made.placeholder):
            first = replace(first, text=made.value or "", prompt=False)
        inside[at] = replace(first, controls=(*first.controls, made))
        return inside

    def _rows(self, table: etree._Element) -> Iterator[Row]:
        above: dict[int, Cell] = {}
        for row, _ in _unwrapped(table, _ROW):
            properties = first_child(row, W + "trPr")
            if properties is not None and first_child(properties, W + "del") is not None:
                continue
            self._in_table += 1
            cells = tuple(self._cells(row, properties, above))
            self._in_table -= 1
            if cells:
                yield Row(cells, flag(properties, "tblHeader") is True)

    def _cells(
        self, row: etree._Element, properties: etree._Element | None, above: dict[int, Cell]
    ) -> Iterator[Cell]:
        column = _span(properties, "gridBefore", 0)
        if column:
            yield Cell((), span=column)
        for element, control in _unwrapped(row, _CELL):
            own = first_child(element, W + "tcPr")
            if own is not None and (
                first_child(own, W + "cellDel") is not None or _merges(own, "hMerge")
            ):
                continue
            cell = self._cell(element, own, control, above.get(column))
            above[column] = cell
            column += cell.span
            yield cell

    def _cell(
        self,
        element: etree._Element,
        own: etree._Element | None,
        control: etree._Element | None,
        above: Cell | None,
    ) -> Cell:
        span = _span(own, "gridSpan", 1)
        if above is not None and _merges(own, "vMerge"):
            self._count_repeated(above)
            return replace(above, merged=True, span=span)
        blocks: list[Block] = []
        if control is not None:
            self._enter(control, 1)
        self._walk(element, blocks)
        self._flush(blocks)
        if control is not None:
            self._enter(control, -1)
            blocks = self._with_control(control, blocks)
        return Cell(tuple(blocks), span=span, shaded=_is_shaded(own))

    def _flush(self, blocks: list[Block]) -> None:
        """The container ends: nothing merges into or hides what follows it."""
        if self._carried is not None:
            self._finish(self._carried, NOTHING, self._styles.paragraph(None), blocks)
        self._inline.forget_fields()

    def _count_repeated(self, cell: Cell) -> None:
        self._shared.repeated += sum(len(each.text) + 1 for each in _paragraphs(cell.blocks))
        if self._shared.repeated > MAX_REPEATED:
            raise UnsafeDocx(
                "The file's merged table cells repeat more text than any document holds, so it was not read."
            )


def _root(package: Package, part: str) -> etree._Element:
    root = package.xml(part)
    assert root is not None  # callers name parts the package has
    return root


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """All paragraphs, those in tables included."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.blocks)


def _unwrapped(
    parent: etree._Element, tag: str
) -> Iterator[tuple[etree._Element, etree._Element | None]]:
    """Rows or cells, out of any controls and tracked insertions around them, with the control's properties."""
    for child in parent:
        if child.tag == tag:
            yield child, None
        elif child.tag == _SDT:
            content = first_child(child, W + "sdtContent")
            for element, inner in () if content is None else _unwrapped(content, tag):
                yield element, first_child(child, W + "sdtPr") if inner is None else inner
        elif child.tag in _TRANSPARENT:
            yield from _unwrapped(child, tag)


def _span(properties: etree._Element | None, name: str, default: int) -> int:
    """A claim to columns, cut to what a table can have."""
    found = None if properties is None else first_child(properties, W + name)
    claimed = None if found is None else number(found.get(VAL))
    return default if claimed is None else max(default, min(claimed, MAX_SPAN))


def _merges(properties: etree._Element | None, name: str) -> bool:
    """Whether the cell continues a merged one."""
    found = None if properties is None else first_child(properties, W + name)
    return found is not None and found.get(VAL, "continue") == "continue"


def _is_shaded(properties: etree._Element | None) -> bool:
    found = None if properties is None else first_child(properties, W + "shd")
    return found is not None and found.get(W + "fill", "auto").lower() not in ("auto", "ffffff", "")


_PARAGRAPH = W + "p"
_PARAGRAPH_PROPERTIES = W + "pPr"
_TABLE = W + "tbl"
_ROW = W + "tr"
_CELL = W + "tc"
_SDT = W + "sdt"
_ALTERNATE = MC + "AlternateContent"
_TRANSPARENT = frozenset(W + tag for tag in ("ins", "moveTo", "customXml", "smartTag"))
_DELETED_MARK = (W + "del", W + "moveFrom")
_CHANGES = tuple(
    W + tag
    for tag in (
        "ins",
        "del",
        "moveFrom",
        "moveTo",
        "pPrChange",
        "rPrChange",
        "cellIns",
        "cellDel",
        "cellMerge",
    )
)
