"""A heading in everyday words: the meeting, its agencies and information by whatever names a protocol calls them."""

import re
from collections.abc import Iterable
from itertools import islice

_MEETING = re.compile(
    r"\b(?P<the>the|our|this|each|te)\s+(?:circle|table|hui|panel|forum|fono|talanoa|group|round ?table)\b"
    r"(?!\s+[A-Z0-9]\b)",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:member|party|partner|organisation)(?:'s)?\b", re.IGNORECASE)
_MANY = re.compile(r"\b(?:members|parties|partners|organisations)\b", re.IGNORECASE)
_INFORMATION = re.compile(r"\bk[oō]rero\b", re.IGNORECASE)
_DEFINED = re.compile(
    r"[“\"](?P<term>[^”\"]{2,30})[”\"]\s+(?:\([^)]*\)\s+)?means\s+(?:an?|any|the)?\s*"
    r"(?:(?:piece|item)s?\s+of\s+information|information|fact|anything\s+about"
    r"|(?:item|row)s?\s+(?:in|of)\s+(?:the\s+)?(?:Schedule|Table))\b"
)
_ENOUGH = 5000
"""Characters of a clause in which words are defined."""
_MOST = 20
"""Words of one protocol for information; more is no protocol."""
Terms = frozenset[str]


def own_terms(texts: Iterable[str]) -> Terms:
    """The words that a protocol's definitions make mean information (`"Signal" means a piece of information`)."""
    found = (each["term"] for text in texts for each in _DEFINED.finditer(text[:_ENOUGH]))
    return frozenset(islice(found, _MOST))


def in_plain_terms(heading: str, terms: Terms) -> str:
    """The heading with `information` in place of the protocol's own words for it."""
    for term in terms:
        heading = re.sub(rf"\b(?:an?\s+)?{re.escape(term)}s?\b", "information", heading)
    return heading


def plainly(heading: str) -> str:
    """The heading with `the Circle` as the meeting, its members as agencies and kōrero as information."""
    plain = _MEETING.sub(r"\g<the> meeting", _INFORMATION.sub("information", heading))
    return _ONE.sub("agency", _MANY.sub("agencies", plain))
