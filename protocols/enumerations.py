"""Agencies in an enumeration: "New Zealand Police, the Kōwhai Trust (the Trust) and Fetu Ola, a Pacific provider"."""

import re
from collections.abc import Iterator

from protocols.names import BRACKET, government, without_article
from protocols.wording import vocabulary

_CALLED = re.compile(r"\b(?:called|call|known as|referred to as)\s+(?:the\s+)?(?P<alias>[^,;.()]+)")
_BEFORE_CALLED = re.compile(
    r"[\s,]+(?:together |which we |that we )*(?:called|call|known as|referred to as)\s"
)
_APPOSITION = re.compile(r",\s+an?\s+(?:(?!\s+and\s+(?:the\s+)?[A-ZĀĒĪŌŪ])[^,;])+")
_RELATIVE = re.compile(r",\s+(?:which|who|whose)\s[^,;]+")
_PART = re.compile(r"(?:the\s+)?(?P<part>[a-zāēīōū][a-zāēīōū' -]+?) of (?:the )?(?=[A-ZĀĒĪŌŪ])")
"""A part that takes part: "the maternal mental health team of Health New Zealand"."""
_THROUGH = re.compile(r"\s+through\s+(?:its\s+|the\s+)?(?=[A-ZĀĒĪŌŪ])")
_DESCRIBES = re.compile(r"[A-ZĀĒĪŌŪ][^“”\"]*\s[a-zāēīōū]\S*")
_PROFESSIONS = {
    "midwives": "midwife",
    "nurses": "nurse",
    "pharmacists": "pharmacist",
    "doctors": "doctor",
}
_ALIAS_WORDS = 5
Named = tuple[str, tuple[str, ...]]
"""A name and its aliases."""


def split_list(text: str) -> list[str]:
    """The items of an enumeration: cut at its semicolons, or at commas and the last "and" where it has none.

    Brackets and known names stay whole.
    """
    shielded = _shield(text)
    pieces = [text[a:b] for a, b in _cuts(shielded)]
    merged: list[str] = []
    for piece in pieces:
        piece = piece.strip().removeprefix("and ").strip()
        if merged and (_same_agency(merged[-1], piece) or not re.search(r"[A-ZĀĒĪŌŪ]", piece)):
            merged[-1] += f", called {piece}" if _same_agency(merged[-1], piece) else f", {piece}"
        elif piece:
            merged.append(piece)
    return merged


def _cuts(shielded: str) -> Iterator[tuple[int, int]]:
    start = 0
    parted = shielded.count(";") > 1
    for found in re.finditer(r";\s+(?:and\s+)?" if parted else r"[,;]\s+(?:and\s+)?", shielded):
        yield start, found.start()
        start = found.end()
    last = -1 if parted else shielded.rfind(" and ", start)
    if last >= 0:
        yield start, last
        start = last + 5
    yield start, len(shielded)


def _shield(text: str) -> str:
    hidden = BRACKET.sub(lambda m: "\0" * len(m.group()), text)
    for described in (_APPOSITION, _RELATIVE):
        hidden = described.sub(lambda m: "\0" * len(m.group()), hidden)
    for names in vocabulary().government:
        for name in names:
            if " and " in name or "," in name:
                at = hidden.find(name)
                while at >= 0:
                    hidden = hidden[:at] + "\0" * len(name) + hidden[at + len(name) :]
                    at = hidden.find(name)
    tail = re.search(r"Homes and Communities", hidden)
    return hidden if tail is None else hidden[: tail.start()] + "\0" * 21 + hidden[tail.end() :]


def _same_agency(left: str, right: str) -> bool:
    a, b = (
        government(without_article(BRACKET.sub("", left))),
        government(without_article(BRACKET.sub("", right))),
    )
    return a is not None and a == b


def read_item(text: str) -> Iterator[Named]:
    """The name and aliases in one item of a list of parties."""
    aliases = [alias for bracket in BRACKET.findall(text) for alias in _bracket_alias(bracket)]
    bare = " ".join(BRACKET.sub(" ", text).split()).strip(" ;.,")
    bare = re.sub(r"[;,]?\s+and$", "", bare)
    called = [found.group("alias").strip() for found in _CALLED.finditer(bare)]
    head = re.split(r"[,;:](?=\s)", _BEFORE_CALLED.split(bare)[0])[0].strip(" ,;.")
    head, *through = _THROUGH.split(head, 1)
    name = _capitalised(head)
    if re.match(r"(?:the\s+)?\w+s of ", head) and called:
        name = called[0]
    if name and not re.match(r"(?:Table|Schedule|Appendix|Clause|Section)\b", name):
        parts = (*through, *_teams(bare), *_schools(bare), *_people(name))
        yield name, (*aliases, *called, *parts)


def _teams(text: str) -> Iterator[str]:
    """The parts of an agency that take part: "for its district nurses and rural mental health team"."""
    part = _PART.match(text)
    if part and len(part["part"].split()) > 1:
        yield part["part"]
    found = re.search(r"(?:for|through) its ([^,;]+)", text)
    if found:
        yield from (
            piece.strip() for piece in found.group(1).split(" and ") if len(piece.split()) > 1
        )


def _schools(text: str) -> Iterator[str]:
    if re.search(r"\b(?:School|College|Kura)\b", text):
        yield from ("schools", "school")


def _people(name: str) -> Iterator[str]:
    """What its members are called, where a body is named for their profession."""
    for many, one in _PROFESSIONS.items():
        if many in name.casefold():
            yield from (many, one)


def _bracket_alias(bracket: str) -> Iterator[str]:
    called = _CALLED.search(bracket)
    if called:
        yield called.group("alias").strip()
    elif (
        not re.match(r"(?:an?|in|for|when|who|which|lead|associate)\b", bracket)
        and not _DESCRIBES.fullmatch(bracket)
        and len(bracket.split()) <= _ALIAS_WORDS
    ):
        yield from (
            re.sub(r"^[“”\"']|[“”\"']$", "", a.strip())
            for a in re.split(r"\s+or\s+|,\s*", bracket)
            if a.strip()
        )


def _capitalised(text: str) -> str | None:
    found = re.search(r"(?:^|\s)(?=[A-ZĀĒĪŌŪ])(?!The\s)\S.*", text)
    return without_article(found.group().strip()) if found else None
