"""What changed between two versions of a protocol: clauses, words, numbers, and sharing rules in plain sentences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from rapidfuzz import fuzz, process

from protocols.model import Clause, Protocol, SharingRule
from protocols.wording import fold

_SAME_CLAUSE = 62.0
_SAME_NUMBER = 45.0
_TOKENS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of a clause: kept, left out or put in."""

    change: str
    text: str

    def to_json(self) -> Mapping[str, str]:
        return {"change": self.change, "text": self.text}


@dataclass(frozen=True, slots=True)
class Reworded:
    """A clause under its old and new citation, with what happened to its words."""

    old: Clause
    new: Clause
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Clauses added, removed, reworded and renumbered, and what that means for the sharing rules."""

    added: tuple[Clause, ...]
    removed: tuple[Clause, ...]
    reworded: tuple[Reworded, ...]
    renumbered: tuple[tuple[Clause, Clause], ...]
    rules: tuple[str, ...]

    def to_json(self) -> Mapping[str, object]:
        """The contract's dictionary (design section 4), ready for json.dumps."""
        return {
            "added": [_shown(clause) for clause in self.added],
            "removed": [_shown(clause) for clause in self.removed],
            "reworded": [
                {
                    "old": _shown(pair.old),
                    "new": _shown(pair.new),
                    "words": [words.to_json() for words in pair.words],
                }
                for pair in self.reworded
            ],
            "renumbered": [{"old": old.cite, "new": new.cite} for old, new in self.renumbered],
            "rules": list(self.rules),
        }

    def sentences(self) -> tuple[str, ...]:
        """The changes one a line, what may be shared first."""
        return (
            *self.rules,
            *(f"New: {clause.cite}: {clause.text}" for clause in self.added),
            *(f"Removed: {clause.cite}: {clause.text}" for clause in self.removed),
            *(f"Reworded: {pair.new.cite}: {_marked(pair.words)}" for pair in self.reworded),
            *(f"Renumbered: {old.cite} is now {new.cite}." for old, new in self.renumbered),
        ) or ("Nothing changed.",)


def changes(old: Protocol, new: Protocol) -> Changes:
    """What the new version adds, takes away, rewords and renumbers."""
    pairs = _paired(old.clauses, new.clauses)
    kept_old, kept_new = {before.id for before, _ in pairs}, {after.id for _, after in pairs}
    return Changes(
        added=tuple(clause for clause in new.clauses if clause.id not in kept_new),
        removed=tuple(clause for clause in old.clauses if clause.id not in kept_old),
        reworded=tuple(
            Reworded(before, after, word_changes(before.text, after.text))
            for before, after in pairs
            if before.text != after.text
        ),
        renumbered=tuple((a, b) for a, b in pairs if a.text == b.text and a.cite != b.cite),
        rules=tuple(_rule_changes(old, new, {a.cite: b.cite for a, b in pairs})),
    )


def word_changes(old: str, new: str) -> tuple[Words, ...]:
    """The new text word by word against the old: kept, removed and added stretches in reading order."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    found: list[Words] = []
    removed = added = ""
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        kept = "".join(before[a:b]) if tag == "equal" else ""
        if kept.strip() or (kept and not removed and not added):
            found += _changed(removed, added)
            found.append(Words("kept", kept))
            removed = added = ""
        else:
            removed += "".join(before[a:b])
            added += "".join(after[c:d])
    return (*found, *_changed(removed, added))


def _changed(removed: str, added: str) -> list[Words]:
    return [
        Words(change, text) for change, text in (("removed", removed), ("added", added)) if text
    ]


def _paired(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[Clause, Clause]]:
    """Each old clause with what became of it: the same words, else the nearest words in the same section."""
    pairs = _same_words(old, new)
    left = [clause for clause in old if clause.id not in {a.id for a, _ in pairs}]
    right = [clause for clause in new if clause.id not in {b.id for _, b in pairs}]
    scored = sorted(_candidates(left, right), key=lambda found: -found[0])
    used_old, used_new = set[str](), set[str]()
    for _, before, after in scored:
        if before.id not in used_old and after.id not in used_new:
            used_old.add(before.id)
            used_new.add(after.id)
            pairs.append((before, after))
    order = {clause.id: index for index, clause in enumerate(new)}
    return sorted(pairs, key=lambda pair: order[pair[1].id])


def _same_words(old: Sequence[Clause], new: Sequence[Clause]) -> list[tuple[Clause, Clause]]:
    """Clauses word for word the same, taken in order so that a moved block stays together."""
    waiting: dict[tuple[str, str], list[Clause]] = {}
    for clause in old:
        waiting.setdefault((clause.section, clause.text), []).append(clause)
    pairs = []
    for clause in new:
        same = waiting.get((clause.section, clause.text))
        if same:
            pick = next((c for c in same if c.cite == clause.cite), same[0])
            same.remove(pick)
            pairs.append((pick, clause))
    return pairs


def _candidates(
    left: Sequence[Clause], right: Sequence[Clause]
) -> Iterator[tuple[float, Clause, Clause]]:
    if not left or not right:
        return
    texts = [_comparable(clause) for clause in right]
    for before in left:
        for _, score, index in process.extract(
            _comparable(before), texts, scorer=fuzz.ratio, score_cutoff=_SAME_NUMBER, limit=8
        ):
            after = right[index]
            in_table = before.kind == "table_row"
            same_place = (
                before.cite == after.cite and before.heading == after.heading and not in_table
            )
            alike = before.section == after.section and (before.kind == "table_row") == (
                after.kind == "table_row"
            )
            if same_place or (alike and score >= _SAME_CLAUSE):
                yield score + (10.0 if same_place else 0.0), before, after


def _comparable(clause: Clause) -> str:
    """The words that make a clause itself: a row's values without its table's column names."""
    return fold(" ".join(clause.cells.values()) if clause.cells else clause.text)


def _rule_changes(old: Protocol, new: Protocol, moved: Mapping[str, str]) -> Iterator[str]:
    before = _rules_by_place(old.rules, moved)
    after = _rules_by_place(new.rules, {})
    for place, rule in after.items():
        if place not in before:
            yield _sentence_new(rule)
        else:
            yield from _differences(before[place], rule)
    for place, rule in before.items():
        if place not in after:
            yield f"{_who(rule)} may no longer share “{rule.information}” with {_listed(rule.recipients)} (was {rule.clause})."
    yield from _party_changes(old, new)


def _rules_by_place(
    rules: Sequence[SharingRule], moved: Mapping[str, str]
) -> dict[tuple[str, int], SharingRule]:
    found: dict[tuple[str, int], SharingRule] = {}
    for rule in rules:
        cite = moved.get(rule.clause, rule.clause) if moved else rule.clause
        nth = sum(place[0] == cite for place in found)
        if moved and rule.clause not in moved:
            cite = f"gone: {cite}"
        found[cite, nth] = rule
    return found


def _sentence_new(rule: SharingRule) -> str:
    law = f" under {rule.legal_authority}" if rule.legal_authority else ""
    return f"New: {_who(rule)} may share “{rule.information}” with {_listed(rule.recipients)}{law} ({rule.clause})."


def _differences(old: SharingRule, new: SharingRule) -> Iterator[str]:
    about = f"“{new.information}” ({new.clause})"
    if old.agency != new.agency:
        yield f"{about} is now shared by {_who(new)}, before by {_who(old)}."
    gained = [name for name in new.recipients if name not in old.recipients]
    lost = [name for name in old.recipients if name not in new.recipients]
    if gained:
        yield f"{_listed(gained)} may now receive {about} from {_who(new)}."
    if lost:
        yield f"{_listed(lost)} may no longer receive {about} from {_who(new)}."
    if old.information != new.information:
        yield f"{_who(new)}: “{old.information}” now reads {about}."
    if old.legal_authority != new.legal_authority:
        yield f"The legal authority for {about} is now {new.legal_authority or 'not stated'}, before {old.legal_authority or 'not stated'}."
    if old.purpose != new.purpose:
        yield f"The purpose of sharing {about} is now “{new.purpose or 'not stated'}”, before “{old.purpose or 'not stated'}”."


def _party_changes(old: Protocol, new: Protocol) -> Iterator[str]:
    for name in new.agencies:
        if name not in old.agencies:
            yield f"{name} is now a party."
    for name in old.agencies:
        if name not in new.agencies:
            yield f"{name} is no longer a party."


def _who(rule: SharingRule) -> str:
    return rule.agency or "The agency that holds it"


def _listed(names: Sequence[str]) -> str:
    if not names:
        return "nobody named"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _shown(clause: Clause) -> Mapping[str, object]:
    return {
        "number": clause.number,
        "cite": clause.cite,
        "section": clause.section,
        "heading": clause.heading,
        "text": clause.text,
    }


def _marked(words: Sequence[Words]) -> str:
    signs = {"kept": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    return "".join(signs[part.change].format(part.text) for part in words)
