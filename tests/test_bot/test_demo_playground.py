"""The same bot answers a client that is not ours: the Microsoft 365 Agents Playground."""

import socket

import pytest
from playwright.async_api import expect

from bot.demo.playground import playground
from bot.demo.process import bot_server
from protocols.samples import sample_path
from tests.support.browser import browser_page, picture
from tests.support.ports import free_port

pytestmark = pytest.mark.browser


async def test_question_in_the_playground_is_answered_with_a_card() -> None:
    port, page_port = free_port(), free_port()
    async with (
        bot_server(sample_path(), port),
        playground(port, page_port),
        browser_page(f"http://127.0.0.1:{page_port}") as page,
    ):
        await expect(page.get_by_text("Kia ora, I am Clausewise")).to_be_visible()
        await page.get_by_role("textbox").first.fill("Can we record this meeting?")
        await page.keyboard.press("Enter")
        await expect(page.locator(".ac-adaptiveCard")).to_have_count(2)
        await expect(page.locator(".ac-adaptiveCard").last).to_contain_text("record")
        await picture(page, "playground-answer")
        assert " 500" not in await page.locator("body").inner_text(), (
            "the bot failed on an activity"
        )
        assert not _reachable_from_outside(page_port)


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
