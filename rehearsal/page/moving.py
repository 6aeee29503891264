"""Moving the clock by the page: jumps and play outlive the request that asked for them, a reload breaks nothing."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from aiohttp import web

from rehearsal.page.action import Action
from rehearsal.refusals import Json
from rehearsal.stage import Stage

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}
SPEEDS = {
    name: step / timedelta(seconds=1)
    for name, step in {
        "hour": timedelta(hours=1),
        "six-hours": timedelta(hours=6),
        "day": timedelta(days=1),
        "week": timedelta(weeks=1),
    }.items()
}
"""How much of the year goes by in a real second."""
FURTHEST = timedelta(days=800)

log = logging.getLogger(__name__)


class BusyError(RuntimeError):
    """The clock is being moved already."""


class JumpFailedError(RuntimeError):
    """The jump broke off; the log says why."""


@dataclass(eq=False, slots=True)
class _Order:
    go: Callable[[], Awaitable[object]]
    speed: str | None = None
    done: asyncio.Future[None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Mover:
    """Does one thing after another; ``changed`` is called whenever what ``state`` tells becomes different.

    ``speed`` is the name of the pace the clock is played at, ``moving`` is true during a jump, ``over`` says that the
    last play went on to the end of the year.
    """

    def __init__(self, changed: Callable[[], None]) -> None:
        self.moving = False
        self.over = False
        self._playing: _Order | None = None
        self._changed = changed
        self._orders: asyncio.Queue[_Order] = asyncio.Queue()

    @property
    def speed(self) -> str | None:
        return self._playing.speed if self._playing else None

    def state(self) -> Json:
        """What the page shows of it."""
        return {"moving": self.moving, "speed": self.speed, "over": self.over}

    async def while_served(self, _app: web.Application) -> AsyncIterator[None]:
        """For ``Application.cleanup_ctx``."""
        async with asyncio.TaskGroup() as tasks:
            working = tasks.create_task(self._work())
            yield
            working.cancel()

    async def move(self, jump: Callable[[], Awaitable[object]]) -> None:
        """Make the jump, after a play that is being halted, and wait for its end. Raises ``BusyError`` where another
        jump is under way, or ``JumpFailedError``."""
        if self.moving:
            raise BusyError
        self.moving, self.over, self._playing = True, False, None
        await self._order(_Order(jump)).done

    def play(self, speed: str, playing: Callable[[], Awaitable[bool]]) -> None:
        """Go on at that pace, after a play that is being halted. Raises ``BusyError`` during a jump."""
        if self.moving:
            raise BusyError

        async def go() -> None:
            self.over = await playing() and self._playing is order

        order = _Order(go, speed)
        self.over, self._playing = False, order
        self._order(order)

    def pause(self) -> None:
        """The play that is being halted is over."""
        self._playing = None
        self._changed()

    def _order(self, order: _Order) -> _Order:
        self._orders.put_nowait(order)
        self._changed()
        return order

    async def _work(self) -> None:
        while True:
            order = await self._orders.get()
            failed = (order.speed is None or order is self._playing) and not await _made(order.go)
            if order is self._playing:
                self._playing = None
            if order.speed is None:
                self.moving = False
            self._changed()
            if order.done.done():  # whoever asked has gone
                continue
            if failed and order.speed is None:
                order.done.set_exception(JumpFailedError())
            else:
                order.done.set_result(None)


async def _made(go: Callable[[], Awaitable[object]]) -> bool:
    try:
        await go()
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
        return {"jump": self.jump, "play": self.play}

    async def jump(self, asked: Json) -> Json:
        """``{"step": "hour" | "day" | "notice"}`` or ``{"to": "<instant>"}``: answers at the end whether the bot said
        anything on the way."""
        go, calls = self._jump(asked), self.stage.world.calls
        said = calls["sendMessage"]
        if not self.mover.moving:
            self.stage.halt()
        await self.mover.move(go)
        return {"said": calls["sendMessage"] > said}

    def _jump(self, asked: Json) -> Callable[[], Awaitable[object]]:
        stage = self.stage
        if "to" in asked:
            target = datetime.fromisoformat(asked["to"])
            if not timedelta() < target - stage.world.clock() <= FURTHEST:
                raise ValueError("the clock goes ahead, and not for years")
            return lambda: stage.jump_to(target)
        if asked["step"] == "notice":
            return stage.jump_to_next_notice
        by = STEPS[asked["step"]]
        return lambda: stage.jump_by(by)

    async def play(self, asked: Json) -> Json:
        """``{"speed": "hour" | "six-hours" | "day" | "week"}`` a second; ``null`` stops whatever moves the clock."""
        speed = asked["speed"]
        rate = None if speed is None else SPEEDS[speed]
        if rate is None or not self.mover.moving:
            self.stage.halt()
        if rate is None:
            self.mover.pause()
        else:
            self.mover.play(speed, lambda: self.stage.play(rate))
        return {}
