"""Who has agreed to the protocol, under which names it speaks of them, and whom a piece of text names."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from protocols.model import Clause, Section
from protocols.tables import column_role
from protocols.wording import any_of, fold, vocabulary

_LIST_AFTER = re.compile(
    r"\b(?:parties|agencies|members|partners|organisations|signatories|participants)\b[^.:;]{0,70}?"
    r"(?:\b(?:are|include|comprise)\b:?|:)\s+(?P<list>[^:]+?)(?:\.(?=\s|$)|$)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?:^|(?<=\. ))(?P<who>[^.;:]{3,140}?)\s*,?\s+"
    r"(?:is|acts as|will be|runs [^.;]{0,40} and is)\s+(?:the|our)\s+(?:\w+\s+)?lead\b|"
    r"(?:^|(?<=\. ))(?P<leads>[^.;:]{3,80}?)\s+leads\b(?:\s+on behalf of (?P<behalf>[^.;,]+))?",
    re.IGNORECASE,
)
_LEAD_FIELD = re.compile(r"lead (?:attending )?agency\W{1,3}(?P<who>[^.;\n]+)", re.IGNORECASE)
_CALLED = re.compile(r"\b(?:called|call|known as|referred to as)\s+(?:the\s+)?(?P<alias>[^,;.()]+)")
_BEFORE_CALLED = re.compile(
    r"[\s,]+(?:together |which we |that we )*(?:called|call|known as|referred to as)\s"
)
_BRACKET = re.compile(r"\(([^()]*)\)")
_HALVES = re.compile(r"\s+[|–-]\s+|—|\s*/\s*")
_ALIAS_WORDS = 5
_MOST = 100
"""Parties of one protocol; more is no meeting."""
_ENOUGH = 5000
"""Characters of a clause in which its parties are named."""
_AGENCY_ROLES = (
    "agency",
    "alias",
    "name",
    "position",
    "sharer",
    "recipients",
    "information",
    "purpose",
    "authority",
)


@dataclass(frozen=True, slots=True)
class Party:
    """An agency that has agreed, with every other name the protocol or the public uses for it.

    `public` is False for organisations outside government, which need telling how a classification is handled.
    """

    name: str
    aliases: tuple[str, ...]
    public: bool

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)


def party_names(sections: Sequence[Section]) -> tuple[Party, ...]:
    """The parties in the order the protocol names them; from its tables when the parties section names none."""
    clauses = [clause for section in sections for clause in section.clauses]
    leads = {clause.cite: clause.text for clause in clauses if clause.kind == "paragraph"}
    own = [clause for clause in clauses if clause.section == "parties"]
    found = [item for clause in own for item in _named_in(clause, leads)]
    if not found:
        opening = [
            c for c in clauses if c.section in ("other", "meeting_purpose") and c.cells is None
        ]
        found = [item for clause in opening for item in _named_in(clause, leads, strict=True)]
    if not found:
        found = [item for clause in clauses for item in _from_columns(clause)]
    return _distinct(found[: 4 * _MOST])


def lead_agency(sections: Sequence[Section], parties: Sequence[Party]) -> str | None:
    """The name of the party that leads, if the protocol says so."""
    for clause in (
        c for s in sections if s.key in ("parties", "other", "meeting_purpose") for c in s.clauses
    ):
        for found in (*_LEADS.finditer(clause.text), *_LEAD_FIELD.finditer(clause.text)):
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
    key = _key(mention)
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


def strangers_in(cell: str, parties: Sequence[Party]) -> tuple[str, ...]:
    """What an agency cell names that is no party."""
    if any_of(vocabulary().everyone, fold(cell)):
        return ()
    pieces = [piece.strip() for piece in re.split(r"[;\n]", _BRACKET.sub("", cell))]
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


def _named_in(
    clause: Clause, leads: Mapping[str, str], *, strict: bool = False
) -> Iterator[tuple[str, tuple[str, ...]]]:
    text = clause.text[:_ENOUGH]
    if clause.cells is not None:
        yield from _from_columns(clause)
    elif clause.kind == "list_item":
        lead = leads.get(clause.lead_in or "")
        if (lead is None and not strict) or (lead is not None and _introduces(lead)):
            yield from _item(text)
    else:
        leader = _LEADS.search(text)
        if leader and leader.group("who"):
            yield from _item(leader.group("who"))
        for listed in _LIST_AFTER.finditer(text):
            for piece in _split(listed.group("list")):
                yield from _item(piece)


def _introduces(lead: str) -> bool:
    return bool(
        re.search(
            r"\b(?:parties|agencies|members|partners|organisations|signed|joined|attend\w*)\b",
            lead,
            re.IGNORECASE,
        )
    )


def _from_columns(clause: Clause) -> Iterator[tuple[str, tuple[str, ...]]]:
    roles = {
        column_role(column, _AGENCY_ROLES): value for column, value in (clause.cells or {}).items()
    }
    agency = (
        roles.get("agency")
        or roles.get("sharer")
        or (roles.get("name") if clause.section == "parties" else None)
    )
    if agency:
        also = tuple(
            alias.strip() for alias in re.split(r"[;,/]", roles.get("alias") or "") if alias.strip()
        )
        for name, aliases in _item(agency):
            yield name, (*aliases, *also)


def _split(text: str) -> list[str]:
    """The items of an enumeration: cut at commas and the last "and", never inside brackets or a known name."""
    shielded = _shield(text)
    pieces = [text[a:b] for a, b in _cuts(shielded)]
    merged: list[str] = []
    for piece in pieces:
        piece = piece.strip().removeprefix("and ").strip()
        if merged and (_same_agency(merged[-1], piece) or not re.search(r"[A-ZĀĒĪŌŪ]", piece)):
            merged[-1] += f", called {piece}" if _same_agency(merged[-1], piece) else f", {piece}"
        elif piece:
            merged.append(piece)
    return merged


def _cuts(shielded: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in re.finditer(r"[,;]\s+(?:and\s+)?", shielded):
        yield start, found.start()
        start = found.end()
    last = shielded.rfind(" and ", start)
    if last >= 0:
        yield start, last
        start = last + 5
    yield start, len(shielded)


def _shield(text: str) -> str:
    hidden = _BRACKET.sub(lambda m: "\0" * len(m.group()), text)
    for names in vocabulary().government:
        for name in names:
            if " and " in name or "," in name:
                at = hidden.find(name)
                while at >= 0:
                    hidden = hidden[:at] + "\0" * len(name) + hidden[at + len(name) :]
                    at = hidden.find(name)
    tail = re.search(r"Homes and Communities", hidden)
    return hidden if tail is None else hidden[: tail.start()] + "\0" * 21 + hidden[tail.end() :]


def _same_agency(left: str, right: str) -> bool:
    a, b = (
        _government(_without_article(_BRACKET.sub("", left))),
        _government(_without_article(_BRACKET.sub("", right))),
    )
    return a is not None and a == b


def _item(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name and aliases in one item of a list of parties."""
    aliases = [alias for bracket in _BRACKET.findall(text) for alias in _bracket_alias(bracket)]
    bare = " ".join(_BRACKET.sub(" ", text).split()).strip(" ;.,")
    bare = re.sub(r"[;,]?\s+and$", "", bare)
    called = [found.group("alias").strip() for found in _CALLED.finditer(bare)]
    head = re.split(r"[,;:](?=\s)", _BEFORE_CALLED.split(bare)[0])[0].strip(" ,;.")
    name = _capitalised(head)
    if re.match(r"(?:the\s+)?\w+s of ", head) and called:
        name = called[0]
    if name and not re.match(r"(?:Table|Schedule|Appendix|Clause|Section)\b", name):
        yield name, (*aliases, *called, *_teams(bare), *_schools(bare))


def _teams(text: str) -> Iterator[str]:
    """The parts of an agency that take part: "for its district nurses and rural mental health team"."""
    found = re.search(r"(?:for|through) its ([^,;]+)", text)
    if found:
        yield from (
            piece.strip() for piece in found.group(1).split(" and ") if len(piece.split()) > 1
        )


def _schools(text: str) -> Iterator[str]:
    if re.search(r"\b(?:School|College|Kura)\b", text):
        yield from ("schools", "school")


def _bracket_alias(bracket: str) -> Iterator[str]:
    called = _CALLED.search(bracket)
    if called:
        yield called.group("alias").strip()
    elif (
        not re.match(r"(?:an?|in|for|when|who|which|lead|associate)\b", bracket)
        and len(bracket.split()) <= _ALIAS_WORDS
    ):
        yield from (
            re.sub(r"^[“”\"']|[“”\"']$", "", a.strip())
            for a in re.split(r"\s+or\s+|,\s*", bracket)
            if a.strip()
        )


def _capitalised(text: str) -> str | None:
    found = re.search(r"(?:^|\s)(?=[A-ZĀĒĪŌŪ])(?!The\s)\S.*", text)
    return _without_article(found.group().strip()) if found else None


def _distinct(found: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Party, ...]:
    parties: dict[str, tuple[str, list[str]]] = {}
    for name, aliases in found:
        key = next(
            (k for k, (known, others) in parties.items() if _same_name(name, (known, *others))),
            None,
        )
        if key is None:
            parties[_key(name)] = (name, [*aliases])
        else:
            parties[key][1].extend(a for a in (name, *aliases) if a != parties[key][0])
    return tuple(_party(name, aliases) for name, aliases in islice(parties.values(), _MOST))


def _same_name(name: str, known: Sequence[str]) -> bool:
    own = _government(name)
    return any(
        _key(name) == _key(other) or (own is not None and own == _government(other))
        for other in known
    )


def _party(name: str, given: Sequence[str]) -> Party:
    halves = [half for half in _HALVES.split(name) if len(half) > 3]
    government = _government(name) or next(
        (g for g in map(_government, (*halves, *given)) if g), None
    )
    known = government or ()
    aliases = dict.fromkeys(
        a for a in (*given, *(halves if len(halves) > 1 else ()), *known) if _key(a) != _key(name)
    )
    public = (
        government is not None
        or _begins_with_government(name)
        or any_of(vocabulary().public_words, fold(name))
    )
    return Party(name, tuple(aliases), public)


@lru_cache(maxsize=1024)
def _government(name: str) -> tuple[str, ...] | None:
    candidates = {_key(name), *(_key(half) for half in _HALVES.split(name))}
    for names in vocabulary().government:
        if any(_key(known) in candidates for known in names):
            return names
    return None


def _begins_with_government(name: str) -> bool:
    folded = fold(name)
    return any(
        folded.startswith(fold(known))
        for names in vocabulary().government
        for known in names
        if " " in known or known == "Police"
    )


@lru_cache(maxsize=64)
def _pattern(parties: tuple[Party, ...]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    names: dict[str, str] = {}
    for party in parties:
        for name in party.names:
            names.setdefault(_key(name), party.name)
    for party in parties:
        for short in _short_forms(party, parties):
            names.setdefault(_key(short), party.name)
    spoken = {n for p in parties for n in (*p.names, *_short_forms(p, parties))}
    ordered = sorted({_plain(_without_article(name)) for name in spoken}, key=len, reverse=True)
    if not ordered:
        return None, names
    alternatives = "|".join(_spoken_form(name) for name in ordered)
    return re.compile(rf"(?<![\w-])(?:{alternatives})(?![\w])(?:'s)?"), names


def _short_forms(party: Party, parties: Sequence[Party]) -> Iterator[str]:
    """First words of a name that no other party shares ("Tāwhai", "Te Rūnanga"), as people shorten it."""
    tokens = _HALVES.split(party.name)[0].split()
    for length in range(1, len(tokens)):
        short = " ".join(tokens[:length])
        generic = fold(tokens[length - 1]).strip() in _GENERIC or (
            len(tokens[0]) < 4 and length == 1
        )
        if not generic and not any(
            _key(n).startswith(_key(short)) for p in parties if p is not party for n in p.names
        ):
            yield short
    if not party.public or "Board" in tokens:
        yield from (
            f"the {word}" for word in tokens if word[0].isupper() and _only_in(word, party, parties)
        )


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


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    return fold(_without_article(name.removesuffix("'s"))).strip()


def _without_article(name: str) -> str:
    return re.sub(r"^(?:the|The)\s+", "", name.strip())
