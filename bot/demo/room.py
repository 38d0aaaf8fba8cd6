"""The meeting room: a page over the connector. All it shows has travelled over HTTP through the bot.

The page posts here; the room posts activities to the bot; the bot calls the connector back; every open
page hears of it through server-sent events.
"""

import asyncio
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

from aiohttp import ClientError, ClientSession, ClientTimeout, web

from bot.demo import activities
from bot.demo.activities import Activity, Place
from bot.demo.cast import BOT, Player
from bot.demo.connector import FakeConnector
from bot.demo.records import Sent
from bot.demo.timeline import Entry, Timeline

CHAT = "19:meeting_demo@thread.v2"
MEETING = "MCMxOTptZWV0aW5nX2RlbW9AdGhyZWFkLnYyIzA="
PAGE = Path(__file__).with_name("page")
LIBRARIES = {
    "adaptivecards.js": "adaptivecards/dist/adaptivecards.min.js",
    "markdown-it.js": "markdown-it/dist/markdown-it.min.js",
}
ANSWER_WITHIN = ClientTimeout(total=15)  # Teams gives a bot 15 s, then sends the activity again
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


class Room:
    """A meeting chat, a 1:1 with the bot for each player, and the page that shows them."""

    def __init__(self, bot_url: str, players: Sequence[Player], title: str, protocol: str) -> None:
        self.bot_url = bot_url
        self.players = {player.key: player for player in players}
        self.title, self.protocol = title, protocol
        self.timeline = Timeline()
        self.running = False
        self.opened: set[str] = set()
        self.connector = FakeConnector(self._routes())
        self._numbers = itertools.count(1)
        self._session: ClientSession | None = None
        self._listeners: set[asyncio.Event] = set()
        self._closing = False

    async def start(self, port: int = 0) -> str:
        """Open the room and bring the bot in; returns the page's address. A taken port raises OSError."""
        self.connector.members[CHAT] = [player.member for player in self.players.values()]
        self._seat()
        await self.connector.start(port=port)
        self._session = ClientSession(timeout=ANSWER_WITHIN)
        self.connector.watchers.append(self._heard)
        host = self._facilitator.member
        place = self._place()
        await self._deliver(activities.installed(place, host, self._number()))
        await self._deliver(activities.joined(place, [BOT], host, self._number()))
        return self.connector.url

    async def stop(self) -> None:
        self._closing = True
        self._changed()
        if self._session is not None:
            await self._session.close()
        await self.connector.stop()

    @property
    def _facilitator(self) -> Player:
        return next(iter(self.players.values()))

    def _seat(self) -> None:
        host = self._facilitator.member
        self.connector.meetings[MEETING] = {
            "details": {"id": MEETING, "title": self.title, "type": "Scheduled"},
            "conversation": {"id": CHAT, "isGroup": True, "conversationType": "groupChat"},
            "organizer": {"id": host.id, "aadObjectId": host.aad, "tenantId": host.tenant},
        }
        for player in self.players.values():
            role = "Organizer" if player is self._facilitator else "Presenter"
            self.connector.roles[str(player.member.aad)] = role
            if player.part == "Guest":
                self.connector.blocked.add(player.member.id)

    def _place(self, private_to: Player | None = None) -> Place:
        tenant = self._facilitator.member.tenant
        place = Place(CHAT, self.connector.url, tenant, BOT, MEETING)
        if private_to is None:
            return place
        return place.one_to_one(self.connector.open_one_to_one(private_to.member.id))

    def _routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._page),
            web.get("/page/{name}", self._page),
            web.get("/room/events", self._events),
            web.post("/room/say", self._say),
            web.post("/room/edit", self._edit),
            web.post("/room/delete", self._delete),
            web.post("/room/restore", self._restore),
            web.post("/room/press", self._press),
            web.post("/room/open", self._open),
            web.post("/room/upload", self._upload),
            web.post("/room/meeting", self._meeting),
        ]

    async def _page(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("name", "index.html")
        path = PAGE.parent / "node_modules" / LIBRARIES[name] if name in LIBRARIES else PAGE / name
        if (path.parent != PAGE and name not in LIBRARIES) or not path.is_file():
            raise web.HTTPNotFound
        headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
        return web.FileResponse(path, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        player = self._player(request.query.get("as", ""))
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        changed = asyncio.Event()
        self._listeners.add(changed)
        try:
            while not self._closing:
                changed.clear()
                await stream.write(f"data: {json.dumps(self._state(player))}\n\n".encode())
                await changed.wait()
        except ConnectionResetError:
            pass
        finally:
            self._listeners.discard(changed)
        return stream

    def _state(self, player: Player) -> dict[str, object]:
        me = player.member.id
        names = {CHAT: "chat", self.connector.one_to_one.get(me, ""): "private"}
        return {
            "title": self.title,
            "protocol": self.protocol,
            "running": self.running,
            "me": player.key,
            "people": [_described(player) for player in self.players.values()],
            "bot": {"id": BOT.id, "name": BOT.name},
            "entries": list(self.timeline.seen_by(me, names)),
            "typing": [names[place] for place in self.timeline.typing if place in names],
        }

    async def _say(self, request: web.Request) -> web.Response:
        asked = await _asked(request)
        player, text = self._player(asked["as"]), str(asked.get("text", "")).strip()
        if not text:
            raise web.HTTPBadRequest(text="Write something first.")
        private = asked.get("in") == "private"
        if private:
            await self._install_for(player)
        place = self._place(player if private else None)
        mention = not private and bool(asked.get("mention"))
        sent = activities.message(place, player.member, self._number(), text, mention=mention)
        self.timeline.add(Entry(str(sent["id"]), place.id, player.member.id, text, sent))
        return await self._answer(sent)

    async def _edit(self, request: web.Request) -> web.Response:
        asked = await _asked(request)
        entry, text = self._own(asked), str(asked.get("text", "")).strip()
        if not text:
            raise web.HTTPBadRequest(text="Write something first.")
        entry.activity = activities.edited(entry.activity, text)
        entry.text, entry.edited, entry.version = text, True, entry.version + 1
        return await self._answer(entry.activity)

    async def _delete(self, request: web.Request) -> web.Response:
        entry = self._own(await _asked(request))
        entry.deleted, entry.version = True, entry.version + 1
        return await self._answer(activities.deleted(entry.activity))

    async def _restore(self, request: web.Request) -> web.Response:
        entry = self._own(await _asked(request))
        entry.deleted, entry.version = False, entry.version + 1
        return await self._answer(activities.restored(entry.activity))

    async def _press(self, request: web.Request) -> web.Response:
        asked = await _asked(request)
        player, entry = self._player(asked["as"]), self.timeline.entries[str(asked["id"])]
        if entry.reader not in (None, player.member.id):
            raise web.HTTPForbidden
        private = entry.conversation != CHAT
        place, data = self._place(player if private else None), asked.get("data")
        pressing = (place, player.member, self._number(), entry.id)
        given = data if isinstance(data, dict) else {}
        if "verb" not in asked:
            return await self._answer(activities.pressed(*pressing, given))
        reply = await self._deliver(activities.executed(*pressing, str(asked["verb"]), given))
        if reply.get("type") == "application/vnd.microsoft.card.adaptive":
            entry.views[player.member.id] = dict(reply["value"])  # type: ignore[call-overload]  # a card
            entry.version += 1
        self._changed()
        return web.json_response({"trouble": reply.get("trouble")})

    async def _open(self, request: web.Request) -> web.Response:
        await self._install_for(self._player((await _asked(request))["as"]))
        return web.json_response({})

    async def _upload(self, request: web.Request) -> web.Response:
        form = await request.post()
        player, file = self._player(form.get("as")), form.get("file")
        if not isinstance(file, web.FileField):
            raise web.HTTPBadRequest(text="Choose a Word file first.")
        await self._install_for(player)
        place = self._place(player)
        url = self.connector.offer_file(file.file.read(), file.filename)
        files = [activities.word_file(file.filename, url)]
        sent = activities.message(place, player.member, self._number(), "", files=files)
        entry = Entry(str(sent["id"]), place.id, player.member.id, "", sent)
        entry.files = (file.filename,)
        self.timeline.add(entry)
        return await self._answer(sent)

    async def _meeting(self, request: web.Request) -> web.Response:
        asked = await _asked(request)
        player = self._player(asked["as"])
        if player is not self._facilitator:
            raise web.HTTPForbidden(text="Only the facilitator starts and ends the meeting.")
        self.running = not self.running
        words = "The meeting has started" if self.running else "The meeting has ended"
        number, event = self._number(), "Start" if self.running else "End"
        sent = activities.meeting_event(
            self._place(), player.member, number, "Start" if event == "Start" else "End", self.title
        )
        self.timeline.add(Entry(number, CHAT, player.member.id, words, sent, kind="event"))
        return await self._answer(sent)

    async def _install_for(self, player: Player) -> None:
        if player.key in self.opened:
            return
        self.opened.add(player.key)
        self.connector.blocked.discard(player.member.id)
        place = self._place(player)
        await self._deliver(activities.installed(place, player.member, self._number()))
        await self._deliver(activities.joined(place, [BOT], player.member, self._number()))

    async def _answer(self, activity: Activity) -> web.Response:
        self._changed()
        reply = await self._deliver(activity)
        self._changed()
        return web.json_response({"trouble": reply.get("trouble")})

    async def _deliver(self, activity: Activity) -> dict[str, object]:
        """What the bot's server answered; `trouble` says in plain words why it did not."""
        assert self._session is not None
        try:
            async with self._session.post(self.bot_url, json=activity) as answer:
                if answer.status >= 400:
                    return {"trouble": f"Clausewise refused this (HTTP {answer.status})."}
                body = await answer.json() if answer.content_type.endswith("json") else {}
                return body if isinstance(body, dict) else {}
        except (ClientError, TimeoutError):
            return {"trouble": "Clausewise did not answer. Is its server still running?"}

    def _heard(self, sent: Sent) -> None:
        self.timeline.take(sent, BOT.id)
        self._changed()

    def _changed(self) -> None:
        for listener in self._listeners:
            listener.set()

    def _number(self) -> str:
        return f"{next(self._numbers):013d}"

    def _player(self, key: object) -> Player:
        if not isinstance(key, str) or key not in self.players:
            raise web.HTTPBadRequest(text="Choose who you are first.")
        return self.players[key]

    def _own(self, asked: dict[str, object]) -> Entry:
        entry = self.timeline.entries.get(str(asked.get("id")))
        if entry is None or entry.author != self._player(asked["as"]).member.id:
            raise web.HTTPForbidden(text="You can change only your own messages.")
        return entry


async def _asked(request: web.Request) -> dict[str, object]:
    """The page's request; JSON only, which no other site can send here unasked."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    body = await request.json()
    if not isinstance(body, dict) or "as" not in body:
        raise web.HTTPBadRequest
    return body


def _described(player: Player) -> dict[str, object]:
    return {
        "key": player.key,
        "id": player.member.id,
        "name": player.member.name,
        "agency": player.agency,
        "part": player.part,
    }
