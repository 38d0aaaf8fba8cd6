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
from protocols.model import Clause, Protocol

REMOVED = "notice.removed"
NOT_PERSONAL = "notice.not_personal"
ON_PURPOSE = "notice.on_purpose"
TELL_BREACH_CONTACT = "notice.tell_breach_contact"


def notice_card(
    kinds: Sequence[Kind],
    notice_id: str,
    protocol: Protocol | None,
    *,
    chat_clause: Clause | None = None,
    method_clauses: Sequence[Clause] = (),
    breach_clause: Clause | None = None,
    long_paste: bool = False,
    danger: bool = False,
) -> CardMessage:
    """A private notice about one message. It names kinds and never repeats what was written.

    With `breach_clause` (a clause that makes a chat post a breach) it quotes it and offers to tell the breach contact.
    "Shared on purpose" is offered only where no clause forbids personal information in the chat.
    """
    body: list[CardElement] = [
        *([banner(wording.DANGER, "attention")] if danger else []),
        *(draft_banner(protocol) if protocol else []),
        heading(wording.NOTICE),
        line(wording.kinds_found(kinds)),
        *_clauses(protocol, chat_clause, breach_clause, method_clauses),
        subheading(wording.NOTICE_INSTEAD),
        verbatim(TextRun(text=wording.INSTEAD, italic=True)),
        *([line(wording.NOTICE_SUMMARISE)] if long_paste else []),
        line(wording.NOTICE_REMOVE, subtle=True),
        *([] if chat_clause else [_reason()]),
    ]
    actions = _actions(notice_id, forbids=chat_clause is not None, breach=breach_clause is not None)
    summary = f"{wording.DANGER} {wording.NOTICE_SUMMARY}" if danger else wording.NOTICE_SUMMARY
    return message(body, summary, actions)


def closed_notice_card() -> CardMessage:
    """What a notice becomes once the message was removed, changed or explained."""
    return message([line(wording.CLOSED)], wording.CLOSED)


def _clauses(
    protocol: Protocol | None,
    chat_clause: Clause | None,
    breach_clause: Clause | None,
    method_clauses: Sequence[Clause],
) -> list[CardElement]:
    if protocol is None:
        return [line(wording.NOTICE_NO_CLAUSE)]
    said = [clause for clause in (chat_clause, breach_clause) if clause]
    elements: list[CardElement] = [line(wording.NOTICE_HERE if said else wording.NOTICE_NO_CLAUSE)]
    elements += [quotation(clause, protocol) for clause in said]
    method = [clause for clause in method_clauses if clause not in said]
    if method:
        elements += [
            subheading(wording.NOTICE_METHOD),
            *(quotation(clause, protocol) for clause in method),
        ]
    return elements


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


def _actions(notice_id: str, *, forbids: bool, breach: bool) -> list[SubmitAction]:
    ids = {"notice": notice_id}
    return [
        button(wording.REMOVED, REMOVED, ids, style="positive"),
        button(wording.NOT_PERSONAL, NOT_PERSONAL, ids),
        *([] if forbids else [button(wording.ON_PURPOSE, ON_PURPOSE, ids)]),
        *([button(wording.TELL_BREACH_CONTACT, TELL_BREACH_CONTACT, ids)] if breach else []),
    ]
