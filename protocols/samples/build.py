"""Writes the sample protocols from sample.toml: `python -m protocols.samples.build`."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from lxml import etree

from protocols.dates import show_date
from protocols.samples import sample_path

Row = Sequence[str | date]
_LEVELS = ((0, "decimal", "%1."), (1, "decimal", "%1.%2"), (2, "lowerLetter", "(%3)"))
_CHOICES = ("IN-CONFIDENCE", "SENSITIVE", "RESTRICTED")
_LISTS = "77"
_WRITTEN = datetime(2026, 6, 12, tzinfo=UTC)


def build(*, signed: bool) -> bytes:
    """The sample protocol as a Word file; unsigned leaves the date pickers unanswered."""
    text = tomllib.loads((Path(__file__).parent / "sample.toml").read_text(encoding="utf-8"))
    paper = _Paper(text["classification"], text["start"], signed)
    paper.front(text["title"], text["version"])
    for section in text["section"]:
        paper.section(section["heading"], section["body"])
    return paper.save()


class _Paper:
    """A Word document under construction."""

    def __init__(self, classification: str, start: date, signed: bool) -> None:
        self.word = Document()
        self.classification, self.start, self.signed = classification, start, signed
        self._define_numbering()

    def front(self, title: str, version: str) -> None:
        self.word.add_heading(title, 0)
        table = self.word.add_table(0, 2, style="Table Grid")
        for label, value in (
            ("Version", version),
            ("Lead agency", "Ministry of Social Development"),
        ):
            cells = table.add_row().cells
            cells[0].text, cells[1].text = label, value
        page = self.word.sections[0]
        page.header.paragraphs[0].text = self.classification
        page.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        page.footer.paragraphs[0].text = f"{title} | Version {version}"
        properties = self.word.core_properties
        properties.title, properties.author, properties.comments = title, "", ""
        properties.created = properties.modified = _WRITTEN.replace(tzinfo=None)

    def section(self, heading: str, body: Sequence[object]) -> None:
        self._number(self.word.add_heading(heading, 1), 0)
        for part in body:
            if isinstance(part, str):
                self._number(self.word.add_paragraph(part), 1)
            elif isinstance(part, list):
                for item in part:
                    self._number(self.word.add_paragraph(item), 2)
            else:
                self._special(cast(Mapping[str, object], part))

    def _special(self, part: Mapping[str, object]) -> None:
        if "columns" in part:
            self.word.add_paragraph(str(part["caption"]), style="Caption")
            self._table(cast(Sequence[str], part["columns"]), cast(Sequence[Row], part["rows"]))
        elif "classification" in part:
            self._controlled(str(part["classification"]), _drop_down(self.classification))
        else:
            self._controlled(str(part["start"]), _date_picker(self.start))

    def _controlled(self, text: str, control: etree._Element) -> None:
        before, after = text.split("{}")
        paragraph = self.word.add_paragraph(before)
        paragraph._p.append(control)
        paragraph.add_run(after)
        self._number(paragraph, 1)

    def _table(self, columns: Sequence[str], rows: Sequence[Row]) -> None:
        table = self.word.add_table(1, len(columns), style="Table Grid")
        for cell, name in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].add_run(name).bold = True
        table.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
        for row in rows:
            for cell, value in zip(table.add_row().cells, row, strict=True):
                if isinstance(value, date):
                    cell.paragraphs[0]._p.append(_date_picker(value if self.signed else None))
                else:
                    cell.text = value

    def _number(self, paragraph: object, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr()  # type: ignore[attr-defined]  # python-docx ships no types
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{_LISTS}"/></w:numPr>'
            )
        )

    def _define_numbering(self) -> None:
        numbering = self.word.part.numbering_part.element
        levels = "".join(
            f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            f'<w:pPr><w:ind w:left="{360 * (i + 1)}" w:hanging="360"/></w:pPr></w:lvl>'
            for i, form, text in _LEVELS
        )
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{_LISTS}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
        numbering.insert(0, abstract)
        numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{_LISTS}"><w:abstractNumId w:val="{_LISTS}"/></w:num>'
            )
        )

    def save(self) -> bytes:
        """The same bytes on every run: entry times are the document's own."""
        buffer, fixed = BytesIO(), BytesIO()
        self.word.save(buffer)
        with ZipFile(buffer) as parts, ZipFile(fixed, "w", ZIP_DEFLATED) as out:
            for name in parts.namelist():
                if name != "docProps/thumbnail.jpeg":
                    out.writestr(
                        ZipInfo(name, _WRITTEN.timetuple()[:6]),
                        _without_thumbnail(name, parts.read(name)),
                        ZIP_DEFLATED,
                    )
        return fixed.getvalue()


def _drop_down(chosen: str) -> etree._Element:
    items = "".join(f'<w:listItem w:displayText="{c}" w:value="{c}"/>' for c in _CHOICES)
    return _control("Security classification", f"<w:dropDownList>{items}</w:dropDownList>", chosen)


def _date_picker(day: date | None) -> etree._Element:
    full = f' w:fullDate="{day.isoformat()}T00:00:00Z"' if day else ""
    form = '<w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-NZ"/>'
    kind = f"<w:date{full}>{form}</w:date>"
    return _control("Date", kind, show_date(day) if day else None)


def _control(name: str, kind: str, shown: str | None) -> etree._Element:
    placeholder = "" if shown else "<w:showingPlcHdr/>"
    text = shown or "Click or tap to enter a date."
    return parse_xml(
        f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="{name}"/>{placeholder}{kind}</w:sdtPr>'
        f"<w:sdtContent><w:r><w:t>{text}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def _without_thumbnail(name: str, data: bytes) -> bytes:
    if name != "_rels/.rels":
        return data
    root = etree.fromstring(data)
    for link in _links(root):
        if link.get("Target") == "docProps/thumbnail.jpeg":
            root.remove(link)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _links(root: etree._Element) -> Iterator[etree._Element]:
    yield from list(root)


def main() -> None:
    for signed in (True, False):
        sample_path(signed=signed).write_bytes(build(signed=signed))


if __name__ == "__main__":
    main()
