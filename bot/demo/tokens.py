"""The token services beside the connector: who may call the bot, and with what the bot calls back.

Paths follow login.botframework.com (OpenID metadata, keys) and login.microsoftonline.com (AAD).
"""

import json
import time
from dataclasses import dataclass

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

METADATA_PATH = "/v1/.well-known/openidconfiguration"
KEYS_PATH = "/v1/.well-known/keys"
CHANNEL_ISSUER = "https://api.botframework.com"


@dataclass(frozen=True, slots=True)
class SigningKey:
    kid: str
    private: rsa.RSAPrivateKey
    endorsements: tuple[str, ...]

    @classmethod
    def new(cls, kid: str, endorsements: tuple[str, ...] = ("msteams",)) -> "SigningKey":
        """A fresh RSA key under this id."""
        return cls(
            kid, rsa.generate_private_key(public_exponent=65537, key_size=2048), endorsements
        )

    def public(self) -> dict[str, object]:
        """The key as the key endpoint lists it."""
        listed: dict[str, object] = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return listed | {"kid": self.kid, "use": "sig", "endorsements": list(self.endorsements)}


class TokenServices:
    """Signs tokens as Teams would, and hands the bot tokens for its calls to the connector.

    `issued` holds the tokens given to the bot; `token_requests` and `key_requests` count what a
    bot without caches would spend.
    """

    def __init__(self) -> None:
        self.keys = [SigningKey.new("demo-1")]
        self.issued: set[str] = set()
        self.token_requests = 0
        self.key_requests = 0

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get(METADATA_PATH, self._metadata),
            web.get(KEYS_PATH, self._keys),
            web.get("/common/discovery/instance", self._instance),
            web.get("/{tenant}/v2.0/.well-known/openid-configuration", self._authority),
            web.post("/{tenant}/oauth2/v2.0/token", self._token),
        ]

    def sign(
        self,
        claims: dict[str, object],
        *,
        key: SigningKey | None = None,
        headers: dict[str, object] | None = None,
    ) -> str:
        """A token with exactly these claims, under the first key unless told otherwise."""
        key = key or self.keys[0]
        return jwt.encode(claims, key.private, "RS256", {"kid": key.kid} | (headers or {}))

    async def _metadata(self, request: web.Request) -> web.Response:
        here = str(request.url.origin())
        return web.json_response(
            {
                "issuer": CHANNEL_ISSUER,
                "authorization_endpoint": "https://invalid.botframework.com",
                "jwks_uri": f"{here}{KEYS_PATH}",
                "id_token_signing_alg_values_supported": ["RS256"],
                "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            }
        )

    async def _keys(self, _: web.Request) -> web.Response:
        self.key_requests += 1
        return web.json_response({"keys": [key.public() for key in self.keys]})

    async def _instance(self, request: web.Request) -> web.Response:
        here = request.url.origin()
        return web.json_response(
            {
                "tenant_discovery_endpoint": f"{here}/common/v2.0/.well-known/openid-configuration",
                "metadata": [],
            }
        )

    async def _authority(self, request: web.Request) -> web.Response:
        base = f"{request.url.origin()}/{request.match_info['tenant']}"
        return web.json_response(
            {
                "issuer": f"{base}/v2.0",
                "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                "token_endpoint": f"{base}/oauth2/v2.0/token",
                "jwks_uri": f"{base}/discovery/v2.0/keys",
            }
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = await request.post()
        if form.get("grant_type") != "client_credentials":
            return web.json_response({"error": "unsupported_grant_type"}, status=400)
        self.token_requests += 1
        token = f"demo-token-{self.token_requests}"
        self.issued.add(token)
        return web.json_response(
            {"token_type": "Bearer", "expires_in": 3599, "access_token": token}
        )


def channel_claims(app_id: str, service_url: str) -> dict[str, object]:
    """What Teams puts into the token of a call to the bot; valid for an hour."""
    now = int(time.time())
    return {
        "iss": CHANNEL_ISSUER,
        "aud": app_id,
        "serviceurl": service_url,
        "nbf": now - 300,
        "iat": now - 300,
        "exp": now + 3600,
    }
