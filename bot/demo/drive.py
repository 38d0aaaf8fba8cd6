"""Where the room keeps files the bot offers: asked first, as Teams does, then put there and opened from there.

https://learn.microsoft.com/microsoftteams/platform/bots/how-to/bots-filesv4 (file consent card).
"""

import secrets
from collections.abc import Mapping
from urllib.parse import quote

from aiohttp import web

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
Card = dict[str, object]


class Drive:
    """Everybody's files, in memory."""

    def __init__(self) -> None:
        self._files: dict[str, bytes] = {}

    def routes(self) -> list[web.RouteDef]:
        return [
            web.put("/drive/{key}/{name}", self._put),
            web.get("/drive/{key}/{name}", self._get),
        ]

    def place_for(self, name: str) -> str:
        """The path of a new file; whoever knows it may put and open the file."""
        return f"/drive/{secrets.token_urlsafe(16)}/{quote(name)}"

    async def _put(self, request: web.Request) -> web.Response:
        self._files[request.path] = await request.read()
        return web.Response(status=201)

    async def _get(self, request: web.Request) -> web.Response:
        content = self._files.get(request.path)
        if content is None:
            return web.Response(status=404)
        kept = {"Content-Disposition": f"attachment; filename={request.match_info['name']}"}
        return web.Response(body=content, headers=kept, content_type="application/octet-stream")


def offer_card(offer: Mapping[str, object]) -> Card:
    """A file the bot offers, with the button that accepts it."""
    content = offer["content"] if isinstance(offer["content"], dict) else {}
    name = str(offer["name"])
    given = {"consent": content.get("acceptContext"), "name": name}
    save = {"type": "Action.Submit", "title": "Save to my files", "data": given}
    return _card(name, str(content.get("description", "")), save)


def saved_card(name: str, address: str) -> Card:
    """The file once it is there."""
    return _card(
        name,
        "Saved among your files.",
        {"type": "Action.OpenUrl", "title": "Open the file", "url": address},
    )


def _card(name: str, words: str, action: Mapping[str, object]) -> Card:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "speak": f"{name}: {words}",
        "body": [
            {"type": "TextBlock", "text": name, "weight": "Bolder", "wrap": True},
            {"type": "TextBlock", "text": words, "wrap": True, "spacing": "Small"},
        ],
        "actions": [action],
    }
