"""What each person said in the last two minutes, in memory only: numbers split over messages are found (decision 7)."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

_SPAN = timedelta(minutes=2)
_MOST = 12


@dataclass(frozen=True, slots=True)
class _Said:
    at: datetime
    message: str
    text: str = field(repr=False)
    question: str | None = field(repr=False)


class Window:
    """Per conversation and person; forgets by itself, and everything when the process ends."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._said: dict[tuple[str, str], list[_Said]] = {}

    def earlier(self, conversation: str, person: str, besides: str = "") -> tuple[str, ...]:
        """What they said before, oldest first, `besides` the message with this id."""
        recent = self._recent(conversation, person)
        return tuple(said.text for said in recent if not besides or said.message != besides)

    def questions(self, conversation: str, person: str) -> tuple[str, ...]:
        """What they asked before, oldest first, personal information left out."""
        return tuple(s.question for s in self._recent(conversation, person) if s.question)

    def add(
        self, conversation: str, person: str, message: str, text: str, question: str | None
    ) -> None:
        """Remember this for two minutes; `question` when it was put to the bot."""
        self._drop_old()
        said = self._said.pop((conversation, person), [])
        said.append(_Said(self._now(), message, text, question))
        self._said[(conversation, person)] = said[-_MOST:]

    def change(self, conversation: str, person: str, message: str, text: str | None) -> None:
        """The message has other words now, or none: what it said before is forgotten."""
        said = self._said.get((conversation, person))
        if said is None:
            return
        for one in [one for one in said if one.message == message]:
            at = said.index(one)
            if text is None:
                del said[at]
            else:
                said[at] = replace(one, text=text, question=None)
        if not said:
            del self._said[(conversation, person)]

    def _recent(self, conversation: str, person: str) -> tuple[_Said, ...]:
        now = self._now()
        said = self._said.get((conversation, person), ())
        return tuple(one for one in said if abs(now - one.at) <= _SPAN)

    def _drop_old(self) -> None:
        """Whoever spoke longest ago stands in front: nobody else is looked at, however many write."""
        now = self._now()
        while self._said:
            first = next(iter(self._said))
            if abs(now - self._said[first][-1].at) <= _SPAN:
                break
            del self._said[first]
