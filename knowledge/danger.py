"""Does a message speak of danger now? Asked before anything else (design decision 1)."""

import re
from functools import cache
from re import Pattern

from knowledge.language import fold, repair, vocabulary, words


def speaks_of_danger(text: str) -> bool:
    """True for words of immediate danger, in English or te reo Māori, slips included.

    Leans towards True: the safety line on a calm question costs a reader a second.
    """
    mended = " ".join(repair(words(text), _cue_words()))
    return _alarming(fold(text)) or _alarming(mended)


def _alarming(text: str) -> bool:
    if _cue("always").search(text) or _cue("te_reo").search(text):
        return True
    if _cue("calm").search(text) and not _cue("urgent").search(text):
        return False
    armed = _cue("weapon").search(text) and _cue("holding").search(text)
    harmed = all(_cue(kind).search(text) for kind in ("harm", "threat", "victim"))
    return bool(armed or harmed or _cue("near").search(text))


@cache
def _cue(kind: str) -> Pattern[str]:
    cues = vocabulary("danger")[kind]
    return re.compile("|".join(cues) if isinstance(cues, list) else cues)


@cache
def _cue_words() -> frozenset[str]:
    """The English cues' own words, towards which slips are mended."""
    cues = vocabulary("danger")
    text = " ".join([*cues["always"], cues["weapon"], cues["harm"], cues["threat"]])
    return frozenset(re.findall(r"[a-z]{5,}", re.sub(r"\\\w", " ", text)))
