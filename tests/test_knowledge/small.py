"""A small protocol for tests of answers."""

from datetime import date

from protocols.model import Clause, Protocol, SectionKey
from protocols.reading import protocol_from_clauses

_ROW = "Information: {}; Shared by: {}; Shared with: {}; Legal authority: {}"
_TEXTS: tuple[tuple[SectionKey, str, str, str], ...] = (
    ("parties", "Parties", "1.1", "The parties are New Zealand Police, Oranga Tamariki, the Ministry of Education and the Ministry of Social Development (MSD)."),
    ("parties", "Parties", "1.2", "Oranga Tamariki is the lead agency. It chairs each meeting and keeps this protocol."),
    ("meeting_purpose", "Purpose of the meeting", "2.1", "The purpose of the meeting is to agree a plan of support for each family."),
    ("meeting_purpose", "Purpose of the meeting", "2.2", "Meetings are held every second Tuesday at 10 am in the Rimu Room."),
    ("information_shared", "Information to be shared", "3.1", "Table 1 lists everything that may be shared. Anything not listed is not shared."),
    ("legal_authority", "Legal authority", "4.1", "Where there is a serious threat to anyone's life or health, call 111 first and tell the chair afterwards."),
    ("transparency", "Telling people", "5.1", "Before sharing under section 66C an agency tells the child what will be shared, where practicable."),
    ("method", "Method of sharing", "6.1", "Nobody records the meeting or takes a screenshot of it."),
    ("method", "Method of sharing", "6.2", "Despite clause 6.1, the opening karakia may be recorded if the kaumātua agrees."),
    ("method", "Method of sharing", "6.3", "E-mail is used only for a finished plan, as an attachment with a password given by telephone."),
    ("retention", "Retention", "7.1", "Handwritten notes are shredded by the end of the next working day."),
    ("breach", "Breaches", "8.1", "Anyone who notices a privacy breach rings the breach contact, Ana Tipoki of Oranga Tamariki, on 555 0100 the same day."),
    ("conflicts", "Conflicts of interest", "9.1", "Anyone who knows a family on the list tells the chair and leaves while that family is discussed."),
    ("review", "Review", "10.1", "Oranga Tamariki starts a review every March."),
)  # fmt: skip
_ROWS = (
    ("Attendance over the last two terms", "Ministry of Education", "Oranga Tamariki; New Zealand Police", "Oranga Tamariki Act 1989, section 66C"),
    ("Dates of family harm call-outs to the home in the past year", "New Zealand Police", "Oranga Tamariki", "Family Violence Act 2018, section 20"),
    ("Whether a main benefit is being paid", "Ministry of Social Development", "Oranga Tamariki", "Privacy Act 2020, IPP 11(1)(c), with the person's authorisation"),
)  # fmt: skip


def small_protocol() -> Protocol:
    clauses = [
        Clause(number, number, number, "paragraph", text, None, (), section, heading)
        for section, heading, number, text in _TEXTS
    ]
    rows = [_row(at, *cells) for at, cells in enumerate(_ROWS, 1)]
    return protocol_from_clauses(
        "A small protocol", [*clauses[:5], *rows, *clauses[5:]], date(2026, 11, 22)
    )


def _row(at: int, *values: str) -> Clause:
    number = f"Table 1, row {at}"
    names = ("Information", "Shared by", "Shared with", "Legal authority")
    return Clause(
        number, number, number, "table_row", _ROW.format(*values),
        dict(zip(names, values, strict=True)), (), "information_shared", "Table 1: What may be shared",
    )  # fmt: skip
