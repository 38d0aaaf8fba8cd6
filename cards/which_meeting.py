"""Which meeting a person in several of them speaks of in 1:1 (design decision 9)."""

from collections.abc import Sequence

from cards import wording
from cards.message import CardMessage
from cards.parts import button, choice, heading, message

CHOOSE = "meeting.choose"
_MOST = 20


def which_meeting_card(meetings: Sequence[tuple[str, str | None]]) -> CardMessage:
    """Meetings by id with their titles; the choice is checked against the roster when it comes back."""
    named = [(key, title or wording.MEETING_UNNAMED) for key, title in meetings[:_MOST]]
    body = [
        heading(wording.WHICH_MEETING),
        choice("meeting", wording.WHICH_MEETING_LABEL, named),
    ]
    save = button(wording.WHICH_MEETING_SAVE, CHOOSE, style="positive")
    return message(body, wording.WHICH_MEETING, [save])
