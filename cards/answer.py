"""The answer card: a fact of the text as headline, then the clauses word for word."""

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from microsoft_teams.cards import (
    Action,
    ActionSet,
    CardElement,
    Container,
    OpenUrlAction,
    TextRun,
    ToggleVisibilityAction,
)

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    ROOM,
    banner,
    draft_banner,
    fitting,
    heading,
    line,
    message,
    quotation,
    source_line,
    subheading,
    verbatim,
)
from knowledge.answers import Answer, Quote
from protocols.model import Clause, Contact, Protocol

SHOWN_FIRST = 2
MOST_CHATS = 2
# Deep link to a chat: learn.microsoft.com, Teams "Deep link to start a new chat"; `message` is left out on purpose.
CHAT = "https://teams.microsoft.com/l/chat/0/0?users={}"
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


def answer_card(answer: Answer, protocol: Protocol, *, note: str | None = None) -> CardMessage:
    """An `Answer` as a card; `note` is one line to say first, for example that personal information was left out.

    The question itself never appears: it may hold personal information.
    """
    parts = answer.parts or (answer,)
    body: list[CardElement] = [
        *_danger(answer, protocol),
        *draft_banner(protocol),
        *([line(note)] if note else []),
        *([heading(wording.PART)] if answer.parts else []),
    ]
    for position, part in enumerate(parts):
        body += _part(part, protocol, position, ROOM // len(parts))
    body.append(source_line(protocol))
    return message(body, _summary(answer, parts, protocol))


def headline(answer: Answer, protocol: Protocol) -> str:
    """What the text says, in a few words: whether an agency is listed, and for which information."""
    if answer.reason:
        return wording.SILENCES[answer.reason]
    named = [fact for fact in answer.facts if fact.recipient and fact.listed is not None]
    if named and answer.outcome in {"may", "may_not", "conditional"}:
        fact = named[0]
        shared = next((r.information for r in protocol.rules if r.clause == fact.cite), None)
        return wording.listed(fact.recipient or "", fact.cite, bool(fact.listed), shared)
    return wording.HEADLINES[answer.outcome]


def _danger(answer: Answer, protocol: Protocol) -> list[CardElement]:
    if not answer.danger:
        return []
    clause = [quotation(answer.danger_clause, protocol)] if answer.danger_clause else []
    return [banner(wording.DANGER, "attention"), *clause]


def _part(answer: Answer, protocol: Protocol, position: int, room: int) -> list[CardElement]:
    if answer.outcome == "not_covered":
        return [] if answer.danger else _silence(answer, protocol)
    quoted = [quote.clause for quote in answer.clauses]
    return [
        heading(headline(answer, protocol)),
        *_quotations(answer.clauses, protocol, f"more{position}", room // 2),
        *_authority(answer.legal_authority),
        *_limits([c for c in answer.restrictions if c not in quoted], protocol, room // 4),
        *_contacts(answer.contacts),
    ]


def _silence(answer: Answer, protocol: Protocol) -> list[CardElement]:
    reason = answer.reason or "no_clause"
    nearest = [
        verbatim(TextRun(text=c.cite, weight="Bolder"), TextRun(text=f"  {c.heading}"))
        for c in answer.nearest
    ]
    return [
        heading(headline(answer, protocol) if answer.reason else wording.SILENCES[reason]),
        line(wording.SILENCE_DETAILS[reason]),
        *([subheading(wording.NEAREST), *nearest] if nearest and reason == "no_clause" else []),
        *(_contacts(answer.contacts) if reason != "small_talk" else []),
        *(_chats(answer.contacts) if reason != "small_talk" else []),
    ]


def _quotations(
    quotes: Sequence[Quote], protocol: Protocol, name: str, room: int
) -> list[CardElement]:
    quoted: list[CardElement] = [
        _quotation(quote, protocol, f"{name}-{at}") for at, quote in enumerate(quotes)
    ]
    shown = fitting(quoted, room, wording.more_clauses)
    first, rest = shown[:SHOWN_FIRST], shown[SHOWN_FIRST:]
    if not rest:
        return list(first)
    toggle = ToggleVisibilityAction(title=wording.show_more(len(rest)), target_elements=[name])
    return [
        *first,
        Container(id=name, is_visible=False, items=list(rest), spacing="Small"),
        ActionSet(actions=[toggle], spacing="Small"),
    ]


def _quotation(quote: Quote, protocol: Protocol, name: str) -> Container:
    """The clause; a long one as the sentences that matched, with a button that shows all of it instead."""
    if not quote.matched:
        return quotation(quote.clause, protocol)
    short, whole = f"{name}-short", f"{name}-whole"
    show_all = ToggleVisibilityAction(title=wording.SHOW_ALL, target_elements=[short, whole])
    excerpt = replace(quote.clause, text=quote.excerpt)
    return Container(
        spacing="Small",
        items=[
            Container(id=short, items=[quotation(excerpt, protocol)]),
            Container(id=whole, is_visible=False, items=[quotation(quote.clause, protocol)]),
            ActionSet(actions=[show_all], spacing="Small"),
        ],
    )


def _authority(authorities: Sequence[str]) -> list[CardElement]:
    if not authorities:
        return []
    return [
        subheading(wording.LEGAL_AUTHORITY),
        *(verbatim(TextRun(text=name)) for name in authorities),
    ]


def _limits(clauses: Sequence[Clause], protocol: Protocol, room: int) -> list[CardElement]:
    if not clauses:
        return []
    quoted: list[CardElement] = [quotation(clause, protocol) for clause in clauses]
    return [subheading(wording.LIMITS), *fitting(quoted, room, wording.more_clauses)]


def _contacts(contacts: Sequence[Contact]) -> list[CardElement]:
    if not contacts:
        return []
    named: list[CardElement] = [_contact(contact) for contact in contacts]
    return [subheading(wording.WHO_TO_ASK), *fitting(named, ROOM // 8, wording.more_rows)]


def _contact(contact: Contact) -> CardElement:
    details = [text for text in (contact.agency, contact.details) if text]
    role = wording.CONTACT_ROLES[contact.role]
    return verbatim(
        TextRun(text=f"{role}: {contact.name}", weight="Bolder"),
        TextRun(text=f"  {'; '.join(details)} ({contact.clause})"),
    )


def _chats(contacts: Sequence[Contact]) -> list[CardElement]:
    """Buttons that open a Teams chat with a contact and write nothing into it."""
    found = [
        OpenUrlAction(title=wording.chat_with(contact.name), url=CHAT.format(quote(email.group())))
        for contact in contacts
        if (email := _EMAIL.search(contact.details or ""))
    ]
    actions: list[Action] = list(found[:MOST_CHATS])
    return [ActionSet(actions=actions, spacing="Small")] if actions else []


def _summary(answer: Answer, parts: Sequence[Answer], protocol: Protocol) -> str:
    """Danger first, then headlines and citations: what a notification or a screen reader says."""
    said = [
        f"{headline(part, protocol)}. {', '.join(q.clause.cite for q in part.clauses[:3])}".strip()
        for part in parts
    ]
    return " ".join([*([wording.DANGER] if answer.danger else []), *said]).strip()
