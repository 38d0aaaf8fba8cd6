"""Files: offered one to one, checked again when accepted, put where Teams says and nowhere else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.demo.activities import Activity
from bot.demo.records import Member, Sent
from cards import wording
from tests.test_bot.companion import HINE, Hui, last_card, put_in_force, text_of, two_meetings, word
from tests.test_bot.rig import MERE, TOM


async def test_signed_copy_is_offered_and_uploaded_as_it_was_sent(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _), drive() as (url, taken):
        shown = last_card(await put_in_force(first, MERE, "attendance"))
        await first.write(TOM, "kia ora")
        offer = (await first.press(TOM, shown, wording.GET_COPY))[-1]
        assert (first.room.direct(TOM).id, "protocol.docx") == (offer.conversation_id, _name(offer))
        done = await first.after(accepted(first, TOM, offer, url))
    assert [word("attendance")] == taken
    assert wording.SHORT["file_sent"] in text_of(done)


async def test_report_comes_as_a_table_and_a_page_to_its_facilitator(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _), drive() as (url, taken):
        await put_in_force(first, MERE, "attendance")
        await first.say(TOM, "Who may receive the attendance rate?")
        card = last_card(await first.say(MERE, "report"))
        offers = await first.press(MERE, card, wording.REPORT_FILES)
        for offer in offers:
            await first.after(accepted(first, MERE, offer, url))
    assert ["report.csv", "report.html"] == [_name(offer) for offer in offers]
    assert f"{wording.REPORT_ROWS['asked']},1" in taken[0].decode("utf-8-sig")
    assert b"<svg" in taken[1]


async def test_report_of_others_is_not_made_whatever_the_card_says(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second), drive() as (url, taken):
        await put_in_force(first, MERE, "attendance")
        await put_in_force(second, HINE, "youth_offending")
        card = last_card(await second.say(HINE, "report"))
        offer = (await second.press(HINE, card, wording.REPORT_FILES))[0]
        attendee = await second.after(accepted(second, TOM, offer, url))
        stranger = await second.after(accepted(second, MERE, offer, url))
    assert [] == taken
    assert wording.SHORT["only_facilitators"] in text_of(attendee)
    assert wording.SHORT["no_meeting"] in text_of(stranger)


async def test_register_is_a_table_of_the_persons_meetings(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, second), drive() as (url, taken):
        await put_in_force(first, MERE, "attendance")
        await put_in_force(second, HINE, "youth_offending")
        card = last_card(await first.write(MERE, "protocols"))
        offer = (await first.press(MERE, card, wording.REGISTER_FILE))[-1]
        await first.after(accepted(first, MERE, offer, url))
    table = taken[0].decode("utf-8-sig")
    assert (True, False) == ("attendance protocol" in table, "youth_offending" in table)


async def test_file_goes_to_no_other_host(tmp_path: Path) -> None:
    async with two_meetings(tmp_path) as (first, _):
        shown = last_card(await put_in_force(first, MERE, "attendance"))
        offer = (await first.press(MERE, shown, wording.GET_COPY))[-1]
        done = await first.after(accepted(first, MERE, offer, "https://files.example/up"))
    assert wording.SHORT["file_not_sent"] in text_of(done)


def accepted(hui: Hui, by: Member, offer: Sent, url: str) -> Activity:
    """What Teams sends when a person accepts a file."""
    consent = offer.activity["attachments"][0]  # type: ignore[index]  # an offer has one
    info = {"name": consent["name"], "uploadUrl": url, "contentUrl": url, "fileType": "docx"}
    number = str(next(hui.room.numbers))
    message = hui.room.message("", by, place=hui.room.direct(by))
    return message | {
        "id": number,
        "type": "invoke",
        "name": "fileConsent/invoke",
        "value": {
            "type": "fileUpload",
            "action": "accept",
            "context": consent["content"]["acceptContext"],
            "uploadInfo": info,
        },
    }


@asynccontextmanager
async def drive() -> AsyncIterator[tuple[str, list[bytes]]]:
    """Where Teams keeps a person's files: its address and what was put there."""
    taken: list[bytes] = []

    async def put(request: web.Request) -> web.Response:
        taken.append(await request.read())
        refused = "Authorization" in request.headers or "Content-Range" not in request.headers
        return web.Response(status=400 if refused else 201)

    app = web.Application(client_max_size=4_000_000)
    app.router.add_put("/up", put)
    async with TestServer(app) as server:
        yield str(server.make_url("/up")), taken


def _name(offer: Sent) -> str:
    attachments = offer.activity["attachments"]
    assert isinstance(attachments, list)
    return str(attachments[0]["name"])
