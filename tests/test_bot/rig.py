"""The real bot on loopback with its database on disk, and the connector it talks to."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import count
from pathlib import Path

import aiohttp
import requests
from aiohttp import web

from bot.app import running
from bot.assembly import Bot, Surroundings
from bot.demo import activities
from bot.demo.activities import Activity, Place
from bot.demo.connector import FakeConnector
from bot.demo.records import Member, Sent
from bot.demo.tokens import METADATA_PATH
from bot.settings import Settings
from bot.teams.tokens import KeptTokens
from tests.support.protocols import protocol_docx

CHAT = "19:meeting_hui@thread.v2"
BOT = Member("28:clausewise", "Clausewise", None, "tenant-a", role="bot")
MERE = Member("29:mere", "Mere Tautahi", "aad-mere", "tenant-a")
TOM = Member("29:tom", "Tom Ashworth", "aad-tom", "tenant-b")
ROSTER = (MERE, TOM)
NHI = "His NHI is ZAC5361, he was at the clinic."
QUICK = Surroundings(model=lambda: None)
DATA = Path(__file__).parents[1] / "data" / "protocols"


@dataclass
class Rig:
    """Say things as people, see what each got."""

    bot: Bot
    connector: FakeConnector
    url: str
    session: aiohttp.ClientSession
    token: str | None = None
    numbers: "count[int]" = field(default_factory=lambda: count(1000))

    @property
    def chat(self) -> Place:
        return Place(CHAT, self.connector.url, "tenant-a", BOT, "meeting-1")

    def direct(self, person: Member) -> Place:
        return self.chat.one_to_one(self.connector.open_one_to_one(person.id), person.tenant)

    def message(
        self,
        text: str,
        by: Member = MERE,
        *,
        mention: bool = False,
        targeted: bool = False,
        place: Place | None = None,
        files: Sequence[Activity] = (),
    ) -> Activity:
        where = place or self.chat
        return activities.message(
            where,
            by,
            str(next(self.numbers)),
            text,
            mention=mention,
            targeted=targeted,
            files=files,
        )

    async def post(self, activity: object, **headers: str) -> int:
        """The status the bot answered."""
        if self.token and "Authorization" not in headers:
            headers["Authorization"] = f"Bearer {self.token}"
        url = f"{self.url}/api/messages"
        async with self.session.post(url, json=activity, headers=headers) as answer:
            return answer.status

    async def invoke(self, activity: object) -> dict[str, object]:
        """The body the bot answered."""
        async with self.session.post(f"{self.url}/api/messages", json=activity) as answer:
            assert answer.status == 200
            body: dict[str, object] = await answer.json()
            return body

    async def settle(self, within: float = 8.0) -> list[Sent]:
        """Everything sent, once nothing waits any more."""
        for _ in range(int(within / 0.02)):
            backlog = await self.bot.outbox.backlog(Surroundings().now())
            if backlog.waiting == 0:
                return self.connector.sent
            await asyncio.sleep(0.02)
        raise TimeoutError(f"still waiting: {backlog.waiting}")

    async def say(self, text: str, by: Member = MERE, **how: object) -> list[Sent]:
        """What the bot sent because of this message."""
        before = len(self.connector.sent)
        status = await self.post(self.message(text, by, **how))  # type: ignore[arg-type]  # passed on
        assert status == 200
        return (await self.settle())[before:]


@asynccontextmanager
async def rig(
    path: Path, around: Surroundings | None = None, *, guarded: str = "", **settings: object
) -> AsyncIterator[Rig]:
    """A bot in a meeting chat with Mere and Tom; `guarded` is the app id of one that wants tokens."""
    connector = FakeConnector()
    connector.members[CHAT] = list(ROSTER)
    connector.meetings["meeting-1"] = {"details": {"title": "Hui"}}
    await connector.start()
    protocol = path / "protocol.docx"
    protocol.write_bytes(sample())
    database = f"sqlite:///{path}/bot.sqlite3"
    around = around or QUICK
    if guarded:
        around = replace(around, tokens=lambda _: KeptTokens(partial(fetch_token, connector.url)))
        settings = {
            "insecure_local": False,
            "app_id": guarded,
            "app_type": "UserAssignedMSI",
            "allowed_tenants": ("tenant-a", "tenant-b"),
            "service_hosts": (connector.url,),
            "openid_url": connector.url + METADATA_PATH,
            **settings,
        }
    chosen = {"insecure_local": True, "protocol": protocol, "database_url": database, **settings}
    try:
        async with (
            running(Settings.model_validate(chosen), around) as bot,
            aiohttp.ClientSession() as session,
        ):
            runner = web.AppRunner(bot.server, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", 0).start()
            url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            try:
                yield Rig(bot, connector, url, session)
            finally:
                await runner.cleanup()
    finally:
        await connector.stop()


def fetch_token(url: str) -> object:
    """What the login service answers, as MSAL gives it."""
    form = {"grant_type": "client_credentials"}
    return requests.post(f"{url}/common/oauth2/v2.0/token", data=form, timeout=5).json()


@cache
def sample() -> bytes:
    """A protocol as a Word file."""
    lines = (DATA / "attendance.jsonl").read_text(encoding="utf-8").splitlines()
    return protocol_docx([json.loads(line) for line in lines])


def shown(sent: Sent) -> str:
    """Everything a card or message would show, as text."""
    return json.dumps(sent.activity, ensure_ascii=False)
