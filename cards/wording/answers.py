"""Answers, and what stands in for one."""

from cards.wording.shared import opening

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


def listed(recipient: str, cite: str, is_listed: bool, information: str | None = None) -> str:
    """A fact of the text about one agency and one row, with the row's information; never permission."""
    what = f"“{opening(information)}”" if information and not _MARKDOWN & {*information} else "this"
    return f"{recipient} is {'' if is_listed else 'not '}listed to receive {what} ({cite})"


def chat_with(name: str) -> str:
    return f"Chat with {name}"


SHOW_ALL = "Show all of this clause, or less"


def show_more(count: int) -> str:
    return f"Show {count} more clause{'s' if count > 1 else ''}"


_MARKDOWN = frozenset("*_[]`\\#")
