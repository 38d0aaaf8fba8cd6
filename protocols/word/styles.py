"""What a paragraph or run inherits from its style: numbering, outline level, bold, hidden."""

from dataclasses import dataclass
from functools import cache

from lxml import etree

from protocols.word.names import VAL, W

MAX_ANCESTORS = 12
OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class Style:
    """A style with everything its ancestors say; None where nobody says anything."""

    name: str | None
    num_id: str | None
    level: int | None
    outline: int | None
    bold: bool | None
    italic: bool | None
    hidden: bool | None
    numbered_by: str | None
    """The id of the style in the chain that names the list: list levels point back at it (`w:lvl/w:pStyle`)."""


PLAIN = Style(None, None, None, None, None, None, None, None)


class Styles:
    """The style table of a document; unknown styles are plain."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements: dict[str, etree._Element] = {}
        self._default: str | None = None
        for element in () if root is None else root.iterchildren(W + "style"):
            style_id = element.get(W + "styleId", "")
            self._elements.setdefault(style_id, element)
            if element.get(W + "type") == "paragraph" and element.get(W + "default") in (
                "1",
                "true",
            ):
                self._default = style_id
        self.resolve = cache(self._resolve)

    def paragraph(self, style_id: str | None) -> Style:
        """The style of a paragraph: the document's default one when it names none."""
        return self.resolve(style_id if style_id in self._elements else self._default)

    def numbering_of(self, style_id: str) -> str | None:
        """The list a numbering style stands for (`w:numStyleLink`)."""
        return self.resolve(style_id).num_id

    def _resolve(self, style_id: str | None) -> Style:
        chain = self._chain(style_id)
        if not chain:
            return PLAIN
        num_id = level = outline = bold = italic = hidden = numbered_by = None
        for element in chain:
            own = own_properties(first_child(element, W + "pPr"))
            if num_id is None and own.num_id is not None:
                num_id, numbered_by = own.num_id, element.get(W + "styleId")
            level = own.level if level is None else level
            outline = _outline(element, own) if outline is None else outline
            run = first_child(element, W + "rPr")
            bold = flag(run, "b") if bold is None else bold
            italic = flag(run, "i") if italic is None else italic
            hidden = flag(run, "vanish") if hidden is None else hidden
        return Style(_name(chain[0]), num_id, level, outline, bold, italic, hidden, numbered_by)

    def _chain(self, style_id: str | None) -> list[etree._Element]:
        chain: list[etree._Element] = []
        seen: set[str] = set()
        while style_id in self._elements and style_id not in seen and len(chain) < MAX_ANCESTORS:
            assert style_id is not None
            seen.add(style_id)
            element = self._elements[style_id]
            chain.append(element)
            based_on = first_child(element, W + "basedOn")
            style_id = None if based_on is None else based_on.get(VAL)
        return chain


def flag(properties: etree._Element | None, name: str) -> bool | None:
    """A toggle in run or row properties; None when it is not mentioned."""
    if properties is None:
        return None
    for found in properties.iterchildren(W + name):
        return found.get(VAL, "1") not in OFF
    return None


@dataclass(frozen=True, slots=True)
class OwnProperties:
    """What a paragraph (or a style) says itself in `w:pPr`, found in one pass."""

    style: str | None = None
    num_id: str | None = None
    level: int | None = None
    outline: int | None = None
    """Heading level from 1; 0 says body text outright."""
    mark: etree._Element | None = None


NOTHING = OwnProperties()


def own_properties(properties: etree._Element | None) -> OwnProperties:
    """The paragraph properties named directly in this element."""
    if properties is None or not len(properties):
        return NOTHING
    style = num_id = level = outline = mark = None
    for child in properties:
        tag = child.tag
        if tag == _STYLE:
            style = child.get(VAL)
        elif tag == _NUMBERING:
            for part in child:
                if part.tag == _NUM_ID:
                    num_id = part.get(VAL)
                elif part.tag == _LEVEL:
                    level = number(part.get(VAL))
        elif tag == _OUTLINE:
            outline = _heading_level(child.get(VAL))
        elif tag == _MARK:
            mark = child
    return OwnProperties(style, num_id, level, outline, mark)


def _heading_level(text: str | None) -> int | None:
    level = number(text)
    return None if level is None else level + 1 if 0 <= level < 9 else 0


def first_child(parent: etree._Element, tag: str) -> etree._Element | None:
    """The first child with this tag; several times quicker than `find`."""
    return next(parent.iterchildren(tag), None)


def number(text: str | None) -> int | None:
    """A whole number as attributes hold it, clamped to what a document can mean."""
    try:
        return max(-1_000_000, min(int(text or ""), 1_000_000))
    except ValueError:
        return None


def _outline(style: etree._Element, own: OwnProperties) -> int | None:
    if own.outline is not None:
        return own.outline
    name = (_name(style) or "").lower()
    return int(name[8:]) if name.startswith("heading ") and name[8:] in "123456789" else None


def _name(style: etree._Element) -> str | None:
    found = first_child(style, W + "name")
    return None if found is None else found.get(VAL)


_STYLE = W + "pStyle"
_NUMBERING = W + "numPr"
_NUM_ID = W + "numId"
_LEVEL = W + "ilvl"
_OUTLINE = W + "outlineLvl"
_MARK = W + "rPr"
