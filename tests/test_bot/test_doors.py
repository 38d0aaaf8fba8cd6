"""Who gets in: forged tokens, malformed requests, strangers. Every wrong one is refused, none is a server error."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from aiohttp import ClientSession

from bot.app import BadSettings, check
from bot.demo.tokens import METADATA_PATH, SigningKey, channel_claims
from bot.settings import Settings
from bot.teams.addresses import is_allowed
from tests.test_bot.rig import QUICK, Rig, rig

APP = "11111111-2222-3333-4444-555555555555"
TENANT = "tenant-a"
NOW = int(time.time())
LEEWAY = 300


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[Rig]:
    """A bot that wants tokens, and fetches its own from the connector's token service."""
    async with rig(tmp_path, guarded=APP) as made:
        yield made


FORGED: dict[str, dict[str, object]] = {
    "wrong issuer": {"iss": "https://evil.example"},
    "emulator issuer": {"iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/"},
    "another bot's token": {"aud": "99999999-0000-0000-0000-000000000000"},
    "expired": {"exp": NOW - 3600},
    "not valid yet": {"nbf": NOW + 3600},
    "without expiry": {"exp": None},
    "without a beginning": {"nbf": None},
    "wrong service URL": {"serviceurl": "https://smba.trafficmanager.net/other/"},
    "without a service URL": {"serviceurl": None},
}


@pytest.mark.parametrize("case", FORGED)
async def test_token_with_false_claims_is_refused(case: str, guarded: Rig) -> None:
    guarded.token = guarded.connector.token(APP, **FORGED[case])
    assert 401 == await guarded.post(guarded.message("kia ora"))


async def test_token_as_teams_signs_it_is_let_in(guarded: Rig) -> None:
    guarded.token = guarded.connector.token(APP)
    assert 200 == await guarded.post(guarded.message("kia ora"))


async def test_token_that_was_let_in_is_refused_once_it_has_expired(guarded: Rig) -> None:
    guarded.token = guarded.connector.token(APP, exp=int(time.time()) - LEEWAY + 2)
    assert 200 == await guarded.post(guarded.message("kia ora"))
    await asyncio.sleep(2.1)
    assert 401 == await guarded.post(guarded.message("kia ora"))


async def test_token_that_was_let_in_is_refused_for_another_service_url(guarded: Rig) -> None:
    guarded.token = guarded.connector.token(APP)
    assert 200 == await guarded.post(guarded.message("kia ora"))
    elsewhere = {"serviceUrl": guarded.connector.url + "/elsewhere"}
    assert 401 == await guarded.post(guarded.message("kia ora") | elsewhere)


async def test_token_that_was_let_in_is_refused_once_its_key_is_another(tmp_path: Path) -> None:
    ahead = timedelta()
    later = replace(QUICK, now=lambda: datetime.now(UTC) + ahead)
    async with rig(tmp_path, later, guarded=APP) as room:
        room.token = room.connector.token(APP, exp=NOW + 48 * 3600)
        assert 200 == await room.post(room.message("kia ora"))
        room.connector.tokens.keys[:] = [SigningKey.new("demo-1")]
        ahead = timedelta(hours=25)  # keys are fetched once a day
        assert 401 == await room.post(room.message("kia ora"))


@pytest.mark.parametrize("part", [1, 2])
async def test_token_changed_after_it_was_let_in_is_refused(part: int, guarded: Rig) -> None:
    guarded.token = guarded.connector.token(APP)
    assert 200 == await guarded.post(guarded.message("kia ora"))
    parts, other = guarded.token.split("."), guarded.connector.token(APP, exp=NOW + 7200)
    parts[part] = other.split(".")[part]
    guarded.token = ".".join(parts)
    assert 401 == await guarded.post(guarded.message("kia ora"))


async def test_keys_are_fetched_once_for_many_calls(guarded: Rig) -> None:
    guarded.token = guarded.connector.token(APP)
    for _ in range(5):
        await guarded.post(guarded.message("kia ora"))
    assert 1 == guarded.connector.tokens.key_requests


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer not.a.token",
        "Bearer a.b",
        "Basic dXNlcjpwYXNz",
        "Bearer " + "x" * 5000,
        "Bearer é.é.é".encode().decode("latin-1"),
    ],
)
async def test_header_that_is_no_token_is_refused(header: str, guarded: Rig) -> None:
    assert 401 == await guarded.post(guarded.message("kia ora"), Authorization=header)


def signed_by_stranger(room: Rig) -> str:
    return room.connector.tokens.sign(claims(room), key=SigningKey.new("demo-1"))


def unknown_key(room: Rig) -> str:
    return room.connector.tokens.sign(claims(room), key=SigningKey.new("nobody"))


def unsigned(room: Rig) -> str:
    return jwt.encode(claims(room), None, "none", {"kid": "demo-1"})  # type: ignore[arg-type]  # no key is the point


def symmetric(room: Rig) -> str:
    return jwt.encode(claims(room), "secret" * 10, "HS256", {"kid": "demo-1"})


def without_key_id(room: Rig) -> str:
    return jwt.encode(claims(room), room.connector.tokens.keys[0].private, "RS256")


def not_endorsed(room: Rig) -> str:
    key = SigningKey.new("other-channel", ("webchat",))
    room.connector.tokens.keys.append(key)
    return room.connector.tokens.sign(claims(room), key=key)


def claims(room: Rig) -> dict[str, object]:
    return channel_claims(APP, room.connector.url)


@pytest.mark.parametrize(
    "forge", [signed_by_stranger, unknown_key, unsigned, symmetric, without_key_id, not_endorsed]
)
async def test_token_with_a_false_signature_is_refused(forge: object, guarded: Rig) -> None:
    assert callable(forge)
    guarded.token = forge(guarded)
    assert 401 == await guarded.post(guarded.message("kia ora"))


async def test_without_signing_keys_teams_is_told_to_come_back(tmp_path: Path) -> None:
    async with rig(tmp_path, guarded=APP, openid_url="http://127.0.0.1:9/none") as made:
        made.token = made.connector.token(APP)
        assert 503 == await made.post(made.message("kia ora"))


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"{", "application/json", 400),
        (b"", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"hui"', "application/json", 400),
        (b"null", "application/json", 400),
        (b"{}", "application/json", 400),
        (b'{"type": 7}', "application/json", 400),
        (b'{"type": "message"}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"{}", "text/plain", 415),
        (b'{"type": "message", "text": "' + b"x" * 300_000 + b'"}', "application/json", 413),
    ],
)
async def test_malformed_body_is_refused_by_name(
    body: bytes, content_type: str, expected: int, tmp_path: Path
) -> None:
    async with rig(tmp_path) as made:
        headers = {"Content-Type": content_type}
        url = f"{made.url}/api/messages"
        async with ClientSession() as session, session.post(url, data=body, headers=headers) as got:
            assert expected == got.status


async def test_calls_to_teams_carry_one_token_fetched_once(guarded: Rig) -> None:
    guarded.token = guarded.connector.token(APP)
    guarded.connector.require_token = True
    await guarded.post(guarded.message("help", mention=True))
    await guarded.post(guarded.message("privacy", mention=True))
    assert (3, 1) == (len(await guarded.settle()), guarded.connector.tokens.token_requests)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_other_methods_are_not_allowed(method: str, guarded: Rig) -> None:
    url = f"{guarded.url}/api/messages"
    async with guarded.session.request(method, url) as answer:
        assert (405, "POST") == (answer.status, answer.headers["Allow"])


@pytest.mark.parametrize(
    "twist",
    [
        {"from": None},
        {"from": "me"},
        {"conversation": []},
        {"recipient": {"id": 7}},
        {"entities": {"type": "mention"}},
        {"entities": [None, 3, {"type": "mention"}]},
        {"attachments": "none"},
        {"channelData": None},
        {"value": [1]},
        {"timestamp": "yesterday"},
        {"text": 12},
        {"membersAdded": [None]},
        {"type": "invoke", "name": "adaptiveCard/action", "value": {"action": None}},
        {"type": "conversationUpdate", "channelData": None, "membersAdded": [{}]},
        {"type": "something new"},
    ],
)
async def test_odd_activity_is_never_a_server_error(
    twist: dict[str, object], tmp_path: Path
) -> None:
    async with rig(tmp_path) as made:
        assert await made.post(made.message("kia ora") | twist) in {200, 400}


async def test_other_tenant_is_refused(guarded: Rig) -> None:
    guarded.token = guarded.connector.token(APP)
    stranger = guarded.message("kia ora") | {"channelData": {"tenant": {"id": "tenant-x"}}}
    assert 403 == await guarded.post(stranger)


async def test_service_url_off_the_list_gets_no_token(tmp_path: Path) -> None:
    async with rig(tmp_path) as made:
        away = made.message("help", mention=True) | {"serviceUrl": "https://evil.example/"}
        assert 403 == await made.post(away)


async def test_one_caller_cannot_flood(tmp_path: Path) -> None:
    async with rig(tmp_path) as made:
        body = made.message("kia ora")
        statuses = [await made.post(body) for _ in range(65)]
    assert [200] * 60 + [429] * 5 == statuses


@pytest.mark.parametrize(
    ("url", "local", "expected"),
    [
        ("https://smba.trafficmanager.net/au/", False, True),
        ("https://SMBA.trafficmanager.net:443/au/", False, True),
        ("http://smba.trafficmanager.net/au/", False, False),
        ("https://smba.trafficmanager.net:8443/", False, False),
        ("https://smba.trafficmanager.net.evil.example/", False, False),
        ("https://smba.trafficmanager.net@evil.example/", False, False),
        ("https://evil.example/smba.trafficmanager.net", False, False),
        ("http://127.0.0.1:5000", False, False),
        ("http://127.0.0.1:5000", True, True),
        ("http://localhost:5000", True, True),
        ("http://10.0.0.1:5000", True, False),
        ("http://127.0.0.1:7000", False, True),
        ("http://127.0.0.1:7001", False, False),
        ("https://[::1", True, False),
        ("", True, False),
    ],
)
def test_service_url_is_allowed_only_on_the_list(url: str, local: bool, expected: bool) -> None:
    hosts = ("smba.trafficmanager.net", "http://127.0.0.1:7000")
    assert expected == is_allowed(url, hosts, local=local)


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "MICROSOFT_APP_ID"),
        ({"app_id": APP}, "MICROSOFT_APP_PASSWORD"),
        ({"app_id": APP, "app_password": "s"}, "MICROSOFT_APP_TENANT_ID"),
        ({"app_id": APP, "app_password": "s", "app_type": "MultiTenant"}, "ALLOWED_TENANTS"),
        ({"insecure_local": True, "host": "0.0.0.0"}, "CLAUSEWISE_HOST"),
    ],
)
def test_bot_refuses_to_start_without_a_lock(settings: dict[str, object], named: str) -> None:
    with pytest.raises(BadSettings, match=named):
        check(Settings.model_validate(settings))


def test_secret_comes_from_a_file_and_is_never_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret").write_text("hunter2\n")
    monkeypatch.setenv("MICROSOFT_APP_PASSWORD_FILE", str(tmp_path / "secret"))
    settings = Settings()
    assert "hunter2" == settings.app_password.get_secret_value()
    assert "hunter2" not in repr(settings) + json.dumps(settings.model_dump(mode="json"))


def test_openid_address_of_the_connector_is_known() -> None:
    assert Settings().openid_url.endswith(METADATA_PATH)
