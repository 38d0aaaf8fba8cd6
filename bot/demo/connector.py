"""A Bot Connector for tests and the demo: the HTTP Teams speaks to a bot, on this machine.

It records what the bot sends, and refuses what Teams refuses (microsoft/teams.py
`clients/conversation/activity.py`; learn.microsoft.com: targeted messages, meeting APIs, rate limits).
Longer than most files because it is one wire protocol, read top to bottom.
"""

import asyncio
import itertools
import json
import math
import secrets
from collections.abc import Awaitable, Callable, Iterable
from urllib.parse import quote

from aiohttp import web

from bot.demo.limits import RateLimit
from bot.demo.records import Fault, Kind, Member, Sent, Step
from bot.demo.tokens import TokenServices, channel_claims

LARGEST_MESSAGE = 100_000  # bytes as UTF-16
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeConnector:
    """Start it, point a bot at `url`, read `sent`.

    Fill before or during a test: `members[conversation_id]`, `meetings[meeting_id]` (details),
    `roles[aad]` (Organizer, Presenter, Attendee), `blocked` (people without the personal app).
    `one_to_one[person]` names the 1:1 the bot opened. With `require_token` calls without a token
    of our own token endpoint get 401; with `limited` sends faster than Teams allows get 429. `latency`
    is in seconds.
    """

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.members: dict[str, list[Member]] = {}
        self.meetings: dict[str, dict[str, object]] = {}
        self.roles: dict[str, str] = {}
        self.blocked: set[str] = set()
        self.one_to_one: dict[str, str] = {}
        self.watchers: list[Callable[[Sent], None]] = []
        self.tokens = TokenServices()
        self.require_token = False
        self.limited = False
        self.latency = 0.0
        self.calls: list[tuple[str, str]] = []
        self._rate = RateLimit()
        self._faults: list[Fault] = []
        self._files: dict[str, bytes] = {}
        self._known: dict[str, set[str]] = {}
        self._targets: dict[str, str] = {}
        self._numbers = itertools.count(1_700_000_000_000)
        self._changed = asyncio.Event()
        self._app = web.Application(client_max_size=64 * 1024 * 1024)
        self._app.add_routes([*self._routes(), *self.tokens.routes()])
        self._runner: web.AppRunner | None = None
        self.url = ""

    def add_routes(self, routes: Iterable[web.RouteDef]) -> None:
        """Serve something beside the connector; before `start`."""
        self._app.add_routes(routes)

    async def start(self, host: str = "127.0.0.1", port: int = 0) -> None:
        """Listen; `url` is known afterwards. A taken port raises OSError."""
        self._runner = web.AppRunner(self._app, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    def fail_next(
        self,
        status: int,
        times: int = 1,
        retry_after: float | None = None,
        after_accept: bool = False,
        *,
        on: Step = "send",
        code: str = "ServiceError",
    ) -> None:
        """Answer the next `times` calls of a step with this status; 0 cuts the connection.

        `send` covers targeted sends too; `targeted` only those.
        """
        self._faults.append(Fault(status, times, on, retry_after, after_accept, code))

    def token(self, app_id: str, **claims: object) -> str:
        """A bearer token as Teams sends it to the bot; `claims` replace or add, None removes."""
        merged = channel_claims(app_id, self.url) | claims
        return self.tokens.sign(
            {name: value for name, value in merged.items() if value is not None}
        )

    def offer_file(self, data: bytes, name: str = "protocol.docx") -> str:
        """A pre-authenticated address to fetch an uploaded file from."""
        key = secrets.token_urlsafe(16)
        self._files[key] = data
        return f"{self.url}/files/{key}/{quote(name)}"

    def open_one_to_one(self, person: str) -> str:
        """The conversation id of this person's 1:1 with the bot, opened if need be."""
        if person not in self.one_to_one:
            conversation = f"a:{person}"
            everyone = itertools.chain.from_iterable(self.members.values())
            found = [member for member in everyone if member.id == person]
            self.members[conversation] = found[:1] or [Member(person, person, None, "unknown")]
            self.one_to_one[person] = conversation
        return self.one_to_one[person]

    def sent_to(self, conversation_id: str, *, recipient: str | None = None) -> list[Sent]:
        """What the bot sent there, typing left out; with `recipient` only what was private to them."""
        return [
            sent
            for sent in self.sent
            if sent.conversation_id == conversation_id
            and sent.type != "typing"
            and (recipient is None or sent.recipient == recipient)
        ]

    async def wait_for(self, count: int, within: float = 5.0) -> list[Sent]:
        """The first `count` messages (typing left out), as soon as they are there; else TimeoutError after `within` seconds."""
        async with asyncio.timeout(within):
            while len(messages := [s for s in self.sent if s.type != "typing"]) < count:
                self._changed.clear()
                await self._changed.wait()
        return messages[:count]

    def _routes(self) -> list[web.RouteDef]:
        activities = "/v3/conversations/{id}/activities"
        return [
            web.post("/v3/conversations", self._door("create", self._create)),
            web.post(activities, self._door("send", self._send)),
            web.post(activities + "/{activity}", self._door("send", self._send)),
            web.put(activities + "/{activity}", self._door("update", self._update)),
            web.delete(activities + "/{activity}", self._door("delete", self._delete)),
            web.get("/v3/conversations/{id}/members", self._door("members", self._members)),
            web.get("/v3/conversations/{id}/members/{person}", self._door("members", self._member)),
            web.get("/v3/conversations/{id}/pagedmembers", self._door("members", self._paged)),
            web.get("/v1/meetings/{id}", self._door("meeting", self._meeting)),
            web.get(
                "/v1/meetings/{id}/participants/{aad}", self._door("meeting", self._participant)
            ),
            web.get("/files/{key}/{name}", self._file),
        ]

    def _door(self, step: Step, handler: Handler) -> Handler:
        async def through(request: web.Request) -> web.StreamResponse:
            self.calls.append((request.method, request.path))
            if self.latency:
                await asyncio.sleep(self.latency)
            if self.require_token and not self._authorised(request):
                return _refuse(401, "Unauthorized", "The token is missing or not ours.")
            fault = self._fault(step, _targeted(request))
            if fault is None:
                return await handler(request)
            if fault.after_accept:
                await handler(request)
            return _trouble(fault, request)

        return through

    def _authorised(self, request: web.Request) -> bool:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return scheme == "Bearer" and token in self.tokens.issued

    def _fault(self, step: Step, targeted: bool) -> Fault | None:
        steps = {step, "targeted"} if targeted and step == "send" else {step}
        for fault in self._faults:
            if fault.step in steps and fault.times > 0:
                fault.times -= 1
                return fault
        return None

    async def _create(self, request: web.Request) -> web.Response:
        body = await _body(request)
        members = body.get("members") if body else None
        if body is None or body.get("isGroup") or not isinstance(members, list) or not members:
            return _refuse(400, "BadArgument", "A 1:1 conversation needs exactly one member.")
        person = str(members[0].get("id", ""))
        everyone = itertools.chain.from_iterable(self.members.values())
        if any(one.id == person and one.role == "anonymous" for one in everyone):
            return _refuse(400, "BadArgument", "Anonymous people have no 1:1 with a bot.")
        if person in self.blocked:
            return _refuse(403, "ForbiddenOperationException", "Bot is not installed for the user.")
        conversation = self.open_one_to_one(person)
        return web.json_response({"id": conversation, "serviceUrl": self.url}, status=201)

    async def _send(self, request: web.Request) -> web.Response:
        conversation, activity = request.match_info["id"], await _body(request)
        if activity is None:
            return _refuse(400, "BadSyntax", "The body is not an activity.")
        if conversation not in self.members:
            return _refuse(
                403, "BotNotInConversationRoster", "The bot is not in this conversation."
            )
        if self.limited and (wait := self._rate.wait(conversation)):
            return _refuse(
                429, "ConversationThrottled", "Too many requests.", retry_after=math.ceil(wait)
            )
        if len(json.dumps(activity, ensure_ascii=False).encode("utf-16-le")) > LARGEST_MESSAGE:
            return _refuse(413, "MessageSizeTooBig", "Message size too large.")
        targeted, recipient = _targeted(request), _recipient(activity)
        if targeted and (refusal := self._refuse_target(conversation, recipient)):
            return refusal
        number = str(next(self._numbers))
        if targeted and recipient:
            self._targets[number] = recipient
        self._record(conversation, number, activity, "send", recipient if targeted else None)
        return web.json_response({"id": number}, status=201)

    def _refuse_target(self, conversation: str, recipient: str | None) -> web.Response | None:
        if recipient is None:
            return _refuse(400, "BadArgument", "A targeted message needs a recipient.")
        if conversation in self.one_to_one.values():
            return _refuse(400, "BadArgument", "Targeted messages are not supported in 1:1 chats.")
        if recipient not in {member.id for member in self.members[conversation]}:
            return _refuse(403, "BotNotInConversationRoster", "The recipient is not a member.")
        return None

    async def _update(self, request: web.Request) -> web.Response:
        activity = await _body(request)
        if activity is None:
            return _refuse(400, "BadSyntax", "The body is not an activity.")
        if _targeted(request) and _recipient(activity) is not None:
            return _refuse(400, "BadArgument", "The recipient of a message cannot be changed.")
        if refusal := self._refuse_unknown(request):
            return refusal
        number = request.match_info["activity"]
        target = self._targets.get(number)
        self._record(request.match_info["id"], number, activity, "update", target)
        return web.json_response({"id": number})

    async def _delete(self, request: web.Request) -> web.Response:
        if refusal := self._refuse_unknown(request):
            return refusal
        conversation, number = request.match_info["id"], request.match_info["activity"]
        self._record(conversation, number, {}, "delete", self._targets.get(number))
        self._known[conversation].discard(number)
        return web.Response(status=200)

    def _refuse_unknown(self, request: web.Request) -> web.Response | None:
        number = request.match_info["activity"]
        known = number in self._known.get(request.match_info["id"], set())
        if not known or _targeted(request) != (number in self._targets):
            return _refuse(404, "ActivityNotFoundInConversation", "No such message of the bot.")
        return None

    def _record(
        self,
        conversation: str,
        number: str,
        activity: dict[str, object],
        kind: Kind,
        target: str | None,
    ) -> None:
        self._known.setdefault(conversation, set()).add(number)
        sent = Sent(conversation, number, activity, target is not None, target, kind)
        self.sent.append(sent)
        self._changed.set()
        for watcher in self.watchers:
            watcher(sent)

    async def _members(self, request: web.Request) -> web.Response:
        members = self.members.get(request.match_info["id"])
        if members is None:
            return _refuse(404, "ConversationNotFound", "No such conversation.")
        return web.json_response([member.wire() for member in members])

    async def _member(self, request: web.Request) -> web.Response:
        person = request.match_info["person"]
        for member in self.members.get(request.match_info["id"], []):
            if person in (member.id, member.aad):
                return web.json_response(member.wire())
        return _refuse(404, "MemberNotFoundInConversation", "No such member.")

    async def _paged(self, request: web.Request) -> web.Response:
        members = self.members.get(request.match_info["id"])
        if members is None:
            return _refuse(404, "ConversationNotFound", "No such conversation.")
        size = int(request.query.get("pageSize") or 200)
        start = int(request.query.get("continuationToken") or 0)
        page: dict[str, object] = {"members": [m.wire() for m in members[start : start + size]]}
        if start + size < len(members):
            page["continuationToken"] = str(start + size)
        return web.json_response(page)

    async def _meeting(self, request: web.Request) -> web.Response:
        details = self.meetings.get(request.match_info["id"])
        if details is None:
            return _refuse(404, "MeetingNotFound", "No such meeting.")
        return web.json_response(details)

    async def _participant(self, request: web.Request) -> web.Response:
        if not request.query.get("tenantId"):
            return _refuse(400, "BadArgument", "tenantId is required.")
        aad = request.match_info["aad"]
        everyone = itertools.chain.from_iterable(self.members.values())
        asked = (aad, request.query["tenantId"])
        member = next((one for one in everyone if (one.aad, one.tenant) == asked), None)
        if member is None or request.match_info["id"] not in self.meetings:
            return _refuse(404, "ParticipantNotFound", "No such participant.")
        meeting = {"role": self.roles.get(aad, "Attendee"), "inMeeting": True}
        return web.json_response({"user": member.wire(), "meeting": meeting})

    async def _file(self, request: web.Request) -> web.Response:
        """The address carries its own permission: a bearer token here would be a leak, so it is refused."""
        data = self._files.get(request.match_info["key"])
        if data is None:
            return web.Response(status=404)
        if "Authorization" in request.headers:
            return web.Response(status=401)
        return web.Response(body=data, content_type="application/octet-stream")


def _targeted(request: web.Request) -> bool:
    return request.query.get("isTargetedActivity", "").lower() == "true"


def _recipient(activity: dict[str, object]) -> str | None:
    recipient = activity.get("recipient")
    return str(recipient["id"]) if isinstance(recipient, dict) and recipient.get("id") else None


async def _body(request: web.Request) -> dict[str, object] | None:
    try:
        body = await request.json()
    except ValueError:
        return None
    return body if isinstance(body, dict) else None


def _refuse(
    status: int, code: str, message: str, *, retry_after: float | None = None
) -> web.Response:
    headers = {} if retry_after is None else {"Retry-After": f"{retry_after:g}"}
    body = {"error": {"code": code, "message": message}}
    return web.json_response(body, status=status, headers=headers)


def _trouble(fault: Fault, request: web.Request) -> web.Response:
    if fault.status == 0:
        if request.transport is not None:
            request.transport.abort()
        return web.Response(status=500)
    return _refuse(fault.status, fault.code, "Told to fail.", retry_after=fault.retry_after)
