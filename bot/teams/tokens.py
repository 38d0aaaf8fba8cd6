"""Bearer tokens for calls to Teams: fetched off the event loop, kept until shortly before they expire."""

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import msal
import requests

from bot.settings import Settings
from bot.teams.errors import NotSent

SCOPE = "https://api.botframework.com"
_EARLY = 300.0
_PATIENCE = 8.0


class Tokens(ABC):
    """Where bearer tokens come from."""

    @abstractmethod
    async def bearer(self) -> str | None:
        """A valid token; None where none is needed. Raises NotSent while the login service is away."""

    def forget(self) -> None:  # noqa: B027  # only those who keep tokens have something to forget
        """The last token was not accepted: fetch a new one next time."""


class NoTokens(Tokens):
    """For the local connector, which asks for none."""

    async def bearer(self) -> str | None:
        return None


class KeptTokens(Tokens):
    """One token at a time from `fetch`, which may block and answers as MSAL does."""

    def __init__(
        self, fetch: Callable[[], Any], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = asyncio.Lock()
        self._token: str | None = None
        self._until = 0.0

    async def bearer(self) -> str:
        async with self._lock:
            if self._token is None or self._clock() >= self._until:
                await self._renew()
            assert self._token is not None
            return self._token

    def forget(self) -> None:
        self._token = None

    async def _renew(self) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await asyncio.to_thread(self._fetch)
        except (requests.RequestException, ValueError, TimeoutError) as error:
            raise NotSent(f"no token: {type(error).__name__}") from None
        if not answer or "access_token" not in answer:
            raise NotSent(f"no token: {(answer or {}).get('error', 'nothing came back')}")
        self._token = str(answer["access_token"])
        self._until = self._clock() + max(float(answer.get("expires_in", 600)) - _EARLY, 30.0)


def tokens_for(settings: Settings) -> Tokens:
    """The source the operator configured: none locally, managed identity, or the app's own secret."""
    if settings.insecure_local and not settings.app_id:
        return NoTokens()
    if settings.app_type == "UserAssignedMSI":
        return KeptTokens(_managed_identity(settings))
    return KeptTokens(_app_secret(settings))


def _managed_identity(settings: Settings) -> Callable[[], Any]:
    identity = msal.UserAssignedManagedIdentity(client_id=settings.app_id)

    def fetch() -> Any:
        client = msal.ManagedIdentityClient(identity, http_client=requests.Session())
        return client.acquire_token_for_client(resource=SCOPE)

    return fetch


def _app_secret(settings: Settings) -> Callable[[], Any]:
    tenant = settings.app_tenant if settings.app_type == "SingleTenant" else "botframework.com"

    def fetch() -> Any:
        client = msal.ConfidentialClientApplication(
            settings.app_id,
            client_credential=settings.app_password.get_secret_value(),
            authority=f"https://login.microsoftonline.com/{tenant}",
            instance_discovery=False,
        )
        return client.acquire_token_for_client(scopes=[f"{SCOPE}/.default"])

    return fetch
