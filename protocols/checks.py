"""What is missing, vague, left over or out of date in a protocol, each with its clause and the next step.

What each section should hold: the government's guidance on information sharing protocols (2024).
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from protocols.dates import show_date
from protocols.gathered import Gathered
from protocols.model import Clause, Finding, SectionKey, Severity
from protocols.particulars import LEVELS
from protocols.sharing_checks import SHARING_CHECKS
from protocols.signing_checks import SIGNING_CHECKS
from protocols.tables import paragraphs_of
from protocols.template import heading_scores
from protocols.wording import any_of, fold, vocabulary

_CERTAIN = 3.0
_ORDER = {"error": 0, "warning": 1, "note": 2}


def findings(read: Gathered) -> tuple[Finding, ...]:
    """Every finding, the gravest first and in document order within a severity."""
    found = [finding for check in _CHECKS for finding in check(read)]
    at = {clause.cite: index for index, clause in enumerate(read.clauses)}
    return tuple(
        sorted(dict.fromkeys(found), key=lambda f: (_ORDER[f.severity], at.get(f.clause or "", -1)))
    )


class _Expected(NamedTuple):
    severity: Severity
    name: str
    step: str


_EXPECTED: dict[SectionKey, _Expected] = {
    "parties": _Expected(
        "error", "who the parties are", "List the attending agencies and name the lead."
    ),
    "meeting_purpose": _Expected(
        "warning", "the purpose of the meeting", "Say in one clear aim what the meeting is for."
    ),
    "sharing_purpose": _Expected(
        "warning", "why each agency shares", "Give each agency's purpose for sharing or receiving."
    ),
    "information_shared": _Expected(
        "error",
        "which information may be shared",
        "List the items, who gives each and who receives it.",
    ),
    "legal_authority": _Expected(
        "error",
        "the legal authority",
        "Name the Act and section for each purpose; the protocol itself is no authority.",
    ),
    "use": _Expected(
        "warning", "how information may be used", "Say what attendees may do with what they hear."
    ),
    "secondary_use": _Expected(
        "note",
        "later use for another purpose",
        "Say what must happen before information is used for something else.",
    ),
    "transparency": _Expected(
        "warning",
        "what people are told",
        "Say who tells people what is shared and why, or why not.",
    ),
    "method": _Expected(
        "warning",
        "how information is shared",
        "Say which ways of sharing are agreed, and the rule for the meeting chat.",
    ),
    "security_controls": _Expected(
        "warning", "security controls", "List the requirements and the restrictions."
    ),
    "tikanga": _Expected(
        "note",
        "tikanga and Māori data",
        "Ask your Māori advisory team and those affected whether tikanga applies.",
    ),
    "retention": _Expected(
        "warning",
        "keeping and disposing",
        "Say how long information is kept and when it is deleted.",
    ),
    "breach": _Expected(
        "error", "privacy and security breaches", "Name a breach contact and the steps to take."
    ),
    "conflicts": _Expected(
        "warning",
        "conflicts of interest",
        "Say whom to tell and what to do when someone knows the person.",
    ),
    "relationship_management": _Expected(
        "note", "relationship managers", "Name one for each agency."
    ),
    "review": _Expected(
        "warning", "review", "Say how often the protocol is reviewed and who starts it."
    ),
    "approvals": _Expected(
        "warning",
        "approvals and signatures",
        "Add a table with name, position and date for each agency.",
    ),
}


def _sections(read: Gathered) -> Iterator[Finding]:
    present = {clause.section for clause in read.clauses} | _told_elsewhere(read)
    shown = _headings_shown(read)
    for key, expected in _EXPECTED.items():
        if key in present:
            continue
        if key in shown:
            message = f"The part “{shown[key]}” is empty. {expected.step}"
            yield Finding("section_empty", expected.severity, message, None)
        else:
            message = f"Nothing was found about {expected.name}. {expected.step}"
            yield Finding("section_missing", expected.severity, message, None)


def _told_elsewhere(read: Gathered) -> set[SectionKey]:
    """Sections whose content stands in a sharing table or under a heading that names several themes."""
    found: set[SectionKey] = {
        key
        for section in read.sections
        for key, score in heading_scores(section.heading).items()
        if score >= _CERTAIN
    }
    if read.rules:
        found.add("information_shared")
    if any(rule.legal_authority for rule in read.rules):
        found.add("legal_authority")
    if any(rule.purpose for rule in read.rules):
        found.add("sharing_purpose")
    return found


def _headings_shown(read: Gathered) -> dict[SectionKey, str]:
    headings = read.paper.outline.headings if read.paper else ()
    shown: dict[SectionKey, str] = {}
    for heading in headings:
        scores = heading_scores(heading)
        best = max(scores, key=lambda key: scores[key], default=None)
        if best and scores[best] >= _CERTAIN:
            shown.setdefault(best, heading)
    return shown


def _classification(read: Gathered) -> Iterator[Finding]:
    cite = next((clause.cite for clause in read.within("security_classification")), None)
    if read.classification is None:
        message = "No security classification was found. Choose one: personal information is at least IN-CONFIDENCE."
        yield Finding("classification_missing", "error", message, cite)
    elif LEVELS.index(read.classification) > LEVELS.index("IN-CONFIDENCE"):
        message = f"{read.classification} is too low for personal information. Choose IN-CONFIDENCE or higher."
        yield Finding("classification_low", "error", message, cite)


def _handling(read: Gathered) -> Iterator[Finding]:
    told = [
        fold(c.text) for c in read.within("security_classification", "security_controls", "method")
    ]
    told = [text for text in told if any_of(_words("handling"), text)]
    for party in read.parties:
        names = [fold(name) for name in (party.name, *party.aliases)]
        spoken = any(any_of((*names, *_words("outsiders")), text) for text in told)
        if not party.public and not spoken:
            message = (
                f"{party.name} is not a government agency, and no clause says that it may hold this classification or "
                "how to handle it. Add one, or ask the lead agency."
            )
            cite = next((clause.cite for clause in read.within("security_classification")), None)
            yield Finding("handling_not_agreed", "warning", message, cite)


def _chat(read: Gathered) -> Iterator[Finding]:
    texts = [fold(clause.text) for clause in read.clauses]
    own = (*read.within("method", "security_controls"), *read.clauses)
    chat = next((clause.cite for clause in own if " chat " in fold(clause.text)), None)
    if chat is None:
        message = "No clause says what may be typed in the meeting chat. Add one to the method of sharing."
        yield Finding("chat_rule_missing", "warning", message, None)
    if not any(any_of(_words("assistant"), text) for text in texts):
        message = (
            "No clause tells attendees that an assistant reads the meeting chat. Add one before you use Clausewise: what it "
            "reads, that it keeps no words, and who can pause it."
        )
        yield Finding("assistant_not_disclosed", "warning", message, chat)


def _controls(read: Gathered) -> Iterator[Finding]:
    own = [fold(clause.text) for clause in read.within("security_controls", "method")]
    if own and not any(any_of(_words("requirement"), text) for text in own):
        yield Finding(
            "requirements_missing",
            "note",
            "The security controls list no requirements. Say what attendees must do.",
            None,
        )
    if own and not any(any_of(_words("restriction"), text) for text in own):
        yield Finding(
            "restrictions_missing",
            "note",
            "The security controls list no restrictions. Say what attendees must not do.",
            None,
        )


def _breach(read: Gathered) -> Iterator[Finding]:
    if not any(contact.role == "breach" for contact in read.contacts):
        cite = next((clause.cite for clause in read.within("breach")), None)
        message = (
            "No breach contact was found. Name a person and a phone number attendees can ring."
        )
        yield Finding("breach_contact_missing", "error", message, cite)


def _review(read: Gathered) -> Iterator[Finding]:
    cite = next((clause.cite for clause in read.within("review")), None)
    review = read.review
    if cite and review.period is None:
        yield Finding(
            "review_period_missing",
            "warning",
            "No review period was found. Say how often the protocol is reviewed.",
            cite,
        )
    if cite and review.responsible is None:
        yield Finding(
            "review_starter_missing",
            "note",
            "No one is named to start the review. The lead agency is best placed.",
            cite,
        )
    if review.due and review.due < read.today:
        message = f"A review was due on {show_date(review.due)}. Ask {review.responsible or 'the lead agency'} to start it, or upload the reviewed version."
        yield Finding("review_overdue", "warning", message, cite)


def _retention(read: Gathered) -> Iterator[Finding]:
    own = read.within("retention")
    if own and not any(any_of(_words("meeting_documents"), fold(clause.text)) for clause in own):
        message = "The agenda, action log and minutes are not covered. Say who keeps them and for how long."
        yield Finding("meeting_documents_not_covered", "note", message, own[0].cite)


def _placeholders(read: Gathered) -> Iterator[Finding]:
    step = "Fill it in, or delete the line if it does not apply."
    for clause in read.clauses:
        if (_OPEN_FIELD.search(clause.text) and clause.section != "approvals") or _unanswered(
            read, clause
        ):
            yield Finding("placeholder", "error", f"A field is not filled in. {step}", clause.cite)
        elif _OPEN_PERIOD.search(clause.text):
            yield Finding(
                "period_open",
                "warning",
                "A period is left open (“X months”). Put in the number.",
                clause.cite,
            )
    for prompt in read.paper.outline.prompts if read.paper else ():
        yield Finding(
            "placeholder", "error", f"A field under “{prompt}” is not filled in. {step}", None
        )


_OPEN_FIELD = re.compile(
    r"\[(?:insert|enter|name|agency|date|add|specify|choose|select|describe|your|title|position|tbc|xx?)\b[^\]]*\]|<(?:insert|enter|name|agency)[^>]*>|"
    r"\b(?:click or tap (?:here )?to enter|choose an item)\b|_{6,}",
    re.IGNORECASE,
)
_OPEN_PERIOD = re.compile(
    r"\b[Xx]{1,2}\s+(?:working\s+|calendar\s+)?(?:days?|weeks?|months?|years?|terms?)\b|\[\s*\]\s+(?:days|months|years)"
)


def _unanswered(read: Gathered, clause: Clause) -> bool:
    if read.paper is None or (clause.section == "approvals" and clause.kind == "table_row"):
        return False
    source = read.paper.sources.get(clause.id)
    if source is None:
        return False
    return any(
        control.placeholder for paragraph in paragraphs_of(source) for control in paragraph.controls
    )


def _left_over(read: Gathered) -> Iterator[Finding]:
    if read.paper is None:
        return
    document = read.paper.document
    if read.paper.outline.instructions:
        yield Finding(
            "instructions_left",
            "note",
            "The template's instructions are still in the file. They are not quoted; delete them in the next version.",
            None,
        )
    if document.tracked_changes:
        yield Finding(
            "tracked_changes",
            "warning",
            f"{_count(document.tracked_changes, 'tracked change')} pending. They were read as accepted: accept or reject them in Word and save.",
            None,
        )
    if document.comments:
        yield Finding(
            "comments_left",
            "warning",
            f"{_count(document.comments, 'comment')} left in the file. They are not quoted: delete them in Word before you share it.",
            None,
        )
    if document.has_macros:
        yield Finding(
            "macros",
            "warning",
            "The file holds macros. They were not run; save it as a Word document without macros.",
            None,
        )
    if document.external:
        yield Finding(
            "external_content",
            "note",
            "The file points to content elsewhere, which was not fetched.",
            None,
        )


def _personal(read: Gathered) -> Iterator[Finding]:
    for clause in read.clauses:
        if _PERSONAL.search(clause.text):
            message = "This looks like personal information about someone the meeting discusses. Take it out and upload the protocol again."
            yield Finding("personal_information", "error", message, clause.cite)


_PERSONAL = re.compile(
    r"\bNHI\W{0,3}(?:(?:number|no\.?)\W{0,3})?(?:is\s+)?[A-HJ-NP-Z]{3}\d\d\w\w\b|"
    r"\b(?:born(?: on)?|d\.?o\.?b\.?|date of birth)\W{1,3}\d{1,2}[/. -]\w+[/. -]\d{2,4}|"
    r"\b\d{2}-\d{4}-\d{7}-\d{2,3}\b|"
    r"\bIRD\W{0,3}(?:(?:number|no\.?)\W{0,3})?(?:is\s+)?\d{2,3}[- ]?\d{3}[- ]?\d{3}\b",
    re.IGNORECASE,
)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{' is' if number == 1 else 's are'}"


def _words(name: str) -> tuple[str, ...]:
    return vocabulary().checks[name]


_CHECKS: tuple[Callable[[Gathered], Iterator[Finding]], ...] = (
    _sections,
    _classification,
    _handling,
    _chat,
    _controls,
    _breach,
    _review,
    _retention,
    _placeholders,
    _left_over,
    _personal,
    *SHARING_CHECKS,
    *SIGNING_CHECKS,
)
