"""What has been said in the room, and which part of it each person sees."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.demo.activities import Activity
from bot.demo.drive import CONSENT, offer_card
from bot.demo.records import Sent

CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(slots=True)
class Entry:
    """One line of a conversation. `reader` set: a private notice, only that person sees it.

    `version` grows with every change, so a page knows what to draw anew. `views` are the cards an
    Action.Execute gave single people in place of the shared one.
    """

    id: str
    conversation: str
    author: str
    text: str
    activity: Activity = field(repr=False)
    at: datetime = field(default_factory=lambda: datetime.now(UTC))
    reader: str | None = None
    kind: str = "message"
    edited: bool = False
    deleted: bool = False
    version: int = 0
    files: tuple[str, ...] = ()
    views: dict[str, Activity] = field(default_factory=dict)


class Timeline:
    """Entries in the order they came; what the bot sends is taken in by `take`."""

    def __init__(self) -> None:
        self.entries: dict[str, Entry] = {}
        self.typing: set[str] = set()

    def add(self, entry: Entry) -> Entry:
        self.entries[entry.id] = entry
        return entry

    def take(self, sent: Sent, author: str) -> None:
        """Show what the bot sent, changed or deleted; typing lasts until its next message."""
        if sent.type == "typing":
            self.typing.add(sent.conversation_id)
            return
        self.typing.discard(sent.conversation_id)
        known = self.entries.get(sent.activity_id)
        if known is None:
            fresh = Entry(
                sent.activity_id,
                sent.conversation_id,
                author,
                sent.text,
                sent.activity,
                reader=sent.recipient,
            )
            self.add(fresh)
            return
        known.deleted, known.edited = sent.kind == "delete", sent.kind == "update"
        known.text, known.activity, known.views = sent.text, sent.activity, {}
        known.version += 1

    def seen_by(self, person: str, conversations: Mapping[str, str]) -> Iterator[dict[str, object]]:
        """What this person sees, as the page draws it; `conversations` maps ids to the page's names."""
        for entry in self.entries.values():
            if entry.conversation in conversations and entry.reader in (None, person):
                yield _view(entry, person, conversations[entry.conversation])


def _view(entry: Entry, person: str, conversation: str) -> dict[str, object]:
    return {
        "id": entry.id,
        "in": conversation,
        "author": entry.author,
        "kind": entry.kind,
        "text": "" if entry.deleted else entry.text,
        "mention": bool(entry.activity.get("entities")),
        "cards": [] if entry.deleted else _cards(entry, person),
        "files": list(entry.files),
        "suggestions": _suggestions(entry),
        "look": _look(entry, person),
        "private": entry.reader is not None,
        "mine": entry.author == person,
        "edited": entry.edited,
        "deleted": entry.deleted,
        "at": entry.at.isoformat(),
        "version": entry.version,
    }


def _cards(entry: Entry, person: str) -> list[object]:
    if person in entry.views:
        return [entry.views[person]]
    attachments = entry.activity.get("attachments")
    if not isinstance(attachments, list):
        return []
    drawn = [found["content"] for found in attachments if found.get("contentType") == CARD]
    return drawn + [
        offer_card(found) for found in attachments if found.get("contentType") == CONSENT
    ]


def _look(entry: Entry, person: str) -> object:
    """What the card asks when this person sees it, until it has been answered for them."""
    if entry.deleted or person in entry.views:
        return None
    for card in _cards(entry, person):
        refresh = card.get("refresh") if isinstance(card, dict) else None
        if isinstance(refresh, dict) and person in refresh.get("userIds", ()):
            return refresh["action"]
    return None


def _suggestions(entry: Entry) -> list[object]:
    suggested = entry.activity.get("suggestedActions")
    actions = suggested.get("actions") if isinstance(suggested, dict) else None
    return list(actions) if isinstance(actions, list) else []
