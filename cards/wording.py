"""Every word a person sees that is not a quotation. Plain New Zealand English, ready for translation."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

NEW_ZEALAND = ZoneInfo("Pacific/Auckland")
DANGER = "If someone is in danger now, call 111."
DRAFT = "Draft: not every agency has signed this protocol yet."

# --- answers ---------------------------------------------------------------------------------------------------------
HEADLINES = {
    "may": "The protocol provides for this",
    "may_not": "The protocol does not allow this",
    "conditional": "The protocol sets a condition",
    "information": "What the protocol says",
}
SILENCES = {
    "no_clause": "The protocol does not say",
    "non_party": "That agency has not signed this protocol",
    "case_fact": "Clausewise knows the protocol, not people or cases",
    "other_law": "That is outside this protocol",
    "small_talk": "Kia ora",
}
SILENCE_DETAILS = {
    "no_clause": "No clause answers this. That does not mean no: please ask the people below, or your own agency's privacy or legal team.",
    "non_party": "Only agencies that have signed may receive information under it. Please ask the people below before sharing.",
    "case_fact": "It cannot answer questions about a person, a family or a case. Please leave personal details out of the chat.",
    "other_law": "Clausewise quotes this protocol only. Please ask your own agency's privacy or legal team.",
    "small_talk": "Ask me what this meeting's protocol says, for example: Who may receive attendance information?",
}
NEAREST = "Closest clauses (they may not answer this)"
LEGAL_AUTHORITY = "Legal authority"
LIMITS = "Limits that also apply"
WHO_TO_ASK = "Who to ask"
PART = "Your question has more than one part"

# --- notices ---------------------------------------------------------------------------------------------------------
NOTICE = "Your message may hold personal information"
NOTICE_SUMMARY = "Only you can see this: your last message may hold personal information."
NOTICE_HERE = "This meeting's protocol says:"
NOTICE_METHOD = "The agreed way to share:"
NOTICE_NO_CLAUSE = "The protocol has no clause about the chat. People you do not expect may read it, so please check before you leave it there."
NOTICE_REMOVE = "To remove it: choose More options (…) beside your message, then Delete. On a phone, press and hold it."
NOTICE_INSTEAD = "You could post this instead:"
INSTEAD = "I have information on this item; I will share it by the method the protocol sets out."
NOTICE_SUMMARISE = (
    "It is a long message. Please share only a summary of what is relevant, by the agreed method."
)
NOTICE_PUBLIC = "A message in this chat may hold personal information. Please check what you posted, and remove it if so."
CLOSED = "Thank you. This notice is closed."
REMOVED = "I have removed it"
NOT_PERSONAL = "Not personal information"
ON_PURPOSE = "Shared on purpose"
ON_PURPOSE_REASON = "Why"
ON_PURPOSE_REASONS = {
    "consent": "The person agreed",
    "authorised": "The protocol allows it in this meeting",
    "own": "It is about me",
    "public": "It is public already",
}
TELL_BREACH_CONTACT = "Tell the breach contact"
KINDS = {
    "person_name": "a person's name",
    "date_of_birth": "a date of birth",
    "address": "an address",
    "phone": "a phone number",
    "email": "an email address",
    "nhi": "a health number (NHI)",
    "ird": "an IRD number",
    "driver_licence": "a driver licence number",
    "passport": "a passport number",
    "bank_account": "a bank account number",
    "payment_card": "a payment card number",
    "vehicle_plate": "a number plate",
    "nsn": "a student number (NSN)",
    "client_number": "a client number",
    "case_reference": "a case or court reference",
    "social_handle": "a social media name",
    "sensitive_detail": "a sensitive detail about someone",
}

# --- help and welcome ------------------------------------------------------------------------------------------------
WELCOME = "Kia ora, I am Clausewise"
WELCOME_LINES = (
    "I help this meeting keep to its information sharing protocol.",
    "**What I read:** every message in this chat while I am in it, to notice personal information. I do not see pictures, files, calls or anything said before I was added.",
    "**What I keep:** counts, times and clause numbers. I never keep the words of a message.",
    "**Who sees a notice:** only the person who wrote the message. A facilitator can write *pause* or *resume* to stop or start notices.",
    "**Ask me:** mention me here, or write to me one to one.",
)
WELCOME_SUMMARY = "Clausewise reads this chat to notice personal information and answers from the protocol. It keeps no words."
HELP = "What I can do"
HELP_LINES = (
    "**Ask** about the protocol in your own words: *Can I tell Police about his attendance?* In the meeting, mention me first; here, just write.",
    "**I quote** the clauses that answer, with number and legal authority. If no clause answers, I say so. I never give advice of my own.",
    "**I tell you alone** when a message of yours in the meeting chat may hold personal information.",
    "**Before a meeting:** *checklist*, *acknowledge*, *practise*.",
    "**In the meeting:** *conflict*, *breach*, *storage note*, *may I use it later*.",
    "**About the protocol:** *protocol*, *protocols*, *review*, *agency*, *privacy*.",
    "**For the facilitator:** send me the signed Word file one to one, then write *use protocol* in the chat. Also *remind*, *reminders*, *acknowledgements*, *agencies*, *report*, *pause*, *resume*.",
)
HELP_SUMMARY = "Ask about the protocol in your own words. I quote the clauses that answer."
NO_PROTOCOL = "No protocol is set up for this meeting yet."
NO_PROTOCOL_DETAIL = (
    "A facilitator can send me the signed protocol as a Word file (DOCX) in a one-to-one chat."
)
WITHHELD = "Your question seems to hold personal information, so I have answered without it. Please leave names and numbers out next time."

# --- one line, no more -----------------------------------------------------------------------------------------------
SHORT = {
    "paused": "Notices are paused in this chat. A facilitator can write *resume* to start them again.",
    "resumed": "Notices are on again in this chat.",
    "only_facilitator": "Only this meeting's facilitator can pause or resume notices.",
    "only_facilitators": "Thank you for thinking of it. Only this meeting's facilitator can do that, so nothing has happened. You could ask them.",
    "no_meeting": "I do not see you in a meeting that uses me. Please ask in the meeting chat, or ask the facilitator to add you.",
    "focused": "Thank you. From now on we speak of that meeting here. Write *meeting* to choose another.",
    "every_meeting": "I will post the protocol's points at the start and the end of every meeting in this chat.",
    "theme": "I know reminders about: chat, recording, classification, conflicts, retention, method, breach, tikanga. For example: *remind recording*.",
    "time": "I did not understand the time. Please write it like this: *remind at 10:30*.",
    "cancelled": "That reminder is cancelled.",
    "too_late": "That reminder is not planned any more. It may have been posted or cancelled already.",
    "nudged": "Everybody who has not read this version yet gets a private reminder.",
    "draft_gone": "That draft is no longer here. Please send me the file again.",
    "in_the_meeting": "Please write that in the meeting chat, so that I know which meeting you mean.",
    "already_in_force": "That protocol is already in force in this meeting.",
    "slow_down": "You have asked a lot in the last minute. Please ask again in a little while.",
    "agency_corrected": "Saved. They have been shown the checklist for that agency.",
    "file_sent": "Done. You find the file among your files in Teams.",
    "file_not_sent": "Teams did not take the file. Please try again.",
    "upload_failed": "I could not fetch that file. Please send it again as a Word file (DOCX).",
    "upload_too_large": "That file is too large for me. A protocol is usually under 1 MB: please send it without pictures.",
}

# --- reading a protocol ----------------------------------------------------------------------------------------------
READING = "What I read in your document"
READING_FINDINGS = "Worth checking"
READING_SIGNATURES = "Signatures"
READING_PARTIES = "Agencies"
READ_FAILED = "I could not read that file"
SIGNED = {
    "signed": "signed by every party",
    "partly_signed": "signed by some of the parties",
    "unsigned": "not signed",
    "invalid": "a digital signature does not match the document",
}
EVIDENCE = {
    "typed": "name and date typed",
    "image": "picture of a signature",
    "digital": "digital signature",
    "none": "nothing yet",
}
SEVERITIES = {"error": "Must fix", "warning": "Check", "note": "Note"}
CONTACT_ROLES = {
    "breach": "Breach contact",
    "relationship_manager": "Relationship manager",
    "facilitator": "Facilitator",
}

# --- shared by the companion's cards ---------------------------------------------------------------------------------
CHOOSE_ONE = "Please choose one"
CLAUSE_GOES_ON = "(the clause goes on in the protocol)"
UNKNOWN = "not stated"
SOMEBODY = "Somebody in the meeting"
SILENT = "This protocol does not say. Please ask the facilitator or your own agency's privacy team."
CANCEL = "Cancel"

# --- reminders -------------------------------------------------------------------------------------------------------
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
EVERY_MEETING = "at the start and the end of every meeting"
CANCEL_REMINDER = "Cancel this reminder"

# --- agency and checklist --------------------------------------------------------------------------------------------
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

# --- acknowledgement -------------------------------------------------------------------------------------------------
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

# --- conflict of interest --------------------------------------------------------------------------------------------
CONFLICT = "A conflict of interest"
CONFLICT_LEAD = "Thank you for saying so. It happens, and it is not a fault. Please do not write who it is about."
CONFLICT_STEPS = "What our protocol asks"
CONFLICT_USUAL = "The usual steps are: tell the facilitator, hand the request to a colleague, and leave while that person is discussed."
CONFLICT_TELL = "Tell the facilitator privately"
CONFLICT_TOLD = "The facilitator has been told that you have a conflict of interest, and nothing else. They will find you at the right moment."
CONFLICT_ALERT_NEXT = "Please agree with them, in private, when they leave and who takes over. Who it is about is not recorded here."

# --- breach ----------------------------------------------------------------------------------------------------------
BREACH = "If something has gone wrong"
BREACH_LEAD = "Thank you for speaking up. Please ring first, and keep details out of the chat."
BREACH_CONTACT = "Ring"
BREACH_NO_CONTACT = "This protocol names no breach contact. Please ring the facilitator and your own agency's privacy officer."
BREACH_STEPS = "First steps"
BREACH_TELL = "Tell them something happened"
BREACH_TOLD = "The facilitator has been told, and the breach contact too if they are in this meeting. Please still ring."
BREACH_ALERT_NEXT = "No details are recorded here. Please ring them."

NOBODY_TOLD = (
    "I could not find this meeting's facilitator to tell. Please tell them yourself, in private."
)

# --- keeping and using information -----------------------------------------------------------------------------------
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

# --- practice --------------------------------------------------------------------------------------------------------
PRACTICE = "Practice"
PRACTICE_ASK = "May it be shared with them?"
PRACTICE_YES = "Yes"
PRACTICE_NO = "No"
PRACTICE_RIGHT = "That is what the protocol says."
PRACTICE_WRONG = "Have another look: the protocol says something else."
PRACTICE_CONDITION = "Listed is not the end of it: the row's own words, the legal authority and the limits still count."
PRACTICE_NEXT = "Another one"
PRACTICE_NONE = "I found no sharing rule in this protocol that is clear enough to practise with."

# --- publishing ------------------------------------------------------------------------------------------------------
PUBLISH = "Publish"
DISCARD = "Discard"
PUBLISH_REFUSED = "It cannot be published yet"
PUBLISHED = "This version is ready. In the meeting chat, that meeting's facilitator can write *use protocol* to put it in force there."
DISCARDED = "The draft is discarded. Nothing has changed."
IN_FORCE = "This meeting's protocol"
IN_FORCE_NOW = "This protocol is now in force in this meeting"
IN_FORCE_ASK = "Please read it. Questions are welcome here; your checklist shows what it means for your agency."
SINCE = "In force here since"
REVIEW_DUE = "Review due"
USE_WHICH = "Which protocol should this meeting use?"
USE_LABEL = "Published protocols"
USE = "Use this protocol"
USE_NONE = (
    "No protocol has been published yet. Send me the signed Word file (DOCX) one to one first."
)
REGISTER = "Protocols in force"
REGISTER_NONE = "No protocol is in force yet."
REGISTER_FILE = "As a file (CSV)"
WHICH_MEETING = "Which meeting do you mean?"
WHICH_MEETING_LABEL = "Your meetings"
WHICH_MEETING_SAVE = "That one"
MEETING_UNNAMED = "Meeting without a title"
CHANGES = "What has changed"
CHANGES_NONE = "The words of the two versions are the same."
CHANGES_RULES = "What it means for sharing"
CHANGES_ADDED = "New"
CHANGES_REMOVED = "No longer there"
CHANGES_REWORDED = "Other words"

# --- review and report -----------------------------------------------------------------------------------------------
REVIEW = "Review of the protocol"
REVIEW_ASK = "Ask for a review"
REVIEW_ASKED = "Thank you. Your agency's request is noted, and the facilitator has been told."
REVIEW_WHAT = "What the protocol says"
REVIEW_RESPONSIBLE = "Who starts it"
REVIEW_STEPS = "The usual steps are: read it through, ask the other agencies, amend it together, sign, send everyone the signed copy, and tell people what the changes mean for them."
REPORT = "Report for the review"
REPORT_ROWS = {
    "asked": "Questions",
    "unanswered": "Of these, without an answer",
    "notices": "Private notices",
    "acknowledged": "Have read the protocol",
    "conflicts": "Conflicts of interest",
    "breaches": "Breaches reported",
    "reviews": "Reviews asked for",
}
REPORT_TOPICS = "Questions by topic"
REPORT_UNANSWERED = "Closest topic of questions without an answer"
REPORT_KINDS = "Private notices by kind"
REPORT_NOTHING = "Nothing to show yet."
REPORT_PRIVACY = "Counts only. Nobody's words are kept, and nobody is named."
REPORT_COLUMNS = ("Topic", "Count")
REPORT_FILES = "As files"
FILES = {
    "protocol": "The protocol of this meeting, as it was signed (Word)",
    "register": "Protocols in force, as a table (CSV)",
    "report": "The counts of the report, as a table (CSV)",
    "report_page": "The report with charts, to open in a browser and print",
}
SECTIONS = {
    "parties": "Who is in it",
    "meeting_purpose": "What the meeting is for",
    "sharing_purpose": "Why agencies share",
    "information_shared": "What may be shared",
    "legal_authority": "Legal authority",
    "use": "Use",
    "secondary_use": "Later use",
    "transparency": "Telling people",
    "method": "How to share",
    "security_classification": "Classification",
    "security_controls": "Security",
    "tikanga": "Tikanga",
    "retention": "Keeping and disposal",
    "breach": "Breaches",
    "conflicts": "Conflicts of interest",
    "relationship_management": "Relationship managers",
    "review": "Review",
    "approvals": "Approvals",
    "other": "Other",
}


def listed(recipient: str, cite: str, is_listed: bool, information: str | None = None) -> str:
    """A fact of the text about one agency and one row, with the row's information; never permission."""
    what = (
        f"“{_opening(information)}”" if information and not _MARKDOWN & {*information} else "this"
    )
    return f"{recipient} is {'' if is_listed else 'not '}listed to receive {what} ({cite})"


_MARKDOWN = frozenset("*_[]`\\#")


def _opening(text: str, most: int = 80) -> str:
    """The first words, whole; all of them when they fit."""
    if len(text) <= most:
        return text
    return f"{text[:most].rsplit(' ', 1)[0].rstrip(',;:')} …"


def kinds_found(kinds: Sequence[str]) -> str:
    """The kinds in words, never the values."""
    return f"It looks like it holds {_series([KINDS[kind] for kind in kinds])}."


def source(title: str | None, version: str | None, state: str) -> str:
    name = title or "Protocol without a title"
    return f"{name}{f', version {version}' if version else ''}: {SIGNED[state]}"


def show_more(count: int) -> str:
    return f"Show {count} more clause{'s' if count > 1 else ''}"


def _series(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def counted(clauses: int, sections: int) -> str:
    return f"{_count(clauses, 'clause')} in {_count(sections, 'section')}"


def needs_digital(agencies: Sequence[str]) -> str:
    return (
        f"This service asks for a digital signature of every agency. Missing: {_series(agencies)}."
    )


def more_clauses(count: int) -> str:
    return f"and {_count(count, 'more clause')}, in the protocol"


def more_rows(count: int) -> str:
    return f"and {count} more"


def when(moment: datetime) -> str:
    """A moment in New Zealand time: Tuesday 24 November 2026, 10.30 am."""
    local = moment.astimezone(NEW_ZEALAND)
    return f"{local:%A} {day(local)}, {clock(local)}"


def clock(moment: datetime) -> str:
    """New Zealand time of day: 10.30 am."""
    local = moment.astimezone(NEW_ZEALAND)
    return f"{local.hour % 12 or 12}.{local:%M} {'am' if local.hour < 12 else 'pm'}"


def day(date_: date) -> str:
    return f"{date_.day} {date_:%B %Y}"


def month(key: str) -> str:
    """`2026-11` as November 2026."""
    return f"{date.fromisoformat(f'{key}-01'):%B %Y}"


def theme_reminder(theme: str) -> str:
    return f"Reminder: {THEMES[theme]}"


def not_covered(themes: Sequence[str]) -> str:
    """Themes the protocol is silent on, so that silence is not read as no."""
    return f"This protocol does not speak of: {_series([THEMES[theme] for theme in themes])}."


def checklist_for(agency: str) -> str:
    return f"Checklist for {agency}"


def show_check(title: str, count: int) -> str:
    return f"{title} ({count})"


def acknowledged_on(moment: datetime) -> str:
    return f"You confirmed it on {when(moment)}."


def acknowledged_count(done: int, everybody: int) -> str:
    return f"{done} of {everybody} here have read this version."


def conflict_alert(who: str, agency: str | None) -> str:
    return f"{_of(who, agency)} has declared a conflict of interest"


def breach_alert(who: str, agency: str | None) -> str:
    return f"{_of(who, agency)} reports that something has gone wrong"


def at_time(moment: datetime) -> str:
    return f"Told on {when(moment)}."


def review_alert(agency: str | None) -> str:
    return f"{agency or SOMEBODY} asks for a review of the protocol"


def review_due(days: int) -> str:
    if days > 0:
        return f"The protocol is due for review in {_count(days, 'day')}"
    return (
        "The protocol is due for review today" if days == 0 else "The review of the protocol is due"
    )


def practice_question(sharer: str, recipient: str) -> str:
    return f"{recipient} asks {sharer} for this:"


def changes_counted(added: int, removed: int, reworded: int) -> str:
    return f"{_count(added, 'clause')} new, {removed} no longer there, {reworded} in other words."


def span(first: date, last: date) -> str:
    return f"{day(first)} to {day(last)}"


def acknowledged_of(done: int, everybody: int) -> str:
    return f"{done} of {everybody}"


def _of(who: str, agency: str | None) -> str:
    return f"{who} ({agency})" if agency else who


def _count(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
