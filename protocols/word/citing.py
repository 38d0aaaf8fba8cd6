"""From labels to what people cite: `(b)` below `4.2` is 4.2(b); a number typed by hand counts like Word's own."""

import re

from protocols.word.numbering import Label

BODY = 99
"""Rank of a numbered paragraph below every heading level."""

_UNIT = r"(?:a\.?m|p\.?m|per|percent|million|billion|km|kg|hours?|minutes?|days?|weeks?|months?|years?|times)\b"
_TYPED = re.compile(
    rf"""(?P<label>
        [A-Z]?\d{{1,3}}(?:\.\d{{1,3}})*[A-Z]?(?:\([a-z]{{1,5}}\))+(?=\t|[ \u00a0])   # 4.2(b) information, C4(a) information
      | \d{{1,3}}(?:\.\d{{1,3}})*[A-Z]{{1,2}}\.?(?=\t)                                # 4A<tab>Information
      | \d{{1,3}}(?:\.\d{{1,3}})*[A-Z]\.(?=[ \u00a0]+[A-ZĀĒĪŌŪ])                    # 4A. Information
      | \d{{1,3}}(?:\.\d{{1,3}})+\.?(?=\t|[ \u00a0]+(?!{_UNIT}|\d|%|[-–—=+]))   # 4.2 Information
      | \d{{1,3}}[.)](?=\t|[ \u00a0]+\D)                                         # 4. Information
      | \d{{1,3}}(?=\t)                                                          # 4<tab>Information
      | \([a-z]{{1,5}}\)(?=\t|[ \u00a0])                                         # (b) information
      | [a-z]\)(?=\t|[ \u00a0])                                                  # b) information
      | [ivxl]{{1,5}}\)(?=\t|[ \u00a0])                                          # iv) information
      | \(\d{{1,2}}\)(?=\t|[ \u00a0])                                            # (2) information
      | [A-Z]\d{{0,2}}(?:\.\d{{1,2}})*\.?(?=\t)                                  # A1<tab>Information
      | [A-Z]\d{{1,2}}(?:\.\d{{1,2}})*\.?(?=[ \u00a0]+[A-ZĀĒĪŌŪ])                # A1 Information
      | [a-z]\.(?=\t)                                                            # b.<tab>information
    )[\t \u00a0]+(?=\S)""",
    re.VERBOSE,
)
_ROMAN = re.compile(r"(?=.)(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})\Z")
_ENCLOSED = re.compile(r"\(?([a-z]{1,5}|\d{1,3})\)\Z|([a-z]{1,5})\.?\Z")
_PARTS = re.compile(r"^[^(]*|\([^)]*\)")
_AFTER_LETTER = frozenset("0123456789).\t")
_WORDS = frozenset(
    {
        "and",
        "for",
        "the",
        "see",
        "or",
        "if",
        "all",
        "any",
        "eg",
        "ie",
        "nb",
        "cont",
        "new",
        "old",
        "not",
    }
)


def split_label(text: str) -> tuple[str, str] | None:
    """A number typed at the start of a paragraph and the words after it."""
    found = _TYPED.match(text) if _may_start_with_label(text) else None
    if found is None or found["label"].strip("()") in _WORDS:
        return None
    return found["label"], text[found.end() :]


def _may_start_with_label(text: str) -> bool:
    """A cheap look before the pattern: most paragraphs start with a word."""
    return text[:1].isdigit() or text[1:2] in _AFTER_LETTER or ")" in text[:7]


class Citing:
    """The numbers in force as a document is read downwards."""

    def __init__(self) -> None:
        self._anchors: list[tuple[int, str]] = []
        self._enclosed: list[tuple[str, str]] = []
        self._lists: dict[tuple[str, int], str] = {}

    def heading(self, outline: int) -> None:
        """An unnumbered heading ends the clauses at and below its level."""
        self._drop(outline)

    def automatic(self, label: Label, outline: int | None) -> str | None:
        """The full citation of a paragraph Word numbers."""
        core = _core(label.text)
        parent = self._parent(label)
        if not core:
            return None
        if parent is not None and not label.composite:
            path = _join(parent, core)
            if not core.startswith("("):
                self._anchor(path, outline)
        else:
            path = self._place(core, outline)
        self._remember(label, path)
        return path

    def typed(self, label: str, outline: int | None) -> str:
        """The full citation of a paragraph whose number its author typed."""
        return self._place(_core(label), outline)

    def _parent(self, label: Label) -> str | None:
        above = (
            self._lists.get((label.list_id, level)) for level in range(label.level - 1, -1, -1)
        )
        return next((path for path in above if path), None)

    def _remember(self, label: Label, path: str) -> None:
        self._lists[label.list_id, label.level] = path
        for level in range(label.level + 1, 9):
            self._lists.pop((label.list_id, level), None)

    def _place(self, core: str, outline: int | None) -> str:
        """An enclosed label hangs below the nearest number, or below its own (`4.2(b)`); any other stands alone."""
        path: str
        path, *enclosed = _PARTS.findall(core)
        if path:
            self._anchor(path, outline)
        for part in enclosed:
            path = self._enclose(part)
        return path

    def _enclose(self, core: str) -> str:
        shape = self._shape(core)
        shapes = [each for each, _ in self._enclosed]
        if shape in shapes:
            del self._enclosed[shapes.index(shape) :]
        above = (
            self._enclosed[-1][1]
            if self._enclosed
            else self._anchors[-1][1]
            if self._anchors
            else ""
        )
        self._enclosed.append((shape, above + core))
        return above + core

    def _shape(self, core: str) -> str:
        inner = core.strip("()")
        if inner.isdigit():
            return "digits"
        if not _ROMAN.match(inner):
            return "letters"
        follows = next((path for shape, path in self._enclosed if shape == "letters"), None)
        if follows is not None and len(inner) == 1 and follows.endswith(f"({chr(ord(inner) - 1)})"):
            return "letters"
        return "roman"

    def _anchor(self, path: str, outline: int | None) -> None:
        rank = outline or BODY
        self._drop(rank)
        self._anchors.append((rank, path))

    def _drop(self, rank: int) -> None:
        kept = [anchor for anchor in self._anchors if anchor[0] < rank]
        if kept != self._anchors or rank == BODY:
            self._enclosed.clear()
        self._anchors = kept


def _core(label: str) -> str:
    """A label without its full stop, letters in brackets: `4.2.` is 4.2, `b)` is (b), `a.` is (a)."""
    text = label.strip()
    enclosed = _ENCLOSED.match(text)
    if enclosed is None:
        return text.rstrip(".:) ") if not text.endswith(")") or "(" not in text else text
    inner = enclosed[1] or enclosed[2]
    return inner if inner.isdigit() and not text.startswith("(") else f"({inner})"


def _join(parent: str, core: str) -> str:
    return parent + core if core.startswith("(") else f"{parent}.{core}"
