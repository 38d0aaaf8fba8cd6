"""Around a meeting: reminders, checklist, acknowledgement, conflict, breach, records, practice."""

from collections.abc import Sequence
from datetime import datetime

from cards.wording.shared import series, when

REMINDER_HEADINGS = {
    "now": "A reminder from our protocol",
    "start": "Before we begin",
    "end": "Before you go",
}
REMINDER_LEADS = {
    "now": "Kia ora koutou. These points of our protocol help us share safely today.",
    "start": "Kia ora koutou. These points of our protocol help us share safely today.",
    "end": "Thank you for today. This is what our protocol asks of us now.",
}
THEMES = {
    "chat": "The meeting chat",
    "chat_breach": "Personal information in the chat",
    "recording": "Recording and screenshots",
    "overheard": "Where you join from",
    "classification": "Classification",
    "conflicts": "Conflicts of interest",
    "retention": "What may be kept, and for how long",
    "method": "How to share",
    "breach": "If something goes wrong",
    "tikanga": "Tikanga",
    "after": "After the meeting",
    "attend": "Who attends",
    "limits": "Limits",
    "consult": "Telling people first",
    "use": "Using what you hear",
    "later": "Using it later",
    "outcome": "Outcomes",
}
REMINDERS = "Reminders for this meeting"
NO_REMINDERS = "No reminders are planned for this meeting."
REMINDERS_HINT = "To plan one, write for example: *remind at 10:30* or *remind every meeting*."
EVERY_MEETING = "At the start and the end of every meeting"
CANCEL_REMINDER = "Cancel this reminder"

AGENCY = "Which agency are you here for?"
AGENCY_WHY = "I use it to show what your agency may share and receive. You can change it at any time: write *agency*."
AGENCY_LABEL = "Your agency"
AGENCY_NONE = "None of these: my agency has not signed"
AGENCY_SAVE = "That is my agency"
AGENCIES = "Who is here for which agency"
AGENCIES_CORRECT = "Put one right"
AGENCIES_SAVE = "Save"
PERSON_LABEL = "Person"
THEIR_AGENCY_LABEL = "Agency"
AGENCY_GUEST = "Thank you. Only agencies that have signed may share or receive information under this protocol. Please talk with the facilitator before the meeting."
CHECKLIST = "My checklist"
CHECKLIST_LEAD = "What our protocol asks of you before and during the meeting."
CHECKS = {
    "attend": "Am I the right person?",
    "share": "What may I share, and with whom?",
    "limits": "What limits my information?",
    "consult": "Who has to be told first?",
    "method": "How do I share?",
    "use": "What may I use, and what for?",
    "conflicts": "Do I have a conflict of interest?",
    "outcome": "What may I report back?",
}
CHECK_PURPOSE = "Why your agency is there"
CHECK_RECEIVE = "What your agency may receive"
CHECK_AUTHORITY = "Under which law"
CHECK_NO_ROWS = (
    "I found no row that names your agency as the one that shares. Please ask before sharing."
)
CHANGE_AGENCY = "Change my agency"

ACKNOWLEDGE = "Have you read the protocol?"
ACKNOWLEDGE_LEAD = "Before the meeting, please read it. Then tell the facilitator with this button."
ACKNOWLEDGE_AGAIN = "The protocol has changed since you last read it. Please read this version."
ACKNOWLEDGE_BUTTON = "I have read and understood the protocol"
ACKNOWLEDGED = "Ngā mihi. It is noted that you have read and understood the protocol."
GET_COPY = "Send me the protocol"
ACKNOWLEDGEMENTS = "Who has read this version"
ACKNOWLEDGEMENTS_DONE = "Has read it"
ACKNOWLEDGEMENTS_WAITING = "Not yet"
NUDGE = "Remind them privately"
REFRESH = "Refresh"

NOBODY_TOLD = (
    "I could not find this meeting's facilitator to tell. Please tell them yourself, in private."
)
CONFLICT = "A conflict of interest"
CONFLICT_LEAD = "Thank you for saying so. It happens, and it is not a fault. Please do not write who it is about."
CONFLICT_STEPS = "What our protocol asks"
CONFLICT_USUAL = "The usual steps are: tell the facilitator, hand the request to a colleague, and leave while that person is discussed."
CONFLICT_TELL = "Tell the facilitator privately"
CONFLICT_TOLD = {
    "others": "The facilitator has been told that you have a conflict of interest, and nothing else. They will find you at the right moment.",
    "self": "You facilitate this meeting, so nobody else has been told. Please agree with a colleague, in private, who takes the chair for that item.",
    "nobody": NOBODY_TOLD,
}
CONFLICT_ALERT_NEXT = "Please agree with them, in private, when they leave and who takes over. Who it is about is not recorded here."

BREACH = "If something has gone wrong"
BREACH_LEAD = "Thank you for speaking up. Please ring first, and keep details out of the chat."
BREACH_CONTACT = "Ring"
BREACH_NO_CONTACT = "This protocol names no breach contact. Please ring the facilitator and your own agency's privacy officer."
BREACH_STEPS = "First steps"
BREACH_TELL = "Tell them and the facilitator"
BREACH_TOLD = {
    "others": "The facilitator has been told, and the breach contact too if they are in this meeting. Please still ring.",
    "self": "You facilitate this meeting, so nobody else has been told. Please ring.",
    "nobody": NOBODY_TOLD,
}
BREACH_ALERT_NEXT = "No details are recorded here. Please ring them."


NOTE = "A record for what you keep"
NOTE_LEAD = "When your agency keeps information from the meeting, keep this record with it. Please add no client's name here."
NOTE_CHOOSE = "What did you receive?"
NOTE_MAKE = "Make the record"
NOTE_COPY = "Show as text to copy"
NOTE_TEXT = "Copy this text"
NOTE_FIELDS = {
    "source": "Information source",
    "information": "Information",
    "legal_authority": "Legal authority",
    "purpose": "Purpose",
    "shared_on": "Date shared",
    "restrictions": "Restrictions on use",
}
NOTE_UNKNOWN = "not named in this rule, please ask the source"
NOTE_NO_RULES = "I found no sharing rule in this protocol that names your agency as a recipient."
LATER = "May I use it later?"
LATER_LEAD = "A new use needs a fresh look at purpose and legal authority. Ask your own privacy or legal team first."

PRACTICE = "Practice"
PRACTICE_ASK = "May it be shared with them?"
PRACTICE_YES = "Yes"
PRACTICE_NO = "No"
PRACTICE_RIGHT = "That is what the protocol says."
PRACTICE_WRONG = "Have another look: the protocol says something else."
PRACTICE_CONDITION = "Listed is not the end of it: the row's own words, the legal authority and the limits still count."
PRACTICE_NEXT = "Another one"
PRACTICE_NONE = "I found no sharing rule in this protocol that is clear enough to practise with."


def theme_reminder(theme: str) -> str:
    return f"Reminder: {THEMES[theme]}"


def not_covered(themes: Sequence[str]) -> str:
    """Themes the protocol is silent on, so that silence is not read as no."""
    return f"This protocol does not speak of: {series([THEMES[theme] for theme in themes])}."


def checklist_for(agency: str) -> str:
    return f"Checklist for {agency}"


def acknowledged_on(moment: datetime) -> str:
    return f"You confirmed on {when(moment)} that you have read this version."


def acknowledged_count(done: int, everybody: int) -> str:
    return f"{done} of {everybody} here have read this version."


def conflict_alert(who: str, agency: str | None) -> str:
    return f"{_of(who, agency)} has declared a conflict of interest."


def breach_alert(who: str, agency: str | None) -> str:
    return f"{_of(who, agency)} reports that something has gone wrong."


def practice_question(sharer: str, recipient: str) -> str:
    return f"{recipient} asks {sharer} for this:"


def _of(who: str, agency: str | None) -> str:
    return f"{who} ({agency})" if agency else who
