"""Jumps of the clock that outlive the request which asked for them: a reload in the middle breaks nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from rehearsal.page.action import Action
from rehearsal.refusals import Json
from rehearsal.stage import Stage

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}

log = logging.getLogger(__name__)


class BusyError(RuntimeError):
    """The clock is being moved already."""


class JumpFailedError(RuntimeError):
    """The jump broke off; the log says why."""


@dataclass(frozen=True, slots=True)
class _Order:
    jump: Callable[[], Awaitable[object]]
    done: asyncio.Future[None]


class Mover:
    """One jump at a time; ``changed`` is called when ``moving`` becomes true and when it becomes false."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self.moving = False
        self._changed = changed
        self._orders: asyncio.Queue[_Order] = asyncio.Queue()

    async def while_served(self, _app: web.Application) -> AsyncIterator[None]:
        """For ``Application.cleanup_ctx``."""
        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(self._work())
            yield
            working.cancel()

    async def move(self, jump: Callable[[], Awaitable[object]]) -> None:
        """Make the jump and wait for its end. Raises ``BusyError`` or ``JumpFailedError``."""
        if self.moving:
            raise BusyError
        self.moving = True
        self._changed()
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._orders.put_nowait(_Order(jump, done))
        await done

    async def _work(self) -> None:
        while True:
            order = await self._orders.get()
            failed = not await _made(order.jump)
            self.moving = False
            self._changed()
            if order.done.done():  # whoever asked has gone
                continue
            if failed:
                order.done.set_exception(JumpFailedError())
            else:
                order.done.set_result(None)


async def _made(jump: Callable[[], Awaitable[object]]) -> bool:
    try:
        await jump()
    except Exception:
        log.exception("a jump of the clock broke off")
        return False
    return True


class ClockActions:
    """The buttons of the clock."""

    def __init__(self, stage: Stage, mover: Mover) -> None:
        self.stage = stage
        self.mover = mover

    def table(self) -> dict[str, Action]:
        """The actions by their names."""
        return {"jump": self.jump}

    async def jump(self, asked: Json) -> Json:
        """``{"step": "hour" | "day" | "notice"}`` → whether the bot said anything on the way; answers at the end."""
        stage, step, calls = self.stage, asked["step"], self.stage.world.calls
        said = calls["sendMessage"]
        if step == "notice":
            await self.mover.move(stage.jump_to_next_notice)
        else:
            by = STEPS[step]
            await self.mover.move(lambda: stage.jump_by(by))
        return {"said": calls["sendMessage"] > said}
