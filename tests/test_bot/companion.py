"""Two meetings beside each other on one bot, and people who press what their cards offer."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select

from bot.demo import activities
from bot.demo.activities import Place
from bot.demo.records import Member, Sent
from bot.storage.models import OutboxRow
from tests.support.protocols import protocol_docx
from tests.test_bot.rig import DATA, MERE, QUICK, TOM, Rig, rig

HINE = Member("29:hine", "Hine Raukura", "aad-hine", "tenant-c")
ANONYMOUS = Member("29:anonymous", "Janet", None, "tenant-a", role="anonymous")
GUEST = Member(
    "29:guest", "Janet Cole", "aad-guest", "tenant-a", "janet@harbour.example", role="guest"
)
FEDERATED = Member("29:fed", "Epeli Naufahu", "aad-fed", "tenant-f", "epeli@police.govt.nz")
ORGANISER = {"meeting-1": MERE, "meeting-2": HINE}


class Clock:
    """Time that a test moves."""

    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Hui:
    """One meeting chat: its people speak and press."""

    room: Rig
    place: Place
    clock: Clock

    async def say(self, by: Member, text: str, *, mention: bool = True) -> list[Sent]:
        """What the bot sent because of it."""
        return await self.after(self.room.message(text, by, mention=mention, place=self.place))

    async def write(self, by: Member, text: str) -> list[Sent]:
        """Said to the bot one to one."""
        return await self.after(self.room.message(text, by, place=self.room.direct(by)))

    async def upload(self, by: Member, content: bytes) -> list[Sent]:
        """A file sent one to one."""
        file = activities.word_file("protocol.docx", self.room.connector.offer_file(content))
        place = self.room.direct(by)
        return await self.after(self.room.message("", by, place=place, files=[file]))

    async def press(self, by: Member, card: Sent, title: str, **inputs: str) -> list[Sent]:
        """The button with this title on a card, with what was filled in."""
        data = next(
            action["data"] for action in buttons(card) if str(action["title"]).startswith(title)
        )
        assert isinstance(data, dict)
        here = card.conversation_id == self.place.id
        where = self.place if here else self.room.direct(by)
        number = str(next(self.room.numbers))
        return await self.after(
            activities.pressed(where, by, number, card.activity_id, {**data, **inputs})
        )

    async def look(self, by: Member, card: Sent, **other: str) -> dict[str, object]:
        """What Teams is answered when this person sees a card that asks to be refreshed."""
        assert card.card is not None
        refresh = card.card["refresh"]
        assert isinstance(refresh, dict)
        return await self._execute(by, card, refresh["action"], "automatic", other)

    async def press_in_place(self, by: Member, card: Sent, title: str) -> dict[str, object]:
        """What Teams is answered to the button with this title that asks for a card in its place."""
        action = next(
            one
            for one in every(card.card)
            if one.get("type") == "Action.Execute" and one.get("title") == title
        )
        return await self._execute(by, card, action, "manual", {})

    async def _execute(
        self,
        by: Member,
        card: Sent,
        action: dict[str, object],
        trigger: Literal["manual", "automatic"],
        other: dict[str, str],
    ) -> dict[str, object]:
        here = card.conversation_id == self.place.id
        where = self.place if here else self.room.direct(by)
        number, data = str(next(self.room.numbers)), action["data"]
        assert isinstance(data, dict)
        verb, given = str(action["verb"]), {**data, **other}
        return await self.room.invoke(
            activities.executed(where, by, number, card.activity_id, verb, given, trigger=trigger)
        )

    async def event(self, event: Literal["Start", "End"]) -> list[Sent]:
        """The meeting starts or ends."""
        number = str(next(self.room.numbers))
        return await self.after(activities.meeting_event(self.place, MERE, number, event, "Hui"))

    async def after(self, activity: activities.Activity) -> list[Sent]:
        before = len(self.room.connector.sent)
        assert await self.room.post(activity) == 200
        return (await settled(self.room, self.clock))[before:]


@asynccontextmanager
async def two_meetings(path: Path, **settings: object) -> AsyncIterator[tuple[Hui, Hui]]:
    """A bot in two meetings with their own organisers; no protocol is in force in either."""
    clock = Clock(datetime(2026, 11, 23, 20, 0, tzinfo=UTC))
    around = replace(QUICK, now=clock.now)
    chosen: dict[str, object] = {"protocol": None, **settings}
    async with rig(path, around, guarded="", **chosen) as room:
        first, second = room.chat, replace(room.chat, id="19:meeting_other@thread.v2", meeting="meeting-2")  # fmt: skip
        room.connector.members[first.id] = [MERE, TOM, GUEST, ANONYMOUS]
        room.connector.members[second.id] = [HINE, TOM, FEDERATED]
        for meeting, organiser in ORGANISER.items():
            room.connector.meetings[meeting] = {"details": {"title": f"Hui {meeting}"}, "organizer": {"aadObjectId": organiser.aad}}  # fmt: skip
            room.connector.roles[str(organiser.aad)] = "Organizer"
        huis = (Hui(room, first, clock), Hui(room, second, clock))
        for hui in huis:
            await hui.after(activities.installed(hui.place, MERE, f"install-{hui.place.id}"))
        yield huis


async def put_in_force(hui: Hui, organiser: Member, stem: str) -> list[Sent]:
    """Upload, publish and bind a protocol."""
    draft = last_card(await hui.upload(organiser, word(stem)))
    await hui.press(organiser, draft, "Publish")
    asked = await hui.say(organiser, "use protocol")
    if any("Use this protocol" in str(action["title"]) for one in asked for action in buttons(one)):
        choice = last_card(asked)
        return await hui.press(organiser, choice, "Use this protocol", protocol=newest(choice))
    return asked


async def settled(room: Rig, clock: Clock, within: float = 8.0) -> list[Sent]:
    """Everything sent, once nothing is due any more; time goes on while Teams' limits make the bot wait."""
    due = (
        select(func.count())
        .select_from(OutboxRow)
        .where(OutboxRow.state.in_(("waiting", "sending")))
    )
    for _ in range(int(within / 0.02)):
        ((count,),) = await room.bot.store.rows(due.where(OutboxRow.due_at <= clock.now()))
        if not count:
            return room.connector.sent
        clock.move(seconds=0.1)
        room.bot.worker.wake()
        await asyncio.sleep(0.02)
    raise TimeoutError(f"still waiting: {count}")


def last_card(sent: list[Sent]) -> Sent:
    return next(one for one in reversed(sent) if one.card is not None)


def buttons(card: Sent) -> Iterator[dict[str, object]]:
    """Every button that sends something back."""
    yield from (item for item in every(card.card) if item.get("type") == "Action.Submit")


def newest(card: Sent) -> str:
    """The first choice offered."""
    choices = next(item["choices"] for item in every(card.card) if "choices" in item)
    assert isinstance(choices, list)
    return str(choices[0]["value"])


def text_of(sent: list[Sent]) -> str:
    """All a person could read."""
    return " ".join(words_of(one.card) for one in sent)


def words_of(card: object) -> str:
    """All a person could read on one card."""
    return " ".join(str(item["text"]) for item in every(card) if "text" in item)


def places(sent: list[Sent]) -> list[tuple[str, str | None]]:
    """Where each went, and to whom alone."""
    return [(one.conversation_id, one.recipient) for one in sent]


@cache
def word(stem: str) -> bytes:
    """A protocol of tests/data as a Word file."""
    lines = (DATA / f"{stem}.jsonl").read_text(encoding="utf-8").splitlines()
    return protocol_docx([json.loads(line) for line in lines], name=f"{stem} protocol")


def every(value: object) -> Iterator[dict[str, object]]:
    """Each object in a card, from the outside in."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from every(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from every(inner)
