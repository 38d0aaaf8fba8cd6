"""The connector refuses what Teams refuses and records what it accepts, over real HTTP."""

from collections.abc import AsyncIterator

import jwt
import pytest
from aiohttp import ClientSession, ServerDisconnectedError
from yarl import URL

from bot.demo.connector import FakeConnector
from bot.demo.limits import RateLimit
from bot.demo.records import Member

HUI = "19:meeting_hui@thread.v2"
ANA = Member("29:ana", "Ana Test", "aad-ana", "tenant-a", "ana@example.org.nz")
BEN = Member("29:ben", "Ben Test", "aad-ben", "tenant-b")


@pytest.fixture
async def connector() -> AsyncIterator[FakeConnector]:
    connector = FakeConnector()
    connector.members[HUI] = [ANA, BEN]
    connector.meetings["m=/1"] = {"details": {"title": "Hui"}}
    connector.roles["aad-ana"] = "Organizer"
    await connector.start()
    yield connector
    await connector.stop()


async def call(
    connector: FakeConnector, method: str, path: str, body: object = None, **query: str
) -> tuple[int, dict[str, object]]:
    async with (
        ClientSession() as session,
        session.request(method, connector.url + path, json=body, params=query) as answer,
    ):
        if "json" not in answer.content_type:
            return answer.status, {}
        found = await answer.json()
        return answer.status, found if isinstance(found, dict) else {"list": found}


def code_of(answer: dict[str, object]) -> object:
    error = answer["error"]
    return error["code"] if isinstance(error, dict) else None


ACTIVITIES = f"/v3/conversations/{HUI}/activities"
PRIVATE = {"isTargetedActivity": "true"}
TO_ANA = {"type": "message", "text": "just you", "recipient": {"id": ANA.id}}


async def test_public_send_is_recorded_for_everyone(connector: FakeConnector) -> None:
    status, _ = await call(connector, "POST", ACTIVITIES, {"type": "message", "text": "kia ora"})
    sent = connector.sent[0]
    assert (201, "kia ora", False, None) == (status, sent.text, sent.targeted, sent.recipient)


async def test_targeted_send_is_recorded_for_its_recipient_alone(connector: FakeConnector) -> None:
    status, _ = await call(connector, "POST", ACTIVITIES, TO_ANA, **PRIVATE)
    assert (201, True, ANA.id) == (
        status,
        connector.sent[0].targeted,
        connector.sent[0].recipient,
    )


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"type": "message", "text": "to whom"}, 400, "BadArgument"),
        (
            {"type": "message", "recipient": {"id": "29:stranger"}},
            403,
            "BotNotInConversationRoster",
        ),
    ],
)
async def test_targeted_send_without_a_member_to_read_it_reaches_nobody(
    connector: FakeConnector, body: dict[str, object], status: int, code: str
) -> None:
    refused, answer = await call(connector, "POST", ACTIVITIES, body, **PRIVATE)
    assert (status, code, []) == (refused, code_of(answer), connector.sent)


async def test_targeted_send_in_a_one_to_one_is_refused(connector: FakeConnector) -> None:
    conversation = connector.open_one_to_one(ANA.id)
    path = f"/v3/conversations/{conversation}/activities"
    status, _ = await call(connector, "POST", path, TO_ANA, **PRIVATE)
    assert 400 == status


async def test_targeted_message_is_updated_without_recipient_only(connector: FakeConnector) -> None:
    _, made = await call(connector, "POST", ACTIVITIES, TO_ANA, **PRIVATE)
    path = f"{ACTIVITIES}/{made['id']}"
    plain = {"type": "message", "text": "changed"}
    refused, _ = await call(connector, "PUT", path, TO_ANA, **PRIVATE)
    public, _ = await call(connector, "PUT", path, plain)
    status, _ = await call(connector, "PUT", path, plain, **PRIVATE)
    assert (400, 404, 200) == (refused, public, status)
    assert ("update", ANA.id) == (connector.sent[-1].kind, connector.sent[-1].recipient)


async def test_deleted_message_cannot_be_changed(connector: FakeConnector) -> None:
    _, made = await call(connector, "POST", ACTIVITIES, {"type": "message", "text": "kia ora"})
    path = f"{ACTIVITIES}/{made['id']}"
    deleted, _ = await call(connector, "DELETE", path)
    status, answer = await call(connector, "PUT", path, {"type": "message", "text": "again"})
    assert (200, 404, "ActivityNotFoundInConversation") == (deleted, status, code_of(answer))


async def test_message_over_the_size_limit_is_refused(connector: FakeConnector) -> None:
    status, _ = await call(connector, "POST", ACTIVITIES, {"type": "message", "text": "ā" * 50_000})
    assert 413 == status


async def test_one_to_one_is_the_same_conversation_each_time(connector: FakeConnector) -> None:
    wanted = {"isGroup": False, "bot": {"id": "28:bot"}, "members": [{"id": BEN.id}]}
    first, one = await call(connector, "POST", "/v3/conversations", wanted)
    _, two = await call(connector, "POST", "/v3/conversations", wanted)
    assert (201, one["id"], [BEN]) == (first, two["id"], connector.members[str(one["id"])])


async def test_person_without_the_personal_app_cannot_be_reached(connector: FakeConnector) -> None:
    connector.blocked.add(BEN.id)
    wanted = {"isGroup": False, "members": [{"id": BEN.id}]}
    status, answer = await call(connector, "POST", "/v3/conversations", wanted)
    assert (403, "ForbiddenOperationException") == (status, code_of(answer))


async def test_members_come_in_pages(connector: FakeConnector) -> None:
    path = f"/v3/conversations/{HUI}/pagedmembers"
    _, one = await call(connector, "GET", path, pageSize="1")
    _, two = await call(
        connector, "GET", path, pageSize="1", continuationToken=str(one["continuationToken"])
    )
    assert ([ANA.wire()], [BEN.wire()], False) == (
        one["members"],
        two["members"],
        "continuationToken" in two,
    )


async def test_participant_role_needs_the_tenant(connector: FakeConnector) -> None:
    path = "/v1/meetings/m%3D%2F1/participants/aad-ana"
    refused, _ = await call(connector, "GET", path)
    async with ClientSession() as session:
        url = URL(f"{connector.url}{path}?tenantId=tenant-a", encoded=True)
        async with session.get(url) as answer:
            body = await answer.json()
    assert (400, "Organizer") == (refused, body["meeting"]["role"])


async def test_told_to_fail_it_fails_so_often_and_says_when_to_come_back(
    connector: FakeConnector,
) -> None:
    connector.fail_next(429, times=1, retry_after=2)
    async with ClientSession() as session:
        url, body = connector.url + ACTIVITIES, {"type": "message", "text": "kia ora"}
        async with session.post(url, json=body) as first, session.post(url, json=body) as second:
            assert (429, "2", 201) == (first.status, first.headers["Retry-After"], second.status)
    assert 1 == len(connector.sent)


async def test_fault_after_accept_leaves_the_message_delivered(connector: FakeConnector) -> None:
    connector.fail_next(502, after_accept=True)
    status, _ = await call(connector, "POST", ACTIVITIES, {"type": "message", "text": "kia ora"})
    assert (502, 1) == (status, len(connector.sent))


async def test_eighth_message_within_a_second_is_throttled_in_that_conversation_alone(
    connector: FakeConnector,
) -> None:
    connector.limited = True
    hello = {"type": "message", "text": "kia ora"}
    statuses = [(await call(connector, "POST", ACTIVITIES, hello))[0] for _ in range(8)]
    other = f"/v3/conversations/{connector.open_one_to_one(BEN.id)}/activities"
    elsewhere, _ = await call(connector, "POST", other, hello)
    assert ([201] * 7 + [429], 201) == (statuses, elsewhere)


def test_slow_sends_are_never_throttled_and_bursts_wait_their_turn() -> None:
    now = 0.0
    limit = RateLimit(lambda: now)
    waits = []
    for _ in range(9):
        waits.append(limit.wait(HUI))
        now += 0.1
    assert [0.0] * 7 == waits[:7]
    assert [0.3, 0.2] == [round(wait, 1) for wait in waits[7:]]
    now = 100.0
    assert 0.0 == limit.wait(HUI)


async def test_cut_connection_is_seen_as_one(connector: FakeConnector) -> None:
    connector.fail_next(0)
    with pytest.raises(ServerDisconnectedError):
        await call(connector, "POST", ACTIVITIES, {"type": "message", "text": "kia ora"})


async def test_fault_for_targeted_sends_leaves_public_ones_alone(connector: FakeConnector) -> None:
    connector.fail_next(500, on="targeted")
    public, _ = await call(connector, "POST", ACTIVITIES, {"type": "message", "text": "kia ora"})
    private, _ = await call(connector, "POST", ACTIVITIES, TO_ANA, **PRIVATE)
    assert (201, 500) == (public, private)


async def test_call_without_our_token_is_refused_when_tokens_are_asked_for(
    connector: FakeConnector,
) -> None:
    connector.require_token = True
    refused, _ = await call(connector, "POST", ACTIVITIES, {"type": "message"})
    async with ClientSession() as session:
        asked = {"grant_type": "client_credentials", "client_id": "app"}
        token_url = f"{connector.url}/tenant/oauth2/v2.0/token"
        async with session.post(token_url, data=asked) as answer:
            bearer = (await answer.json())["access_token"]
        headers = {"Authorization": f"Bearer {bearer}"}
        async with session.post(
            connector.url + ACTIVITIES, json={"type": "message"}, headers=headers
        ) as accepted:
            assert (401, 201) == (refused, accepted.status)


async def test_token_verifies_against_the_listed_keys(connector: FakeConnector) -> None:
    _, metadata = await call(connector, "GET", "/v1/.well-known/openidconfiguration")
    _, keys = await call(connector, "GET", str(metadata["jwks_uri"]).removeprefix(connector.url))
    listed = jwt.PyJWKSet.from_dict(keys)
    token = connector.token("app-1", extra="x", nbf=None)
    claims = jwt.decode(
        token, listed[jwt.get_unverified_header(token)["kid"]], ["RS256"], audience="app-1"
    )
    assert (connector.url, "x", False) == (claims["serviceurl"], claims["extra"], "nbf" in claims)


async def test_uploaded_file_is_fetched_without_a_token(connector: FakeConnector) -> None:
    url = connector.offer_file(b"PK", "tā mātou.docx")
    async with ClientSession() as session:
        async with session.get(url) as answer:
            data = await answer.read()
        async with session.get(url, headers={"Authorization": "Bearer x"}) as leaked:
            assert (b"PK", 401) == (data, leaked.status)
