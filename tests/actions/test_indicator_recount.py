"""Whatever happens, every indicator is what a slow recount of the rows gives."""

import asyncio
import contextlib
import shutil
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actions.indicator import measured, measured_item
from bot.core import Core, build_core
from bot.settings import Settings
from domain.completion import CompletionState, Step
from domain.debtor import Debtor
from domain.happening import NewHappening
from domain.indicator import Indicator
from domain.indicator_count import Told
from domain.item_field import ItemField
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import KeptItem, OwedBy
from storage import completion as completion_rows
from storage import happening as happening_rows
from storage import people as people_rows
from storage import registry as registry_rows
from storage import roadmap as roadmap_rows
from storage import told_number as told_rows
from tests.actions.recount import Recount, recounted
from tests.conftest import database_url
from tests.people import MARINA, SettableClock, a_school, comes_in, ivanovo, msk

DEADLINES = ("до 14.04.2022", "15.03.2022 – 11.05.2022", "20.12.2021 – 31.12.2022", "09.05.2022")
COUNTED = (10, 12, 15, 16, 20, 23, 24, 26, 30, 34)
"""The items that can be anything but done or not: each way of counting is among them."""


@dataclass
class World:
    """A small region and what may happen in it; every deed takes numbers and finds something to do it to."""

    core: Core
    file: Path
    clock: SettableClock
    marina: Member
    items: dict[int, KeptItem]
    people: list[int] = field(default_factory=list)
    held: list[int] = field(default_factory=list)

    def item(self, number: int) -> KeptItem:
        return self.items[COUNTED[number % len(COUNTED)]]

    async def debtor(self, tx: Any, kept: KeptItem, number: int) -> Debtor:
        registry = await registry_rows.registry(tx)
        known = {
            OwedBy.SCHOOL: [one.id for one in registry.schools],
            OwedBy.MUNICIPALITY: [one.id for one in registry.municipalities],
            OwedBy.CURATOR: [one.id for one in registry.holders(Role.CURATOR)],
            OwedBy.EXECUTORS: [0],
        }[kept.item.owed_by] or [77]
        return Debtor(kept.item.owed_by, known[number % len(known)])

    async def accepts(self, one: int, other: int) -> None:
        async with self.core.database.transaction() as tx:
            kept, now = self.item(one), self.clock()
            found = await completion_rows.begin(tx, kept.id, await self.debtor(tx, kept, other), now)
            if found.state in (CompletionState.DRAFT, CompletionState.RETURNED):
                await completion_rows.step(tx, found, Step.SENT, CompletionState.SENT, 1, now)
                return
            if found.state is CompletionState.SENT:
                await completion_rows.step(tx, found, Step.ACCEPTED, CompletionState.ACCEPTED, 1, now)

    async def returns(self, one: int, other: int) -> None:
        async with self.core.database.transaction() as tx:
            kept, now = self.item(one), self.clock()
            found = await completion_rows.find(tx, kept.id, await self.debtor(tx, kept, other))
            if found is not None and found.state in (CompletionState.SENT, CompletionState.ACCEPTED):
                step = Step.RETURNED if found.state is CompletionState.SENT else Step.REOPENED
                await completion_rows.step(tx, found, step, CompletionState.RETURNED, 1, now, "исправьте")

    async def exempts(self, one: int, other: int) -> None:
        async with self.core.database.transaction() as tx:
            kept = self.item(one)
            debtor = await self.debtor(tx, kept, other)
            if not await completion_rows.apply(tx, kept.id, debtor):
                await completion_rows.exempt(tx, kept.id, debtor, "не по профилю", 1, self.clock())

    async def adds_school(self, one: int, other: int) -> None:
        school = await a_school(self.core, f"Школа № {one % 12}", f"Район № {other % 4}")
        await self._joins(Duty(Role.SCHOOL, school_id=school), one)

    async def joins_team(self, one: int, other: int) -> None:
        async with self.core.database.read() as tx:
            schools = (await registry_rows.registry(tx)).schools
        role = Role.CURATOR if one % 3 == 0 else Role.SCHOOL
        await self._joins(Duty(role, school_id=schools[other % len(schools)].id), one)

    async def _joins(self, duty: Duty, one: int) -> None:
        async with self.core.database.transaction() as tx:
            if one % 2 or not self.people:
                self.people.append(await people_rows.add_person(tx, f"Участник {one}", self.clock()))
            person = self.people[one % len(self.people)]
            await registry_rows.give_duty(tx, person, duty, self.clock())

    async def loses_school(self, one: int, _other: int) -> None:
        async with self.core.database.read() as tx:
            schools = (await registry_rows.registry(tx)).schools
        if len(schools) > 1:
            await self.core.registries.school_left(schools[one % len(schools)].id, by=self.marina, now=self.clock())
        async with self.core.database.read() as tx:
            left = {person.id for person in (await registry_rows.registry(tx)).people}
        self.people = [one for one in self.people if one in left]

    async def holds(self, one: int, other: int) -> None:
        async with self.core.database.transaction() as tx:
            kept = self.items[(15, 23, 24)[one % 3]]
            homes = (await registry_rows.registry(tx)).municipalities
            place = homes[other % len(homes)].id if kept.item.number == 24 else None
            day = self.clock().date() + timedelta(days=other - 12)
            new = NewHappening(kept.id, place, day, "Семинар")
            self.held.append(await happening_rows.add(tx, new, 1, self.clock()))

    async def takes_back(self, one: int, _other: int) -> None:
        async with self.core.database.transaction() as tx:
            if self.held:
                await happening_rows.take_away(tx, self.held[one % len(self.held)], self.clock())

    async def tells(self, one: int, other: int) -> None:
        async with self.core.database.transaction() as tx:
            kept = self.items[(16, 26, 30)[one % 3]]
            await told_rows.forget(tx, kept.id)
            if other:
                await told_rows.tell(tx, kept.id, Told(one, other, self.clock().date()), 1, self.clock())

    async def waits(self, one: int, other: int) -> None:
        self.clock.advance(days=one % 40, hours=other)

    async def closes(self, one: int, other: int) -> None:
        change = self.core.roadmaps.close if other % 2 else None
        if change is not None:
            await change(self.item(one).id, "", by=self.marina, now=self.clock())
        else:
            await self.core.roadmaps.reopen(self.item(one).id, by=self.marina, now=self.clock())

    async def turns_over(self, one: int, other: int) -> None:
        """Another party owes it; what is counted in one party alone stays theirs."""
        with contextlib.suppress(Refusal):
            await self._corrects(self.item(one), ItemField.OWED_BY, list(OwedBy)[other % len(OwedBy)])

    async def moves(self, one: int, other: int) -> None:
        await self._corrects(self.item(one), ItemField.DEADLINE, DEADLINES[other % len(DEADLINES)])

    async def _corrects(self, kept: KeptItem, what: ItemField, text: str) -> None:
        await self.core.roadmaps.correct(kept.id, what, text, by=self.marina, now=self.clock())
        self.items = {kept.item.number: kept for one in await self.core.roadmaps.all() for kept in one.items}

    async def loses_person(self, one: int, _other: int) -> None:
        if self.people:
            gone = self.people.pop(one % len(self.people))
            await self.core.persons.remove(gone, by=self.marina, now=self.clock())

    async def check(self) -> None:
        today = self.core.project.today(self.clock())
        async with self.core.database.read() as tx:
            roadmaps = await roadmap_rows.all_roadmaps(tx)
            found = await measured(tx, self.core.project, roadmaps, today)
            kept, roadmap = next(
                (kept, one.roadmap) for one in roadmaps for kept in one.items if kept.item.number == 16
            )
            alone = await measured_item(tx, self.core.project, kept, roadmap, today)
        assert {item: as_recounted(number) for item, number in found.items()} == recounted(self.file, today)
        assert alone == found[kept.id]


def as_recounted(number: Indicator) -> Recount:
    found = number.count
    missing = frozenset((str(one.party), one.id) for one in found.missing)
    counted = Recount(found.done, found.of, found.needed, tuple(sorted(found.days)), missing, found.months)
    return replace(counted, left=number.working_days_left, late_at=number.forecast, state=str(number.state))


Deed = Callable[[World, int, int], Awaitable[None]]
DEEDS: tuple[Deed, ...] = (
    World.accepts, World.accepts, World.accepts, World.returns, World.exempts, World.adds_school, World.joins_team,
    World.joins_team, World.loses_school, World.holds, World.holds, World.takes_back, World.tells, World.waits,
    World.closes, World.turns_over, World.moves, World.loses_person,
)  # fmt: skip


@pytest.fixture(scope="module")
def region_file(tmp_path_factory: pytest.TempPathFactory, migrated_file: Path) -> Path:
    """The shipped roadmap and Marina; made once and copied."""
    file = Path(shutil.copy(migrated_file, tmp_path_factory.mktemp("recount") / "region.db"))

    async def make() -> None:
        core = build_core(_settings(file))
        await core.roadmaps.load(ivanovo(), now=msk("2022-01-15 12:00"))
        await comes_in(core, MARINA, msk("2022-01-15 12:00"))
        await core.database.close()

    asyncio.run(make())
    return file


def _settings(file: Path) -> Settings:
    return Settings(_env_file=None, bot_token=None, telegram_api="", database_url=database_url(file))


async def play(file: Path, deeds: list[tuple[Deed, int, int]], *, is_checked: bool = True) -> None:
    clock = SettableClock(msk("2022-03-06 00:30"))
    core = build_core(_settings(file))
    try:
        marina = await core.people.member(MARINA.account, now=clock())
        items = {kept.item.number: kept for one in await core.roadmaps.all() for kept in one.items}
        world = World(core, file, clock, marina, items)
        for deed, one, other in deeds:
            await deed(world, one, other)
            if is_checked:
                await world.check()
    finally:
        await core.database.close()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 60), st.integers(0, 24)), min_size=1, max_size=25))
def test_after_every_change_the_indicators_agree_with_a_slow_recount(
    region_file: Path, deeds: list[tuple[Deed, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(shutil.copy(region_file, Path(folder) / "region.db")), deeds))


BUSY: list[tuple[Deed, int, int]] = [
    *((World.joins_team, one, one) for one in range(1, 20)),
    *((World.accepts, one, other) for one in range(10) for other in range(3) for _ in range(2)),
    *((World.holds, one, other) for one in range(6) for other in (10, 12, 14)),
]
"""A fixed walk in which something of every item is done."""
UNDOING: list[tuple[Deed, int, int]] = [
    (World.tells, 0, 24),
    (World.tells, 30, 24),
    (World.tells, 0, 0),
    (World.tells, 60, 0),
    (World.waits, 2, 0),
    *((World.takes_back, one, 0) for one in range(0, 18, 5)),
    *((World.returns, one, 0) for one in range(0, 10, 3)),
    *((World.exempts, one, 1) for one in range(0, 10, 2)),
    *((World.loses_school, one, 0) for one in (0, 3, 5)),
    *((World.exempts, one, 1) for one in range(0, 10, 2)),
    *((World.closes, one, one) for one in range(10)),
    *((World.turns_over, one, one + 1) for one in range(10)),
    *((World.moves, one, one) for one in range(10)),
    *((World.loses_person, one, 0) for one in range(4)),
    *((World.closes, one, 0) for one in range(10)),
    *((World.waits, 30, 0) for _ in range(3)),
]


def test_the_walk_comes_to_every_kind_of_number(region_file: Path, tmp_path: Path) -> None:
    file = Path(shutil.copy(region_file, tmp_path / "region.db"))
    asyncio.run(play(file, BUSY, is_checked=False))
    found = recounted(file, date(2022, 3, 31))
    assert {number for number in COUNTED if found[number].done} == set(COUNTED)


def test_what_is_undone_again_agrees_with_the_recount(region_file: Path, tmp_path: Path) -> None:
    asyncio.run(play(Path(shutil.copy(region_file, tmp_path / "region.db")), [*BUSY, *UNDOING]))
