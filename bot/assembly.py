"""The bot's parts, each given what it works with. Clock, ids and chance come in from here."""

import asyncio
import random
import socket
import time
from collections.abc import Callable, Sequence
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
from bot.health import Health
from bot.latest import Latest
from bot.library import Library
from bot.meetings import Meetings
from bot.metrics import Metrics
from bot.pace import Pace
from bot.papers import Papers
from bot.render import Renderer
from bot.render_meeting import MeetingRenderer
from bot.reviews import Reviews
from bot.roster import Roster
from bot.router import Router
from bot.server import build_server
from bot.settings import Settings
from bot.storage.outbox import Outbox
from bot.storage.store import Store
from bot.teams.connector import Connector
from bot.teams.files import Files
from bot.teams.tokens import Tokens, tokens_for
from bot.turn import Turns
from bot.window import Window
from knowledge.hygiene.finding import Scan
from knowledge.hygiene.scanning import scan
from knowledge.model import load_model

if TYPE_CHECKING:
    from knowledge.model.sentences import SentenceModel

_MET = 10_000
_SHORT = 1000


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


@dataclass(frozen=True, slots=True)
class _Parts:
    """What most other parts need."""

    settings: Settings
    around: Surroundings
    session: aiohttp.ClientSession
    store: Store
    library: Library
    connector: Connector
    roster: Roster
    meetings: Meetings
    papers: Papers


def assemble(
    settings: Settings,
    around: Surroundings,
    session: aiohttp.ClientSession,
    store: Store,
    library: Library,
    scanner: Scanner,
) -> Bot:
    """The bot, its worker and its reviews not yet started."""
    parts = _parts(settings, around, session, store, library)
    renderer = _renderer(parts)
    outbox = Outbox(store, around.owner, timedelta(seconds=settings.lease_seconds))
    router = Router(_desk(parts, scanner), renderer)
    worker = Worker(store, outbox, _sender(parts, renderer, outbox), router.catch_up, around.now)
    router.wake = worker.wake
    health = Health(store, outbox, worker, router, around.now)
    metrics = Metrics(health.report)
    pace = Pace(60, 10.0, time.monotonic)
    server = build_server(settings, _door(parts), Turns(router.receive), health, pace, metrics)
    reviews = Reviews(store, library, parts.meetings, parts.roster, around.now, worker.wake)
    return Bot(server, store, outbox, worker, library, metrics, reviews)


def scanner_with(model: "SentenceModel | None") -> Scanner:
    """The scan, away from the event loop unless it is done sooner than the way there and back."""

    async def look(text: str, roster: Sequence[str], earlier: Sequence[str]) -> Scan:
        if model is None and len(text) + sum(map(len, earlier)) <= _SHORT:
            return scan(text, roster, earlier)
        return await asyncio.to_thread(scan, text, roster, earlier, model)

    return look


def _parts(
    settings: Settings,
    around: Surroundings,
    session: aiohttp.ClientSession,
    store: Store,
    library: Library,
) -> _Parts:
    connector = Connector(
        session,
        around.tokens(settings),
        settings.service_hosts,
        local=settings.insecure_local,
        timeout=settings.send_timeout,
    )
    roster = Roster(connector, around.now)
    return _Parts(
        settings=settings,
        around=around,
        session=session,
        store=store,
        library=library,
        connector=connector,
        roster=roster,
        meetings=Meetings(store, roster, connector, frozenset(settings.facilitators)),
        papers=Papers(store, library, roster),
    )


def _renderer(parts: _Parts) -> Renderer:
    drawn = MeetingRenderer(
        parts.library,
        parts.store,
        parts.roster,
        parts.connector,
        parts.papers,
        parts.around.now,
        parts.settings.signature_policy,
    )
    return Renderer(parts.library, parts.store, drawn)


def _sender(parts: _Parts, renderer: Renderer, outbox: Outbox) -> Sender:
    return Sender(
        parts.connector,
        renderer,
        outbox,
        parts.around.now,
        parts.around.jitter,
        public_line=parts.settings.public_line,
    )


def _desk(parts: _Parts, scanner: Scanner) -> Desk:
    settings, around = parts.settings, parts.around
    local, most = settings.insecure_local, settings.max_upload
    return Desk(
        store=parts.store,
        library=parts.library,
        roster=parts.roster,
        meetings=parts.meetings,
        window=Window(around.now),
        met=Latest(_MET),
        declined=Declined(around.now),
        connector=parts.connector,
        files=Files(parts.session, settings.file_hosts, local=local, most=most),
        papers=parts.papers,
        scanner=scanner,
        new_id=around.new_id,
        now=around.now,
        facilitators=frozenset(settings.facilitators),
        questions=Pace(settings.questions_per_minute, 60.0, time.monotonic),
        signature_policy=settings.signature_policy,
    )


def _door(parts: _Parts) -> Door:
    settings = parts.settings
    if settings.insecure_local:
        return OpenDoor()
    keys = SigningKeys(parts.session, settings.openid_url, parts.around.now)
    return TokenDoor(settings.app_id, settings.token_issuer, keys)
