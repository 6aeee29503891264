"""A rehearsal open on its page, for what looks at it through a browser: tests, pictures, the bench."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.async_api import Browser, async_playwright

from bot.settings import Settings
from rehearsal.page.page import Page
from rehearsal.region import STOCK_SCHOOLS, Cast, cast_of
from rehearsal.stage import Stage, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from tests.laid import laid
from texts import Texts

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
NAME = "Дорожная карта 500+"
NO_CHROMIUM = "no chromium on this machine: apt-get install chromium"


@dataclass
class Opened:
    """Everything at hand beside the browser: the world with its people, the stage with the product."""

    base: str
    page: Page
    world: World
    stage: Stage
    cast: Cast


@dataclass
class Opening:
    """A page that says that the rehearsal is being opened, until it is."""

    base: str
    page: Page
    stage: Stage

    async def done(self, people: int | None = None, schools: int = STOCK_SCHOOLS) -> Opened:
        """A region of this size is on the stage, the coordinator is in, both groups are bound."""
        cast = cast_of(self.page.world, people, schools)
        await open_scene(self.stage, cast)
        return self.shows(cast)

    def shows(self, cast: Cast) -> Opened:
        """Everybody is on the stage."""
        self.page.open(self.stage, cast)
        return Opened(self.base, self.page, self.page.world, self.stage, cast)


@asynccontextmanager
async def opening(world: World, folder: Path) -> AsyncIterator[Opening]:
    """The page of that world; its clock stands still unless it is moved."""
    settings = Settings(_env_file=None)
    page = Page(world, Texts(), settings.zone)
    async with (
        WorldServer(world, extend=page.add_routes) as server,
        open_stage(world, server.base, folder, settings) as stage,
    ):
        yield Opening(server.base, page, stage)


@asynccontextmanager
async def rehearsal(at: datetime, folder: Path) -> AsyncIterator[Opened]:
    """The page of the stock region, open at that instant (UTC)."""
    region = await laid(at, folder, NAME)
    async with opening(region.world, folder) as begun:
        await region.goes_on(begun.stage)
        yield begun.shows(region.cast)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Debian's own chromium; Playwright brings no browser of its own here."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            await browser.close()
