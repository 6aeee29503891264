"""Schools: who sees which, and how the coordinator keeps them."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from actions.registry import Counts, NewSchool
from bot.core import Core
from domain.people import Duty, Member, Role
from domain.refusal import Refusal
from domain.registry import ADDRESS_LIMIT, SCHOOL_LIMIT
from tests.people import IGOR, OLGA, PAVEL, SCHOOL, STRANGER, Look, SettableClock, a_school, comes_in, enrolled


@pytest.fixture
async def seven(core: Core) -> int:
    return await a_school(core)


@pytest.fixture
async def olga(core: Core, clock: SettableClock, marina: Member, seven: int) -> Member:
    """Responsible in school № 7."""
    return await enrolled(core, OLGA, Duty(Role.SCHOOL, seven, responsible=True), now=clock())


def deeds(look: Look) -> list[str]:
    return [deed for (deed,) in look.rows("SELECT deed FROM audit WHERE deed LIKE 'school%' ORDER BY id")]


async def names(core: Core, by: Member) -> list[str]:
    return [one.name for one in (await core.registries.schools(by=by)).registry.schools]


async def test_the_hub_counts(core: Core, clock: SettableClock, marina: Member, olga: Member) -> None:
    await core.persons.add("Анна Ёлкина", "", Duty(Role.COORDINATOR), by=marina, now=clock())
    assert await core.registries.counts(by=marina) == Counts(schools=1, people=3, come=2)


async def test_everybody_sees_as_far_as_their_right_reaches(
    core: Core, clock: SettableClock, marina: Member, olga: Member, seven: int
) -> None:
    eight, far = await a_school(core, "Школа № 8"), await a_school(core, "Дальняя школа", "Тейково")
    curator = await enrolled(core, PAVEL, Duty(Role.CURATOR, seven), Duty(Role.CURATOR, far), now=clock())
    area = (await core.registries.whole(by=marina)).school(eight)
    assert area is not None
    municipal = await enrolled(core, IGOR, Duty(Role.MUNICIPAL, municipality_id=area.municipality_id), now=clock())
    everything = ["Дальняя школа", "Школа № 7", "Школа № 8"]
    assert await names(core, marina) == everything
    assert await names(core, olga) == ["Школа № 7"]
    assert await names(core, curator) == ["Дальняя школа", "Школа № 7"]
    assert await names(core, municipal) == ["Школа № 7", "Школа № 8"]
    seen = (await core.registries.schools(by=olga)).registry
    assert ([one.name for one in seen.municipalities], seen.people, seen.organisations) == (["Южский район"], (), ())
    assert [one.name for one in (await core.registries.school(seven, by=municipal)).curators] == [PAVEL.name]


async def test_a_card_shows_the_team_and_whose_it_is(
    core: Core, clock: SettableClock, marina: Member, olga: Member, seven: int
) -> None:
    await core.persons.add("Анна Ёлкина", "завуч", Duty(Role.SCHOOL, seven), by=marina, now=clock())
    own, kept = await core.registries.school(seven, by=olga), await core.registries.school(seven, by=marina)
    assert [one.name for one in own.team] == [OLGA.name, "Анна Ёлкина"]
    assert (own.municipality, own.keeps, own.is_only, kept.keeps) == ("Южский район", False, True, True)
    assert [one.name for one in kept.only_here] == [OLGA.name, "Анна Ёлкина"]


async def test_other_schools_are_closed_and_not_even_told_from_those_that_are_not_there(
    core: Core, olga: Member, seven: int
) -> None:
    other = await a_school(core, "Школа № 8")
    for school_id in (other, 999, 2**62):
        with pytest.raises(Refusal, match=r"access\.refused"):
            await core.registries.school(school_id, by=olga)


async def test_what_is_not_there_is_said_to_who_sees_everything(core: Core, marina: Member) -> None:
    with pytest.raises(Refusal, match=r"school\.gone"):
        await core.registries.school(999, by=marina)


# --- Keeping ----------------------------------------------------------------------------------------------------------


async def test_a_school_is_added_once_under_its_name(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    made = await core.registries.add_school(" Южский  район ", "МБОУ «СОШ № 7»", by=marina, now=clock())
    assert made == NewSchool(1)
    for home in (1, "южский район"):
        with pytest.raises(Refusal, match=r"school\.known"):
            await core.registries.add_school(home, 'мбоу "сош  № 7"', by=marina, now=clock())
    assert look.rows("SELECT name FROM municipality") == [("Южский район",)]
    assert (look.rows("SELECT name FROM school"), deeds(look)) == ([("МБОУ «СОШ № 7»",)], ["school-added"])


async def test_a_school_like_another_is_asked_about_first(
    core: Core, clock: SettableClock, marina: Member, seven: int
) -> None:
    asked = await core.registries.add_school(1, "МБОУ СОШ № 7", by=marina, now=clock())
    assert (asked.school_id, [one.id for one in asked.alike]) == (None, [seven])
    made = await core.registries.add_school(1, "МБОУ СОШ № 7", even_so=True, by=marina, now=clock())
    assert made == NewSchool(seven + 1)
    elsewhere = await core.registries.add_school("Тейково", "Школа № 7", by=marina, now=clock())
    assert elsewhere == NewSchool(seven + 2)


@pytest.mark.parametrize(
    ("home", "name", "reason"),
    [
        (1, "«»", "registry.no-name"),
        (1, "Ш" * (SCHOOL_LIMIT + 1), "registry.long-name"),
        ("—", "Школа № 9", "registry.no-name"),
        ("Р" * 201, "Школа № 9", "registry.long-name"),
        (77, "Школа № 9", "school.no-municipality"),
    ],
)
async def test_what_cannot_be_a_school_is_refused(
    core: Core, clock: SettableClock, marina: Member, seven: int, look: Look, home: int | str, name: str, reason: str
) -> None:
    with pytest.raises(Refusal) as refused:
        await core.registries.add_school(home, name, by=marina, now=clock())
    assert (refused.value.reason, look.count("school"), look.count("municipality")) == (reason, 1, 1)


async def test_a_name_at_its_limit_is_kept_whole(core: Core, clock: SettableClock, marina: Member, look: Look) -> None:
    name = "Ё" * SCHOOL_LIMIT
    await core.registries.add_school("Р" * 200, name, by=marina, now=clock())
    assert look.rows("SELECT name FROM school") == [(name,)]


async def test_a_school_is_renamed_and_no_two_have_one_name(
    core: Core, clock: SettableClock, marina: Member, seven: int, look: Look
) -> None:
    eight = await a_school(core, "Школа № 8")
    for _twice in range(2):
        await core.registries.rename_school(seven, "Берёзовская <СОШ>", by=marina, now=clock())
    assert deeds(look) == ["school-renamed"]
    with pytest.raises(Refusal, match=r"school\.known"):
        await core.registries.rename_school(eight, "березовская <сош>", by=marina, now=clock())
    await core.registries.rename_school(eight, "ШКОЛА № 8", by=marina, now=clock())
    assert await names(core, marina) == ["Берёзовская <СОШ>", "ШКОЛА № 8"]
    with pytest.raises(Refusal, match=r"school\.gone"):
        await core.registries.rename_school(99, "Школа", by=marina, now=clock())


async def test_an_address_is_told_changed_and_taken_away(
    core: Core, clock: SettableClock, marina: Member, olga: Member, seven: int, look: Look
) -> None:
    eight = await a_school(core, "Школа № 8")
    for address, shown in ((" Южа,\n ул. Ёлочная,  5", "Южа, ул. Ёлочная, 5"), ("Талицы", "Талицы"), (None, "")):
        for _twice in range(2):
            await core.registries.set_school_address(seven, address, by=marina, now=clock())
        assert (await core.registries.school(seven, by=olga)).school.address == shown
    assert deeds(look) == ["school-address-changed"] * 3
    assert look.rows("SELECT DISTINCT person_id, about FROM audit WHERE deed LIKE 'school%'") == [
        (marina.person_id, f'{{"school": {seven}}}')
    ]
    assert (await core.registries.school(eight, by=marina)).school.address == ""


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("", "registry.no-address"),
        ("155630", "registry.no-address"),
        ("А" * (ADDRESS_LIMIT + 1), "registry.long-name"),
    ],
)
async def test_what_is_no_address_is_refused(
    core: Core, clock: SettableClock, marina: Member, seven: int, look: Look, address: str, reason: str
) -> None:
    await core.registries.set_school_address(seven, "А" * ADDRESS_LIMIT, by=marina, now=clock())
    with pytest.raises(Refusal) as refused:
        await core.registries.set_school_address(seven, address, by=marina, now=clock())
    assert refused.value.reason == reason
    assert look.rows("SELECT address FROM school") == [("А" * ADDRESS_LIMIT,)]


async def test_only_a_school_that_takes_part_has_an_address(
    core: Core, clock: SettableClock, marina: Member, seven: int
) -> None:
    await core.registries.school_left(seven, by=marina, now=clock())
    for school_id in (seven, 99, 2**62):
        with pytest.raises(Refusal, match=r"school\.gone"):
            await core.registries.set_school_address(school_id, "Южа", by=marina, now=clock())


async def test_a_school_that_leaves_takes_its_team_along_and_nobody_else(
    core: Core, clock: SettableClock, marina: Member, olga: Member, seven: int, look: Look
) -> None:
    eight = await a_school(core, "Школа № 8")
    both = await core.persons.add("Анна Ёлкина", "", Duty(Role.SCHOOL, seven), by=marina, now=clock())
    await core.persons.give(both, Duty(Role.SCHOOL, eight), by=marina, now=clock())
    curator = await enrolled(core, PAVEL, Duty(Role.CURATOR, seven), now=clock())
    gone = await core.registries.school_left(seven, by=marina, now=clock())
    assert gone.name == "Школа № 7"
    left = (await core.registries.whole(by=marina)).people
    assert [one.id for one in left] == [both, marina.person_id, curator.person_id]
    assert [len(one.duties) for one in left] == [1, 1, 0]
    assert (await core.people.member(OLGA.account, now=clock())).is_stranger
    assert look.rows("SELECT count(*) FROM account WHERE person_id = ?", olga.person_id) == [(0,)]
    with pytest.raises(Refusal, match=r"school\.gone"):
        await core.registries.school_left(seven, by=marina, now=clock())
    assert deeds(look) == ["school-left"]


async def test_a_coordinator_stays_when_their_own_school_leaves(
    core: Core, clock: SettableClock, marina: Member, seven: int
) -> None:
    assert marina.person_id is not None
    await core.persons.give(marina.person_id, Duty(Role.SCHOOL, seven), by=marina, now=clock())
    await core.registries.school_left(seven, by=marina, now=clock())
    still = await core.people.member(marina.account, now=clock())
    assert still.roles == {Role.COORDINATOR}


async def test_a_school_that_is_back_has_its_old_number_and_nobody(
    core: Core, clock: SettableClock, marina: Member, olga: Member, seven: int
) -> None:
    await core.registries.set_school_address(seven, "Южа, ул. Советская, 5", by=marina, now=clock())
    await core.registries.school_left(seven, by=marina, now=clock())
    assert await core.registries.add_school(1, "Школа № 7", by=marina, now=clock()) == NewSchool(seven)
    card = await core.registries.school(seven, by=marina)
    assert (card.team, card.school.address) == ((), "Южа, ул. Советская, 5")


async def test_one_of_two_coordinators_adds_a_school(
    core: Core, clock: SettableClock, marina: Member, look: Look
) -> None:
    pavel = await comes_in(core, PAVEL, clock())
    both = (core.registries.add_school("Южа", "Школа № 1", by=by, now=clock()) for by in (marina, pavel))
    done = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in done) == ["NewSchool", "Refusal"]
    assert (look.count("school"), look.count("municipality")) == (1, 1)


Use = Callable[[Core, Member, SettableClock], Awaitable[object]]
KEEPING: dict[str, Use] = {
    "counts": lambda core, by, clock: core.registries.counts(by=by),
    "whole": lambda core, by, clock: core.registries.whole(by=by),
    "add": lambda core, by, clock: core.registries.add_school("Южа", "Школа", by=by, now=clock()),
    "rename": lambda core, by, clock: core.registries.rename_school(1, "Школа", by=by, now=clock()),
    "address": lambda core, by, clock: core.registries.set_school_address(1, "Южа", by=by, now=clock()),
    "no address": lambda core, by, clock: core.registries.set_school_address(1, None, by=by, now=clock()),
    "left": lambda core, by, clock: core.registries.school_left(1, by=by, now=clock()),
}


@pytest.mark.parametrize("use", KEEPING.values(), ids=KEEPING)
@pytest.mark.parametrize("by", [SCHOOL, STRANGER], ids=["school", "stranger"])
async def test_only_who_keeps_the_registry_does(
    core: Core, clock: SettableClock, seven: int, look: Look, use: Use, by: Member
) -> None:
    with pytest.raises(Refusal, match=r"access\.refused"):
        await use(core, by, clock)
    assert look.rows("SELECT name, address, left_at FROM school") == [("Школа № 7", "", None)]
