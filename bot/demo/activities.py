"""What Teams sends a bot, as JSON: messages, edits, deletions, pressed buttons, comings, goings and meetings.

Shapes from learn.microsoft.com (conversation events, meeting events, receive files, universal actions).
"""

import html
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from bot.demo.records import Member

Activity = dict[str, object]


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation with the bot, as each activity describes it; a meeting chat has a `meeting`."""

    id: str
    service_url: str
    tenant: str
    bot: Member
    meeting: str | None = None
    kind: Literal["groupChat", "personal"] = "groupChat"

    def one_to_one(self, conversation: str, tenant: str) -> "Place":
        """The same bot in a 1:1 with somebody of this tenant."""
        return replace(self, id=conversation, tenant=tenant, meeting=None, kind="personal")


def message(
    place: Place,
    sender: Member,
    number: str,
    text: str,
    *,
    mention: bool = False,
    targeted: bool = False,
    files: Sequence[Activity] = (),
) -> Activity:
    """A message; `mention` puts the bot's name first, `targeted` lets the bot alone read it."""
    at = f"<at>{place.bot.name}</at>"
    written = f"{at} {text}" if mention else text
    body = f"<p>{html.escape(written)}</p>"
    mentioned = {"id": place.bot.id, "name": place.bot.name}
    activity = _activity("message", place, sender, number) | {
        "text": written,
        "textFormat": "plain",
        "attachments": [*files, {"contentType": "text/html", "content": body}],
        "entities": [{"type": "mention", "mentioned": mentioned, "text": at}] if mention else [],
    }
    if targeted:
        activity["recipient"] = {**mentioned, "isTargeted": True}
    return activity


def edited(sent: Activity, text: str) -> Activity:
    """The same message with new words."""
    mention = bool(sent.get("entities"))
    at = str(sent["text"]).partition("</at>")[0] + "</at> " if mention else ""
    return _event(sent, "messageUpdate", "editMessage") | {"text": at + text}


def deleted(sent: Activity) -> Activity:
    """The message is gone; its words do not travel again."""
    return _event(sent, "messageDelete", "softDeleteMessage") | {"text": None, "entities": []}


def restored(sent: Activity) -> Activity:
    """A deleted message brought back."""
    return _event(sent, "messageUpdate", "undeleteMessage")


def pressed(
    place: Place, sender: Member, number: str, card: str, data: dict[str, object]
) -> Activity:
    """A pressed Action.Submit: a message without words."""
    activity = _activity("message", place, sender, number)
    return activity | {"value": data, "replyToId": card, "textFormat": "plain", "attachments": []}


def executed(
    place: Place,
    sender: Member,
    number: str,
    card: str,
    verb: str,
    data: dict[str, object],
    *,
    trigger: Literal["manual", "automatic"] = "manual",
) -> Activity:
    """A pressed Action.Execute, or with an automatic trigger a card that asks to be refreshed."""
    action = {"type": "Action.Execute", "verb": verb, "data": data}
    return _activity("invoke", place, sender, number) | {
        "name": "adaptiveCard/action",
        "replyToId": card,
        "value": {"action": action, "trigger": trigger},
    }


def accepted(
    place: Place, sender: Member, number: str, context: dict[str, object], name: str, address: str
) -> Activity:
    """An offered file was accepted; `address` is where the bot puts it."""
    upload = {"name": name, "uploadUrl": address, "contentUrl": address}
    return _activity("invoke", place, sender, number) | {
        "name": "fileConsent/invoke",
        "value": {
            "type": "fileUpload",
            "action": "accept",
            "context": context,
            "uploadInfo": upload,
        },
    }


def installed(place: Place, by: Member, number: str) -> Activity:
    """The app was added to the conversation."""
    return _activity("installationUpdate", place, by, number) | {"action": "add"}


def joined(place: Place, people: Sequence[Member], by: Member, number: str) -> Activity:
    """People (or the bot itself) came into the conversation."""
    added = [_account(person) for person in people]
    return _activity("conversationUpdate", place, by, number) | {"membersAdded": added}


def meeting_event(
    place: Place, by: Member, number: str, event: Literal["Start", "End"], title: str
) -> Activity:
    """The meeting began or ended."""
    return _activity("event", place, by, number) | {
        "name": f"application/vnd.microsoft.meeting{event}",
        "value": {"Title": title, "MeetingType": "Scheduled", f"{event}Time": _now()},
    }


def word_file(name: str, url: str) -> Activity:
    """The attachment of an uploaded file."""
    return {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "name": name,
        "contentUrl": url,
        "content": {"downloadUrl": url, "uniqueId": "demo-file", "fileType": "docx"},
    }


def _activity(kind: str, place: Place, sender: Member, number: str) -> Activity:
    channel: Activity = {"tenant": {"id": place.tenant}}
    if place.meeting is not None:
        channel["meeting"] = {"id": place.meeting}
    conversation: Activity = {"id": place.id, "conversationType": place.kind}
    conversation |= {"isGroup": place.kind == "groupChat", "tenantId": place.tenant}
    return {
        "type": kind,
        "id": number,
        "timestamp": _now(),
        "channelId": "msteams",
        "serviceUrl": place.service_url,
        "from": _account(sender),
        "recipient": {"id": place.bot.id, "name": place.bot.name},
        "conversation": conversation,
        "channelData": channel,
        "locale": "en-NZ",
    }


def _event(sent: Activity, kind: str, event: str) -> Activity:
    channel = sent["channelData"]
    assert isinstance(channel, dict)
    changed = {"type": kind, "timestamp": _now(), "channelData": {**channel, "eventType": event}}
    return {name: value for name, value in sent.items() if name != "attachments"} | changed


def _account(person: Member) -> Activity:
    account: Activity = {"id": person.id, "name": person.name}
    return account if person.aad is None else account | {"aadObjectId": person.aad}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
