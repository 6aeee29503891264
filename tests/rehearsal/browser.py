"""A rehearsal's page that is open, as the scripts in a browser see it: the addresses and nothing else."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, FormData

from bot.settings import Settings
from rehearsal.clock import MovableClock
from rehearsal.page.page import Page
from rehearsal.person import Person
from rehearsal.region import Cast, cast_of
from rehearsal.stage import TOKEN, Stage, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from tests.laid import a_world, laid
from texts import Texts

START = datetime(2021, 11, 24, 5, 30, tzinfo=UTC)


@dataclass
class Browser:
    """``post`` and the like answer with the status and the JSON, whatever the status is."""

    session: ClientSession
    base: str
    page: Page
    stage: Stage
    cast: Cast
    began: datetime
    """The clock when the page opened."""

    async def post(self, action: str, **asked: Any) -> tuple[int, Any]:
        async with self.session.post(f"{self.base}/page/{action}", json=asked) as response:
            return response.status, await response.json() if response.content_type == "application/json" else None

    async def upload(self, files: list[tuple[str, bytes]], **fields: Any) -> tuple[int, Any]:
        form = FormData(quote_fields=False)
        for name, value in fields.items():
            form.add_field(name, str(value))
        for name, data in files:
            form.add_field("file", BytesIO(data), filename=name, content_type="application/octet-stream")
        async with self.session.post(f"{self.base}/page/upload", data=form) as response:
            return response.status, await response.json() if response.content_type == "application/json" else None

    async def state(self) -> Any:
        async with self.session.get(f"{self.base}/page/state") as response:
            return await response.json()

    async def chat(self, chat_id: int) -> Any:
        """The summary of a chat."""
        return next(chat for chat in (await self.state())["chats"] if chat["id"] == chat_id)

    async def part(self, person: Person, chat_id: int | None = None, **where: int) -> tuple[int, Any]:
        """A part of a conversation as this person sees it; the private one unless a group is named."""
        asked = {"chat": chat_id or person.id, "person": person.id, **where}
        async with self.session.get(f"{self.base}/page/messages", params=asked) as response:
            return response.status, await response.json() if response.content_type == "application/json" else None

    async def messages(self, person: Person, chat_id: int | None = None, **where: int) -> Any:
        status, part = await self.part(person, chat_id, **where)
        assert status == 200
        return part["messages"]

    async def news(self) -> AsyncIterator[tuple[str, Any]]:
        async with self.session.get(f"{self.base}/page/events") as response:
            while line := (await response.content.readline()).decode():
                if line.startswith("retry:"):
                    continue
                data = (await response.content.readline()).decode()
                await response.content.readline()
                yield line.removeprefix("event: ").strip(), json.loads(data.removeprefix("data: "))


async def heard(news: AsyncIterator[tuple[str, Any]], *names: str) -> tuple[str, Any]:
    """The next of the news that has one of these names."""
    async with asyncio.timeout(5):
        async for name, said in news:
            if name in names:
                return name, said
    raise AssertionError(names)


@asynccontextmanager
async def opened(folder: Path, start: datetime = START) -> AsyncIterator[Browser]:
    """The page of the stock region at that instant (UTC), its clock standing still."""
    region = await laid(start, folder)
    async with _served(region.world, folder) as (session, base, page, stage):
        await region.goes_on(stage)
        page.open(stage, region.cast)
        yield Browser(session, base, page, stage, region.cast, page.world.clock())


@asynccontextmanager
async def opened_large(folder: Path, people: int, schools: int) -> AsyncIterator[Browser]:
    """The same of a region of this size, laid out under the page's eyes."""
    async with _served(a_world(START), folder) as (session, base, page, stage):
        cast = cast_of(page.world, people, schools)
        await open_scene(stage, cast)
        page.open(stage, cast)
        yield Browser(session, base, page, stage, cast, page.world.clock())


@asynccontextmanager
async def _served(world: World, folder: Path) -> AsyncIterator[tuple[ClientSession, str, Page, Stage]]:
    page = Page(world, Texts(), ZoneInfo("Europe/Moscow"))
    async with (
        WorldServer(world, extend=page.add_routes) as server,
        open_stage(world, server.base, folder, Settings(_env_file=None)) as stage,
        ClientSession(read_bufsize=2**22) as session,
    ):
        yield session, server.base, page, stage


def closed_page() -> Page:
    """A page whose stage is not ready."""
    page = Page(World(MovableClock(START)), Texts(), ZoneInfo("Europe/Moscow"))
    page.world.add_bot(TOKEN)
    return page


def buttons(message: Any) -> Iterator[Any]:
    return (button for row in message["buttons"] for button in row)
