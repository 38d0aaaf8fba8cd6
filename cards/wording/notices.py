"""Personal information: the notice for one person and the buttons that close it."""

from collections.abc import Sequence
from datetime import datetime

from cards.wording.shared import opening, series, when

NOTICE = "Your message may hold personal information"
NOTICE_SUMMARY = "Only you can see this: your last message may hold personal information."
NOTICE_HERE = "This meeting's protocol says:"
NOTICE_HEALTH = "On health information it says:"
NOTICE_METHOD = "The agreed way to share:"
NOTICE_NO_CLAUSE = "The protocol has no clause about the chat. People you do not expect may read it, so please check before you leave it there."
NOTICE_REMOVE = "To remove it: choose More options (…) beside your message, then Delete. On a phone, press and hold it."
NOTICE_INSTEAD = "You could post this instead:"
NOTICE_NO_PROTOCOL = "No protocol is set up for this meeting yet. People you do not expect may read the chat, so please check before you leave it there."
INSTEAD_UNKNOWN = "I have information on this item; the protocol names no way to share it, so I will ask the facilitator how."
NOTICE_SUMMARISE = (
    "It is a long message. Please share only a summary of what is relevant, by the agreed method."
)
NOTICE_PUBLIC = "A message in this chat may hold personal information. Please check what you posted, and remove it if so."
CLOSED = "Thank you. This notice is closed."
DECLINED = "Thank you. This notice is closed, and I will not tell you of this kind again in this meeting today."
REMOVED = "I have removed it"
NOT_PERSONAL = "Not personal information"
ON_PURPOSE = "Shared on purpose"
ON_PURPOSE_REASON = "If you shared it on purpose: why?"
ON_PURPOSE_REASONS = {
    "consent": "The person agreed",
    "authorised": "The protocol allows it in this meeting",
    "own": "It is about me",
    "public": "It is public already",
}
TELL_BREACH_CONTACT = "Tell the breach contact"
LEAK_TOLD = {
    "contact": "The breach contact has been told when it was and what kind of information, not who wrote it and not what it said. Please delete the message, and ring them.",
    "facilitator": "The breach contact is not in this meeting, so the facilitator has been told when it was and what kind of information, not who wrote it and not what it said. Please delete the message, and ring the contact.",
    "nobody": "I could not find anybody in this meeting to tell. Please delete the message, and ring the breach contact.",
}
INSTEAD_NO_PROTOCOL = "I have information on this item; I will ask the facilitator how to share it."
LEAK_ALERT_NEXT = (
    "Whoever wrote it asked me to tell you. Who it was and what it said is not recorded here."
)
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
HEALTH_DETAIL = "a detail about someone's health"


def kinds_found(kinds: Sequence[str], *, health: bool = False) -> str:
    """The kinds in words, never the values."""
    return f"It looks like it holds {_kinds(kinds, health)}."


def leak_alert(kinds: Sequence[str]) -> str:
    return f"A message in this meeting's chat held {_kinds(kinds, False)}."


def posted_at(moment: datetime) -> str:
    return f"It was posted on {when(moment)}."


def instead(method: str, cite: str) -> str:
    """A sentence to post: it says that there is something, and how it will be shared in the protocol's own words."""
    return f"I have information on this item; I will share it by the agreed method: “{opening(method, 160)}” ({cite})."


def _kinds(kinds: Sequence[str], health: bool) -> str:
    named = {**KINDS, **({"sensitive_detail": HEALTH_DETAIL} if health else {})}
    return series([named[kind] for kind in kinds])
