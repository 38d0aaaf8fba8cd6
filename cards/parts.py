"""The pieces every card is made of: headings, quotations, facts, buttons.

Words of the protocol go into RichTextBlock runs: a TextBlock would read asterisks, underscores and numbers in them as
Markdown, and a quotation must stay word for word (design decision 2).
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from microsoft_teams.cards import (
    AdaptiveCard,
    CardElement,
    Container,
    RichTextBlock,
    SubmitAction,
    TextBlock,
    TextRun,
)

from cards import wording
from cards.message import CardMessage
from protocols.model import Clause, Protocol


def message(
    body: Sequence[CardElement], summary: str, actions: Sequence[SubmitAction] = (), **extra: Any
) -> CardMessage:
    """A card of version 1.5, with its summary as fallback and spoken text."""
    card = AdaptiveCard(
        schema="http://adaptivecards.io/schemas/adaptive-card.json",
        version="1.5",
        fallback_text=summary,
        speak=summary,
        body=list(body),
        actions=list(actions) or None,
        **extra,
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
        rounded_corners=True,
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


def _lead_in(clause: Clause, protocol: Protocol) -> list[CardElement]:
    lead_in = (
        next((c for c in protocol.clauses if c.cite == clause.lead_in), None)
        if clause.lead_in
        else None
    )
    return [verbatim(TextRun(text=lead_in.text, is_subtle=True))] if lead_in else []


def _words(clause: Clause) -> list[CardElement]:
    if not clause.cells:
        return [verbatim(TextRun(text=clause.text))]
    return [
        verbatim(TextRun(text=f"{column}: ", weight="Bolder"), TextRun(text=value))
        for column, value in clause.cells.items()
    ]
