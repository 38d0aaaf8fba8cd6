"""Sharing rules written as sentences: "Police may tell X and Y the bail conditions, but not Z."."""

import re
from collections.abc import Iterator, Sequence

from protocols.mentions import mentioned, mentions, recipients_in
from protocols.model import Clause, SharingRule
from protocols.parties import Party

_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĀĒĪŌŪ“])")
_MAY = r"(?:may|can|will|shall|agrees? to|is able to|are able to)\s+(?:also\s+|only\s+)?"
_ACTIVE = re.compile(
    rf"\b(?:{_MAY}(?:tell|inform|advise|let|notify|give|send|share with|disclose to|provide to)|tells|informs|advises|notifies|shares with|gives)"
    r"\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_GIVES = re.compile(
    rf"\b(?:{_MAY}(?:share|give|disclose|provide|pass on|send|release)|shares|gives|discloses|provides|passes)\s+"
    r"(?P<what>.+?)\s+(?:with|to)\s+(?P<whom>[^.]+)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"^(?P<what>.+?)\s+(?:may|can) (?:also )?be (?:told|given|shared|disclosed|passed on|sent)"
    r"(?:\s+by\s+(?P<by>[^.]+?))?\s+(?:to|with)\s+(?P<whom>[^.]+)",
    re.IGNORECASE,
)
_SHORT = 8
_ENOUGH = 5000
"""Characters of a clause that are read for rules."""
_FORBIDS = re.compile(
    r"\b(?:may|must|does|do|is|are|will|can|shall) ?not\b|\bcannot\b|\bnever\b|\bnobody\b|\bno one\b|"
    r"^(?:no|none|neither|nothing)\b|\bno (?:other )?(?:agency|party|partner|member|representative|person)\b|"
    r"\b(?:refuses?|declines?) to\b|\bwithout\b",
    re.IGNORECASE,
)
_JOINS = re.compile(r"^[\s,;]*(?:(?:and|or|to|the)\s+)*(?:the\s+|to\s+)?$", re.IGNORECASE)
_EVERYONE = re.compile(
    r"^(?:(?:all|every|any|each) (?:other )?(?:of the )?(?:attending )?(?:agenc(?:y|ies)|part(?:y|ies)|members?|partners?)"
    r"(?: in this agreement| at the (?:table|meeting|hui))?|everyone(?: at the \w+)?|the (?:panel|table|meeting|hui|group)|"
    r"the (?:other|rest of the) (?:agencies|parties|members|partners|panel))\b",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(
    r"^,?\s*(?:but not|except(?: for)?|other than|and no one else)\b(?P<who>[^,]*),?\s*",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"((?:section|rule|principle|information privacy principle|IPP)\s+\d+\w*(?:\(\w+\))*(?: of the [A-Z][\w ]+? (?:Act|Code) \d{4})?)"
)


def prose_rules(clause: Clause, parties: Sequence[Party]) -> Iterator[SharingRule]:
    """One rule per sentence that lets a party tell others something; sentences that forbid give none."""
    speaker: str | None = None
    for sentence in _SENTENCE.split(clause.text[:_ENOUGH]):
        if sentence.endswith(":"):
            continue
        found = (
            _active(sentence, parties, speaker)
            or _given(sentence, parties, speaker)
            or _passive(sentence, parties)
        )
        if found:
            speaker, information, recipients = found
            authority = _AUTHORITY.search(clause.text)
            yield SharingRule(
                speaker,
                information,
                None,
                authority.group(1) if authority else None,
                recipients,
                clause.cite,
            )


def forbids(text: str) -> bool:
    """Whether a sentence, or the lead-in of a list, takes away and does not give."""
    return bool(_FORBIDS.search(text))


Found = tuple[str | None, str, tuple[str, ...]]


def _active(sentence: str, parties: Sequence[Party], speaker: str | None) -> Found | None:
    match = _ACTIVE.search(sentence)
    if match is None or _FORBIDS.search(sentence[: match.start("rest")]):
        return None
    sharer = _sharer(sentence[: match.start()], parties, speaker)
    recipients, information = _recipients_first(match.group("rest"), parties, sharer)
    if not recipients or not information or information.startswith("to "):
        return None
    return sharer, information, recipients


def _given(sentence: str, parties: Sequence[Party], speaker: str | None) -> Found | None:
    match = _GIVES.search(sentence)
    if match is None or _FORBIDS.search(sentence[: match.end("what")]):
        return None
    sharer = _sharer(sentence[: match.start()], parties, speaker)
    what, whom = match.group("what").strip(" ,"), match.group("whom")
    if len(what.split()) <= _SHORT and _whom(what, parties, sharer):
        what, whom = whom.rstrip(" ."), what
    recipients = _whom(whom, parties, sharer)
    return (sharer, what, recipients) if recipients else None


def _passive(sentence: str, parties: Sequence[Party]) -> Found | None:
    match = _PASSIVE.search(sentence)
    if match is None or _FORBIDS.search(match.group("what")):
        return None
    by = mentioned(match.group("by") or "", parties)
    recipients = _whom(match.group("whom"), parties, by[0] if by else None)
    return (
        (by[0] if by else None, match.group("what").strip(" ,"), recipients) if recipients else None
    )


def _sharer(before: str, parties: Sequence[Party], speaker: str | None) -> str | None:
    named = mentioned(before, parties)
    if named:
        return named[-1]
    return speaker if re.match(r"\s*(?:it|they)\b", before, re.IGNORECASE) else None


def _recipients_first(
    rest: str, parties: Sequence[Party], sharer: str | None
) -> tuple[tuple[str, ...], str]:
    """Recipients right after the verb, then the information: "the panel about ...", "X and Y, but not Z, the ..."."""
    everyone = _EVERYONE.match(rest)
    at = everyone.end() if everyone else 0
    found: list[str] = list(recipients_in("all parties", parties, sharer)) if everyone else []
    for start, end, name in mentions(rest, parties):
        if everyone or not _JOINS.match(rest[at:start]) or start < at:
            break
        found.append(name)
        at = end
    tail = rest[at:]
    barred = _BUT_NOT.match(tail)
    if barred:
        out = mentioned(barred.group("who"), parties)
        found = [name for name in found if name not in out]
        tail = tail[barred.end() :]
    information = re.sub(r"^[\s,]*(?:only[\s,]*)?(?:about\s+)?", "", tail).rstrip(" .")
    return tuple(dict.fromkeys(n for n in found if n != sharer)), information


def _whom(text: str, parties: Sequence[Party], sharer: str | None) -> tuple[str, ...]:
    head = re.split(r"\b(?:when|if|where|whether|once|unless|because|so that|under)\b", text)[0]
    return recipients_in(head, parties, sharer)
