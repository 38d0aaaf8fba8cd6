"""Activities become `Incoming`, and turns run through the SDK's `process_activity`: the one module that knows it.

The SDK can send nothing from here: replies go through the outbox (facts, section 0: defects 1-3, 6, 8, 10-15).
"""

import hashlib
import html
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from http import HTTPStatus

from botbuilder.core import InvokeResponse, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter
from botbuilder.schema import Activity, ConversationAccount
from botframework.connector.auth import (
    AuthenticateRequestResult,
    BotFrameworkAuthentication,
    ClaimsIdentity,
    ConnectorFactory,
)

from bot.auth import Caller
from bot.effects import Json
from bot.incoming import Conversation, File, Incoming, IncomingKind, Person, Press, Scope
from cards.message import CONTENT_TYPE, CardMessage

Wire = Mapping[str, Json]
Receive = Callable[[Incoming], Awaitable[CardMessage | None]]
_FILE = "application/vnd.microsoft.teams.file.download.info"
_EXECUTE = "adaptiveCard/action"
_SCOPES: Mapping[str, Scope] = {"personal": "personal", "groupChat": "group", "channel": "channel"}
_EVENTS: Mapping[str, IncomingKind] = {
    "application/vnd.microsoft.meetingStart": "meeting_started",
    "application/vnd.microsoft.meetingEnd": "meeting_ended",
}


class NotAnActivity(ValueError):
    """The body has not the shape of an activity; the message names the field."""


class Turns:
    """Runs turns. One adapter and one closed connector client serve them all (defect 15)."""

    def __init__(self, receive: Receive) -> None:
        self._adapter = CloudAdapter(_NoWayOut())
        self._receive = receive
        self._result = AuthenticateRequestResult()
        self._result.connector_factory = _ClosedFactory()

    async def run(self, activity: Wire, incoming: Incoming, caller: Caller) -> tuple[int, Json]:
        """The HTTP status and body for Teams, once everything the event decides is on record.

        `incoming` is the activity as `read_activity` reads it.
        """

        async def logic(turn: TurnContext) -> None:
            card = await self._receive(incoming)
            if turn.activity.type == "invoke":
                value = InvokeResponse(status=HTTPStatus.OK, body=_invoke_body(activity, card))
                await turn.send_activity(Activity(type="invokeResponse", value=value))

        result = AuthenticateRequestResult()
        result.claims_identity = ClaimsIdentity(dict(caller.claims), True)
        result.connector_factory = self._result.connector_factory
        answer = await self._adapter.process_activity(result, _envelope(activity), logic)
        return (int(answer.status), answer.body) if answer else (HTTPStatus.OK, None)


def _envelope(activity: Wire) -> Activity:
    """As much as the SDK needs to run a turn: its own reading of odd activities fails, and words are not its concern."""
    return Activity(
        type=_str(activity, "type"),
        id=_str(activity, "id"),
        name=_str(activity, "name"),
        channel_id=_str(activity, "channelId"),
        service_url=_str(activity, "serviceUrl"),
        conversation=ConversationAccount(id=_str(_map(activity, "conversation"), "id")),
    )


def read_activity(activity: Wire) -> Incoming:
    """An activity in our own words. Raises NotAnActivity when it lacks what every activity has."""
    sender, conversation = _map(activity, "from"), _map(activity, "conversation")
    bot, channel = _map(activity, "recipient"), _map(activity, "channelData")
    tenant = tenant_of(activity)
    kind_of_scope = _str(conversation, "conversationType") or (
        "groupChat" if conversation.get("isGroup") else "personal"
    )
    text, names, mentioned = _words(activity, _str(bot, "id"))
    return Incoming(
        key=_key(activity),
        kind=_kind(activity),
        id=_str(activity, "id"),
        at=_time(_str(activity, "timestamp")),
        conversation=Conversation(
            id=_required(conversation, "id", "conversation.id"),
            scope=_SCOPES.get(kind_of_scope, "group"),
            service_url=_required(activity, "serviceUrl", "serviceUrl"),
            tenant_id=tenant or None,
            bot_id=_required(bot, "id", "recipient.id"),
            bot_name=_str(bot, "name"),
            meeting_id=_str(_map(channel, "meeting"), "id") or None,
        ),
        sender=_person(sender, tenant),
        text=text,
        mentioned=mentioned,
        targeted=bot.get("isTargeted") is True,
        names=names,
        files=_files(activity),
        press=_press(activity),
        people=_people(activity, tenant),
    )


def tenant_of(activity: Wire) -> str:
    """The tenant the activity comes from; the organiser's in meetings (facts, section 9)."""
    tenant = _str(_map(_map(activity, "channelData"), "tenant"), "id")
    return tenant or _str(_map(activity, "conversation"), "tenantId")


def _kind(activity: Wire) -> IncomingKind:
    event = _str(_map(activity, "channelData"), "eventType")
    match _str(activity, "type"), _str(activity, "name"):
        case "message", _:
            return "pressed" if _press(activity) else "message"
        case "messageUpdate", _:
            return "restored" if event == "undeleteMessage" else "edited"
        case "messageDelete", _:
            return "deleted"
        case "installationUpdate", _:
            removed = _str(activity, "action").startswith("remove")
            return "uninstalled" if removed else "installed"
        case "conversationUpdate", _:
            return _membership(activity)
        case "event", name:
            return _EVENTS.get(name, "other")
        case "invoke", name if name in (_EXECUTE, "fileConsent/invoke"):
            return "pressed"
    return "other"


def _membership(activity: Wire) -> IncomingKind:
    bot = _str(_map(activity, "recipient"), "id")
    added, removed = (_ids(activity.get(name)) for name in ("membersAdded", "membersRemoved"))
    if bot in added:
        return "installed"
    if bot in removed:
        return "uninstalled"
    return "joined" if added else "left" if removed else "other"


def _people(activity: Wire, tenant: str) -> tuple[Person, ...]:
    listed = [*_list(activity, "membersAdded"), *_list(activity, "membersRemoved")]
    bot = _str(_map(activity, "recipient"), "id")
    return tuple(_person(m, tenant) for m in listed if _str(m, "id") not in ("", bot))


def _words(activity: Wire, bot: str) -> tuple[str, tuple[str, ...], bool]:
    """The text without the bot's mention, whom else it mentions, and whether the bot was.

    The SDK strips by the bot's name as a pattern, anywhere in the text (defect 12).
    """
    text, names, mentioned = _str(activity, "text"), [], False
    for entity in _list(activity, "entities"):
        if _str(entity, "type") != "mention":
            continue
        who, shown = _map(entity, "mentioned"), _str(entity, "text")
        if _str(who, "id") == bot:
            mentioned, text = True, text.replace(shown, " ") if shown else text
        elif name := _str(who, "name"):
            names.append(name)
    plain = re.sub(r"</?at[^>]*>", "", text)
    if _str(activity, "textFormat") == "xml":
        plain = html.unescape(re.sub(r"<[^>]+>", " ", plain))
    return plain.replace("\xa0", " ").strip(), tuple(names), mentioned


def _files(activity: Wire) -> tuple[File, ...]:
    """Files of a 1:1, or the place for one that was accepted; the `text/html` attachment of ordinary messages is
    none (facts, section 5)."""
    upload = _map(_map(activity, "value"), "uploadInfo")
    if url := _str(upload, "uploadUrl"):
        return (File(_str(upload, "name"), url),)
    return tuple(
        File(_str(attachment, "name"), _str(_map(attachment, "content"), "downloadUrl"))
        for attachment in _list(activity, "attachments")
        if _str(attachment, "contentType") == _FILE
    )


def _press(activity: Wire) -> Press | None:
    value = _map(activity, "value")
    action, in_place = _map(value, "action"), _str(activity, "name") == _EXECUTE
    data = {**_map(action, "data"), "verb": action["verb"]} if "verb" in action else value
    if _str(activity, "name") == "fileConsent/invoke":
        data = {**_map(value, "context"), "verb": f"file.{_str(value, 'action')}"}
    if not isinstance(data.get("verb"), str):
        return None
    ids = {str(k): v[:200] for k, v in data.items() if isinstance(v, str) and k != "verb"}
    return Press(str(data["verb"])[:100], ids, in_place)


def _person(account: Wire, tenant: str) -> Person:
    aad = _str(account, "aadObjectId") or _str(account, "objectId")
    return Person(
        _str(account, "id"),
        _str(account, "name") or None,
        aad or None,
        _str(account, "tenantId") or tenant or None,
    )


def _key(activity: Wire) -> str:
    """Teams repeats an activity it got no answer for; what stays the same is hashed (facts, section 7)."""
    parts = (
        _str(_map(activity, "conversation"), "id"),
        _str(activity, "id"),
        _str(activity, "type"),
        _str(_map(activity, "channelData"), "eventType"),
        _str(activity, "timestamp"),
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _invoke_body(activity: Wire, card: CardMessage | None) -> Json:
    """What a press gets back: a card in its place, or nothing to show (facts, section 8)."""
    if _str(activity, "name") != _EXECUTE:
        return {}
    if card is None:
        return {
            "statusCode": 200,
            "type": "application/vnd.microsoft.activity.message",
            "value": "",
        }
    return {"statusCode": 200, "type": CONTENT_TYPE, "value": card.content()}


def _time(text: str) -> datetime:
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
    return time if time.tzinfo else time.replace(tzinfo=UTC)


def _required(value: Wire, name: str, path: str) -> str:
    if not (found := _str(value, name)):
        raise NotAnActivity(f"{path} is missing")
    return found


def _str(value: Wire, name: str) -> str:
    found = value.get(name)
    return found if isinstance(found, str) else ""


def _map(value: Wire, name: str) -> Wire:
    found = value.get(name)
    return found if isinstance(found, dict) else {}


def _list(value: Wire, name: str) -> list[Wire]:
    found = value.get(name)
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def _ids(value: Json) -> set[str]:
    return (
        {_str(item, "id") for item in value if isinstance(item, dict)}
        if isinstance(value, list)
        else set()
    )


class _Closed:
    """Stands where the SDK wants a connector client; it has no call to offer."""


class _ClosedFactory(ConnectorFactory):  # type: ignore[misc]  # the SDK ships no types
    def __init__(self) -> None:
        self._client = _Closed()

    async def create(self, service_url: str, audience: str) -> _Closed:
        return self._client


class _NoWayOut(BotFrameworkAuthentication):  # type: ignore[misc]  # the SDK ships no types
    """Callers are admitted by `auth.py` before a turn; user tokens are not used."""

    async def authenticate_request(self, activity: Activity, auth_header: str) -> None:
        raise PermissionError("callers are admitted before the turn")

    async def authenticate_streaming_request(
        self, auth_header: str, channel_id_header: str
    ) -> None:
        raise PermissionError("streaming is not offered")

    def create_connector_factory(self, claims_identity: ClaimsIdentity) -> ConnectorFactory:
        return _ClosedFactory()

    async def create_user_token_client(self, claims_identity: ClaimsIdentity) -> None:
        return None
