"""From a draft to a protocol in force: which one to use, what is in force here, what it means for people."""

from collections.abc import Sequence
from datetime import date

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.acknowledgement import COPY, Reader, read_buttons, read_lines
from cards.agency import CHECKLIST
from cards.looking import Look, looked_at
from cards.message import CardMessage
from cards.parts import (
    button,
    choice,
    draft_banner,
    heading,
    line,
    message,
    source_line,
    verbatim,
)
from cards.protocol import signature_lines
from protocols.model import Protocol

PUBLISH = "protocol.publish"
DISCARD = "protocol.discard"
USE = "protocol.use"


def published_card(protocol: Protocol) -> CardMessage:
    """The way on from a published version."""
    body = [heading(wording.PUBLISHED_TITLE), line(wording.PUBLISHED), source_line(protocol)]
    return message(body, wording.PUBLISHED)


def discarded_card() -> CardMessage:
    return message([line(wording.DISCARDED)], wording.DISCARDED)


def use_card(published: Sequence[tuple[str, Protocol]]) -> CardMessage:
    """Published protocols by id, newest first, for a facilitator to choose from."""
    if not published:
        return message([line(wording.USE_NONE)], wording.USE_NONE)
    choices = [
        (identity, wording.source(protocol.title, protocol.version, protocol.signature.state))
        for identity, protocol in published[:25]
    ]
    body = [heading(wording.USE_WHICH), choice("protocol", wording.USE_LABEL, choices)]
    return message(body, wording.USE_WHICH, [button(wording.USE, USE, style="positive")])


def in_force_card(
    protocol: Protocol,
    meeting: str,
    since: date | None,
    *,
    new: bool,
    changes: Sequence[CardElement] = (),
    reader: Reader | None = None,
    people: Sequence[str] = (),
) -> CardMessage:
    """The protocol of this meeting; `new` when it has just been put in force, with what changed.

    `since` is None where nobody put it in force: it speaks wherever no other does.
    For one `reader`, or for all; then each of `people` gets a view of their own when they look.
    """
    title = wording.IN_FORCE_NOW if new else wording.IN_FORCE
    look: Look = "announced" if new else "in_force"
    looking = [reader.id] if reader else people
    body: list[CardElement] = [
        *draft_banner(protocol),
        heading(title),
        source_line(protocol),
        *_dates(protocol, since),
        *([line(wording.IN_FORCE_ASK)] if new else signature_lines(protocol)),
        *changes,
        *read_lines(reader),
    ]
    ids = {"meeting": meeting}
    actions = [
        *read_buttons(reader, meeting, look, looking),
        button(wording.GET_COPY, COPY, ids),
        button(wording.CHECKLIST, CHECKLIST, ids),
    ]
    summary = f"{title}: {protocol.title or wording.UNTITLED}"
    return message(body, summary, actions, looked_at(look, meeting, looking))


def _dates(protocol: Protocol, since: date | None) -> list[CardElement]:
    facts = {wording.SINCE: since, wording.REVIEW_DUE: protocol.review.due}
    if since is None:
        del facts[wording.SINCE]
    return [
        verbatim(
            TextRun(text=f"{name}: ", weight="Bolder"),
            TextRun(text=wording.day(on) if on else wording.UNKNOWN),
        )
        for name, on in facts.items()
    ]
