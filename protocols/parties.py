"""Who has agreed to the protocol, and under which names it speaks of them."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from protocols.enumerations import Named, read_item, split_list
from protocols.model import Clause, Section
from protocols.names import HALVES, begins_with_government, government, name_key
from protocols.tables import column_role
from protocols.wording import any_of, fold, vocabulary

_MANY = r"\b(?:parties|agencies|members|partners|organisations|signatories|participants|(?:of|are) us)\b"
_LIST_AFTER = re.compile(
    rf"(?:{_MANY}[^.:;]{{0,70}}?(?:\b(?:are|include|comprise)\b:?|:|\.\s+(?:They|These|We) are:?)"
    r"|\bWe are (?!not\b|here\b)[^.:;]{2,70}:"
    r"|\b(?:agreement|protocol|accord|charter|deed|document|memorandum|kawenata) is (?:made )?between"
    r"|(?<![^.] )\bWe are(?= (?-i:(?:the )?[A-ZĀĒĪŌŪ])[^.:;]{3,140},))"
    r"\s+(?P<list>[^:]+?)(?:\.(?=\s|$)|$)",
    re.IGNORECASE,
)
LEADS = re.compile(
    r"(?:^|(?<=\. ))(?P<who>[^.;:]{3,140}?)\s*,?\s+"
    r"(?:is|acts as|will be|runs [^.;]{0,40} and is)\s+(?:(?:the|our)\s+(?:\w+\s+)?lead\b|lead\b|(?:the|te)\s+kaihautū\b)|"
    r"(?:^|(?<=\. ))(?P<leads>[^.;:]{3,80}?)\s+leads\b(?:\s+on behalf of (?P<behalf>[^.;,]+))?|"
    r"\blead (?:attending )?agency is (?-i:(?=(?:the )?[A-ZĀĒĪŌŪ]))(?P<named>[^.;:]{3,140})",
    re.IGNORECASE,
)
_STYLED = re.compile(
    r"(?:^|(?<=\. ))(?P<who>[^.;:]{3,80}?)\s+is\s+(?:the|te)\s+(?P<role>(?!Lead\b)[A-ZĀĒĪŌŪ][\wāēīōū]+)(?=[:.,;])"
)
"""What a party is called for its part: "Ngāti Kahurere Hauora is the Kaihautū: it calls each Hui"."""
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
        found = _whole_names(found, {name for name, _ in found})
    else:
        found = _whole_names(found, {name for c in own for _, (name, _) in _leading_in(c.text)})
        found += [styled for c in own for styled in _styled_in(c.text[:_ENOUGH], found)]
    return _distinct(found[: 4 * _MOST])


def _styled_in(text: str, found: Sequence[Named]) -> Iterator[Named]:
    """The names that parties have for their part; a person called something is no party."""
    known = [name for name, _ in found]
    for styled in _STYLED.finditer(text):
        for name, _ in read_item(styled["who"]):
            whole = name if name in known else _shortened(name, known)
            if whole:
                yield whole, (styled["role"],)


def _whole_names(found: Sequence[Named], short: Collection[str]) -> list[Named]:
    """The names, the short ones that shorten another ("the Council" of a city council) made its alias."""
    known = list(dict.fromkeys(name for name, _ in found))
    whole = {name: full for name in short if (full := _shortened(name, known))}
    return [(whole[name], (name, *also)) if name in whole else (name, also) for name, also in found]


def _shortened(name: str, known: Sequence[str]) -> str | None:
    """The one longer name that holds all the words of this one, if there is one."""
    parts = set(fold(name).split())
    longer = [other for other in known if parts < set(fold(other).split()) and not government(name)]
    return longer[0] if len(longer) == 1 else None


def _named_in(clause: Clause, leads: Mapping[str, str], *, strict: bool = False) -> Iterator[Named]:
    text = clause.text[:_ENOUGH]
    if clause.cells is not None:
        yield from _from_columns(clause)
    elif clause.kind == "list_item":
        lead = leads.get(clause.lead_in or "")
        if (lead is None and not strict) or (lead is not None and _introduces(lead)):
            yield from read_item(text)
    else:
        placed = [*_leading_in(text), *_listed_in(text)]
        yield from (named for _, named in sorted(placed, key=lambda each: each[0]))


def _leading_in(text: str) -> Iterator[tuple[int, Named]]:
    """Who leads, with the place in the text."""
    leader = LEADS.search(text)
    if leader and (said := leader.group("who") or leader.group("named")):
        yield from ((leader.start(), named) for named in read_item(said))


def _listed_in(text: str) -> Iterator[tuple[int, Named]]:
    for listed in _LIST_AFTER.finditer(text):
        for piece in split_list(listed.group("list")):
            yield from ((listed.start(), named) for named in read_item(piece))


def _introduces(lead: str) -> bool:
    return bool(
        re.search(
            r"\b(?:parties|agencies|members|partners|organisations|signed|joined|attend\w*)\b",
            lead,
            re.IGNORECASE,
        )
    )


def _from_columns(clause: Clause) -> Iterator[Named]:
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
        for name, aliases in read_item(agency):
            yield name, (*aliases, *also)


def names_party(text: str, parties: Iterable[Party]) -> bool:
    """Whether a text is a party's name and nothing else."""
    return any(name_key(text) == name_key(name) for party in parties for name in party.names)


def _distinct(found: Iterable[Named]) -> tuple[Party, ...]:
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
    own = government(name)
    return any(
        name_key(name) == name_key(other) or (own is not None and own == government(other))
        for other in known
    )


def _party(name: str, given: Sequence[str]) -> Party:
    halves = [half for half in HALVES.split(name) if len(half) > 3]
    known = government(name) or next((g for g in map(government, (*halves, *given)) if g), ())
    aliases = dict.fromkeys(
        a
        for a in (*given, *(halves if len(halves) > 1 else ()), *known)
        if name_key(a) != name_key(name)
    )
    public = (
        bool(known) or begins_with_government(name) or any_of(vocabulary().public_words, fold(name))
    )
    return Party(name, tuple(aliases), public)
