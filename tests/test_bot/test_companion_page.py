"""The companion in the meeting room page, in a real browser on a phone, against the real bot in its own process."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.async_api import Locator, Page, expect

from bot.demo.gallery import every_card
from cards import wording
from protocols.samples import sample_path
from tests.support.browser import PHONE, RESULTS, browser_page, picture
from tests.support.ports import free_port
from tests.test_cards.sample import sample_protocol

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def room() -> Iterator[str]:
    """`clausewise demo`; yields the page's address."""
    command = [sys.executable, "-m", "bot.cli", "demo", str(sample_path())]
    ports = ["--port", str(free_port()), "--room-port", str(free_port())]
    with subprocess.Popen(
        [*command, *ports], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as demo:
        assert demo.stdout is not None
        opened = next(line for line in demo.stdout if "The meeting room is open" in line)
        found = re.search(r"http\S+", opened)
        assert found is not None
        yield found[0].rstrip("/")
        demo.send_signal(signal.SIGINT)
        demo.communicate(timeout=20)


async def test_facilitator_publishes_and_everybody_is_told(room: str) -> None:
    async with browser_page(f"{room}/?as=mere", PHONE) as page:
        await page.get_by_role("tab", name="Clausewise, 1:1").click()
        await page.locator("#file").set_input_files(sample_path())
        await _last(page).get_by_role("button", name=wording.PUBLISH, exact=True).click()
        await expect(_last(page)).to_contain_text("use protocol")
        await page.get_by_role("tab", name="Meeting chat").click()
        await _ask(page, "use protocol")
        await expect(_last(page)).to_contain_text(wording.IN_FORCE_NOW)
        await picture(page, "companion-in-force")
        await page.get_by_role("button", name="Start meeting").click()
        await expect(_last(page)).to_contain_text(wording.REMINDER_HEADINGS["start"])
        await picture(page, "companion-start")
        await page.get_by_role("button", name="End meeting").click()
        await expect(_last(page)).to_contain_text(wording.REMINDER_HEADINGS["end"])


async def test_attendee_goes_through_the_checklist_alone(room: str) -> None:
    async with browser_page(f"{room}/?as=tom", PHONE) as page:
        await _ask(page, "checklist")
        await _last(page).get_by_label(wording.AGENCY_LABEL).select_option(index=2)
        await _last(page).get_by_role("button", name=wording.AGENCY_SAVE).click()
        await expect(_last(page)).to_contain_text(wording.CHECK_PURPOSE)
        await expect(page.locator(".entry").last).to_contain_text("Only you can see this message")
        await picture(page, "companion-checklist")
        await _last(page).get_by_role("button", name=wording.ACKNOWLEDGE_BUTTON).click()
        await expect(_last(page)).to_contain_text("You confirmed on")
        await picture(page, "companion-checklist-read")


async def test_signed_copy_is_saved_and_opened(room: str) -> None:
    async with browser_page(f"{room}/?as=tom", PHONE) as page:
        await _ask(page, "send me the protocol")
        await page.get_by_role("tab", name="Clausewise, 1:1").click()
        offer = page.locator(".entry", has_text="as it was signed").last
        await offer.get_by_role("button", name="Save to my files").click()
        await expect(_last(page)).to_contain_text(wording.SHORT["file_sent"])
        opener = page.get_by_role("button", name="Open the file")
        await expect(opener.or_(page.get_by_role("link", name="Open the file"))).to_be_visible()
        await picture(page, "companion-file")


async def test_breach_is_told_without_details(room: str) -> None:
    async with browser_page(f"{room}/?as=sefina", PHONE) as page:
        await _ask(page, "breach")
        await expect(_last(page)).to_contain_text(wording.BREACH_CONTACT)
        await picture(page, "companion-breach")
        await _last(page).get_by_role("button", name=wording.BREACH_TELL).click()
        await expect(_last(page)).to_contain_text("Please still ring")
    async with browser_page(f"{room}/?as=mere", PHONE) as page:
        await expect(_last(page)).to_contain_text("Sefina Leota")
        await picture(page, "companion-breach-alert")


async def test_room_shows_every_card_readable_on_the_narrowest_phone(room: str) -> None:
    async with browser_page(f"{room}/page/every.html", (320, 800)) as page:
        await expect(page.locator("body")).to_have_attribute("data-drawn", "true")
        cards = page.locator(".card")
        assert len(every_card(sample_protocol())) == await cards.count()
        cut = "cards => cards.filter(c => c.scrollWidth > c.clientWidth).map(c => c.innerText)"
        assert [] == await cards.evaluate_all(cut)
        assert 320 == await page.evaluate("document.documentElement.scrollWidth")
        await page.set_viewport_size({"width": 1400, "height": 900})
        await page.screenshot(path=RESULTS / "every-card.png", full_page=True)


def _last(page: Page) -> Locator:
    return page.locator(".entry:not(.mine) .card").last


async def _ask(page: Page, words: str) -> None:
    await page.get_by_role("button", name="@Clausewise", exact=True).click()
    box = page.get_by_label("Ask Clausewise in the meeting chat")
    await box.fill(words)
    await page.keyboard.press("Enter")
