"""The page of the meeting room over HTTP: files, one stream of what changed, and what people do."""

import json
from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from bot.demo.cast import Player
from bot.demo.room import NotAllowed, Room
from cards.message import CardMessage

PAGE = Path(__file__).with_name("page")
LIBRARIES = {
    "adaptivecards.js": "adaptivecards/dist/adaptivecards.min.js",
    "markdown-it.js": "markdown-it/dist/markdown-it.min.js",
}
_POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"


class Site:
    """Put a room's page beside its connector: `Site(room)` before `room.start()`.

    `cards` are for the page that shows every card.
    """

    def __init__(self, room: Room, cards: Mapping[str, CardMessage] | None = None) -> None:
        self.room = room
        self._cards = cards or {}
        room.connector.add_routes(
            [
                web.get("/", self._page),
                web.get("/page/{name}", self._page),
                web.get("/room/events", self._events),
                web.get("/room/cards", self._every),
                web.post("/room/upload", self._upload),
                web.post("/room/{what}", self._act),
            ]
        )

    async def _page(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info.get("name", "index.html")
        if name in LIBRARIES:
            path = PAGE.with_name("node_modules") / LIBRARIES[name]
        else:
            path = PAGE / name
        if (name not in LIBRARIES and path.parent != PAGE) or not path.is_file():
            raise web.HTTPNotFound
        headers = {"Content-Security-Policy": _POLICY, "Cache-Control": "no-cache"}
        return web.FileResponse(path, headers=headers)

    async def _events(self, request: web.Request) -> web.StreamResponse:
        """The whole state as one person sees it, again with every change."""
        player = self._player(request.query.get("as"))
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await stream.prepare(request)
        with self.room.listening() as changed:
            while not self.room.closing:
                changed.clear()
                state = json.dumps(self.room.state(player))
                try:
                    await stream.write(f"data: {state}\n\n".encode())
                except ConnectionResetError:
                    break
                await changed.wait()
        return stream

    async def _every(self, request: web.Request) -> web.Response:
        shown = [
            {"name": name.replace("_", " "), "content": card.content()}
            for name, card in self._cards.items()
        ]
        return web.json_response(shown)

    async def _act(self, request: web.Request) -> web.Response:
        asked = await _asked(request)
        player, room = self._player(asked.get("as")), self.room
        number, text, data = str(asked.get("id")), str(asked.get("text", "")), asked.get("data")
        try:
            match request.match_info["what"]:
                case "say":
                    trouble = await room.say(
                        player,
                        text,
                        private=asked.get("in") == "private",
                        mention=bool(asked.get("mention")),
                        quietly=bool(asked.get("quietly")),
                    )
                case "edit":
                    trouble = await room.edit(player, number, text)
                case "delete":
                    trouble = await room.delete(player, number)
                case "restore":
                    trouble = await room.restore(player, number)
                case "press":
                    verb, given = asked.get("verb"), data if isinstance(data, dict) else {}
                    named = None if verb is None else str(verb)
                    looking = bool(asked.get("looking"))
                    trouble = await room.press(player, number, given, named, looking=looking)
                case "open":
                    trouble = await room.open(player)
                case "meeting":
                    trouble = await room.start_or_end(player)
                case _:
                    raise web.HTTPNotFound
        except NotAllowed as refusal:
            raise web.HTTPForbidden(text=str(refusal)) from refusal
        return web.json_response({"trouble": trouble})

    async def _upload(self, request: web.Request) -> web.Response:
        _own_page(request)
        form = await request.post()
        file = form.get("file")
        if not isinstance(file, web.FileField):
            raise web.HTTPBadRequest(text="Choose a Word file first.")
        player = self._player(form.get("as"))
        trouble = await self.room.upload(player, file.filename, file.file.read())
        return web.json_response({"trouble": trouble})

    def _player(self, key: object) -> Player:
        if not isinstance(key, str) or key not in self.room.players:
            raise web.HTTPBadRequest(text="Choose who you are first.")
        return self.room.players[key]


async def _asked(request: web.Request) -> dict[str, object]:
    _own_page(request)
    try:
        body = await request.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="Not understood.")
    return body


def _own_page(request: web.Request) -> None:
    """Refuse what another site's page sends here: the room listens on every browser's own machine."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != str(request.url.origin()):
        raise web.HTTPForbidden(text="Use the meeting room's own page.")
