"""Which party an e-mail domain belongs to: a suggestion for the person to confirm, never assumed."""

from collections.abc import Iterator

from knowledge.agencies import Agencies
from knowledge.language import fold
from protocols.model import Protocol


def party_of_domain(domain: str, protocol: Protocol) -> str | None:
    """The one party with a name written like a part of the domain: police.govt.nz, ot.govt.nz; None when unsure."""
    agencies = Agencies(protocol)
    found = {party for part in _own_parts(domain) if (party := agencies.written_as(part))}
    return found.pop() if len(found) == 1 else None


def _own_parts(domain: str) -> Iterator[str]:
    """The parts that are the owner's: without the country's and, in New Zealand, the kind (govt, org, school)."""
    parts = domain.lower().split(".")
    shared = 2 if parts[-1] == "nz" else 1
    return (fold(part).replace("-", "").replace(" ", "") for part in parts[:-shared])
