"""The one way out to Teams: what is sent on the wire, and what every kind of answer becomes."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import ClientSession

from bot.demo.connector import FakeConnector
from bot.demo.records import Member
from bot.incoming import Conversation, Person
from bot.settings import Settings
from bot.teams.connector import Connector
from bot.teams.errors import Ambiguous, NotAllowed, NotSent, Refused, TeamsError
from bot.teams.files import Files, TooLarge
from bot.teams.tokens import KeptTokens, NoTokens, Tokens, tokens_for

CHAT = "19:meeting_hui@thread.v2;messageid=1"
ANA = Member("29:ana/1", "Ana Test", "aad-ana", "t", "ana@example.org.nz")


@pytest.fixture
async def teams() -> AsyncIterator[FakeConnector]:
    teams = FakeConnector()
    teams.members[CHAT] = [ANA]
    teams.meetings["m=/1"] = {"Details": {"Title": "Hui"}, "organizer": {"aadObjectId": "aad-ana"}}
    teams.roles["aad-ana"] = "Organizer"
    await teams.start()
    yield teams
    await teams.stop()


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as made:
        yield made


def connector(
    session: ClientSession, tokens: Tokens | None = None, timeout: float = 30
) -> Connector:
    return Connector(session, tokens or NoTokens(), (), local=True, timeout=timeout)


def hui(teams: FakeConnector, meeting: str | None = "m=/1") -> Conversation:
    return Conversation(CHAT, "group", teams.url + "/", "t", "28:bot", "Clausewise", meeting)


async def test_unknown_fields_survive(teams: FakeConnector, session: ClientSession) -> None:
    citation = {"@type": "Claim", "position": 1, "appearance": {"name": "Clause 4.2"}}
    entity = {
        "type": "https://schema.org/Message",
        "citation": [citation],
        "usageInfo": {"name": "R"},
    }
    await connector(session).send(hui(teams), {"type": "message", "entities": [entity], "new": [1]})
    sent = teams.sent[0].activity
    assert ([entity], [1]) == (sent["entities"], sent["new"])


async def test_targeted_message_is_changed_without_naming_its_reader(
    teams: FakeConnector, session: ClientSession
) -> None:
    out = connector(session)
    number = await out.send_targeted(hui(teams), {"type": "message"}, ANA.id)
    await out.update(hui(teams), number or "", {"type": "message"}, targeted=True)
    await out.delete(hui(teams), number or "", targeted=True)
    assert [("send", True), ("update", True), ("delete", True)] == [
        (one.kind, one.targeted) for one in teams.sent
    ]


@pytest.mark.parametrize("person", ["", "29:nobody"])
async def test_targeted_message_without_a_reader_is_sent_to_nobody(
    person: str, teams: FakeConnector, session: ClientSession
) -> None:
    with pytest.raises(Refused):
        await connector(session).send_targeted(hui(teams), {"type": "message"}, person)
    assert [] == teams.sent


async def test_members_come_page_by_page(teams: FakeConnector, session: ClientSession) -> None:
    teams.members[CHAT] = [Member(f"29:{n}", f"P {n}", None, "t") for n in range(450)]
    found = await connector(session).members(hui(teams))
    assert (450, Person("29:0", "P 0", None, "t")) == (len(found), found[0])


async def test_meeting_and_role_are_read_whatever_the_case(
    teams: FakeConnector, session: ClientSession
) -> None:
    out = connector(session)
    meeting = await out.meeting(hui(teams))
    assert ("aad-ana", "Organizer") == (
        meeting.organiser_aad_id,
        await out.role(hui(teams), "aad-ana", "t"),
    )


async def test_without_a_meeting_nobody_has_a_role(
    teams: FakeConnector, session: ClientSession
) -> None:
    assert None is await connector(session).role(hui(teams, meeting=None), "aad-ana", "t")


ANSWERS: list[tuple[int, type[TeamsError]]] = [
    (400, Refused),
    (401, NotSent),
    (403, Refused),
    (404, Refused),
    (412, NotSent),
    (413, Refused),
    (429, NotSent),
    (500, Ambiguous),
    (502, Ambiguous),
    (503, Ambiguous),
    (504, Ambiguous),
    (0, Ambiguous),
]
CALLS: dict[str, Callable[[Connector, Conversation], Awaitable[object]]] = {
    "send": lambda out, to: out.send(to, {"type": "message"}),
    "targeted": lambda out, to: out.send_targeted(to, {"type": "message"}, ANA.id),
    "update": lambda out, to: out.update(to, "1", {"type": "message"}, targeted=False),
    "delete": lambda out, to: out.delete(to, "1", targeted=False),
    "create": lambda out, to: out.open_direct(to, ANA.id),
    "members": lambda out, to: out.members(to),
    "meeting": lambda out, to: out.meeting(to),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize(("status", "expected"), ANSWERS)
async def test_every_answer_becomes_one_of_our_errors(
    call: str, status: int, expected: type[TeamsError], teams: FakeConnector, session: ClientSession
) -> None:
    teams.fail_next(status, on=call, times=3)  # type: ignore[arg-type]  # names of steps
    with pytest.raises(TeamsError) as caught:
        await CALLS[call](connector(session), hui(teams))
    assert expected is type(caught.value)


async def test_nobody_listening_means_not_sent(session: ClientSession) -> None:
    nowhere = Conversation(CHAT, "group", "http://127.0.0.1:9", "t", "28:bot")
    with pytest.raises(NotSent):
        await connector(session).send(nowhere, {"type": "message"})


async def test_silence_is_ambiguous(teams: FakeConnector, session: ClientSession) -> None:
    teams.latency = 1.0
    with pytest.raises(Ambiguous):
        await connector(session, timeout=0.2).send(hui(teams), {"type": "message"})


@pytest.mark.parametrize(
    ("header", "expected"), [("2", 2.0), ("0.5", 0.5), ("-3", 0.0), ("999999", 3600.0)]
)
async def test_retry_after_is_read_within_reason(
    header: str, expected: float, teams: FakeConnector, session: ClientSession
) -> None:
    teams.fail_next(429, retry_after=float(header))
    with pytest.raises(NotSent) as caught:
        await connector(session).send(hui(teams), {"type": "message"})
    assert expected == caught.value.retry_after


async def test_no_token_leaves_for_a_strange_host(session: ClientSession) -> None:
    asked = []

    def fetch() -> dict[str, object]:
        asked.append(1)
        return {"access_token": "secret", "expires_in": 3600}

    out = Connector(session, KeptTokens(fetch), ("smba.example",), local=False, timeout=1)
    strange = Conversation(CHAT, "group", "https://evil.example", "t", "28:bot")
    with pytest.raises(NotAllowed):
        await out.send(strange, {"type": "message"})
    assert [] == asked


async def test_token_is_fetched_again_shortly_before_it_expires() -> None:
    clock = [0.0]
    answers = iter([{"access_token": "one", "expires_in": 3600}, {"access_token": "two"}])
    tokens = KeptTokens(lambda: next(answers), lambda: clock[0])
    first, again = await tokens.bearer(), await tokens.bearer()
    clock[0] = 3301.0
    assert ("one", "one", "two") == (first, again, await tokens.bearer())


async def test_token_that_was_not_accepted_is_fetched_again(
    teams: FakeConnector, session: ClientSession
) -> None:
    numbers = iter(range(9))
    out = connector(session, tokens := KeptTokens(lambda: {"access_token": str(next(numbers))}))
    teams.fail_next(401)
    with pytest.raises(NotSent):
        await out.send(hui(teams), {"type": "message"})
    assert "1" == await tokens.bearer()


@pytest.mark.parametrize("answer", [None, {}, {"error": "invalid_client"}])
async def test_login_service_that_gives_no_token_means_not_sent(answer: object) -> None:
    with pytest.raises(NotSent, match="no token"):
        await KeptTokens(lambda: answer).bearer()


def test_local_bot_needs_no_login_service() -> None:
    assert NoTokens is type(tokens_for(Settings(insecure_local=True)))


def test_secret_and_identity_need_no_network_to_be_set_up() -> None:
    secret = {"app_id": "a", "app_password": "s", "app_tenant": "t"}
    kinds = [type(tokens_for(Settings.model_validate(secret | {"app_type": kind})))
             for kind in ("SingleTenant", "MultiTenant", "UserAssignedMSI")]  # fmt: skip
    assert [KeptTokens] * 3 == kinds


async def test_uploaded_file_is_fetched_without_a_token(
    teams: FakeConnector, session: ClientSession
) -> None:
    files = Files(session, (), local=True, most=100)
    assert b"PK" == await files.fetch(teams.offer_file(b"PK"))


async def test_file_that_is_too_large_is_refused(
    teams: FakeConnector, session: ClientSession
) -> None:
    with pytest.raises(TooLarge):
        await Files(session, (), local=True, most=10).fetch(teams.offer_file(b"P" * 11))


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/p.docx",
        "http://hui.sharepoint.com/p.docx",
        "https://evilsharepoint.com/p.docx",
        "https://hui.sharepoint.com.evil.example/p.docx",
        "file:///etc/passwd",
        "",
    ],
)
async def test_file_elsewhere_is_not_fetched(url: str, session: ClientSession) -> None:
    with pytest.raises(NotAllowed) as caught:
        await Files(session, (".sharepoint.com",), local=False, most=10).fetch(url)
    assert None is re.search("https?:", caught.value.reason)
