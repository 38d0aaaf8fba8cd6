"""Who has agreed to the protocol, and under which names it speaks of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from protocols.model import Clause, Section
from protocols.tables import column_role
from protocols.wording import any_of, fold, vocabulary

_MANY = r"\b(?:parties|agencies|members|partners|organisations|signatories|participants|(?:of|are) us)\b"
_LIST_AFTER = re.compile(
    rf"{_MANY}[^.:;]{{0,70}}?(?:\b(?:are|include|comprise)\b:?|:|\.\s+(?:They|These|We) are:?)"
    r"\s+(?P<list>[^:]+?)(?:\.(?=\s|$)|$)",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"(?:^|(?<=\. ))(?P<who>[^.;:]{3,140}?)\s*,?\s+"
    r"(?:is|acts as|will be|runs [^.;]{0,40} and is)\s+(?:the|our)\s+(?:\w+\s+)?lead\b|"
    r"(?:^|(?<=\. ))(?P<leads>[^.;:]{3,80}?)\s+leads\b(?:\s+on behalf of (?P<behalf>[^.;,]+))?|"
    r"\blead (?:attending )?agency is (?-i:(?=(?:the )?[A-ZĀĒĪŌŪ]))(?P<named>[^.;:]{3,140})",
    re.IGNORECASE,
)
_CALLED = re.compile(r"\b(?:called|call|known as|referred to as)\s+(?:the\s+)?(?P<alias>[^,;.()]+)")
_BEFORE_CALLED = re.compile(
    r"[\s,]+(?:together |which we |that we )*(?:called|call|known as|referred to as)\s"
)
BRACKET = re.compile(r"\(([^()]*)\)")
HALVES = re.compile(r"\s+[|–-]\s+|—|\s*/\s*")
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
        leader = LEADS.search(text)
        if leader and (said := leader.group("who") or leader.group("named")):
            yield from _item(said)
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
    """The items of an enumeration: cut at its semicolons, or at commas and the last "and" where it has none.

    Brackets and known names stay whole.
    """
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
    parted = shielded.count(";") > 1
    for found in re.finditer(r";\s+(?:and\s+)?" if parted else r"[,;]\s+(?:and\s+)?", shielded):
        yield start, found.start()
        start = found.end()
    last = -1 if parted else shielded.rfind(" and ", start)
    if last >= 0:
        yield start, last
        start = last + 5
    yield start, len(shielded)


def _shield(text: str) -> str:
    hidden = BRACKET.sub(lambda m: "\0" * len(m.group()), text)
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
        _government(without_article(BRACKET.sub("", left))),
        _government(without_article(BRACKET.sub("", right))),
    )
    return a is not None and a == b


def _item(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The name and aliases in one item of a list of parties."""
    aliases = [alias for bracket in BRACKET.findall(text) for alias in _bracket_alias(bracket)]
    bare = " ".join(BRACKET.sub(" ", text).split()).strip(" ;.,")
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
    return without_article(found.group().strip()) if found else None


def _distinct(found: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Party, ...]:
    parties: dict[str, tuple[str, list[str]]] = {}
    for name, aliases in found:
        key = next(
            (k for k, (known, others) in parties.items() if _same_name(name, (known, *others))),
            None,
        )
        if key is None:
            parties[name_key(name)] = (name, [*aliases])
        else:
            parties[key][1].extend(a for a in (name, *aliases) if a != parties[key][0])
    return tuple(_party(name, aliases) for name, aliases in islice(parties.values(), _MOST))


def _same_name(name: str, known: Sequence[str]) -> bool:
    own = _government(name)
    return any(
        name_key(name) == name_key(other) or (own is not None and own == _government(other))
        for other in known
    )


def _party(name: str, given: Sequence[str]) -> Party:
    halves = [half for half in HALVES.split(name) if len(half) > 3]
    government = _government(name) or next(
        (g for g in map(_government, (*halves, *given)) if g), None
    )
    known = government or ()
    aliases = dict.fromkeys(
        a
        for a in (*given, *(halves if len(halves) > 1 else ()), *known)
        if name_key(a) != name_key(name)
    )
    public = (
        government is not None
        or _begins_with_government(name)
        or any_of(vocabulary().public_words, fold(name))
    )
    return Party(name, tuple(aliases), public)


@lru_cache(maxsize=1024)
def _government(name: str) -> tuple[str, ...] | None:
    candidates = {name_key(name), *(name_key(half) for half in HALVES.split(name))}
    for names in vocabulary().government:
        if any(name_key(known) in candidates for known in names):
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


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    return fold(without_article(name.removesuffix("'s"))).strip()


def without_article(name: str) -> str:
    return re.sub(r"^(?:the|The)\s+", "", name.strip())
