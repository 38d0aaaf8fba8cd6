"""Personal information: the notice for one person and the buttons that close it."""

from collections.abc import Sequence

from cards.wording.shared import series

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


def kinds_found(kinds: Sequence[str]) -> str:
    """The kinds in words, never the values."""
    return f"It looks like it holds {series([KINDS[kind] for kind in kinds])}."
