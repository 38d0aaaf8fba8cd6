"""What changed between two versions of a protocol: what it means for sharing, then the words."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.parts import ROOM, fitting, line, quotations, subheading, toggled, verbatim
from protocols.changes import Changes, Reworded
from protocols.model import Clause, Protocol


def change_lines(
    changes: Changes, protocol: Protocol, agency: str | None = None
) -> list[CardElement]:
    """Elements for a card about the newer version; what concerns `agency` comes first."""
    counts = (len(changes.added), len(changes.removed), len(changes.reworded))
    if not any(counts) and not changes.rules:
        return [subheading(wording.CHANGES), line(wording.CHANGES_NONE)]
    return [
        subheading(wording.CHANGES),
        line(wording.changes_counted(*counts)),
        *_meaning(changes.rules, agency),
        *_clauses("added", wording.CHANGES_ADDED, changes.added, protocol),
        *_clauses("removed", wording.CHANGES_REMOVED, changes.removed, protocol),
        *_reworded(changes.reworded),
    ]


def _meaning(rules: Sequence[str], agency: str | None) -> list[CardElement]:
    theirs = [sentence for sentence in rules if agency and agency in sentence]
    others = [sentence for sentence in rules if sentence not in theirs]
    rest = wording.CHANGES_OTHERS if theirs else wording.CHANGES_RULES
    return [
        *(_sentences(wording.changes_for(agency), theirs) if agency else []),
        *_sentences(rest, others),
    ]


def _sentences(title: str, said: Sequence[str]) -> list[CardElement]:
    if not said:
        return []
    lines: list[CardElement] = [verbatim(TextRun(text=sentence)) for sentence in said]
    return [subheading(title), *fitting(lines, ROOM // 8, wording.more_rows)]


def _clauses(
    name: str, title: str, clauses: Sequence[Clause], protocol: Protocol
) -> list[CardElement]:
    if not clauses:
        return []
    counted = wording.show_check(title, len(clauses))
    return toggled(f"changes-{name}", counted, quotations(clauses, protocol, ROOM // 8))


def _reworded(pairs: Sequence[Reworded]) -> list[CardElement]:
    if not pairs:
        return []
    shown: list[CardElement] = [_pair(pair) for pair in pairs]
    counted = wording.show_check(wording.CHANGES_REWORDED, len(pairs))
    return toggled("changes-reworded", counted, fitting(shown, ROOM // 4, wording.more_clauses))


def _pair(pair: Reworded) -> CardElement:
    """The words left out struck through, those put in underlined and bold: never by colour."""
    runs = [
        TextRun(
            text=words.text,
            strikethrough=True if words.change == "removed" else None,
            underline=True if words.change == "added" else None,
            weight="Bolder" if words.change == "added" else None,
        )
        for words in pair.words
    ]
    return verbatim(TextRun(text=f"{pair.new.cite}  ", weight="Bolder"), *runs)
