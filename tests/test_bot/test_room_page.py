"""The three jobs in the meeting room page, in a real browser, against the real bot in its own process."""

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.async_api import Page, expect

from bot.demo.site import PAGE
from protocols.samples import sample_path
from tests.support.browser import DESKTOP, PHONE, browser_page, picture
from tests.support.ports import free_port, listening

pytestmark = pytest.mark.browser
NHI = "Her NHI is ZAC5361 and her mum is on 021 555 0134"
AXE = PAGE.with_name("node_modules") / "axe-core" / "axe.min.js"
ONLY_YOU = "Only you can see this message"


@pytest.fixture(scope="module")
def room() -> Iterator[str]:
    """`clausewise demo` from its first line to Ctrl-C; yields the page's address."""
    port, room_port = free_port(), free_port()
    command = [sys.executable, "-m", "bot.cli", "demo", str(sample_path())]
    with subprocess.Popen(
        [*command, "--port", str(port), "--room-port", str(room_port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as demo:
        try:
            yield _address(demo)
        finally:
            demo.send_signal(signal.SIGINT)
            rest, _ = demo.communicate(timeout=20)
    assert ("Ended.", 0) == (rest.strip().splitlines()[-1], demo.returncode)
    assert (False, False) == (listening(port), listening(room_port))


async def test_question_by_mention_is_answered_with_quoted_clauses(room: str) -> None:
    async with browser_page(f"{room}/?as=tom") as page:
        await page.get_by_role("button", name="@Clausewise", exact=True).click()
        await page.get_by_label("Ask Clausewise in the meeting chat").fill(
            "Can we record this meeting?"
        )
        await page.keyboard.press("Enter")
        answer = page.locator(".entry:not(.mine)").last
        await expect(answer.locator(".card")).to_contain_text("record")
        await expect(answer).not_to_contain_text(ONLY_YOU)
        await picture(page, "room-answer")


async def test_personal_information_is_noticed_to_its_writer_alone(room: str) -> None:
    async with browser_page(f"{room}/?as=sefina") as page:
        await _write(page, NHI)
        notice = page.locator(".entry.private").last
        await expect(notice).to_contain_text(ONLY_YOU)
        await expect(notice).to_contain_text("a health number (NHI)")
        await expect(notice).not_to_contain_text("ZAC5361")
        await picture(page, "room-notice")
        await page.get_by_role("radio", name="Priya Nair").check()
        await expect(page.get_by_text(NHI)).to_be_visible()
        await expect(page.locator(".entry.private")).to_have_count(0)
        await picture(page, "room-notice-others")


async def test_question_asked_aside_is_answered_aside(room: str) -> None:
    async with browser_page(f"{room}/?as=janet") as page:
        await page.get_by_role("button", name="Only Clausewise").click()
        await _write(page, "Who may see the minutes?")
        answer = page.locator(".entry.private:not(.mine)").last
        await expect(answer).to_contain_text(ONLY_YOU)
        await picture(page, "room-aside")


async def test_deleting_the_message_closes_its_notice(room: str) -> None:
    async with browser_page(f"{room}/?as=rangi") as page:
        await _write(page, "His IRD number is 49-091-850")
        notice = page.locator(".entry.private").last
        await expect(notice).to_contain_text("IRD")
        mine = page.locator(".entry.mine").last
        await mine.get_by_label("More options").click()
        await mine.get_by_role("button", name="Delete").click()
        await expect(mine).to_contain_text("This message has been deleted")
        await expect(notice).to_contain_text("Thank you")
        await picture(page, "room-notice-closed")


async def test_button_of_a_notice_travels_and_closes_it(room: str) -> None:
    async with browser_page(f"{room}/?as=priya") as page:
        await _write(page, "Ring Tui Ngata on 021 555 0199 about her son")
        notice = page.locator(".entry.private").last
        await notice.get_by_role("button", name="Not personal information").click()
        await expect(notice).to_contain_text("Thank you")


async def test_danger_comes_before_everything(room: str) -> None:
    async with browser_page(f"{room}/?as=mere") as page:
        await page.get_by_role("tab", name="Clausewise, 1:1").click()
        await _write(page, "He says he is going to kill her tonight")
        answer = page.locator(".entry:not(.mine)").last
        await expect(answer.locator(".card")).to_contain_text("call 111")
        words = await answer.locator(".card").inner_text()
        assert words.strip().startswith("If someone is in danger now, call 111")
        await picture(page, "room-danger")


async def test_uploaded_protocol_is_read_back_one_to_one(room: str) -> None:
    async with browser_page(f"{room}/?as=mere") as page:
        await page.get_by_role("tab", name="Clausewise, 1:1").click()
        await page.locator("#file").set_input_files(sample_path())
        await expect(page.locator(".entry.mine .file").last).to_have_text(sample_path().name)
        reading = page.locator(".entry:not(.mine) .card").last
        await expect(reading).to_contain_text("What I read in your document")
        await picture(page, "room-upload")


async def test_facilitator_starts_and_ends_the_meeting(room: str) -> None:
    async with browser_page(f"{room}/?as=mere") as page:
        await page.get_by_role("button", name="Start meeting").click()
        await expect(page.get_by_role("status")).to_have_text("Meeting in progress")
        await page.get_by_role("button", name="End meeting").click()
        await expect(page.locator(".event").last).to_contain_text("The meeting has ended")
        await page.get_by_role("radio", name="Tom Ashworth").check()
        await expect(page.get_by_role("button", name="Start meeting")).to_be_hidden()


async def test_own_message_is_edited_with_the_keyboard_alone(room: str) -> None:
    async with browser_page(f"{room}/?as=tom") as page:
        await _write(page, "Kia ora koutu")
        mine = page.locator(".entry.mine").last
        await mine.get_by_label("More options").focus()
        await page.keyboard.press("Enter")
        await page.keyboard.press("Tab")
        await page.keyboard.press("Enter")
        await page.get_by_label("Edit your message").fill("Kia ora koutou")
        await page.keyboard.press("Enter")
        await expect(mine).to_contain_text("Kia ora koutou")
        await expect(mine).to_contain_text("Edited")


async def test_page_fits_a_phone(room: str) -> None:
    async with browser_page(f"{room}/?as=janet", PHONE) as page:
        await expect(page.locator(".entry").first).to_be_visible()
        await picture(page, "room-phone")
        assert 0 == await page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_page_and_its_cards_are_accessible(room: str, size: tuple[int, int]) -> None:
    """By the rules of axe-core: names, roles, contrast, structure."""
    async with browser_page(f"{room}/?as=priya", size) as page:
        await _write(page, NHI)
        await expect(page.locator(".entry.private").last).to_be_visible()
        await page.evaluate(AXE.read_text(encoding="utf-8"))
        found = await page.evaluate(
            "axe.run().then(all => all.violations.map(one => [one.id, one.nodes[0].html]))"
        )
        assert [] == found


async def _write(page: Page, text: str) -> None:
    await page.locator("#words").fill(text)
    await page.keyboard.press("Enter")
    await expect(page.locator(".entry.mine").last).to_contain_text(text)


def _address(demo: "subprocess.Popen[str]") -> str:
    assert demo.stdout is not None
    said = []
    for line in demo.stdout:
        said.append(line)
        if "The meeting room is open: " in line:
            return line.partition(": ")[2].strip()
    raise AssertionError("".join(said))
