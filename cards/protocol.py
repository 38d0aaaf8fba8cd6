"""What was read in a document: parties, signatures with their evidence, what to check."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import banner, heading, line, message, source_line, subheading, verbatim
from protocols.model import Finding, Protocol, Signatory

FINDINGS_SHOWN = 8


def reading_card(protocol: Protocol) -> CardMessage:
    """The reading of one document, signed state per agency; never one green tick (design decision 4)."""
    state = wording.SIGNED[protocol.signature.state]
    body: list[CardElement] = [
        *([banner(wording.DRAFT, "warning")] if protocol.is_draft else []),
        heading(wording.READING),
        source_line(protocol),
        verbatim(
            TextRun(text=f"{len(protocol.clauses)} clauses in {len(protocol.sections)} sections")
        ),
        subheading(wording.READING_SIGNATURES),
        verbatim(TextRun(text=protocol.signature.reason)),
        *(_signatory(signatory) for signatory in protocol.signatories),
        *_findings(protocol.findings),
    ]
    return message(body, f"{wording.READING}: {protocol.title or ''} {state}.")


def unreadable_card(reason: str) -> CardMessage:
    """A file that could not be read; `reason` is the one line of a ProtocolError."""
    return message(
        [heading(wording.READ_FAILED), verbatim(TextRun(text=reason))], wording.READ_FAILED
    )


def _signatory(signatory: Signatory) -> CardElement:
    when = f", {signatory.date.day} {signatory.date:%B %Y}" if signatory.date else ""
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
        [line(wording.more_findings(len(findings) - len(shown)))]
        if len(findings) > len(shown)
        else []
    )
    return [subheading(wording.READING_FINDINGS), *(_finding(finding) for finding in shown), *more]


def _finding(finding: Finding) -> CardElement:
    where = f" ({finding.clause})" if finding.clause else ""
    return verbatim(
        TextRun(text=f"{wording.SEVERITIES[finding.severity]}: ", weight="Bolder"),
        TextRun(text=f"{finding.message}{where}"),
    )
