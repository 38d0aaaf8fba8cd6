"""What changed between two versions of a protocol: what it means for sharing, then the words."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextRun

from cards import wording
from cards.parts import ROOM, fitting, line, quotations, subheading, toggled, verbatim
from protocols.changes import Changes, Reworded
from protocols.model import Clause, Protocol


def change_lines(changes: Changes, protocol: Protocol) -> list[CardElement]:
    """Elements for a card about the newer version."""
    counts = (len(changes.added), len(changes.removed), len(changes.reworded))
    if not any(counts) and not changes.rules:
        return [subheading(wording.CHANGES), line(wording.CHANGES_NONE)]
    rules: list[CardElement] = [verbatim(TextRun(text=sentence)) for sentence in changes.rules]
    meaning = [subheading(wording.CHANGES_RULES), *fitting(rules, ROOM // 4, wording.more_rows)]
    return [
        subheading(wording.CHANGES),
        line(wording.changes_counted(*counts)),
        *(meaning if rules else []),
        *_clauses("added", wording.CHANGES_ADDED, changes.added, protocol),
        *_clauses("removed", wording.CHANGES_REMOVED, changes.removed, protocol),
        *_reworded(changes.reworded),
    ]


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
