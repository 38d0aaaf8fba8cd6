"""A Word document as it is shown: blocks in reading order, with the labels Word computes. No meaning yet."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from protocols.model import Integrity, Trust

ControlKind = Literal[
    "text",
    "rich_text",
    "drop_down",
    "combo_box",
    "date",
    "checkbox",
    "picture",
    "repeating",
    "legacy",
    "other",
]


@dataclass(frozen=True, slots=True)
class Control:
    """A content control or legacy form field: what it is called, what it shows, whether anyone filled it in.

    `stale` holds what document.xml showed when the bound custom XML value differed and won.
    """

    kind: ControlKind
    name: str | None
    value: str | None
    placeholder: bool
    date: dt.date | None = None
    stale: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """An image where it stands: digest of its bytes, size in pixels at 96 dpi, alternative text."""

    digest: str
    width: int
    height: int
    alt: str | None


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """An Office signature line: signed only when an intact digital signature names `setup_id`."""

    setup_id: str
    suggested_signer: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph in the final view (insertions in, deletions out), NFC, without its label.

    `label` is the text Word shows before it ("4.2", "(b)", None for none or a bullet); `label_path` the same composed
    from its parents ("4.2(b)"), `bullet` is True for a bulleted paragraph. `typed_label` is True when the author typed
    the number. `level` is the list level from 0. `outline` is the heading level from 1 (style or outline), None for body
    text. `bold` is True when every visible run is bold. `caption` is True for a caption style or a SEQ Table field.
    `prompt` is True when all it shows is unanswered placeholder text. `in_toc` marks a table of contents' line.
    """

    text: str
    label: str | None = None
    label_path: str | None = None
    typed_label: bool = False
    bullet: bool = False
    level: int | None = None
    outline: int | None = None
    style: str | None = None
    bold: bool = False
    italic: bool = False
    caption: bool = False
    prompt: bool = False
    in_toc: bool = False
    in_text_box: bool = False
    notes: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    pictures: tuple[Picture, ...] = ()
    signature_lines: tuple[SignatureLine, ...] = ()
    tracked: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's blocks. `merged` is True for the continuation of a vertically merged cell, whose blocks it repeats."""

    blocks: tuple["Block", ...]
    merged: bool = False
    span: int = 1
    shaded: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as shown; deleted rows are gone."""

    rows: tuple[Row, ...]


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Properties:
    """Document properties; times are as stored (UTC)."""

    title: str | None
    created: dt.datetime | None
    modified: dt.datetime | None
    custom: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Document:
    """Everything a reader of the printed page sees, and what is left pending underneath.

    `unread` names parts Word merges in when it opens the file (`w:altChunk`) and that are not read here.
    """

    blocks: tuple[Block, ...]
    headers: tuple[Paragraph, ...]
    footers: tuple[Paragraph, ...]
    properties: Properties
    tracked_changes: int
    comments: int
    has_macros: bool
    external: tuple[str, ...]
    unread: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class VerifiedSignature:
    """A digital signature with what its mathematics shows; `reason` says it in plain words.

    `uncovered` names parts that may have changed without breaking it. `setup_id` is the signature line it completes,
    None for an invisible signature. `typed_name` and `purpose` are what the signer wrote beside it; they are None
    when the signature does not protect them.
    """

    part: str
    signer: str | None
    signed_at: dt.datetime | None
    integrity: Integrity
    trust: Trust
    uncovered: tuple[str, ...]
    reason: str
    setup_id: str | None = None
    typed_name: str | None = None
    purpose: str | None = None
