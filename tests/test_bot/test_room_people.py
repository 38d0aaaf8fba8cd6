"""What people do in the meeting room reaches a bot as Teams would send it, and each sees only their own."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import ClientSession, web

from bot.demo.activities import Activity
from bot.demo.cast import BOT, Player, cast
from bot.demo.room import CHAT, MEETING, NotAllowed, Room
from bot.demo.site import Site

AGENCIES = ("Oranga Tamariki", "New Zealand Police", "Kāinga Ora")


@dataclass
class Listener:
    """A bot that hears everything and says nothing by itself; `answer` is what an invoke gets."""

    heard: list[Activity] = field(default_factory=list)
    status: int = 200
    answer: Activity = field(default_factory=dict)

    async def hear(self, request: web.Request) -> web.Response:
        self.heard.append(await request.json())
        return web.json_response(self.answer, status=self.status)

    def last(self, *names: str) -> tuple[object, ...]:
        return tuple(self.heard[-1].get(name) for name in names)


@pytest.fixture
async def bot() -> AsyncIterator[tuple[Listener, str]]:
    listener, app = Listener(), web.Application()
    app.router.add_post("/api/messages", listener.hear)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield listener, f"http://127.0.0.1:{runner.addresses[0][1]}/api/messages"
    await runner.cleanup()


@pytest.fixture
async def room(bot: tuple[Listener, str]) -> AsyncIterator[Room]:
    room = Room(bot[1], cast(AGENCIES, "Oranga Tamariki"), "Hui", "A protocol")
    Site(room)
    await room.start()
    yield room
    await room.stop()


@pytest.fixture
def listener(bot: tuple[Listener, str]) -> Listener:
    return bot[0]


def seen(room: Room, player: Player) -> list[object]:
    entries = room.state(player)["entries"]
    assert isinstance(entries, list)
    return [entry["text"] for entry in entries]


def entries(room: Room, player: Player) -> list[dict[str, object]]:
    found = room.state(player)["entries"]
    assert isinstance(found, list)
    return found


def told(activity: Activity) -> tuple[object, ...]:
    """Type, id, words and event of an edit or deletion."""
    channel = activity["channelData"]
    assert isinstance(channel, dict)
    return activity["type"], activity["id"], activity["text"], channel["eventType"]


async def post(room: Room, path: str, activity: Activity, **query: str) -> int:
    """What a bot would send."""
    url = f"{room.connector.url}/v3/conversations/{path}"
    async with ClientSession() as session, session.post(url, json=activity, params=query) as answer:
        return answer.status


async def test_six_people_sit_down_and_the_guest_belongs_to_no_party() -> None:
    players = cast(AGENCIES, "Oranga Tamariki")
    assert ["Facilitator", *["Attendee"] * 4, "Guest"] == [player.part for player in players]
    assert {*AGENCIES, "Guest, agency not a party"} == {player.agency for player in players}


async def test_bot_is_installed_when_the_room_opens(room: Room, listener: Listener) -> None:
    types = [activity["type"] for activity in listener.heard]
    added = listener.heard[1]["membersAdded"]
    assert (["installationUpdate", "conversationUpdate"], [{"id": BOT.id, "name": BOT.name}]) == (
        types,
        added,
    )


async def test_mention_travels_as_an_entity_and_plain_words_as_they_are(
    room: Room, listener: Listener
) -> None:
    tom = room.players["tom"]
    await room.say(tom, "who may know?", private=False, mention=True)
    text, entities = listener.last("text", "entities")
    await room.say(tom, "kia ora koutou", private=False)
    mention = {
        "type": "mention",
        "mentioned": {"id": BOT.id, "name": BOT.name},
        "text": "<at>Clausewise</at>",
    }
    assert ("<at>Clausewise</at> who may know?", [mention]) == (text, entities)
    assert ("kia ora koutou", []) == listener.last("text", "entities")


async def test_meeting_chat_names_its_meeting_and_a_one_to_one_does_not(
    room: Room, listener: Listener
) -> None:
    await room.say(room.players["tom"], "here", private=False)
    chat = listener.heard[-1]
    await room.say(room.players["tom"], "alone", private=True)
    private = listener.heard[-1]
    host = room.facilitator.member.tenant
    assert {"tenant": {"id": host}, "meeting": {"id": MEETING}} == chat["channelData"]
    assert {"tenant": {"id": "tenant-new-zealand-police"}} == private["channelData"]


async def test_private_notice_is_seen_by_its_reader_alone(room: Room) -> None:
    tom, priya = room.players["tom"], room.players["priya"]
    notice: Activity = {"type": "message", "text": "only you", "recipient": {"id": tom.member.id}}
    await post(room, f"{CHAT}/activities", notice, isTargetedActivity="true")
    await post(room, f"{CHAT}/activities", {"type": "message", "text": "everyone"})
    assert (["only you", "everyone"], ["everyone"]) == (seen(room, tom), seen(room, priya))
    assert [True, False] == [entry["private"] for entry in entries(room, tom)]


async def test_one_to_one_is_seen_by_its_person_alone(room: Room) -> None:
    await room.say(room.players["tom"], "between us", private=True)
    others = [seen(room, player) for player in room.players.values() if player.key != "tom"]
    assert (["between us"], [[]] * 5) == (seen(room, room.players["tom"]), others)


async def test_aside_to_the_bot_is_seen_by_nobody_else_and_marked_for_it(
    room: Room, listener: Listener
) -> None:
    tom = room.players["tom"]
    await room.say(tom, "may I?", private=False, mention=True, quietly=True)
    marked = {"id": BOT.id, "name": BOT.name, "isTargeted": True}
    assert (marked, ["may I?"], []) == (
        listener.heard[-1]["recipient"],
        seen(room, tom),
        seen(room, room.players["priya"]),
    )


async def test_edit_deletion_and_undoing_it_keep_the_message_id(
    room: Room, listener: Listener
) -> None:
    tom, priya = room.players["tom"], room.players["priya"]
    await room.say(tom, "first", private=False, mention=True)
    number = str(listener.heard[-1]["id"])
    await room.edit(tom, number, "second")
    assert ["second"] == seen(room, priya)
    await room.delete(tom, number)
    assert [""] == seen(room, priya)
    await room.restore(tom, number)
    assert ["second"] == seen(room, priya)
    second = "<at>Clausewise</at> second"
    assert [
        ("messageUpdate", number, second, "editMessage"),
        ("messageDelete", number, None, "softDeleteMessage"),
        ("messageUpdate", number, second, "undeleteMessage"),
    ] == [told(activity) for activity in listener.heard[-3:]]


async def test_nobody_changes_the_words_of_another(room: Room, listener: Listener) -> None:
    await room.say(room.players["tom"], "mine", private=False)
    with pytest.raises(NotAllowed):
        await room.edit(room.players["priya"], str(listener.heard[-1]["id"]), "yours")


async def test_button_of_a_private_card_works_for_its_reader_alone(
    room: Room, listener: Listener
) -> None:
    tom = room.players["tom"]
    notice: Activity = {"type": "message", "text": "only you", "recipient": {"id": tom.member.id}}
    await post(room, f"{CHAT}/activities", notice, isTargetedActivity="true")
    number = str(entries(room, tom)[0]["id"])
    await room.press(tom, number, {"verb": "notice.removed", "notice": "n1"})
    assert ("message", {"verb": "notice.removed", "notice": "n1"}, number) == listener.last(
        "type", "value", "replyToId"
    )
    with pytest.raises(NotAllowed):
        await room.press(room.players["priya"], number, {})


async def test_card_of_an_execute_answer_replaces_it_for_that_person_alone(
    room: Room, listener: Listener
) -> None:
    tom, priya = room.players["tom"], room.players["priya"]
    kind = "application/vnd.microsoft.card.adaptive"
    shared: Activity = {
        "type": "message",
        "attachments": [{"contentType": kind, "content": {"is": "all"}}],
    }
    await post(room, f"{CHAT}/activities", shared)
    listener.answer = {"statusCode": 200, "type": kind, "value": {"is": "tom"}}
    await room.press(tom, str(entries(room, tom)[0]["id"]), {}, verb="look")
    assert ([{"is": "tom"}], [{"is": "all"}]) == (
        entries(room, tom)[0]["cards"],
        entries(room, priya)[0]["cards"],
    )
    assert ("invoke", "adaptiveCard/action") == listener.last("type", "name")


async def test_card_asks_for_a_view_of_those_it_names_until_they_have_one(
    room: Room, listener: Listener
) -> None:
    tom, priya = room.players["tom"], room.players["priya"]
    kind = "application/vnd.microsoft.card.adaptive"
    action = {"type": "Action.Execute", "verb": "look", "data": {}}
    content = {"refresh": {"action": action, "userIds": [tom.member.id]}}
    shared: Activity = {
        "type": "message",
        "attachments": [{"contentType": kind, "content": content}],
    }
    await post(room, f"{CHAT}/activities", shared)
    asked = [entries(room, player)[0]["look"] for player in (tom, priya)]
    listener.answer = {"statusCode": 200, "type": kind, "value": {"is": "tom"}}
    await room.press(tom, str(entries(room, tom)[0]["id"]), {}, verb="look", looking=True)
    value = listener.heard[-1]["value"]
    assert ([action, None], None) == (asked, entries(room, tom)[0]["look"])
    assert isinstance(value, dict)
    assert "automatic" == value["trigger"]
    lines = room.state(tom)["travelled"]
    assert isinstance(lines, list)
    assert "a look at a card" in lines[-1]["words"]


async def test_upload_is_a_file_the_bot_can_fetch(room: Room, listener: Listener) -> None:
    await room.upload(room.players["mere"], "hui.docx", b"PK")
    (attachments,) = listener.last("attachments")
    assert isinstance(attachments, list)
    file = attachments[0]
    async with ClientSession() as session, session.get(file["content"]["downloadUrl"]) as answer:
        assert ("hui.docx", b"PK") == (file["name"], await answer.read())


async def test_only_the_facilitator_starts_the_meeting(room: Room, listener: Listener) -> None:
    with pytest.raises(NotAllowed):
        await room.start_or_end(room.players["tom"])
    await room.start_or_end(room.facilitator)
    started = listener.last("name")
    await room.start_or_end(room.facilitator)
    prefix = "application/vnd.microsoft.meeting"
    assert ((f"{prefix}Start",), (f"{prefix}End",)) == (started, listener.last("name"))


async def test_guest_cannot_be_written_to_before_opening_the_one_to_one(room: Room) -> None:
    janet = room.players["janet"]
    wanted = {"isGroup": False, "members": [{"id": janet.member.id}]}
    async with ClientSession() as session:
        url = f"{room.connector.url}/v3/conversations"
        async with session.post(url, json=wanted) as refused:
            await room.open(janet)
        async with session.post(url, json=wanted) as accepted:
            assert (403, 201) == (refused.status, accepted.status)


async def test_bot_that_refuses_is_named_in_plain_words(room: Room, listener: Listener) -> None:
    listener.status = 503
    trouble = await room.say(room.players["tom"], "anyone?", private=False)
    assert "Clausewise refused this (HTTP 503)." == trouble


async def test_backstage_tells_what_travelled_and_no_word_of_it(room: Room) -> None:
    tom = room.players["tom"]
    await room.say(tom, "a secret", private=False)
    notice: Activity = {"type": "message", "text": "a secret", "recipient": {"id": tom.member.id}}
    await post(room, f"{CHAT}/activities", notice, isTargetedActivity="true")
    travelled = room.state(room.players["priya"])["travelled"]
    assert isinstance(travelled, list)
    said = [line["words"] for line in travelled[-2:]]
    assert said[0].startswith("Tom Ashworth: a message to Clausewise (HTTP 200")
    assert ("Clausewise: a message to Tom Ashworth alone", False) == (
        said[1],
        "secret" in str(travelled),
    )


async def test_page_hears_of_a_change_at_once(room: Room) -> None:
    async with (
        ClientSession() as session,
        session.get(f"{room.connector.url}/room/events?as=tom") as stream,
    ):
        await stream.content.readuntil(b"\n\n")
        await room.say(room.players["priya"], "kia ora", private=False)
        assert b"kia ora" in await stream.content.readuntil(b"\n\n")


@pytest.mark.parametrize(
    ("path", "headers", "body", "status"),
    [
        ("/room/say", {"Origin": "https://elsewhere.example"}, {"as": "tom", "text": "x"}, 403),
        ("/room/say", {}, {"as": "nobody", "text": "x"}, 400),
        ("/room/say", {}, {"as": "tom", "text": "  "}, 403),
        ("/room/say", {}, ["tom"], 400),
        ("/room/nothing", {}, {"as": "tom"}, 404),
    ],
)
async def test_what_is_not_the_pages_own_request_changes_nothing(
    room: Room, path: str, headers: dict[str, str], body: object, status: int
) -> None:
    async with (
        ClientSession() as session,
        session.post(room.connector.url + path, json=body, headers=headers) as answer,
    ):
        assert (status, []) == (answer.status, seen(room, room.players["tom"]))


async def test_page_serves_its_own_files_and_nothing_beside_them(room: Room) -> None:
    async with ClientSession() as session:
        url = room.connector.url
        async with session.get(url) as page, session.get(f"{url}/page/..%2Fsite.py") as other:
            assert (200, 404) == (page.status, other.status)
