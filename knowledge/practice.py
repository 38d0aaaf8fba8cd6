"""Short scenarios made from a protocol's own sharing rules, with the row that answers them.

Practice instead of advice: Children's Teams guidance and the university study ask for local training.
"""

from dataclasses import dataclass
from random import Random

from protocols.model import Clause, Protocol, SharingRule


@dataclass(frozen=True, slots=True)
class Scenario:
    """`recipient` asks `sharer` for `information`. `listed`: the row names the recipient."""

    number: int
    sharer: str
    recipient: str
    information: str
    listed: bool
    clause: Clause


def scenario(protocol: Protocol, number: int, agency: str | None = None) -> Scenario | None:
    """The scenario with this number, always the same for the same protocol; None when no rule can be asked about.

    With `agency`, one in which that agency is asked to share, if the protocol has a rule for it.
    """
    usable = [rule for rule in protocol.rules if _is_clear(rule, protocol)]
    own = [rule for rule in usable if rule.agency == agency]
    if not usable:
        return None
    chance = Random(number)
    rule = chance.choice(own or usable)
    listed = chance.random() < 0.5
    recipient = _recipient(rule, protocol, chance, listed=listed)
    return Scenario(
        number=number,
        sharer=rule.agency or "",
        recipient=recipient,
        information=rule.information,
        listed=recipient in rule.recipients,
        clause=_clause(rule, protocol),
    )


def _is_clear(rule: SharingRule, protocol: Protocol) -> bool:
    """A rule with one sharer and at least one recipient, whose information no other rule speaks of."""
    same = [other for other in protocol.rules if other.information == rule.information]
    cites = {clause.cite for clause in protocol.clauses}
    return bool(
        rule.agency in protocol.agencies
        and rule.recipients
        and len(same) == 1
        and rule.clause in cites
    )


def _recipient(rule: SharingRule, protocol: Protocol, chance: Random, *, listed: bool) -> str:
    others = [a for a in protocol.agencies if a != rule.agency and a not in rule.recipients]
    return chance.choice(list(rule.recipients) if listed or not others else others)


def _clause(rule: SharingRule, protocol: Protocol) -> Clause:
    return next(clause for clause in protocol.clauses if clause.cite == rule.clause)
