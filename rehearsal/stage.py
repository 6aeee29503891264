"""The product and its world in one process, with a clock that can be moved: what a rehearsal plays on."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import SecretStr

from bot.app import App, build
from bot.running import serve
from bot.settings import Settings
from domain.people import Role
from domain.roadmap_file import read_roadmap
from rehearsal.region import Cast
from rehearsal.world import World
from storage.migrate import upgrade

log = logging.getLogger(__name__)

TOKEN = "500500:REHEARSAL-never-leaves-this-machine"  # noqa: S105  known only to the stand-in on loopback
ROADMAP = Path(__file__).parent.parent / "roadmaps" / "ivanovo-2022.toml"
_LONGEST_SEARCH = 60
_MOST_TRIES = 10


class Stage:
    """Moves the clock so that every due moment on the way is lived through, in order."""

    def __init__(self, world: World, app: App) -> None:
        self.world = world
        self.app = app
        self._moving = asyncio.Lock()

    async def jump_by(self, step: timedelta) -> datetime:
        """Move ahead by ``step``."""
        return await self.jump_to(self.world.clock() + step)

    async def jump_to(self, target: datetime) -> datetime:
        """Move ahead to ``target`` (UTC)."""
        async with self._moving:
            return await self._jump_to(target)

    async def jump_to_next_notice(self) -> datetime:
        """Move to the next moment at which the bot says something by itself; stay where nothing is to be said."""
        async with self._moving:
            said = self._said()
            for _ in range(_LONGEST_SEARCH):
                moment = await self.app.core.notices.next_moment(self.world.clock())
                if moment is None:
                    break
                await self._jump_to(moment)
                if self._said() > said:
                    break
            return self.world.clock()

    async def _jump_to(self, target: datetime) -> datetime:
        await self.tick()
        while (moment := await self._next_moment()) is not None and moment <= target:
            self.world.clock.reach(moment)
            await self.tick()
        self.world.clock.reach(target)
        await self.tick()
        return self.world.clock()

    async def _next_moment(self) -> datetime | None:
        now = self.world.clock()
        planned = await self.app.core.notices.next_moment(now)
        waiting = await self.app.outbox.next_moment()
        later = [moment for moment in (planned, waiting) if moment is not None and moment > now]
        return min(later, default=None)

    async def tick(self) -> None:
        """What the clockwork does, at once and again while there is something to try at this very moment."""
        await self.app.core.notices.plan(self.world.clock())
        for _ in range(_MOST_TRIES):
            if not await self.app.outbox.deliver():
                break

    def _said(self) -> int:
        return self.world.calls["sendMessage"]


@asynccontextmanager
async def open_stage(world: World, base: str, folder: Path, settings: Settings) -> AsyncIterator[Stage]:
    """The stock application with a database of its own in ``folder``, talking to the world at ``base``.

    Nothing of the real settings is touched but the zone and the logs: neither the token nor the database.
    """
    own = {
        "bot_token": SecretStr(TOKEN),
        "telegram_api": base,
        "telegram_proxy": None,
        "database_url": f"sqlite+aiosqlite:///{folder / 'rehearsal.db'}",
    }
    app = build(settings.model_copy(update=own), world.clock)
    world.busy.append(lambda: app.in_flight.is_busy)
    try:
        await upgrade(app.core.database)
        await app.core.roadmaps.load(read_roadmap(ROADMAP.read_text(encoding="utf-8")), now=world.clock())
        async with asyncio.TaskGroup() as running:
            serving = running.create_task(serve(app, handle_signals=False))
            try:
                yield Stage(world, app)
            finally:
                try:
                    await app.dispatcher.stop_polling()
                except RuntimeError:  # it has not begun to poll yet
                    serving.cancel()
                await asyncio.wait([serving])
    finally:
        await app.bot.session.close()
        await app.core.database.close()


async def open_scene(stage: Stage, cast: Cast) -> None:
    """The coordinator comes in by a code and binds both groups, by the same buttons as anybody would."""
    invitation = await stage.app.core.people.invite(Role.COORDINATOR, now=stage.world.clock())
    cast.coordinator.starts(invitation.code)
    await stage.world.settle()
    for group in (cast.project, cast.vector):
        cast.coordinator.adds_bot(group)
        await stage.world.settle()
        await cast.coordinator.presses(f"Привязать как «{group.name}»")
