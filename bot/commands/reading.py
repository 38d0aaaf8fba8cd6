"""`read` and `changes`: what protocols say."""

import dataclasses
import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.commands.files import CommandError, open_protocol, read_bytes
from cards import wording
from protocols.errors import ProtocolError
from protocols.model import Clause, Protocol


def read(
    file: Annotated[Path, typer.Argument(help="The protocol as a Word file.", metavar="FILE.docx")],
    as_json: Annotated[
        bool, typer.Option("--json", help="Everything that was read, as JSON.")
    ] = False,
    as_text: Annotated[
        bool, typer.Option("--text", help="Any DOCX as Word shows it: label TAB text.")
    ] = False,
    trust: Annotated[
        Path | None,
        typer.Option(
            envvar="CLAUSEWISE_TRUST_STORE",
            help="PEM certificates whose digital signatures you trust.",
            metavar="FILE.pem",
        ),
    ] = None,
) -> None:
    """What a protocol says, whether it is signed, and what is missing."""
    if as_text:
        print(_plain_text(file), end="")
        return
    protocol = open_protocol(file, trust)
    print(
        json.dumps(protocol_json(protocol), ensure_ascii=False) if as_json else _summary(protocol)
    )


def changes(
    old: Annotated[Path, typer.Argument(metavar="OLD.docx")],
    new: Annotated[Path, typer.Argument(metavar="NEW.docx")],
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """What changed between two versions of a protocol."""
    from protocols.changes import changes as compare

    found = compare(open_protocol(old), open_protocol(new))
    if as_json:
        print(json.dumps(found.to_json(), ensure_ascii=False))
        return
    for sentence in found.sentences():
        print(sentence)


def protocol_json(protocol: Protocol) -> dict[str, object]:
    """The contract's dictionary (design section 4), ready for json.dumps."""
    return {
        "title": protocol.title,
        "version": protocol.version,
        "security_classification": protocol.security_classification,
        "agencies": list(protocol.agencies),
        "lead_agency": protocol.lead_agency,
        "sections": [
            {
                "key": section.key,
                "number": section.number,
                "heading": section.heading,
                "clauses": [_clause(clause) for clause in section.clauses],
            }
            for section in protocol.sections
        ],
        "rules": [_plain(rule) for rule in protocol.rules],
        "contacts": [_plain(contact) for contact in protocol.contacts],
        "signatories": [_plain(signatory) for signatory in protocol.signatories],
        "signature": _plain(protocol.signature),
        "review": _plain(protocol.review),
        "findings": [_plain(finding) for finding in protocol.findings],
    }


def _clause(clause: Clause) -> dict[str, object]:
    return {
        "id": clause.id,
        "number": clause.number,
        "cite": clause.cite,
        "kind": clause.kind,
        "text": clause.text,
        "cells": dict(clause.cells) if clause.cells is not None else None,
        "notes": list(clause.notes),
        "section": clause.section,
        "heading": clause.heading,
    }


def _plain(value: object) -> object:
    """A dataclass tree as dictionaries, lists and ISO dates."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value


def _plain_text(file: Path) -> str:
    from protocols.word.blocks import read_document
    from protocols.word.package import open_package
    from protocols.word.text import plain_text

    try:
        text = plain_text(read_document(open_package(read_bytes(file))))
    except ProtocolError as error:
        raise CommandError(f"{file}: {error}") from error
    return text if text.endswith("\n") or not text else text + "\n"


def _summary(protocol: Protocol) -> str:
    facts = [
        ("Title", protocol.title),
        ("Version", protocol.version),
        ("Classification", protocol.security_classification),
        ("Lead agency", protocol.lead_agency),
        ("Agencies", "; ".join(protocol.agencies) or None),
        ("Signed", f"{wording.SIGNED[protocol.signature.state]}. {protocol.signature.reason}"),
        ("Review", _review(protocol)),
    ]
    lines = [f"{name + ':':<16}{value or 'not found'}" for name, value in facts]
    lines += ["", f"{len(protocol.clauses)} clauses in {len(protocol.sections)} sections:"]
    lines += [
        f"  {section.number or '':<5}{section.heading} ({len(section.clauses)})"
        for section in protocol.sections
    ]
    lines += ["", "Signatories:" if protocol.signatories else "No signatories found."]
    lines += [
        f"  {signatory.agency}: {signatory.name or 'no name'}, {signatory.date or 'no date'} ({wording.EVIDENCE[signatory.evidence]})"
        for signatory in protocol.signatories
    ]
    if protocol.findings:
        lines += ["", "Worth checking:"]
    lines += [
        f"  {wording.SEVERITIES[finding.severity]}: {finding.message}{f' ({finding.clause})' if finding.clause else ''}"
        for finding in protocol.findings
    ]
    return "\n".join(lines)


def _review(protocol: Protocol) -> str | None:
    review = protocol.review
    parts = [review.period, f"due {review.due}" if review.due else None, review.responsible]
    return ", ".join(part for part in parts if part) or None
