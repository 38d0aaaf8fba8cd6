"""Which agencies a text speaks of, under any of their names: the vocabulary's and the protocol's own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.language import common_english, fold, vocabulary, word_set, words
from protocols.mentions import mentions
from protocols.model import Protocol
from protocols.parties import Party, party_names

LONGEST = 7
_ARTICLES = ("the",)


@dataclass(frozen=True, slots=True)
class Agency:
    """`party` is the name in `Protocol.agencies`, None for an agency that has not signed."""

    spoken: str
    party: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency at tokens `start` to `end`."""

    start: int
    end: int
    agency: Agency


class Agencies:
    """The agencies a protocol or the vocabulary knows, by name."""

    def __init__(self, protocol: Protocol | None = None) -> None:
        self._names: dict[tuple[str, ...], Agency] = {}
        parties = party_names(protocol.sections) if protocol else ()
        for party in parties:
            self._add(party, _described(protocol, party, parties) if protocol else "", parties)
        for entry in vocabulary("agencies")["agency"]:
            self._know(entry["names"], Agency(entry["name"], None))
        self.parties = tuple(dict.fromkeys(a.party for a in self._names.values() if a.party))
        self._strangers = {tuple(words(n)) for n in vocabulary("agencies")["strangers"]["names"]}
        self._starts = {name[0] for name in (*self._names, *self._strangers)}

    def mentions(self, tokens: Sequence[str]) -> list[Mention]:
        """Agencies in the order of the text; the longest name wins."""
        return list(self._found(tokens, self._names))

    def strangers(self, tokens: Sequence[str]) -> list[Mention]:
        """People and bodies that are no agency and seldom a party: the media, a landlord."""
        table = {n: Agency(" ".join(n), None) for n in self._strangers if n not in self._names}
        return list(self._found(tokens, table))

    def named(self, name: str) -> str | None:
        """The party an asker's agency name stands for."""
        found = self.mentions(words(name))
        return next((m.agency.party for m in found if m.agency.party), None)

    def agency(self, name: str) -> Agency | None:
        """The party an asker's agency name stands for, with its spoken name."""
        found = (mention.agency for mention in self.mentions(words(name)))
        return next((agency for agency in found if agency.party), None)

    def written_as(self, word: str) -> str | None:
        """The party that has a name which is this folded word when written without spaces."""
        found = (agency.party for name, agency in self._names.items() if "".join(name) == word)
        return next(filter(None, found), None)

    def spoken(self, tokens: Sequence[str]) -> list[str]:
        """The tokens with every agency as one token, its spoken name, once where it is named twice in a row."""
        out: list[str] = []
        at = 0
        for mention in self.mentions(tokens):
            out.extend(tokens[at : mention.start])
            if out[-1:] != [mention.agency.spoken]:
                out.append(mention.agency.spoken)
            at = mention.end
        return [*out, *tokens[at:]]

    def _found(
        self, tokens: Sequence[str], table: Mapping[tuple[str, ...], Agency]
    ) -> Iterator[Mention]:
        at = 0
        while at < len(tokens):
            length = self._length(tokens, at, table) if self._may_start(tokens[at]) else 0
            if length == 1 and _is_no_agency(tokens, at) and not self._is_joined(tokens, at, table):
                length = 0
            if length:
                yield Mention(at, at + length, table[_name(tokens[at : at + length], table)])
            at += length or 1

    def _is_joined(
        self, tokens: Sequence[str], at: int, table: Mapping[tuple[str, ...], Agency]
    ) -> bool:
        """`health and Police`: one of several agencies after all."""
        if tokens[at - 1 : at] and tokens[at - 1] in _MATTER_BEFORE:
            return False
        rest = [token for token in tokens[at + 1 : at + 3 + LONGEST] if token != "the"]
        return rest[:1] in (["and"], ["or"]) and self._length(rest, 1, table) > 0

    def _may_start(self, token: str) -> bool:
        return token in self._starts or token.removesuffix("s") in self._starts

    def _length(
        self, tokens: Sequence[str], at: int, table: Mapping[tuple[str, ...], Agency]
    ) -> int:
        for length in range(min(LONGEST, len(tokens) - at), 0, -1):
            if _name(tokens[at : at + length], table):
                return length
        return 0

    def _add(self, party: Party, described: str, parties: Sequence[Party]) -> None:
        known = _entry(party.names)
        spoken = known["name"] if known else _shortest(party)
        agency = Agency(spoken, party.name)
        self._know(party.names, agency)
        if known:
            self._know(known["names"], agency)
        others = " ".join(fold(n) for p in parties if p is not party for n in p.names)
        for role in vocabulary("agencies")["role"]:
            own = any(f" {sign} " in f" {described} " for sign in role["signs"])
            if own and not any(f" {sign} " in f" {others} " for sign in role["signs"]):
                self._know(role["names"], agency)
        if not party.public:
            self._know(_distinct_words(party, others), agency)

    def _know(self, names: Iterable[str], agency: Agency) -> None:
        for name in names:
            tokens = tuple(words(name))
            if tokens[:1] == _ARTICLES:
                tokens = tokens[1:]
            if tokens and (len(tokens) > 1 or len(tokens[0]) > 1):
                self._names.setdefault(tokens, agency)


_PLACES = word_set("places")
_WHERE = word_set("around_places")
_MATTERS = word_set("matters")
_MATTER_AFTER = word_set("after_matters")
_MATTER_BEFORE = word_set("before_matters")


def _name(tokens: Sequence[str], table: Mapping[tuple[str, ...], Agency]) -> tuple[str, ...]:
    """The name these tokens are in the table, `ots` standing for `OT's`; empty when they are none."""
    whole = tuple(tokens)
    owning = (*whole[:-1], whole[-1].removesuffix("s"))
    return whole if whole in table else owning if owning in table else ()


def _is_no_agency(tokens: Sequence[str], at: int) -> bool:
    """`in prison` is a place and `mental health` a matter, not an agency."""
    before = tokens[at - 1] if at else ""
    after = tokens[at + 1] if at + 1 < len(tokens) else ""
    if tokens[at] in _PLACES and before in _WHERE:
        return True
    return tokens[at] in _MATTERS and (before in _MATTER_BEFORE or after in _MATTER_AFTER)


def _entry(names: Iterable[str]) -> Mapping[str, str] | None:
    """The vocabulary's agency that bears one of the names."""
    folded = {" ".join(words(name)).removeprefix("the ") for name in names}
    for entry in vocabulary("agencies")["agency"]:
        if folded & {name for name in entry["names"]}:
            found: Mapping[str, str] = entry
            return found
    for entry in vocabulary("agencies")["agency"]:
        if any(name.startswith(f"{entry['names'][0]} ") for name in folded):
            also: Mapping[str, str] = entry
            return also
    return None


def _shortest(party: Party) -> str:
    """The protocol's own short name, else the first words of the full one."""
    names = (" ".join(words(name)).removeprefix("the ") for name in party.names)
    return min((name for name in names if len(name) > 2), key=len)


def _described(protocol: Protocol, party: Party, parties: Sequence[Party]) -> str:
    """The party's names and what the parties section says after naming it."""
    said = list(party.names)
    for clause in (c for s in protocol.sections if s.key == "parties" for c in s.clauses):
        found = mentions(clause.text, parties)
        for at, (_, end, name) in enumerate(found):
            if name == party.name:
                said.append(
                    clause.text[end : found[at + 1][0] if at + 1 < len(found) else end + 80]
                )
                break
        if clause.cells and found and found[0][2] == party.name:
            said.append(clause.text)
    return " ".join(words(" ".join(said)))


_COMMON = word_set("common_in_names")


def _distinct_words(party: Party, others: str) -> Iterator[str]:
    """Single words of its name, long enough, that no other party's name holds."""
    for word in words(party.name):
        known = word in _COMMON or word in common_english()
        if len(word) > 4 and not known and f" {word} " not in f" {others} ":
            yield word
