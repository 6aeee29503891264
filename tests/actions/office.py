"""The product at work on days of the tests' choosing: plan, deliver, and what arrived."""

from datetime import date, timedelta

from actions.outbox import Outbox
from bot.core import Core
from domain.roadmap import Item
from tests.people import RecordingChannel, SettableClock, a_roadmap


class Office:
    """The product on its days: ``at`` sets the clock, plans and delivers."""

    def __init__(self, core: Core, outbox: Outbox, channel: RecordingChannel, clock: SettableClock) -> None:
        self.core, self.outbox, self.channel, self.clock = core, outbox, channel, clock

    async def load(self, *items: Item) -> None:
        await self.core.roadmaps.load(a_roadmap(*items), now=self.clock())

    async def at(self, moment: str) -> dict[int, list[str]]:
        """What arrives at that moment: chat → texts."""
        self.clock.set(moment)
        before = len(self.channel.sent)
        await self.core.notices.plan(self.clock())
        while await self.outbox.deliver():
            pass
        said: dict[int, list[str]] = {}
        for message in self.channel.sent[before:]:
            said.setdefault(message.chat.chat_id, []).append(message.text)
        return said

    async def days(self, chat_id: int, first: str, last: str, at: str = "09:00") -> list[int]:
        """The days of the month from ``first`` to ``last`` on which something arrives in a chat at that time."""
        day, found = date.fromisoformat(first), []
        while day <= date.fromisoformat(last):
            if chat_id in await self.at(f"{day} {at}"):
                found.append(day.day)
            day += timedelta(days=1)
        return found

    async def item_id(self, number: int = 1) -> int:
        return next(
            one.id for kept in await self.core.roadmaps.all() for one in kept.items if one.item.number == number
        )
