"""What one paragraph shows: runs, fields, controls, notes, pictures, with tracked changes accepted."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from protocols.word.controls import (
    Bindings,
    is_prompt,
    kind_of,
    legacy_control,
    legacy_text,
    make_control,
)
from protocols.word.model import Control, Picture, SignatureLine
from protocols.word.names import MC, VAL, WP, A, M, O, R, V, W
from protocols.word.package import Package
from protocols.word.styles import PLAIN, Style, Styles, first_child, flag
from protocols.word.symbols import symbol

MAX_OPEN_FIELDS = 20
"""How deep Word nests fields; beyond that, older ones count as never closed."""
_EMU_PER_PIXEL = 9525
_CSS_PIXELS = {"pt": 96 / 72, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "px": 1.0}


@dataclass(slots=True)
class Line:
    """The visible content of a paragraph as it is gathered."""

    parts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    signature_lines: list[SignatureLine] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    bold: bool = True
    italic: bool = True
    answered: bool = False
    tracked: bool = False
    caption: bool = False
    in_toc: bool = False


@dataclass(slots=True)
class _Field:
    start: int
    form: etree._Element | None
    code: list[str] = field(default_factory=list)
    showing: bool = False


class Inline:
    """Reads paragraphs of one part in order; fields stay open from one paragraph to the next."""

    def __init__(
        self,
        package: Package,
        part: str,
        styles: Styles,
        bindings: Bindings,
        note: Callable[[str, str], str] | None,
    ) -> None:
        self._package = package
        self._part = part
        self._styles = styles
        self._bindings = bindings
        self._note = note
        self._digests: dict[str, str] = {}
        self._fields: list[_Field] = []
        self._hidden_by_field = False
        self._style: Style = styles.paragraph(None)
        self.prompting = 0
        self.contents = 0

    def read(self, paragraph: etree._Element, style: Style, line: Line) -> None:
        """Adds what the paragraph shows to the line."""
        self._style = style
        for open_field in self._fields:
            open_field.start = 0
        if self.contents or self._in_contents():
            line.in_toc = True
        self._children(paragraph, line)

    def forget_fields(self) -> None:
        """A story or cell ends: a field left open there hides nothing after it."""
        self._fields.clear()
        self._hidden_by_field = False

    def _children(self, parent: etree._Element, line: Line) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, line)
            elif tag in _TRANSPARENT:
                line.tracked = line.tracked or tag in _INSERTED
                self._children(child, line)
            elif tag in _DELETED:
                line.tracked = True
            elif tag == _SDT:
                self._control(child, line)
            elif tag == _SIMPLE_FIELD:
                self._note_code(child.get(W + "instr", ""), line)
                self._children(child, line)
            elif tag == _ALTERNATE:
                self._children(choose(child), line)
            elif tag in _MATHS:
                self._add("".join(text.text or "" for text in child.iter(M + "t")), None, line)

    def _run(self, run: etree._Element, line: Line) -> None:
        properties: etree._Element | None = None
        text: list[str] = []
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                if child.text:
                    text.append(child.text)
            elif tag == _RUN_PROPERTIES:
                properties = child
                if self._is_hidden(child):
                    return
            elif tag in _CHARACTERS:
                text.append(_CHARACTERS[tag])
            elif tag == _SYMBOL:
                text.append(symbol(child.get(W + "font", ""), child.get(W + "char", "")))
            else:
                if text:
                    self._add("".join(text), properties, line)
                    text = []
                self._other(child, tag, properties, line)
        if text:
            self._add("".join(text), properties, line)

    def _other(
        self, child: etree._Element, tag: str, properties: etree._Element | None, line: Line
    ) -> None:
        if tag == _FIELD_MARK:
            self._field_mark(child, properties, line)
        elif tag == _FIELD_CODE:
            if self._fields:
                self._fields[-1].code.append(child.text or "")
        elif tag in _NOTES:
            if self._note is not None and not self._hidden_by_field:
                line.notes.append(self._note(_NOTES[tag], child.get(W + "id", "")))
        elif tag == _BREAK:
            if child.get(W + "type") not in ("page", "column"):
                self._add("\n", properties, line)
        elif tag == _ALTERNATE:
            for chosen in choose(child):
                self._other(chosen, chosen.tag, properties, line)
        elif tag in _SHAPES:
            self._shape(child, line)
        elif tag == _RUBY:
            for base in child.iterchildren(W + "rubyBase"):
                self._children(base, line)

    def _add(self, text: str, properties: etree._Element | None, line: Line) -> None:
        if self._hidden_by_field:
            return
        line.parts.append(text)
        if text.isspace():
            return
        run_style = _style_of(properties)
        style = self._styles.resolve(run_style) if run_style else PLAIN
        if line.bold:
            line.bold = _toggled("b", properties, style.bold, self._style.bold)
        if line.italic:
            line.italic = _toggled("i", properties, style.italic, self._style.italic)
        if not self.prompting and (style.name or "").lower() != "placeholder text":
            line.answered = True

    def _is_hidden(self, properties: etree._Element) -> bool:
        own = flag(properties, "vanish")
        if own is None:
            run_style = _style_of(properties)
            own = self._styles.resolve(run_style).hidden if run_style else None
        return bool(self._style.hidden if own is None else own)

    def _control(self, control: etree._Element, line: Line) -> None:
        properties, content = (
            first_child(control, W + "sdtPr"),
            first_child(control, W + "sdtContent"),
        )
        if content is None:
            return
        if properties is None:
            self._children(content, line)
            return
        start = len(line.parts)
        prompt = is_prompt(properties)
        self.prompting += prompt
        self._children(content, line)
        self.prompting -= prompt
        if kind_of(properties) == "picture" and prompt:
            line.pictures.clear()
        made = make_control(
            properties, "".join(line.parts[start:]), self._bindings.value(properties)
        )
        if made.stale is not None or (prompt and not made.placeholder):
            line.parts[start:] = [made.value or ""]
            line.answered = line.answered or made.value is not None
        line.controls.append(made)

    def _field_mark(
        self, mark: etree._Element, properties: etree._Element | None, line: Line
    ) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            del self._fields[: len(self._fields) - MAX_OPEN_FIELDS]
            self._fields.append(_Field(len(line.parts), first_child(mark, W + "ffData")))
        elif kind == "separate" and self._fields:
            self._fields[-1].showing = True
            self._note_code("".join(self._fields[-1].code), line)
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            self._hidden_by_field = any(not each.showing for each in self._fields)
            if ended.form is not None:
                self._end_form(ended, ended.form, properties, line)
        self._hidden_by_field = any(not each.showing for each in self._fields)

    def _end_form(
        self, ended: _Field, form: etree._Element, properties: etree._Element | None, line: Line
    ) -> None:
        made = legacy_control(form, "".join(line.parts[ended.start :]))
        shown = legacy_text(form)
        if shown:
            del line.parts[ended.start :]
            self._add(shown, properties, line)
        if made is not None:
            line.controls.append(made)

    def _note_code(self, code: str, line: Line) -> None:
        words = code.split()
        if words and words[0].upper() == "TOC":
            line.in_toc = True
        if len(words) > 1 and words[0].upper() == "SEQ" and words[1].lower().startswith("table"):
            line.caption = True

    def _in_contents(self) -> bool:
        return any("".join(each.code).split()[:1] == ["TOC"] for each in self._fields)

    def _shape(self, shape: etree._Element, line: Line) -> None:
        """Text boxes, signature lines and pictures of a drawing, each once."""
        line.boxes.extend(_text_boxes(shape))
        for mark in shape.iter(O + "signatureline"):
            line.signature_lines.append(
                SignatureLine(
                    mark.get("id", ""),
                    mark.get(O + "suggestedsigner"),
                    mark.get(O + "suggestedsigner2"),
                )
            )
        if not any(True for _ in shape.iter(O + "signatureline")):
            line.pictures.extend(self._pictures(shape))

    def _pictures(self, shape: etree._Element) -> list[Picture]:
        relationships = self._package.relationships(self._part)
        found: list[Picture] = []
        for image in shape.iter(A + "blip", V + "imagedata"):
            relationship = relationships.get(image.get(R + "embed") or image.get(R + "id") or "")
            part = (
                None
                if relationship is None or relationship.external
                else self._package.find(relationship.target)
            )
            if part is not None:
                found.append(Picture(self._digest(part), *_size(shape), _alt(shape)))
        return found

    def _digest(self, part: str) -> str:
        if part not in self._digests:
            self._digests[part] = self._package.digest(part, "sha256").hex()
        return self._digests[part]


def choose(alternate: etree._Element) -> etree._Element:
    """The branch Word shows of an `mc:AlternateContent`: the choice, else the fallback."""
    for tag in ("Choice", "Fallback"):
        branch = first_child(alternate, MC + tag)
        if branch is not None and len(branch):
            return branch
    return alternate.makeelement(MC + "Choice")


def _text_boxes(shape: etree._Element) -> list[etree._Element]:
    """Outermost text box contents; an inner one is found again when its outer one is read."""
    boxes: list[etree._Element] = []
    stack = [shape]
    while stack:
        element = stack.pop()
        if element.tag == W + "txbxContent":
            boxes.append(element)
        elif element.tag == _ALTERNATE:
            stack.append(choose(element))
        else:
            stack.extend(reversed(element))
    return boxes


def _size(shape: etree._Element) -> tuple[int, int]:
    extent = next(shape.iter(WP + "extent"), None)
    if extent is not None:
        return _pixels(extent.get("cx")), _pixels(extent.get("cy"))
    outline = next(shape.iter(V + "shape"), None)
    css = "" if outline is None else outline.get("style", "")
    return _css_pixels(css, "width"), _css_pixels(css, "height")


def _pixels(emu: str | None) -> int:
    return int(emu) // _EMU_PER_PIXEL if emu and emu.isdigit() and len(emu) < 15 else 0


def _css_pixels(css: str, name: str) -> int:
    found = re.search(rf"(?:^|;)\s*{name}:\s*([\d.]{{1,9}})(pt|in|cm|mm|px)", css)
    try:
        return round(float(found[1]) * _CSS_PIXELS[found[2]]) if found else 0
    except ValueError:
        return 0


def _alt(shape: etree._Element) -> str | None:
    for properties in shape.iter(WP + "docPr"):
        return properties.get("descr") or properties.get("title") or None
    for outline in shape.iter(V + "shape"):
        return outline.get("alt") or None
    return None


def _style_of(properties: etree._Element | None) -> str | None:
    if properties is None:
        return None
    for found in properties.iterchildren(W + "rStyle"):
        return found.get(VAL)
    return None


def _toggled(
    name: str, properties: etree._Element | None, run: bool | None, paragraph: bool | None
) -> bool:
    own = flag(properties, name)
    return bool(own if own is not None else run if run is not None else paragraph)


_RUN = W + "r"
_TEXT = W + "t"
_RUN_PROPERTIES = W + "rPr"
_SDT = W + "sdt"
_SIMPLE_FIELD = W + "fldSimple"
_FIELD_MARK = W + "fldChar"
_FIELD_CODE = W + "instrText"
_SYMBOL = W + "sym"
_BREAK = W + "br"
_RUBY = W + "ruby"
_ALTERNATE = MC + "AlternateContent"
_INSERTED = frozenset({W + "ins", W + "moveTo"})
_DELETED = frozenset({W + "del", W + "moveFrom"})
_TRANSPARENT = _INSERTED | {
    W + tag for tag in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "subDoc")
}
_MATHS = frozenset({M + "oMath", M + "oMathPara"})
_SHAPES = frozenset({W + "drawing", W + "pict", W + "object"})
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_CHARACTERS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "\u2011",
    W + "softHyphen": "",
}
