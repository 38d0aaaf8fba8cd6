"""Something went wrong: whom to ring and the first steps at once; a button that tells them, without details."""

from datetime import datetime

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    button,
    draft_banner,
    fitting,
    heading,
    line,
    message,
    quotations,
    source_line,
    subheading,
    verbatim,
)
from cards.telling import Reached, alert_card, told_card
from protocols.model import Clause, Contact, Protocol

TELL = "breach.tell"


def breach_card(protocol: Protocol, meeting: str) -> CardMessage:
    """The protocol's contact and first steps."""
    body = [
        *draft_banner(protocol),
        heading(wording.BREACH),
        line(wording.BREACH_LEAD),
        *contact_lines(protocol),
        *step_lines(protocol),
        source_line(protocol),
    ]
    names = ", ".join(_call(contact) for contact in _contacts(protocol))
    tell = button(wording.BREACH_TELL, TELL, {"meeting": meeting}, style="positive")
    summary = f"{wording.BREACH}. {wording.BREACH_CONTACT} {names}" if names else wording.BREACH
    return message(body, summary, [tell])


def breach_told_card(protocol: Protocol, at: datetime, reached: Reached) -> CardMessage:
    """What has been told and when, if there was anybody to tell; ringing still comes first."""
    said = wording.BREACH_TOLD[reached]
    return told_card(protocol, wording.BREACH, said, at, contact_lines(protocol))


def breach_alert_card(
    protocol: Protocol, who: str, agency: str | None, at: datetime
) -> CardMessage:
    """For facilitator and breach contact: who reports it and when, and the protocol's steps; no details."""
    said = wording.breach_alert(who, agency)
    rest = [line(wording.BREACH_ALERT_NEXT), *contact_lines(protocol), *step_lines(protocol)]
    return alert_card(protocol, wording.BREACH, said, at, rest)


def contact_lines(protocol: Protocol) -> list[CardElement]:
    """The breach contacts, first one first; an honest line when there is none."""
    found = _contacts(protocol)
    if not found:
        return [line(wording.BREACH_NO_CONTACT)]
    lines: list[CardElement] = [_contact(contact) for contact in found]
    return [subheading(wording.BREACH_CONTACT), *fitting(lines, ROOM // 4, wording.more_rows)]


def _contacts(protocol: Protocol) -> list[Contact]:
    return [contact for contact in protocol.contacts if contact.role == "breach"]


def _contact(contact: Contact) -> CardElement:
    details = "; ".join(text for text in (contact.agency, contact.details) if text)
    return verbatim(
        TextRun(text=contact.name, weight="Bolder"),
        TextRun(text=f"  {details} ({contact.clause})" if details else f"  ({contact.clause})"),
    )


def _call(contact: Contact) -> str:
    return f"{contact.name} {contact.details or ''}".strip()


def step_lines(protocol: Protocol) -> list[CardElement]:
    """The protocol's first steps, word for word."""
    steps = _first_steps(protocol)
    if not steps:
        return [line(wording.SILENT)]
    return [subheading(wording.BREACH_STEPS), *quotations(steps, protocol, ROOM // 2)]


def _first_steps(protocol: Protocol) -> list[Clause]:
    """The section's sentences in their own order: first things stand first. Rows are contacts."""
    said = [clause for clause in protocol.clauses if clause.section == "breach"]
    return [clause for clause in said if clause.kind != "table_row"][:5]
