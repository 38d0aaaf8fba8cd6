"""The one way out to Teams: every call the bot makes, asynchronous, mapped to `bot.teams.errors`.

The SDK's own clients block, lose unknown fields and cannot send targeted messages (facts, defects 3-9).
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import aiohttp
from yarl import URL

from bot.incoming import Conversation, Person
from bot.teams.addresses import is_allowed
from bot.teams.employers import domain_of
from bot.teams.errors import Ambiguous, NotAllowed, NotSent, Refused
from bot.teams.tokens import Tokens

Activity = Mapping[str, Any]
_CODES = frozenset(  # facts, section 3; learn.microsoft.com: conversational bot error codes
    (
        "ActivityNotFoundInConversation",
        "BadArgument",
        "BadSyntax",
        "BotDisabledByAdmin",
        "BotNotInConversationRoster",
        "ConversationBlockedByUser",
        "ConversationNotFound",
        "ForbiddenOperationException",
        "InvalidBotApiHost",
        "MemberNotFoundInConversation",
        "MessageSizeTooBig",
        "MessageWritesBlocked",
        "NotEnoughPermissions",
        "ServiceError",
        "Throttled",
        "Unauthorized",
    )
)
_MEMBERS_WITHIN = 4.0
_TARGETED = {"isTargetedActivity": "true"}


@dataclass(frozen=True, slots=True)
class Meeting:
    """What Teams says about a meeting."""

    title: str | None = field(repr=False)
    organiser_aad_id: str | None
    starts: str | None
    ends: str | None


class Connector:
    """Calls to Teams. Each names the conversation it is for; a token goes to allowed hosts only."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        tokens: Tokens,
        hosts: Sequence[str],
        *,
        local: bool,
        timeout: float,
    ) -> None:
        self._session = session
        self._tokens = tokens
        self._hosts = tuple(hosts)
        self._local = local
        self._timeout = aiohttp.ClientTimeout(total=timeout)

    async def send(
        self, to: Conversation, activity: Activity, reply_to: str | None = None
    ) -> str | None:
        """The id of a message everyone in the conversation sees."""
        path = f"{_activities(to)}/{_quoted(reply_to)}" if reply_to else _activities(to)
        body = _addressed(activity, to) | ({"replyToId": reply_to} if reply_to else {})
        return _id(await self._call("POST", to.service_url, path, body=body))

    async def send_targeted(self, to: Conversation, activity: Activity, person: str) -> str | None:
        """The id of a message that only `person` sees. It has no way to become a public one (design decision 6)."""
        body = {**_addressed(activity, to), "recipient": {"id": person}}
        if not person or to.is_private:
            raise Refused("a targeted message needs a person in a shared chat")
        return _id(
            await self._call("POST", to.service_url, _activities(to), body=body, query=_TARGETED)
        )

    async def update(
        self, to: Conversation, activity_id: str, activity: Activity, *, targeted: bool
    ) -> None:
        """Put another card in place of one that was sent."""
        path = f"{_activities(to)}/{_quoted(activity_id)}"
        body = {**_addressed(activity, to), "id": activity_id}
        await self._call(
            "PUT", to.service_url, path, body=body, query=_TARGETED if targeted else {}
        )

    async def delete(self, to: Conversation, activity_id: str, *, targeted: bool) -> None:
        """Take back what was sent."""
        path = f"{_activities(to)}/{_quoted(activity_id)}"
        await self._call("DELETE", to.service_url, path, query=_TARGETED if targeted else {})

    async def open_direct(self, near: Conversation, person: str) -> Conversation:
        """The 1:1 conversation with a person met in `near`; refused where they have not installed the bot."""
        body: dict[str, Any] = {
            "isGroup": False,
            "bot": {"id": near.bot_id, "name": near.bot_name},
            "members": [{"id": person}],
        }
        if near.tenant_id:
            body |= {"tenantId": near.tenant_id, "channelData": {"tenant": {"id": near.tenant_id}}}
        answer = await self._call("POST", near.service_url, "/v3/conversations", body=body)
        if not (opened := _id(answer)):
            raise Refused("no 1:1 conversation came back")
        url = str(answer.get("serviceUrl") or near.service_url)
        return Conversation(opened, "personal", url, near.tenant_id, near.bot_id, near.bot_name)

    async def members(self, of: Conversation) -> tuple[Person, ...]:
        """Everyone in a conversation; a turn waits for it, so it may not take long."""
        try:
            async with asyncio.timeout(_MEMBERS_WITHIN):
                return await self._members(of)
        except TimeoutError:
            raise Ambiguous("members took too long") from None

    async def _members(self, of: Conversation) -> tuple[Person, ...]:
        found: list[Person] = []
        token = ""
        while True:
            query = {"pageSize": "200", **({"continuationToken": token} if token else {})}
            path = f"{_conversation(of)}/pagedmembers"
            page = await self._call("GET", of.service_url, path, query=query)
            found += [_person(member) for member in page.get("members") or [] if member.get("id")]
            token = str(page.get("continuationToken") or "")
            if not token or len(found) > 2000:
                return tuple(found)

    async def meeting(self, of: Conversation) -> Meeting:
        """Title, organiser and times of the conversation's meeting."""
        if not of.meeting_id:
            raise Refused("this conversation has no meeting id")
        answer = await self._call("GET", of.service_url, f"/v1/meetings/{_quoted(of.meeting_id)}")
        details = _lower(answer.get("details"))
        return Meeting(
            title=details.get("title"),
            organiser_aad_id=_lower(answer.get("organizer")).get("aadobjectid"),
            starts=details.get("scheduledstarttime"),
            ends=details.get("scheduledendtime"),
        )

    async def role(self, of: Conversation, aad_id: str, tenant_id: str) -> str | None:
        """Organizer, Presenter or Attendee, as of now; Teams says not to keep it (facts, section 6)."""
        if not of.meeting_id:
            return None
        path = f"/v1/meetings/{_quoted(of.meeting_id)}/participants/{_quoted(aad_id)}"
        answer = await self._call("GET", of.service_url, path, query={"tenantId": tenant_id})
        role = _lower(answer.get("meeting")).get("role")
        return str(role) if role else None

    async def _call(
        self,
        method: str,
        service_url: str,
        path: str,
        *,
        body: Activity | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Mapping[str, Any]:
        if not is_allowed(service_url, self._hosts, local=self._local):
            raise NotAllowed("the service URL is not on the allow-list")
        token = await self._tokens.bearer()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        url = URL(service_url.rstrip("/") + path, encoded=True)
        try:
            async with self._session.request(
                method,
                url,
                json=body,
                params=dict(query or {}),
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                return await self._outcome(response)
        except (aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            raise NotSent(type(error).__name__) from None
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Ambiguous(type(error).__name__) from None

    async def _outcome(self, response: aiohttp.ClientResponse) -> Mapping[str, Any]:
        if response.status < 300:
            return await _json(response)
        reason = f"{response.status} {_code(await _json(response))}".strip()
        if response.status == 401:
            self._tokens.forget()
            raise NotSent(reason)
        if response.status in (412, 429):
            raise NotSent(reason, _seconds(response.headers.get("Retry-After")))
        if response.status >= 500:
            raise Ambiguous(reason)
        raise Refused(reason, response.status)


def _conversation(to: Conversation) -> str:
    return f"/v3/conversations/{_quoted(to.id)}"


def _activities(to: Conversation) -> str:
    return f"{_conversation(to)}/activities"


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _addressed(activity: Activity, to: Conversation) -> dict[str, Any]:
    sender = {"id": to.bot_id, "name": to.bot_name}
    return {**activity, "from": sender, "conversation": {"id": to.id}}


def _id(answer: Activity) -> str | None:
    return str(answer["id"]) if answer.get("id") else None


def _person(member: Activity) -> Person:
    aad = member.get("aadObjectId") or member.get("objectId")
    addresses = (member.get("email"), member.get("userPrincipalName"))
    return Person(
        id=str(member["id"]),
        name=member.get("name"),
        aad_id=aad,
        tenant_id=member.get("tenantId"),
        domain=next(filter(None, map(domain_of, addresses)), None),
        is_guest=member.get("userRole") in ("guest", "anonymous"),
    )


def _lower(value: object) -> Mapping[str, Any]:
    """Keys come as `Title` and as `title` (facts, defect 13)."""
    return {str(k).lower(): v for k, v in value.items()} if isinstance(value, dict) else {}


async def _json(response: aiohttp.ClientResponse) -> Mapping[str, Any]:
    try:
        answer = await response.json(content_type=None)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}


def _code(answer: Activity) -> str:
    """The error's code if it is a known one, never its message: that may repeat what was sent."""
    error = answer.get("error")
    code = str(error.get("code", "")) if isinstance(error, dict) else ""
    return code if code in _CODES else ""


def _seconds(header: str | None) -> float | None:
    try:
        return min(max(float(header or ""), 0.0), 3600.0)
    except ValueError:
        return None
