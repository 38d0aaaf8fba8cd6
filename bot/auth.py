"""Who may call the bot: only the Bot Connector, with a token for this bot and this service URL.

Rules: learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-authentication
(connector to bot). Keys are fetched asynchronously and kept; the SDK's validator blocks and answers 500.
"""

import asyncio
import hashlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast

import aiohttp
import jwt

from bot.latest import Latest

_DAY = 24 * 3600.0
_NOT_SOONER = 60.0
_LEEWAY = 300
_TOKENS = 1000
_FETCH_TIMEOUT = aiohttp.ClientTimeout(total=8)


class Denied(Exception):
    """This call is not from Teams; the message names the rule it broke, never the token."""


class KeysAway(Exception):
    """The signing keys cannot be fetched now: nobody can be let in or turned away for good."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is calling: the claims of a verified token, none in local mode."""

    claims: Mapping[str, object]


class Door(ABC):
    """Lets a call in or raises Denied."""

    @abstractmethod
    async def admit(self, authorization: str | None, channel: str, service_url: str) -> Caller:
        """The caller behind an Authorization header, for an activity of this channel and service URL."""


class OpenDoor(Door):
    """Local mode: anybody on this machine, without a token."""

    async def admit(self, authorization: str | None, channel: str, service_url: str) -> Caller:
        return Caller({})


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key and the channels it may sign for."""

    key: jwt.PyJWK
    endorsements: tuple[str, ...]


class TokenDoor(Door):
    """Verifies the connector's token. Teams uses one for many calls: its signature is checked once, its time, key,
    channel and service URL every time.
    """

    def __init__(self, app_id: str, issuer: str, keys: "SigningKeys") -> None:
        self._app_id = app_id
        self._issuer = issuer
        self._keys = keys
        self._verified: Latest[bytes, _Verified] = Latest(_TOKENS)

    async def admit(self, authorization: str | None, channel: str, service_url: str) -> Caller:
        scheme, _, token = (authorization or "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise Denied("no bearer token")
        name = hashlib.sha256(token.encode(errors="surrogateescape")).digest()
        known = self._verified.get(name)
        key_id = known.key_id if known else _key_id(token)
        key = await self._keys.find(key_id)
        if not (known and known.key is key and known.holds(self._keys.now().timestamp())):
            known = _Verified(key_id, key, self._verify(token, key))
            self._verified.keep(name, known)
        claims = known.claims
        if channel not in key.endorsements:
            raise Denied("the key is not endorsed for this channel")
        if claims.get("serviceurl") != service_url:
            raise Denied("the token is for another service URL")
        return Caller(claims)

    def _verify(self, token: str, key: Key) -> Mapping[str, object]:
        try:
            return cast(
                Mapping[str, object],
                jwt.decode(
                    token,
                    key.key,
                    algorithms=["RS256"],
                    audience=self._app_id,
                    issuer=self._issuer,
                    leeway=_LEEWAY,
                    options={"require": ["exp", "nbf", "iss", "aud"]},
                ),
            )
        except jwt.PyJWTError as error:
            raise Denied(type(error).__name__) from None


@dataclass(frozen=True, slots=True)
class _Verified:
    """The claims of a token whose signature by this key held."""

    key_id: str
    key: Key
    claims: Mapping[str, object] = field(repr=False)

    def holds(self, now: float) -> bool:
        """Whether it is still, or again, the token's time."""
        begins, ends = self.claims["nbf"], self.claims["exp"]
        return (
            isinstance(begins, int)
            and isinstance(ends, int)
            and (begins - _LEEWAY <= now < ends + _LEEWAY)
        )


class SigningKeys:
    """The connector's public keys, kept for a day; an unknown key asks again, at most once a minute."""

    def __init__(
        self, session: aiohttp.ClientSession, openid_url: str, now: Callable[[], datetime]
    ) -> None:
        self._session = session
        self._openid_url = openid_url
        self.now = now
        self._keys: Mapping[str, Key] = {}
        self._fetched = datetime.min.replace(tzinfo=UTC)
        self._lock = asyncio.Lock()

    async def find(self, key_id: str) -> Key:
        """The key with this id; Denied when there is none."""
        if self._age() > _DAY or (key_id not in self._keys and self._age() > _NOT_SOONER):
            await self._refresh(key_id)
        if key_id not in self._keys:
            raise Denied("unknown signing key")
        return self._keys[key_id]

    def _age(self) -> float:
        """Seconds since the last fetch; a clock that jumped back counts as long ago."""
        age = (self.now() - self._fetched).total_seconds()
        return age if age >= 0 else _DAY + 1

    async def _refresh(self, key_id: str) -> None:
        async with self._lock:
            if key_id in self._keys and self._age() <= _DAY:
                return
            try:
                keys = await self._fetch()
            except (aiohttp.ClientError, TimeoutError, ValueError, KeyError, TypeError) as error:
                if key_id in self._keys:
                    return
                raise KeysAway(type(error).__name__) from None
            self._keys, self._fetched = keys, self.now()

    async def _fetch(self) -> Mapping[str, Key]:
        async with self._session.get(self._openid_url, timeout=_FETCH_TIMEOUT) as response:
            response.raise_for_status()
            url = str((await response.json(content_type=None))["jwks_uri"])
        async with self._session.get(url, timeout=_FETCH_TIMEOUT) as response:
            response.raise_for_status()
            listed = (await response.json(content_type=None))["keys"]
        return {key["kid"]: _key(key) for key in listed if key.get("kty") == "RSA" and "kid" in key}


def _key(listed: Mapping[str, object]) -> Key:
    endorsements = listed.get("endorsements")
    names = tuple(map(str, endorsements)) if isinstance(endorsements, list) else ()
    return Key(jwt.PyJWK(dict(listed), algorithm="RS256"), names)


def _key_id(token: str) -> str:
    """The header's key id, only for a token signed as agreed."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise Denied(type(error).__name__) from None
    if header.get("alg") != "RS256":
        raise Denied("not signed with RS256")
    key_id = header.get("kid")
    if not isinstance(key_id, str):
        raise Denied("the token names no key")
    return key_id
