"""The record to keep with information that is kept, as text to copy; and the clauses on using it later."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, TextInput, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    button,
    choice,
    draft_banner,
    heading,
    line,
    message,
    quotations,
    source_line,
    subheading,
    toggled,
    verbatim,
)
from knowledge.storage_note import StorageNote
from protocols.model import Clause, Protocol, SharingRule

MAKE = "storage_note.make"
_TITLE = 110
_RULES = 60
_ROOM_FOR_RULES = 16_000
_LONGEST_TEXT = 4_000
_LONGEST_FIELD = 500


def choose_rule_card(protocol: Protocol, rules: Sequence[SharingRule], meeting: str) -> CardMessage:
    """Asks under which rule the information came; the choice comes back as the rule's place in the protocol."""
    if not rules:
        return message([heading(wording.NOTE), line(wording.NOTE_NO_RULES)], wording.NOTE)
    body = [
        *draft_banner(protocol),
        heading(wording.NOTE),
        line(wording.NOTE_LEAD),
        choice("rule", wording.NOTE_CHOOSE, _choices(protocol, rules)),
        source_line(protocol),
    ]
    make = button(wording.NOTE_MAKE, MAKE, {"meeting": meeting}, style="positive")
    return message(body, wording.NOTE, [make])


def storage_note_card(note: StorageNote, protocol: Protocol) -> CardMessage:
    """The record as text to copy."""
    text = storage_note_text(note)
    copy = TextInput(id="text", label=wording.NOTE_TEXT, is_multiline=True, value=text)
    body: list[CardElement] = [
        *draft_banner(protocol),
        heading(wording.NOTE),
        line(wording.NOTE_LEAD),
        *(_field(name, value) for name, value in _fields(note)),
        subheading(wording.NOTE_FIELDS["restrictions"]),
        *(quotations(note.restrictions, protocol, ROOM // 4) or [line(wording.NOTE_UNKNOWN)]),
        *toggled("copy", wording.NOTE_COPY, [copy]),
        source_line(protocol),
    ]
    return message(body, wording.NOTE)


def storage_note_text(note: StorageNote) -> str:
    """The fields and the restrictions, each with its clause, as plain lines."""
    limits = [f"- {clause.cite}: {clause.text}" for clause in note.restrictions]
    lines = [
        *(f"{name}: {value}" for name, value in _fields(note)),
        f"{wording.NOTE_FIELDS['restrictions']}:",
        *(limits or [f"- {wording.NOTE_UNKNOWN}"]),
    ]
    return "\n".join(lines)[:_LONGEST_TEXT]


def later_use_card(protocol: Protocol) -> CardMessage:
    """Every clause on secondary use, before anyone uses information again."""
    clauses = [clause for clause in protocol.clauses if clause.section == "secondary_use"]
    body = [
        *draft_banner(protocol),
        heading(wording.LATER),
        line(wording.LATER_LEAD),
        *_later(clauses, protocol),
        source_line(protocol),
    ]
    return message(body, f"{wording.LATER} {', '.join(clause.cite for clause in clauses)}")


def _fields(note: StorageNote) -> list[tuple[str, str]]:
    label, unknown = wording.NOTE_FIELDS, wording.NOTE_UNKNOWN
    return [
        (label["source"], f"{note.source or unknown} ({note.clause})"),
        (label["information"], _short(note.information, _LONGEST_FIELD)),
        (label["legal_authority"], note.legal_authority or unknown),
        (label["purpose"], _short(note.purpose or unknown, _LONGEST_FIELD)),
        (label["shared_on"], wording.day(note.shared_on)),
    ]


def _field(name: str, value: str) -> CardElement:
    return verbatim(TextRun(text=f"{name}: ", weight="Bolder"), TextRun(text=value))


def _later(clauses: Sequence[Clause], protocol: Protocol) -> list[CardElement]:
    return quotations(clauses, protocol, ROOM) or [line(wording.SILENT)]


def _choices(protocol: Protocol, rules: Sequence[SharingRule]) -> list[tuple[str, str]]:
    """As many as a card can carry, each with the row it stands in."""
    room = _ROOM_FOR_RULES
    offered: list[tuple[str, str]] = []
    for rule in rules[:_RULES]:
        title = f"{_short(rule.information, _TITLE)} ({rule.agency or rule.clause}, {rule.clause})"
        room -= len(title.encode()) + 40
        if room < 0:
            break
        offered.append((str(protocol.rules.index(rule)), title))
    return offered


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0]} …"
