"""The scan of one message: every recogniser, the best of what overlaps, and the decision."""

from collections.abc import Iterable, Sequence

from knowledge.hygiene.addresses import find_addresses
from knowledge.hygiene.contacts import find_contacts
from knowledge.hygiene.dates import find_birth_dates
from knowledge.hygiene.evidence import PLACEHOLDER, Candidate
from knowledge.hygiene.finding import Scan
from knowledge.hygiene.folding import fold
from knowledge.hygiene.identifiers import find_identifiers
from knowledge.hygiene.policy import NO_CUE, WARN


def scan(
    text: str, roster: Sequence[str] = (), earlier: Sequence[str] = (), model: object = None
) -> Scan:
    """Apparent personal information in `text`, for people who see `roster` at the table.

    `earlier` are the same sender's messages of the last two minutes, `model` a sentence model that
    weighs what is said about a person; both only help to decide.
    """
    folded = fold(text)
    found = [
        *find_identifiers(folded.text),
        *find_contacts(folded.text, roster_words(roster)),
        *find_birth_dates(folded.text),
        *find_addresses(folded.text),
    ]
    kept = [candidate for candidate in _best(found) if candidate.confidence >= NO_CUE]
    example = PLACEHOLDER.search(folded.text) is not None
    warn = not example and any(candidate.confidence >= WARN for candidate in kept)
    return Scan(warn, tuple(candidate.finding(folded) for candidate in kept))


def roster_words(roster: Iterable[str]) -> tuple[str, ...]:
    """The names at the table, folded, one word each."""
    return tuple(
        word
        for name in roster
        for word in fold(name).text.lower().replace("-", " ").replace(",", " ").split()
        if word.isalpha()
    )


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The surest of overlapping candidates, in reading order."""
    chosen: list[Candidate] = []
    ranked = sorted(candidates, key=lambda one: (-one.confidence, one.start - one.end, one.start))
    for candidate in ranked:
        if all(candidate.end <= one.start or one.end <= candidate.start for one in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda one: one.start)
