"""«Мои задачи» of people with one role, with several, and with none."""

import pytest

from actions.notices import Later
from bot.core import Core
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.roadmap import OwedBy
from domain.task import WaitsFor
from tests.people import (
    OLGA,
    SCHOOL,
    STRANGER,
    Look,
    SettableClock,
    a_roadmap,
    a_school,
    an_item,
    enrolled,
)

ITEMS = (
    an_item(1, "до 30 марта", executors=(), owed_by=OwedBy.SCHOOL),
    an_item(2, "до 1 марта", executors=("coordinator",), owed_by=OwedBy.SCHOOL),
    an_item(3, "после 1 марта", executors=("coordinator",)),
    an_item(99, "до 30 ноября", executors=("department",)),
)


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member) -> Member:
    """A director; the roadmap is loaded."""
    await core.roadmaps.load(a_roadmap(*ITEMS), now=clock())
    school = await a_school(core)
    return await enrolled(core, OLGA, Duty(Role.SCHOOL, school, responsible=True), now=clock())


async def numbers(core: Core, by: Member, clock: SettableClock) -> list[int]:
    return [task.kept.item.number for task in (await core.tasks.mine(by=by, now=clock())).tasks]


async def test_everybody_sees_what_rests_on_them(
    core: Core, clock: SettableClock, olga: Member, marina: Member
) -> None:
    assert await numbers(core, olga, clock) == [2, 1]
    assert await numbers(core, marina, clock) == [2, 3]
    found = await core.tasks.mine(by=marina, now=clock())
    assert (found.overdue, found.nearest and found.nearest.kept.item.number) == (1, 2)
    assert [task.waits_for for task in found.tasks] == [WaitsFor.YOU, WaitsFor.YOU]


async def test_the_nearest_is_what_runs_before_what_is_late(core: Core, clock: SettableClock, olga: Member) -> None:
    found = await core.tasks.mine(by=olga, now=clock())
    assert found.nearest is not None
    assert (found.nearest.kept.item.number, found.overdue, found.today) == (1, 1, clock().date())


async def test_what_is_closed_is_owed_no_more(core: Core, clock: SettableClock, olga: Member, marina: Member) -> None:
    await core.roadmaps.close(2, "", by=marina, now=clock())
    assert await numbers(core, olga, clock) == [1]


async def test_nothing_is_left_when_the_year_is_over(core: Core, clock: SettableClock, olga: Member) -> None:
    clock.set("2023-01-01 00:10")
    found = await core.tasks.mine(by=olga, now=clock())
    assert (found.tasks, found.nearest, found.overdue) == ((), None, 0)


async def test_one_task_or_all_of_them_are_put_off(core: Core, clock: SettableClock, olga: Member) -> None:
    until = await core.notices.snooze_tasks(1, Later.THREE_DAYS, by=olga, now=clock())
    assert (await core.tasks.mine(by=olga, now=clock())).snoozed == {1: until}
    later = await core.notices.snooze_tasks(None, Later.MONDAY, by=olga, now=clock())
    assert (await core.tasks.mine(by=olga, now=clock())).snoozed == {1: later, 2: later}
    clock.set(f"{later} 09:00")
    assert (await core.tasks.mine(by=olga, now=clock())).snoozed == {}


@pytest.mark.parametrize("item_id", [3, 4, 999])
async def test_what_rests_on_others_cannot_be_put_off(
    core: Core, clock: SettableClock, olga: Member, look: Look, item_id: int
) -> None:
    with pytest.raises(Refusal, match=r"task\.nothing-to-put-off"):
        await core.notices.snooze_tasks(item_id, Later.MONDAY, by=olga, now=clock())
    assert look.count("attention") == 0


async def test_strangers_have_no_tasks(core: Core, clock: SettableClock) -> None:
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.tasks.mine(by=STRANGER, now=clock())
    assert (await core.tasks.mine(by=SCHOOL, now=clock())).tasks == ()
