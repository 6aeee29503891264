"""A database with the roadmap of 2022 and two coordinators, and a desk to press its buttons at."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import app as app_module
from bot import core as core_module
from bot.app import build
from bot.core import build_core
from bot.settings import Settings
from rehearsal.clock import MovableClock
from rehearsal.spec import Spec, spec_file
from rehearsal.world import World
from tests.conftest import database_url
from tests.handlers.desk import Desk, enters
from tests.handlers.wire import Wire
from tests.people import IGOR, MARINA, OLGA, PAVEL, Look, comes_in, ivanovo, msk
from texts import Texts

TOKEN = "42:TEST"
NOON = msk("2022-03-10 12:00")
"""A Thursday; item 16 begins, items before 15 are overdue."""


@pytest.fixture(scope="session")
def peopled_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The shipped roadmap, Marina and Pavel as coordinators; made once and copied."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("peopled") / "peopled.db"))

    async def make() -> None:
        core = build_core(Settings(_env_file=None, bot_token=None, database_url=database_url(path)))
        await core.roadmaps.load(ivanovo(), now=NOON)
        for who in (MARINA, PAVEL):
            await comes_in(core, who, NOON)
        await core.database.close()

    asyncio.run(make())
    return path


@pytest.fixture
def database_file(tmp_path: Path, peopled_file: Path) -> Path:
    """A copy for this test alone."""
    return Path(shutil.copy(peopled_file, tmp_path / "roadmap.db"))


@pytest.fixture(scope="session")
def texts() -> Texts:
    """The shipped texts, compiled once for all tests."""
    return Texts()


@pytest.fixture(scope="session")
def spec() -> Spec | None:
    path = spec_file()
    return Spec(path) if path else None


@pytest.fixture
def world(spec: Spec | None) -> World:
    """A world whose clock stands still, so that nobody waits for limits."""
    world = World(MovableClock(NOON))
    world.flood = None
    world.add_bot(TOKEN, username="road_bot", name="Дорожная карта")
    if spec is not None:
        world.audit = lambda method, asked, result: world.complaints.extend(spec.call(method, asked, result))
    return world


Reopen = Callable[[], Awaitable[Desk]]


@asynccontextmanager
async def opened(world: World, settings: Settings, database_file: Path) -> AsyncIterator[Desk]:
    """A new application over the same database, in the same world."""
    app = build(settings.model_copy(update={"bot_token": SecretStr(TOKEN)}), world.clock)
    people = {who.account.account_id: who for who in (MARINA, PAVEL, OLGA, IGOR)}
    cast = [world.people.get(key) or enters(world, who) for key, who in people.items()]
    yield Desk(world, app, Look(database_file), *cast)
    await app.core.database.close()


@pytest.fixture
async def reopen(
    world: World, settings: Settings, database_file: Path, texts: Texts, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Reopen]:
    """The bot starts again: nothing is kept but the database."""
    monkeypatch.setattr(core_module, "Texts", lambda: texts)
    monkeypatch.setattr(app_module, "AiohttpSession", lambda **_asked: Wire(world))
    async with AsyncExitStack() as stack:
        yield lambda: stack.enter_async_context(opened(world, settings, database_file))


@pytest.fixture
async def desk(reopen: Reopen, world: World) -> AsyncIterator[Desk]:
    """Everybody has pressed «Start»; only Marina and Pavel are in the project."""
    desk = await reopen()
    for person in (desk.marina, desk.pavel, desk.olga, desk.igor):
        person.starts()
    await desk.settle()
    yield desk
    assert world.complaints == []
