"""A chromium of each test, the rehearsal's page in it, and nothing to complain about at the end."""

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser

from tests.browser.opened import CHROMIUM, NO_CHROMIUM, Opened, chromium, rehearsal
from tests.browser.tab import Tab
from tests.people import msk

EVE = msk("2022-03-09 21:00")
"""The night before item 16 begins: the bot keeps silent till the morning."""

Tabs = Callable[..., Awaitable[Tab]]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Skipped where there is none, unless ``BROWSER_TESTS=required``."""
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip)(NO_CHROMIUM)
    async with chromium() as browser:
        yield browser


@pytest.fixture
async def shown(tmp_path: Path) -> AsyncIterator[Opened]:
    """The stock region on the eve of item 16, its clock standing still."""
    async with rehearsal(EVE, tmp_path) as shown:
        yield shown


@asynccontextmanager
async def tabs_of(browser: Browser) -> AsyncIterator[Tabs]:
    """Makes tabs; at the end none of them may have had anything to complain about."""
    opened: list[Tab] = []

    async def one(**more: Any) -> Tab:
        opened.append(await Tab.of(browser, **more))
        return opened[-1]

    yield one
    for tab in opened:
        await tab.page.context.close()
        assert tab.complaints == []


@pytest.fixture
async def tabs(browser: Browser, shown: Opened) -> AsyncIterator[Tabs]:
    """Tabs of the rehearsal, gone before it is."""
    async with tabs_of(browser) as tabs:
        yield tabs


@pytest.fixture
async def tab(tabs: Tabs, shown: Opened) -> Tab:
    """The page on a desk: the coordinator's chat is open."""
    return await (await tabs()).visits(shown.base)
