"""Public figures, places and peoples, which are not personal information here (vicary's gazetteer and our own list)."""

from collections.abc import Sequence
from functools import cache

from vicary import gazetteer

from knowledge.hygiene.lexicon import NAME, Known, lexicon


def is_place(word: str) -> bool:
    """Whether a word in its written form names a place, a people or a language."""
    listed = _gazetteer()
    return listed.notability(word) in ("place", "demonym") or listed.is_settlement(word)


def is_public_figure(name: Sequence[str]) -> bool:
    """Whether a full name belongs to a public figure; one made of two everyday names is left to the evidence."""
    known = lexicon()
    if known.get("-".join(name).lower(), 0) & Known.PUBLIC:
        return True
    everyday = all(known.get(word.lower(), 0) & NAME for word in name)
    return len(name) > 1 and not everyday and _gazetteer().notability(" ".join(name)) == "full_name"


@cache
def _gazetteer() -> gazetteer.Gazetteer:
    return gazetteer.load()
