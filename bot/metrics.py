"""Figures for Prometheus: how many calls, how long turns take, what waits in the outbox. No ids, no words."""

import time
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from bot.effects import Json

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MESSAGES = "/api/messages"
Report = Callable[[], Awaitable[tuple[bool, Mapping[str, Json]]]]
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)
_GAUGES = {
    "waiting": "Messages that wait to be sent",
    "late_seconds": "How long the oldest message that is due has waited",
    "parked": "Messages given up, with a reason in the database",
    "unknown": "Public posts of which nobody can tell whether Teams took them",
    "repeated": "Times a private message was sent again because the first outcome was unclear",
    "unsaved": "Events held in memory while the database is away",
}


class Metrics:
    """Counts calls from Teams as they pass; asks `report` for the rest when somebody looks."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._calls = Counter(
            "clausewise_calls", "Calls from Teams by answer", ["status"], registry=self._registry
        )
        self._seconds = Histogram(
            "clausewise_turn_seconds",
            "From a call to its answer",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._ready = Gauge(
            "clausewise_ready", "Whether the bot can do its work", registry=self._registry
        )
        self._gauges = {
            name: Gauge(f"clausewise_{name}", says, registry=self._registry)
            for name, says in _GAUGES.items()
        }

    @web.middleware
    async def watch(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Counts and times what Teams calls; lets the rest pass."""
        if request.path != MESSAGES:
            return await handler(request)
        started = time.perf_counter()
        response = await handler(request)
        self._calls.labels(response.status).inc()
        self._seconds.observe(time.perf_counter() - started)
        return response

    async def page(self, _: web.Request) -> web.Response:
        """What Prometheus reads."""
        ready, figures = await self._report()
        self._ready.set(ready)
        for name, gauge in self._gauges.items():
            value = figures.get(name)
            gauge.set(value if isinstance(value, (int, float)) else float("nan"))
        body = generate_latest(self._registry)
        return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})
