"""A desk from nothing: a database with the roadmap and two coordinators, a world, an application in process."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.app import build
from bot.core import build_core
from bot.settings import Settings
from rehearsal.clock import MovableClock
from rehearsal.in_process import InProcess
from rehearsal.spec import Spec, spec_file
from rehearsal.world import World
from tests.conftest import database_url
from tests.handlers.desk import Desk, enters
from tests.people import IGOR, MARINA, OLGA, PAVEL, Look, comes_in, ivanovo, msk

TOKEN = "42:TEST"
PUBLIC_URL = "https://road.example.org"
"""Where calendars lie."""
NOON = msk("2022-03-10 12:00")
"""A Thursday; item 16 begins, items before 15 are overdue."""


def settings_of(database_file: Path) -> Settings:
    """A deployment with a token of the stand-in."""
    url = database_url(database_file)
    token = SecretStr(TOKEN)
    return Settings(_env_file=None, bot_token=token, telegram_api="", database_url=url, public_url=PUBLIC_URL)


async def people(database_file: Path) -> None:
    """The shipped roadmap, Marina and Pavel as coordinators."""
    core = build_core(settings_of(database_file))
    await core.roadmaps.load(ivanovo(), now=NOON)
    for who in (MARINA, PAVEL):
        await comes_in(core, who, NOON)
    await core.database.close()


def found_spec() -> Spec | None:
    """The messenger's specification, where there is one."""
    path = spec_file()
    return Spec(path) if path else None


def a_world(spec: Spec | None) -> World:
    """A world whose clock stands still, so that nobody waits for limits; every call is compared with the spec."""
    world = World(MovableClock(NOON))
    world.flood = None
    world.add_bot(TOKEN, username="road_bot", name="Дорожная карта")
    if spec is not None:
        world.audit = lambda method, asked, result: world.complaints.extend(spec.call(method, asked, result))
    return world


@asynccontextmanager
async def opened(world: World, database_file: Path) -> AsyncIterator[Desk]:
    """A new application over the same database, in the same world."""
    app = build(settings_of(database_file), world.clock, InProcess(world))
    people = {who.account.account_id: who for who in (MARINA, PAVEL, OLGA, IGOR)}
    cast = [world.people.get(key) or enters(world, who) for key, who in people.items()]
    try:
        yield Desk(world, app, Look(database_file), *cast)
    finally:
        await app.core.database.close()
