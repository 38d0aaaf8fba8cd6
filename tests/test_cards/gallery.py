"""Every card the bot can send, made from the sample protocol."""

from collections.abc import Mapping
from dataclasses import replace

from bot.demo.gallery import every_card
from cards.message import CardMessage
from protocols.model import Clause, Protocol
from tests.test_cards.sample import POLICE, sample_protocol


def gallery(protocol: Protocol | None = None) -> Mapping[str, CardMessage]:
    """Cards by name."""
    return every_card(protocol or sample_protocol(), sample_protocol(signed=False), _earlier())


def _earlier() -> Protocol:
    """The sample with another e-mail rule, without the clause on tikanga, and one sharing row narrower."""
    now = sample_protocol()
    rules = (replace(now.rules[0], recipients=(POLICE,)), *now.rules[1:])
    sections = tuple(
        replace(section, clauses=tuple(map(_before, section.clauses)))
        for section in now.sections
        if section.key != "tikanga"
    )
    return replace(now, sections=sections, rules=rules)


def _before(clause: Clause) -> Clause:
    return replace(clause, text=clause.text.replace("five working days", "ten working days"))
