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
    rf"\b(?:{_MAY}(?:share|give|disclose|provide|pass on|send|release|exchange|swap)|shares|gives|discloses|provides|passes)\s+"
    r"(?P<what>.+?)\s+(?:with|to)\s+(?P<whom>[^.]+)",
    re.IGNORECASE,
)
_GIVING = re.compile(
    rf"{_MAY}(?:tell|inform|give|share|disclose|provide|pass on|send|release)(?: (?:information|the following))?\s*:$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:to|with)\s+(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_FLOW = re.compile(r"(?P<who>[^:;.]{2,80}?)\s+to\s+(?P<whom>[^:;.]{2,200}):\s+(?P<what>[^.;]+)")
"""A permission in brief: "Police to Oranga Tamariki and the Trust: where the child was found."."""
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
    r"(?: in this agreement| at the (?:table|meeting|hui))?|everyone(?: at the \w+)?|(?:all|any|the rest) of us|any other|us|the (?:panel|table|meeting|hui|group)|"
    r"the (?:other|rest of the) (?:agencies|parties|members|partners|panel))\b",
    re.IGNORECASE,
)
_BUT_NOT = re.compile(
    r"^,?\s*(?:but not|except(?: for)?|other than|and no one else)\b(?P<who>[^,]*),?\s*",
    re.IGNORECASE,
)
_BEFORE_INFORMATION = re.compile(
    r"^[\s,]*(?:[^,;.]{2,40} included,\s*)?(?:(?:only|alone)\b[\s,]*)?(?:about\s+)?", re.IGNORECASE
)
_AUTHORITY = re.compile(
    r"((?:section|rule|principle|information privacy principle|IPP)\s+\d+\w*(?:\(\w+\))*(?: of the [A-Z][\w ]+? (?:Act|Code) \d{4})?)"
    r"(?! of (?:this|our|the) (?:agreement|protocol|kawenata))"
)


def prose_rules(clause: Clause, parties: Sequence[Party], lead: str = "") -> Iterator[SharingRule]:
    """One rule per sentence that lets a party tell others something; sentences that forbid give none.

    `lead` is the paragraph a list item reads on from. A heading that names one party says who speaks.
    """
    speaker = _only(mentioned(clause.heading, parties))
    whole = _listed(clause.text[:_ENOUGH], lead, parties) or _flow(clause.text[:_ENOUGH], parties)
    if whole:
        yield _rule(clause, whole)
        return
    for sentence in _SENTENCE.split(clause.text[:_ENOUGH]):
        if sentence.endswith(":"):
            continue
        found = (
            _active(sentence, parties, speaker)
            or _given(sentence, parties, speaker)
            or _passive(sentence, parties, speaker)
        )
        if found:
            speaker = found[0]
            yield _rule(clause, found)


def forbids(text: str) -> bool:
    """Whether a sentence, or the lead-in of a list, takes away and does not give."""
    return bool(_FORBIDS.search(text))


Found = tuple[str | None, str, tuple[str, ...]]


def _rule(clause: Clause, found: Found) -> SharingRule:
    sharer, information, recipients = found
    authority = _AUTHORITY.search(clause.text)
    return SharingRule(
        sharer,
        information,
        None,
        authority.group(1) if authority else None,
        recipients,
        clause.cite,
    )


def _only(named: Sequence[str]) -> str | None:
    return named[0] if len(named) == 1 else None


def _listed(text: str, lead: str, parties: Sequence[Party]) -> Found | None:
    """ "Police may give:" goes on "to Corrections and the Trust, the current charges"."""
    item = _LISTED.match(text)
    if item is None or not _GIVING.search(lead) or _FORBIDS.search(lead):
        return None
    sharer = _sharer(lead, parties, None)
    recipients, information = _recipients_first(item.group("rest"), parties, sharer)
    return (sharer, information.rstrip(" ;"), recipients) if recipients and information else None


def _flow(text: str, parties: Sequence[Party]) -> Found | None:
    found = _FLOW.match(text)
    if found is None or _FORBIDS.search(found.group("what")):
        return None
    sharer = _only(mentioned(found.group("who"), parties))
    recipients = recipients_in(found.group("whom"), parties, sharer)
    return (sharer, found.group("what").strip(), recipients) if sharer and recipients else None


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


def _passive(sentence: str, parties: Sequence[Party], speaker: str | None) -> Found | None:
    match = _PASSIVE.search(sentence)
    if match is None or _FORBIDS.search(match.group("what")):
        return None
    by = mentioned(match.group("by") or "", parties)
    sharer = by[0] if by else speaker
    recipients = _whom(match.group("whom"), parties, sharer)
    return (sharer, match.group("what").strip(" ,"), recipients) if recipients else None


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
    information = _BEFORE_INFORMATION.sub("", tail).rstrip(" .")
    return tuple(dict.fromkeys(n for n in found if n != sharer)), information


def _whom(text: str, parties: Sequence[Party], sharer: str | None) -> tuple[str, ...]:
    head = re.split(r"\b(?:when|if|where|whether|once|unless|because|so that|under)\b", text)[0]
    return recipients_in(head, parties, sharer)
