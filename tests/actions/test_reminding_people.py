"""Who of the people hears what the bot says by itself, and at which hour of which day.

Item 1 of the tests is «до 30 марта» (a Wednesday): its days are 16, 23, 25 and 29 March ahead, 30 March, and overdue
from 31 March.
"""

from datetime import date, timedelta

import pytest

from bot.core import Core
from domain.own_reminders import Reminders
from domain.people import Account, Duty, Member, Role
from domain.roadmap import OwedBy
from storage import own_reminders as own_rows
from storage import registry as registry_rows
from storage import tables as t
from tests.actions.office import Office
from tests.people import IGOR, MARINA, OLGA, PAVEL, Somebody, a_school, an_item, bound, enrolled

TATYANA = Somebody("Татьяна Крылова", Account("telegram", 500_000_005))
HERS, OLGAS, TATYANAS, PAVELS, IGORS = (one.account.account_id for one in (MARINA, OLGA, TATYANA, PAVEL, IGOR))
SCHOOLS_DO = an_item(1, "до 30 марта", executors=(), owed_by=OwedBy.SCHOOL)
FAR = an_item(99, "до 30 ноября")
SAID = ["2022-03-16", "2022-03-23", "2022-03-25", "2022-03-29", "2022-03-30", "2022-03-31"]


async def team(core: Core, office: Office, *, led: bool = True) -> tuple[Member, Member]:
    """Olga leads a school where Tatyana works as well."""
    school = await a_school(core)
    olga = await enrolled(core, OLGA, Duty(Role.SCHOOL, school, responsible=led), now=office.clock())
    tatyana = await enrolled(core, TATYANA, Duty(Role.SCHOOL, school), now=office.clock())
    return olga, tatyana


async def hear(office: Office, moment: str) -> set[int]:
    return set(await office.at(moment))


@pytest.fixture
async def ready(office: Office, marina: Member) -> Office:
    await office.load(SCHOOLS_DO, FAR)
    await office.at("2022-03-14 12:00")
    return office


async def test_the_responsible_of_a_school_hears_what_schools_owe(ready: Office) -> None:
    await team(ready.core, ready)
    assert await ready.days(OLGAS, "2022-03-15", "2022-03-31") == [16, 23, 25, 29]
    assert await ready.days(TATYANAS, "2022-03-15", "2022-03-31") == []


async def test_without_a_responsible_the_whole_team_hears(ready: Office) -> None:
    await team(ready.core, ready, led=False)
    assert await hear(ready, "2022-03-16 09:00") == {OLGAS, TATYANAS}


async def test_each_duty_hears_its_own_and_all_of_one_person_in_one_message(office: Office, marina: Member) -> None:
    core, now = office.core, office.clock()
    await office.load(SCHOOLS_DO, an_item(2, "до 30 марта", executors=("department",)), FAR)
    school = await a_school(core)
    async with core.database.transaction() as tx:
        known = {one.code for one in (await registry_rows.registry(tx)).organisations}
        for code in {"department", "university"} - known:
            await registry_rows.add_organisation(tx, code, code)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, school), Duty(Role.ORGANISER, organisation="department"), now=now)
    await enrolled(core, PAVEL, Duty(Role.ORGANISER, organisation="department"), now=now)
    await enrolled(core, IGOR, Duty(Role.ORGANISER, organisation="university"), now=now)
    said = await office.at("2022-03-16 09:00")
    assert sorted(said) == sorted([OLGAS, PAVELS])
    ((hers,), (his,)) = said[OLGAS], said[PAVELS]
    assert [line[:6] for line in hers.splitlines() if line.startswith("⏳")] == ["⏳ п. 1", "⏳ п. 2"]
    assert [line[:6] for line in his.splitlines() if line.startswith("⏳")] == ["⏳ п. 2"]


async def test_nothing_goes_to_who_has_not_agreed_or_was_removed(ready: Office) -> None:
    core, now = ready.core, ready.clock()
    school = await a_school(core)
    await enrolled(core, OLGA, Duty(Role.SCHOOL, school), now=now, has_agreed=False)
    tatyana = await enrolled(core, TATYANA, Duty(Role.SCHOOL, school), now=now)
    assert await hear(ready, "2022-03-16 09:00") == {TATYANAS}
    async with core.database.transaction() as tx:
        await registry_rows.remove_person(tx, tatyana.person_id or 0, now)
    assert await hear(ready, "2022-03-23 09:00") == set()


async def test_during_a_leave_the_deputy_hears_it_and_nobody_twice(ready: Office) -> None:
    olga, tatyana = await team(ready.core, ready)
    async with ready.core.database.transaction() as tx:
        leave = {"person_id": olga.person_id, "deputy_id": tatyana.person_id, "made_at": ready.clock()}
        await tx.execute(t.stand_in.insert().values(**leave, since=date(2022, 3, 15), until=date(2022, 3, 24)))
    found = {day: await hear(ready, f"{day} 09:00") for day in SAID}
    assert [found[day] & {OLGAS, TATYANAS} for day in SAID[:3]] == [{TATYANAS}, {TATYANAS}, {OLGAS}]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (Reminders(hour=11), {"11:00": [16, 23, 25, 29]}),
        (Reminders(hour=8), {"08:00": [16, 23, 25, 29]}),
        (Reminders(days=frozenset({0, 3})), {"09:00": [14, 21, 24, 28]}),
        (Reminders(paused_until=date(2022, 3, 24)), {"09:00": [25, 29, 30, 31]}),
    ],
)
async def test_own_hour_own_days_and_a_pause(
    office: Office, marina: Member, own: Reminders, expected: dict[str, list[int]]
) -> None:
    await office.load(SCHOOLS_DO, FAR)
    await office.at("2022-03-11 12:00")
    olga, _ = await team(office.core, office)
    async with office.core.database.transaction() as tx:
        await own_rows.save(tx, olga.person_id or 0, own)
    for at, days in expected.items():
        assert await office.days(OLGAS, "2022-03-12", "2022-03-31", at) == days
    assert await office.core.outlook.next_moment(office.clock()) is not None


async def test_an_own_hour_moves_nobody_else(ready: Office) -> None:
    olga, _ = await team(ready.core, ready)
    await bound(ready.core, await ready.core.people.member(MARINA.account, now=ready.clock()), ready.clock())
    async with ready.core.database.transaction() as tx:
        await own_rows.save(tx, olga.person_id or 0, Reminders(hour=12))
    assert OLGAS not in await hear(ready, "2022-03-16 09:00")
    assert await hear(ready, "2022-03-16 12:00") == {OLGAS}
    assert await ready.core.outlook.moments(ready.clock(), ready.clock() + timedelta(days=7, hours=1)) != []


async def test_five_hundred_people_are_planned_for_in_one_go(ready: Office) -> None:
    """As many as a region has; each gets one message, and planning again adds nothing."""
    core, now = ready.core, ready.clock()
    for number in range(60):
        school = await a_school(core, f"Школа № {number}")
        for place in range(8):
            account = Account("telegram", 700_000_000 + number * 10 + place)
            who = Somebody(f"Участник {number}-{place}", account)
            await enrolled(core, who, Duty(Role.SCHOOL, school, responsible=place == 0), now=now)
    ready.clock.set("2022-03-16 09:00")
    assert await core.notices.plan(ready.clock()) == 60
    assert await core.notices.plan(ready.clock()) == 0
