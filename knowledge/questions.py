"""A question as the matcher hears it, and a clause as the matcher reads it: in the same plain words."""

import re
from functools import cache

from knowledge.agencies import Agencies
from knowledge.language import fold, glossed, repair, vocabulary

_PIECE = re.compile(r"[a-z0-9]+|[.,;:?()]")


def heard(agencies: Agencies, text: str) -> str:
    """The question in plain English words, agencies under one name, slips mended."""
    return " ".join(glossed(agencies.spoken(repair(pieces(text), known_words()))))


def said(agencies: Agencies, heading: str, lead_in: str, text: str) -> str:
    """The clause under its heading and after its lead-in, in the words `heard` uses."""
    whole = " ".join(filter(None, (f"{heading}.", lead_in, text)))
    return " ".join(glossed(agencies.spoken(pieces(whole))))


def pieces(text: str) -> list[str]:
    return _PIECE.findall(fold(text))


@cache
def known_words() -> frozenset[str]:
    """Words of the vocabulary, towards which slips may be mended besides common English."""
    keys = (key for group in vocabulary("glossary").values() for key in group)
    names = (name for entry in vocabulary("agencies")["agency"] for name in entry["names"])
    return frozenset(word for text in (*keys, *names) for word in re.split(r"[_ ]", text)) | _TERMS


_TERMS = frozenset(
    "unjustified justified absences attendance attending attendees information recipients recipient confidential "
    "classification classified restricted sensitive screenshot screenshots transcription diagnosis diagnoses "
    "counselling counsellor relationship facilitator coordinator representative representatives authorisation "
    "authorised consent consultation rangatahi tamariki whanau kaumatua karakia tikanga whakapapa medication "
    "disposal retention correction withdraw overseas password passwords protocol agreement suspended suspension "
    "exclusion probation tenancy arrears securely explains explain email emails minutes breach breaches commissioner "
    "annual already immediately wednesday thursday tuesday monday friday interpreter appointment appointments".split()
)
