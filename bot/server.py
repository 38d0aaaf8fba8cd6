"""The HTTP door: what Teams posts, and what an operator asks about health."""

import json
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from bot.auth import Denied, Door, KeysAway
from bot.effects import Json
from bot.health import Health
from bot.incoming import Incoming
from bot.logs import log
from bot.metrics import MESSAGES, Metrics
from bot.pace import Pace
from bot.settings import Settings
from bot.storage.errors import StorageError
from bot.teams.addresses import is_allowed
from bot.turn import NotAnActivity, Turns, read_activity, tenant_of

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def build_server(
    settings: Settings, door: Door, turns: Turns, health: Health, pace: Pace, metrics: Metrics
) -> web.Application:
    """The application: one way in for Teams, three for an operator; figures may have a port of their own."""
    server = web.Application(
        client_max_size=settings.max_body, middlewares=[metrics.watch, _errors]
    )
    messages = Messages(settings, door, turns, pace)
    server.router.add_post(MESSAGES, messages.receive)

    async def healthz(_: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def readyz(_: web.Request) -> web.Response:
        ready, figures = await health.report()
        return web.json_response({"ready": ready, **figures}, status=200 if ready else 503)

    server.router.add_get("/healthz", healthz)
    server.router.add_get("/readyz", readyz)
    if settings.metrics_port is None:
        server.router.add_get("/metrics", metrics.page)
    return server


def build_metrics_server(metrics: Metrics) -> web.Application:
    """The figures alone, for a port that Teams cannot reach."""
    server = web.Application()
    server.router.add_get("/metrics", metrics.page)
    return server


class Messages:
    """POST /api/messages: who may call, what may be in it, then the turn."""

    def __init__(self, settings: Settings, door: Door, turns: Turns, pace: Pace) -> None:
        self._settings = settings
        self._door = door
        self._turns = turns
        self._pace = pace

    async def receive(self, request: web.Request) -> web.StreamResponse:
        """200 once everything is on record; else a status that says whose fault it is."""
        authorization = request.headers.get("Authorization")
        if not authorization and not self._settings.insecure_local:
            raise Denied("no bearer token")
        activity = await _activity(request)
        channel, service_url = activity.get("channelId"), activity.get("serviceUrl")
        caller = await self._door.admit(authorization, str(channel or ""), str(service_url or ""))
        incoming = read_activity(activity)
        self._check(incoming, tenant_of(activity))
        status, body = await self._turns.run(activity, incoming, caller)
        if body is None:
            return web.Response(status=status)
        return web.json_response(body, status=status)

    def _check(self, incoming: Incoming, tenant: str) -> None:
        settings, service_url = self._settings, incoming.conversation.service_url
        if not is_allowed(service_url, settings.service_hosts, local=settings.insecure_local):
            raise _Forbidden("service URL not allowed")
        if settings.tenants and tenant not in settings.tenants:
            raise _Forbidden("tenant not allowed")
        if not self._pace.allows(f"{incoming.conversation.id} {incoming.sender.id}"):
            raise _TooMany


class _Forbidden(Exception):
    """Verified, but not for this bot."""


class _TooMany(Exception):
    """One caller sends more than anybody can type."""


class _BadRequest(Exception):
    """Not an activity in JSON."""


async def _activity(request: web.Request) -> Mapping[str, Json]:
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        body = json.loads(await request.read())
    except (ValueError, RecursionError):
        raise _BadRequest("not JSON") from None
    if not isinstance(body, dict) or not isinstance(body.get("type"), str) or not body["type"]:
        raise _BadRequest("not an activity")
    return body


@web.middleware
async def _errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Every refusal as its status, and the reason in the log without a word of the message."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        return _refuse(error.status, error.reason, error.headers.get("Allow"))
    except Denied as error:
        return _refuse(401, str(error))
    except _Forbidden as error:
        return _refuse(403, str(error))
    except (NotAnActivity, _BadRequest) as error:
        return _refuse(400, str(error))
    except _TooMany:
        return _refuse(429, "too many", retry_after=10)
    except (StorageError, KeysAway) as error:
        return _refuse(503, str(error), retry_after=5)
    except Exception as error:
        log.error("turn failed", error=type(error).__name__, where=_where(error))
        return _refuse(500, "turn failed")


def _refuse(
    status: int, reason: str, allow: str | None = None, retry_after: int | None = None
) -> web.Response:
    log.warning("refused", status=status, reason=reason)
    headers = {"Allow": allow} if allow else {}
    if retry_after:
        headers["Retry-After"] = str(retry_after)
    return web.Response(status=status, headers=headers)


def _where(error: Exception) -> list[str]:
    """Files and lines of an unforeseen error, without its message: that may hold what was said."""
    places, trace = [], error.__traceback__
    while trace:
        places.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    return places[-6:]
