"""A project that has gone as it should: the winter was lived through and its items closed in time, but one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from channels.telegram import TELEGRAM
from domain.people import Account
from tests.browser.opened import Opened, rehearsal
from tests.people import msk

BEGINNING = msk("2021-11-24 08:30")
CLOSED = {
    "2021-11-25": (1,),
    "2021-12-17": (2, 3, 4),
    "2021-12-28": (7,),
    "2022-01-31": (5, 6),
    "2022-02-01": (9,),
    "2022-02-04": (8, 10, 11),
    "2022-02-22": (12,),
    "2022-02-24": (13,),
}
"""On which day which items were closed; item 14 is left overdue."""


@asynccontextmanager
async def lived(folder: Path, until: str) -> AsyncIterator[Opened]:
    """The stock region at that Moscow time, everything said before it read."""
    async with rehearsal(BEGINNING, folder) as shown:
        for day, numbers in CLOSED.items():
            await shown.stage.jump_to(msk(f"{day} 16:00"))
            for number in numbers:
                await close(shown, number)
        await shown.stage.jump_to(msk(until))
        await shown.world.settle()
        shown.page.view.tallies.read_all()
        yield shown


async def close(shown: Opened, number: int) -> None:
    """The coordinator closes an item, not in the chat."""
    core, now = shown.stage.app.core, shown.world.clock()
    items = [item for known in await core.roadmaps.all() for item in known.items]
    item = next(one for one in items if one.item.number == number)
    coordinator = await core.people.member(Account(TELEGRAM, shown.cast.coordinator.id), now=shown.world.clock())
    await core.roadmaps.close(item.id, "", by=coordinator, now=now)
