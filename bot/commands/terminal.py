"""Answers and findings as plain text, with the same words as the cards."""

import textwrap
from collections.abc import Iterator

from cards import wording
from cards.answer import headline
from knowledge.answers import Answer
from knowledge.hygiene.finding import Scan
from protocols.model import Clause, Protocol

WIDTH = 100


def answer_text(answer: Answer, protocol: Protocol) -> str:
    """An answer as the card says it."""
    return "\n".join(_answer_lines(answer, protocol))


def scan_text(found: Scan) -> str:
    """The decision and the kinds; never the values."""
    if not found.findings:
        return "No personal information found."
    decision = wording.NOTICE if found.warn else "Nothing to warn about"
    return f"{decision}. {wording.kinds_found(found.kinds)}"


def clause_lines(clause: Clause) -> Iterator[str]:
    """Citation and heading, then the words, indented."""
    yield f"  {clause.cite}  ({clause.heading})"
    body = (
        [f"{column}: {value}" for column, value in clause.cells.items()]
        if clause.cells
        else [clause.text]
    )
    for text in [*body, *clause.notes]:
        yield from textwrap.wrap(
            text, WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False
        )


def _answer_lines(answer: Answer, protocol: Protocol) -> Iterator[str]:
    if answer.danger:
        yield wording.DANGER
        if answer.danger_clause:
            yield from clause_lines(answer.danger_clause)
    if protocol.is_draft:
        yield wording.DRAFT
    if answer.danger and answer.outcome == "not_covered":
        return
    for part in answer.parts or (answer,):
        yield from _part_lines(part, protocol)


def _part_lines(answer: Answer, protocol: Protocol) -> Iterator[str]:
    yield headline(answer, protocol)
    if answer.outcome == "not_covered":
        yield from textwrap.wrap(wording.SILENCE_DETAILS[answer.reason or "no_clause"], WIDTH)
        if answer.nearest and answer.reason in {None, "no_clause"}:
            yield f"{wording.NEAREST}: {'; '.join(clause.cite for clause in answer.nearest)}"
    for quote in answer.clauses:
        yield from clause_lines(quote.clause)
    if answer.legal_authority:
        yield f"{wording.LEGAL_AUTHORITY}: {'; '.join(answer.legal_authority)}"
    if answer.restrictions:
        yield f"{wording.LIMITS}:"
        for clause in answer.restrictions:
            yield from clause_lines(clause)
    if answer.reason != "small_talk":
        for contact in answer.contacts:
            details = "; ".join(text for text in (contact.agency, contact.details) if text)
            yield f"{wording.CONTACT_ROLES[contact.role]}: {contact.name}. {details}"
