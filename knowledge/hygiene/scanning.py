"""The scan of one message: every recogniser, the best of what overlaps, and the decision."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.hygiene.addresses import find_addresses
from knowledge.hygiene.circumstances import find_circumstances, subkinds
from knowledge.hygiene.contacts import find_contacts
from knowledge.hygiene.dates import find_birth_dates
from knowledge.hygiene.evidence import PLACEHOLDER, Candidate
from knowledge.hygiene.finding import Scan
from knowledge.hygiene.folding import fold
from knowledge.hygiene.identifiers import find_identifiers
from knowledge.hygiene.names import find_names, seats
from knowledge.hygiene.policy import (
    BESIDE_A_NAME,
    NAME_SURE,
    NO_CUE,
    PERSONAL,
    PERSONAL_AT_UNKNOWN_TABLE,
    PERSONAL_BY_RULES,
    WARN,
)
from knowledge.hygiene.tokens import tokens
from knowledge.hygiene.verdict import personal, understands
from knowledge.hygiene.weights import Weights, load_weights
from knowledge.hygiene.words import known_words

if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel

_BETWEEN = re.compile(r"[\s,;:|/()\-]*(?:(?:dob|of|is|was|aged?|a|to)[\s:]+)?")
_ROW = re.compile(r"\t|\||/ ")


def scan(
    text: str,
    roster: Sequence[str] = (),
    earlier: Sequence[str] = (),
    model: "SentenceModel | None" = None,
    weights: Weights | None = None,
) -> Scan:
    """Apparent personal information in `text`, for people who see `roster` at the table.

    `earlier` are the same sender's messages of the last two minutes, `model` a sentence model that
    weighs what is said about a person; both only help to decide. `weights` replace the shipped ones.
    """
    model = model if model is not None and understands(model) else None
    folded = fold("\n".join([*earlier, text]))
    begin = len(folded.text) - len(fold(text).text) if earlier else 0
    at_table = seats(tuple(roster))
    numbers = _best(_numbers(folded.text, at_table))
    sure = any(one.confidence >= WARN for one in numbers)
    weights = weights or load_weights()
    read = tokens(folded.text, known_words())
    circumstances = list(find_circumstances(folded.text))
    touched = tuple(dict.fromkeys(one.rule for one in circumstances))
    names = list(find_names(folded.text, read, at_table, weights.names, touched, sure))
    numbers = [_beside(one, names, folded.text) for one in numbers]
    here = folded.text[begin:]
    if begin:
        read, touched = tokens(here, known_words()), subkinds(here)
    name = max((one.confidence for one in names if one.start >= begin), default=0.0)
    about = personal(here, read, at_table, touched, name, weights, model)
    bar = PERSONAL if model else PERSONAL_BY_RULES
    if not roster and not any(" " in folded.text[one.start : one.end] for one in names):
        bar = PERSONAL_AT_UNKNOWN_TABLE
    talks = about >= bar
    kept = _best(
        [*numbers, *names, *(_circumstances(circumstances, talks) if talks or sure else ())]
    )
    kept = [one for one in kept if one.start >= begin and one.confidence >= NO_CUE]
    if talks and not any(one.confidence >= NAME_SURE for one in kept):
        kept = _best([*kept, *_whole(folded.text, begin, about, kept)])
    warn = talks or any(one.confidence >= WARN for one in kept if one.kind not in _SOFT)
    warn = warn and PLACEHOLDER.search(here) is None
    shift = len("\n".join([*earlier, ""]))
    found = (one.finding(folded) for one in kept)
    return Scan(
        warn, tuple(replace(one, start=one.start - shift, end=one.end - shift) for one in found)
    )


_SOFT = ("person_name", "sensitive_detail")


def _numbers(text: str, at_table: Iterable[str]) -> list[Candidate]:
    return [
        *find_identifiers(text),
        *find_contacts(text, tuple(at_table)),
        *find_birth_dates(text),
        *find_addresses(text),
    ]


def _beside(one: Candidate, names: Sequence[Candidate], text: str) -> Candidate:
    """A bare date or number raised when it stands beside a name, or in a row of a table that holds one."""
    if one.confidence >= WARN or one.confidence < NO_CUE:
        return one
    for name in names:
        first, last = sorted((one, name), key=lambda part: part.start)
        between = text[first.end : last.start]
        if (
            name.confidence >= NAME_SURE
            and first.end <= last.start
            and (_BETWEEN.fullmatch(between) or ("\n" not in between and _ROW.search(between)))
        ):
            return replace(one, confidence=BESIDE_A_NAME, rule=f"{one.rule}+name")
    return one


def _circumstances(found: Iterable[Candidate], talks: bool) -> Iterable[Candidate]:
    for one in found:
        yield replace(one, confidence=0.7 if talks else 0.5)


def _whole(text: str, begin: int, about: float, kept: Sequence[Candidate]) -> Iterable[Candidate]:
    """The line itself, when it is all its details together that point to somebody."""
    if not any(one.kind in _SOFT for one in kept):
        yield Candidate("sensitive_detail", begin, len(text), round(about, 3), "recognisable")


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The surest of overlapping candidates, in reading order."""
    chosen: list[Candidate] = []
    ranked = sorted(candidates, key=_rank)
    for candidate in ranked:
        if all(candidate.end <= one.start or one.end <= candidate.start for one in chosen):
            chosen.append(candidate)
    return sorted(chosen, key=lambda one: one.start)


def _rank(one: Candidate) -> tuple[bool, float, int, int]:
    """Sure numbers and addresses before names (a street may be named after somebody), then by confidence."""
    return (
        one.kind in _SOFT or one.confidence < WARN,
        -one.confidence,
        one.start - one.end,
        one.start,
    )
