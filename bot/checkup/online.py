"""What the services a set-up depends on say now."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

import aiohttp
from sqlalchemy.engine import make_url

from bot.checkup.remark import Remark
from bot.settings import Settings
from bot.storage.database import is_current, open_database
from bot.storage.errors import StorageError
from bot.teams.errors import NotSent
from bot.teams.tokens import Tokens, tokens_for

MOST_SKEW = 120.0
_PATIENCE = aiohttp.ClientTimeout(total=8)


async def online(
    settings: Settings,
    tokens: Callable[[Settings], Tokens] = tokens_for,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> AsyncIterator[Remark]:
    """What the login service, the signing keys, Teams and the database say now. Sends no message."""
    yield await _tables(settings)
    if settings.insecure_local:
        yield Remark("note", "Microsoft", "not asked: --insecure-local works without it.")
        return
    async with aiohttp.ClientSession(timeout=_PATIENCE) as session:
        async for remark in _keys(settings, session, now):
            yield remark
        yield await _login(tokens(settings))
        for remark in await _teams(settings, session):
            yield remark


async def _tables(settings: Settings) -> Remark:
    if _is_new(settings):
        return Remark("ok", "DATABASE_URL", "the file is made when the bot starts.")
    try:
        database = open_database(settings.driver_url)
        try:
            async with asyncio.timeout(8):
                current = await is_current(database)
        finally:
            await database.close()
    except (StorageError, TimeoutError) as error:
        return Remark(
            "problem",
            "DATABASE_URL",
            str(error) or "does not answer in 8 seconds. Check the network.",
        )
    if not current:
        return Remark(
            "problem", "DATABASE_URL", "the tables are of another version. Run: clausewise migrate"
        )
    return Remark("ok", "DATABASE_URL", "answers, and its tables are of this version.")


def _is_new(settings: Settings) -> bool:
    """SQLite would make the file by being asked."""
    url = make_url(settings.driver_url)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file()


async def _keys(
    settings: Settings, session: aiohttp.ClientSession, now: Callable[[], datetime]
) -> AsyncIterator[Remark]:
    about = "CLAUSEWISE_OPENID_URL"
    try:
        async with session.get(settings.openid_url) as response:
            response.raise_for_status()
            jwks = str((await response.json(content_type=None))["jwks_uri"])
            date = response.headers.get("Date")
        async with session.get(jwks) as response:
            response.raise_for_status()
            keys = (await response.json(content_type=None))["keys"]
    except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
        yield Remark(
            "problem",
            about,
            f"the signing keys cannot be fetched ({type(error).__name__}). Allow outgoing https to that host.",
        )
        return
    yield Remark("ok", about, f"{len(keys)} signing keys.")
    if date:
        yield _clock(abs((parsedate_to_datetime(date) - now()).total_seconds()))


def _clock(skew: float) -> Remark:
    if skew > MOST_SKEW:
        return Remark(
            "problem", "Clock", f"is wrong by {skew:.0f} s: calls will be refused. Set it by NTP."
        )
    return Remark("ok", "Clock", "agrees with Microsoft's.")


async def _login(tokens: Tokens) -> Remark:
    try:
        await tokens.bearer()
    except NotSent as error:
        return Remark(
            "problem",
            "MICROSOFT_APP_ID",
            f"no token for calls to Teams ({error.reason}). Check id, secret, tenant and type.",
        )
    return Remark("ok", "MICROSOFT_APP_ID", "gets a token for calls to Teams.")


async def _teams(settings: Settings, session: aiohttp.ClientSession) -> list[Remark]:
    """Any answer of a host will do; one host that can be reached is enough."""
    hosts = [host for host in settings.service_hosts if not host.startswith(".")]
    reached = [host for host in hosts if await _answers(host, session)]
    if reached:
        return [Remark("ok", "CLAUSEWISE_SERVICE_HOSTS", f"reached: {', '.join(reached)}.")]
    return [
        Remark(
            "problem",
            "CLAUSEWISE_SERVICE_HOSTS",
            "none can be reached. Allow outgoing https to smba.trafficmanager.net.",
        )
    ]


async def _answers(host: str, session: aiohttp.ClientSession) -> bool:
    try:
        async with session.get(host if "://" in host else f"https://{host}/"):
            return True
    except (aiohttp.ClientError, TimeoutError):
        return False
