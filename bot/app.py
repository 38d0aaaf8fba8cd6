"""The running bot: settings in, an open door out."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot.assembly import Bot, Surroundings, assemble, scanner_with
from bot.effects import KeepProtocol
from bot.library import Library, digest
from bot.server import build_metrics_server
from bot.settings import Settings
from bot.storage.database import is_current, migrate, open_database
from bot.storage.errors import NotMigrated
from bot.storage.store import Store
from bot.teams.addresses import is_loopback
from bot.trust import BadTrustStore, trusted
from cards.wording import NEW_ZEALAND
from knowledge.hygiene.scanning import scan
from protocols.model import Protocol
from protocols.reading import read_protocol

if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel

_WARMING = "Kia ora Qwertyland Asdfghjk"  # names on no list, so that every list is read


class BadSettings(Exception):
    """The bot must not start like this; the message names the setting and the next step."""


def check(settings: Settings) -> None:
    """Raise BadSettings for what would let strangers in or keep Teams out."""
    for problem in problems(settings):
        raise BadSettings(problem)


def problems(settings: Settings) -> Iterator[str]:
    """Why the bot must not start like this, each with the setting first and the next step last."""
    if settings.insecure_local:
        if not is_loopback(settings.host):
            yield "CLAUSEWISE_HOST: --insecure-local listens on this machine only. Use 127.0.0.1."
        return
    if not settings.app_id:
        yield "MICROSOFT_APP_ID is empty: anybody could call the bot. Set it, or use --insecure-local to try it here."
    if settings.app_type != "UserAssignedMSI" and not settings.app_password.get_secret_value():
        yield "MICROSOFT_APP_PASSWORD is empty. Set it, or MICROSOFT_APP_PASSWORD_FILE to a file that holds it."
    if settings.app_type == "SingleTenant" and not settings.app_tenant:
        yield "MICROSOFT_APP_TENANT_ID is empty: a single-tenant bot needs it."
    if not settings.tenants:
        yield "CLAUSEWISE_ALLOWED_TENANTS is empty: name the tenants whose meetings may use it."


@asynccontextmanager
async def running(settings: Settings, around: Surroundings | None = None) -> AsyncIterator[Bot]:
    """The bot with its database open and its outbox being sent, until the block ends."""
    check(settings)
    around = around or Surroundings()
    database = open_database(settings.driver_url, settings.busy_ms)
    try:
        if database.name == "sqlite":
            await migrate(database)
        elif not await is_current(database):
            raise NotMigrated("The database is of another version. Run: clausewise migrate")
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            bot = await _put_together(settings, around, Store(database), session)
            bot.worker.start()
            bot.reviews.start()
            try:
                yield bot
            finally:
                await bot.reviews.stop()
                await bot.worker.stop()
    finally:
        await database.close()


async def serve(
    settings: Settings,
    stopped: asyncio.Event,
    ready: Callable[[str], None],
    around: Surroundings | None = None,
) -> None:
    """Listen until `stopped`; `ready` gets the address once the bot answers. A taken port raises OSError."""
    async with running(settings, around) as bot:
        runner = web.AppRunner(bot.server, access_log=None, handle_signals=False)
        figures = web.AppRunner(build_metrics_server(bot.metrics), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, settings.host, settings.port).start()
            if settings.metrics_port is not None:
                await figures.setup()
                await web.TCPSite(figures, settings.host, settings.metrics_port).start()
            host, port = runner.addresses[0][:2]
            _settle()
            ready(f"http://{host}:{port}")
            await stopped.wait()
        finally:
            gc.unfreeze()
            await runner.cleanup()
            await figures.cleanup()


def _settle() -> None:
    """What is in memory now stays until the end: looking for garbage in it holds everybody up for a tenth of a second."""
    gc.collect()
    gc.freeze()


async def _put_together(
    settings: Settings, around: Surroundings, store: Store, session: aiohttp.ClientSession
) -> Bot:
    """The bot with everything read that the first message would have to wait for."""
    model = await asyncio.to_thread(around.model)
    library = await _opened(settings, store, around, model)
    await asyncio.to_thread(scan, _WARMING, model=model)
    return assemble(settings, around, session, store, library, scanner_with(model))


async def _opened(
    settings: Settings, store: Store, around: Surroundings, model: "SentenceModel | None"
) -> Library:
    """The library with the configured protocol kept like any other and open, so that nobody waits for it."""
    if settings.protocol is None:
        return Library(store, _reader(settings, around), model, None)
    try:
        content = await asyncio.to_thread(settings.protocol.read_bytes)
    except OSError:
        raise BadSettings(
            f"CLAUSEWISE_PROTOCOL: cannot read {settings.protocol.name}. Name a DOCX that is there."
        ) from None
    library = Library(store, _reader(settings, around), model, digest(content))
    book = await library.read(content)
    await store.commit(f"configured:{book.id}", [KeepProtocol(book.id, content)], around.now())
    return library


def _reader(settings: Settings, around: Surroundings) -> Callable[[bytes], Protocol]:
    try:
        trust = trusted(settings.trust_store)
    except BadTrustStore as error:
        raise BadSettings(f"CLAUSEWISE_TRUST_STORE: {error}") from None
    return lambda content: read_protocol(
        content, today=around.now().astimezone(NEW_ZEALAND).date(), trust=trust
    )
