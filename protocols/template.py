"""Which section of the template a heading or a clause belongs to, told by meaning and not by wording."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple, cast, get_args

from rapidfuzz import fuzz, process

from protocols.model import ClauseKind, SectionKey
from protocols.plainly import Terms, in_plain_terms, own_terms, plainly
from protocols.wording import any_of, fold, vocabulary

SECTION_KEYS: tuple[SectionKey, ...] = get_args(SectionKey)
Scores = Mapping[SectionKey, float]

_STRONG, _WEAK, _TITLE = 3.0, 1.0, 4.0
_CERTAIN = 3.0
_SIMILAR = 88.0
_ABOUT = 3.0
_LONGEST = 300
_STAYS = 0.75
_OPENING = 80
"""Characters that count as a document's first words."""
_NEIGHBOUR, _LEAVING, _STRANGER = 1.5, 2.0, 4.0
_BY_COLUMNS: tuple[SectionKey, ...] = ("information_shared", "sharing_purpose")
"""Sections a table's columns tell even below a heading that names another beside them."""
_BRIEF: SectionKey = "security_classification"
"""Said in a clause or two: what speaks of no level below its heading is about the theme named beside it."""
_STRUNG = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s+&\s+|;\s*")
_PART = re.compile(
    r"^\s*(?:(?:Part|Article|Section|Clause|Chapter|Schedule|Appendix|Annex|Wāhanga|Upoko|Āpitihanga)(?:\s+\w{1,6}\s*[:.–—-]*|\s*[:–—])\s+"
    r"|(?:\d{1,3}(?:\.\d{1,3})*[A-Z]?|[A-Z]\d{0,2})[.):]\s+|\d{1,3}[A-Z]?\s+)(?=\w)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"protocol|agreement|kawenata|memorandum|arrangement", re.IGNORECASE)
_SELF = re.compile(
    rf"This is (?:the|our|an?) (?:[\w-]+ ){{0,4}}(?:{_WHOLE.pattern})", re.IGNORECASE
)
_TABLE = re.compile(r"^\s*(?:Table|Tūtohi)\s+\w+\W*", re.IGNORECASE)
_OF_TABLE = re.compile(r"\s(?P<name>(?:Table|Schedule|Appendix) [0-9A-Z]{1,3})\b")
_REFERENCE = re.compile(
    r"\b(?:paragraphs?|clauses?|sections?|parts?)\s+([A-Z]?\d+(?:\.\d+)*(?:\([a-z]+\))*)|\b((?:Table|Schedule|Appendix) [0-9A-Z]{1,3}, row \d+)",
    re.IGNORECASE,
)


class Wording(NamedTuple):
    """What of a clause tells its section; `columns` is what the columns of its table speak for."""

    number: str | None
    kind: ClauseKind
    text: str
    caption: str | None = None
    columns: SectionKey | None = None


class Group(NamedTuple):
    """The clauses under one heading; `above` is the heading it is part of."""

    heading: str
    clauses: tuple[Wording, ...]
    above: str | None = None


def section_keys(groups: Sequence[Group]) -> list[list[SectionKey]]:
    """The section of each clause, group by group.

    A heading that names one theme gives all its clauses that section, unless a clause plainly speaks for another; one
    that names several, or none, leaves each clause to its own words. A clause that changes another shares its section.
    """
    terms = own_terms(clause.text for group in groups for clause in group.clauses)
    keys: list[list[SectionKey]] = []
    tables: dict[str, SectionKey] = {}
    for group in groups:
        before = keys[-1][-1] if keys and keys[-1] else None
        keys.append(_keys_under(group, before, terms, tables))
        tables |= _tables_in(group, keys[-1])
    return _with_exceptions(groups, keys)


def _tables_in(group: Group, keys: Sequence[SectionKey]) -> dict[str, SectionKey]:
    """The tables of a group by name (`Table B`), each with the section of its rows."""
    rows = zip(group.clauses, keys, strict=True)
    return {
        row.number.partition(",")[0]: key
        for row, key in rows
        if row.kind == "table_row" and row.number
    }


def _keys_under(
    group: Group, before: SectionKey | None, terms: Terms, tables: Mapping[str, SectionKey]
) -> list[SectionKey]:
    named = heading_scores(in_plain_terms(group.heading, terms))
    told = _told(group, before, named, tables)
    certain = told or [_from_content(named, group.clauses, before)]
    keys: list[SectionKey] = []
    lead: SectionKey | None = None
    for clause in group.clauses:
        if not told and clause.kind == "table_row":
            lead = clause.columns or (keys[-1] if keys else certain[0])
        elif clause.kind != "list_item" or lead is None:
            lead = _clause_key(clause, certain, named, keys[-1] if keys else None)
        keys.append(lead)
    return keys


def _told(
    group: Group, before: SectionKey | None, named: Scores, tables: Mapping[str, SectionKey]
) -> list[SectionKey]:
    """The sections a heading tells by itself, by the heading above it, or by the table it speaks of."""
    if before is None and _introduces(group.heading, named, group.clauses[0].text):
        return ["other"]
    certain = [key for key, score in named.items() if score >= _CERTAIN]
    if not certain and group.above and not _WHOLE.search(group.above):
        certain = [key for key, score in heading_scores(group.above).items() if score >= _CERTAIN]
    if not certain and _loose(group.heading):
        return ["information_shared"]
    if not certain and (table := _OF_TABLE.search(group.heading)) and table["name"] in tables:
        return [tables[table["name"]]]
    return certain


@lru_cache(maxsize=512)
def heading_scores(heading: str) -> Scores:
    """How strongly a heading speaks for each section, as it stands and said plainly; bilingual ones by both halves."""
    scores: dict[SectionKey, float] = {}
    halves = heading[:_LONGEST].split("|")
    for half in dict.fromkeys((*halves, *map(plainly, halves))):
        folded, titled = fold(half), _titles_like(half)
        strong = _strong_in(folded)
        for key, known in vocabulary().sections.items():
            score = _TITLE * (key in titled) + _STRONG * (key in strong)
            score += _WEAK * len([phrase for phrase in known.weak if phrase in folded])
            if score > scores.get(cast(SectionKey, key), 0.0):
                scores[cast(SectionKey, key)] = score
    return {key: scores[key] for key in SECTION_KEYS if key in scores}


def _strong_in(folded: str) -> set[str]:
    """Sections a telling phrase speaks for; one inside a longer one says nothing ("keeping it" in "keeping it safe")."""
    found = [
        (key, phrase)
        for key, known in vocabulary().sections.items()
        for phrase in known.strong
        if phrase in folded
    ]
    return {
        key
        for key, phrase in found
        if not any(phrase != longer and phrase in longer for _, longer in found)
    }


def _titles_like(half: str) -> set[str]:
    """Sections with a title like the heading without its number, or like one of the themes it strings together."""
    half = _PART.sub("", half)
    pieces = dict.fromkeys(fold(piece) for piece in (half, *_STRUNG.split(half)) if piece.strip())
    return {key for piece in pieces for key in _titled(piece)}


def _titled(piece: str) -> set[str]:
    """The sections whose title a theme is word for word; those whose title is like it where there is none."""
    titles, owners = _titles()
    like = process.extract(
        piece, titles, scorer=fuzz.token_sort_ratio, score_cutoff=_SIMILAR, limit=None
    )
    same = {owners[index] for title, _, index in like if title == piece}
    return same or {owners[index] for _, _, index in like}


@cache
def _titles() -> tuple[tuple[str, ...], tuple[str, ...]]:
    pairs = [(t, key) for key, known in vocabulary().sections.items() for t in known.titles]
    return tuple(title for title, _ in pairs), tuple(key for _, key in pairs)


@lru_cache(maxsize=2048)
def clause_scores(text: str) -> Scores:
    """How strongly a clause's own words speak for each section; longer phrases weigh more."""
    folded = fold(text)
    scores: dict[SectionKey, float] = {}
    for key, phrase, weight in _clause_phrases():
        if phrase in folded:
            scores[key] = scores.get(key, 0.0) + weight
    return scores


@cache
def _clause_phrases() -> tuple[tuple[SectionKey, str, float], ...]:
    return tuple(
        (cast(SectionKey, key), phrase, 0.5 + 0.5 * phrase.count(" ", 1))
        for key, known in vocabulary().sections.items()
        for phrase in known.clause
    )


def _introduces(heading: str, named: Scores, text: str) -> bool:
    """Whether a document's first words say what it is ("This is our agreement about ...") under its own name."""
    if any(_titles_like(half) for half in heading[:_LONGEST].split("|")):
        return False
    certain = max(named.values(), default=0.0) >= _CERTAIN
    return bool(_SELF.match(text) or (not certain and _WHOLE.search(text[:_OPENING])))


def _from_content(
    named: Scores, clauses: Sequence[Wording], before: SectionKey | None
) -> SectionKey:
    total: dict[SectionKey, float] = {key: 2 * score for key, score in named.items()}
    if before and before != "other":
        total[before] = total.get(before, 0.0) + 1.5
    leads = [clause for clause in clauses if clause.kind != "list_item"] or clauses
    for clause in leads:
        for key, score in clause_scores(clause.text).items():
            total[key] = total.get(key, 0.0) + min(score, 4.0) / len(leads) * 2
    best: SectionKey = max(total, key=lambda key: total[key]) if total else "other"
    return best if total.get(best, 0.0) >= _CERTAIN else "other"


def _clause_key(
    clause: Wording, certain: Sequence[SectionKey], named: Scores, before: SectionKey | None
) -> SectionKey:
    if clause.kind == "table_row" and clause.columns in _BY_COLUMNS and clause.columns in named:
        return clause.columns
    if clause.kind == "table_row" and len(certain) == 1:
        return _captioned(clause.caption, certain[0])
    scores = clause_scores(clause.text)
    home = before if before in certain else _first_named(certain, named)
    if home == _BRIEF and _BRIEF not in scores:
        home = next((key for key in certain if key != _BRIEF), home)
    stay = max(certain, key=lambda key: scores.get(key, 0.0) + (_STAYS if key == home else 0.0))
    if clause.kind == "table_row":
        return _captioned(clause.caption, stay)
    best = max(scores, key=lambda key: scores[key], default=stay)
    margin = scores.get(best, 0.0) - scores.get(stay, 0.0)
    return best if margin >= _needed(best, stay) else stay


def _first_named(certain: Sequence[SectionKey], named: Scores) -> SectionKey:
    """The heading's leading theme: the strongest, or the first in template order of those about as strong."""
    own = [key for key in certain if key != "other"] or certain
    best = max(named.get(key, 0.0) for key in own)
    return next(key for key in own if named.get(key, 0.0) > best - _ABOUT)


def _captioned(caption: str | None, stay: SectionKey) -> SectionKey:
    """The section a table's caption names, where it says nothing of the section the table stands in."""
    named = heading_scores(_TABLE.sub("", caption)) if caption else {}
    best = max(named, key=lambda key: named[key], default=stay)
    return best if named.get(best, 0.0) >= _CERTAIN and stay not in named else stay


def _needed(best: SectionKey, stay: SectionKey) -> float:
    """The lead another section needs over the heading's own: small between themes often put together."""
    if not any(best in group and stay in group for group in vocabulary().neighbours):
        return _STRANGER
    return _LEAVING if best == "other" else _NEIGHBOUR


def _with_exceptions(
    groups: Sequence[Group], keys: list[list[SectionKey]]
) -> list[list[SectionKey]]:
    by_number = {
        clause.number: key
        for group, found in zip(groups, keys, strict=True)
        for clause, key in zip(group.clauses, found, strict=True)
        if clause.number
    }
    return [
        [
            _referred(clause, by_number) or key
            for clause, key in zip(group.clauses, found, strict=True)
        ]
        if _loose(group.heading)
        else found
        for group, found in zip(groups, keys, strict=True)
    ]


def _loose(heading: str) -> bool:
    halves = [fold(half) for half in heading.split("|")]
    return any(any_of(vocabulary().exceptions, half) for half in halves)


def _referred(clause: Wording, by_number: Mapping[str, SectionKey]) -> SectionKey | None:
    opening = clause.text[:160]
    reference = _REFERENCE.search(opening)
    if reference is None or not any_of(vocabulary().changes, fold(opening)):
        return None
    return by_number.get(reference.group(1) or reference.group(2))
