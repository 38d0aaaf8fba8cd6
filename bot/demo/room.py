"""The meeting room: who is in it, what they do, and what each of them sees.

Nothing is shown that did not travel: what a person does goes to the bot as an activity over HTTP, and
what the bot sends comes back through the connector.
"""

import asyncio
import itertools
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Literal

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.demo import activities
from bot.demo.activities import Activity, Place
from bot.demo.backstage import Backstage
from bot.demo.cast import BOT, Player
from bot.demo.connector import FakeConnector
from bot.demo.drive import Drive, saved_card
from bot.demo.records import Sent
from bot.demo.timeline import CARD, Entry, Timeline

CHAT = "19:meeting_demo@thread.v2"
MEETING = "MCMxOTptZWV0aW5nX2RlbW9AdGhyZWFkLnYyIzA="
ANSWER_WITHIN = ClientTimeout(total=15)  # Teams gives a bot 15 s, then sends the activity again


class NotAllowed(Exception):
    """Something this person cannot do; the message is fit to show to them."""


class Room:
    """A meeting chat, a 1:1 with the bot for each player, and the connector both run over.

    What people do returns None, or in plain words what went wrong on the bot's side.
    """

    def __init__(self, bot_url: str, players: Sequence[Player], title: str, protocol: str) -> None:
        self.bot_url = bot_url
        self.players = {player.key: player for player in players}
        self.facilitator = players[0]
        self.title, self.protocol = title, protocol
        self.connector = FakeConnector()
        self.running = False
        self.closing = False
        self._timeline = Timeline()
        self._backstage = Backstage(players)
        self._drive = Drive()
        self.connector.add_routes(self._drive.routes())
        self._opened: set[str] = set()
        self._numbers = itertools.count(1)
        self._session: ClientSession | None = None
        self._listeners: set[asyncio.Event] = set()

    async def start(self, port: int = 0) -> str:
        """Open the room, bring the bot in, and say where; a taken port raises OSError."""
        self._seat()
        await self.connector.start(port=port)
        self._session = ClientSession(timeout=ANSWER_WITHIN)
        self.connector.watchers.append(self._heard)
        await self._install(self._place(), self.facilitator)
        return self.connector.url

    async def stop(self) -> None:
        self.closing = True
        self._changed()
        if self._session is not None:
            await self._session.close()
        await self.connector.stop()

    async def say(
        self,
        player: Player,
        text: str,
        *,
        private: bool,
        mention: bool = False,
        quietly: bool = False,
    ) -> str | None:
        """Write in the meeting chat, or in this person's 1:1; `quietly` in the chat to the bot alone."""
        place = await self._private(player) if private else self._place()
        aside = quietly and not private
        sent = activities.message(
            place,
            player.member,
            self._number(),
            _words(text),
            mention=mention and not private,
            targeted=aside,
        )
        me = player.member.id
        reader = me if aside else None
        self._timeline.add(Entry(str(sent["id"]), place.id, me, text, sent, reader=reader))
        return await self._deliver(sent)

    async def edit(self, player: Player, number: str, text: str) -> str | None:
        entry = self._own(player, number)
        entry.activity = activities.edited(entry.activity, _words(text))
        entry.text, entry.edited, entry.version = text, True, entry.version + 1
        return await self._deliver(entry.activity)

    async def delete(self, player: Player, number: str) -> str | None:
        entry = self._own(player, number)
        entry.deleted, entry.version = True, entry.version + 1
        return await self._deliver(activities.deleted(entry.activity))

    async def restore(self, player: Player, number: str) -> str | None:
        """Undo a deletion."""
        entry = self._own(player, number)
        entry.deleted, entry.version = False, entry.version + 1
        return await self._deliver(activities.restored(entry.activity))

    async def press(
        self,
        player: Player,
        number: str,
        data: dict[str, object],
        verb: str | None = None,
        *,
        looking: bool = False,
    ) -> str | None:
        """Press a card's button: Action.Submit, or Action.Execute when it has a verb.

        `looking`: nobody pressed, the card asked to be refreshed when this person saw it.
        """
        entry = self._timeline.entries.get(number)
        if entry is None or entry.reader not in (None, player.member.id):
            raise NotAllowed("That card is not yours.")
        place = self._place() if entry.conversation == CHAT else await self._private(player)
        if isinstance(context := data.get("consent"), dict):
            return await self._accept(player, entry, context, str(data.get("name")))
        pressing = (place, player.member, self._number(), number)
        if verb is None:
            return await self._deliver(activities.pressed(*pressing, data))
        trigger: Literal["automatic", "manual"] = "automatic" if looking else "manual"
        reply = await self._post(activities.executed(*pressing, verb, data, trigger=trigger))
        card = reply.get("value")
        if reply.get("type") == CARD and isinstance(card, dict):
            entry.views[player.member.id] = card
            entry.version += 1
        return self._trouble(reply)

    async def _accept(
        self, player: Player, entry: Entry, context: dict[str, object], name: str
    ) -> str | None:
        """Take a file the bot offers: say where to put it, then show where it is."""
        path = self._drive.place_for(name)
        place, address = await self._private(player), self.connector.url + path
        number = self._number()
        trouble = await self._deliver(
            activities.accepted(place, player.member, number, context, name, address)
        )
        entry.views[player.member.id] = saved_card(name, path)
        entry.version += 1
        self._changed()
        return trouble

    async def open(self, player: Player) -> str | None:
        """Open the 1:1: the first time, that installs the bot for this person."""
        await self._private(player)
        return None

    async def upload(self, player: Player, name: str, data: bytes) -> str | None:
        """Send the bot a file in 1:1."""
        place = await self._private(player)
        file = activities.word_file(name, self.connector.offer_file(data, name))
        sent = activities.message(place, player.member, self._number(), "", files=[file])
        entry = Entry(str(sent["id"]), place.id, player.member.id, "", sent, files=(name,))
        self._timeline.add(entry)
        return await self._deliver(sent)

    async def start_or_end(self, player: Player) -> str | None:
        """Start the meeting, or end it if it is running."""
        if player is not self.facilitator:
            raise NotAllowed("Only the facilitator starts and ends the meeting.")
        self.running = not self.running
        words = "The meeting has started" if self.running else "The meeting has ended"
        number = self._number()
        sent = activities.meeting_event(
            self._place(), player.member, number, "Start" if self.running else "End", self.title
        )
        self._timeline.add(Entry(number, CHAT, player.member.id, words, sent, kind="event"))
        return await self._deliver(sent)

    def state(self, player: Player) -> dict[str, object]:
        """All this person sees, as the page draws it."""
        me = player.member.id
        names = {CHAT: "chat", self.connector.one_to_one.get(me, ""): "private"}
        return {
            "title": self.title,
            "protocol": self.protocol,
            "running": self.running,
            "me": player.key,
            "people": [_described(player) for player in self.players.values()],
            "bot": {"id": BOT.id, "name": BOT.name},
            "entries": list(self._timeline.seen_by(me, names)),
            "travelled": self._backstage.lines(),
            "typing": [names[place] for place in self._timeline.typing if place in names],
        }

    @contextmanager
    def listening(self) -> Iterator[asyncio.Event]:
        """An event that is set whenever something changed."""
        changed = asyncio.Event()
        self._listeners.add(changed)
        try:
            yield changed
        finally:
            self._listeners.discard(changed)

    def _seat(self) -> None:
        host = self.facilitator.member
        self.connector.members[CHAT] = [player.member for player in self.players.values()]
        self.connector.meetings[MEETING] = {
            "details": {"id": MEETING, "title": self.title, "type": "Scheduled"},
            "conversation": {"id": CHAT, "isGroup": True, "conversationType": "groupChat"},
            "organizer": {"id": host.id, "aadObjectId": host.aad, "tenantId": host.tenant},
        }
        for player in self.players.values():
            role = "Organizer" if player is self.facilitator else "Presenter"
            self.connector.roles[str(player.member.aad)] = role
            if player.part == "Guest":
                self.connector.blocked.add(player.member.id)

    def _place(self) -> Place:
        return Place(CHAT, self.connector.url, self.facilitator.member.tenant, BOT, MEETING)

    async def _private(self, player: Player) -> Place:
        conversation = self.connector.open_one_to_one(player.member.id)
        place = self._place().one_to_one(conversation, player.member.tenant)
        if player.key not in self._opened:
            self._opened.add(player.key)
            self.connector.blocked.discard(player.member.id)
            await self._install(place, player)
        return place

    async def _install(self, place: Place, by: Player) -> None:
        await self._post(activities.installed(place, by.member, self._number()))
        await self._post(activities.joined(place, [BOT], by.member, self._number()))

    async def _deliver(self, activity: Activity) -> str | None:
        self._changed()
        return self._trouble(await self._post(activity))

    def _trouble(self, reply: dict[str, object]) -> str | None:
        self._changed()
        trouble = reply.get("trouble")
        return str(trouble) if trouble else None

    async def _post(self, activity: Activity) -> dict[str, object]:
        began = time.monotonic()
        answered, reply = await self._answer(activity)
        self._backstage.went(activity, answered, time.monotonic() - began)
        return reply

    async def _answer(self, activity: Activity) -> tuple[str, dict[str, object]]:
        assert self._session is not None, "start() comes first"
        try:
            async with self._session.post(self.bot_url, json=activity) as answer:
                status = f"HTTP {answer.status}"
                if answer.status >= 400:
                    return status, {"trouble": f"Clausewise refused this ({status})."}
                body = await answer.json() if answer.content_type.endswith("json") else {}
                return status, body if isinstance(body, dict) else {}
        except (ClientError, TimeoutError):
            return "no answer", {
                "trouble": "Clausewise did not answer. Is its server still running?"
            }

    def _heard(self, sent: Sent) -> None:
        self._timeline.take(sent, BOT.id)
        self._backstage.came(sent, private=sent.conversation_id != CHAT)
        self._changed()

    def _changed(self) -> None:
        for listener in self._listeners:
            listener.set()

    def _number(self) -> str:
        return f"{next(self._numbers):013d}"

    def _own(self, player: Player, number: str) -> Entry:
        entry = self._timeline.entries.get(number)
        if entry is None or entry.author != player.member.id:
            raise NotAllowed("You can change only your own messages.")
        return entry


def _words(text: str) -> str:
    if not text.strip():
        raise NotAllowed("Write something first.")
    return text


def _described(player: Player) -> dict[str, object]:
    return {
        "key": player.key,
        "id": player.member.id,
        "name": player.member.name,
        "agency": player.agency,
        "part": player.part,
    }
