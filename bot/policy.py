"""When a protocol may be put in force: the operator's signature policy (design decision 4)."""

from typing import Literal

from cards import wording
from protocols.model import Protocol

SignaturePolicy = Literal["typed", "digital"]


def refusal(protocol: Protocol, policy: SignaturePolicy) -> str | None:
    """Why this protocol may not be published; None when it may."""
    if protocol.is_draft:
        return protocol.signature.reason
    by_hand = [s.agency for s in protocol.signatories if s.evidence != "digital"]
    if policy == "digital" and (by_hand or not protocol.signatories):
        return wording.needs_digital(by_hand or protocol.agencies)
    return None
