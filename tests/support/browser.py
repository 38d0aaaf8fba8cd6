"""The system's Chromium, and pictures of what it shows."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, async_playwright, expect

RESULTS = Path(__file__).parents[2] / "test-results"
DESKTOP, PHONE = (1180, 860), (390, 800)
PATIENCE = 20_000  # milliseconds; two cores may be busy with other tests
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@asynccontextmanager
async def browser_page(address: str, size: tuple[int, int] = DESKTOP) -> AsyncIterator[Page]:
    """A page at this address; it fails the test for any error the page itself reports."""
    errors: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=_chromium(), args=list(_ARGUMENTS)
        )
        page = await browser.new_page(
            viewport={"width": size[0], "height": size[1]}, locale="en-NZ"
        )
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        page.on("pageerror", lambda error: errors.append(error.message))
        await page.goto(address)
        try:
            yield page
        finally:
            await browser.close()
    assert [] == errors


async def picture(shown: Page | Locator, name: str) -> None:
    """A screenshot in `test-results/`, to be looked at."""
    RESULTS.mkdir(exist_ok=True)
    await shown.screenshot(path=RESULTS / f"{name}.png")


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None and "CI" not in os.environ:
        pytest.skip("Chromium is not installed: apt-get install chromium")
    assert found is not None, "Chromium is not installed"
    return found
