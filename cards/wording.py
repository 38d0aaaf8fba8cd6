"""Every word a person sees that is not a quotation. Plain New Zealand English, ready for translation."""

from collections.abc import Sequence

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
SHOW_MORE = "Show more clauses"
SHOW_LESS = "Show fewer clauses"
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
    "**Words I know:** help, protocol, privacy.",
)
HELP_SUMMARY = "Ask about the protocol in your own words. I quote the clauses that answer."
NO_PROTOCOL = "No protocol is set up for this meeting yet."
NO_PROTOCOL_DETAIL = (
    "A facilitator can send me the signed protocol as a Word file (DOCX) in a one-to-one chat."
)
WITHHELD = "Your question seems to hold personal information, so I have answered without it. Please leave names and numbers out next time."

# --- reading a protocol ----------------------------------------------------------------------------------------------
READING = "What I read in your document"
READING_FINDINGS = "Worth checking"
READING_SIGNATURES = "Signatures"
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


def listed(recipient: str, cite: str, is_listed: bool) -> str:
    """A fact of the text about one agency and one row; never permission."""
    return f"{recipient} is {'' if is_listed else 'not '}listed to receive this ({cite})"


def kinds_found(kinds: Sequence[str]) -> str:
    """The kinds in words, never the values."""
    return f"It looks like it holds {_series([KINDS[kind] for kind in kinds])}."


def source(title: str | None, version: str | None, state: str) -> str:
    name = title or "Protocol without a title"
    return f"{name}{f', version {version}' if version else ''}: {SIGNED[state]}"


def show_more(count: int) -> str:
    return f"Show {count} more clause{'s' if count > 1 else ''}"


def more_findings(count: int) -> str:
    return f"And {count} more: see `clausewise read`."


def _series(items: Sequence[str]) -> str:
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"
