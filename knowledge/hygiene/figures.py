"""Public figures, who are not personal information here (vicary's gazetteer and our own list)."""

from collections.abc import Mapping, Sequence
from functools import cache

from knowledge.hygiene.gazetteer import names_a_public_figure
from knowledge.hygiene.lexicon import NAME, Known
from knowledge.hygiene.words import known_words
from knowledge.language import vocabulary


@cache
def agencies() -> Mapping[str, Sequence[Sequence[str]]]:
    """Names of agencies that have several words, folded, by their first word."""
    found: dict[str, list[list[str]]] = {}
    for entry in vocabulary("agencies")["agency"]:
        for words in (name.split() for name in entry["names"]):
            if len(words) > 1:
                found.setdefault(words[0], []).append(words)
    return found


def is_public_figure(name: Sequence[str]) -> bool:
    """Whether a full name belongs to a public figure; one made of two everyday names is left to the evidence."""
    known = known_words()
    if known.get("-".join(name).lower(), 0) & Known.PUBLIC:
        return True
    everyday = all(known.get(word.lower(), 0) & NAME for word in name)
    return len(name) > 1 and not everyday and names_a_public_figure(" ".join(name))
