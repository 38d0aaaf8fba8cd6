"""Public figures, who are not personal information here (vicary's gazetteer and our own list)."""

from collections.abc import Sequence

from knowledge.hygiene.gazetteer import names_a_public_figure
from knowledge.hygiene.lexicon import NAME, Known, lexicon


def is_public_figure(name: Sequence[str]) -> bool:
    """Whether a full name belongs to a public figure; one made of two everyday names is left to the evidence."""
    known = lexicon()
    if known.get("-".join(name).lower(), 0) & Known.PUBLIC:
        return True
    everyday = all(known.get(word.lower(), 0) & NAME for word in name)
    return len(name) > 1 and not everyday and names_a_public_figure(" ".join(name))
