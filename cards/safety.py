"""The safety line alone, for words of danger that were not a question (design decision 1)."""

from cards import wording
from cards.message import CardMessage
from cards.parts import banner, message, quotation
from protocols.model import Clause, Protocol


def safety_card(protocol: Protocol | None, clause: Clause | None) -> CardMessage:
    """111 first, then the protocol's own clause on serious threats if it has one."""
    quoted = [quotation(clause, protocol)] if protocol and clause else []
    return message([banner(wording.DANGER, "attention"), *quoted], wording.DANGER)
