"""Cards that are different for each person who looks at them, and say afterwards what is true by then.

Teams asks for a person's own view with an Action.Execute; a card for more people than it asks for stays the same
for all, with plain buttons (learn.microsoft.com: up-to-date cards).
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from microsoft_teams.cards import ExecuteAction, RefreshDefinition

from cards import wording
from cards.parts import button

LOOK = "card.look"
MOST_LOOKING = 60
Look = Literal["announced", "in_force", "checklist", "acknowledgements"]


def looked_at(look: Look, meeting: str, people: Sequence[str]) -> RefreshDefinition | None:
    """Each of these people is shown the card as it is for them, whenever they see it; None for too many."""
    if not 0 < len(people) <= MOST_LOOKING:
        return None
    ask = ExecuteAction(title=wording.REFRESH, verb=LOOK, data={"look": look, "meeting": meeting})
    return RefreshDefinition(action=ask, user_ids=list(people))


def button_in_place(
    title: str,
    verb: str,
    ids: Mapping[str, str],
    *,
    style: Literal["default", "positive", "destructive"] | None = None,
) -> ExecuteAction:
    """A button answered by the card as it is then; a client that cannot do that sends it like any other."""
    plain = button(title, verb, ids, style=style)
    return ExecuteAction(title=title, verb=verb, data=dict(ids), style=style, fallback=plain)
