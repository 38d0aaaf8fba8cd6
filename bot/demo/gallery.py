"""Every card the bot can send, made from one protocol: to be looked at beside each other, and held by the tests."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from cards.acknowledgement import (
    Attendee,
    Reader,
    acknowledge_card,
    acknowledged_card,
    acknowledgements_card,
)
from cards.agency import agencies_card, agency_card, not_a_party_card
from cards.answer import answer_card
from cards.breach import breach_alert_card, breach_card, breach_told_card
from cards.changes import change_lines
from cards.checklist import checklist_card
from cards.conflict import conflict_alert_card, conflict_card, conflict_told_card
from cards.help import help_card, no_protocol_card, welcome_card
from cards.leak import leak_alert_card, leak_told_card
from cards.message import CardMessage
from cards.notice import closed_notice_card, notice_card
from cards.parts import button
from cards.practice import no_practice_card, practice_answer_card, practice_card
from cards.protocol import reading_card, unreadable_card
from cards.publishing import (
    DISCARD,
    PUBLISH,
    discarded_card,
    in_force_card,
    published_card,
    use_card,
)
from cards.register import Entry, register_card
from cards.reminder import PlannedReminder, reminder_card, reminders_card
from cards.report import report_card
from cards.review import review_alert_card, review_asked_card, review_card, review_due_card
from cards.safety import safety_card
from cards.storage_note import choose_rule_card, later_use_card, storage_note_card
from cards.which_meeting import which_meeting_card
from knowledge.answers import Answer, Fact, Quote
from knowledge.checklist import checklist
from knowledge.hygiene.finding import Kind
from knowledge.notice_clauses import NoticeClauses, notice_clauses
from knowledge.practice import scenario
from knowledge.report import Report
from knowledge.storage_note import receivable, storage_note
from protocols.changes import changes
from protocols.model import Clause, Protocol, SignatureReport

MEETING = "19:meeting_sample@thread.v2"
AT = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
DAY = date(2026, 11, 23)
_OTHERS = ("First agency", "Second agency", "Third agency")
REPORT = Report(
    first=date(2026, 9, 1),
    last=DAY,
    questions={"information_shared": 14, "method": 6, "retention": 3},
    unanswered={"legal_authority": 2},
    notices=5,
    kinds={"person_name": 5, "phone": 1},
    acknowledged=4,
    attendees=6,
    conflicts={"2026-10": 1, "2026-11": 2},
    breaches={"2026-11": 1},
    reviews=1,
)


def every_card(
    protocol: Protocol, draft: Protocol | None = None, earlier: Protocol | None = None
) -> Mapping[str, CardMessage]:
    """Cards by name; `draft` is the protocol before it was signed, `earlier` the version before it."""
    draft, earlier = draft or _unsigned(protocol), earlier or _before(protocol)
    first, second, third = (*protocol.agencies, *_OTHERS)[:3]
    tom, told = Reader("29:tom", second, None), changes(earlier, protocol)
    people = [
        Attendee("Mere Tautahi", first, AT),
        Attendee("Tom Ashworth", second, None),
        Attendee("Janet Cole", None, None),
    ]
    publish = [button("Publish", PUBLISH, {"protocol": "d1"}), button("Discard", DISCARD, {"protocol": "d1"})]  # fmt: skip
    cards = {
        "answer_danger_silent": answer_card(_silence(protocol), draft),
        "notice": notice_card(["person_name", "phone"], "n1", protocol, notice_clauses(protocol)),
        "notice_silent": notice_card(["phone"], "n4", protocol, NoticeClauses(None, None, (), None, None)),
        "notice_no_clause": notice_card(["nhi"], "n2", None, None, long_paste=True, danger=True),
        "notice_closed": closed_notice_card(),
        "notice_declined": closed_notice_card(declined=True),
        "leak_told": leak_told_card(protocol, AT, "contact"),
        "leak_alert": leak_alert_card(protocol, ["person_name", "phone"], AT),
        "safety": safety_card(protocol, None),
        "welcome": welcome_card(protocol),
        "help": help_card(protocol),
        "no_protocol": no_protocol_card(),
        "reading": reading_card(protocol, actions=publish),
        "reading_draft": reading_card(draft, refusal=draft.signature.reason, actions=publish[1:]),
        "unreadable": unreadable_card("minutes.pdf: not a Word document. Send the DOCX."),
        "published": published_card(protocol),
        "discarded": discarded_card(),
        "which_meeting": which_meeting_card([(MEETING, "Attendance hui"), ("19:other@thread.v2", None)]),
        "in_force_changed": in_force_card(protocol, MEETING, DAY, new=True, changes=change_lines(told, protocol)),
        "in_force_changed_for_one": in_force_card(protocol, MEETING, DAY, new=True, changes=change_lines(told, protocol, third), reader=replace(tom, agency=third, at=AT)),
        "use": use_card([("d1", protocol), ("d2", draft)]),
        "in_force": in_force_card(protocol, MEETING, DAY, new=False, reader=tom),
        "in_force_new": in_force_card(protocol, MEETING, DAY, new=True, people=["29:mere", "29:tom"]),
        "register": register_card([Entry(protocol.title, protocol.version, first, protocol.agencies, "signed", DAY, protocol.review.due)], MEETING),
        "reminder_start": reminder_card(protocol, "start"),
        "reminder_end": reminder_card(protocol, "end"),
        "reminder_recording": reminder_card(protocol, "recording"),
        "reminders": reminders_card([PlannedReminder("r1", "chat", AT), PlannedReminder("every", "now", None)], MEETING, cancels=True),
        "reminders_none": reminders_card([], MEETING, cancels=False),
        "agency": agency_card(protocol, MEETING, second),
        "agency_guest": not_a_party_card(protocol),
        "checklist": checklist_card(checklist(protocol, first), protocol, MEETING, tom),
        "checklist_read": checklist_card(checklist(protocol, first), protocol, MEETING, replace(tom, at=AT)),
        "acknowledge": acknowledge_card(protocol, MEETING, again=True),
        "acknowledged": acknowledged_card(protocol, AT),
        "acknowledgements": acknowledgements_card(protocol, people, MEETING, "acknowledgements:a1", "29:mere"),
        "agencies": agencies_card(protocol, [("29:tom", "Tom Ashworth", second), ("29:janet", "Janet Cole", None)], MEETING),
        "conflict": conflict_card(protocol, MEETING),
        "conflict_told": conflict_told_card(protocol, AT, "others"),
        "conflict_alert": conflict_alert_card(protocol, "Tom Ashworth", second, AT),
        "breach": breach_card(protocol, MEETING),
        "breach_told": breach_told_card(protocol, AT, "nobody"),
        "breach_alert": breach_alert_card(protocol, "Tom Ashworth", second, AT),
        "note_choose": choose_rule_card(protocol, receivable(protocol, None), MEETING),
        "later_use": later_use_card(protocol),
        "practice_none": no_practice_card(),
        "review": review_card(protocol, MEETING),
        "review_asked": review_asked_card(protocol),
        "review_alert": review_alert_card(protocol, third),
        "review_due": review_due_card(protocol, date(2027, 3, 9)),
        "report": report_card(REPORT, protocol, MEETING),
    }  # fmt: skip
    return cards | dict(_of_rules(protocol, first, second))


def _of_rules(protocol: Protocol, first: str, second: str) -> Iterator[tuple[str, CardMessage]]:
    """Those that need a sharing rule, for a protocol that has one."""
    if not protocol.rules:
        return
    rule = protocol.rules[0]
    yield "answer", answer_card(_answer(protocol, second), protocol)
    yield "answer_shortened", answer_card(_shortened(protocol), protocol)
    yield "note", storage_note_card(storage_note(rule, protocol, DAY), protocol)
    if strict := _strict(protocol):
        kinds: list[Kind] = ["person_name", "sensitive_detail"]
        yield "notice_health", notice_card(kinds, "n3", protocol, strict, health=True)
    if asked := scenario(protocol, 3, first):
        yield "practice", practice_card(asked, protocol, MEETING)
        answered = practice_answer_card(asked, protocol, MEETING, said_yes=True)
        yield "practice_answer", answered


def _unsigned(protocol: Protocol) -> Protocol:
    report = SignatureReport("unsigned", "No agency has signed yet.", ())
    return replace(protocol, signature=report)


def _before(protocol: Protocol) -> Protocol:
    """A version without the clauses on tikanga, and with one sharing row for one agency only."""
    first = tuple(replace(rule, recipients=rule.recipients[:1]) for rule in protocol.rules[:1])
    sections = tuple(section for section in protocol.sections if section.key != "tikanga")
    return replace(protocol, sections=sections, rules=(*first, *protocol.rules[1:]))


def _strict(protocol: Protocol) -> NoticeClauses | None:
    """A chat post is a breach, and there is a row on health information."""
    on_breach = next((clause for clause in protocol.clauses if clause.section == "breach"), None)
    if on_breach is None:
        return None
    row = _row(protocol)
    breach = f"Personal information in the meeting chat is treated as a breach. {on_breach.text}"
    health = {**(row.cells or {}), "Information": "Current diagnoses that affect attendance"}
    return replace(
        notice_clauses(protocol),
        breach=replace(on_breach, text=breach),
        health=replace(row, cells=health),
    )


def _row(protocol: Protocol) -> Clause:
    """The clause of the first sharing rule."""
    return next(clause for clause in protocol.clauses if clause.cite == protocol.rules[0].clause)


def _answer(protocol: Protocol, recipient: str) -> Answer:
    row = _row(protocol)
    others = [clause for clause in protocol.clauses if clause.section == "transparency"]
    return Answer(
        question="",
        outcome="may",
        reason=None,
        confidence=0.9,
        clauses=tuple(Quote(clause, 0.9) for clause in [row, *protocol.clauses[:4]]),
        legal_authority=(protocol.rules[0].legal_authority or "",),
        restrictions=tuple(others[:1]),
        contacts=protocol.contacts,
        facts=(Fact(row.cite, recipient, listed=True),),
    )


def _shortened(protocol: Protocol) -> Answer:
    """A clause as long as several, of which two sentences matter."""
    prose = [clause for clause in protocol.clauses if not clause.cells][:6]
    long = replace(prose[0], text=" ".join(clause.text for clause in prose))
    return Answer("", "information", None, 0.9, clauses=(Quote(long, 0.9, (1, 3)),))


def _silence(protocol: Protocol) -> Answer:
    nearest: tuple[Clause, ...] = protocol.clauses[:3]
    return Answer(
        "",
        "not_covered",
        "no_clause",
        0.1,
        nearest=nearest,
        contacts=protocol.contacts,
        danger=True,
    )
