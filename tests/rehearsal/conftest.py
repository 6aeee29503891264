"""A world behind its door and a stock aiogram bot in front of it, in one event loop."""

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiogram import Bot

from rehearsal.page.page import Page
from rehearsal.person import Person
from rehearsal.spec import Spec, spec_file
from rehearsal.stock import stock_bot
from rehearsal.world import World
from rehearsal.world_server import WorldServer
from tests.rehearsal.browser import Browser, closed_page, opened

TOKEN = "42:TEST"


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


@pytest.fixture
async def server(world: World) -> AsyncIterator[WorldServer]:
    async with WorldServer(world) as server:
        yield server


@pytest.fixture
async def bot(server: WorldServer) -> AsyncIterator[Bot]:
    async with stock_bot(server.base, TOKEN) as bot:
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


@pytest.fixture
def folder(tmp_path: Path, migrated_file: Path) -> Path:
    """Where a rehearsal finds its database made already."""
    shutil.copy(migrated_file, tmp_path / "rehearsal.db")
    return tmp_path


@pytest.fixture
async def browser(folder: Path) -> AsyncIterator[Browser]:
    """The page of the stock region, open."""
    async with opened(folder) as browser:
        yield browser


@pytest.fixture
async def closed() -> AsyncIterator[tuple[Page, str]]:
    """A page whose stage is not ready, and its address."""
    page = closed_page()
    async with WorldServer(page.world, extend=page.add_routes) as server:
        yield page, server.base
