"""A protocol: read, published, in force, changed."""

from collections.abc import Sequence

from cards.wording.shared import count_of, series

READING = "What I read in your document"
READING_FINDINGS = "Worth checking"
READING_SIGNATURES = "Signatures"
READING_PARTIES = "Agencies"
READ_FAILED = "I could not read that file"
EVIDENCE = {
    "typed": "name and date typed",
    "image": "picture of a signature",
    "digital": "digital signature",
    "none": "nothing yet",
}
SIGNED = {
    "signed": "signed by every party",
    "partly_signed": "signed by some of the parties",
    "unsigned": "not signed",
    "invalid": "a digital signature does not match the document",
}
SEVERITIES = {"error": "Must fix", "warning": "Check", "note": "Note"}
CONTACT_ROLES = {
    "breach": "Breach contact",
    "relationship_manager": "Relationship manager",
    "facilitator": "Facilitator",
}
PUBLISH = "Publish"
PUBLISHED_TITLE = "Published"
DISCARD = "Discard"
PUBLISH_REFUSED = "It cannot be published yet"
PUBLISHED = "This version is ready. In the meeting chat, that meeting's facilitator can write *use protocol* to put it in force there."
DISCARDED = "The draft is discarded. Nothing has changed."
IN_FORCE = "This meeting's protocol"
IN_FORCE_NOW = "This protocol is now in force in this meeting"
IN_FORCE_ASK = "Please read it. Questions are welcome here; your checklist shows what it means for your agency."
SINCE = "In force since"
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
UNTITLED = "Protocol without a title"
CHANGES = "What has changed"
CHANGES_NONE = "The words of the two versions are the same."
CHANGES_RULES = "What it means for sharing"
CHANGES_OTHERS = "What it means for other agencies"
CHANGES_ADDED = "New"
CHANGES_REMOVED = "No longer there"
CHANGES_REWORDED = "Other words"


def source(title: str | None, version: str | None, state: str) -> str:
    name = title or UNTITLED
    return f"{name}{f', version {version}' if version else ''}: {SIGNED[state]}"


def counted(clauses: int, sections: int) -> str:
    return f"{count_of(clauses, 'clause')} in {count_of(sections, 'section')}"


def needs_digital(agencies: Sequence[str]) -> str:
    return (
        f"This service asks for a digital signature of every agency. Missing: {series(agencies)}."
    )


def changes_counted(added: int, removed: int, reworded: int) -> str:
    """Only what there is: 1 new clause and 2 in other words."""
    counts = (
        count_of(added, "new clause"),
        f"{removed} no longer there",
        f"{reworded} in other words",
    )
    said = [text for text in counts if not text.startswith("0 ")]
    return f"{series(said)}." if said else CHANGES_NONE


def changes_for(agency: str) -> str:
    return f"What it means for {agency}"
