"""An agency's name: compared, without its article, and known to be government."""

import re
from functools import lru_cache

from protocols.wording import fold, vocabulary

BRACKET = re.compile(r"\(([^()]*)\)")
HALVES = re.compile(r"\s+[|–-]\s+|—|\s*/\s*")


@lru_cache(maxsize=1024)
def government(name: str) -> tuple[str, ...] | None:
    """All the names of the government agency a name means; None for other names."""
    candidates = {name_key(name), *(name_key(half) for half in HALVES.split(name))}
    for names in vocabulary().government:
        if any(name_key(known) in candidates for known in names):
            return names
    return None


def begins_with_government(name: str) -> bool:
    """Whether a name is that of a part of a government agency ("New Zealand Police Youth Aid")."""
    folded = fold(name)
    return any(
        folded.startswith(fold(known))
        for names in vocabulary().government
        for known in names
        if " " in known or known == "Police"
    )


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """What two spellings of a name share."""
    return fold(without_article(name.removesuffix("'s"))).strip()


def without_article(name: str) -> str:
    """The name without its leading "the"."""
    return re.sub(r"^(?:the|The)\s+", "", name.strip())
