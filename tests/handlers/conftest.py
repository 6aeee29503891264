"""A database with the roadmap of 2022 and two coordinators, and a desk to press its buttons at."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from domain.people import Duty, Role
from rehearsal.spec import Spec
from rehearsal.world import World
from storage import survey as survey_rows
from tests.handlers.desk import Desk
from tests.handlers.opening import a_world, found_spec, opened, people
from tests.people import IGOR, OLGA, a_school, enrolled
from texts import Texts


@pytest.fixture(scope="session")
def peopled_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The shipped roadmap, Marina and Pavel as coordinators; made once and copied."""
    path = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("peopled") / "peopled.db"))
    asyncio.run(people(path))
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
    return found_spec()


@pytest.fixture
def world(spec: Spec | None) -> World:
    return a_world(spec)


Reopen = Callable[[], Awaitable[Desk]]


@pytest.fixture
async def reopen(world: World, database_file: Path) -> AsyncIterator[Reopen]:
    """The bot starts again: nothing is kept but the database."""
    async with AsyncExitStack() as stack:
        yield lambda: stack.enter_async_context(opened(world, database_file))


@pytest.fixture
async def desk(reopen: Reopen, world: World) -> AsyncIterator[Desk]:
    """Everybody has pressed «Start»; only Marina and Pavel are in the project."""
    desk = await reopen()
    for person in (desk.marina, desk.pavel, desk.olga, desk.igor):
        person.starts()
    await desk.settle()
    yield desk
    assert world.complaints == []


@pytest.fixture
async def seven(desk: Desk) -> int:
    """Olga is responsible for a ninth school; Igor is its curator."""
    core, now = desk.app.core, desk.world.clock()
    school = await a_school(core)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=now)
    await enrolled(core, IGOR, Duty(Role.CURATOR, school), now=now)
    return school


@pytest.fixture
async def no_surveys(desk: Desk) -> None:
    """The surveys that the roadmap brings are cancelled: items 16, 26 and 30 are confirmed like any other."""
    async with desk.app.core.database.transaction() as tx:
        for survey in await survey_rows.all_surveys(tx):
            await survey_rows.change(tx, replace(survey, cancelled_at=desk.world.clock()))
