"""/metrics over real HTTP: what Prometheus would read."""

import asyncio
import socket
from pathlib import Path

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

from bot.app import serve
from bot.assembly import Surroundings
from bot.settings import Settings
from tests.test_bot.rig import NHI, TOM, Rig, rig


async def figures(url: str, session: aiohttp.ClientSession) -> dict[str, float]:
    """Every figure without a bucket, its labels' values behind its name."""
    async with session.get(f"{url}/metrics") as answer:
        assert answer.status == 200
        families = list(text_string_to_metric_families(await answer.text()))
    samples = (sample for family in families for sample in family.samples)
    return {
        " ".join([s.name, *s.labels.values()]): s.value for s in samples if "le" not in s.labels
    }


async def of(made: Rig) -> dict[str, float]:
    return await figures(made.url, made.session)


async def test_calls_are_counted_by_their_answer(tmp_path: Path) -> None:
    async with rig(tmp_path) as made:
        await made.say("kia ora")
        await made.say(NHI, TOM)
        await made.post("not an activity")
        found = await of(made)
    assert (2, 1) == (found["clausewise_calls_total 200"], found["clausewise_calls_total 400"])
    assert 3 == found["clausewise_turn_seconds_count"]


async def test_looking_at_health_is_not_counted_as_a_call(tmp_path: Path) -> None:
    async with rig(tmp_path) as made:
        await of(made)
        assert 0 == (await of(made))["clausewise_turn_seconds_count"]


async def test_what_waits_and_what_was_given_up_shows(tmp_path: Path) -> None:
    async with rig(tmp_path) as made:
        await made.say("kia ora")
        before = await of(made)
        made.connector.fail_next(403, on="targeted")
        made.connector.blocked.add(TOM.id)
        await made.say(NHI, TOM)
        after = await of(made)
    assert (0, 1) == (before["clausewise_parked"], after["clausewise_parked"])
    assert (1, 0) == (after["clausewise_ready"], after["clausewise_waiting"])


async def test_nothing_anybody_said_or_is_called_shows(tmp_path: Path) -> None:
    async with rig(tmp_path) as made:
        await made.say(NHI, TOM)
        async with made.session.get(f"{made.url}/metrics") as answer:
            page = await answer.text()
    assert [] == [word for word in ("ZAC5361", TOM.id, "Tom", "hui") if word in page]


async def test_own_port_takes_the_figures_off_the_port_teams_calls(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    given = {"insecure_local": True, "port": 0, "metrics_port": port}
    given["database_url"] = f"sqlite:///{tmp_path}/bot.sqlite3"
    stopped, address = asyncio.Event(), asyncio.get_running_loop().create_future()
    around = Surroundings(model=lambda: None)
    running = asyncio.create_task(
        serve(Settings.model_validate(given), stopped, address.set_result, around)
    )
    async with aiohttp.ClientSession() as session:
        async with session.get(f"{await address}/metrics") as answer:
            assert 404 == answer.status
        assert 1 == (await figures(f"http://127.0.0.1:{port}", session))["clausewise_ready"]
    stopped.set()
    await running
