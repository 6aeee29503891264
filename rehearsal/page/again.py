"""What the page shows as a whole, the year and the troubles, has changed: it is told to ask for it again."""

import asyncio
from collections.abc import AsyncIterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from aiohttp import web

from rehearsal.events import Event
from rehearsal.world import World

_GATHERED_S = 0.3
"""A pause before telling: the product writes down what a call brought, and a jump brings many."""
_SAYING = ("send", "edit", "answer", "delete")
_MATTERS = {"chat", "membership"}


class Again:
    """Publishes «timeline» and «troubles» a while after something happened, once for all that happened till then."""

    def __init__(self, world: World, zone: ZoneInfo) -> None:
        self._world = world
        self._zone = zone
        self._day = self._today(world.clock())
        self._rung = asyncio.Event()
        world.on_call.append(self._called)
        world.events.listeners.append(self._heard)
        world.clock.on_move.append(self._moved)

    def ring(self) -> None:
        """Something has changed."""
        self._rung.set()

    def _moved(self, now: datetime) -> None:
        """How items stand depends on the day."""
        if (today := self._today(now)) != self._day:
            self._day = today
            self.ring()

    def _today(self, now: datetime) -> date:
        return now.astimezone(self._zone).date()

    def _called(self, method: str) -> None:
        if method.startswith(_SAYING):
            self.ring()

    def _heard(self, event: Event) -> None:
        if event.kind in _MATTERS:
            self.ring()

    async def while_served(self, _app: web.Application) -> AsyncIterator[None]:
        """For ``Application.cleanup_ctx``."""
        async with asyncio.TaskGroup() as tasks:
            telling = tasks.create_task(self._tell())
            yield
            telling.cancel()

    async def _tell(self) -> None:
        while True:
            await self._rung.wait()
            await asyncio.sleep(_GATHERED_S)
            self._rung.clear()
            self._world.events.publish(Event("timeline"))
            self._world.events.publish(Event("troubles"))
