"""Which agency a person is here for: asked once a meeting, suggested, never assumed (design decision 9)."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    button,
    choice,
    fitting,
    heading,
    line,
    message,
    source_line,
    subheading,
    verbatim,
)
from protocols.model import Protocol

CHOOSE = "agency.choose"
CHANGE = "agency.change"
CHECKLIST = "checklist.show"
NONE = "none"
CORRECT = "agency.correct"
_MOST = 60


def agency_card(
    protocol: Protocol, meeting: str, suggested: str | None = None, then: str | None = None
) -> CardMessage:
    """The parties to choose from; the choice comes back as the party's place in the protocol, or `NONE`.

    `then` is the button's verb when the choice is asked for by something else that goes on with it.
    """
    value = str(protocol.agencies.index(suggested)) if suggested in protocol.agencies else None
    body = [
        heading(wording.AGENCY),
        line(wording.AGENCY_WHY),
        choice(
            "agency",
            wording.AGENCY_LABEL,
            [*_parties(protocol), (NONE, wording.AGENCY_NONE)],
            value,
        ),
        source_line(protocol),
    ]
    save = button(wording.AGENCY_SAVE, then or CHOOSE, {"meeting": meeting}, style="positive")
    return message(body, wording.AGENCY, [save])


def agencies_card(
    protocol: Protocol, people: Sequence[tuple[str, str, str | None]], meeting: str
) -> CardMessage:
    """Who is there for which agency (id, name, agency), with a way for the facilitator to put one right."""
    lines: list[CardElement] = [
        verbatim(
            TextRun(text=name, weight="Bolder"), TextRun(text=f"  {agency or wording.UNKNOWN}")
        )
        for _, name, agency in people
    ]
    body = [
        heading(wording.AGENCIES),
        *fitting(lines, ROOM // 3, wording.more_rows),
        subheading(wording.AGENCIES_CORRECT),
        choice("person", wording.PERSON_LABEL, [(one, name) for one, name, _ in people[:_MOST]]),
        choice("agency", wording.THEIR_AGENCY_LABEL, _parties(protocol)),
        source_line(protocol),
    ]
    save = button(wording.AGENCIES_SAVE, CORRECT, {"meeting": meeting}, style="positive")
    return message(body, wording.AGENCIES, [save])


def not_a_party_card(protocol: Protocol) -> CardMessage:
    """For somebody whose agency has not signed."""
    return message([line(wording.AGENCY_GUEST), source_line(protocol)], wording.AGENCY_GUEST)


def _parties(protocol: Protocol) -> list[tuple[str, str]]:
    return [(str(place), agency) for place, agency in enumerate(protocol.agencies)]
