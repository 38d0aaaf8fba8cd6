"""Counts over a span of time, for the people who look after a protocol: numbers and topics, never words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Report:
    """What happened around one meeting series. Months are `2026-11`; questions are counted by
    section key of the answer; one notice may be of several `kinds`.

    `unanswered` counts questions no clause answered, by the section that came closest.
    """

    first: date
    last: date
    questions: Mapping[str, int]
    unanswered: Mapping[str, int]
    notices: int
    kinds: Mapping[str, int]
    acknowledged: int
    attendees: int
    conflicts: Mapping[str, int]
    breaches: Mapping[str, int]
    reviews: int

    @property
    def asked(self) -> int:
        """All questions, answered or not."""
        return sum(self.questions.values()) + sum(self.unanswered.values())
