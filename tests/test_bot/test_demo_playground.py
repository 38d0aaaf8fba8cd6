"""The same bot in a client that is not ours: the Microsoft 365 Agents Playground."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Locator, Page, expect

from bot.demo.playground import playground, playground_bot
from cards import wording
from protocols.samples import sample_path
from tests.support.browser import browser_page, picture
from tests.support.ports import free_port

pytestmark = pytest.mark.browser
TALL = (1180, 1800)  # a whole card stands on the screen


async def test_question_in_the_playground_is_answered_with_a_card() -> None:
    async with _opened() as page:
        card = await _ask(page, "Can we record this meeting?")
        await expect(card).to_contain_text("record")
        await picture(card, "playground-answer")
        port = int(page.url.split(":")[2].split("/")[0])
        assert not _reachable_from_outside(port)


async def test_main_cards_do_their_work_in_the_playground() -> None:
    async with _opened() as page:
        await _attendee(page)
        await _facilitator(page)
        assert " 500" not in await page.locator("body").inner_text(), "the bot failed"


async def _attendee(page: Page) -> None:
    asked = await _ask(page, "checklist")
    await _choose(page, asked)
    checklist = await _press(page, asked, wording.AGENCY_SAVE)
    await expect(checklist).to_contain_text(wording.CHECK_PURPOSE)
    await picture(checklist, "playground-checklist")
    await checklist.get_by_role("button", name=wording.ACKNOWLEDGE_BUTTON).click()
    await expect(_last(page)).to_contain_text("You confirmed on")
    await picture(page, "playground-read")
    breach = await _ask(page, "breach")
    await picture(breach, "playground-breach")
    await expect(await _press(page, breach, wording.BREACH_TELL)).to_contain_text("Recorded on")
    conflict = await _ask(page, "conflict")
    told = await _press(page, conflict, wording.CONFLICT_TELL)
    await expect(told).to_contain_text("Recorded on")
    practice = await _ask(page, "practise")
    answered = await _press(page, practice, wording.PRACTICE_YES)
    await expect(answered).to_contain_text("listed to receive")
    await picture(answered, "playground-practice")
    note = await _ask(page, "storage note")
    await _choose(page, note)
    made = await _press(page, note, wording.NOTE_MAKE)
    await expect(made).to_contain_text(wording.NOTE_FIELDS["legal_authority"])
    await picture(made, "playground-note")


async def _facilitator(page: Page) -> None:
    reminder = await _ask(page, "remind")
    await expect(reminder).to_contain_text(wording.REMINDER_HEADINGS["now"])
    await picture(reminder, "playground-reminder")
    await expect(await _ask(page, "remind at 10:30")).to_contain_text("10.30 am")
    await expect(await _ask(page, "acknowledgements")).to_contain_text("1 of 1 here")
    await expect(await _ask(page, "review")).to_contain_text(wording.REVIEW_WHAT)
    report = await _ask(page, "report")
    await expect(report).to_contain_text(wording.REPORT_ROWS["breaches"])
    await picture(report, "playground-report")
    await expect(await _ask(page, "protocol")).to_contain_text(wording.READING_SIGNATURES)
    await picture(page, "playground-protocol")


@asynccontextmanager
async def _opened() -> AsyncIterator[Page]:
    """The personal chat, welcomed."""
    port, page_port = free_port(), free_port()
    async with (
        playground_bot(sample_path(), port),
        playground(port, page_port),
        browser_page(f"http://127.0.0.1:{page_port}", TALL) as page,
    ):
        await expect(page.get_by_text(wording.WELCOME)).to_be_visible()
        yield page


async def _ask(page: Page, words: str) -> Locator:
    """The card that comes next."""
    before = await _cards(page).count()
    await page.get_by_role("textbox").last.fill(words)
    await page.keyboard.press("Enter")
    return await _next(page, before)


async def _choose(page: Page, card: Locator) -> None:
    """The first choice offered."""
    await card.get_by_role("combobox").click()
    await page.get_by_role("option").first.click()


async def _press(page: Page, card: Locator, title: str) -> Locator:
    before = await _cards(page).count()
    await card.get_by_role("button", name=title, exact=True).click()
    return await _next(page, before)


async def _next(page: Page, before: int) -> Locator:
    await expect(_cards(page)).to_have_count(before + 1)
    return _cards(page).nth(before)


def _cards(page: Page) -> Locator:
    return page.locator(".ac-adaptiveCard")


def _last(page: Page) -> Locator:
    return _cards(page).last


def _reachable_from_outside(port: int) -> bool:
    """The page must listen on loopback alone: another address of this machine finds nobody."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as route:
        try:
            route.connect(("192.0.2.1", 9))
        except OSError:
            return False
        address = route.getsockname()[0]
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((address, port)) == 0
