"""List labels as Word computes them (ECMA-376-1, 17.9): they are nowhere in the text."""

from dataclasses import dataclass, replace

from lxml import etree

from protocols.word.names import MC, VAL, W
from protocols.word.ordinals import spell
from protocols.word.styles import OFF, Style, Styles, first_child, number

LEVELS = 9


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph: its text ('' for a bullet or none), list, level, and whether the text
    already holds its parents' numbers (`4.2` does, `(b)` does not)."""

    text: str
    bullet: bool
    list_id: str
    level: int
    composite: bool


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    legal: bool
    restart: int | None
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: tuple[_Level, ...]
    overridden: frozenset[int]


_NO_LEVEL = _Level(1, "none", "", False, None, None)


class Numbering:
    """The counters of one story, advanced paragraph by paragraph in document order."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstracts = _by_id(root, "abstractNum", "abstractNumId")
        self._nums = _by_id(root, "num", "numId")
        self._lists: dict[str, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._restarted: set[tuple[str, int]] = set()

    def next(self, num_id: str | None, level: int | None, style: Style) -> Label | None:
        """The label of the next paragraph with this direct numbering and style; None without one."""
        list_id = num_id if num_id is not None else style.num_id
        numbered = self._list(list_id) if list_id is not None else None
        if numbered is None or list_id is None:
            return None
        level = self._level(numbered, num_id, level, style)
        self._advance(numbered, list_id, level)
        return self._label(numbered, level)

    def _level(self, numbered: _List, num_id: str | None, level: int | None, style: Style) -> int:
        if level is None and style.numbered_by is not None:
            linked = (
                i for i, each in enumerate(numbered.levels) if each.style == style.numbered_by
            )
            level = next(linked, None)
        if level is None:
            level = style.level if num_id is None else 0
        return max(0, min(level or 0, LEVELS - 1))

    def _advance(self, numbered: _List, list_id: str, level: int) -> None:
        counters = self._counters.setdefault(numbered.abstract, [None] * LEVELS)
        for i in numbered.overridden:
            if i <= level and (list_id, i) not in self._restarted:
                self._restarted.add((list_id, i))
                counters[i] = None
        current = counters[level]
        counters[level] = numbered.levels[level].start if current is None else current + 1
        for i in range(level):
            if counters[i] is None:
                counters[i] = numbered.levels[i].start
        for i in range(level + 1, LEVELS):
            restart = numbered.levels[i].restart
            if restart is None or 0 < level + 1 <= restart:
                counters[i] = None

    def _label(self, numbered: _List, level: int) -> Label:
        counters = self._counters[numbered.abstract]
        own = numbered.levels[level]
        bullet = own.format == "bullet"
        return Label(
            text="" if bullet else _compose(numbered.levels, level, counters),
            bullet=bullet,
            list_id=numbered.abstract,
            level=level,
            composite=any(f"%{i + 1}" in own.text for i in range(level)),
        )

    def _list(self, num_id: str) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._read_list(num_id)
        return self._lists[num_id]

    def _read_list(self, num_id: str) -> _List | None:
        num = self._nums.get(num_id)
        abstract_id = _value(num, "abstractNumId")
        if num is None or abstract_id is None:
            return None
        abstract_id = self._follow_style(abstract_id)
        levels = _levels(self._abstracts.get(abstract_id), [_NO_LEVEL] * LEVELS)
        overridden: set[int] = set()
        for override in num.iterchildren(W + "lvlOverride"):
            i = number(override.get(W + "ilvl"))
            if i is not None and 0 <= i < LEVELS:
                levels = _levels(override, levels)
                start = number(_value(override, "startOverride"))
                if start is not None:
                    levels[i] = replace(levels[i], start=start)
                    overridden.add(i)
        return _List(abstract_id, tuple(levels), frozenset(overridden))

    def _follow_style(self, abstract_id: str) -> str:
        """The abstract list behind a numbering style (`w:numStyleLink`), at most one step away in real files."""
        link = _value(self._abstracts.get(abstract_id), "numStyleLink")
        num = self._nums.get(self._styles.numbering_of(link) or "") if link else None
        return _value(num, "abstractNumId") or abstract_id


def _by_id(root: etree._Element | None, tag: str, attribute: str) -> dict[str, etree._Element]:
    found = () if root is None else root.iterchildren(W + tag)
    return {element.get(W + attribute, ""): element for element in found}


def _levels(parent: etree._Element | None, levels: list[_Level]) -> list[_Level]:
    levels = list(levels)
    for element in () if parent is None else parent.iterchildren(W + "lvl"):
        i = number(element.get(W + "ilvl"))
        if i is not None and 0 <= i < LEVELS:
            levels[i] = _read_level(element)
    return levels


def _read_level(element: etree._Element) -> _Level:
    start = number(_value(element, "start"))
    legal = first_child(element, W + "isLgl")
    return _Level(
        start=0 if start is None else start,
        format=_format(element),
        text=_value(element, "lvlText") or "",
        legal=legal is not None and legal.get(VAL, "1") not in OFF,
        restart=number(_value(element, "lvlRestart")),
        style=_value(element, "pStyle"),
    )


def _format(level: etree._Element) -> str:
    choice = level.find(f"{MC}AlternateContent/{MC}Choice/{W}numFmt")
    if choice is not None and choice.get(W + "format"):
        return f"custom {choice.get(W + 'format')}"
    fallback = level.find(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt")
    nested = "decimal" if fallback is None else fallback.get(VAL)
    return _value(level, "numFmt") or nested or "decimal"


def _compose(levels: tuple[_Level, ...], level: int, counters: list[int | None]) -> str:
    own = levels[level]
    if own.format == "bullet":
        return ""
    text = own.text
    for i in range(LEVELS):
        if f"%{i + 1}" in text:
            value = counters[i]
            form = "decimal" if own.legal and levels[i].format != "none" else levels[i].format
            text = text.replace(
                f"%{i + 1}", spell(levels[i].start if value is None else value, form)
            )
    return text


def _value(parent: etree._Element | None, name: str) -> str | None:
    found = None if parent is None else first_child(parent, W + name)
    return None if found is None else found.get(VAL)
