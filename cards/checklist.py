"""The checklist of one attendee: the questions to go through, each answered by this protocol's clauses."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.acknowledgement import Reader, read_buttons, read_lines
from cards.agency import CHANGE
from cards.conflict import START as CONFLICT
from cards.looking import looked_at
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    button,
    draft_banner,
    heading,
    line,
    message,
    quotations,
    size,
    source_line,
    subheading,
    toggled,
    verbatim,
)
from knowledge.checklist import Checklist
from protocols.model import Clause, Protocol

_LEAST = 700


def checklist_card(
    found: Checklist, protocol: Protocol, meeting: str, reader: Reader
) -> CardMessage:
    """Purpose and law first; each question opens by a button so that it stays short on a phone."""
    title = wording.checklist_for(found.agency)
    questions = [
        *((wording.CHECKS[item.check], item.check, item.clauses) for item in found.items),
        (wording.CHECK_RECEIVE, "receive", found.received),
    ]
    body: list[CardElement] = [
        *draft_banner(protocol),
        heading(title),
        line(wording.CHECKLIST_LEAD),
        *_purpose(found, protocol),
        *_questions(questions, protocol),
        source_line(protocol),
        *read_lines(reader),
    ]
    ids = {"meeting": meeting}
    actions = [
        *read_buttons(reader, meeting, "checklist", [reader.id]),
        button(wording.CONFLICT, CONFLICT, ids),
        button(wording.CHANGE_AGENCY, CHANGE, ids),
    ]
    return message(body, title, actions, looked_at("checklist", meeting, [reader.id]))


def _purpose(found: Checklist, protocol: Protocol) -> list[CardElement]:
    law = [verbatim(TextRun(text=name)) for name in found.legal_authority[:6]]
    return [
        *([subheading(wording.CHECK_PURPOSE)] if found.purpose else []),
        *quotations(found.purpose, protocol, ROOM // 5),
        *([subheading(wording.CHECK_AUTHORITY), *law] if law else []),
    ]


def _questions(
    questions: Sequence[tuple[str, str, tuple[Clause, ...]]], protocol: Protocol
) -> list[CardElement]:
    """Room goes to each question in turn; what one leaves over, the next may use."""
    room = ROOM - _LEAST * len(questions)
    elements: list[CardElement] = []
    for left, (title, name, clauses) in zip(range(len(questions), 0, -1), questions, strict=True):
        said = quotations(clauses, protocol, room // left + _LEAST // 2)
        room -= max(sum(map(size, said)) - _LEAST // 2, 0)
        silent = wording.CHECK_NO_ROWS if name == "share" else wording.SILENT
        counted = wording.show_check(title, len(clauses))
        shown = name == "share"
        elements += toggled(f"check-{name}", counted, said or [line(silent)], shown=shown)
    return elements
