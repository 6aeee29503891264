"""One chromium, for each test a fresh rehearsal and fresh tabs, and nothing to complain about at the end.

The driver and the browser take a second to start and belong to the event loop that started them, so these tests share
one loop: every module says ``pytestmark = SHARED_LOOP``.
"""

import os
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.browser.opened import CHROMIUM, NO_CHROMIUM, Opened, chromium, rehearsal
from tests.browser.tab import Tab
from tests.people import msk

EVE = msk("2022-03-09 21:00")
"""The night before item 16 begins: the bot keeps silent till the morning."""

SHARED_LOOP = pytest.mark.asyncio(loop_scope="session")
Tabs = Callable[..., Awaitable[Tab]]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Skipped where there is none, unless ``BROWSER_TESTS=required``."""
    if CHROMIUM is None:
        (pytest.fail if os.environ.get("BROWSER_TESTS") == "required" else pytest.skip)(NO_CHROMIUM)
    async with chromium() as browser:
        yield browser


@pytest.fixture
def folder(tmp_path: Path, migrated_file: Path) -> Path:
    """Where a rehearsal finds its database made already."""
    shutil.copy(migrated_file, tmp_path / "rehearsal.db")
    return tmp_path


@pytest_asyncio.fixture(loop_scope="session")
async def shown(browser: Browser, folder: Path) -> AsyncIterator[Opened]:  # the browser is missed first
    """The stock region on the eve of item 16, its clock standing still."""
    async with rehearsal(EVE, folder) as shown:
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


@pytest_asyncio.fixture(loop_scope="session")
async def tabs(browser: Browser, shown: Opened) -> AsyncIterator[Tabs]:
    """Tabs of the rehearsal, gone before it is."""
    async with tabs_of(browser) as tabs:
        yield tabs


@pytest_asyncio.fixture(loop_scope="session")
async def tab(tabs: Tabs, shown: Opened) -> Tab:
    """The page on a desk: the coordinator's chat is open."""
    return await (await tabs()).visits(shown.base)
