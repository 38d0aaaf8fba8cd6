"""Whom a piece of a protocol's text names: its parties under any of their names, recipients, and who leads."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from protocols.model import Section
from protocols.names import BRACKET, HALVES, name_key, without_article
from protocols.parties import LEADS, Party
from protocols.wording import any_of, fold, vocabulary

_CONVENES = re.compile(
    r"(?:^|(?<=\. ))(?P<who>[^.;:,]{3,60}?)\s+(?:convenes|hosts|(?:brings|calls) us together|looks after this|holds the reins|is in charge of|answers for (?:this|the))\b"
)
"""Who leads where nobody is called the lead."""
_WHICH_LEADS = re.compile(
    r"^(?P<who>.{3,200}?),? (?:which|who) is the (?:lead|convening|host) (?:party|agency)\b",
    re.IGNORECASE,
)
_LEAD_FIELD = re.compile(r"lead (?:attending )?agency\W{1,3}(?P<who>[^.;\n]+)", re.IGNORECASE)


def lead_agency(sections: Sequence[Section], parties: Sequence[Party]) -> str | None:
    """The name of the party that leads, if the protocol says so."""
    for clause in (
        c for s in sections if s.key in ("parties", "other", "meeting_purpose") for c in s.clauses
    ):
        for found in (
            *LEADS.finditer(clause.text),
            *_LEAD_FIELD.finditer(clause.text),
            *_WHICH_LEADS.finditer(clause.text),
        ):
            for group in reversed([g for g in found.groups() if g]):
                named = mentioned(group, parties)
                if named:
                    return named[-1 if " of " in group and len(named) > 1 else 0]
        if clause.cells and any_of(
            (" lead ", " lead agency "), fold(" ".join(list(clause.cells.values())[1:]))
        ):
            named = mentioned(next(iter(clause.cells.values())), parties)
            if named:
                return named[0]
    return _convener(sections, parties)


def _convener(sections: Sequence[Section], parties: Sequence[Party]) -> str | None:
    for clause in (c for s in sections if s.key == "parties" for c in s.clauses):
        for found in _CONVENES.finditer(clause.text):
            named = mentioned(found["who"], parties)
            if len(named) == 1:
                return named[0]
    return None


def mentioned(text: str, parties: Sequence[Party]) -> tuple[str, ...]:
    """The names of the parties a text mentions, in its order, each once."""
    return tuple(dict.fromkeys(name for _, _, name in mentions(text, parties)))


def mentions(text: str, parties: Sequence[Party]) -> list[tuple[int, int, str]]:
    """Where a text mentions parties: start, end, party name."""
    pattern, names = _pattern(tuple(parties))
    if pattern is None:
        return []
    return [(m.start(), m.end(), _owner(m.group(), names)) for m in pattern.finditer(_plain(text))]


def _owner(mention: str, names: Mapping[str, str]) -> str:
    key = name_key(mention)
    return names[key] if key in names else next(names[k] for k in names if key.endswith(k))


def recipients_in(text: str, parties: Sequence[Party], sharer: str | None) -> tuple[str, ...]:
    """The parties a text names as recipients: "all attending agencies" is every other party, "except" takes some away."""
    allowed, _, excluded = _cut(text)
    out = set(mentioned(excluded, parties))
    if any_of(vocabulary().everyone, fold(allowed)):
        named = [party.name for party in parties if party.name != sharer]
    else:
        named = [name for name in mentioned(allowed, parties) if name != sharer]
    return tuple(name for name in named if name not in out)


def sharers_in(text: str, parties: Sequence[Party]) -> tuple[str, ...]:
    """The parties a text names as sharers: "any of us" names none, and "except" takes nobody in."""
    return mentioned(_cut(text)[0], parties)


def strangers_in(cell: str, parties: Sequence[Party]) -> tuple[str, ...]:
    """What an agency cell names that is no party."""
    if any_of(vocabulary().everyone, fold(cell)):
        return ()
    pieces = [piece.strip() for piece in re.split(r"[;\n]", BRACKET.sub("", cell))]
    return tuple(
        piece for piece in pieces if piece and piece[0].isalpha() and not mentions(piece, parties)
    )


def _cut(text: str) -> tuple[str, str, str]:
    folded = fold(text)
    for phrase in vocabulary().but_not:
        if phrase in folded:
            match = re.search(re.escape(phrase.strip()).replace("\\ ", r"\W+"), text, re.IGNORECASE)
            if match:
                return text[: match.start()], match.group(), text[match.end() :]
    return text, "", ""


@lru_cache(maxsize=64)
def _pattern(parties: tuple[Party, ...]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    names: dict[str, str] = {}
    for party in parties:
        for name in party.names:
            names.setdefault(name_key(name), party.name)
    for party in parties:
        for short in _short_forms(party, parties):
            names.setdefault(name_key(short), party.name)
    spoken = {n for p in parties for n in (*p.names, *_short_forms(p, parties))}
    ordered = sorted({_plain(without_article(name)) for name in spoken}, key=len, reverse=True)
    if not ordered:
        return None, names
    alternatives = "|".join(_spoken_form(name) for name in ordered)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w])(?:'s)?"), names


def _short_forms(party: Party, parties: Sequence[Party]) -> Iterator[str]:
    """First words of a name that no other party shares ("Tāwhai", "Te Rūnanga"), as people shorten it."""
    tokens = HALVES.split(party.name)[0].split()
    for length in range(1, len(tokens)):
        short = " ".join(tokens[:length])
        generic = fold(tokens[length - 1]).strip() in _GENERIC or (
            len(tokens[0]) < 4 and length == 1
        )
        if not generic and not any(
            name_key(n).startswith(name_key(short))
            for p in parties
            if p is not party
            for n in p.names
        ):
            yield short
    if not party.public or "Board" in tokens:
        yield from (
            f"the {word}" for word in tokens if word[0].isupper() and _only_in(word, party, parties)
        )
    if len(tokens) > 1 and _only_in(tokens[-1], party, parties):
        yield from _tails(tokens)


def _tails(tokens: Sequence[str]) -> Iterator[str]:
    """The kind of body a name ends in, as people write it: "the Council", "the trust", "the law centre"."""
    if fold(tokens[-1]).strip() in _KINDS:
        yield f"the {tokens[-1]}"
        yield from (tokens[-1].lower(), " ".join(tokens[-2:]).lower())


def _only_in(word: str, party: Party, parties: Sequence[Party]) -> bool:
    folded = fold(word)
    return folded.strip() not in _GENERIC - _ORGANISATIONS and not any(
        folded in fold(name) for other in parties if other is not party for name in other.names
    )


_GENERIC = frozenset(
    [
        "the",
        "te",
        "new",
        "ministry",
        "department",
        "o",
        "of",
        "for",
        "and",
        "nga",
        "health",
        "board",
        "trust",
        "school",
        "district",
        "a",
        "ko",
        "social",
        "service",
    ]
)


_KINDS = frozenset(
    ("trust", "refuge", "centre", "clinic", "collective", "cluster", "council", "hospice")
)
_ORGANISATIONS = frozenset(("board", "trust", "school", "service"))


def _spoken_form(name: str) -> str:
    escaped = re.escape(name).replace(r"\ ", r"\s+").replace(r"\|", r"[|–—-]")
    if any(c.isupper() for c in name):
        return escaped
    return (
        rf"(?:[Tt]he|[Tt]heir|[Aa]n?|[Tt]he (?:young )?person's)\s+{escaped}|{escaped.capitalize()}"
    )


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """The text letter for letter without macrons, so that positions stay."""
    if text.isascii():
        return text
    return "".join(
        unicodedata.normalize("NFD", c)[0] if unicodedata.normalize("NFD", c)[0].isalpha() else c
        for c in text
    ).replace("’", "'")
