"""What version 1.5 of Adaptive Cards knows of the elements these cards use: each property, and its values where few.

Written after the official schema (microsoft/AdaptiveCards, schemas/1.5.0/adaptive-card.json: no other properties are
allowed there), which no package carries. Teams knows more; a card that needs none of it looks the same everywhere.
"""

from collections.abc import Iterator, Mapping
from typing import Any

_ELEMENT = {"type", "fallback", "height", "separator", "spacing", "id", "isVisible", "requires"}
_INPUT = _ELEMENT | {"label", "isRequired", "errorMessage"}
_ACTION = {"type", "title", "iconUrl", "id", "style", "fallback", "tooltip", "isEnabled", "mode", "requires"}  # fmt: skip
_SENDS = _ACTION | {"data", "associatedInputs"}
_TEXT = {"text", "color", "fontType", "isSubtle", "size", "weight"}
_ALIGNS = {"horizontalCellContentAlignment", "verticalCellContentAlignment"}
_BOX = {"items", "selectAction", "style", "verticalContentAlignment", "bleed", "backgroundImage", "minHeight", "rtl"}  # fmt: skip
PROPERTIES: Mapping[str, set[str]] = {
    "AdaptiveCard": {"type", "version", "refresh", "authentication", "body", "actions", "selectAction", "fallbackText", "backgroundImage", "minHeight", "rtl", "speak", "lang", "verticalContentAlignment", "$schema"},
    "refresh": {"type", "action", "userIds"},
    "TextBlock": _ELEMENT | _TEXT | {"horizontalAlignment", "maxLines", "wrap", "style"},
    "RichTextBlock": _ELEMENT | {"inlines", "horizontalAlignment"},
    "TextRun": _TEXT | {"type", "highlight", "italic", "selectAction", "strikethrough", "underline"},
    "Container": _ELEMENT | _BOX,
    "ActionSet": _ELEMENT | {"actions"},
    "Input.ChoiceSet": _INPUT | {"choices", "isMultiSelect", "style", "value", "placeholder", "wrap"},
    "choices": {"title", "value"},
    "Input.Text": _INPUT | {"isMultiline", "maxLength", "placeholder", "regex", "style", "inlineAction", "value"},
    "Table": _ELEMENT | _ALIGNS | {"columns", "rows", "firstRowAsHeader", "showGridLines", "gridStyle"},
    "columns": _ALIGNS | {"type", "width"},
    "TableRow": _ALIGNS | {"type", "cells", "style"},
    "TableCell": (_BOX - {"rtl"}) | {"type"},
    "Action.Submit": _SENDS,
    "Action.Execute": _SENDS | {"verb"},
    "Action.ToggleVisibility": _ACTION | {"targetElements"},
}  # fmt: skip
REQUIRED: Mapping[str, set[str]] = {
    "AdaptiveCard": {"version"},
    "TextBlock": {"text"},
    "RichTextBlock": {"inlines"},
    "TextRun": {"text"},
    "Container": {"items"},
    "ActionSet": {"actions"},
    "Input.ChoiceSet": {"id"},
    "Input.Text": {"id"},
    "TableCell": {"items"},
    "Action.ToggleVisibility": {"targetElements"},
    "choices": {"title", "value"},
}
_BOXES = {"default", "emphasis", "good", "attention", "warning", "accent"}
VALUES: Mapping[str, set[str]] = {
    "spacing": {"default", "none", "small", "medium", "large", "extralarge", "padding"},
    "size": {"default", "small", "medium", "large", "extralarge"},
    "weight": {"default", "lighter", "bolder"},
    "TextBlock style": {"default", "heading"},
    "Container style": _BOXES,
    "Input.ChoiceSet style": {"compact", "expanded", "filtered"},
    "Action.Submit style": {"default", "positive", "destructive"},
    "Action.Execute style": {"default", "positive", "destructive"},
    "version": {"1.5"},
}


def problems(value: Any, place: str = "") -> Iterator[str]:
    """Everything in a card that the version does not know; `place` is the property it stands in."""
    if isinstance(value, list):
        for inner in value:
            yield from problems(inner, place)
    elif isinstance(value, dict):
        kind = str(value.get("type", place))
        known = PROPERTIES.get(kind, set())
        yield from (f"{kind}: {name} is not known" for name in set(value) - known)
        yield from (f"{kind}: {name} is missing" for name in REQUIRED.get(kind, set()) - set(value))
        for name, inner in value.items():
            allowed = VALUES.get(f"{kind} {name}") or VALUES.get(name)
            if allowed and isinstance(inner, str) and inner.lower() not in allowed:
                yield f"{kind}: {name} cannot be {inner}"
            if name != "data":
                yield from problems(inner, name)
