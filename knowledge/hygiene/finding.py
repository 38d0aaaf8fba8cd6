"""A finding is kind, place, confidence and rule: never the text it was found in."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "person_name",
    "date_of_birth",
    "address",
    "phone",
    "email",
    "nhi",
    "ird",
    "driver_licence",
    "passport",
    "bank_account",
    "payment_card",
    "vehicle_plate",
    "nsn",
    "client_number",
    "case_reference",
    "social_handle",
    "sensitive_detail",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """Apparent personal information at `text[start:end]` (Python string indices), 0..1 sure, found by `rule`."""

    kind: Kind
    start: int
    end: int
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Scan:
    """What one message holds. `warn` is the decision; a finding alone need not warn."""

    warn: bool
    findings: tuple[Finding, ...]

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Kinds found, in order of first appearance, each once."""
        return tuple(dict.fromkeys(finding.kind for finding in self.findings))

    def to_json(self, message_id: str) -> Mapping[str, object]:
        """The contract's dictionary (design section 4), ready for json.dumps."""
        return {
            "id": message_id,
            "warn": self.warn,
            "findings": [
                {
                    "kind": finding.kind,
                    "start": finding.start,
                    "end": finding.end,
                    "confidence": round(finding.confidence, 3),
                    "rule": finding.rule,
                }
                for finding in self.findings
            ],
        }
