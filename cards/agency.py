"""Which agency a person is here for: asked once a meeting, suggested, never assumed (design decision 9)."""

from cards import wording
from cards.message import CardMessage
from cards.parts import button, choice, heading, line, message, source_line
from protocols.model import Protocol

CHOOSE = "agency.choose"
CHANGE = "agency.change"
CHECKLIST = "checklist.show"
NONE = "none"


def agency_card(protocol: Protocol, meeting: str, suggested: str | None = None) -> CardMessage:
    """The parties to choose from; the choice comes back as the party's place in the protocol, or `NONE`."""
    parties = [(str(place), agency) for place, agency in enumerate(protocol.agencies)]
    value = str(protocol.agencies.index(suggested)) if suggested in protocol.agencies else None
    body = [
        heading(wording.AGENCY),
        line(wording.AGENCY_WHY),
        choice("agency", wording.AGENCY_LABEL, [*parties, (NONE, wording.AGENCY_NONE)], value),
        source_line(protocol),
    ]
    save = button(wording.AGENCY_SAVE, CHOOSE, {"meeting": meeting}, style="positive")
    return message(body, wording.AGENCY, [save])


def not_a_party_card(protocol: Protocol) -> CardMessage:
    """For somebody whose agency has not signed."""
    return message([line(wording.AGENCY_GUEST), source_line(protocol)], wording.AGENCY_GUEST)
