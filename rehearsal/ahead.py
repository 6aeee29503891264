"""The next instant at which the product has something to do by itself."""

from datetime import datetime, timedelta

from bot.app import App
from rehearsal.settling import pushed
from rehearsal.world import World

_FURTHER = timedelta(days=30)
"""How much more than was asked is looked up, so that small steps do not ask again and again."""


class Ahead:
    """Looks ahead once for a whole jump; looks again when people may have changed what is to come.

    Only what people do can bring something new: every update the bot is given makes what is remembered worthless.
    """

    def __init__(self, world: World, app: App) -> None:
        self.world = world
        self.app = app
        self._planned: list[datetime] = []
        self._planned_until: datetime | None = None
        self._planned_at = 0
        self._waiting: datetime | None = None
        self._waiting_at = 0
        self.forget()

    def forget(self) -> None:
        """Something may have changed past the bot."""
        self._planned_at = self._waiting_at = -1

    def is_planned(self, moment: datetime) -> bool:
        """Whether notices are due at this instant; else there is only something to be tried again."""
        return moment in self._planned[:1]

    async def waiting(self) -> datetime | None:
        """When the outbox has something to try, asked anew: at once, later, or never."""
        self._waiting_at = pushed(self.world)
        self._waiting = await self.app.outbox.next_moment()
        return self._waiting

    async def next(self, until: datetime, *, overdue: bool) -> datetime | None:
        """The first instant after now and up to ``until`` at which something is planned or waits to be tried.

        With ``overdue`` also what waits since a moment ago: a clock that runs may have passed its instant just now.
        """
        if self._waiting_at != pushed(self.world):
            await self.waiting()
        now = self.world.clock()
        if self._planned_at != pushed(self.world) or self._planned_until is None or self._planned_until < until:
            self._planned_at = pushed(self.world)
            self._planned_until = until + _FURTHER
            self._planned = await self.app.core.outlook.moments(now, self._planned_until)
        while self._planned and self._planned[0] <= now:
            self._planned.pop(0)
        found = [*self._planned[:1], *([] if self._waiting is None else [self._waiting])]
        return min([moment for moment in found if (overdue or now < moment) and moment <= until], default=None)
