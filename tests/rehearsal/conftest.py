"""A world behind its door and a stock aiogram bot in front of it, in one event loop."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from rehearsal.person import Person
from rehearsal.settling import Inflight
from rehearsal.spec import Spec, spec_file
from rehearsal.world import World
from rehearsal.world_server import WorldServer

TOKEN = "42:TEST"
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 100


@pytest.fixture(scope="session")
def spec() -> Spec | None:
    path = spec_file()
    return Spec(path) if path else None


@pytest.fixture
def world(spec: Spec | None) -> Iterator[World]:
    """A world whose every successful call is also compared with the specification, where there is one."""
    world = World()
    world.add_bot(TOKEN, username="road_bot", name="Дорожная карта")
    problems: list[str] = []
    if spec:
        world.audit = lambda method, asked, result: problems.extend(spec.call(method, asked, result))
    yield world
    assert problems == []


@asynccontextmanager
async def bot_of(server: WorldServer, token: str = TOKEN) -> AsyncIterator[Bot]:
    """The stock bot over the stock session."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(server.base))
    async with Bot(token, session=session, default=DefaultBotProperties(parse_mode="HTML")).context() as bot:
        yield bot


@asynccontextmanager
async def polling(dispatcher: Dispatcher, bot: Bot, world: World) -> AsyncIterator[None]:
    """The dispatcher runs by long polling inside."""
    inflight = Inflight()
    world.busy.append(inflight)
    dispatcher.update.outer_middleware(inflight)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(dispatcher.start_polling(bot, handle_signals=False, close_bot_session=False))
        try:
            yield
        finally:
            running.cancel()
            world.busy.remove(inflight)


@pytest.fixture
async def server(world: World) -> AsyncIterator[WorldServer]:
    async with WorldServer(world) as server:
        yield server


@pytest.fixture
async def bot(server: WorldServer) -> AsyncIterator[Bot]:
    async with bot_of(server) as bot:
        yield bot


@pytest.fixture
def anna(world: World) -> Person:
    return world.add_person("Анна", "Петрова", "anna_p")


@pytest.fixture
def boris(world: World) -> Person:
    return world.add_person("Борис")


@pytest.fixture
def school(world: World, anna: Person) -> Person:
    """A person who has pressed «Start»; the update about it is already taken."""
    anna.starts()
    world.bot.queue.clear()
    return anna
