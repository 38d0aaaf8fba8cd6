"""What travelled between the room and the bot, in plain words and without a word of what was said."""

from collections import deque
from collections.abc import Iterable
from datetime import UTC, datetime

from bot.demo.activities import Activity
from bot.demo.cast import BOT, Player
from bot.demo.records import Sent

KEPT = 40
_WENT = {
    "message": "a message",
    "messageUpdate": "an edit",
    "messageDelete": "a deletion",
    "installationUpdate": "an installation",
    "conversationUpdate": "a change of members",
    "invoke": "a pressed button",
    "event": "the meeting's start or end",
}
_CAME = {"send": "a message", "update": "a change to its message", "delete": "a deletion"}


class Backstage:
    """The last lines, oldest first; for whoever tries the room out, nobody in Teams sees this."""

    def __init__(self, players: Iterable[Player]) -> None:
        self._names = {player.member.id: player.member.name for player in players} | {
            BOT.id: BOT.name
        }
        self._lines: deque[dict[str, str]] = deque(maxlen=KEPT)

    def lines(self) -> list[dict[str, str]]:
        return list(self._lines)

    def went(self, activity: Activity, answered: str, seconds: float) -> None:
        """A person's doing, posted to the bot."""
        sender = activity.get("from")
        who = self._name(sender.get("id") if isinstance(sender, dict) else None)
        pressed = activity["type"] == "message" and "value" in activity
        what = _WENT["invoke" if pressed else str(activity["type"])]
        value = activity.get("value")
        if isinstance(value, dict) and value.get("trigger") == "automatic":
            what = "a look at a card"
        self._add("out", f"{who}: {what} to Clausewise ({answered}, {seconds * 1000:.0f} ms)")

    def came(self, sent: Sent, private: bool) -> None:
        """The bot's doing, posted to the connector."""
        what = "typing" if sent.type == "typing" else _CAME[sent.kind]
        if sent.recipient is not None:
            to = f"to {self._name(sent.recipient)} alone"
        else:
            to = "in a 1:1" if private else "to everyone"
        self._add("in", f"Clausewise: {what} {to}")

    def _name(self, identity: object) -> str:
        return self._names.get(str(identity), "somebody")

    def _add(self, way: str, words: str) -> None:
        self._lines.append({"at": datetime.now(UTC).isoformat(), "way": way, "words": words})
