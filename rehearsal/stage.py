"""The product and its world in one process, with a clock that can be moved: what a rehearsal plays on."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from random import Random

from pydantic import SecretStr

from bot.app import REQUEST_TIMEOUT_S, App, build
from bot.running import serve
from bot.settings import Settings
from domain.notice import last_day
from domain.people import Role
from domain.roadmap_file import read_roadmap
from rehearsal.ahead import Ahead
from rehearsal.laying import lay_region
from rehearsal.region import Cast
from rehearsal.settling import STEP, is_answering, pushed
from rehearsal.stock import LoopbackSession
from rehearsal.world import World
from storage.migrate import upgrade

log = logging.getLogger(__name__)

TOKEN = "500500:REHEARSAL-never-leaves-this-machine"  # noqa: S105  known only to the stand-in on loopback
ROADMAP = Path(__file__).parent.parent / "roadmaps" / "ivanovo-2022.toml"
FRAME_S = 0.1
"""How often a played clock moves, in real seconds."""
_LONGEST_FRAME_S = 0.25
_LONGEST_SEARCH = 60
_MOST_TRIES = 10
_PATIENCE_S = 5.0


class Stage:
    """Moves the clock so that every due moment on the way is lived through, in order. People come first: the clock
    stands still while the bot is busy with what somebody did.
    """

    def __init__(self, world: World, app: App) -> None:
        self.world = world
        self.app = app
        self._ahead = Ahead(world, app)
        self._turn = asyncio.Lock()
        self._halted = False
        self._closed = False
        self._given_up = -1
        self._planned_after = -1

    def halt(self) -> None:
        """Whatever moves the clock stops before its next moment."""
        self._halted = True

    async def close(self) -> None:
        """Halt for good; returns when what is being lived through is over."""
        self._closed = True
        async with self._turn:
            pass

    async def jump_by(self, step: timedelta) -> datetime:
        """Move ahead by ``step``."""
        return await self.jump_to(self.world.clock() + step)

    async def jump_to(self, target: datetime) -> datetime:
        """Move ahead to ``target`` (UTC) unless halted on the way; returns where the clock stands."""
        async with self._moves():
            await self._live(target)
            return self.world.clock()

    async def jump_to_next_notice(self) -> datetime:
        """Move to the next moment at which the bot says something by itself, or tries to and meets trouble; stay where
        nothing is to be said.
        """
        async with self._moves():
            tried = self._tried()
            for _ in range(_LONGEST_SEARCH):
                moment = await self.app.core.outlook.next_moment(self.world.clock())
                if moment is None or self._is_halted():
                    break
                await self._live(moment)
                if self._tried() > tried:
                    break
            return self.world.clock()

    async def play(self, rate: float) -> bool:
        """Go on ``rate`` times as fast as real time until halted; true when the roadmap's year is over."""
        async with self._moves():
            await self.tick()
            seen = time.monotonic()
            while not (over := self.world.clock() >= (until := await self._end())) and not self._is_halted():
                while not self._is_halted() and self.world.clock() < until:
                    await asyncio.sleep(FRAME_S)
                    now = time.monotonic()
                    step = min(now - seen, _LONGEST_FRAME_S) * rate
                    seen = now
                    await self._pass(min(self.world.clock() + timedelta(seconds=step), until))
            return over

    async def _end(self) -> datetime:
        """Noon of the day after the last deadline: by then it was offered to carry the roadmap over."""
        roadmaps = await self.app.core.roadmaps.all()
        ends = [end for one in roadmaps if (end := last_day(one.roadmap))]
        day = max(ends, default=date.max - timedelta(days=2)) + timedelta(days=1)
        return datetime.combine(day, time_of_day(12), self.app.core.project.zone).astimezone(UTC)

    @asynccontextmanager
    async def _moves(self) -> AsyncIterator[None]:
        async with self._turn:
            self._halted = False
            self._ahead.forget()
            yield

    def _is_halted(self) -> bool:
        return self._halted or self._closed

    async def _live(self, target: datetime) -> None:
        await self.tick()
        await self._pass(target)
        await self.tick()

    async def _pass(self, target: datetime) -> None:
        """Through every due moment up to ``target``."""
        patience, in_vain = time.monotonic() + _PATIENCE_S, 0
        while not self._is_halted():
            await self._people_first(patience)
            moment = await self._ahead.next(target, overdue=in_vain < _MOST_TRIES)
            if self._is_answering() and time.monotonic() < patience:  # somebody did something just now
                continue
            self.world.clock.reach(moment or target)
            if moment is None:
                return
            in_vain = 0 if await self.tick(planned=self._ahead.is_planned(moment)) else in_vain + 1
            patience = time.monotonic() + _PATIENCE_S

    async def _people_first(self, patience: float) -> None:
        """Wait until everybody is answered, at most until then; a bot that is stuck holds the clock up once."""
        while self._is_answering() and time.monotonic() < patience:  # noqa: ASYNC110  most of what it asks rings no bell
            await asyncio.sleep(STEP)
        if self._is_answering():
            self._given_up = pushed(self.world)

    def _is_answering(self) -> bool:
        return is_answering(self.world) and pushed(self.world) != self._given_up

    async def tick(self, *, planned: bool = True) -> bool:
        """What the clockwork does, at once and again while there is something to try at this very moment.

        Where nothing is ``planned``, and nobody did anything since, there is nothing to plan. Says whether anything was
        tried.
        """
        steps = pushed(self.world)
        if planned or steps != self._planned_after:
            await self.app.core.survey_course.run(self.world.clock())
            await self.app.core.visit_course.run(self.world.clock())
            await self.app.core.meeting_course.run(self.world.clock())
            await self.app.core.notices.plan(self.world.clock())
            self._planned_after = steps
        ever = False
        for _ in range(_MOST_TRIES):
            await self.app.core.broadcast_laying.run(self.world.clock())
            tried = await self.app.outbox.deliver()
            await self.app.broadcast_course.run(self.world.clock())
            ever = ever or tried > 0
            waiting = await self._ahead.waiting()
            if not tried or waiting is None or waiting > self.world.clock():
                break
        return ever

    def _tried(self) -> int:
        return self.world.calls["sendMessage"] + self.world.faults.met_ever


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
        "files_folder": str(folder / "files"),
    }
    session = LoopbackSession(base, timeout=REQUEST_TIMEOUT_S)
    app = build(settings.model_copy(update=own), world.clock, session, Random(TOKEN))  # noqa: S311  codes that come again
    world.busy.append(lambda: app.in_flight.is_busy)
    try:
        await upgrade(app.core.database)
        await app.core.roadmaps.load(read_roadmap(ROADMAP.read_text(encoding="utf-8")), now=world.clock())
        async with asyncio.TaskGroup() as running:
            serving = running.create_task(serve(app, handle_signals=False))
            stage = Stage(world, app)
            try:
                yield stage
            finally:
                await stage.close()
                try:
                    await app.dispatcher.stop_polling()
                except RuntimeError:  # it has not begun to poll yet
                    serving.cancel()
                await asyncio.wait([serving])
    finally:
        await app.bot.session.close()
        await app.core.database.close()


async def open_scene(stage: Stage, cast: Cast) -> None:
    """The coordinator comes in by a code, then everybody of the region, and both groups are bound: by the same buttons
    as anybody would."""
    invitation = await stage.app.core.invites.invite(Role.COORDINATOR, now=stage.world.clock())
    await cast.coordinator.starts(invitation.code)
    await cast.coordinator.presses("Согласен")
    await lay_region(stage.world, stage.app.core, cast)
    for group in (cast.project, cast.vector):
        await cast.coordinator.adds_bot(group)
        await cast.coordinator.presses(f"Привязать как «{group.name}»")
