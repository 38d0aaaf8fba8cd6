"""The review of a protocol, and the report for it."""

from cards.wording.shared import SOMEBODY, count_of

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
REPORT_MONTHS = {
    "conflicts": "Conflicts of interest by month",
    "breaches": "Breaches reported by month",
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


def review_alert(agency: str | None) -> str:
    return f"{agency or SOMEBODY} asks for a review of the protocol."


def review_due(days: int) -> str:
    if days > 0:
        return f"The protocol is due for review in {count_of(days, 'day')}"
    return (
        "The protocol is due for review today" if days == 0 else "The review of the protocol is due"
    )


def acknowledged_of(done: int, everybody: int) -> str:
    return f"{done} of {everybody}"
