"""Content controls and legacy form fields: what they are, what they show, what the bound data says."""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from lxml import etree

from protocols.errors import UnsafeDocx
from protocols.word.model import Control, ControlKind
from protocols.word.names import DS, VAL, W14, W15, W
from protocols.word.package import Package, text_of
from protocols.word.styles import OFF, first_child, flag, number

_KINDS: Mapping[str, ControlKind] = {
    W + "dropDownList": "drop_down",
    W + "comboBox": "combo_box",
    W + "date": "date",
    W14 + "checkbox": "checkbox",
    W + "picture": "picture",
    W15 + "repeatingSection": "repeating",
    W15 + "repeatingSectionItem": "repeating",
    W + "text": "text",
    W + "richText": "rich_text",
    W + "docPartObj": "other",
    W + "docPartList": "other",
    W + "group": "other",
    W + "citation": "other",
    W + "equation": "other",
}
_BUILT_IN = {
    "{6C3C8BC8-F283-45AE-878A-BAB7291924A1}": "core-properties",
    "{6668398D-A668-4E3E-A5EB-62B293D839F1}": "extended-properties",
}
"""Store ids Word reserves for document properties."""
_STEP = re.compile(
    r"/(?:[\w.\-]+:)?[\w.\-]+(?:\[\d{1,6}\])?|/@(?:[\w.\-]+:)?[\w.\-]+\Z|/\*(?:\[\d{1,6}\])?"
)
_MAPPING = re.compile(r"xmlns:([\w.\-]+)\s*=\s*['\"]([^'\"]*)['\"]")
MAX_BINDINGS = 300
MAX_SHOWN = 20_000_000
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


class Bindings:
    """The custom XML stores and document properties that data-bound controls show."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._stores: dict[str, etree._Element] | None = None
        self._values: dict[tuple[str, ...], str | None] = {}
        self._shown = 0

    def value(self, properties: etree._Element) -> str | None:
        """The stored value a control is bound to; None when it is not bound, or to nothing readable."""
        binding = first_child(properties, W + "dataBinding")
        if binding is None:
            return None
        key = tuple(
            binding.get(W + name, "") for name in ("xpath", "prefixMappings", "storeItemID")
        )
        if key not in self._values:
            known = len(self._values) < MAX_BINDINGS and _is_plain_path(key[0])
            self._values[key] = self._find(*key) if known else None
        value = self._values[key]
        self._shown += len(value or "")
        if self._shown > MAX_SHOWN:
            raise UnsafeDocx(
                "The file's controls repeat more text than any document holds, so it was not read."
            )
        return value

    def _find(self, path: str, mappings: str, store_id: str) -> str | None:
        spaces = dict(_MAPPING.findall(mappings))
        found = (_first(store, path, spaces) for store in self._candidates(store_id))
        return next((value for value in found if value is not None), None)

    def _candidates(self, store_id: str) -> Iterator[etree._Element]:
        if self._stores is None:
            self._stores = dict(self._read_stores())
        if not store_id:
            yield from self._stores.values()
        elif store_id.upper() in self._stores:
            yield self._stores[store_id.upper()]

    def _read_stores(self) -> Iterator[tuple[str, etree._Element]]:
        package = self._package
        for part in package.related(package.main, "customXml"):
            for properties in package.related(part, "customXmlProps"):
                root, store = package.xml(properties), package.xml(part)
                if root is not None and store is not None:
                    yield root.get(DS + "itemID", "").upper(), store
        for store_id, kind in _BUILT_IN.items():
            for part in package.related("", kind):
                store = package.xml(part)
                if store is not None:
                    yield store_id, store


def kind_of(properties: etree._Element) -> ControlKind:
    """What sort of control this is; a control that does not say is rich text."""
    return next((_KINDS[child.tag] for child in properties if child.tag in _KINDS), "rich_text")


def is_prompt(properties: etree._Element) -> bool:
    """Whether the control shows its placeholder: nobody has answered."""
    return flag(properties, "showingPlcHdr") is True


def is_contents(properties: etree._Element) -> bool:
    """Whether the control holds a generated table of contents."""
    gallery = properties.find(f"{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "table of contents" in gallery.get(VAL, "").lower()


def make_control(properties: etree._Element, shown: str, stored: str | None) -> Control:
    """The control with the value Word shows when it opens the file: the bound one wins over the saved copy."""
    kind = kind_of(properties)
    placeholder = is_prompt(properties)
    when = _full_date(properties)
    value = None if placeholder else shown.strip()
    bound = _as_shown(properties, kind, stored, shown, when)
    stale = None
    if bound is not None and _flat(bound) != _flat(value or ""):
        stale, value, placeholder = (None if placeholder else value), bound or None, not bound
        when = _iso_date(stored or "") if kind == "date" else when
    if kind == "checkbox":
        value = _checked(properties, stored)
    return Control(kind, _name(properties), value or None, placeholder, when, stale)


def legacy_control(form: etree._Element, shown: str) -> Control | None:
    """A legacy form field (`w:ffData`); None for one that holds no more than its text."""
    name = first_child(form, W + "name")
    title = None if name is None else name.get(VAL) or None
    choices = first_child(form, W + "ddList")
    if choices is not None:
        return Control("legacy", title, _chosen(choices), False)
    box = first_child(form, W + "checkBox")
    if box is not None:
        return Control("legacy", title, "checked" if _ticked(box) else "unchecked", False)
    blank = not shown.strip(" \u2002\u00a0")
    return Control("legacy", title, None if blank else shown.strip(), blank)


def legacy_text(form: etree._Element) -> str:
    """What a legacy drop-down or check box shows: its choice stands in no run."""
    choices, box = first_child(form, W + "ddList"), first_child(form, W + "checkBox")
    if choices is not None:
        return _chosen(choices) or ""
    return "" if box is None else "☒" if _ticked(box) else "☐"


def _is_plain_path(path: str) -> bool:
    """A path of child steps, as Word writes it; nothing that could search or compute."""
    steps = [match.group() for match in _STEP.finditer(path)]
    return 0 < len(steps) <= 16 and "".join(steps) == path


def _first(store: etree._Element, path: str, spaces: dict[str, str]) -> str | None:
    try:
        found = store.getroottree().xpath(path, namespaces=spaces or None)
    except etree.XPathError:
        return None
    if not isinstance(found, list) or not found:
        return None
    first = found[0]
    return text_of(first) if isinstance(first, etree._Element) else str(first)


def _as_shown(
    properties: etree._Element, kind: ControlKind, stored: str | None, shown: str, when: date | None
) -> str | None:
    """The stored value as this kind of control displays it; None to keep what the document shows."""
    if stored is None or kind in ("picture", "rich_text", "repeating", "other", "checkbox"):
        return None
    if kind in ("drop_down", "combo_box"):
        items = {
            item.get(W + "value"): item.get(W + "displayText")
            for item in properties.iter(W + "listItem")
        }
        return items.get(stored) or stored
    if kind == "date":
        day = _iso_date(stored)
        return (
            shown
            if day is not None and day == when
            else _written(day, properties)
            if day
            else stored
        )
    return stored


def _checked(properties: etree._Element, stored: str | None) -> str:
    if stored is not None and stored.strip():
        return "checked" if stored.strip().lower() in ("true", "1") else "unchecked"
    state = properties.find(f"{W14}checkbox/{W14}checked")
    return (
        "checked" if state is not None and state.get(W14 + "val", "1") not in OFF else "unchecked"
    )


def _name(properties: etree._Element) -> str | None:
    for tag in ("alias", "tag"):
        found = first_child(properties, W + tag)
        if found is not None and found.get(VAL):
            return found.get(VAL)
    return None


def _full_date(properties: etree._Element) -> date | None:
    found = first_child(properties, W + "date")
    return None if found is None else _iso_date(found.get(W + "fullDate", ""))


def _iso_date(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def _written(day: date, properties: etree._Element) -> str:
    """The day in the control's own date format (`w:dateFormat`), New Zealand order without one."""
    found = properties.find(f"{W}date/{W}dateFormat")
    form = (found.get(VAL) if found is not None else None) or "d MMMM yyyy"
    words = {
        "yyyy": f"{day.year:04d}", "yy": f"{day.year % 100:02d}", "MMMM": _MONTHS[day.month - 1],
        "MMM": _MONTHS[day.month - 1][:3], "MM": f"{day.month:02d}", "M": str(day.month),
        "dddd": day.strftime("%A"), "ddd": day.strftime("%a"), "dd": f"{day.day:02d}", "d": str(day.day),
    }  # fmt: skip
    return re.sub(r"yyyy|yy|M{1,4}|d{1,4}", lambda match: words[match.group()], form)


def _chosen(choices: etree._Element) -> str | None:
    index = number(_setting(choices, "result") or _setting(choices, "default") or "0") or 0
    entries = [entry.get(VAL) for entry in choices.iterchildren(W + "listEntry")]
    return entries[index] if 0 <= index < len(entries) else None


def _ticked(box: etree._Element) -> bool:
    state = flag(box, "checked")
    return bool(flag(box, "default") if state is None else state)


def _setting(parent: etree._Element, name: str) -> str | None:
    found = first_child(parent, W + name)
    return None if found is None else found.get(VAL)


def _flat(text: str) -> str:
    return " ".join(text.split())
