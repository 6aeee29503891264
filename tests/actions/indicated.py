"""A small region whose indicators are looked at: two schools in the south and one in the north."""

from datetime import date

from actions.indicator import Board
from bot.core import Core
from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.happening import NewHappening
from domain.indicator_count import Told
from domain.people import Account, Duty, Member
from domain.roadmap import OwedBy
from storage import completion as completion_rows
from storage import happening as happening_rows
from storage import registry as registry_rows
from storage import told_number as told_rows
from tests.people import SettableClock, Somebody, a_school, enrolled, ivanovo

GALINA = Somebody("Галина Юрьева", Account("telegram", 500_000_021))
"""The municipal coordinator of the southern district."""
VERA = Somebody("Вера Кузнецова", Account("telegram", 500_000_022))
"""The curator of the first school."""
NINA = Somebody("Нина Орлова", Account("telegram", 500_000_023))
"""Of the university."""


class Region:
    """Two schools in the south and one in the north; ids of items are their numbers."""

    def __init__(self, core: Core, clock: SettableClock, marina: Member) -> None:
        self.core, self.clock, self.marina = core, clock, marina
        self.first = self.second = self.north = 0
        self.south = 0

    async def found(self) -> None:
        roadmap = ivanovo()
        self.first = await a_school(self.core, "Школа № 1", "Южный район")
        self.second = await a_school(self.core, "Школа № 2", "Южный район")
        self.north = await a_school(self.core, "Школа № 3", "Северный район")
        await self.core.roadmaps.load(roadmap, now=self.clock())
        async with self.core.database.read() as tx:
            homes = {one.name: one.id for one in (await registry_rows.registry(tx)).municipalities}
        self.south = homes["Южный район"]

    async def accepted(
        self, item: int, *schools: int, party: OwedBy = OwedBy.SCHOOL, until: Step = Step.ACCEPTED
    ) -> None:
        states = {Step.SENT: CompletionState.SENT, Step.ACCEPTED: CompletionState.ACCEPTED}
        async with self.core.database.transaction() as tx:
            for one in schools:
                for step, state in states.items():
                    found = await completion_rows.begin(tx, item, Debtor(party, one), self.clock())
                    await completion_rows.step(tx, found, step, state, 1, self.clock())
                    if step is until:
                        break

    async def held(self, item: int, *days: date, place: int | None = None) -> None:
        async with self.core.database.transaction() as tx:
            for day in days:
                await happening_rows.add(tx, NewHappening(item, place, day, "Семинар"), 1, self.clock())

    async def told(self, item: int, done: int, of: int) -> None:
        async with self.core.database.transaction() as tx:
            await told_rows.tell(tx, item, Told(done, of, self.clock().date()), 1, self.clock())

    async def comes(self, who: Somebody, *duties: Duty) -> Member:
        return await enrolled(self.core, who, *duties, now=self.clock())

    async def board(self, by: Member | None = None) -> Board:
        return await self.core.indicators.board(by=by or self.marina, now=self.clock())
