"""A finding is kind, place, confidence and rule: never the text it was found in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
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


LIKELY = 0.5
"""A finding at least this sure is spoken of; a weaker one only when there is no other."""
_HEALTH = ("health", "mental_health")


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

    @property
    def likely_kinds(self) -> tuple[Kind, ...]:
        """The kinds to name to the sender."""
        return tuple(dict.fromkeys(finding.kind for finding in self._likely)) or self.kinds

    @property
    def about_health(self) -> bool:
        """Whether a detail about somebody's health is among them, or a health number."""
        return any(one.kind == "nhi" or one.rule in _HEALTH for one in self._likely)

    def without(self, kinds: frozenset[Kind]) -> "Scan":
        """The same with these kinds left out; it warns only if something likely is left."""
        if kinds.isdisjoint(self.kinds):
            return self
        left = Scan(self.warn, tuple(one for one in self.findings if one.kind not in kinds))
        return left if left._likely else replace(left, warn=False)

    @property
    def _likely(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.confidence >= LIKELY)

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
