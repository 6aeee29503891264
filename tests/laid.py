"""The stock region of a rehearsal, laid out once in a process for each beginning: everybody who opens it afterwards
has a copy of their own, in which the bot starts again. Laying takes a second, copying a hundredth of one."""

import asyncio
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.settings import Settings
from rehearsal.clock import MovableClock
from rehearsal.region import Cast, cast_of
from rehearsal.stage import TOKEN, Stage, open_scene, open_stage
from rehearsal.world import World
from rehearsal.world_server import WorldServer

NAME = "Дорожная карта"
_FILE = "rehearsal.db"


@dataclass(frozen=True)
class Laid:
    """Everybody is in, both groups are bound, no bot runs. ``drawn`` is how far the codes have been drawn."""

    world: World
    cast: Cast
    database: bytes
    drawn: tuple[Any, ...]

    async def goes_on(self, stage: Stage) -> None:
        """The bot that starts here draws codes that nobody has yet; returns when it listens."""
        stage.app.core.invites._chance.setstate(self.drawn)
        async with asyncio.timeout(10):
            while not self.world.bot.polled:  # noqa: ASYNC110  asking for updates rings no bell
                await asyncio.sleep(0.003)


_LAID: dict[tuple[datetime, str], Laid] = {}


def a_world(start: datetime, name: str = NAME) -> World:
    """A world at that instant with the bot of a rehearsal, to whom nobody has talked."""
    world = World(MovableClock(start))
    world.add_bot(TOKEN, "roadmap_500_bot", name)
    return world


async def laid(start: datetime, folder: Path, name: str = NAME) -> Laid:
    """A copy of the region that was laid out at that instant (UTC); its database is in the folder."""
    made = _LAID.get((start, name))
    if made is None:
        made = _LAID[start, name] = await _lay(a_world(start, name), folder)
    (folder / _FILE).write_bytes(made.database)
    world, cast = deepcopy((made.world, made.cast))
    return Laid(world, cast, made.database, made.drawn)


async def _lay(world: World, folder: Path) -> Laid:
    """As a rehearsal does it, by the buttons that anybody would press."""
    async with WorldServer(world) as server, open_stage(world, server.base, folder, Settings(_env_file=None)) as stage:
        cast = cast_of(world)
        await open_scene(stage, cast)
        await world.settle()
        drawn = stage.app.core.invites._chance.getstate()
    assert world.complaints == []
    world.busy.clear()  # the bot that was there is gone
    world.bot.polled = False
    return Laid(world, cast, (folder / _FILE).read_bytes(), drawn)
