"""The notice that one person alone gets: kinds, the clause, the agreed way to share, and how to put it right."""

from collections.abc import Sequence

from microsoft_teams.cards import CardElement, Choice, ChoiceSetInput, SubmitAction, TextRun

from cards import wording
from cards.message import CardMessage
from cards.parts import (
    banner,
    button,
    draft_banner,
    heading,
    line,
    message,
    quotation,
    subheading,
    verbatim,
)
from knowledge.hygiene.finding import Kind
from knowledge.notice_clauses import NoticeClauses
from protocols.model import Clause, Protocol

REMOVED = "notice.removed"
NOT_PERSONAL = "notice.not_personal"
ON_PURPOSE = "notice.on_purpose"
TELL_BREACH_CONTACT = "notice.tell_breach_contact"


def notice_card(
    kinds: Sequence[Kind],
    notice_id: str,
    protocol: Protocol | None,
    clauses: NoticeClauses | None,
    *,
    health: bool = False,
    long_paste: bool = False,
    danger: bool = False,
) -> CardMessage:
    """A private notice about one message. It names kinds and never repeats what was written.

    Where a clause makes a chat post a breach it offers to tell the breach contact; "Shared on purpose" is offered
    only where no clause forbids personal information in the chat. `health`: a health detail or number is among it.
    """
    forbidden = clauses is not None and clauses.forbidden
    leak = clauses is not None and clauses.breach is not None
    body: list[CardElement] = [
        *([banner(wording.DANGER, "attention")] if danger else []),
        *(draft_banner(protocol) if protocol else []),
        heading(wording.NOTICE),
        line(wording.kinds_found(kinds, health=health)),
        *(_clauses(protocol, clauses, health) if protocol and clauses else [line(wording.NOTICE_NO_PROTOCOL)]),
        subheading(wording.NOTICE_INSTEAD),
        verbatim(TextRun(text=_instead(clauses), italic=True)),
        *([line(wording.NOTICE_SUMMARISE)] if long_paste else []),
        line(wording.NOTICE_REMOVE, subtle=True),
        *([] if forbidden else [_reason()]),
    ]  # fmt: skip
    summary = f"{wording.DANGER} {wording.NOTICE_SUMMARY}" if danger else wording.NOTICE_SUMMARY
    return message(body, summary, _actions(notice_id, forbidden=forbidden, leak=leak))


def closed_notice_card(*, declined: bool = False) -> CardMessage:
    """What a notice becomes once the message was removed, changed or explained; `declined`: it was mistaken."""
    said = wording.DECLINED if declined else wording.CLOSED
    return message([line(said)], said)


def _clauses(protocol: Protocol, clauses: NoticeClauses, health: bool) -> list[CardElement]:
    on_chat = [clause for clause in (clauses.chat, clauses.breach) if clause]
    on_health = [clauses.health] if health and clauses.health else []
    ways = [clause for clause in clauses.methods if clause not in [*on_chat, *on_health]]
    return [
        *_under(wording.NOTICE_HERE if on_chat else wording.NOTICE_NO_CLAUSE, on_chat, protocol),
        *(_under(wording.NOTICE_HEALTH, on_health, protocol) if on_health else []),
        *(_under(wording.NOTICE_METHOD, ways, protocol) if ways else []),
    ]


def _under(title: str, clauses: Sequence[Clause], protocol: Protocol) -> list[CardElement]:
    said = subheading(title) if clauses else line(title)
    return [said, *(quotation(clause, protocol) for clause in clauses)]


def _instead(clauses: NoticeClauses | None) -> str:
    if clauses is None:
        return wording.INSTEAD_NO_PROTOCOL
    method = clauses.method
    return wording.instead(method.words, method.clause.cite) if method else wording.INSTEAD_UNKNOWN


def _reason() -> ChoiceSetInput:
    return ChoiceSetInput(
        id="reason",
        label=wording.ON_PURPOSE_REASON,
        style="compact",
        value="authorised",
        choices=[
            Choice(title=title, value=value) for value, title in wording.ON_PURPOSE_REASONS.items()
        ],
    )


def _actions(notice_id: str, *, forbidden: bool, leak: bool) -> list[SubmitAction]:
    ids = {"notice": notice_id}
    return [
        button(wording.REMOVED, REMOVED, ids, style="positive"),
        button(wording.NOT_PERSONAL, NOT_PERSONAL, ids),
        *([] if forbidden else [button(wording.ON_PURPOSE, ON_PURPOSE, ids)]),
        *([button(wording.TELL_BREACH_CONTACT, TELL_BREACH_CONTACT, ids)] if leak else []),
    ]
