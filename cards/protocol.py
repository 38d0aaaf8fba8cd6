"""What was read in a document: parties, signatures with their evidence, what to check."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, SubmitAction, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    banner,
    fitting,
    heading,
    line,
    message,
    source_line,
    subheading,
    verbatim,
)
from protocols.model import Finding, Protocol, Signatory

FINDINGS_SHOWN = 8


def reading_card(
    protocol: Protocol,
    *,
    changes: Sequence[CardElement] = (),
    refusal: str | None = None,
    actions: Sequence[SubmitAction] = (),
) -> CardMessage:
    """The reading of one document, signed state per agency; never one green tick (design decision 4).

    `changes` since the version in force, `refusal` why it cannot be published yet, and what can be done with it.
    """
    state = wording.SIGNED[protocol.signature.state]
    body: list[CardElement] = [
        *([banner(wording.DRAFT, "warning")] if protocol.is_draft else []),
        heading(wording.READING),
        source_line(protocol),
        line(wording.counted(len(protocol.clauses), len(protocol.sections))),
        *_parties(protocol),
        *signature_lines(protocol),
        *(
            [subheading(wording.PUBLISH_REFUSED), verbatim(TextRun(text=refusal))]
            if refusal
            else []
        ),
        *_findings(protocol.findings),
        *changes,
    ]
    return message(body, f"{wording.READING}: {protocol.title or ''} {state}.", actions)


def signature_lines(protocol: Protocol) -> list[CardElement]:
    """The verdict, then each party with the evidence for its signature."""
    signatories: list[CardElement] = [_signatory(signatory) for signatory in protocol.signatories]
    return [
        subheading(wording.READING_SIGNATURES),
        verbatim(TextRun(text=protocol.signature.reason)),
        *fitting(signatories, ROOM // 4, wording.more_rows),
    ]


def unreadable_card(reason: str) -> CardMessage:
    """A file that could not be read; `reason` is the one line of a ProtocolError."""
    return message(
        [heading(wording.READ_FAILED), verbatim(TextRun(text=reason))], wording.READ_FAILED
    )


def _parties(protocol: Protocol) -> list[CardElement]:
    """The agencies, unless the signatures below name each of them anyway."""
    if set(protocol.agencies) <= {signatory.agency for signatory in protocol.signatories}:
        return []
    names: list[CardElement] = [verbatim(TextRun(text=agency)) for agency in protocol.agencies]
    return [subheading(wording.READING_PARTIES), *fitting(names, ROOM // 5, wording.more_rows)]


def _signatory(signatory: Signatory) -> CardElement:
    when = f", {wording.day(signatory.date)}" if signatory.date else ""
    return verbatim(
        TextRun(text=f"{signatory.agency}: ", weight="Bolder"),
        TextRun(text=f"{wording.EVIDENCE[signatory.evidence]}{when}"),
    )


def _findings(findings: Sequence[Finding]) -> list[CardElement]:
    if not findings:
        return []
    order = ("error", "warning", "note")
    shown = sorted(findings, key=lambda finding: order.index(finding.severity))[:FINDINGS_SHOWN]
    more = (
        [line(wording.more_rows(len(findings) - len(shown)), subtle=True)]
        if len(findings) > len(shown)
        else []
    )
    said: list[CardElement] = [_finding(finding) for finding in shown]
    return [
        subheading(wording.READING_FINDINGS),
        *fitting(said, ROOM // 4, wording.more_rows),
        *more,
    ]


def _finding(finding: Finding) -> CardElement:
    where = f" ({finding.clause})" if finding.clause else ""
    return verbatim(
        TextRun(text=f"{wording.SEVERITIES[finding.severity]}: ", weight="Bolder"),
        TextRun(text=f"{finding.message}{where}"),
    )
