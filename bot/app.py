"""The bot put together: settings in, a running bot out. Clock, ids and chance come in from here."""

import asyncio
import random
import socket
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import aiohttp
from aiohttp import web

from bot.auth import Door, OpenDoor, SigningKeys, TokenDoor
from bot.declined import Declined
from bot.delivery.sending import Sender
from bot.delivery.worker import Worker
from bot.desk import Desk, Scanner
from bot.effects import Json, KeepProtocol
from bot.latest import Latest
from bot.library import Library, digest
from bot.meetings import Meetings
from bot.metrics import Metrics
from bot.pace import Pace
from bot.papers import Papers
from bot.render import Renderer
from bot.render_meeting import MeetingRenderer
from bot.reviews import Reviews
from bot.roster import Roster
from bot.router import Router
from bot.server import Health, build_metrics_server, build_server
from bot.settings import Settings
from bot.storage.database import is_current, migrate, open_database
from bot.storage.errors import NotMigrated, StorageError
from bot.storage.outbox import Outbox
from bot.storage.store import Store
from bot.teams.addresses import is_loopback
from bot.teams.connector import Connector
from bot.teams.files import Files
from bot.teams.tokens import Tokens, tokens_for
from bot.trust import BadTrustStore, trusted
from bot.turn import Turns
from bot.window import Window
from cards.wording import NEW_ZEALAND
from knowledge.hygiene.finding import Scan
from knowledge.hygiene.scanning import scan
from knowledge.model import load_model
from protocols.model import Protocol
from protocols.reading import read_protocol

_MET = 10_000
_WARMING = "Kia ora Qwertyland Asdfghjk"  # words on no list, so that every list is read before the first message


if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel


class BadSettings(Exception):
    """The bot must not start like this; the message names the setting and the next step."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a test may put in place of the machine's own clock, chance, login service and sentence model."""

    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    jitter: Callable[[], float] = random.random
    new_id: Callable[[], str] = lambda: uuid4().hex
    model: "Callable[[], SentenceModel | None]" = load_model
    tokens: Callable[[Settings], Tokens] = tokens_for
    owner: str = field(default_factory=lambda: f"{socket.gethostname()}:{uuid4().hex[:8]}")


@dataclass(frozen=True, slots=True)
class Bot:
    """A running bot, for the server and for those who look inside: tests, health, the demo."""

    server: web.Application
    store: Store
    outbox: Outbox
    worker: Worker
    library: Library
    metrics: Metrics
    reviews: Reviews


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
            ready(f"http://{host}:{port}")
            await stopped.wait()
        finally:
            await runner.cleanup()
            await figures.cleanup()


async def _put_together(
    settings: Settings, around: Surroundings, store: Store, session: aiohttp.ClientSession
) -> Bot:
    local = settings.insecure_local
    model = await asyncio.to_thread(around.model)
    scanner = _scanner(model)
    library = await _opened(settings, store, around, model)
    await asyncio.to_thread(scanner, _WARMING, (), ())
    connector = Connector(
        session,
        around.tokens(settings),
        settings.service_hosts,
        local=local,
        timeout=settings.send_timeout,
    )
    outbox = Outbox(store, around.owner, timedelta(seconds=settings.lease_seconds))
    roster = Roster(connector, around.now)
    meetings = Meetings(store, roster, connector, frozenset(settings.facilitators))
    policy = settings.signature_policy
    papers = Papers(store, library, roster)
    drawn = MeetingRenderer(library, store, roster, connector, papers, around.now, policy)
    renderer = Renderer(library, store, drawn)
    sender = Sender(
        connector,
        renderer,
        outbox,
        around.now,
        around.jitter,
        public_line=settings.public_line,
    )
    desk = Desk(
        store=store,
        library=library,
        roster=roster,
        meetings=meetings,
        window=Window(around.now),
        met=Latest(_MET),
        declined=Declined(around.now),
        connector=connector,
        files=Files(session, settings.file_hosts, local=local, most=settings.max_upload),
        papers=papers,
        scanner=scanner,
        new_id=around.new_id,
        now=around.now,
        facilitators=frozenset(settings.facilitators),
        questions=Pace(settings.questions_per_minute, 60.0, time.monotonic),
        signature_policy=settings.signature_policy,
    )
    router = Router(desk, renderer)
    worker = Worker(store, outbox, sender, router.catch_up, around.now)
    router.wake = worker.wake
    door: Door = OpenDoor()
    if not local:
        keys = SigningKeys(session, settings.openid_url, around.now)
        door = TokenDoor(settings.app_id, settings.token_issuer, keys)
    health = _Health(store, outbox, worker, router, around.now)
    pace = Pace(60, 10.0, time.monotonic)
    metrics = Metrics(health.report)
    server = build_server(settings, door, Turns(router.receive), health, pace, metrics)
    reviews = Reviews(store, library, meetings, roster, around.now, worker.wake)
    return Bot(server, store, outbox, worker, library, metrics, reviews)


def _reader(settings: Settings, around: Surroundings) -> Callable[[bytes], Protocol]:
    try:
        trust = trusted(settings.trust_store)
    except BadTrustStore as error:
        raise BadSettings(f"CLAUSEWISE_TRUST_STORE: {error}") from None
    return lambda content: read_protocol(
        content, today=around.now().astimezone(NEW_ZEALAND).date(), trust=trust
    )


def _scanner(model: "SentenceModel | None") -> Scanner:
    def look(text: str, roster: Sequence[str], earlier: Sequence[str]) -> Scan:
        return scan(text, roster, earlier, model)

    return look


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


class _Health(Health):
    _LATE = 60.0

    def __init__(
        self,
        store: Store,
        outbox: Outbox,
        worker: Worker,
        router: Router,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._worker = worker
        self._router = router
        self._now = now

    async def report(self) -> tuple[bool, Mapping[str, Json]]:
        try:
            backlog = await self._outbox.backlog(self._now())
        except StorageError as error:
            return False, {"reasons": [str(error)], "unsaved": len(self._router.unsaved)}
        reasons: list[Json] = []
        if not self._worker.alive:
            reasons.append("nothing is being sent")
        if self._store.trouble:
            reasons.append(self._store.trouble)
        ready = not reasons
        if backlog.late_seconds > self._LATE:
            reasons.append("sending is late")
        return ready, {
            "waiting": backlog.waiting,
            "late_seconds": round(backlog.late_seconds, 1),
            "parked": backlog.parked,
            "unknown": backlog.unknown,
            "repeated": backlog.repeated,
            "unsaved": len(self._router.unsaved),
            "reasons": reasons,
        }
