"""How the words around a number speak for or against it."""

import re
from dataclasses import dataclass

from knowledge.hygiene.alternatives import by_initial
from knowledge.hygiene.finding import Finding, Kind
from knowledge.hygiene.folding import Folded
from knowledge.hygiene.policy import AFTER, BEFORE, NEAR

_TABLE_SEPARATOR = re.compile(r"\t|\||,")
PLACEHOLDER = re.compile(
    r"\b(?:dummy|placeholder|joe bloggs|(?:jane|john|joe) (?:doe|smith|citizen)|first ?name last ?name|format is|fill it in like"
    r"|test data|123 (?:any|example)\w* st|any ?street|abc1234|zzz00\d\d|021 (?:000 0000|123 4567))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A shape found at `text[start:end]` of the folded message, and how sure its own form makes it."""

    kind: Kind
    start: int
    end: int
    confidence: float
    rule: str

    def finding(self, folded: Folded) -> Finding:
        """The same as a finding in the original message."""
        start, end = folded.span(self.start, self.end)
        return Finding(self.kind, start, end, self.confidence, self.rule)


def words(*alternatives: str) -> re.Pattern[str]:
    """A pattern for whole words, any case."""
    return re.compile(rf"(?<![A-Za-z])(?:{by_initial(alternatives)})(?![A-Za-z])", re.IGNORECASE)


def distance(cue: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Characters to the nearest cue around `text[start:end]`, or in its column's heading; None when there is none."""
    before = text[max(0, start - BEFORE) : start]
    after = text[end : end + AFTER]
    places = [len(before) - found.end() for found in cue.finditer(before)]
    found = cue.search(after)
    if found:
        places.append(found.start() + 12)
    heading = _heading(text, start)
    if not places and heading is not None and cue.search(heading):
        places.append(BEFORE)
    return min(places, default=None)


def against(counter: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Characters to the nearest counter-cue in the same line; None when there is none close by."""
    line, stop = _line(text, start, end)
    before = text[max(line, start - NEAR) : start]
    places = [len(before) - found.end() for found in counter.finditer(before)]
    found = counter.search(text[end : min(end + NEAR, stop)])
    if found:
        places.append(found.start() + 4)
    return min(places, default=None)


def countered(counter: re.Pattern[str], text: str, start: int, end: int) -> bool:
    """Whether a counter-cue stands close by in the same line."""
    return against(counter, text, start, end) is not None


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _heading(text: str, start: int) -> str | None:
    first, separator, _ = text.partition("\n")
    if not separator or start <= len(first) or not _TABLE_SEPARATOR.search(first):
        return None
    return first
