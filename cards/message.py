"""A finished card with the words that stand in for it where no card is drawn."""

import json
from dataclasses import dataclass
from typing import Any

from microsoft_teams.cards import AdaptiveCard

SCHEMA = "http://adaptivecards.io/schemas/adaptive-card.json"
CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True, slots=True)
class CardMessage:
    """`summary` is what notifications, screen readers and old clients get instead of the card."""

    card: AdaptiveCard
    summary: str

    def content(self) -> dict[str, Any]:
        """The card as the JSON object that goes into an attachment's `content`."""
        content: dict[str, Any] = json.loads(
            self.card.model_dump_json(by_alias=True, exclude_none=True)
        )
        return {"$schema": SCHEMA, **content}

    def attachment(self) -> dict[str, Any]:
        """The Bot Framework attachment."""
        return {"contentType": CONTENT_TYPE, "content": self.content()}
