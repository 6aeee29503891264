"""«Кто не вошёл» as far as the right of whoever looks reaches."""

from dataclasses import replace

import pytest

from bot.core import Core
from domain.coverage import Gap
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from storage import registry as registry_rows
from tests.people import (
    IGOR,
    OLGA,
    PAVEL,
    SCHOOL,
    STRANGER,
    Look,
    SettableClock,
    a_school,
    enrolled,
    registered,
)

OURS, THEIRS = Duty(Role.SCHOOL, 1), Duty(Role.SCHOOL, 2)


@pytest.fixture(autouse=True)
async def region(core: Core, clock: SettableClock, marina: Member) -> None:
    """Two schools in two municipalities; of the first one Olga is in, of the second one nobody."""
    await a_school(core, "Школа № 1", "Южский район")
    await a_school(core, "Школа № 2", "Ёлкино")
    await enrolled(core, OLGA, replace(OURS, responsible=True), now=clock())
    await registered(core, "Соколова Анна", OURS, now=clock())
    await registered(core, "Зимина Вера", THEIRS, now=clock())


async def gaps(core: Core, by: Member) -> dict[str, list[str]]:
    view = await core.coverage.look(by=by)
    return {gap: [line.name for line in lines] for gap, lines in view.picture.gaps.items() if lines}


async def test_coordinator_sees_the_region_and_opens_people(core: Core, marina: Member) -> None:
    view = await core.coverage.look(by=marina)
    assert (view.opens_people, view.municipalities) == (True, ())
    assert (view.picture.schools, view.picture.covered, view.picture.people, view.picture.come) == (2, 1, 4, 2)
    assert await gaps(core, marina) == {
        Gap.EMPTY: ["Школа № 2"],
        Gap.NO_RESPONSIBLE: ["Школа № 2"],
        Gap.NO_CURATOR: ["Школа № 2", "Школа № 1"],
        Gap.NOT_COME: ["Соколова Анна", "Зимина Вера"],
    }


async def test_municipal_coordinator_sees_their_municipality_and_nobody_else_s(
    core: Core, clock: SettableClock
) -> None:
    home = (await core.join_requests.schools()).municipalities
    south = next(one.id for one in home if one.name == "Южский район")
    boss = await enrolled(core, PAVEL, Duty(Role.MUNICIPAL, municipality_id=south), now=clock())
    view = await core.coverage.look(by=boss)
    assert (view.opens_people, view.municipalities) == (False, ("Южский район",))
    assert await gaps(core, boss) == {Gap.NO_CURATOR: ["Школа № 1"], Gap.NOT_COME: ["Соколова Анна"]}


async def test_organiser_sees_the_region_and_opens_nobody(core: Core, clock: SettableClock) -> None:
    async with core.database.transaction() as tx:
        await registry_rows.add_organisation(tx, "department", "Департамент")
    boss = await enrolled(core, PAVEL, Duty(Role.ORGANISER, organisation="department"), now=clock())
    view = await core.coverage.look(by=boss)
    assert (view.opens_people, view.picture.schools) == (False, 2)


async def test_who_blocked_the_bot_or_has_not_agreed_is_listed(
    core: Core, clock: SettableClock, marina: Member
) -> None:
    await core.people.blocked(OLGA.account, now=clock())
    await enrolled(core, IGOR, THEIRS, now=clock(), has_agreed=False)
    found = await gaps(core, marina)
    assert (found[Gap.BLOCKED], found[Gap.NOT_AGREED]) == ([OLGA.name], [IGOR.name])
    assert Gap.EMPTY not in found
    await core.people.unblocked(OLGA.account)
    assert Gap.BLOCKED not in await gaps(core, marina)


async def test_school_that_left_and_people_who_were_removed_are_wanting_nowhere(
    core: Core, clock: SettableClock, look: Look, marina: Member
) -> None:
    await core.registries.school_left(2, by=marina, now=clock())
    view = await core.coverage.look(by=marina)
    assert (view.picture.schools, view.picture.people) == (1, 3)
    assert await gaps(core, marina) == {Gap.NO_CURATOR: ["Школа № 1"], Gap.NOT_COME: ["Соколова Анна"]}


@pytest.mark.parametrize("by", [STRANGER, SCHOOL, replace(SCHOOL, duties=frozenset({Duty(Role.CURATOR, 1)}))])
async def test_schools_curators_and_strangers_see_nothing(core: Core, by: Member) -> None:
    with pytest.raises(Refusal, match=r"access\.refused"):
        await core.coverage.look(by=by)


async def test_nobody_sees_anything_before_the_consent(core: Core, marina: Member) -> None:
    with pytest.raises(Refusal, match=r"access\.consent-first"):
        await core.coverage.look(by=replace(marina, has_agreed=False))
