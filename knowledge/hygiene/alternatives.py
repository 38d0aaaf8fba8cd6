"""Long lists of alternatives made quick: at each place only those are tried that can begin with its character."""

import re
from collections.abc import Iterable


def by_initial(alternatives: Iterable[str]) -> str:
    """A pattern for any of the alternatives, in their order, any case."""
    listed: dict[str, list[str]] = {}
    for alternative in alternatives:
        for initial in initials(alternative):
            listed.setdefault(initial, []).append(alternative)
    return "|".join(
        f"(?={re.escape(initial)})(?:{'|'.join(same)})" for initial, same in listed.items()
    )


def split(alternatives: str) -> list[str]:
    """Alternatives at the top level of a pattern."""
    parts, depth = [""], 0
    for character in alternatives:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "|" and not depth:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def initials(alternative: str) -> set[str]:
    """Characters that a match of the alternative can begin with, in lower case."""
    if not alternative.startswith("(?:"):
        return set("123456789") if alternative.startswith("\\d") else {alternative[0].lower()}
    close = _closing(alternative)
    inner = {initial for part in split(alternative[3:close]) for initial in initials(part)}
    rest = alternative[close + 1 :]
    return inner | initials(rest[1:].lstrip()) if rest.startswith("?") else inner


def _closing(alternative: str) -> int:
    depth = 0
    for place, character in enumerate(alternative):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if not depth:
            return place
    return len(alternative)
