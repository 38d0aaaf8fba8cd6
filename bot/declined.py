"""Kinds of finding that somebody said were not personal information: quiet for them, in that meeting, in memory only."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from knowledge.hygiene.finding import Kind

_SPAN = timedelta(hours=12)


class Declined:
    """Per conversation and person; forgets after twelve hours, and everything when the process ends."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._until: dict[tuple[str, str, Kind], datetime] = {}

    def add(self, conversation: str, person: str, kinds: Iterable[Kind]) -> None:
        """Be quiet about these kinds."""
        now = self._now()
        self._until = {key: until for key, until in self._until.items() if until > now}
        self._until |= {(conversation, person, kind): now + _SPAN for kind in kinds}

    def kinds(self, conversation: str, person: str) -> frozenset[Kind]:
        """The kinds to be quiet about."""
        now = self._now()
        return frozenset(
            kind
            for (where, who, kind), until in self._until.items()
            if (where, who) == (conversation, person) and until > now
        )
