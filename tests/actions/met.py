"""A meeting of item 10 to which the teams of schools were called, for the tests of the door and of the minutes."""

from dataclasses import dataclass
from typing import Any

from bot.core import Core
from domain.meeting import NamedGuest
from domain.meeting_door import DoorBy, DoorFor
from domain.people import Account, Duty, Member, Role
from domain.roadmap import KeptItem, OwedBy, ReviewedBy, Threshold, ThresholdKind
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from tests.meetings import called
from tests.people import SettableClock, Somebody, a_roadmap, a_school, an_item, enrolled, msk

START = msk("2022-03-10 10:00")
WANTS_ALL = Threshold(ThresholdKind.SHARE, 100, "teams")
_NAMES = ("Ольга Лебедева", "Инна Белова", "Глеб Серов", "Дина Котова", "Егор Маслов", "Жанна Юдина")


def somebody(number: int) -> Somebody:
    """A director or a teacher."""
    return Somebody(_NAMES[number % len(_NAMES)], Account("telegram", 500_000_200 + number))


@dataclass
class Met:
    """Item 10 with a meeting at ``START``; ``teams`` are the people of each school, two of each."""

    core: Core
    clock: SettableClock
    marina: Member
    meeting: int
    schools: list[int]
    teams: list[list[Member]]

    async def opens(self, how: DoorBy = DoorBy.CODE, span: DoorFor = DoorFor.FIFTEEN) -> str:
        """Marina opens the door; the code, empty where a button opens it."""
        view = await self.core.meeting_door.open(self.meeting, how, span, by=self.marina, now=self.clock())
        return view.card.one.code

    async def guest(self, who: Member) -> NamedGuest:
        """Somebody among the guests."""
        view = await self.core.meeting_door.look(self.meeting, by=self.marina, now=self.clock())
        return next(each for each in view.card.guests if each.guest.person_id == who.person_id)

    async def marks(self, *people: Member, came: bool = True) -> None:
        """Marina marks them in the list."""
        ids = [one.person_id or 0 for one in people]
        await self.core.meeting_door.mark(self.meeting, ids, came=came, by=self.marina, now=self.clock())

    async def number(self) -> tuple[int, int]:
        """How many teams the indicator of the item counts, of how many."""
        kept = await self.item()
        found = await self.core.indicators.of_item(kept.id, by=self.marina, now=self.clock())
        return found.row.indicator.count.done, found.row.indicator.count.of

    async def item(self) -> KeptItem:
        """The meeting's item as it stands."""
        async with self.core.database.read() as tx:
            (roadmap,) = await roadmap_rows.all_roadmaps(tx)
        return roadmap.items[0]


async def met(core: Core, clock: SettableClock, marina: Member, schools: int = 2, **item: Any) -> Met:
    """The day before, everybody was called; it is five minutes to the beginning."""
    usual: dict[str, Any] = {"owed_by": OwedBy.SCHOOL, "threshold": WANTS_ALL}
    usual["reviewed_by"] = (ReviewedBy.COORDINATOR,)
    await core.roadmaps.load(a_roadmap(an_item(10, "до 20 марта", **usual | item)), now=clock())
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "department", "Департамент")
    homes = [await a_school(core, f"Школа № {number}") for number in range(1, schools + 1)]
    teams = [
        [
            await enrolled(core, somebody(2 * place), Duty(Role.SCHOOL, home, responsible=True), now=clock()),
            await enrolled(core, somebody(2 * place + 1), Duty(Role.SCHOOL, home), now=clock()),
        ]
        for place, home in enumerate(homes)
    ]
    async with core.database.read() as tx:
        (roadmap,) = await roadmap_rows.all_roadmaps(tx)
    made = await called(core, marina, clock(), START, item_id=roadmap.items[0].id)
    clock.set("2022-03-10 09:55")
    return Met(core, clock, marina, made, homes, teams)
