"""The pieces every card is made of: headings, quotations, facts, buttons.

Words of the protocol go into RichTextBlock runs: a TextBlock would read asterisks, underscores and numbers in them as
Markdown, and a quotation must stay word for word (design decision 2).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from microsoft_teams.cards import (
    ActionSet,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    Container,
    ExecuteAction,
    RefreshDefinition,
    RichTextBlock,
    SubmitAction,
    TextBlock,
    TextRun,
    ToggleVisibilityAction,
)

from cards import wording
from cards.message import CardMessage
from protocols.model import Clause, Protocol

ROOM = 20_000
"""Bytes of JSON that lists may fill, so that a whole card stays under 25 KB (design decision 11)."""
_LONGEST_QUOTE = 2_400
Button = SubmitAction | ExecuteAction


def message(
    body: Sequence[CardElement],
    summary: str,
    actions: Sequence[Button] = (),
    refresh: RefreshDefinition | None = None,
) -> CardMessage:
    """A card of version 1.5, with its summary as fallback and spoken text."""
    card = AdaptiveCard(
        version="1.5",
        fallback_text=summary,
        speak=summary,
        body=list(body),
        actions=list(actions) or None,
        refresh=refresh,
    )
    return CardMessage(card, summary)


def heading(text: str) -> TextBlock:
    return TextBlock(text=text, wrap=True, style="heading", size="Medium", weight="Bolder")


def subheading(text: str) -> TextBlock:
    return TextBlock(text=text, wrap=True, weight="Bolder", spacing="Medium")


def line(text: str, *, subtle: bool = False, small: bool = False) -> TextBlock:
    return TextBlock(
        text=text,
        wrap=True,
        is_subtle=subtle or None,
        size="Small" if small else None,
        spacing="Small",
    )


def verbatim(*runs: TextRun) -> RichTextBlock:
    """Text shown exactly as given, whatever characters it holds."""
    inlines: list[CardElement] = list(runs)
    return RichTextBlock(inlines=inlines, spacing="Small")


def quotation(clause: Clause, protocol: Protocol) -> Container:
    """A clause word for word under its citation and heading, with the lead-in it reads on from and its footnotes."""
    return Container(
        style="emphasis",
        spacing="Small",
        items=[
            verbatim(
                TextRun(text=clause.cite, weight="Bolder"),
                TextRun(text=f"  {clause.heading}", is_subtle=True, size="Small"),
            ),
            *_lead_in(clause, protocol),
            *_words(clause),
            *(verbatim(TextRun(text=note, size="Small", is_subtle=True)) for note in clause.notes),
        ],
    )


def quotations(
    clauses: Sequence[Clause], protocol: Protocol, room: int = ROOM
) -> list[CardElement]:
    """Clauses word for word, close together; a lead-in is said once for the items that read on from it.

    Those that do not fit are counted.
    """
    if not clauses:
        return []
    quoted: list[CardElement] = []
    said = {clause.cite for clause in clauses}
    for clause in clauses:
        fresh = clause.lead_in not in said
        quoted.append(_close(clause, protocol, with_lead_in=fresh))
        said |= {clause.lead_in} if clause.lead_in else set()
    return [Container(style="emphasis", spacing="Small",
                      items=fitting(quoted, room, wording.more_clauses))]  # fmt: skip


def fitting(
    elements: Sequence[CardElement], room: int, more: Callable[[int], str]
) -> list[CardElement]:
    """As many elements as fit into `room` bytes, then a line that counts the others."""
    fitted: list[CardElement] = []
    for element in elements:
        room -= size(element)
        if room < 0:
            return [*fitted, line(more(len(elements) - len(fitted)), subtle=True)]
        fitted.append(element)
    return fitted


def size(element: CardElement) -> int:
    """Bytes of an element on the wire."""
    return len(element.model_dump_json(by_alias=True, exclude_none=True).encode())


def toggled(
    name: str, title: str, elements: Sequence[CardElement], *, shown: bool = False
) -> list[CardElement]:
    """Elements that a button shows and hides; `shown` at first or not."""
    toggle = ToggleVisibilityAction(title=title, target_elements=[name])
    return [
        ActionSet(actions=[toggle], spacing="Small"),
        Container(id=name, is_visible=shown, items=list(elements), spacing="Small"),
    ]


def choice(name: str, label: str, choices: Sequence[tuple[str, str]], value: str | None = None,
           *, expanded: bool = False) -> ChoiceSetInput:  # fmt: skip
    """A labelled choice of (value, title) pairs; nothing is chosen unless `value` says so."""
    return ChoiceSetInput(
        id=name,
        label=label,
        style="expanded" if expanded else "compact",
        value=value,
        is_required=True,
        error_message=wording.CHOOSE_ONE,
        placeholder=wording.CHOOSE_ONE,
        wrap=True,
        choices=[Choice(title=title, value=key) for key, title in choices],
    )


def banner(text: str, style: Literal["warning", "attention"]) -> Container:
    """A line that must be read first; `style` is warning or attention, its meaning is in the words."""
    return Container(
        style=style, bleed=True, items=[TextBlock(text=text, wrap=True, weight="Bolder")]
    )


def button(
    title: str,
    verb: str,
    ids: Mapping[str, str] | None = None,
    *,
    style: Literal["default", "positive", "destructive"] | None = None,
) -> SubmitAction:
    """A button whose answer carries a verb and ids only."""
    return SubmitAction(title=title, data={"verb": verb, **(ids or {})}, style=style)


def draft_banner(protocol: Protocol) -> list[CardElement]:
    """Says that this is a draft; nothing once every party has signed (design decision 4)."""
    return [banner(wording.DRAFT, "warning")] if protocol.is_draft else []


def source_line(protocol: Protocol) -> RichTextBlock:
    """Which protocol spoke."""
    text = wording.source(protocol.title, protocol.version, protocol.signature.state)
    return verbatim(TextRun(text=text, is_subtle=True, size="Small"))


def _close(clause: Clause, protocol: Protocol, *, with_lead_in: bool) -> Container:
    return Container(
        spacing="Small",
        items=[
            *(_lead_in(clause, protocol) if with_lead_in else []),
            verbatim(
                TextRun(text=f"{clause.cite}  ", weight="Bolder"),
                TextRun(text=_shortened(clause.text)),
            ),
            *(verbatim(TextRun(text=note, size="Small", is_subtle=True)) for note in clause.notes),
        ],
    )


def _shortened(text: str) -> str:
    """A clause too long for a card is cut and says so; its citation leads to the rest."""
    if len(text) <= _LONGEST_QUOTE:
        return text
    return f"{text[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} … {wording.CLAUSE_GOES_ON}"


def _lead_in(clause: Clause, protocol: Protocol) -> list[CardElement]:
    lead_in = (
        next((c for c in protocol.clauses if c.cite == clause.lead_in), None)
        if clause.lead_in
        else None
    )
    return [verbatim(TextRun(text=lead_in.text, is_subtle=True))] if lead_in else []


def _words(clause: Clause) -> list[CardElement]:
    if not clause.cells:
        return [verbatim(TextRun(text=_shortened(clause.text)))]
    return [
        verbatim(TextRun(text=f"{column}: ", weight="Bolder"), TextRun(text=_shortened(value)))
        for column, value in clause.cells.items()
    ]
